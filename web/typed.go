package web

import (
	"encoding/json"
	"strings"
)

// values are the texts of a form by the names of its inputs.
type values map[string]string

// typed reads what was sent for these inputs.
func (q *request) typed(fields []Field) values {
	out := values{}
	for _, f := range fields {
		out[f.Name] = strings.ReplaceAll(q.text(f.Name), "\r\n", "\n") // as browsers end lines
	}
	return out
}

// filled lays values over inputs and completes them.
func (p *Page) filled(v values, fields []Field) []Field {
	for i, f := range fields {
		switch f.Type {
		case "select", "radio":
			f.Options = Choose(v[f.Name], f.Options...)
		case "checkbox":
			f.Checked = v[f.Name] == "1"
		default:
			f.Value = v[f.Name]
		}
		fields[i] = p.Field(f)
	}
	return fields
}

// shownAs is a value as a person reads it: the label of a choice, the text of anything else.
func (f Field) shownAs(value string) string {
	for _, o := range f.Options {
		if o.Value == value && value != "" {
			return o.Label
		}
	}
	return value
}

// wasField is the hidden input with the values that a form was made from, so that a conflict can show all three sides.
const wasField = "was"

func (v values) sealed() string {
	text, _ := json.Marshal(v) // texts always marshal
	return string(text)
}

// was are the values that the form was made from; without them those stored now stand in.
func (q *request) was(now values) values {
	v := values{}
	if err := json.Unmarshal([]byte(q.text(wasField)), &v); err != nil || len(v) == 0 {
		return now
	}
	return v
}

// withFields are pages whose inputs take the findings of a refused form.
type withFields interface{ inputs() []Section }

// markErrors puts the findings of the page at its inputs.
func (p *Page) markErrors(sections []Section) {
	for i := range sections {
		for j := range sections[i].Fields {
			f := &sections[i].Fields[j]
			f.Error = p.errorOf(f.Name)
		}
	}
}

// choice is a menu of words with an empty first line when nothing may be chosen.
func (p *Page) choice(empty bool, all ...Option) []Option {
	if !empty {
		return all
	}
	return append([]Option{{Label: p.T("form.choose")}}, all...)
}
