package core

import (
	"bytes"
	"context"
	"database/sql"
	"runtime"
	"sync"
	"time"

	"gorm.io/gorm"

	"datchuan/models"
)

// doctorRange is how many cadre ids one worker takes at a time.
const doctorRange = 4000

// doctorCadres recomputes what is derived from the facts, by ranges of cadre ids on all processors.
func (c *Core) doctorCadres(ctx context.Context, r *DoctorReport) error {
	start := time.Now()
	var last int64
	if err := c.read.WithContext(ctx).Raw("SELECT COALESCE(MAX(id), 0) FROM cadres").Scan(&last).Error; err != nil {
		return err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ranges := make(chan int64)
	var mu sync.Mutex
	var total examination
	var failed error
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			e := examiner{core: c, tree: tree, today: c.Today(ctx), land: map[int64][]place{}}
			for from := range ranges {
				err := c.snapshot(ctx, func(db *gorm.DB) error { return e.examine(db, from, from+doctorRange) })
				if err != nil {
					mu.Lock()
					if failed == nil {
						failed = err
					}
					mu.Unlock()
					cancel()
					return
				}
			}
			mu.Lock()
			total.add(e.examination)
			mu.Unlock()
		})
	}
feed:
	for from := int64(0); from <= last; from += doctorRange {
		select {
		case ranges <- from:
		case <-ctx.Done():
			break feed
		}
	}
	close(ranges)
	workers.Wait()
	if failed != nil {
		return failed
	}
	var orphans int64
	if err := c.read.WithContext(ctx).Raw("SELECT COUNT(*) FROM standings WHERE cadre_id > ? OR cadre_id < 0", last).Scan(&orphans).Error; err != nil {
		return err
	}
	r.Cadres, r.Standings, r.Recompute = total.cadres, total.standings, time.Since(start).Seconds()
	r.found("doctor.standings", total.wrong+orphans, "")
	r.found("doctor.search", total.search, "")
	r.found("doctor.sort", total.sort, "")
	r.found("doctor.cadre_path", total.path, "")
	return nil
}

// examination counts what was looked at and what was wrong.
type examination struct {
	cadres, standings         int64
	wrong, search, sort, path int64
}

func (e *examination) add(o examination) {
	e.cadres += o.cadres
	e.standings += o.standings
	e.wrong += o.wrong
	e.search += o.search
	e.sort += o.sort
	e.path += o.path
}

// examiner is one worker; it keeps the places of units between ranges.
type examiner struct {
	examination
	core  *Core
	tree  *Tree
	today models.Date
	land  map[int64][]place
}

func (e *examiner) examine(db *gorm.DB, from, to int64) error {
	if err := e.examinePeople(db, from, to); err != nil {
		return err
	}
	by, err := loadRules(db)
	if err != nil {
		return err
	}
	dossiers, err := loadDossiers(db, byRange(from, to))
	if err != nil {
		return err
	}
	stored, err := storedStandings(db, from, to)
	if err != nil {
		return err
	}
	for _, rows := range stored {
		e.standings += int64(len(rows))
	}
	for i := range dossiers {
		d := &dossiers[i]
		for _, h := range d.holdings {
			if _, ok := e.land[h.UnitID]; !ok {
				e.land[h.UnitID] = placesOf(e.tree.Spans(h.UnitID), e.tree.AreasOf)
			}
		}
		e.wrong += differences(standingsOf(d, by, e.land), stored[d.id])
		delete(stored, d.id)
	}
	for _, rows := range stored { // of somebody who is not active
		e.wrong += int64(len(rows))
	}
	return nil
}

// examinePeople checks the derived columns of the records themselves.
func (e *examiner) examinePeople(db *gorm.DB, from, to int64) error {
	return scan(db, "SELECT name, search, sort_key, unit_id, path FROM cadres WHERE id >= ? AND id < ?", []any{from, to}, func(rows *sql.Rows) error {
		var c models.Cadre
		if err := rows.Scan(&c.Name, &c.Search, &c.SortKey, &c.UnitID, &c.Path); err != nil {
			return err
		}
		e.cadres++
		if c.Search != models.Fold(c.Name) {
			e.search++
		}
		if !bytes.Equal(c.SortKey, models.NameSortKey(c.Name)) {
			e.sort++
		}
		if !e.pathFits(c.UnitID, c.Path) {
			e.path++
		}
		return nil
	})
}

// pathFits tells whether a record's path is that of its home unit on today's map, or of a unit that is no longer there.
func (e *examiner) pathFits(unit int64, path string) bool {
	if s, ok := e.tree.Nearest(unit, e.today); ok && s.Path == path {
		return true
	}
	if s, ok := e.tree.Standing(unit, e.today); ok && s.Path == path { // of its successor
		return true
	}
	if _, ok := e.tree.At(unit, e.today); ok {
		return false
	}
	for _, s := range e.tree.Spans(unit) {
		if s.Path == path {
			return true
		}
	}
	return false
}

func storedStandings(db *gorm.DB, from, to int64) (map[int64][]models.Standing, error) {
	out := map[int64][]models.Standing{}
	err := scan(db, "SELECT standard_id, holding_id, cadre_id, unit_id, path, valid_from, valid_to, overall, marks, sort_key FROM standings WHERE cadre_id >= ? AND cadre_id < ?",
		[]any{from, to}, func(rows *sql.Rows) error {
			var s models.Standing
			err := rows.Scan(&s.StandardID, &s.HoldingID, &s.CadreID, &s.UnitID, &s.Path, &s.From, &s.To, &s.Overall, &s.Marks, &s.SortKey)
			out[s.CadreID] = append(out[s.CadreID], s)
			return err
		})
	return out, err
}

// differences counts rows of one cadre that are missing, too many or not as derived.
func differences(want, have []models.Standing) int64 {
	type key struct {
		standard, holding int64
		from              models.Date
	}
	stored := make(map[key]*models.Standing, len(have))
	for i := range have {
		stored[key{have[i].StandardID, have[i].HoldingID, have[i].From}] = &have[i]
	}
	n := int64(len(have) - len(stored))
	for i := range want {
		k := key{want[i].StandardID, want[i].HoldingID, want[i].From}
		if s := stored[k]; s == nil || !sameStanding(*s, want[i]) {
			n++
		}
		delete(stored, k)
	}
	return n + int64(len(stored))
}

func sameStanding(a, b models.Standing) bool {
	return a.CadreID == b.CadreID && a.UnitID == b.UnitID && a.Path == b.Path && a.To == b.To && a.Overall == b.Overall && a.Marks == b.Marks && bytes.Equal(a.SortKey, b.SortKey)
}
