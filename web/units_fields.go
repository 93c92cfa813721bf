package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// suffix is the id at the end of the name of an input.
func suffix(name, prefix string) (int64, bool) {
	text, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0
}

// sections are the inputs of the change.
func (e unitEdit) sections(q *request, p *Page) ([]Section, error) {
	when := []Field{{Name: "date", Label: p.T("unit.change_date"), Type: "date", Required: true}, {Name: "basis", Label: p.Word("field.basis"), MaxLength: 200, Hint: p.T("unit.basis_hint")}}
	name := []Field{{Name: "name", Label: p.T("unit.name"), MaxLength: 160, Required: true}, {Name: "style", Label: p.Word("field.style"), MaxLength: 20, Hint: p.T("unit.style_hint")}}
	code := Field{Name: "code", Label: p.Word("field.code"), MaxLength: 40, Hint: p.T("unit.code_hint")}
	ordinal := Field{Name: "ordinal", Label: p.Word("field.ordinal"), Type: "number"}
	switch e.kind {
	case core.UnitRename:
		return []Section{{Fields: append(append(name, ordinal), when...)}}, nil
	case core.UnitMove:
		return []Section{{Fields: append([]Field{{Name: "parent_id", Label: p.Word("field.parent_id"), Required: true, MaxLength: 400, Autocomplete: "off"}}, when...)}}, nil
	case core.UnitMerge:
		return e.mergeSections(q, p, when, append(name, code))
	case core.UnitSplit:
		return e.splitSections(p, when), nil
	case unitNew:
		kinds := p.choice(true)
		for _, k := range models.UnitKinds[1:] {
			kinds = append(kinds, Option{Value: string(k), Label: p.Word("unit_kind." + string(k))})
		}
		fields := append([]Field{{Name: "kind", Label: p.Word("field.kind"), Type: "select", Options: kinds, Required: true}}, name...)
		return []Section{{Fields: append(fields, code, ordinal, Field{Name: "from", Label: p.Word("field.from"), Type: "date", Hint: p.T("unit.from_hint")}, when[1])}}, nil
	case unitFlags:
		return []Section{{Fields: flagFields(p)}}, nil
	}
	return []Section{{Fields: when}}, nil
}

func flagFields(p *Page) []Field {
	flags, sure := p.choice(true), p.choice(true)
	for _, f := range models.AreaFlags {
		flags = append(flags, Option{Value: string(f), Label: p.Word("area." + string(f))})
	}
	for _, c := range []models.Certainty{models.Sourced, models.Derived, models.Known, models.Uncertain} {
		sure = append(sure, Option{Value: string(c), Label: p.Word("certainty." + string(c))})
	}
	return []Field{
		{Name: "flag", Label: p.Word("field.flag"), Type: "select", Options: flags, Required: true},
		{Name: "certainty", Label: p.Word("field.certainty"), Type: "select", Options: sure, Required: true},
		{Name: "from", Label: p.Word("field.from"), Type: "date"}, {Name: "to", Label: p.Word("field.to"), Type: "date"},
		{Name: "basis", Label: p.Word("field.basis"), MaxLength: 200, Required: true},
	}
}

// mergeSections offer the units beside this one: which of them go with it, and into which, unless a new one begins.
func (e unitEdit) mergeSections(q *request, p *Page, when, fresh []Field) ([]Section, error) {
	siblings, err := q.s.core.Units(q.Request.Context(), q.actor, e.unit.Span.ParentID, e.on)
	if err != nil {
		return nil, err
	}
	siblings = slices.DeleteFunc(siblings, func(n core.UnitNode) bool {
		return n.UnitID == e.unit.Span.UnitID || n.Kind != e.unit.Span.Kind
	})
	with := []Field{}
	into := []Option{{Label: p.T("unit.into_new")}}
	for _, n := range siblings {
		with = append(with, Field{Name: fmt.Sprintf("with_%d", n.UnitID), Label: n.FullName(), Type: "checkbox"})
		into = append(into, Option{Value: strconv.FormatInt(n.UnitID, 10), Label: n.FullName()})
	}
	for i := range fresh {
		fresh[i].Required = false
	}
	return []Section{{Fields: when},
		{Title: p.T("unit.merge_with"), Hint: p.T("unit.merge_with_hint"), Fields: with},
		{Title: p.T("unit.after"), Hint: p.T("unit.merge_into_hint"), Fields: append([]Field{{Name: "into_id", Label: p.T("unit.into"), Type: "select", Options: into}}, append(fresh,
			Field{Name: "move_holdings", Label: p.T("unit.move_holdings"), Type: "checkbox"})...)}}, nil
}

// splitSections offer the parts, and for each unit below the part that takes it.
func (e unitEdit) splitSections(p *Page, when []Field) []Section {
	var parts []Field
	where := []Option{{Label: p.T("unit.stays")}}
	var main []Option
	for n := 1; n <= maxParts; n++ {
		text := strconv.Itoa(n)
		label := p.T("unit.part", "n", n)
		parts = append(parts, Field{Name: "part" + text + "_name", Label: label + ": " + p.T("unit.name"), MaxLength: 160}, Field{Name: "part" + text + "_style", Label: label + ": " + p.Word("field.style"), MaxLength: 20})
		where, main = append(where, Option{Value: text, Label: label}), append(main, Option{Value: text, Label: label})
	}
	out := []Section{{Fields: append(when, Field{Name: "keep", Label: p.T("unit.keep"), Type: "checkbox", Hint: p.T("unit.keep_hint")})},
		{Title: p.T("unit.parts"), Hint: p.T("unit.parts_hint"), Fields: append(parts, Field{Name: "main", Label: p.T("unit.main"), Type: "select", Options: main, Hint: p.T("unit.main_hint")},
			Field{Name: "move_holdings", Label: p.T("unit.move_holdings"), Type: "checkbox"})}}
	var children []Field
	for _, c := range e.unit.Children {
		children = append(children, Field{Name: fmt.Sprintf("child_%d", c.UnitID), Label: c.FullName(), Type: "select", Options: slices.Clone(where)})
	}
	if len(children) > 0 {
		out = append(out, Section{Title: p.T("unit.assign"), Fields: children})
	}
	return out
}
