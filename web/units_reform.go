package web

import (
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// change reads the form of a reform.
func (e unitEdit) change(q *request) (core.UnitChange, error) {
	id := e.unit.Span.UnitID
	ch := core.UnitChange{Kind: e.kind, Units: []int64{id}, Date: q.day("date"), Basis: q.text("basis"), MoveHoldings: q.checked("move_holdings")}
	var err error
	if ch.Version, err = q.sawVersion(); err != nil {
		return ch, err
	}
	span := e.unit.Span
	next := core.UnitInput{Name: q.text("name"), Style: q.text("style"), Code: q.text("code"), Ordinal: q.numberTo("ordinal", 100000), ParentID: span.ParentID, Kind: span.Kind}
	switch e.kind {
	case core.UnitRename:
		ch.Into = []core.UnitInput{next}
	case core.UnitMove:
		ch.Into = []core.UnitInput{{ParentID: q.place("parent_id", ch.Date)}}
	case core.UnitMerge:
		e.readMerge(q, &ch, next)
	case core.UnitSplit:
		e.readSplit(q, &ch, next)
	}
	return ch, q.findings()
}

func (e unitEdit) readMerge(q *request, ch *core.UnitChange, next core.UnitInput) {
	ch.IntoID = q.number("into_id")
	if ch.IntoID == 0 {
		ch.Into = []core.UnitInput{next}
	}
	for name := range q.Request.PostForm {
		if id, ok := suffix(name, "with_"); ok && q.checked(name) && id != ch.IntoID {
			ch.Units = append(ch.Units, id)
		}
	}
	slices.Sort(ch.Units[1:])
}

// maxParts is the number of units that one form can split off.
const maxParts = 4

func (e unitEdit) readSplit(q *request, ch *core.UnitChange, next core.UnitInput) {
	ch.Keep, ch.Assign = q.checked("keep"), map[int64]int{}
	place := map[string]int{} // of the inputs of a part in Into: those left empty do not count
	for n := 1; n <= maxParts; n++ {
		text := strconv.Itoa(n)
		name := q.text("part" + text + "_name")
		if name == "" {
			continue
		}
		place[text] = len(ch.Into)
		part := next
		part.Name, part.Style, part.Code, part.Ordinal = name, q.text("part"+text+"_style"), "", 0
		ch.Into = append(ch.Into, part)
	}
	for name, typed := range q.Request.PostForm {
		if id, ok := suffix(name, "child_"); ok && typed[0] != "" {
			i, known := place[typed[0]]
			if !known {
				i = -1 // a part that has no name: core refuses it
			}
			ch.Assign[id] = i
		}
	}
	ch.Main = place[q.text("main")]
}

// maxPreview bounds the lines of a preview; the figures above it count all.
const maxPreview = 200

func (e unitEdit) preview(q *request, ch core.UnitChange) error {
	p, err := q.s.core.PreviewUnitChange(q.Request.Context(), q.actor, ch)
	if err != nil {
		return err
	}
	if len(p.Problems) > 0 {
		return e.again(q, p.Problems)
	}
	f, err := e.retyped(q)
	if err != nil {
		return err
	}
	f.Token = q.formToken()
	f.Counts = []KeyFigure{{Value: f.Num(len(p.Units)), Label: f.T("unit.count_units")}, {Value: f.Num(len(p.Posts)), Label: f.T("unit.count_posts")}, {Value: f.Num(p.Cadres), Label: f.T("unit.count_people")}}
	for _, u := range p.Units {
		f.Preview = append(f.Preview, MoveRow{f.Word("unit_moved." + u.What), u.Before, u.After})
	}
	for _, h := range p.Posts {
		to := h.To
		if to == "" {
			to = f.T("unit.post_ends")
		}
		f.Preview = append(f.Preview, MoveRow{joined(", ", h.Name, h.Position), h.Unit, to})
	}
	if n := len(f.Preview) - maxPreview; n > 0 {
		f.Preview, f.More = f.Preview[:maxPreview], f.T("unit.preview_more", "n", n)
	}
	for _, w := range p.Warnings {
		f.Warnings = append(f.Warnings, w.Message(q.lang))
	}
	return q.show("unit-change", f)
}

// create adds a unit below this one, or shows what that would be.
func (e unitEdit) create(q *request, apply bool) error {
	in := core.UnitInput{Code: q.text("code"), ParentID: e.unit.Span.UnitID, Kind: models.UnitKind(q.text("kind")), Style: q.text("style"), Name: q.text("name"),
		Ordinal: q.numberTo("ordinal", 100000), From: q.day("from"), Basis: q.text("basis")}
	if err := q.findings(); err != nil {
		return e.again(q, err)
	}
	act := q.s.core.PreviewUnit
	if apply {
		act = q.s.core.CreateUnit
	}
	span, err := act(q.Request.Context(), q.actor, in)
	switch {
	case err != nil:
		return e.again(q, err)
	case apply:
		return q.goTo(unitHref(span.UnitID), "unit.created")
	}
	f, err := e.retyped(q)
	if err != nil {
		return err
	}
	f.Token = q.formToken()
	f.Preview = []MoveRow{{f.Word("unit_moved.starts"), "", span.FullName() + ", " + e.unit.Span.FullName() + " (" + f.Span(span.From, span.To) + ")"}}
	return q.show("unit-change", f)
}
