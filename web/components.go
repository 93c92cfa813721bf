package web

import "datchuan/models"

// statusWords lists the statuses in the order of a menu with their words and the names of their shapes.
var statusWords = []struct {
	status     models.Status
	shape, key string
}{
	{models.Missing, "missing", "status.missing"}, {models.Studying, "studying", "status.studying"},
	{models.Unknown, "unknown", "status.unknown"}, {models.Met, "met", "status.met"}, {models.Exempt, "exempt", "status.exempt"},
}

// Badge is a status shown as shape, text and colour; without a shape there is nothing to show.
type Badge struct{ Shape, Label string }

// Badge names a status in the language of the page.
func (p *Page) Badge(status models.Status) Badge {
	for _, s := range statusWords {
		if s.status == status {
			return Badge{s.shape, p.T(s.key)}
		}
	}
	return Badge{"unknown", p.T("status.unknown")}
}

// Shown is the badge of a shape, for templates that name one.
func (p *Page) Shown(shape string) Badge {
	for _, s := range statusWords {
		if s.shape == shape {
			return p.Badge(s.status)
		}
	}
	return Badge{}
}

// StatusOptions is the menu of statuses with one chosen.
func (p *Page) StatusOptions(chosen models.Status) []Option {
	out := make([]Option, 0, len(statusWords))
	for _, s := range statusWords {
		out = append(out, Option{Value: string(s.status), Label: p.T(s.key), Selected: s.status == chosen})
	}
	return out
}

// Option is a choice of a menu.
type Option struct {
	Value, Label string
	Selected     bool
}

// Choose marks the chosen one of a menu.
func Choose(chosen string, all ...Option) []Option {
	for i := range all {
		all[i].Selected = all[i].Value == chosen
	}
	return all
}

// Field is one input of a form with its label, hint and error. Type: text, date, number, password, file, textarea,
// select, checkbox, radio, tel, search.
type Field struct {
	Name, Label, Type, Value, Hint, Error, Autocomplete string
	Options                                             []Option
	Required, Checked, Multiple                         bool
	MaxLength                                           int
	Accept                                              string // of a file
	Optional                                            string // the word shown beside the label of what may stay empty
}

// Field completes an input: its type, the error found on it, and the word for "may stay empty".
func (p *Page) Field(f Field) Field {
	if f.Type == "" {
		f.Type = "text"
	}
	f.Error = p.errorOf(f.Name)
	if !f.Required && f.Type != "checkbox" && f.Type != "radio" {
		f.Optional = p.T("form.optional")
	}
	return f
}

// Section is a group of inputs under a heading.
type Section struct {
	Title, Hint string
	Fields      []Field
}

// Tab is a link of a row of views on the same thing.
type Tab struct {
	Label, Href string
	Current     bool
	Count       string
}

// Pager leads through the pages of a list. Keyset pages have no Last: then only Prev and Next are shown.
type Pager struct {
	From, To, Total int
	Prev, Next      string
	Label, PrevWord string
	NextWord        string
}

// Pager numbers a list: rows from..to of total, with the addresses of its neighbours ("" for none).
func (p *Page) Pager(from, to, total int, prev, next string) Pager {
	return Pager{From: from, To: to, Total: total, Prev: prev, Next: next,
		Label:    p.T("pager.range", "from", from, "to", to, "total", total),
		PrevWord: p.T("pager.previous"), NextWord: p.T("pager.next")}
}

// Empty is what a list says when nothing is in it: what it is for, and one thing to do.
type Empty struct{ Title, Text, Href, Action string }

// Step is one stage of a wizard. State: done, current or ahead.
type Step struct{ Label, State, Word string }

// Steps names the stages of a wizard, the current one counted from 0.
func (p *Page) Steps(current int, labels ...string) []Step {
	out := make([]Step, len(labels))
	for i, l := range labels {
		out[i] = Step{Label: l, State: "ahead", Word: p.T("step.ahead")}
		switch {
		case i < current:
			out[i].State, out[i].Word = "done", p.T("step.done")
		case i == current:
			out[i].State, out[i].Word = "current", p.T("step.current")
		}
	}
	return out
}

// Fact is a labelled value of a description list.
type Fact struct{ Label, Value string }

// Event is a line of a timeline, newest first.
type Event struct {
	Date, Title, Detail, Href string
	Kind                      string // holding, qualification, study, award, unit, change
}

// span writes an interval of dates; an open end says so.
func (p *Page) Span(from, to models.Date) string {
	start, end := from.VN(), to.VN()
	switch {
	case start == "" && end == "":
		return p.T("span.unknown")
	case end == "":
		return p.T("span.since", "from", start)
	case start == "":
		return p.T("span.until", "to", end)
	}
	return start + " – " + end
}
