package web

import (
	"slices"
	"strconv"

	"datchuan/models"
)

// gapForm is the filter as a form; what was typed wrongly is kept as typed.
func (q *request) gapForm(p *Page, f models.GapFilter) (GapFilter, error) {
	positions, err := q.s.core.Positions(q.Request.Context())
	if err != nil {
		return GapFilter{}, err
	}
	standards, err := q.s.core.Standards(q.Request.Context(), q.actor, "", false)
	if err != nil {
		return GapFilter{}, err
	}
	units, err := q.unitMenu(f.UnitID, firstDate(f.Map, f.AsOf))
	if err != nil {
		return GapFilter{}, err
	}
	out := GapFilter{Main: []Field{
		q.menu("position", p.T("gaps.position"), positionOptions(p, positions)),
		q.menu("standard", p.T("gaps.standard"), standardOptions(p, standards, f.Position)),
		q.menu("unit_id", p.T("gaps.unit"), units),
		q.menu("statuses", p.T("gaps.standing"), p.statusMenu(f.Statuses)),
		{Name: "search", Label: p.T("cadre.name"), Type: "search", Value: q.text("search"), MaxLength: 160},
	}}
	out.More = []Field{
		q.menu("requirement", p.T("gaps.requirement"), requirementOptions(p, standards, f)),
		q.menu("area", p.T("gaps.area"), areaOptions(p)),
		{Name: "age_from", Label: p.T("gaps.age_from"), Type: "number", Value: q.text("age_from")},
		{Name: "age_to", Label: p.T("gaps.age_to"), Type: "number", Value: q.text("age_to")},
		q.menu("studying", p.T("gaps.studying"), yesNo(p)),
		{Name: "succession", Label: p.T("gaps.succession"), Type: "text", Value: q.text("succession"), MaxLength: 20},
		q.menu("count_studying", p.T("gaps.counting"), []Option{{Label: p.T("gaps.counting_own")}, {Value: "true", Label: p.T("gaps.counting_yes")}, {Value: "false", Label: p.T("gaps.counting_no")}}),
		q.menu("nearest", p.T("gaps.order"), []Option{{Label: p.T("gaps.order_name")}, {Value: "true", Label: p.T("gaps.order_nearest")}}),
		q.date("as_of", p.T("gaps.as_of"), f.AsOf), q.date("known_on", p.T("gaps.known_on"), f.KnownOn), q.date("map", p.T("gaps.map"), f.Map),
	}
	if q.text("version") != "" {
		out.More = append(out.More, Field{Name: "version", Label: p.T("gaps.version"), Type: "number", Value: q.text("version")})
	}
	for i, field := range out.More {
		out.More[i].Error = p.errorOf(field.Name)
		if q.text(field.Name) != "" {
			out.Active++
		}
	}
	out.Open = out.Active > 0
	return out, nil
}

// menu is a filter with the choice of the address. A value that the menu lacks is shown as it is.
func (q *request) menu(name, label string, options []Option) Field {
	value := q.text(name)
	if value != "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Value == value || o.Selected }) {
		options = append(options, Option{Value: value, Label: value, Selected: true})
	}
	for i := range options {
		options[i].Selected = options[i].Selected || options[i].Value == value
	}
	return Field{Name: name, Label: label, Type: "select", Options: options}
}

// date is a filter by day, written as people do unless it is none.
func (q *request) date(name, label string, d models.Date) Field {
	value := q.text(name)
	if d != 0 && value != "" {
		value = d.VN()
	}
	return Field{Name: name, Label: label, Type: "date", Value: value}
}

func firstDate(all ...models.Date) models.Date {
	for _, d := range all {
		if d != 0 {
			return d
		}
	}
	return 0
}

func positionOptions(p *Page, all []models.Position) []Option {
	out := []Option{{Label: p.T("gaps.every_position")}}
	for _, x := range all {
		out = append(out, Option{Value: x.Code, Label: x.Name})
	}
	return out
}

// standardOptions are the rule sets of a position, or of all.
func standardOptions(p *Page, all []models.Standard, position string) []Option {
	out := []Option{{Label: p.T("gaps.own_standard")}}
	for _, s := range all {
		if position == "" || s.Position == position {
			out = append(out, Option{Value: s.Code, Label: s.Name})
		}
	}
	return out
}

// requirementOptions are those of the chosen rule set, else those of all rule sets of the position, by code.
func requirementOptions(p *Page, all []models.Standard, f models.GapFilter) []Option {
	out := []Option{{Label: p.T("gaps.whole_standard")}}
	seen := map[string]bool{}
	for _, s := range all {
		if f.Standard != "" && s.Code != f.Standard || f.Position != "" && s.Position != f.Position {
			continue
		}
		for _, r := range s.Requirements {
			if !seen[r.Code] {
				seen[r.Code] = true
				out = append(out, Option{Value: r.Code, Label: r.Name})
			}
		}
	}
	return out
}

func areaOptions(p *Page) []Option {
	out := []Option{{Label: p.T("gaps.every_area")}}
	for _, a := range models.AreaFlags {
		out = append(out, Option{Value: string(a), Label: p.Word("area." + string(a))})
	}
	return out
}

func yesNo(p *Page) []Option {
	return []Option{{Label: p.T("gaps.any")}, {Value: "true", Label: p.T("gaps.yes")}, {Value: "false", Label: p.T("gaps.no")}}
}

// statusMenu offers the usual sets of statuses, and the chosen one when it is another.
func (p *Page) statusMenu(chosen []models.Status) []Option {
	everyone := statusList(models.Statuses)
	out := []Option{{Label: p.T("gaps.not_up_to_standard")}, {Value: everyone, Label: p.T("gaps.everyone")},
		{Value: "X", Label: p.T("status.missing")}, {Value: "S", Label: p.T("status.studying")}, {Value: "U", Label: p.T("status.unknown")},
		{Value: "M,E", Label: p.T("gaps.up_to_standard")}}
	value, label := statusList(chosen), ""
	for i := range out {
		out[i].Selected = out[i].Value == value
		if out[i].Selected {
			return out
		}
	}
	for i, s := range chosen {
		if i > 0 {
			label += ", "
		}
		label += p.Badge(s).Label
	}
	return append(out, Option{Value: value, Label: label, Selected: true})
}

// unitMenu offers the actor's own unit, the units below it, and on the way down to the chosen one those beside it.
func (q *request) unitMenu(chosen int64, on models.Date) ([]Option, error) {
	ctx := q.Request.Context()
	tops, err := q.s.core.Units(ctx, q.actor, 0, on)
	if err != nil {
		return nil, err
	}
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	goal, _ := tree.Nearest(chosen, firstDate(on, q.s.core.Today(ctx)))
	out := []Option{{Label: q.unitName(q.actor.UnitID)}}
	var walk func(parent int64, indent string) error
	walk = func(parent int64, indent string) error {
		children, err := q.s.core.Units(ctx, q.actor, parent, on)
		for _, u := range children {
			out = append(out, Option{Value: strconv.FormatInt(u.UnitID, 10), Label: indent + u.FullName()})
			if goal.Path != "" && models.UnderPath(goal.Path, u.Path) && err == nil {
				err = walk(u.UnitID, indent+"– ")
			}
		}
		return err
	}
	if len(tops) == 1 {
		out[0].Label = tops[0].FullName()
		return out, walk(tops[0].UnitID, "")
	}
	for _, u := range tops {
		out = append(out, Option{Value: strconv.FormatInt(u.UnitID, 10), Label: u.FullName()})
	}
	return out, nil
}
