package web

import (
	"fmt"
	"time"

	"datchuan/core"
	"datchuan/models"
	"datchuan/web/charts"
)

// apply starts the writing in the background and leads to its progress.
func (s *server) apply(q *request, f *importFile) error {
	rows, _, choices := s.readPeople(q, f)
	if err := s.core.StartImport(q.Request.Context(), q.actor, f.ID, rows, choices); err != nil {
		return err
	}
	return q.goTo(importPath(f.ID, ""), "")
}

// importAt shows an import where it is: the next step of the wizard, its progress, or its report.
func (s *server) importAt(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	progress, im, report, err := s.core.ImportProgress(q.Request.Context(), q.actor, id)
	if err != nil {
		return err
	}
	switch im.State {
	case core.ImportUploaded:
		return q.goTo(importPath(id, "/mapping"), "")
	case core.ImportPreviewed:
		return q.goTo(importPath(id, "/preview"), "")
	case core.ImportApplying:
		return s.showProgress(q, im, progress)
	}
	return s.showReport(q, im, report)
}

// progressSeconds is how often the page of a running import asks again.
const progressSeconds = 2

func (s *server) showProgress(q *request, im core.Import, done core.Progress) error {
	v := &ImportProgressPage{Page: q.base("import.running", importCrumbs(q, im)...), ID: im.ID, File: im.FileName, Done: done.Done, Total: done.Total}
	v.Steps, v.Refresh = q.importSteps(&v.Page, 2), progressSeconds
	v.Phase = v.T("import.phase_checking")
	if done.Total > 0 && done.Done > done.Total/2 {
		v.Phase = v.T("import.phase_writing")
	}
	v.Bar = charts.Bar{Share: share(done.Done, done.Total), Label: v.Pct(done.Done, done.Total)}
	return q.show("import-progress", v)
}

func share(done, total int) float64 {
	if total == 0 {
		return 0
	}
	return 100 * float64(done) / float64(total)
}

// reportFindings is how many findings the report shows.
const reportFindings = 200

func (s *server) showReport(q *request, im core.Import, report core.ImportReport) error {
	v := &ImportReportPage{Page: q.base("import.report", importCrumbs(q, im)...), ID: im.ID, File: im.FileName, State: importMarks[im.State]}
	v.Steps = q.importSteps(&v.Page, 3)
	shown := report.Findings[:min(len(report.Findings), reportFindings)]
	v.Findings, v.More = q.findingLines(shown), len(report.Findings)-len(shown)
	switch im.State {
	case core.ImportFailed:
		v.Reason = v.T("import.interrupted")
		if report.Problem != "" {
			v.Reason = v.Word(report.Problem)
		}
		return q.show("import-report", v)
	case core.ImportDiscarded:
		v.State = "discarded"
		return q.show("import-report", v)
	case core.ImportApplied:
		until := im.AppliedAt.Time().Add(undoDays * 24 * time.Hour)
		v.UndoUntil, v.MayUndo = moment(models.InstantOf(until)), s.core.Now().Time().Before(until) && q.actor.May(models.CadresWrite)
		v.Gaps = fmt.Sprintf("/gaps?unit_id=%d&as_of=%s", im.UnitID, report.AsOf)
	}
	v.Figures = v.reportFigures(report)
	return q.show("import-report", v)
}

// undoDays is how long the report offers to take an import back; core has the last word.
const undoDays = 30

func (v *ImportReportPage) reportFigures(r core.ImportReport) []KeyFigure {
	out := []KeyFigure{{Value: v.Num(r.Rows), Label: v.T("import.fig_rows")}}
	for _, f := range []struct {
		n    int
		word string
	}{{r.New, "import.out_new"}, {r.Changed, "import.out_changed"}, {r.Unchanged, "import.out_unchanged"}, {r.Skipped, "import.out_skipped"}, {r.Holdings, "import.fig_holdings"},
		{r.Qualifications, "import.fig_qualifications"}, {r.Studies, "import.fig_studies"}, {r.Successions, "import.fig_successions"}, {r.Units, "import.fig_units"}} {
		if f.n > 0 {
			out = append(out, KeyFigure{Value: v.Num(f.n), Label: v.T(f.word)})
		}
	}
	return out
}

func (s *server) askUndo(q *request) error {
	im, err := s.importState(q)
	if err != nil {
		return err
	}
	if im.State != core.ImportApplied {
		return q.goTo(importPath(im.ID, ""), "")
	}
	v := &ConfirmPage{Page: q.base("import.undo", importCrumbs(q, im)...), Action: importPath(im.ID, "/undo"), Back: importPath(im.ID, ""), Text: word(q.lang, "import.undo_text", "file", im.FileName)}
	v.Points = []string{v.T("import.undo_1"), v.T("import.undo_2"), v.T("import.undo_3")}
	v.Yes, v.Danger = v.T("import.undo"), true
	return q.show("confirm", v)
}

func (s *server) undoImport(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	if _, err := s.core.UndoImport(q.Request.Context(), q.actor, id); err != nil {
		return err
	}
	return q.goTo(importPath(id, ""), "import.undone")
}
