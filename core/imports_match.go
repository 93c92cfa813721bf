package core

import (
	"fmt"
	"slices"
	"strconv"

	"datchuan/models"
)

// match is the person of a row; nil with no blocking finding means a new one.
func (p *planner) match(row *models.RosterRow, place int64, unit int64, out *ImportRow) *person {
	choice := p.choices.Rows[row.Row]
	if choice.Action == RowUpdate {
		if per := p.current(choice.CadreID); per != nil && inScope(p.actor, per.cadre.Path) {
			return per
		}
		p.block(out, models.Finding{Field: models.FieldName, Value: row.Name, Code: "import.cadre_unknown"})
		return nil
	}
	before := p.prior[rowKey(row)]
	if per := p.current(before); per != nil && (choice.Action == "" || p.made[before]) && inScope(p.actor, per.cadre.Path) && models.MatchKey(per.before.Name) == models.MatchKey(row.Name) {
		return per
	}
	if key := p.c.keys.identityLookup(row.Identity); key != "" {
		if per := p.people.byIdentity[key]; per != nil {
			return p.matchNumber(row, per, choice, out)
		}
	}
	if choice.Action == RowCreate {
		return nil
	}
	return p.matchName(row, place, unit, choice, out)
}

// matchNumber: the same identity number is the same person, unless the name says otherwise.
func (p *planner) matchNumber(row *models.RosterRow, per *person, choice RowChoice, out *ImportRow) *person {
	f := models.Finding{Field: models.FieldIdentity, Value: MaskIdentity(row.Identity), Params: map[string]string{"name": per.cadre.Name}}
	switch {
	case !per.fresh && !inScope(p.actor, per.cadre.Path):
		f.Code, f.Params = "import.identity_elsewhere", nil
	case choice.Action == RowCreate:
		f.Code = "import.identity_taken"
	case models.Fold(per.cadre.Name) != models.Fold(row.Name):
		f.Code = "import.identity_of_other"
		out.Questions = append(out.Questions, p.whoIs([]*person{per}))
	default:
		return per
	}
	p.block(out, f)
	return nil
}

func (p *planner) matchName(row *models.RosterRow, place, unit int64, choice RowChoice, out *ImportRow) *person {
	var sure, open []*person // birth agrees; birth not told by the file or the record
	for _, per := range p.people.byName[models.MatchKey(row.Name)] {
		if per.place != place || p.otherNumber(row, per) || !per.fresh && !inScope(p.actor, per.cadre.Path) {
			continue
		}
		switch {
		case row.Birth == per.cadre.Birth || birthAgrees(row.Birth, per.cadre.Birth):
			sure = append(sure, per)
		case row.Birth == 0 || per.cadre.Birth == 0:
			open = append(open, per)
		}
	}
	if len(sure) == 0 {
		if best := p.holdersOf(open, row.Position, unit); len(best) == 1 {
			sure = best
		}
	}
	if len(sure) > 1 {
		sure = p.narrow(sure, row, unit)
	}
	switch {
	case len(sure) == 1 && choice.Action != RowSame && p.maybeTwin(sure[0], row, unit):
		if p.choices.Twins == RowSame {
			return sure[0]
		}
		if p.choices.Twins == RowCreate {
			return nil
		}
		p.block(out, models.Finding{Field: models.FieldName, Value: row.Name, Code: "import.twin", Params: map[string]string{"row": strconv.Itoa(sure[0].row)}})
		return nil
	case len(sure) == 1:
		return sure[0]
	case len(sure) > 1 || len(open) > 0:
		all := append(sure, open...)
		out.Questions = append(out.Questions, p.whoIs(all))
		p.block(out, models.Finding{Field: models.FieldName, Value: row.Name, Code: "import.cadre_ambiguous", Params: map[string]string{"count": strconv.Itoa(len(all))}, Suggestion: p.label(all[0])})
		return nil
	case choice.Action == RowSame:
		p.block(out, models.Finding{Field: models.FieldName, Value: row.Name, Code: "import.cadre_unknown"})
		return nil
	}
	p.possiblySame(row, place, out)
	return nil
}

// maybeTwin tells whether a person found by name may be another one than the earlier row of the file that found her
// too: her birth is not told to the day, and the row's post is not one that the record already has.
func (p *planner) maybeTwin(per *person, row *models.RosterRow, unit int64) bool {
	if per.row == 0 || row.Birth.Exact() && per.cadre.Birth == row.Birth {
		return false
	}
	return per.fresh || len(p.holdersOf([]*person{per}, row.Position, unit)) == 0
}

// possiblySame warns of records that may be the same person although the import will not assume it: the name differs
// in accents only, or the same name and birthday stand in another commune.
func (p *planner) possiblySame(row *models.RosterRow, place int64, out *ImportRow) {
	var like []*person
	exact := models.MatchKey(row.Name)
	for _, per := range p.people.byFold[models.Fold(row.Name)] {
		if per.fresh || !inScope(p.actor, per.cadre.Path) || p.otherNumber(row, per) {
			continue
		}
		sameName := models.MatchKey(per.cadre.Name) == exact
		near := !sameName && per.place == place && (row.Birth == 0 || per.cadre.Birth == 0 || birthAgrees(row.Birth, per.cadre.Birth))
		moved := sameName && per.place != place && row.Birth.Exact() && row.Birth == per.cadre.Birth
		if near || moved {
			like = append(like, per)
		}
	}
	if len(like) > 0 {
		out.Questions = append(out.Questions, p.whoIs(like))
		p.say(out, models.Finding{Field: models.FieldName, Value: row.Name, Code: "import.possible_same", Params: map[string]string{"name": p.label(like[0])}, Suggestion: like[0].cadre.Name})
	}
}

// otherNumber tells whether the identity numbers prove two people: a 9-digit and a 12-digit one may belong to the same.
func (p *planner) otherNumber(row *models.RosterRow, per *person) bool {
	if row.Identity == "" || per.cadre.IdentityKey == "" {
		return false
	}
	if p.c.keys.identityLookup(row.Identity) == per.cadre.IdentityKey {
		return false
	}
	number, err := p.c.keys.openIdentity(per.cadre.IdentityEnc)
	if per.identity != "" {
		number, err = per.identity, nil
	}
	return err == nil && len(number) == len(row.Identity)
}

// narrow picks among several who fit: those whose birth is told to the day alike, then those in the same post.
func (p *planner) narrow(among []*person, row *models.RosterRow, unit int64) []*person {
	var exact []*person
	for _, per := range among {
		if per.cadre.Birth == row.Birth && row.Birth.Exact() {
			exact = append(exact, per)
		}
	}
	if len(exact) == 1 {
		return exact
	}
	if best := p.holdersOf(among, row.Position, unit); len(best) == 1 {
		return best
	}
	return among
}

func (p *planner) holdersOf(among []*person, position string, unit int64) []*person {
	var out []*person
	for _, per := range among {
		per.holdings.each(func(_ int, h models.Holding) {
			if h.Position == position && h.UnitID == unit && unit != 0 && h.From <= p.choices.AsOf && p.choices.AsOf < h.To && !slices.Contains(out, per) {
				out = append(out, per)
			}
		})
	}
	return out
}

func (p *planner) whoIs(among []*person) Question {
	q := Question{Kind: "cadre", Options: []Option{}}
	for _, per := range among {
		if per.cadre.ID != 0 {
			q.Options = append(q.Options, Option{ID: per.cadre.ID, Label: p.label(per)})
		}
	}
	return q
}

func (p *planner) label(per *person) string {
	unit, _ := p.tree.Nearest(per.place, p.today)
	return fmt.Sprintf("%s, %s, %s", per.cadre.Name, per.cadre.Birth.VN(), unit.FullName())
}

// birthAgrees: two births mean the same day as far as both are known; one that is not known at all agrees with nothing.
func birthAgrees(a, b models.PartialDate) bool {
	return a != 0 && b != 0 && a.Year() == b.Year() && (a.Month() == 0 || b.Month() == 0 || a.Month() == b.Month()) &&
		(a.Day() == 0 || b.Day() == 0 || a.Day() == b.Day())
}

// rowKey names a row of a file.
func rowKey(row *models.RosterRow) string { return row.Sheet + "!" + strconv.Itoa(row.Row) }
