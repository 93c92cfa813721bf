package core

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"datchuan/models"
)

// findings lists "field code" of an error.
func findings(err error) string {
	var many models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = models.Errors{one}
	}
	var out []string
	for _, e := range many {
		out = append(out, e.Field+" "+e.Code)
	}
	return strings.Join(out, ", ")
}

func newCourse() models.Course {
	return models.Course{Code: "thu-5", Name: " Bồi  dưỡng 5 ngày ", Kind: models.SkillsTopic, Host: models.Province, Days: 5, Periods: 40, Blocks: 1,
		MinLearners: 20, MaxLearners: 40, Positions: []string{"chu-tich-xa", "chu-tich-xa"}, Areas: []models.AreaFlag{models.EthnicArea}, Extends: []string{"C04"},
		Grants: []models.CourseGrant{{Line: models.HoiTraining, Level: models.Attended, Days: 5}}, Giver: models.ByProvince,
		PassRules: []models.PassRule{{From: d(2018, 1, 1), AttendanceBP: 8000, MinScore: 50}, {From: models.Beginning, AttendanceBP: 7000}}}
}

func TestSaveCourse(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		first := newCourse()
		first.Retired = true // not an editor's to say
		saved, err := c.SaveCourse(ctx, w.officer, first)
		if err != nil || saved.ID == 0 || saved.Version != 1 || saved.Retired || saved.Name != "Bồi dưỡng 5 ngày" || saved.Certainty != models.Uncertain || len(saved.Positions) != 1 {
			t.Fatalf("%+v %v", saved, err)
		}
		if read, err := c.Course(ctx, w.officer, "thu-5"); err != nil || !reflect.DeepEqual(read, saved) {
			t.Errorf("read %+v\nsaved %+v: %v", read, saved, err)
		}
		if saved.Rule(d(2017, 12, 31)).AttendanceBP != 7000 || saved.PassRules[0].From != 0 {
			t.Errorf("rules %+v", saved.PassRules)
		}
		_, err = c.SaveCourse(ctx, w.officer, newCourse())
		wantCode(t, "the same code again", err, models.Conflict, "catalogue.code_taken")
		edit := saved
		edit.Code, edit.Days, edit.Retired = "other", 6, true
		edit, err = c.SaveCourse(ctx, w.officer, edit)
		if err != nil || edit.Version != 2 || edit.Code != "thu-5" || edit.Days != 6 || edit.Retired {
			t.Errorf("an edit keeps its code and is no retirement: %+v %v", edit, err)
		}
		_, err = c.SaveCourse(ctx, w.officer, saved)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")
		saved.ID = 9999
		_, err = c.SaveCourse(ctx, w.officer, saved)
		wantCode(t, "an absent course", err, models.NotFound, "not_found")
		_, err = c.RetireCourse(ctx, w.officer, "thu-5", 1, true)
		wantCode(t, "an old version retired", err, models.Stale, "edit.stale")
		gone, err := c.RetireCourse(ctx, w.officer, "thu-5", 2, true)
		if err != nil || !gone.Retired || gone.Version != 3 {
			t.Errorf("%+v %v", gone, err)
		}
		list, err := c.Courses(ctx, w.officer)
		if err != nil || len(list) != 10 || list[0].Code != "C01" || list[9].Code != "thu-5" {
			t.Errorf("those in use first: %d %v", len(list), err)
		}
		if back, err := c.RetireCourse(ctx, w.officer, "thu-5", 3, false); err != nil || back.Retired {
			t.Errorf("%+v %v", back, err)
		}
		if saves, retires := accessAudits(t, c, "course", "course.save"), accessAudits(t, c, "course", "course.retire"); saves != 2 || retires != 2 {
			t.Errorf("%d saves and %d retirements in the log", saves, retires)
		}
	})
}

func TestSaveCourseRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		for want, change := range map[string]func(*models.Course){
			"code catalogue.code_bad":           func(x *models.Course) { x.Code = "mã mới" },
			"positions course.position_unknown": func(x *models.Course) { x.Positions = []string{"chu-tich-xa", "vua"} },
			"extends course.extends_unknown":    func(x *models.Course) { x.Extends = []string{"C99"} },
			"areas course.area_unknown":         func(x *models.Course) { x.Areas = []models.AreaFlag{"moon"} },
			"paper course.paper_unknown":        func(x *models.Course) { x.Paper = "bang-tien-si" },
			"name course.name_required, days course.days_range, blocks course.blocks_range, positions course.position_unknown": func(x *models.Course) { x.Name, x.Days, x.Positions = " ", 0, []string{"vua"} },
		} {
			in := newCourse()
			change(&in)
			out, err := c.SaveCourse(ctx, w.officer, in)
			if findings(err) != want || models.KindOf(err) != models.Invalid || out.Code != "" {
				t.Errorf("%q, want %q", findings(err), want)
			}
		}
		if n := accessAudits(t, c, "course", "course.save"); n != 0 {
			t.Errorf("%d audit rows of what was refused", n)
		}
		self, err := c.SaveCourse(ctx, w.officer, newCourse())
		if err != nil {
			t.Fatal(err)
		}
		self.Extends = []string{self.Code}
		if _, err = c.SaveCourse(ctx, w.officer, self); findings(err) != "extends course.extends_unknown" {
			t.Errorf("a course that extends itself: %v", err)
		}
	})
}

// Nobody but the province changes the catalogue, and nothing is answered to strangers.
func TestCataloguePermissions(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		writes := map[string]func(models.Actor) error{
			"course":         func(a models.Actor) error { _, err := c.SaveCourse(ctx, a, newCourse()); return err },
			"course retired": func(a models.Actor) error { _, err := c.RetireCourse(ctx, a, "C01", 1, true); return err },
			"school": func(a models.Actor) error {
				_, err := c.SaveSchool(ctx, a, models.School{Code: "x", Name: "X", AgreementTo: models.Forever})
				return err
			},
			"school retired": func(a models.Actor) error { _, err := c.RetireSchool(ctx, a, "so-noi-vu", 1, true); return err },
			"instructor": func(a models.Actor) error {
				_, err := c.SaveInstructor(ctx, a, models.Instructor{Name: "X"})
				return err
			},
			"venue": func(a models.Actor) error { _, err := c.SaveVenue(ctx, a, models.Venue{Name: "X"}); return err },
			"funding": func(a models.Actor) error {
				_, err := c.SaveFunding(ctx, a, models.Funding{Code: "x", Name: "X"})
				return err
			},
			"funding retired":    func(a models.Actor) error { _, err := c.RetireFunding(ctx, a, "tinh", 1, true); return err },
			"instructor retired": func(a models.Actor) error { _, err := c.RetireInstructor(ctx, a, 1, 1, true); return err },
			"venue retired":      func(a models.Actor) error { _, err := c.RetireVenue(ctx, a, 1, 1, true); return err },
		}
		school := models.Actor{AccountID: 8, Role: models.SchoolOfficer, School: "so-noi-vu"}
		for _, actor := range []models.Actor{w.actor("QB", models.ProvinceViewer), w.actor("LT", models.DistrictOfficer), w.actor("MT", models.CommuneOfficer), w.actor("", models.Administrator), school} {
			for what, write := range writes {
				wantCode(t, string(actor.Role)+" "+what, write(actor), models.Forbidden, "auth.forbidden")
			}
			if list, err := c.Courses(ctx, actor); err != nil || len(list) != 9 {
				t.Errorf("%s reads %d courses: %v", actor.Role, len(list), err)
			}
		}
		for what, write := range writes {
			wantCode(t, "nobody "+what, write(models.Actor{}), models.Unauthorized, "auth.sign_in")
		}
		limited := w.officer
		limited.Token, limited.Limit = true, []models.Permission{models.CadresRead}
		_, err := c.Courses(ctx, limited)
		wantCode(t, "a token for cadres only", err, models.Forbidden, "auth.forbidden")
	})
}

func TestShippedCatalogue(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		x, err := c.Course(ctx, w.officer, "C05")
		if err != nil || x.Days != 7 || x.Areas[0] != models.EthnicArea || x.Grants[0] != (models.CourseGrant{Line: models.HoiTraining, Level: 1, Days: 7, Field: "Nghiệp vụ công tác Hội"}) {
			t.Errorf("%+v %v", x, err)
		}
		ten, err := c.Course(ctx, w.officer, "C04")
		if err != nil || !strings.Contains(ten.Rule(d(2018, 3, 1)).Basis, "01/2018") || strings.Contains(ten.Rule(d(2014, 3, 1)).Basis, "01/2018") || ten.Rule(d(2018, 3, 1)).MinScore != 50 {
			t.Errorf("%+v %v", ten.PassRules, err)
		}
		all, err := c.Courses(ctx, w.officer)
		if err != nil || len(all) != 9 {
			t.Fatalf("%d courses: %v", len(all), err)
		}
		for _, x := range all {
			if x.Basis == "" || x.Note == "" || x.Certainty == models.Sourced { // no row of the plan tells all that a course has
				t.Errorf("%s: basis %q, note %q, certainty %s", x.Code, x.Basis, x.Note, x.Certainty)
			}
		}
		x.Days = 8
		if x, err = c.SaveCourse(ctx, w.officer, x); err != nil {
			t.Fatal(err)
		}
		if _, err := c.RetireSchool(ctx, w.officer, "so-noi-vu", 1, true); err != nil {
			t.Fatal(err)
		}
		w.do(func(tx *Tx) error { return tx.Where("code = ?", "quy-hoi").Delete(&models.Funding{}).Error })
		if err := c.SeedReference(ctx); err != nil {
			t.Fatal(err)
		}
		if again, err := c.Course(ctx, w.officer, "C05"); err != nil || again.Days != 8 || again.Version != 2 {
			t.Errorf("seeding over an edit: %+v %v", again, err)
		}
		if s, err := c.School(ctx, w.officer, "so-noi-vu"); err != nil || !s.Retired {
			t.Errorf("seeding over a retirement: %+v %v", s, err)
		}
		if f, err := c.Funding(ctx, w.officer, "quy-hoi"); err != nil || f.ID == 0 {
			t.Errorf("what is missing comes back: %+v %v", f, err)
		}
		if n := accessAudits(t, c, "course", "course.seed") + accessAudits(t, c, "school", "school.seed") + accessAudits(t, c, "funding", "funding.seed"); n != 9+12+5+1 {
			t.Errorf("%d seeds in the log", n)
		}
	})
}
