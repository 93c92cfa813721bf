package web

// BaselineRow is a figure of the plan beside the computed one. Verdict: agrees, rounding, contradiction, differs.
type BaselineRow struct {
	Name, Section, Printed, Computed, How string
	Verdict, VerdictWord, Note            string
	Href                                  string
}

// BaselineGroup is a chapter of the comparison.
type BaselineGroup struct {
	Title string
	Rows  []BaselineRow
}

// BaselinePage is "Đối chiếu với kế hoạch".
type BaselinePage struct {
	Page
	AsOf    string
	Source  string
	Groups  []BaselineGroup
	Figures []KeyFigure
}

// HelpTopic is a chapter of the help; Body are its paragraphs.
type HelpTopic struct {
	ID, Title string
	Body      []string
	Steps     []string
}

// HelpPage tells how to do the main jobs, the keys, and whom to ask.
type HelpPage struct {
	Page
	Topics  []HelpTopic
	Contact string
	Version string
}

// ErrorPage is the friendly form of 403, 404, 413, 422, 429 and 500.
type ErrorPage struct {
	Page
	Status                int
	Heading, Text, Advice string
}

// NewError builds the page of an HTTP status.
func NewError(p Page, status int) *ErrorPage {
	v := &ErrorPage{Page: p, Status: status}
	switch status {
	case 403:
		v.Heading, v.Text, v.Advice = v.T("error.403"), v.T("error.403_text"), v.T("error.403_advice")
	case 404, 405:
		v.Heading, v.Text, v.Advice = v.T("error.404"), v.T("error.404_text"), v.T("error.404_advice")
	case 413:
		v.Heading, v.Text, v.Advice = v.T("error.413"), v.T("error.413_text"), v.T("error.413_advice")
	case 422, 400, 409, 428:
		v.Heading, v.Text, v.Advice = v.T("error.422"), v.T("error.422_text"), v.T("error.422_advice")
	case 429:
		v.Heading, v.Text, v.Advice = v.T("error.429"), v.T("error.429_text"), v.T("error.429_advice")
	default:
		v.Heading, v.Text, v.Advice = v.T("error.500"), v.T("error.500_text"), v.T("error.500_advice")
	}
	v.Title = v.Heading
	return v
}
