package web

import (
	"net/http"

	"datchuan/models"
)

// ConflictSide is what one side wrote: the value that is sent and the text that is read.
type ConflictSide struct{ Value, Text string }

// ConflictLine is one field that somebody else or the officer changed in the meantime.
type ConflictLine struct {
	Name, Label, Before string
	Theirs, Mine        ConflictSide
	Same                bool // both wrote the same
	TakeTheirs          bool // she did not touch the field
}

// ConflictPage (412) lets the officer choose field by field between her text and the one saved meanwhile. Hidden keeps
// the other typed values.
type ConflictPage struct {
	Page
	Action, Back, ETag, Who, When string
	Multipart                     bool
	Fields                        []ConflictLine
	Hidden                        []Field
}

// conflict is conflictOn for the record of a cadre.
func (q *request) conflict(v *ConflictPage, cadre int64, fields []Field, theirs, mine values) error {
	return q.conflictOn(v, "cadre", cadre, fields, theirs, mine)
}

// conflictOn shows the three sides of an edit that came too late. fields are the inputs of the form.
func (q *request) conflictOn(v *ConflictPage, object string, id int64, fields []Field, theirs, mine values) error {
	was := q.was(theirs)
	for _, f := range fields {
		if f.Type == "hidden" || f.Type == "file" {
			continue
		}
		before, t, m := was[f.Name], theirs[f.Name], mine[f.Name]
		if t == before && m == before {
			v.Hidden = append(v.Hidden, Field{Name: f.Name, Value: t})
			continue
		}
		v.Fields = append(v.Fields, ConflictLine{Name: f.Name, Label: f.Label, Before: f.shownAs(before), Theirs: ConflictSide{t, f.shownAs(t)},
			Mine: ConflictSide{m, f.shownAs(m)}, Same: t == m, TakeTheirs: m == before})
	}
	v.Hidden = append(v.Hidden, Field{Name: wasField, Value: theirs.sealed()})
	log, err := q.s.core.History(q.Request.Context(), q.actor, object, id)
	if err != nil {
		return err
	}
	if len(log) > 0 {
		v.Who, v.When = log[0].Login, moment(log[0].At)
	}
	q.s.render.HTML(q.Context, http.StatusPreconditionFailed, "conflict", v)
	return nil
}

// stale tells whether somebody else was faster.
func stale(err error) bool { return models.KindOf(err) == models.Stale }
