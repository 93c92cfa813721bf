package core

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"

	"datchuan/models"
)

// DoctorReport is what an examination of the database found: how much was looked at and which kinds of problem there
// are, by number. It holds no names.
type DoctorReport struct {
	Cadres    int64           `json:"cadres"`
	Standings int64           `json:"standings"`
	Units     int             `json:"units"`
	Audits    int64           `json:"audits"`
	Seconds   float64         `json:"seconds"`
	Recompute float64         `json:"recompute_seconds"` // of these, recomputing what is derived
	Problems  []DoctorProblem `json:"problems"`
}

// DoctorProblem is one kind of problem; Code is a words key. Detail is technical: an id or a line of the database's own check.
type DoctorProblem struct {
	Code   string `json:"code"`
	Count  int64  `json:"count"`
	Detail string `json:"detail,omitempty"`
}

// Healthy tells that nothing is wrong.
func (r DoctorReport) Healthy() bool { return len(r.Problems) == 0 }

// String is the report for a terminal.
func (r DoctorReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cadres %d, standings %d, units %d, audit rows %d, %.1f s (recomputing %.1f s)\n", r.Cadres, r.Standings, r.Units, r.Audits, r.Seconds, r.Recompute)
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "%d x %s %s\n", p.Count, models.Word(models.En, p.Code), p.Detail)
	}
	if r.Healthy() {
		b.WriteString("no problem found: integrity, map, derived standings (0 differences), audit chain")
	}
	return strings.TrimRight(b.String(), "\n")
}

func (r *DoctorReport) found(code string, n int64, detail string) {
	if n > 0 {
		r.Problems = append(r.Problems, DoctorProblem{code, n, detail})
	}
}

// Doctor examines the database: its own integrity, the map, every derived column and standing recomputed from the facts,
// and the audit chain. It only reads, beside a running server too.
func (c *Core) Doctor(ctx context.Context) (DoctorReport, error) {
	start := time.Now()
	var r DoctorReport
	for _, step := range []func(context.Context, *DoctorReport) error{c.doctorIntegrity, c.doctorMap, c.doctorCadres, c.doctorAudit} {
		if err := step(ctx, &r); err != nil {
			return r, err
		}
	}
	r.Seconds = time.Since(start).Seconds()
	return r, nil
}

// doctorIntegrity asks the database about itself.
func (c *Core) doctorIntegrity(ctx context.Context, r *DoctorReport) error {
	db := c.read.WithContext(ctx)
	if c.isPostgres() {
		var n int64
		err := db.Raw(`SELECT (SELECT COUNT(*) FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid WHERE NOT k.convalidated AND t.relnamespace = current_schema()::regnamespace)
			+ (SELECT COUNT(*) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE NOT (i.indisvalid AND i.indisready) AND t.relnamespace = current_schema()::regnamespace)`).Scan(&n).Error
		r.found("doctor.integrity", n, "")
		return err
	}
	var lines []string
	if err := db.Raw("PRAGMA integrity_check").Scan(&lines).Error; err != nil {
		return err
	}
	if len(lines) != 1 || lines[0] != "ok" {
		r.found("doctor.integrity", int64(len(lines)), lines[0])
	}
	broken := int64(0)
	err := scan(db, "PRAGMA foreign_key_check", nil, func(*sql.Rows) error { broken++; return nil })
	r.found("doctor.foreign_keys", broken, "")
	return err
}

// doctorMap checks that every span hangs on its parent's path and that the spans of a unit do not overlap.
func (c *Core) doctorMap(ctx context.Context, r *DoctorReport) error {
	tree, err := loadTree(c.read.WithContext(ctx)) // fresh: the cached one may be what is wrong
	if err != nil {
		return err
	}
	var paths, overlaps int64
	for id, spans := range tree.spans {
		r.Units++
		for i, s := range spans {
			if i > 0 && spans[i-1].To > s.From {
				overlaps++
			}
			if !tree.pathHolds(id, s) {
				paths++
			}
		}
	}
	r.found("doctor.unit_path", paths, "")
	r.found("doctor.unit_overlap", overlaps, "")
	return nil
}

// pathHolds tells whether the path of a span is its parent's path, on every day of the span, and its own step.
func (t *Tree) pathHolds(id int64, s models.UnitSpan) bool {
	if s.ParentID == 0 {
		return s.Path == models.PathStep(id)
	}
	covered := s.From
	for _, p := range t.spans[s.ParentID] {
		if p.To <= s.From || p.From >= s.To {
			continue
		}
		if p.From > covered || p.Path+models.PathStep(id) != s.Path {
			return false
		}
		covered = p.To
	}
	return covered >= s.To
}

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

func (c *Core) doctorAudit(ctx context.Context, r *DoctorReport) error {
	check, err := c.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	r.Audits = check.Rows
	if check.Problem != "" {
		r.found("doctor.audit", 1, fmt.Sprintf("row %d: %s", check.BadRow, check.Problem))
	}
	return nil
}
