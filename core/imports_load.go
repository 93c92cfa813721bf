package core

import (
	"encoding/json"
	"maps"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

func (p *planner) loadPositions() error {
	var all []models.Position
	p.positions = map[string]models.Position{}
	err := p.db.Find(&all).Error
	for _, x := range all {
		p.positions[x.Code] = x
	}
	return err
}

// samePast is how many earlier imports of the same bytes are looked at: a file has several sheets.
const samePast = 20

// loadPrior reads which rows of the same bytes became which cadres before, and which day they spoke of, so that reading
// a file again changes nothing.
func (p *planner) loadPrior() error {
	var past []Import
	err := p.db.Select("id", "report").Where("file_sha256 = ? AND state = ? AND id <> ?", p.im.FileSHA256, ImportApplied, p.im.ID).
		Order("id DESC").Limit(samePast).Find(&past).Error
	if err != nil || len(past) == 0 {
		return err
	}
	p.prior = map[string]int64{}
	for _, im := range slices.Backward(past) {
		var kept storedReport
		if err := json.Unmarshal([]byte(im.Report), &kept); err != nil {
			return err
		}
		maps.Copy(p.prior, kept.People)
		p.priorDay = kept.AsOf
	}
	var made []int64
	err = p.db.Model(&importChange{}).Where("kind = 'created' AND import_id IN (SELECT id FROM imports WHERE file_sha256 = ? AND state = ?)", p.im.FileSHA256, ImportApplied).
		Pluck("cadre_id", &made).Error
	for _, id := range made {
		p.made[id] = true
	}
	return err
}

// loadSeats reads who holds the single posts, and those people with them.
func (p *planner) loadSeats() error {
	var held []models.Holding
	err := p.db.Where("superseded_at = ? AND position IN ? AND valid_from <= ? AND valid_to > ?", models.Never, singleSeats, p.choices.AsOf, p.choices.AsOf).
		Where("unit_id IN (SELECT unit_id FROM unit_spans WHERE path >= ? AND path < ?)", p.finder.root, models.PathEnd(p.finder.root)).
		Order("id").Find(&held).Error
	if err != nil {
		return err
	}
	missing := map[int64]bool{}
	for _, h := range held {
		if p.people.byID[h.CadreID] == nil {
			missing[h.CadreID] = true
		}
	}
	for chunk := range slices.Chunk(sortedKeys(missing), importChunk) {
		if err := p.takeCadres(p.db.Where("id IN ? AND state = ?", chunk, models.Active)); err != nil {
			return err
		}
	}
	for _, h := range held {
		if per := p.people.byID[h.CadreID]; per != nil {
			key := seat{id: h.UnitID, position: h.Position}
			p.seats[key] = append(p.seats[key], per)
		}
	}
	return nil
}

// loadFacts reads the standing facts of everybody who may be changed.
func (p *planner) loadFacts() error {
	for chunk := range slices.Chunk(sortedKeys(p.people.byID), importChunk) {
		q := func() *gorm.DB {
			return p.db.Where("cadre_id IN ? AND superseded_at = ?", chunk, models.Never).Order("id")
		}
		var holdings []models.Holding
		var successions []models.Succession
		var qualifications []models.Qualification
		var studies []models.Study
		for _, into := range []any{&holdings, &successions, &qualifications, &studies} {
			if err := q().Find(into).Error; err != nil {
				return err
			}
		}
		for _, x := range holdings {
			p.people.byID[x.CadreID].holdings.load(x)
		}
		for _, x := range successions {
			p.people.byID[x.CadreID].successions.load(x)
		}
		for _, x := range qualifications {
			p.people.byID[x.CadreID].qualifications.load(x)
		}
		for _, x := range studies {
			p.people.byID[x.CadreID].studies.load(x)
		}
	}
	return nil
}
