package api

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *server) importRoutes() {
	add(s, get("import-template", "/imports/template", models.ImportsRun).downloads(xlsxType), s.importTemplate)
	add(s, get("imports", "/imports", models.ImportsRun), s.imports)
	add(s, create("import-upload", "/imports", models.ImportsRun).upload(maxRoster), s.uploadImport)
	add(s, get("import-remembered", "/imports/mappings/{key}", models.ImportsRun), s.rememberedMapping)
	add(s, get("import", "/imports/{id}", models.ImportsRun), s.importProgress)
	add(s, get("import-history", "/imports/{id}/history", models.ImportsRun), s.importHistory)
	add(s, remove("import-discard", "/imports/{id}", models.ImportsRun), s.discardImport)
	add(s, get("import-mapping", "/imports/{id}/mapping", models.ImportsRun), s.importMapping)
	add(s, put("import-mapping-set", "/imports/{id}/mapping", models.ImportsRun), s.setImportMapping)
	add(s, post("import-preview", "/imports/{id}/preview", models.ImportsRun), s.previewImport)
	add(s, post("import-apply", "/imports/{id}/apply", models.ImportsRun), s.applyImport)
	add(s, post("import-errors", "/imports/{id}/errors", models.ImportsRun).downloads(xlsxType), s.importErrors)
	add(s, post("import-undo", "/imports/{id}/undo", models.ImportsRun), s.undoImport)
}

func (s *server) importTemplate(ctx context.Context, by caller, _ *none) (*file, error) {
	communes, err := s.core.FindUnits(ctx, by.actor, "", models.Commune, 0, 500)
	if err != nil {
		return nil, err
	}
	positions, err := s.core.Positions(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, u := range communes {
		names = append(names, u.Name)
	}
	data, err := sheets.Template(names, positions...)
	return attach(xlsxType, models.Word(by.lang, "api.template_file")+".xlsx", data), err
}

func (s *server) imports(ctx context.Context, by caller, _ *none) (*page[core.Import], error) {
	list, err := s.core.Imports(ctx, by.actor)
	return answerList(by, list, err)
}

type rosterForm struct {
	File   huma.FormFile `form:"file" required:"true"`
	UnitID int64         `form:"unit_id" required:"false" minimum:"0" doc:"Đơn vị chứa những người trong danh sách; 0 = phạm vi của mình / 0 = one's own scope"`
}

type importUpload struct {
	RawBody huma.MultipartFormFiles[rosterForm]
}

func (s *server) uploadImport(ctx context.Context, by caller, in *importUpload) (*created[core.Import], error) {
	form := in.RawBody.Data()
	name, data, err := readUpload(form.File, maxRoster)
	if err != nil {
		return nil, err
	}
	if _, err := openBook(data); err != nil {
		return nil, err
	}
	im, err := s.core.ImportUpload(ctx, by.actor, name, data, form.UnitID)
	return answerCreated(im, im.Version, fmt.Sprintf("/imports/%d", im.ID), err)
}

// importState is an import with its progress while it runs and its report when it is done.
type importState struct {
	Import   core.Import       `json:"import"`
	Progress jobProgress       `json:"progress"`
	Report   core.ImportReport `json:"report"`
}

// jobProgress is how many steps of a background run are done.
type jobProgress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

func (s *server) importProgress(ctx context.Context, by caller, in *IDPath) (*reply[importState], error) {
	progress, im, report, err := s.core.ImportProgress(ctx, by.actor, in.ID)
	return answer(importState{im, jobProgress(progress), report}, err)
}

func (s *server) importHistory(ctx context.Context, by caller, in *IDPath) (*page[core.Audit], error) {
	list, err := s.core.History(ctx, by.actor, "import", in.ID)
	return answerList(by, list, err)
}

func (s *server) discardImport(ctx context.Context, by caller, in *IDPath) (*done, error) {
	return answerDone(s.core.DiscardImport(ctx, by.actor, in.ID))
}

// mappingAnswer is how the file is or would be read, and the sheets among which one can choose.
type mappingAnswer struct {
	Mapping sheets.Mapping     `json:"mapping"`
	Source  string             `json:"source" enum:"saved,remembered,proposed"`
	Sheets  []sheets.SheetInfo `json:"sheets"`
}

type mappingQuery struct {
	IDPath
	Sheet      string `query:"sheet" maxLength:"200" doc:"Đề xuất cho trang tính này / propose for this sheet"`
	HeaderFrom int    `query:"header_from" minimum:"0" doc:"Dòng đầu của tiêu đề, 0 = tự tìm / first row of the header, 0 = find it"`
	HeaderTo   int    `query:"header_to" minimum:"0"`
}

func (s *server) importMapping(ctx context.Context, by caller, in *mappingQuery) (*reply[mappingAnswer], error) {
	data, _, err := s.core.ImportBytes(ctx, by.actor, in.ID)
	if err != nil {
		return nil, err
	}
	wb, err := openBook(data)
	if err != nil {
		return nil, err
	}
	out := mappingAnswer{Sheets: wb.Sheets()}
	if in.Sheet == "" && in.HeaderFrom == 0 {
		out.Mapping, out.Source, err = s.mappingOf(ctx, by, in.ID, data)
		return answer(out, err)
	}
	out.Mapping, out.Source, err = s.proposalFor(ctx, by, wb, in)
	return answer(out, err)
}

// proposalFor is the proposal for a sheet or for header rows that the user named.
func (s *server) proposalFor(ctx context.Context, by caller, wb *sheets.Workbook, in *mappingQuery) (sheets.Mapping, string, error) {
	sheet := cmp.Or(in.Sheet, wb.Main())
	m := wb.Propose(sheet)
	if in.HeaderFrom > 0 {
		m = wb.ProposeAt(sheet, in.HeaderFrom, cmp.Or(in.HeaderTo, in.HeaderFrom))
	}
	m, remembered, err := recall(ctx, s.core, by.actor, wb, m)
	return m, map[bool]string{true: "remembered", false: "proposed"}[remembered], err
}

// mappingOf is the mapping of an import: as set, else as remembered, else as proposed.
func (s *server) mappingOf(ctx context.Context, by caller, id int64, data []byte) (m sheets.Mapping, source string, err error) {
	text, err := s.core.ImportMapping(ctx, by.actor, id)
	if err != nil {
		return m, "", err
	}
	if text != "" {
		return m, "saved", json.Unmarshal([]byte(text), &m)
	}
	m, remembered, err := ProposeMapping(ctx, s.core, by.actor, data)
	if remembered {
		return m, "remembered", err
	}
	return m, "proposed", err
}

type mappingInput struct {
	IDPath
	Body sheets.Mapping
}

func (s *server) setImportMapping(ctx context.Context, by caller, in *mappingInput) (*done, error) {
	text, err := json.Marshal(in.Body)
	if err != nil {
		return nil, err
	}
	return answerDone(s.core.SetImportMapping(ctx, by.actor, in.ID, in.Body.Key(), string(text)))
}

type keyPath struct {
	Key string `path:"key" maxLength:"64"`
}

func (s *server) rememberedMapping(ctx context.Context, by caller, in *keyPath) (*reply[sheets.Mapping], error) {
	text, err := s.core.RememberedMapping(ctx, by.actor, in.Key)
	if err == nil && text == "" {
		err = models.Fail(models.NotFound, "not_found", "", "object", "mapping")
	}
	if err != nil {
		return nil, err
	}
	var m sheets.Mapping
	return answer(m, json.Unmarshal([]byte(text), &m))
}

// ChoicesInput is an import and the answers to what its file leaves open.
type ChoicesInput struct {
	IDPath
	Body *core.ImportChoices
}

// readImport reads the people of an uploaded file under its mapping, and completes the choices with the day it speaks of.
func (s *server) readImport(ctx context.Context, by caller, in *ChoicesInput) (read roster, err error) {
	if in.Body != nil {
		read.choices = *in.Body
	}
	if read.data, _, err = s.core.ImportBytes(ctx, by.actor, in.ID); err != nil {
		return read, err
	}
	m, _, err := s.mappingOf(ctx, by, in.ID, read.data)
	if err != nil {
		return read, err
	}
	AlignDays(ctx, s.core, &m, &read.choices)
	read.rows, _, read.findings, err = ReadRoster(read.data, &m)
	return read, err
}

// roster is an uploaded file as read.
type roster struct {
	data     []byte
	rows     []models.RosterRow
	findings []models.Finding // of the file; the rows carry their own
	choices  core.ImportChoices
}

func (s *server) previewImport(ctx context.Context, by caller, in *ChoicesInput) (*reply[core.ImportPlan], error) {
	read, err := s.readImport(ctx, by, in)
	if err != nil {
		return nil, err
	}
	plan, err := s.core.PreviewImport(ctx, by.actor, in.ID, read.rows, read.choices)
	plan.Findings = append(read.findings, plan.Findings...)
	return answer(plan, err)
}

type applyInput struct {
	ChoicesInput
	Background bool `query:"background" doc:"Chạy nền, xem tiến độ ở /imports/{id} / run behind the scenes, see /imports/{id}"`
}

// started tells how an import went: 200 with the report, or 202 while it runs.
type started struct {
	Status   int
	Location string `header:"Location"`
	Body     core.ImportReport
}

func (s *server) applyImport(ctx context.Context, by caller, in *applyInput) (*started, error) {
	read, err := s.readImport(ctx, by, &in.ChoicesInput)
	if err != nil {
		return nil, err
	}
	out := &started{Status: http.StatusOK, Location: fmt.Sprintf("%s/imports/%d", prefix, in.ID)}
	if in.Background {
		out.Status, out.Body.ImportID = http.StatusAccepted, in.ID
		return out, s.core.StartImport(ctx, by.actor, in.ID, read.rows, read.choices)
	}
	out.Body, err = s.core.ApplyImport(ctx, by.actor, in.ID, read.rows, read.choices)
	return out, err
}

// importErrors gives the user's own file back with everything that was found in its cells.
func (s *server) importErrors(ctx context.Context, by caller, in *ChoicesInput) (*file, error) {
	read, err := s.readImport(ctx, by, in)
	if err != nil {
		return nil, err
	}
	plan, err := s.core.PreviewImport(ctx, by.actor, in.ID, read.rows, read.choices)
	if err != nil {
		return nil, err
	}
	all := append(read.findings, plan.Findings...)
	for _, row := range plan.Rows { // with those of the reading
		all = append(all, row.Findings...)
	}
	marked, err := sheets.Annotate(read.data, all)
	return attach(xlsxType, models.Word(by.lang, "api.errors_file")+".xlsx", marked), err
}

func (s *server) undoImport(ctx context.Context, by caller, in *IDPath) (*reply[core.ImportReport], error) {
	return answer(s.core.UndoImport(ctx, by.actor, in.ID))
}
