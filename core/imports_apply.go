package core

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// storedReport is what is kept of an import that was applied: the report, and which row became which cadre.
type storedReport struct {
	ImportReport
	People map[string]int64 `json:"people,omitempty"`
}

// importWait is how long a second caller waits for the first one to finish the same import.
const importWait = 2 * time.Minute

// PreviewImport works out what the import of the rows would do. It writes no domain row; the import itself becomes
// "previewed".
func (c *Core) PreviewImport(ctx context.Context, actor models.Actor, id int64, rows []models.RosterRow, choices ImportChoices) (ImportPlan, error) {
	im, err := c.importOf(ctx, actor, id, true)
	if err != nil {
		return ImportPlan{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return ImportPlan{}, err
	}
	p, err := c.planImport(ctx, c.read, tree, actor, im, rows, choices, c.Today(ctx), func(int, int) {})
	if err != nil {
		return ImportPlan{}, err
	}
	if im.State != ImportUploaded && im.State != ImportFailed {
		return p.out, nil
	}
	return p.out, c.change(ctx, actor, models.ImportsRun, func(tx *Tx) error {
		err := tx.Model(&Import{}).Where("id = ? AND state IN ?", id, []ImportState{ImportUploaded, ImportFailed}).
			Updates(map[string]any{"state": ImportPreviewed, "version": gorm.Expr("version + 1")}).Error
		if err != nil {
			return err
		}
		return tx.audit("import.preview", "import", id, change{After: map[string]int{"rows": len(rows), "errors": p.out.Errors}})
	})
}

// ApplyImport writes the rows, all or nothing, in one transaction. Applying the same import again gives the same report
// and has no second effect; rows with an error refuse the whole unless a choice leaves them out.
func (c *Core) ApplyImport(ctx context.Context, actor models.Actor, id int64, rows []models.RosterRow, choices ImportChoices) (ImportReport, error) {
	im, report, mine, err := c.claimImport(ctx, actor, id)
	if err != nil || !mine {
		return report, err
	}
	return c.runImport(ctx, actor, im, rows, choices)
}

// StartImport is ApplyImport in the background: it returns once the import is claimed; see ImportProgress. A shutdown
// waits for it.
func (c *Core) StartImport(ctx context.Context, actor models.Actor, id int64, rows []models.RosterRow, choices ImportChoices) error {
	im, _, mine, err := c.claimImport(ctx, actor, id)
	if err != nil || !mine {
		return err
	}
	c.jobs.set(id, Progress{Total: 2 * len(rows)})
	c.jobs.running.Go(func() {
		if _, err := c.runImport(context.WithoutCancel(ctx), actor, im, rows, choices); err != nil && models.KindOf(err) == "" {
			c.log.Error("import", "id", id, "error", err)
		}
	})
	return nil
}

// ImportProgress tells how far an import is, and its report once it is applied or was refused.
func (c *Core) ImportProgress(ctx context.Context, actor models.Actor, id int64) (Progress, Import, ImportReport, error) {
	im, err := c.importOf(ctx, actor, id, true)
	if err != nil {
		return Progress{}, Import{}, ImportReport{}, err
	}
	report, err := reportOf(im)
	return c.jobs.get(id), im, report, err
}

func reportOf(im Import) (ImportReport, error) {
	var kept storedReport
	if im.Report != "" {
		if err := json.Unmarshal([]byte(im.Report), &kept); err != nil {
			return ImportReport{}, err
		}
	}
	kept.ImportID, kept.State = im.ID, im.State
	return kept.ImportReport, nil
}

// claimImport makes the caller the one who applies, or hands out the report of whoever did.
func (c *Core) claimImport(ctx context.Context, actor models.Actor, id int64) (im Import, report ImportReport, mine bool, err error) {
	if err := allow(actor, models.CadresWrite); err != nil {
		return Import{}, ImportReport{}, false, err
	}
	for start, waited := time.Now(), false; ; waited = true {
		if im, err = c.importOf(ctx, actor, id, true); err != nil {
			return im, report, false, err
		}
		switch im.State {
		case ImportApplied:
			report, err = reportOf(im)
			return im, report, false, err
		case ImportUploaded, ImportPreviewed, ImportFailed:
			if waited { // whoever was at it was refused, and so would this caller be
				return im, report, false, models.Fail(models.Conflict, "import.not_applied", "")
			}
			if mine, err = c.tryClaim(ctx, actor, id); mine || err != nil {
				return im, report, mine, err
			}
		case ImportApplying:
		default:
			return im, report, false, models.Fail(models.Conflict, "import.too_late", "")
		}
		if time.Since(start) > importWait {
			return im, report, false, models.Fail(models.Conflict, "import.in_progress", "")
		}
		select {
		case <-ctx.Done():
			return im, report, false, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (c *Core) tryClaim(ctx context.Context, actor models.Actor, id int64) (mine bool, err error) {
	err = c.change(ctx, actor, models.ImportsRun, func(tx *Tx) error {
		done := tx.Model(&Import{}).Where("id = ? AND state IN ?", id, []ImportState{ImportUploaded, ImportPreviewed, ImportFailed}).
			Updates(map[string]any{"state": ImportApplying, "report": "", "version": gorm.Expr("version + 1")})
		if mine = done.RowsAffected == 1; done.Error != nil || !mine {
			return done.Error
		}
		return tx.audit("import.start", "import", id, change{})
	})
	return mine && err == nil, err
}

// runImport plans and writes inside one transaction; on any error nothing of it stays.
func (c *Core) runImport(ctx context.Context, actor models.Actor, im Import, rows []models.RosterRow, choices ImportChoices) (ImportReport, error) {
	today := c.Today(ctx)
	total := 2 * len(rows)
	c.jobs.set(im.ID, Progress{Total: total})
	defer c.jobs.drop(im.ID)
	var kept storedReport
	err := c.transactBulk(ctx, actor, func(b *bulk) error { // claimImport asked for the permissions
		if err := b.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ? AND state = ?", im.ID, ImportApplying).Take(&Import{}).Error; err != nil {
			return lookup(err, "import")
		}
		tree, err := b.tree()
		if err != nil {
			return err
		}
		p, err := c.planImport(ctx, b.DB, tree, actor, im, rows, choices, today, func(done, _ int) { c.jobs.set(im.ID, Progress{Done: done, Total: total}) })
		if err != nil {
			return err
		}
		kept.ImportReport = p.report()
		if p.out.Errors > 0 {
			return models.Fail(models.Invalid, "import.blocked", "rows", "count", strconv.Itoa(p.out.Errors))
		}
		w := &importWriter{bulk: b, planner: p, report: &kept.ImportReport, total: total}
		return w.write(&kept)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = models.Fail(models.Conflict, "import.raced", "")
	}
	if err != nil {
		return kept.ImportReport, errors.Join(err, c.settle(context.WithoutCancel(ctx), actor, im.ID, &kept, err))
	}
	return kept.ImportReport, nil
}

// settle opens an import again that could not be applied, with what was wrong in its report.
func (c *Core) settle(ctx context.Context, actor models.Actor, id int64, kept *storedReport, cause error) error {
	state := ImportFailed
	var e *models.Error
	kept.People, kept.Problem = nil, "import.failed"
	if errors.As(cause, &e) {
		kept.Problem = e.Code
		if e.Kind == models.Invalid {
			state = ImportPreviewed
		}
	}
	kept.State = state
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return c.transact(ctx, actor, func(tx *Tx) error {
		err := tx.Model(&Import{}).Where("id = ? AND state = ?", id, ImportApplying).
			Updates(map[string]any{"state": state, "report": string(text), "version": gorm.Expr("version + 1")}).Error
		if err != nil {
			return err
		}
		return tx.audit("import.refused", "import", id, change{After: map[string]string{"problem": kept.Problem}})
	})
}

// report counts the plan.
func (p *planner) report() ImportReport {
	r := ImportReport{ImportID: p.im.ID, State: ImportApplied, AsOf: p.choices.AsOf, Rows: len(p.out.Rows), New: p.out.New, Changed: p.out.Changed,
		Unchanged: p.out.Unchanged, Skipped: p.out.Skipped, Errors: p.out.Errors, Findings: slices.Clone(p.out.Findings)}
	for _, row := range p.out.Rows {
		if row.Outcome != RowSkipped {
			r.Findings = append(r.Findings, row.Findings...)
		}
	}
	return r
}
