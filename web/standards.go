package web

// StandardRow is a version of a standard in the list.
type StandardRow struct {
	Code, Href, Name, Position, Basis, When string
	Certainty, CertaintyWord                string // source, derived, knowledge, uncertain
	Version, Requirements                   int
	Current                                 bool // the position's own on the day
}

// StandardsPage lists the standards by position.
type StandardsPage struct {
	Page
	Position Field
	Rows     []StandardRow
	MayEdit  bool
}

// RuleLine is a requirement in words. Depth indents the members of an "any of" group.
type RuleLine struct {
	Name, Text, Exemption, Note, Certainty string
	Depth                                  int
	Joint                                  string // "hoặc"
}

// StandardPage shows one version.
type StandardPage struct {
	Page
	Code, Name                 string
	Facts                      []Fact
	Rules                      []RuleLine
	Versions                   []StandardRow
	Uncertain                  string // the sentence that says what is not sure
	Retired                    string // that a newer version has taken its place, and where
	Newest                     string
	MayEdit                    bool
	Gaps, Compare, Clone, Copy string // addresses, "" for what she may not do
}

// StandardFormPage writes a new version of a standard, or a new one.
type StandardFormPage struct {
	Page
	Action, Back, ETag, Was string
	Head                    []Field
	Rules                   []RuleForm
	Hidden                  []Field
	Preview                 string // how many would change status, "" before
	Changed                 []CompareRow
}

// RuleForm is one condition in the form; an empty kind drops the line. Checks are groups of boxes.
type RuleForm struct {
	Legend string
	Fields []Field
	Checks []CheckGroup
}

// CheckGroup is a row of boxes under one question.
type CheckGroup struct {
	Legend string
	Boxes  []Field
}

// CompareCell counts people with one status by the first and another by the second version.
type CompareCell struct {
	From, To Badge
	Count    int
	Href     string
}

// CompareRow is a person whose status differs between two versions, and why.
type CompareRow struct {
	ID                  int64
	Name, Unit          string
	Before, After       Badge
	BeforeWhy, AfterWhy []string
}

// ComparePage puts two versions side by side on the same people.
type ComparePage struct {
	Page
	First, Second, Unit, AsOf Field
	FirstName, SecondName     string
	Figures                   []KeyFigure
	Differences               []Fact // rule by rule: label, "a → b"
	Counting                  string // who counts in one version only though her status stays
	Flows                     []CompareCell
	All                       string // the address without a choice of a flow, "" when none is chosen
	Rows                      []CompareRow
	Pager                     Pager
	Asked                     bool
}
