package core

import (
	"database/sql"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// dossier is what an evaluation needs of one cadre: a few columns of the person and her facts as known at one moment,
// without those that the office rejected.
type dossier struct {
	id             int64
	name           string
	sortKey        []byte
	birth          models.PartialDate
	party          models.Tristate
	partyDate      models.PartialDate
	holdings       []models.Holding
	qualifications []models.Qualification
	studies        []models.Study
}

// selection says whose dossiers are read and as known when; the facts of a moment in the past are those that were
// recorded by then and not yet superseded.
type selection struct {
	cadres string // condition on the column %s, with the arguments below
	args   []any
	known  models.Instant // models.Never = what is known now
}

// byIDs selects cadres by id, whatever their number, with one constant statement.
func (c *Core) byIDs(ids []int64) selection {
	return selection{cadres: c.inIDs(), args: []any{c.idList(ids)}, known: models.Never}
}

// byRange selects cadres with from <= id < to.
func byRange(from, to int64) selection {
	return selection{cadres: "%s >= ? AND %[1]s < ?", args: []any{from, to}, known: models.Never}
}

// inIDs is a condition on the column %s whose one argument is made by idList: a list of any length, one statement.
func (c *Core) inIDs() string {
	if c.isPostgres() {
		return "%s = ANY (CAST(? AS bigint[]))"
	}
	return "%s IN (SELECT value FROM json_each(?))"
}

func (c *Core) idList(ids []int64) string {
	text := strings.ReplaceAll(strings.Trim(fmt.Sprint(ids), "[]"), " ", ",")
	if c.isPostgres() {
		return "{" + text + "}"
	}
	return "[" + text + "]"
}

func (s selection) on(column string) string { return fmt.Sprintf(s.cadres, column) }

// recorded is the condition of the second time axis.
func (s selection) recorded() (string, []any) {
	if s.known == models.Never {
		return " AND superseded_at = ?", []any{models.Never}
	}
	return " AND recorded_at <= ? AND superseded_at > ?", []any{s.known, s.known}
}

// loadDossiers reads the selected cadres with plain scans, in the order of their ids.
func loadDossiers(db *gorm.DB, sel selection) ([]dossier, error) {
	var out []dossier
	at := map[int64]int{}
	state, stateArgs := " AND state = ?", []any{models.Active}
	if sel.known != models.Never { // a record merged or removed later still stood then
		state, stateArgs = " AND created_at <= ? AND (state = ? OR updated_at > ?)", []any{sel.known, models.Active, sel.known}
	}
	err := scan(db, "SELECT id, name, sort_key, birth, party, party_date FROM cadres WHERE "+sel.on("id")+state+" ORDER BY id",
		append(append([]any{}, sel.args...), stateArgs...), func(rows *sql.Rows) error {
			var d dossier
			if err := rows.Scan(&d.id, &d.name, &d.sortKey, &d.birth, &d.party, &d.partyDate); err != nil {
				return err
			}
			at[d.id] = len(out)
			out = append(out, d)
			return nil
		})
	if err != nil {
		return nil, err
	}
	known, knownArgs := sel.recorded()
	tail := " FROM %s WHERE " + sel.on("cadre_id") + known
	args := append(append([]any{}, sel.args...), knownArgs...)
	err = scan(db, "SELECT id, cadre_id, position, unit_id, valid_from, valid_to, term"+fmt.Sprintf(tail, "holdings")+" ORDER BY cadre_id, valid_from, id", args, func(rows *sql.Rows) error {
		var h models.Holding
		err := rows.Scan(&h.ID, &h.CadreID, &h.Position, &h.UnitID, &h.From, &h.To, &h.Term)
		if i, ok := at[h.CadreID]; ok {
			out[i].holdings = append(out[i].holdings, h)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = scan(db, "SELECT cadre_id, kind, level, giver, earned, valid_from, valid_to, days, review"+fmt.Sprintf(tail, "qualifications")+" AND review <> 'rejected' ORDER BY cadre_id, id", args, func(rows *sql.Rows) error {
		var q models.Qualification
		err := rows.Scan(&q.CadreID, &q.Kind, &q.Level, &q.Giver, &q.Earned, &q.From, &q.To, &q.Days, &q.Review)
		if i, ok := at[q.CadreID]; ok {
			out[i].qualifications = append(out[i].qualifications, q)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = scan(db, "SELECT cadre_id, kind, level, days, giver, course, school, valid_from, valid_to"+fmt.Sprintf(tail, "studies")+" ORDER BY cadre_id, id", args, func(rows *sql.Rows) error {
		var s models.Study
		err := rows.Scan(&s.CadreID, &s.Kind, &s.Level, &s.Days, &s.Giver, &s.Course, &s.School, &s.From, &s.To)
		if i, ok := at[s.CadreID]; ok {
			out[i].studies = append(out[i].studies, s)
		}
		return err
	})
	return out, err
}

// scan runs a constant query and hands each row to fn.
func scan(db *gorm.DB, query string, args []any, fn func(*sql.Rows) error) error {
	rows, err := db.Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
