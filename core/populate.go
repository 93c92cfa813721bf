package core

import (
	"context"
	"slices"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// Populate writes a map and a population in one transaction, with the standings derived from it. The positions and
// standards must be there (SeedReference).
func (c *Core) Populate(ctx context.Context, m reference.Map, w demo.World) error {
	return c.transactBulk(ctx, operator(), func(b *bulk) error {
		_, err := b.populate(m, w)
		return err
	})
}

// operator signs what the owner of the machine does by a command.
func operator() models.Actor {
	return models.Actor{AccountID: operatorID, Login: "operator", Role: models.ProvinceOfficer}
}

// population is a world on its way into the tables.
type population struct {
	*bulk
	w       demo.World
	planted *planting
	rules   rules
	fact    int64 // next fact id
	holder  int64 // next holding id
	sorts   map[string][]byte
	places  map[int64][]place

	cadres         []models.Cadre
	holdings       []models.Holding
	successions    []models.Succession
	qualifications []models.Qualification
	studies        []models.Study
	awards         []models.Award
	ratings        []models.Rating
	standings      []models.Standing
}

func (b *bulk) populate(m reference.Map, w demo.World) (*planting, error) {
	l, err := b.plant(m, w.Units)
	if err != nil {
		return nil, err
	}
	p := &population{bulk: b, w: w, planted: l, sorts: map[string][]byte{}, places: map[int64][]place{}}
	if p.rules, err = loadRules(b.DB); err != nil {
		return nil, err
	}
	if err := p.prepare(); err != nil {
		return nil, err
	}
	if err := p.write(); err != nil {
		return nil, err
	}
	province := slices.IndexFunc(m.Units, func(u reference.UnitSeed) bool { return u.Spans[0].Kind == models.Province })
	return l, b.audit("populate", "unit", l.ids[m.Units[province].Code], change{After: map[string]int{"units": len(m.Units) + len(w.Units),
		"cadres": len(p.cadres), "holdings": len(p.holdings), "qualifications": len(p.qualifications)}})
}

// prepare takes all ids at once and turns the world into rows.
func (p *population) prepare() error {
	facts, posts := 0, 0
	for i := range p.w.Cadres {
		c := &p.w.Cadres[i]
		posts += len(c.Holdings)
		facts += len(c.Holdings) + len(c.Successions) + len(c.Qualifications) + len(c.Studies) + len(c.Awards) + len(c.Ratings)
	}
	id, err := p.reserve("cadres", len(p.w.Cadres))
	if err != nil {
		return err
	}
	if p.holder, err = p.reserve("holdings", posts); err != nil {
		return err
	}
	if p.fact, err = p.facts(facts); err != nil {
		return err
	}
	for i := range p.w.Cadres {
		if err := p.person(id+int64(i), &p.w.Cadres[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *population) recorded() models.Recorded {
	r := models.Recorded{FactID: p.fact, RecordedAt: p.w.RecordedAt, SupersededAt: models.Never}
	p.fact++
	return r
}

func (p *population) person(id int64, in *demo.Cadre) (err error) {
	c := in.Cadre
	c.ID, c.UnitID, c.Version, c.CreatedAt, c.UpdatedAt = id, p.planted.ids[in.Unit], 1, p.w.RecordedAt, p.w.RecordedAt
	if c.Path, err = p.planted.at(in.Unit, demo.On); err != nil {
		return err
	}
	c.Search, c.SortKey = models.Fold(c.Name), p.sortKey(c.Name)
	if c.IdentityEnc, c.IdentityKey, c.IdentityEnd, err = p.core.keys.sealIdentity(in.Identity); err != nil {
		return err
	}
	p.cadres = append(p.cadres, c)
	d := dossier{id: id, sortKey: c.SortKey, birth: c.Birth, party: c.Party, partyDate: c.PartyDate}
	for _, h := range in.Holdings {
		row := h.Holding
		row.ID, row.CadreID, row.UnitID, row.Recorded = p.holder, id, p.planted.ids[h.Unit], p.recorded()
		p.holder++
		if p.places[row.UnitID] == nil {
			p.places[row.UnitID] = p.planted.places(h.Unit)
		}
		d.holdings = append(d.holdings, row)
	}
	p.holdings = append(p.holdings, d.holdings...)
	for _, q := range in.Qualifications {
		q.CadreID, q.Recorded = id, p.recorded()
		d.qualifications = append(d.qualifications, q)
	}
	p.qualifications = append(p.qualifications, d.qualifications...)
	for _, s := range in.Studies {
		s.CadreID, s.Recorded = id, p.recorded()
		d.studies = append(d.studies, s)
	}
	p.studies = append(p.studies, d.studies...)
	p.record(id, in)
	slices.SortFunc(d.holdings, byStart)
	p.standings = append(p.standings, standingsOf(&d, p.rules, p.places)...)
	return nil
}

// record adds the facts that no standard looks at.
func (p *population) record(id int64, in *demo.Cadre) {
	for _, s := range in.Successions {
		row := s.Succession
		row.CadreID, row.UnitID, row.Recorded = id, p.planted.ids[s.Unit], p.recorded()
		p.successions = append(p.successions, row)
	}
	for _, a := range in.Awards {
		a.CadreID, a.Recorded = id, p.recorded()
		p.awards = append(p.awards, a)
	}
	for _, r := range in.Ratings {
		r.CadreID, r.Recorded = id, p.recorded()
		p.ratings = append(p.ratings, r)
	}
}

// sortKey remembers: names repeat, and a collation key is slow to make.
func (p *population) sortKey(name string) []byte {
	key, ok := p.sorts[name]
	if !ok {
		key = models.NameSortKey(name)
		p.sorts[name] = key
	}
	return key
}

func (p *population) write() error {
	var figures []models.UnitFigure
	for _, f := range p.w.Figures {
		figures = append(figures, models.UnitFigure{UnitID: p.planted.ids[f.Unit], Key: f.Key, Date: demo.On, Value: f.Value, Source: f.Source, RecordedAt: p.w.RecordedAt})
	}
	for _, insert := range []func() error{
		func() error { return insertAll(p.bulk, figures) },
		func() error { return insertAll(p.bulk, p.cadres) },
		func() error { return insertAll(p.bulk, p.holdings) },
		func() error { return insertAll(p.bulk, p.successions) },
		func() error { return insertAll(p.bulk, p.qualifications) },
		func() error { return insertAll(p.bulk, p.studies) },
		func() error { return insertAll(p.bulk, p.awards) },
		func() error { return insertAll(p.bulk, p.ratings) },
		func() error { return insertAll(p.bulk, p.standings) },
	} {
		if err := insert(); err != nil {
			return err
		}
	}
	return nil
}
