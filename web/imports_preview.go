package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

const previewRows = 50

// outcomes are the tabs of the preview in their order; "" is all rows.
var outcomes = []struct{ outcome, word string }{
	{"", "import.tab_all"}, {core.RowError, "import.out_error"}, {asking, "import.tab_asking"}, {core.RowNew, "import.out_new"},
	{core.RowChanged, "import.out_changed"}, {core.RowUnchanged, "import.out_unchanged"}, {core.RowSkipped, "import.out_skipped"},
}

// asking are the rows of which something is to be said, whether or not they can be written.
const asking = "asking"

// plan is what the import of the address would do. A q.to that is set leads to where the import has come meanwhile.
func (s *server) plan(q *request) (*importFile, core.ImportPlan, error) {
	f, err := s.openFile(q)
	if err != nil || q.to != "" {
		return f, core.ImportPlan{}, err
	}
	rows, found, choices := s.readPeople(q, f)
	plan, err := s.core.PreviewImport(q.Request.Context(), q.actor, f.ID, rows, choices)
	plan.Findings = append(found, plan.Findings...)
	return f, plan, err
}

func (s *server) preview(q *request) error {
	f, plan, err := s.plan(q)
	if f != nil && models.KindOf(err) == models.Invalid { // a day that no roster can speak of
		return s.showMapping(q, http.StatusUnprocessableEntity, f, nil, err)
	}
	if err != nil || q.to != "" {
		return err
	}
	v := &ImportPreviewPage{Page: q.base("import.preview_title", importCrumbs(q, f.Import)...), ID: f.ID, File: f.FileName, Blocked: plan.Errors, Show: q.text("show"),
		Findings: q.findingLines(plan.Findings), MayApply: plan.Errors == 0 && len(plan.Rows) > plan.Skipped && !blocking(plan.Findings) && q.actor.May(models.CadresWrite)}
	v.Steps = q.importSteps(&v.Page, 2)
	if len(plan.Findings) > 0 || slices.ContainsFunc(plan.Rows, func(r core.ImportRow) bool { return len(r.Findings) > 0 }) {
		v.ErrorsXL = importPath(f.ID, "/errors.xlsx")
	}
	if err := s.lastTry(q, v, f.ID); err != nil {
		return err
	}
	v.figures(plan)
	if err := s.wholeQuestions(q, v, f, plan); err != nil {
		return err
	}
	positions, err := s.positionNames(q)
	if err != nil {
		return err
	}
	for _, row := range v.window(plan) {
		v.Rows = append(v.Rows, q.previewRow(row, f.reading.Answers.Rows[row.Row.Row], positions))
	}
	return q.show("import-preview", v)
}

// lastTry says why writing was refused before, when it was.
func (s *server) lastTry(q *request, v *ImportPreviewPage, id int64) error {
	_, _, report, err := s.core.ImportProgress(q.Request.Context(), q.actor, id)
	if err == nil && report.Problem != "" {
		v.Last = v.Word(report.Problem, "count", strconv.Itoa(report.Errors))
	}
	return err
}

func (s *server) positionNames(q *request) (map[string]string, error) {
	all, err := s.core.Positions(q.Request.Context())
	out := map[string]string{}
	for _, p := range all {
		out[p.Code] = p.Name
	}
	return out, err
}

// figures are the counts of the plan, as numbers and on the tabs.
func (v *ImportPreviewPage) figures(plan core.ImportPlan) {
	open := 0
	for _, r := range plan.Rows {
		if len(r.Findings) > 0 {
			open++
		}
	}
	counts := map[string]int{"": len(plan.Rows), asking: open, core.RowNew: plan.New, core.RowChanged: plan.Changed, core.RowUnchanged: plan.Unchanged,
		core.RowSkipped: plan.Skipped, core.RowError: plan.Errors}
	for _, o := range outcomes {
		if counts[o.outcome] == 0 && o.outcome != "" && o.outcome != v.Show {
			continue
		}
		v.Tabs = append(v.Tabs, Tab{Label: v.T(o.word), Href: v.With("show", o.outcome), Current: v.Show == o.outcome, Count: v.Num(counts[o.outcome])})
		if o.outcome != "" && o.outcome != asking {
			v.Figures = append(v.Figures, KeyFigure{Value: v.Num(counts[o.outcome]), Label: v.T(o.word), Href: v.With("show", o.outcome)})
		}
	}
}

// window is the rows of the chosen tab on the chosen page.
func (v *ImportPreviewPage) window(plan core.ImportPlan) []core.ImportRow {
	var all []core.ImportRow
	for _, r := range plan.Rows {
		if v.Show == "" || r.Outcome == v.Show || v.Show == asking && len(r.Findings) > 0 {
			all = append(all, r)
		}
	}
	page, _ := strconv.Atoi(v.Query.Get("page")) // what is no number is the first page
	page = max(page, 1)
	from := min((page-1)*previewRows, len(all))
	to := min(from+previewRows, len(all))
	prev, next := "", ""
	if page > 1 {
		prev = v.With("page", page-1)
	}
	if to < len(all) {
		next = v.With("page", page+1)
	}
	if len(all) > 0 {
		v.Pager = v.Page.Pager(min(from+1, len(all)), to, len(all), prev, next)
	}
	return all[from:to]
}

// wholeQuestions are the questions that one answer settles for many rows.
func (s *server) wholeQuestions(q *request, v *ImportPreviewPage, f *importFile, plan core.ImportPlan) error {
	asked, rows, kinds := map[string]core.Question{}, map[string]int{}, map[string]models.Finding{}
	units, twins := f.reading.Answers.CreateUnits, f.reading.Answers.Twins != ""
	for _, r := range plan.Rows {
		for _, ask := range r.Questions {
			if ask.Kind == "unit" {
				asked[ask.Key] = ask
				rows[ask.Key]++
			}
		}
		for _, x := range r.Findings {
			if key := x.Params["key"]; key != "" {
				kinds[key] = x
			}
			units = units || x.Code == "import.branch_unknown" || x.Code == "import.group_unknown"
			twins = twins || x.Code == "import.twin"
		}
	}
	keys := slices.Sorted(maps.Keys(asked))
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(rows[b], rows[a]) })
	for _, key := range keys[:min(len(keys), previewRows)] {
		options, err := s.unitAnswers(q, f, asked[key], kinds[key].Code)
		if err != nil {
			return err
		}
		v.Units = append(v.Units, Field{Name: "unit:" + key, Type: "select", Required: true, Options: options, Hint: v.T("import.unit_rows", "n", rows[key]),
			Label: v.T("import.unit_named", "name", kinds[key].Value)})
	}
	if units {
		v.Whole = append(v.Whole, Field{Name: "create_units", Label: v.T("import.create_units"), Type: "checkbox", Checked: f.reading.Answers.CreateUnits, Hint: v.T("import.create_units_hint")})
	}
	if twins {
		v.Whole = append(v.Whole, Field{Name: "twins", Label: v.T("import.twins"), Type: "select", Required: true, Options: Choose(string(f.reading.Answers.Twins), Option{Value: "", Label: v.T("import.twins_each")},
			Option{Value: string(core.RowSame), Label: v.T("import.same")}, Option{Value: string(core.RowCreate), Label: v.T("import.create")})})
	}
	return nil
}

// unitAnswers are the units that a name may stand for: those that are near it first, then all of its kind.
func (s *server) unitAnswers(q *request, f *importFile, ask core.Question, code string) ([]Option, error) {
	out := []Option{{Value: "", Label: word(q.lang, "import.choose_unit")}}
	for _, o := range ask.Options {
		out = append(out, Option{Value: strconv.FormatInt(o.ID, 10), Label: o.Label})
	}
	kind, ok := map[string]models.UnitKind{"import.commune_unknown": models.Commune, "import.district_unknown": models.District}[code]
	if !ok {
		return out, nil
	}
	tree, err := s.core.Tree(q.Request.Context())
	if err != nil {
		return nil, err
	}
	on := cmp.Or(f.reading.AsOf, s.core.Today(q.Request.Context()))
	top, ok := tree.Nearest(cmp.Or(f.UnitID, q.actor.UnitID), on)
	if !ok {
		return out, nil
	}
	for _, o := range unitMenu(tree, []models.UnitSpan{top}, on, 0) {
		id, err := strconv.ParseInt(o.Value, 10, 64)
		if err != nil {
			return nil, err
		}
		span, ok := tree.At(id, on)
		if ok && span.Kind == kind && !slices.ContainsFunc(out, func(x Option) bool { return x.Value == o.Value }) {
			out = append(out, o)
		}
	}
	return out, nil
}

// importErrors gives the user's own file back with everything that was found in its cells.
func (s *server) importErrors(q *request) error {
	f, plan, err := s.plan(q)
	if err != nil || q.to != "" {
		return err
	}
	all := plan.Findings
	for _, row := range plan.Rows {
		all = append(all, row.Findings...)
	}
	data, err := sheets.Annotate(f.data, all)
	if err != nil {
		return err
	}
	return q.download(models.Word(q.lang, "api.errors_file")+".xlsx", xlsxType, data)
}
