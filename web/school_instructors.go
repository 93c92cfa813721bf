package web

import (
	"strings"

	"datchuan/models"
)

func (s *server) instructors(q *request) error {
	ctx := q.Request.Context()
	list, err := s.core.Instructors(ctx, q.actor)
	if err != nil {
		return err
	}
	schools, err := s.core.Schools(ctx, q.actor)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, x := range schools {
		names[x.Code] = x.Name
	}
	v := q.cataloguePage("course.instructors", "/instructors/new", "class.school", "course.topics", "school.phone")
	for _, x := range list {
		row := CatalogueRow{Name: x.Name, Cells: []string{names[x.School], strings.Join(x.Topics, "; "), x.Phone}, Retired: x.Retired}
		if v.AddHref != "" {
			row.Href = "/instructors/" + figure(x.ID)
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

var instructorForm = rowForm[models.Instructor]{object: "instructor", base: "/instructors", list: "course.instructors", add: "course.instructor_add",
	load: func(q *request) (models.Instructor, error) {
		id, err := q.id("id")
		if err != nil {
			return models.Instructor{}, err
		}
		return q.s.core.Instructor(q.Request.Context(), q.actor, id)
	},
	fields: func(q *request, p *Page, _ bool) ([]Field, error) {
		schools, err := q.schoolOptions(p.T("form.choose"))
		return []Field{{Name: "name", Label: p.T("cadre.name"), Required: true, MaxLength: 160}, {Name: "school", Label: p.T("class.school"), Type: "select", Options: schools},
			{Name: "phone", Label: p.T("school.phone"), Type: "tel", MaxLength: 40}, {Name: "topics", Label: p.T("course.topics"), Type: "textarea", Hint: p.T("course.topics_hint"), MaxLength: 4000}}, err
	},
	values: func(_ *Page, x models.Instructor) values {
		return values{"name": x.Name, "school": x.School, "phone": x.Phone, "topics": strings.Join(x.Topics, "\n")}
	},
	read: func(q *request, x *models.Instructor) {
		x.Name, x.School, x.Phone, x.Topics = q.text("name"), q.text("school"), q.text("phone"), nil
		for line := range strings.Lines(q.text("topics")) {
			if line = strings.TrimSpace(line); line != "" {
				x.Topics = append(x.Topics, line)
			}
		}
	},
	save: func(q *request, x models.Instructor) (models.Instructor, error) {
		return q.s.core.SaveInstructor(q.Request.Context(), q.actor, x)
	},
	retire: func(q *request, x models.Instructor, saw int64, retired bool) error {
		_, err := q.s.core.RetireInstructor(q.Request.Context(), q.actor, x.ID, saw, retired)
		return err
	},
	about: func(x *models.Instructor) rowAbout {
		return rowAbout{x.Name, figure(x.ID), x.ID, &x.Version, x.Retired}
	},
}
