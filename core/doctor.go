package core

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
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
		b.WriteString("no problem found: integrity, map, derived standings (0 differences), register of certificates, audit chain")
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
	// The database's own check is one long walk on one connection: it goes beside the others.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var own DoctorReport
	checked := make(chan error, 1)
	go func() { checked <- c.doctorIntegrity(ctx, &own) }()
	var err error
	for _, step := range []func(context.Context, *DoctorReport) error{c.doctorMap, c.doctorCadres, c.doctorRegister, c.doctorAudit} {
		if err = step(ctx, &r); err != nil {
			cancel()
			break
		}
	}
	ownErr := <-checked
	r.Problems = append(own.Problems, r.Problems...)
	if err == nil {
		err = ownErr
	}
	if err != nil {
		return r, err
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
	return db.Connection(func(db *gorm.DB) error { return checkSQLite(db, r) })
}

// checkSQLite looks every row up in every index, all over the file: with room for them (512 MB at the most, given back
// afterwards) it takes half the time.
func checkSQLite(db *gorm.DB, r *DoctorReport) (err error) {
	if err := db.Exec("PRAGMA cache_size = -524288").Error; err != nil {
		return err
	}
	defer func() {
		back := db.WithContext(context.Background()) // even when the check was given up
		err = errors.Join(err, back.Exec("PRAGMA cache_size = -65536").Error, back.Exec("PRAGMA shrink_memory").Error)
	}()
	var lines []string
	if err := db.Raw("PRAGMA integrity_check").Scan(&lines).Error; err != nil {
		return err
	}
	if len(lines) != 1 || lines[0] != "ok" {
		r.found("doctor.integrity", int64(len(lines)), lines[0])
	}
	broken := int64(0)
	err = scan(db, "PRAGMA foreign_key_check", nil, func(*sql.Rows) error { broken++; return nil })
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

// doctorRegister checks that the numbers of each series of certificates run from 1 to its counter without a gap.
func (c *Core) doctorRegister(ctx context.Context, r *DoctorReport) error {
	var gaps int64
	err := c.read.WithContext(ctx).Raw(`SELECT COUNT(*) FROM certificate_series s WHERE s.last <> (SELECT COUNT(*) FROM certificates c
		WHERE c.issuer = s.issuer AND c.kind = s.kind AND c.year = s.year AND c.number BETWEEN 1 AND s.last)`).Scan(&gaps).Error
	r.found("doctor.register_gap", gaps, "")
	return err
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
