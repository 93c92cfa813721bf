package web

import (
	"fmt"
	"strconv"
	"strings"

	"datchuan/models"
)

func (s *server) venues(q *request) error {
	list, err := s.core.Venues(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.cataloguePage("course.venues", "/venues/new", "course.address", "course.rooms", "course.beds")
	for _, x := range list {
		var rooms []string
		for _, r := range x.Rooms {
			rooms = append(rooms, fmt.Sprintf("%s (%d)", r.Name, r.Seats))
		}
		row := CatalogueRow{Name: x.Name, Cells: []string{x.Address, strings.Join(rooms, ", "), v.Num(x.Beds)}, Retired: x.Retired}
		if v.AddHref != "" {
			row.Href = "/venues/" + figure(x.ID)
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

var venueForm = rowForm[models.Venue]{object: "venue", base: "/venues", list: "course.venues", add: "course.venue_add",
	load: func(q *request) (models.Venue, error) {
		id, err := q.id("id")
		if err != nil {
			return models.Venue{}, err
		}
		return q.s.core.Venue(q.Request.Context(), q.actor, id)
	},
	fields: venueFields,
	values: func(_ *Page, x models.Venue) values {
		var rooms []string
		for _, r := range x.Rooms {
			rooms = append(rooms, r.Name+": "+strconv.Itoa(r.Seats))
		}
		v := values{"name": x.Name, "school": x.School, "address": x.Address, "rooms": strings.Join(rooms, "\n"), "beds": strconv.Itoa(x.Beds)}
		if x.UnitID != 0 {
			v["unit_id"] = figure(x.UnitID)
		}
		return v
	},
	read: func(q *request, x *models.Venue) {
		x.Name, x.School, x.Address, x.UnitID, x.Beds, x.Rooms = q.text("name"), q.text("school"), q.text("address"), q.number("unit_id"), q.numberTo("beds", 100_000), nil
		for _, l := range q.numbered("rooms") {
			x.Rooms = append(x.Rooms, models.Room{Name: l.name, Seats: int(l.n)})
		}
	},
	save: func(q *request, x models.Venue) (models.Venue, error) {
		return q.s.core.SaveVenue(q.Request.Context(), q.actor, x)
	},
	retire: func(q *request, x models.Venue, saw int64, retired bool) error {
		_, err := q.s.core.RetireVenue(q.Request.Context(), q.actor, x.ID, saw, retired)
		return err
	},
	about: func(x *models.Venue) rowAbout { return rowAbout{x.Name, figure(x.ID), x.ID, &x.Version, x.Retired} },
}

func venueFields(q *request, p *Page, _ bool) ([]Field, error) {
	schools, err := q.schoolOptions(p.T("form.choose"))
	if err != nil {
		return nil, err
	}
	units, err := q.s.allUnits(q.Request.Context(), p.T("course.outside"), 0)
	return []Field{{Name: "name", Label: p.T("course.name"), Required: true, MaxLength: 200}, {Name: "address", Label: p.T("course.address"), MaxLength: 300}, {Name: "unit_id", Label: p.T("course.ground"), Type: "select", Options: units},
		{Name: "school", Label: p.T("class.school"), Type: "select", Options: schools}, {Name: "rooms", Label: p.T("course.rooms"), Type: "textarea", Hint: p.T("course.rooms_hint"), MaxLength: 4000}, {Name: "beds", Label: p.T("course.beds"), MaxLength: 5}}, err
}

// numberedLine is a line "name: number".
type numberedLine struct {
	name string
	n    int64
}

// numbered reads the lines of an input, each a name, a colon and a number; a line of another form is a finding.
func (q *request) numbered(input string) []numberedLine {
	var out []numberedLine
	for line := range strings.Lines(q.text(input)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		at := strings.LastIndex(line, ":")
		digits := strings.NewReplacer(".", "", ",", "", " ", "").Replace(line[at+1:])
		n, err := strconv.ParseInt(digits, 10, 64)
		if at < 1 || err != nil {
			q.finding("form.line_bad", input, line)
			continue
		}
		out = append(out, numberedLine{strings.TrimSpace(line[:at]), n})
	}
	return out
}
