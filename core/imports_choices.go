package core

import "datchuan/models"

// ImportChoices are the answers of the person who imports to what the file leaves open.
type ImportChoices struct {
	AsOf        models.Date       `json:"as_of,omitempty"`        // the date the roster speaks for; 0 = the working date
	StudyEnd    models.Date       `json:"study_end,omitempty"`    // expected end of the studies told of; 0 = see studyEnd
	CreateUnits bool              `json:"create_units,omitempty"` // make missing branches and groups below their commune
	Units       map[string]int64  `json:"units,omitempty"`        // Question.Key of a unit -> unit id
	Twins       RowAction         `json:"twins,omitempty"`        // same or create: the answer to every "twin" without one of its own
	Rows        map[int]RowChoice `json:"rows,omitempty"`         // by row number of the sheet
}

// RowAction is what to do with a row instead of what the import would do by itself.
type RowAction string

// The actions of a row.
const (
	RowUpdate RowAction = "update" // it is the cadre CadreID
	RowCreate RowAction = "create" // a new person, whoever she resembles
	RowSame   RowAction = "same"   // the person of an earlier row of this file
	RowSkip   RowAction = "skip"   // leave the row out
)

// RowChoice is the answer for one row.
type RowChoice struct {
	Action  RowAction            `json:"action,omitempty"`
	CadreID int64                `json:"cadre_id,omitempty"`
	Take    []models.RosterField `json:"take,omitempty"`    // fields in which the file wins over a conflicting record
	Replace bool                 `json:"replace,omitempty"` // end the holding that stands in the way of this row's
}

// FieldChange is one field of a record before and after, as text in the language of the actor. Field is a
// models.RosterField; an identity number is masked.
type FieldChange struct {
	Field  models.RosterField `json:"field"`
	Before string             `json:"before,omitempty"`
	After  string             `json:"after,omitempty"`
}

// Question is a choice that the import does not make by itself. A unit is answered by ImportChoices.Units[Key], a
// person by ImportChoices.Rows[row].
type Question struct {
	Kind    string   `json:"kind"` // unit, cadre
	Key     string   `json:"key,omitempty"`
	Options []Option `json:"options"`
}

// Option is one possible answer: the id of a unit or of a cadre.
type Option struct {
	ID    int64  `json:"id"`
	Label string `json:"label"`
}

// The outcomes of a row.
const (
	RowNew       = "new"
	RowUnchanged = "unchanged"
	RowChanged   = "changed"
	RowError     = "error"
	RowSkipped   = "skipped"
)

// ImportRow is what would become of one row.
type ImportRow struct {
	Row       models.RosterRow `json:"row"`
	Outcome   string           `json:"outcome"`
	CadreID   int64            `json:"cadre_id,omitempty"` // the matched record, 0 when new
	UnitID    int64            `json:"unit_id,omitempty"`  // where the post is held; 0 when it would be made
	Unit      string           `json:"unit,omitempty"`
	Changes   []FieldChange    `json:"changes,omitempty"`
	Findings  []models.Finding `json:"findings,omitempty"`
	Questions []Question       `json:"questions,omitempty"`
}

// ImportPlan is what an import would do; nothing of it is written. Matched counts the rows whose person is known.
type ImportPlan struct {
	Rows      []ImportRow      `json:"rows"`
	New       int              `json:"new"`
	Matched   int              `json:"matched"`
	Changed   int              `json:"changed"`
	Unchanged int              `json:"unchanged"`
	Errors    int              `json:"errors"`
	Skipped   int              `json:"skipped"`
	Findings  []models.Finding `json:"findings,omitempty"`
}

// ImportReport is what an import did. Problem is the code of the error that stopped a background run.
type ImportReport struct {
	ImportID       int64            `json:"import_id"`
	State          ImportState      `json:"state"`
	AsOf           models.Date      `json:"as_of"`
	Rows           int              `json:"rows"`
	New            int              `json:"new"`
	Changed        int              `json:"changed"`
	Unchanged      int              `json:"unchanged"`
	Skipped        int              `json:"skipped"`
	Errors         int              `json:"errors"`
	Cadres         int              `json:"cadres"` // records made or changed
	Holdings       int              `json:"holdings"`
	Successions    int              `json:"successions"`
	Qualifications int              `json:"qualifications"`
	Studies        int              `json:"studies"`
	Units          int              `json:"units"`
	Findings       []models.Finding `json:"findings,omitempty"`
	Problem        string           `json:"problem,omitempty"`
}
