package core

import (
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"datchuan/models"
)

// person is a cadre as an import sees and changes her in memory; nothing is written before the whole file is planned.
type person struct {
	cadre, before  models.Cadre
	fresh          bool   // not in the database yet
	identity       string // a number to be written
	place          int64  // commune (else the unit itself) of the record on today's map
	row            int    // the first row of the file that is her, 0 when none yet
	listed         bool   // among those to be written
	dirty          bool   // fields of the record itself change
	changes        []FieldChange
	holdings       factSet[models.Holding]
	successions    factSet[models.Succession]
	qualifications factSet[models.Qualification]
	studies        factSet[models.Study]
	posts          []newPost
}

// newPost is a holding (by its place in the set) at a unit that is still to be made.
type newPost struct {
	holding int
	unit    *newUnit
}

// touched tells whether anything about her is to be written.
func (p *person) touched() bool {
	return p.fresh || p.dirty || p.holdings.edited() || p.successions.edited() || p.qualifications.edited() || p.studies.edited()
}

// factSet holds the standing facts of one kind and what becomes of them.
type factSet[T any] struct{ rows []factEdit[T] }

type factEdit[T any] struct {
	now, was T
	stored   bool // was is a row of the database
	changed  bool // now is to be written
	gone     bool
}

func (s *factSet[T]) load(x T)       { s.rows = append(s.rows, factEdit[T]{now: x, was: x, stored: true}) }
func (s *factSet[T]) add(x T)        { s.rows = append(s.rows, factEdit[T]{now: x, changed: true}) }
func (s *factSet[T]) set(i int, x T) { s.rows[i].now, s.rows[i].changed = x, true }
func (s *factSet[T]) remove(i int)   { s.rows[i].gone = true }

func (s *factSet[T]) edited() bool {
	for _, r := range s.rows {
		if r.changed || r.stored && r.gone {
			return true
		}
	}
	return false
}

// each visits the facts that stand after the edits so far; it may edit the one it is shown.
func (s *factSet[T]) each(visit func(i int, x T)) {
	for i := range s.rows {
		if !s.rows[i].gone {
			visit(i, s.rows[i].now)
		}
	}
}

// people finds the persons that rows mean.
type people struct {
	byID       map[int64]*person
	byIdentity map[string]*person
	byName     map[string][]*person // exact but for case, spacing, tone placement
	byFold     map[string][]*person // without accents
	mergedInto map[int64]int64
}

const importChunk = 2000

// loadPeople reads every record that a row could mean: by identity number anywhere, by name inside the scope, by id as
// chosen or as given by an earlier import of the same file.
func (p *planner) loadPeople(rows []models.RosterRow) error {
	p.people = people{byID: map[int64]*person{}, byIdentity: map[string]*person{}, byName: map[string][]*person{}, byFold: map[string][]*person{}, mergedInto: map[int64]int64{}}
	names, numbers, ids := map[string]bool{}, map[string]bool{}, map[int64]bool{}
	for i := range rows {
		names[models.Fold(rows[i].Name)] = true
		if key := p.c.keys.identityLookup(rows[i].Identity); key != "" {
			numbers[key] = true
		}
	}
	for _, choice := range p.choices.Rows {
		ids[choice.CadreID] = true
	}
	for _, id := range p.prior {
		ids[id] = true
	}
	live := func() *gorm.DB { return p.db.Where("state IN ?", []models.CadreState{models.Active, models.Merged}) }
	for chunk := range slices.Chunk(sortedKeys(names), importChunk) {
		if err := p.takeCadres(under(live(), "path", p.actor.Path).Where("search IN ?", chunk)); err != nil {
			return err
		}
	}
	for chunk := range slices.Chunk(sortedKeys(numbers), importChunk) {
		if err := p.takeCadres(live().Where("identity_key IN ?", chunk)); err != nil {
			return err
		}
	}
	for len(ids) > 0 { // merged records lead to further ones
		for chunk := range slices.Chunk(sortedKeys(ids), importChunk) {
			if err := p.takeCadres(live().Where("id IN ?", chunk)); err != nil {
				return err
			}
		}
		ids = p.mergedAway(ids)
	}
	p.index()
	return nil
}

// mergedAway are the records that merged ones were joined into and that are not read yet.
func (p *planner) mergedAway(asked map[int64]bool) map[int64]bool {
	next := map[int64]bool{}
	for _, into := range p.people.mergedInto {
		if _, merged := p.people.mergedInto[into]; p.people.byID[into] == nil && !merged && !asked[into] {
			next[into] = true
		}
	}
	return next
}

func (p *planner) takeCadres(q *gorm.DB) error {
	var cadres []models.Cadre
	if err := q.Order("id").Find(&cadres).Error; err != nil {
		return err
	}
	for _, k := range cadres {
		if k.State == models.Merged {
			p.people.mergedInto[k.ID] = k.MergedInto
			p.mergedRows = append(p.mergedRows, k)
		} else if p.people.byID[k.ID] == nil {
			p.people.byID[k.ID] = &person{cadre: k, before: k, place: p.placeOf(k.Path)}
		}
	}
	return nil
}

// index makes the records findable; a merged record's name and number lead to the record it was joined into.
func (p *planner) index() {
	for _, id := range sortedKeys(p.people.byID) {
		per := p.people.byID[id]
		p.enter(per, per.cadre)
	}
	for _, k := range p.mergedRows {
		if per := p.current(k.ID); per != nil {
			p.enter(per, k)
		}
	}
}

// current follows merges to the standing record.
func (p *planner) current(id int64) *person {
	for range 50 {
		into, merged := p.people.mergedInto[id]
		if !merged {
			return p.people.byID[id]
		}
		id = into
	}
	return nil
}

func (p *planner) enter(per *person, as models.Cadre) {
	if as.IdentityKey != "" && p.people.byIdentity[as.IdentityKey] == nil {
		p.people.byIdentity[as.IdentityKey] = per
	}
	for key, in := range map[string]map[string][]*person{models.MatchKey(as.Name): p.people.byName, models.Fold(as.Name): p.people.byFold} {
		if !slices.Contains(in[key], per) {
			in[key] = append(in[key], per)
		}
	}
}

// placeOf is the commune on a path of today's map, else the last unit of it.
func (p *planner) placeOf(path string) int64 {
	ids := models.PathIDs(path)
	if len(ids) == 0 {
		return 0
	}
	if s, ok := p.tree.Above(path, models.Commune, p.today); ok {
		return s.UnitID
	}
	return ids[len(ids)-1]
}

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
	case len(sure) == 1 && sure[0].row > 0 && choice.Action != RowSame && !(row.Birth.Exact() && sure[0].cadre.Birth == row.Birth):
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
