package web

// PeopleRow is a person found.
type PeopleRow struct {
	ID                          int64
	Name, Birth, Position, Unit string
	Standing                    Badge
	Removed                     bool
}

// PeoplePage is the search for people.
type PeoplePage struct {
	Page
	Search, Unit, Position Field
	Text                   string
	Rows                   []PeopleRow
	Pager                  Pager
	Empty                  *Empty
	MayAdd                 bool
}

// SecretFact is a restricted value: masked until somebody with the right asks for it, which is logged.
type SecretFact struct {
	Label, Field, Masked, Value string // Value is filled only in the answer to "Xem"
	May                         bool
}

// FactRow is a line of a list of facts on the card: three cells and what may be done with it.
type FactRow struct {
	ID                  int64
	What, Detail, When  string
	State               string // declared, verified, rejected or ""
	StateWord, Evidence string
	FileHref            string
	Edit, Review        string // addresses, "" when not allowed
	Given               bool   // by a class: only the class takes it back
	Href                string // of what it is about
}

// FactList is one list of facts with its heading and the address that adds a line.
type FactList struct {
	Key, Title, Empty, Add string
	Rows                   []FactRow
}

// RequirementLine is one requirement of a standard with the standing and its reason.
type RequirementLine struct {
	Name, Reason, Detail string
	Badge                Badge
}

// StandingCard is the evaluation of the person against one standard.
type StandingCard struct {
	Standard, Position, Href, Basis, AsOf string
	Overall                               Badge
	Lines                                 []RequirementLine
	Changes                               string // next date on which it changes by itself
}

// MergeLine is a record that was joined into this one.
type MergeLine struct {
	ID               int64
	Name, Href, When string
	May              bool // take it back
}

// CadrePage is the card of a person.
type CadrePage struct {
	Page
	ID          int64
	Name, Lead  string // Lead: position and unit now
	Overall     Badge
	Facts       []Fact
	Secrets     []SecretFact
	Standings   []StandingCard
	Lists       []FactList
	Timeline    []Event
	MayEdit     bool
	State       string // "", merged, removed: a notice on top
	StateNotice string
	StateHref   string // the record in use
	Merges      []MergeLine
	Warnings    []string
	Note        string
	UpdatedAt   string
	Duplicates  int
}

// CadreFormPage edits a person; ETag travels in the form, so that a change in between is noticed.
type CadreFormPage struct {
	Page
	ID       int64
	Action   string
	ETag     string
	Was      string // the values that the form was made from
	Sections []Section
	Back     string
	Question string // a warning that must be confirmed, e.g. possible duplicates
	Similar  []PeopleRow
}

// FactFormPage adds or changes a holding, qualification, study, succession, award or rating.
type FactFormPage struct {
	Page
	Action, Back, ETag, Person string
	Was                        string
	Sections                   []Section
	About                      []Fact // the paper that a review is about
	FileHref                   string
	Upload                     bool
	MayEnd                     bool // a button that ends or withdraws the fact
}

// ConflictField is a field with what stood before and what two sides have for it.
type ConflictField struct {
	Name, Label          string
	Before, Theirs, Mine string
	Same                 bool // both wrote the same
}

// HistoryChange is one field before and after.
type HistoryChange struct{ Field, Before, After string }

// HistoryEntry is one act on a record.
type HistoryEntry struct {
	When, Who, What string
	Changes         []HistoryChange
}

// HistoryPage is "Lịch sử" of a record.
type HistoryPage struct {
	Page
	Name, Back string
	Rows       []HistoryEntry
}

func (v *CadreFormPage) inputs() []Section { return v.Sections }
func (v *FactFormPage) inputs() []Section  { return v.Sections }
