package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// A form asks for a unit by its name: a province has thousands, too many for a menu. The input `name` holds the name as
// typed, `name_at` the unit that this name stood for when the form was made, and `name_pick` the answer when several
// units go by the name.
const (
	placeAt   = "_at"
	placePick = "_pick"
)

// maxNamesakes bounds the menu of units that go by one name.
const maxNamesakes = 50

// placeName is a unit with the units above it up to the district: "chi hội 3, xã Mỹ Thủy, huyện Lệ Thủy".
func placeName(tree *core.Tree, span models.UnitSpan, on models.Date) string {
	parts := []string{span.FullName()}
	ids := models.PathIDs(span.Path)
	for i := len(ids) - 2; i >= 0; i-- {
		above, ok := tree.Nearest(ids[i], on)
		if !ok || above.Kind == models.Nation || above.Kind == models.Province {
			break
		}
		parts = append(parts, above.FullName())
	}
	return strings.Join(parts, ", ")
}

// placeOf is the present name of a unit that the asker may see; "" for any other.
func (q *request) placeOf(id int64) string {
	if id == 0 {
		return ""
	}
	ctx := q.Request.Context()
	unit, err := q.s.core.Unit(ctx, q.actor, id, 0)
	if err != nil {
		return ""
	}
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return ""
	}
	return placeName(tree, unit.Span, q.s.core.Today(ctx))
}

// place reads the unit that an input names on a date (0 = today). A name that leads nowhere, or to several, is a finding.
func (q *request) place(name string, on models.Date) int64 {
	text := q.text(name)
	if pick, err := strconv.ParseInt(q.text(name+placePick), 10, 64); err == nil && pick > 0 {
		return pick
	}
	if id, err := strconv.ParseInt(cmp.Or(q.text(name+placeAt), text), 10, 64); err == nil && id > 0 {
		if label := q.placeOf(id); text == strconv.FormatInt(id, 10) || label != "" && label == text {
			return id
		}
	}
	if text == "" {
		return 0
	}
	found := q.namesakes(text, on)
	switch len(found) {
	case 0:
		q.finding("form.unit_none", name, text)
	case 1:
		return found[0].UnitID
	default:
		q.finding("form.unit_many", name, text)
	}
	return 0
}

// namesakes are the units that a typed name may mean: those named exactly so if there are any. Units above may follow
// after commas.
func (q *request) namesakes(text string, on models.Date) []core.UnitNode {
	parts := strings.Split(text, ",")
	ctx := q.Request.Context()
	found, err := q.s.core.FindUnits(ctx, q.actor, strings.TrimSpace(parts[0]), "", on, 200)
	if err != nil || strings.TrimSpace(parts[0]) == "" {
		return nil
	}
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil
	}
	label := func(n core.UnitNode) string { return models.MatchKey(placeName(tree, n.UnitSpan, on)) }
	found = slices.DeleteFunc(found, func(n core.UnitNode) bool {
		_, above, _ := strings.Cut(label(n), ",")
		for _, part := range parts[1:] {
			if !strings.Contains(models.Fold(above), models.Fold(part)) {
				return true
			}
		}
		return false
	})
	whole, head := models.MatchKey(text), models.MatchKey(strings.TrimSpace(parts[0]))
	for _, same := range []func(core.UnitNode) bool{
		func(n core.UnitNode) bool { return label(n) == whole },
		func(n core.UnitNode) bool {
			return models.MatchKey(n.FullName()) == head || models.MatchKey(n.Name) == head
		},
	} {
		if exact := slices.DeleteFunc(slices.Clone(found), func(n core.UnitNode) bool { return !same(n) }); len(exact) > 0 {
			return exact[:min(len(exact), maxNamesakes)]
		}
	}
	return found[:min(len(found), maxNamesakes)]
}

// placeFields are the inputs that ask for a unit on a date (0 = today): its name, and a menu when that means several.
func (q *request) placeFields(p *Page, field Field, v values, on models.Date) []Field {
	name := field.Name
	v[name+placeAt] = cmp.Or(v[name+placeAt], q.text(name+placeAt))
	for _, chosen := range []string{q.text(name + placePick), v[name]} { // an answer; an id from an address
		if id, err := strconv.ParseInt(chosen, 10, 64); err == nil {
			v[name], v[name+placeAt] = q.placeOf(id), chosen
			break
		}
	}
	field.Hint = cmp.Or(field.Hint, p.T("form.unit_hint"))
	fields := []Field{field, {Name: field.Name + placeAt, Type: "hidden"}}
	if !slices.ContainsFunc(q.wrong, func(e *models.Error) bool { return e.Code == "form.unit_many" && e.Field == field.Name }) {
		return fields
	}
	tree, err := q.s.core.Tree(q.Request.Context())
	if err != nil {
		return fields
	}
	options := []Option{{Label: p.T("form.choose")}}
	for _, n := range q.namesakes(v[field.Name], on) {
		options = append(options, Option{Value: strconv.FormatInt(n.UnitID, 10), Label: placeName(tree, n.UnitSpan, on)})
	}
	return append(fields, Field{Name: field.Name + placePick, Label: p.T("form.unit_which"), Type: "select", Options: options})
}
