package core

import (
	"slices"

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
	byName     register // exact but for case, spacing, tone placement
	byFold     register // without accents
	mergedInto map[int64]int64
}

const importChunk = 2000

// loadPeople reads every record that a row could mean: by identity number anywhere, by name inside the scope, by id as
// chosen or as given by an earlier import of the same file.
func (p *planner) loadPeople(rows []models.RosterRow) error {
	p.people = people{byID: map[int64]*person{}, byIdentity: map[string]*person{}, byName: register{}, byFold: register{}, mergedInto: map[int64]int64{}}
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
	p.people.byName.put(models.MatchKey(as.Name), per)
	p.people.byFold.put(models.Fold(as.Name), per)
}

// register finds people by a key; several may share it.
type register map[string][]*person

func (r register) put(key string, per *person) {
	if !slices.Contains(r[key], per) {
		r[key] = append(r[key], per)
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
