package core

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"datchuan/models"
)

func TestInstructors(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		away := []models.Absence{{From: d(2013, 6, 1), To: d(2013, 7, 1), Reason: "nghỉ ốm"}}
		hers, err := c.SaveInstructor(ctx, w.officer, models.Instructor{Name: "Lê Thị  An", School: "truong-chinh-tri", Phone: "0912 345 678", Topics: []string{" Kỹ năng "}, Away: away})
		if err != nil || hers.Name != "Lê Thị An" || hers.Phone != "0912345678" || hers.Topics[0] != "Kỹ năng" {
			t.Fatalf("%+v %v", hers, err)
		}
		other, err := c.SaveInstructor(ctx, w.officer, models.Instructor{Name: "Trần Thị Bé", School: "hoc-vien-phu-nu", Phone: "0987654321"})
		if err != nil {
			t.Fatal(err)
		}
		if read, err := c.Instructor(ctx, w.officer, hers.ID); err != nil || !reflect.DeepEqual(read, hers) {
			t.Errorf("read %+v, saved %+v: %v", read, hers, err)
		}
		bad := models.Instructor{Name: "", School: "khong-co", Phone: "abc", Away: []models.Absence{{From: d(2013, 6, 1), To: d(2013, 6, 1)}}}
		if _, err := c.SaveInstructor(ctx, w.officer, bad); findings(err) != "name instructor.name_required, away catalogue.absence_bad, school school.unknown, phone instructor.phone_bad" {
			t.Errorf("%v", findings(err))
		}
		stale := hers
		hers.Phone = ""
		if hers, err = c.SaveInstructor(ctx, w.officer, hers); err != nil || hers.Version != 2 {
			t.Errorf("%+v %v", hers, err)
		}
		_, err = c.SaveInstructor(ctx, w.officer, stale)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")

		school := models.Actor{AccountID: 8, Role: models.SchoolOfficer, School: "hoc-vien-phu-nu"}
		if list, err := c.Instructors(ctx, school); err != nil || len(list) != 1 || list[0].Phone != "0987654321" {
			t.Errorf("a school sees its own: %+v %v", list, err)
		}
		_, err = c.Instructor(ctx, school, hers.ID)
		wantCode(t, "an instructor of another school", err, models.NotFound, "not_found")
		for role, phone := range map[models.Role]string{models.DistrictOfficer: "0987654321", models.CommuneOfficer: "", models.ProvinceViewer: "", models.Administrator: ""} {
			got, err := c.Instructor(ctx, w.actor("QB", role), other.ID)
			if err != nil || got.Phone != phone {
				t.Errorf("%s reads the number %q: %v", role, got.Phone, err)
			}
		}
		if got, err := c.Instructor(ctx, w.actor("MT", models.CommuneOfficer), hers.ID); err != nil || len(got.Away) != 1 || got.Away[0].Reason != "" || got.Away[0].To != d(2013, 7, 1) {
			t.Errorf("a commune reads when, and not why, she is away: %+v %v", got, err)
		}
		rows, err := c.Audits(ctx, w.actor("", models.Administrator), AuditFilter{Object: "instructor"})
		if err != nil || len(rows) != 3 {
			t.Fatalf("%d rows in the log: %v", len(rows), err)
		}
		for _, r := range rows {
			if strings.Contains(r.Detail, "0912345678") || strings.Contains(r.Detail, "nghỉ ốm") || !strings.Contains(r.Detail, "phone") {
				t.Errorf("the administrator reads %s", r.Detail)
			}
		}
		gone, err := c.RetireInstructor(ctx, w.officer, other.ID, other.Version, true)
		if err != nil || !gone.Retired {
			t.Errorf("%+v %v", gone, err)
		}
	})
}

func TestVenues(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := models.Venue{Name: "Hội trường huyện", UnitID: w.unit["LT"], School: "chinh-tri-le-thuy", Rooms: []models.Room{{Name: " Phòng  1 ", Seats: 60}}, Beds: 20}
		saved, err := c.SaveVenue(ctx, w.officer, in)
		if room, ok := saved.Room("Phòng 1"); err != nil || !ok || room.Seats != 60 {
			t.Fatalf("%+v %v", saved, err)
		}
		if in.Rooms[0].Name != " Phòng  1 " {
			t.Error("what was typed has been changed")
		}
		if read, err := c.Venue(ctx, w.officer, saved.ID); err != nil || !reflect.DeepEqual(read, saved) {
			t.Errorf("read %+v, saved %+v: %v", read, saved, err)
		}
		for want, change := range map[string]func(*models.Venue){
			"unit_id venue.unit_unknown": func(v *models.Venue) { v.UnitID = 9999 },
			"school school.unknown":      func(v *models.Venue) { v.School = "khong-co" },
			"rooms venue.room_bad, beds": func(v *models.Venue) { v.Rooms = []models.Room{{Name: "A", Seats: 0}}; v.Beds = 9000 },
		} {
			bad := in
			change(&bad)
			_, err := c.SaveVenue(ctx, w.officer, bad)
			for _, part := range strings.Split(want, ", ") {
				if !strings.Contains(findings(err), part) {
					t.Errorf("%q, want %q", findings(err), want)
				}
			}
		}
		nowhere := w.officer
		nowhere.Path = ""
		if _, err := c.SaveVenue(ctx, nowhere, in); findings(err) != "unit_id venue.unit_unknown" {
			t.Errorf("without a scope: %v", err)
		}
		far, err := c.SaveVenue(ctx, w.officer, models.Venue{Name: "Hà Nội", School: "hoc-vien-phu-nu"})
		if err != nil {
			t.Errorf("outside the province: %v", err)
		}
		list, err := c.Venues(ctx, models.Actor{AccountID: 8, Role: models.SchoolOfficer, School: "hoc-vien-phu-nu"})
		if err != nil || len(list) != 1 || list[0].ID != far.ID {
			t.Errorf("a school sees its own: %+v %v", list, err)
		}
		stale := saved
		saved.Beds = 0
		if saved, err = c.SaveVenue(ctx, w.officer, saved); err != nil || saved.Version != 2 {
			t.Errorf("%+v %v", saved, err)
		}
		_, err = c.SaveVenue(ctx, w.officer, stale)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")
		if gone, err := c.RetireVenue(ctx, w.officer, saved.ID, 2, true); err != nil || !gone.Retired {
			t.Errorf("%+v %v", gone, err)
		}
	})
}

func TestFundings(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		f, err := c.Funding(ctx, w.officer, "tinh")
		if err != nil || len(f.Budgets) != 0 {
			t.Fatalf("the plan names no amounts: %+v %v", f, err)
		}
		stale := f
		f.Budgets = []models.Budget{{Year: 2014, Amount: 300_000_000_000}, {Year: 2013, Amount: 0}}
		if f, err = c.SaveFunding(ctx, w.officer, f); err != nil || f.Budgets[0].Year != 2013 {
			t.Fatalf("%+v %v", f, err)
		}
		read, err := c.Funding(ctx, w.officer, "tinh")
		if amount, set := read.Budget(2014); err != nil || !set || amount != 300_000_000_000 {
			t.Errorf("%+v %v", read, err)
		}
		if _, set := read.Budget(2013); !set {
			t.Error("a budget of nothing is a budget")
		}
		_, err = c.SaveFunding(ctx, w.officer, stale)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")
		f.Budgets = append(f.Budgets, models.Budget{Year: 2013, Amount: 1})
		if _, err = c.SaveFunding(ctx, w.officer, f); findings(err) != "budgets funding.budget_bad" {
			t.Errorf("a year twice: %v", err)
		}
		if list, err := c.Fundings(ctx, models.Actor{AccountID: 8, Role: models.SchoolOfficer, School: "so-noi-vu"}); err != nil || len(list) != 0 {
			t.Errorf("money is no business of a school: %+v %v", list, err)
		}
		if gone, err := c.RetireFunding(ctx, w.officer, "tinh", 2, true); err != nil || !gone.Retired {
			t.Errorf("%+v %v", gone, err)
		}
	})
}
