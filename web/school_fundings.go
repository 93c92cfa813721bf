package web

import (
	"strconv"
	"strings"

	"datchuan/models"
)

func (s *server) fundings(q *request) error {
	list, err := s.core.Fundings(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.cataloguePage("course.fundings", "/fundings/new", "course.code", "course.budgets", "class.note")
	for _, x := range list {
		row := CatalogueRow{Name: x.Name, Cells: []string{x.Code, strings.Join(v.budgets(x), "; "), x.Note}, Retired: x.Retired}
		if v.AddHref != "" {
			row.Href = "/fundings/" + x.Code
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

// budgets are the yearly sums of a source as lines.
func (p *Page) budgets(x models.Funding) []string {
	var out []string
	for _, b := range x.Budgets {
		out = append(out, strconv.Itoa(b.Year)+": "+number(p.Lang, b.Amount))
	}
	return out
}

var fundingForm = rowForm[models.Funding]{object: "funding", base: "/fundings", list: "course.fundings", add: "course.funding_add",
	load: func(q *request) (models.Funding, error) {
		return q.s.core.Funding(q.Request.Context(), q.actor, q.Param("code"))
	},
	fields: func(_ *request, p *Page, isNew bool) ([]Field, error) {
		return append(codeField(p, isNew), Field{Name: "name", Label: p.T("course.name"), Required: true, MaxLength: 200},
			Field{Name: "budgets", Label: p.T("course.budgets"), Type: "textarea", Hint: p.T("course.budgets_hint"), MaxLength: 2000}, Field{Name: "note", Label: p.T("class.note"), Type: "textarea", MaxLength: 1000}), nil
	},
	values: func(p *Page, x models.Funding) values {
		return values{"code": x.Code, "name": x.Name, "budgets": strings.Join(p.budgets(x), "\n"), "note": x.Note}
	},
	read: func(q *request, x *models.Funding) {
		if x.ID == 0 {
			x.Code = q.text("code")
		}
		x.Name, x.Note, x.Budgets = q.text("name"), q.text("note"), nil
		for _, l := range q.numbered("budgets") {
			year, err := strconv.Atoi(l.name)
			if err != nil {
				q.finding("form.line_bad", "budgets", l.name)
			}
			x.Budgets = append(x.Budgets, models.Budget{Year: year, Amount: l.n})
		}
	},
	save: func(q *request, x models.Funding) (models.Funding, error) {
		return q.s.core.SaveFunding(q.Request.Context(), q.actor, x)
	},
	retire: func(q *request, x models.Funding, saw int64, retired bool) error {
		_, err := q.s.core.RetireFunding(q.Request.Context(), q.actor, x.Code, saw, retired)
		return err
	},
	about: func(x *models.Funding) rowAbout { return rowAbout{x.Name, x.Code, x.ID, &x.Version, x.Retired} },
}
