package web

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// previewRow is a row of the plan with the answers that it may need.
func (q *request) previewRow(r core.ImportRow, answer core.RowChoice, positions map[string]string) PreviewRow {
	row := PreviewRow{Row: r.Row.Row, Name: r.Row.Name, Birth: r.Row.Birth.VN(), Unit: r.Unit, Post: positions[r.Row.Position], Outcome: r.Outcome,
		OutcomeWord: word(q.lang, "import.out_"+r.Outcome), Findings: q.findingLines(r.Findings)}
	if row.Unit == "" {
		row.Unit = strings.Join(slices.DeleteFunc([]string{r.Row.Group, r.Row.Branch, r.Row.Commune, r.Row.District}, func(s string) bool { return s == "" }), ", ")
	}
	for _, c := range r.Changes {
		row.Changes = append(row.Changes, FieldDiff{models.Word(q.lang, "roster_field."+string(c.Field)), c.Before, c.After})
	}
	if r.CadreID != 0 {
		row.Match = fmt.Sprintf("/cadres/%d", r.CadreID)
	}
	row.Choice = q.rowChoice(r, answer)
	take, replace := len(answer.Take) > 0, answer.Replace
	for _, f := range r.Findings {
		take = take || f.Code == "import.conflict" || f.Code == "import.was_rejected"
		replace = replace || f.Code == "import.seat_taken" || f.Code == "import.holds_elsewhere"
	}
	if take {
		row.Boxes = append(row.Boxes, Field{Name: fmt.Sprintf("take_%d", row.Row), Type: "checkbox", Label: word(q.lang, "import.take"), Checked: len(answer.Take) > 0})
	}
	if replace {
		row.Boxes = append(row.Boxes, Field{Name: fmt.Sprintf("replace_%d", row.Row), Type: "checkbox", Label: word(q.lang, "import.replace"), Checked: answer.Replace})
	}
	return row
}

// rowChoice is the menu of a row that needs an answer, has one, or is to be left out.
func (q *request) rowChoice(r core.ImportRow, answer core.RowChoice) Field {
	options := []Option{{Value: "", Label: word(q.lang, "import.as_read")}}
	for _, ask := range r.Questions {
		for _, o := range ask.Options {
			if ask.Kind == "cadre" {
				options = append(options, Option{Value: fmt.Sprintf("update:%d", o.ID), Label: word(q.lang, "import.update", "name", o.Label)})
			}
		}
	}
	twin := slices.ContainsFunc(r.Findings, func(f models.Finding) bool { return f.Code == "import.twin" })
	if twin || answer.Action == core.RowSame {
		options = append(options, Option{Value: string(core.RowSame), Label: word(q.lang, "import.same")})
	}
	if twin || len(options) > 1 || answer.Action == core.RowCreate {
		options = append(options, Option{Value: string(core.RowCreate), Label: word(q.lang, "import.create")})
	}
	options = append(options, Option{Value: string(core.RowSkip), Label: word(q.lang, "import.skip")})
	chosen := string(answer.Action)
	if answer.Action == core.RowUpdate {
		chosen = fmt.Sprintf("update:%d", answer.CadreID)
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == chosen }) {
			options = append(options, Option{Value: chosen, Label: word(q.lang, "import.update_chosen")})
		}
	}
	return Field{Name: fmt.Sprintf("row_%d", r.Row.Row), Type: "select", Label: word(q.lang, "import.row_choice", "row", r.Row.Row), Required: true, Options: Choose(chosen, options...)}
}

// answerPreview keeps the answers of the page, and goes on to writing when that was asked for.
func (s *server) answerPreview(q *request) error {
	f, err := s.openFile(q)
	if err != nil || q.to != "" {
		return err
	}
	before := f.reading.Answers
	f.reading.Answers = s.answers(q, before)
	do := q.text("do")
	if do == "skip" {
		if err := s.skipErrors(q, f); err != nil {
			return err
		}
	}
	if err := s.keep(q, f, false); err != nil {
		return err
	}
	if do == "apply" {
		return s.apply(q, f)
	}
	p := Page{Path: importPath(f.ID, "/preview"), Query: map[string][]string{"show": {q.text("show")}}}
	return q.goTo(p.With("show", q.text("show")), "import.answers_kept")
}

// answers are those given before, changed by what the inputs of this page say.
func (s *server) answers(q *request, before core.ImportChoices) core.ImportChoices {
	out, form := before, q.Request.PostForm
	out.Units, out.Rows = maps.Clone(before.Units), maps.Clone(before.Rows)
	if out.Units == nil {
		out.Units = map[string]int64{}
	}
	if out.Rows == nil {
		out.Rows = map[int]core.RowChoice{}
	}
	for name := range form {
		key, ok := strings.CutPrefix(name, "unit:")
		if id, err := strconv.ParseInt(form.Get(name), 10, 64); ok && err == nil && id > 0 {
			out.Units[key] = id
		}
	}
	if form.Has("whole") {
		out.CreateUnits = q.checked("create_units")
		if twins := core.RowAction(q.text("twins")); twins == "" || twins == core.RowSame || twins == core.RowCreate {
			out.Twins = twins
		}
	}
	for _, text := range form["rows"] {
		n, err := strconv.Atoi(text)
		if err != nil {
			continue // no row of ours
		}
		delete(out.Rows, n)
		if c := q.rowAnswer(n, before.Rows[n]); c.Action != "" || c.Replace || len(c.Take) > 0 {
			out.Rows[n] = c
		}
	}
	return out
}

// rowAnswer reads the inputs of one row.
func (q *request) rowAnswer(n int, before core.RowChoice) core.RowChoice {
	var c core.RowChoice
	action, id, _ := strings.Cut(q.text(fmt.Sprintf("row_%d", n)), ":")
	switch a := core.RowAction(action); a {
	case core.RowUpdate:
		if cadre, err := strconv.ParseInt(id, 10, 64); err == nil && cadre > 0 {
			c.Action, c.CadreID = a, cadre
		}
	case core.RowCreate, core.RowSame, core.RowSkip:
		c.Action = a
	}
	c.Replace = q.checked(fmt.Sprintf("replace_%d", n))
	if q.checked(fmt.Sprintf("take_%d", n)) {
		c.Take = slices.Clone(before.Take)
		if len(c.Take) == 0 {
			c.Take = slices.Clone(rosterFields)
		}
	}
	return c
}

// skipErrors leaves out every row that can't be written.
func (s *server) skipErrors(q *request, f *importFile) error {
	rows, _, choices := s.readPeople(q, f)
	plan, err := s.core.PreviewImport(q.Request.Context(), q.actor, f.ID, rows, choices)
	if err != nil {
		return err
	}
	for _, r := range plan.Rows {
		if r.Outcome == core.RowError {
			f.reading.Answers.Rows[r.Row.Row] = core.RowChoice{Action: core.RowSkip}
		}
	}
	return nil
}
