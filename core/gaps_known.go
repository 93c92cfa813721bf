package core

import (
	"database/sql"
	"slices"
	"strings"

	"datchuan/models"
)

// evaluated gives all lines of the filter, whatever their status, from the facts as known at the moment asked for: the
// slow path, for the past of the second time axis and for retired rule sets.
func (a *gapAsk) evaluated() ([]gapLine, error) {
	ids, err := a.candidates()
	if err != nil {
		return nil, err
	}
	keep, err := a.personFilter()
	if err != nil {
		return nil, err
	}
	land := &places{core: a.core, db: a.core.read.WithContext(a.ctx), byUnit: map[int64][]place{}}
	var out []gapLine
	for chunk := range slices.Chunk(ids, restandChunk) {
		sel := a.core.byIDs(chunk)
		sel.known = a.known
		dossiers, err := loadDossiers(land.db, sel)
		if err != nil {
			return nil, err
		}
		if err := land.need(dossiers); err != nil {
			return nil, err
		}
		for i := range dossiers {
			if keep(&dossiers[i]) {
				out = append(out, a.linesOf(&dossiers[i], land.byUnit)...)
			}
		}
	}
	return out, nil
}

// candidates are the cadres who, as known then, held one of the posts on the date in the land.
func (a *gapAsk) candidates() ([]int64, error) {
	var positions []string
	for _, s := range a.standards {
		positions = append(positions, s.Position)
	}
	if len(positions) == 0 {
		return nil, nil
	}
	sel := selection{known: a.known}
	known, args := sel.recorded()
	cond, more := a.core.where(a.land, "path")
	args = append(append([]any{positions, a.filter.AsOf, a.filter.AsOf}, args...), more...)
	var ids []int64
	err := a.core.read.WithContext(a.ctx).Raw("SELECT DISTINCT cadre_id FROM holdings WHERE position IN ? AND valid_from <= ? AND valid_to > ?"+known+
		" AND unit_id IN (SELECT unit_id FROM unit_spans WHERE "+cond+") ORDER BY cadre_id", args...).Scan(&ids).Error
	return ids, err
}

// linesOf evaluates the posts of one person on the date.
func (a *gapAsk) linesOf(d *dossier, land map[int64][]place) []gapLine {
	on := a.filter.AsOf
	var out []gapLine
	for i := range a.standards {
		s := &a.standards[i]
		for j := range d.holdings {
			h := &d.holdings[j]
			p, ok := placeAt(land[h.UnitID], on)
			if h.Position != s.Position || !(models.Span{From: h.From, To: h.To}).Contains(on) || !ok || !a.land.has(p.path) {
				continue
			}
			if a.filter.Area != "" && !a.areas.has(p.path) {
				continue
			}
			record := d.record(h)
			record.Areas = p.areas
			e := models.Evaluate(s, &record, on)
			out = append(out, gapLine{standard: i, holding: h.ID, cadre: d.id, path: p.path, overall: e.Overall, marks: e.Marks(), sortKey: d.sortKey})
		}
	}
	return out
}

func placeAt(all []place, on models.Date) (place, bool) {
	for _, p := range all {
		if (models.Span{From: p.from, To: p.to}).Contains(on) {
			return p, true
		}
	}
	return place{}, false
}

// personFilter is the part of the filter that looks at the person.
func (a *gapAsk) personFilter() (func(*dossier) bool, error) {
	f := a.filter
	words := strings.Fields(models.Fold(f.Search))
	named := map[int64]bool{}
	if f.Succession != "" {
		sel := selection{known: a.known}
		known, args := sel.recorded()
		err := scan(a.core.read.WithContext(a.ctx), "SELECT cadre_id FROM successions WHERE valid_from <= ? AND valid_to > ? AND (? = 'any' OR term = ?)"+known,
			append([]any{f.AsOf, f.AsOf, f.Succession, f.Succession}, args...), func(rows *sql.Rows) error {
				var id int64
				err := rows.Scan(&id)
				named[id] = true
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	return func(d *dossier) bool {
		age := d.birth.AgeOn(f.AsOf)
		switch {
		case !hasWords(models.Fold(d.name), words):
			return false
		case f.AgeFrom > 0 && (d.birth == 0 || age < f.AgeFrom), f.AgeTo > 0 && (d.birth == 0 || age > f.AgeTo):
			return false
		case f.Studying != models.NotKnown && (d.studyOn(f.AsOf) != nil) != (f.Studying == models.Yes):
			return false
		}
		return f.Succession == "" || named[d.id]
	}, nil
}

// studyOn is a study under way on the date, nil when there is none.
func (d *dossier) studyOn(on models.Date) *models.Study {
	for i := range d.studies {
		if (models.Span{From: d.studies[i].From, To: d.studies[i].To}).Contains(on) {
			return &d.studies[i]
		}
	}
	return nil
}
