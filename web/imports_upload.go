package web

import (
	"fmt"
	"io"
	"mime"
	"net/http"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

func (s *server) importRoutes() {
	s.get("/imports", models.ImportsRun, s.imports)
	s.upload("/imports", models.ImportsRun, rosterLimit, s.uploadImport)
	s.get("/imports/template.xlsx", models.ImportsRun, s.importTemplate)
	s.get("/imports/:id", models.ImportsRun, s.importAt)
	s.get("/imports/:id/mapping", models.ImportsRun, s.mapping)
	s.post("/imports/:id/mapping", models.ImportsRun, s.saveMapping)
	s.get("/imports/:id/preview", models.ImportsRun, s.preview)
	s.post("/imports/:id/preview", models.ImportsRun, s.answerPreview)
	s.get("/imports/:id/errors.xlsx", models.ImportsRun, s.importErrors)
	s.get("/imports/:id/discard", models.ImportsRun, s.askDiscard)
	s.post("/imports/:id/discard", models.ImportsRun, s.discardImport)
	s.get("/imports/:id/undo", models.ImportsRun, s.askUndo)
	s.post("/imports/:id/undo", models.ImportsRun, s.undoImport)
}

func importPath(id int64, step string) string { return fmt.Sprintf("/imports/%d%s", id, step) }

func (s *server) imports(q *request) error {
	v, err := s.importUpload(q, 0, nil)
	if err != nil {
		return err
	}
	return q.show("import-upload", v)
}

// importUpload is the first step, with what was wrong about a file.
func (s *server) importUpload(q *request, unit int64, wrong error) (*ImportUploadPage, error) {
	v := &ImportUploadPage{Page: q.base("nav.imports"), MaxMB: sheets.MaxFile >> 20, Rows: sheets.MaxRows}
	v.Fail(wrong)
	v.Steps = q.importSteps(&v.Page, 0)
	v.File = v.Field(Field{Name: "file", Label: v.T("import.file"), Type: "file", Required: true, Accept: ".xlsx,.csv", Hint: v.T("import.file_hint")})
	units, err := s.ownUnits(q, unit)
	if err != nil {
		return nil, err
	}
	v.Unit = v.Field(Field{Name: "unit_id", Label: v.T("import.unit"), Type: "select", Required: true, Options: units, Hint: v.T("import.unit_hint")})
	return v, s.pastImports(q, v)
}

// ownUnits is the menu of the actor's own scope, its top first.
func (s *server) ownUnits(q *request, chosen int64) ([]Option, error) {
	ctx := q.Request.Context()
	tops, err := s.core.Units(ctx, q.actor, 0, 0)
	if err != nil {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var spans []models.UnitSpan
	for _, u := range tops {
		spans = append(spans, u.UnitSpan)
	}
	return unitMenu(tree, spans, s.core.Today(ctx), chosen), nil
}

const importsShown = 20

// pastImports lists the imports of the scope, newest first.
func (s *server) pastImports(q *request, v *ImportUploadPage) error {
	list, err := s.core.Imports(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	page := max(int(q.number("page")), 1)
	from := min((page-1)*importsShown, len(list))
	to := min(from+importsShown, len(list))
	for _, im := range list[from:to] {
		line, err := s.importLine(q, im)
		if err != nil {
			return err
		}
		v.Past = append(v.Past, line)
	}
	if prev, next := "", ""; len(list) > importsShown {
		if page > 1 {
			prev = v.With("page", page-1)
		}
		if to < len(list) {
			next = v.With("page", page+1)
		}
		v.Pager = v.Page.Pager(from+1, to, len(list), prev, next)
	}
	return nil
}

func (s *server) importLine(q *request, im core.Import) (ImportLine, error) {
	ctx := q.Request.Context()
	line := ImportLine{ID: im.ID, File: im.FileName, When: moment(im.CreatedAt), Unit: q.unitName(im.UnitID), State: importMarks[im.State],
		StateWord: word(q.lang, importWords[im.State]), Href: importPath(im.ID, ""), Who: q.actor.Name}
	_, _, report, err := s.core.ImportProgress(ctx, q.actor, im.ID)
	if err != nil {
		return line, err
	}
	line.New, line.Changed, line.Same, line.Blocked = report.New, report.Changed, report.Unchanged, report.Errors
	if im.AccountID != q.actor.AccountID {
		log, err := s.core.History(ctx, q.actor, "import", im.ID)
		if err != nil {
			return line, err
		}
		line.Who = ""
		if len(log) > 0 {
			line.Who = log[len(log)-1].Login
		}
	}
	return line, nil
}

// importMarks are the states as tags of the style sheet, importWords as words.
var (
	importMarks = map[core.ImportState]string{core.ImportUploaded: "draft", core.ImportPreviewed: "draft", core.ImportApplying: "running",
		core.ImportApplied: "done", core.ImportFailed: "failed", core.ImportUndone: "undone", core.ImportDiscarded: "undone"}
	importWords = map[core.ImportState]string{core.ImportUploaded: "import.state_draft", core.ImportPreviewed: "import.state_draft", core.ImportApplying: "import.state_running",
		core.ImportApplied: "import.state_done", core.ImportFailed: "import.state_failed", core.ImportUndone: "import.state_undone", core.ImportDiscarded: "import.state_discarded"}
)

func (s *server) uploadImport(q *request) error {
	unit := q.number("unit_id")
	name, data, err := q.file("file", sheets.MaxFile)
	if err == nil {
		_, err = openBook(data)
	}
	var im core.Import
	if err == nil {
		im, err = s.core.ImportUpload(q.Request.Context(), q.actor, name, data, unit)
	}
	if err == nil {
		return q.goTo(importPath(im.ID, "/mapping"), "")
	}
	v, fault := s.importUpload(q, unit, err)
	if fault != nil {
		return fault
	}
	return q.again(err, "import-upload", v)
}

// file reads one uploaded file, at most limit bytes; a form without one gives no bytes.
func (q *request) file(name string, limit int64) (string, []byte, error) {
	f, head, err := q.Request.FormFile(name)
	if err != nil {
		return "", nil, models.Fail(models.Invalid, "sheets.empty", name)
	}
	defer f.Close()
	if head.Size > limit {
		return "", nil, models.Fail(models.Invalid, "sheets.too_large", name, "limit", fmt.Sprint(limit>>20))
	}
	data, err := io.ReadAll(f)
	return head.Filename, data, err
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// templateUnits bounds the drop-down list of communes in the template.
const templateUnits = 500

func (s *server) importTemplate(q *request) error {
	ctx := q.Request.Context()
	communes, err := s.core.FindUnits(ctx, q.actor, "", models.Commune, 0, templateUnits)
	if err != nil {
		return err
	}
	positions, err := s.core.Positions(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, u := range communes {
		names = append(names, u.Name)
	}
	data, err := sheets.Template(names, positions...)
	if err != nil {
		return err
	}
	return q.download(models.Word(q.lang, "api.template_file")+".xlsx", xlsxType, data)
}

// download answers with a file to keep.
func (q *request) download(name, kind string, data []byte) error {
	q.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	q.Header("Cache-Control", "no-store")
	q.Data(http.StatusOK, kind, data)
	return nil
}

func (s *server) askDiscard(q *request) error {
	im, err := s.importState(q)
	if err != nil {
		return err
	}
	v := &ConfirmPage{Page: q.base("import.discard", importCrumbs(q, im)...), Action: importPath(im.ID, "/discard"), Back: importPath(im.ID, ""), Text: word(q.lang, "import.discard_text", "file", im.FileName)}
	v.Yes, v.Danger = v.T("import.discard"), true
	return q.show("confirm", v)
}

func (s *server) discardImport(q *request) error {
	im, err := s.importState(q)
	if err != nil {
		return err
	}
	if err := s.core.DiscardImport(q.Request.Context(), q.actor, im.ID); err != nil {
		return err
	}
	return q.goTo("/imports", "import.discarded", "file", im.FileName)
}

// importState is the import of the address, without its file.
func (s *server) importState(q *request) (core.Import, error) {
	id, err := q.id("id")
	if err != nil {
		return core.Import{}, err
	}
	_, im, _, err := s.core.ImportProgress(q.Request.Context(), q.actor, id)
	return im, err
}

func importCrumbs(q *request, im core.Import) []Crumb {
	return []Crumb{{word(q.lang, "nav.imports"), "/imports"}, {im.FileName, ""}}
}
