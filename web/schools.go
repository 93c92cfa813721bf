package web

import (
	"datchuan/models"
)

func (s *server) schools(q *request) error {
	list, err := s.core.Schools(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.cataloguePage("school.title", "/schools/new", "school.town", "school.agreement", "school.agreement_to", "school.phone")
	today := s.core.Today(q.Request.Context())
	for _, x := range list {
		until := lastDay(x.AgreementTo).VN()
		if !x.Open(today) && !x.Retired {
			until = v.T("school.over", "date", until)
		}
		row := CatalogueRow{Name: x.Name, Cells: []string{x.Town, x.Agreement, until, x.Phone}, Retired: x.Retired}
		if v.AddHref != "" {
			row.Href = "/schools/" + x.Code
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

var schoolForm = rowForm[models.School]{object: "school", base: "/schools", list: "school.title", add: "school.add",
	load: func(q *request) (models.School, error) {
		return q.s.core.School(q.Request.Context(), q.actor, q.Param("code"))
	},
	fields: schoolFields,
	values: func(_ *Page, x models.School) values {
		return values{"code": x.Code, "name": x.Name, "parent": x.Parent, "town": x.Town, "signer_post": x.SignerPost, "signer": x.Signer, "phone": x.Phone, "agreement": x.Agreement,
			"agreement_from": x.AgreementFrom.VN(), "agreement_to": lastDay(x.AgreementTo).VN(), "note": x.Note}
	},
	read: func(q *request, x *models.School) {
		if x.ID == 0 {
			x.Code = q.text("code")
		}
		x.Name, x.Parent, x.Town, x.SignerPost, x.Signer, x.Phone, x.Agreement, x.Note = q.text("name"), q.text("parent"), q.text("town"), q.text("signer_post"), q.text("signer"), q.text("phone"), q.text("agreement"), q.text("note")
		x.AgreementFrom, x.AgreementTo = q.day("agreement_from"), models.Forever
		if last := q.day("agreement_to"); last != 0 {
			x.AgreementTo = last.AddDays(1)
		}
	},
	save: func(q *request, x models.School) (models.School, error) {
		return q.s.core.SaveSchool(q.Request.Context(), q.actor, x)
	},
	retire: func(q *request, x models.School, saw int64, retired bool) error {
		_, err := q.s.core.RetireSchool(q.Request.Context(), q.actor, x.Code, saw, retired)
		return err
	},
	about: func(x *models.School) rowAbout { return rowAbout{x.Name, x.Code, x.ID, &x.Version, x.Retired} },
}

// codeField is the input of a code; once a row is made its code stays.
func codeField(p *Page, isNew bool) []Field {
	if !isNew {
		return nil
	}
	return []Field{{Name: "code", Label: p.T("course.code"), Required: true, MaxLength: 40, Hint: p.T("course.code_hint")}}
}

func schoolFields(_ *request, p *Page, isNew bool) ([]Field, error) {
	return append(codeField(p, isNew), Field{Name: "name", Label: p.T("course.name"), Required: true, MaxLength: 200}, Field{Name: "parent", Label: p.T("school.parent"), MaxLength: 200}, Field{Name: "town", Label: p.T("school.town"), MaxLength: 80},
		Field{Name: "signer_post", Label: p.T("school.signer_post"), MaxLength: 80}, Field{Name: "signer", Label: p.T("school.signer"), MaxLength: 120}, Field{Name: "phone", Label: p.T("school.phone"), Type: "tel", MaxLength: 40},
		Field{Name: "agreement", Label: p.T("school.agreement"), MaxLength: 120}, Field{Name: "agreement_from", Label: p.T("school.agreement_from"), Type: "date"},
		Field{Name: "agreement_to", Label: p.T("school.agreement_to"), Type: "date", Hint: p.T("school.agreement_hint")}, Field{Name: "note", Label: p.T("class.note"), Type: "textarea", MaxLength: 1000}), nil
}
