package web

// StandardRow is a version of a standard in the list.
type StandardRow struct {
	Code, Name, Position, Basis, When string
	Certainty, CertaintyWord          string // source, derived, knowledge, uncertain
	Requirements                      int
	Current                           bool
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
	Name, Text, Exemption, Certainty string
	Depth                            int
	Joint                            string // "và", "hoặc"
}

// StandardPage shows one version.
type StandardPage struct {
	Page
	Code, Name           string
	Facts                []Fact
	Rules                []RuleLine
	Versions             []StandardRow
	Uncertain            string // the sentence that says what is not sure
	MayEdit, Shipped     bool
	Gaps, Compare, Clone string
}

// StandardFormPage writes a new version of a standard.
type StandardFormPage struct {
	Page
	Action, Back, ETag string
	Head               []Field
	Rules              []RuleForm
	Preview            string // who would change status, "" before
}

// RuleForm is one requirement in the form; an empty kind drops the line.
type RuleForm struct {
	Index  int
	Legend string
	Fields []Field
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
	BeforeWhy, AfterWhy string
}

// ComparePage puts two versions side by side on the same people.
type ComparePage struct {
	Page
	First, Second, Unit, AsOf Field
	FirstName, SecondName     string
	Differences               []Fact // rule by rule: label, "a → b"
	Flows                     []CompareCell
	Rows                      []CompareRow
	Pager                     Pager
}
