package core

import (
	"context"
	"database/sql"

	"datchuan/models"
)

// DuplicatePair is two records that may be one person, with the reasons as words keys.
type DuplicatePair struct {
	A   PersonLine `json:"a"`
	B   PersonLine `json:"b"`
	Why []string   `json:"why"`
}

// likeness is what the search for duplicates compares of a record.
type likeness struct {
	id          int64
	name, phone string
	search      string
	birth       models.PartialDate
	path        string
}

// Duplicates finds pairs in the actor's scope that may be one person: the same name without accents and a birth date
// that does not contradict, in one district (in one commune when a birth date is missing). Pairs that somebody marked
// as two people are left out. Same identity numbers can't occur: the database refuses them.
func (c *Core) Duplicates(ctx context.Context, actor models.Actor, limit int) ([]DuplicatePair, error) {
	if err := allow(actor, models.CadresMerge); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = 100
	}
	limit = min(limit, 1000)
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	apart, err := c.apart(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	var pairs []DuplicatePair
	var found []foundPair
	err = c.sameNames(ctx, actor, func(group []likeness) bool {
		for i, a := range group {
			for _, b := range group[i+1:] {
				if why := tree.alike(a, b, today); len(why) > 0 && !apart[pairOf(a.id, b.id)] {
					found = append(found, foundPair{pairOf(a.id, b.id), why})
				}
			}
		}
		return len(found) < limit
	})
	if err != nil {
		return nil, err
	}
	found = found[:min(len(found), limit)]
	var ids []int64
	for _, f := range found {
		ids = append(ids, f.pair[0], f.pair[1])
	}
	lines, err := c.personLines(ctx, ids, today)
	if err != nil {
		return nil, err
	}
	byID := map[int64]PersonLine{}
	for _, l := range lines {
		byID[l.ID] = l
	}
	for _, f := range found {
		pairs = append(pairs, DuplicatePair{A: byID[f.pair[0]], B: byID[f.pair[1]], Why: f.why})
	}
	return pairs, nil
}

type foundPair struct {
	pair [2]int64
	why  []string
}

func pairOf(a, b int64) [2]int64 { return [2]int64{min(a, b), max(a, b)} }

// sameNames hands over groups of two or more active records in scope with the same folded name, until fn has enough.
// The rows stream in the order of the name: memory does not grow with the province.
func (c *Core) sameNames(ctx context.Context, actor models.Actor, fn func([]likeness) bool) error {
	db := under(c.read.WithContext(ctx).Model(&models.Cadre{}), "path", actor.Path).Where("state = ?", models.Active)
	rows, err := db.Select("id, name, search, phone, birth, path").Order("search, id").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	var group []likeness
	for rows.Next() {
		var l likeness
		if err := scanLikeness(rows, &l); err != nil {
			return err
		}
		if len(group) > 0 && group[0].search != l.search {
			if len(group) > 1 && !fn(group) {
				return nil
			}
			group = group[:0]
		}
		group = append(group, l)
	}
	if len(group) > 1 {
		fn(group)
	}
	return rows.Err()
}

func scanLikeness(rows *sql.Rows, l *likeness) error {
	return rows.Scan(&l.id, &l.name, &l.search, &l.phone, &l.birth, &l.path)
}

// alike tells why two records of the same folded name may be one person; nothing when they may not.
func (t *Tree) alike(a, b likeness, today models.Date) []string {
	why := []string{"duplicate.same_name"}
	if models.MatchKey(a.name) != models.MatchKey(b.name) {
		why[0] = "duplicate.similar_name"
	}
	near := t.nearness(a.path, b.path, today)
	phone := a.phone != "" && a.phone == b.phone
	switch birth := compareBirths(a.birth, b.birth); {
	case birth == "duplicate.differs":
		return nil
	case birth == "duplicate.birth_unknown" && near != "duplicate.same_commune" && !phone, near == "" && !phone:
		return nil
	default:
		why = append(why, birth)
	}
	if near != "" {
		why = append(why, near)
	}
	if phone {
		why = append(why, "duplicate.same_phone")
	}
	return why
}

// compareBirths treats what is not known as agreeing: 1975 may be 05/08/1975.
func compareBirths(a, b models.PartialDate) string {
	switch {
	case a == 0 || b == 0:
		return "duplicate.birth_unknown"
	case a == b && a.Exact():
		return "duplicate.same_birth"
	case a.Year() != b.Year(), a.Month() != 0 && b.Month() != 0 && a.Month() != b.Month(), a.Exact() && b.Exact() && a != b:
		return "duplicate.differs"
	}
	return "duplicate.same_year"
}

// nearness is how close two records are kept: in one commune, one district, or neither. Where there is no district
// level, the province stands in for it.
func (t *Tree) nearness(a, b string, today models.Date) string {
	if x, ok := t.Above(a, models.Commune, today); ok {
		if y, ok := t.Above(b, models.Commune, today); ok && x.UnitID == y.UnitID {
			return "duplicate.same_commune"
		}
	}
	for _, kind := range []models.UnitKind{models.District, models.Province} {
		x, okX := t.Above(a, kind, today)
		y, okY := t.Above(b, kind, today)
		if okX && okY {
			if x.UnitID == y.UnitID {
				return "duplicate.same_district"
			}
			return ""
		}
	}
	return ""
}

// Similar finds records that may be the person somebody is about to add: a question before saving, never a refusal.
func (c *Core) Similar(ctx context.Context, actor models.Actor, in CadreInput) ([]PersonLine, error) {
	if err := allow(actor, models.CadresRead); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	home, ok := tree.Standing(in.UnitID, today)
	if !ok || !tree.inScope(in.UnitID, actor.Path, today) {
		return nil, nil
	}
	var same []models.Cadre
	db := under(c.read.WithContext(ctx), "path", actor.Path).Where("search = ? AND state = ?", models.Fold(in.Name), models.Active)
	if err := db.Select("id, name, search, phone, birth, path").Order("id").Limit(500).Find(&same).Error; err != nil {
		return nil, err
	}
	phone, _ := NormalPhone(in.Phone, today)
	wanted := likeness{name: in.Name, phone: phone, birth: in.Birth, path: home.Path}
	var ids []int64
	for _, s := range same {
		if len(tree.alike(wanted, likenessOf(s), today)) > 0 {
			ids = append(ids, s.ID)
		}
	}
	return c.personLines(ctx, ids, today)
}

// DuplicatesOf are the pairs that one record may form, without those that somebody marked as two people.
func (c *Core) DuplicatesOf(ctx context.Context, actor models.Actor, id int64) ([]DuplicatePair, error) {
	if err := allow(actor, models.CadresMerge); err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx)
	var one models.Cadre
	if err := lookup(under(db.Where("id = ?", id), "path", actor.Path).Take(&one).Error, "cadre"); err != nil {
		return nil, err
	}
	var same []models.Cadre
	if one.State == models.Active {
		q := under(db, "path", actor.Path).Where("search = ? AND state = ? AND id <> ?", one.Search, models.Active, id)
		if err := q.Select("id, name, search, phone, birth, path").Order("id").Limit(500).Find(&same).Error; err != nil {
			return nil, err
		}
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	apart, err := c.apart(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	ids, why := []int64{id}, map[int64][]string{}
	for _, s := range same {
		if reasons := tree.alike(likenessOf(one), likenessOf(s), today); len(reasons) > 0 && !apart[pairOf(id, s.ID)] {
			ids, why[s.ID] = append(ids, s.ID), reasons
		}
	}
	lines, err := c.personLines(ctx, ids, today)
	if err != nil {
		return nil, err
	}
	var out []DuplicatePair
	for _, l := range lines[1:] {
		pair := DuplicatePair{A: lines[0], B: l, Why: why[l.ID]}
		if l.ID < id {
			pair.A, pair.B = pair.B, pair.A
		}
		out = append(out, pair)
	}
	return out, nil
}

func likenessOf(c models.Cadre) likeness {
	return likeness{id: c.ID, name: c.Name, search: c.Search, phone: c.Phone, birth: c.Birth, path: c.Path}
}
