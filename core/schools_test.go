package core

import (
	"context"
	"testing"

	"datchuan/models"
)

func TestSaveSchool(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := models.School{Code: "truong-moi", Name: "Trường Mới", Agreement: "12/TT", AgreementFrom: d(2013, 1, 1), AgreementTo: d(2014, 1, 1)}
		saved, err := c.SaveSchool(ctx, w.officer, in)
		if err != nil || saved.Version != 1 {
			t.Fatalf("%+v %v", saved, err)
		}
		in.Code, in.AgreementTo = "", d(2012, 1, 1)
		if _, err := c.SaveSchool(ctx, w.officer, in); findings(err) != "code school.code_required, agreement_to school.agreement_range" {
			t.Errorf("%v", err)
		}
		edit := saved
		edit.Signer = "Trần Thị A"
		if edit, err = c.SaveSchool(ctx, w.officer, edit); err != nil || edit.Version != 2 {
			t.Errorf("%+v %v", edit, err)
		}
		_, err = c.SaveSchool(ctx, w.officer, saved)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")
		hers := models.Actor{AccountID: 8, Role: models.SchoolOfficer, School: "truong-moi"}
		if list, err := c.Schools(ctx, hers); err != nil || len(list) != 1 || list[0].Code != "truong-moi" {
			t.Errorf("a school sees itself: %+v %v", list, err)
		}
		_, foreign := c.School(ctx, hers, "so-noi-vu")
		_, absent := c.School(ctx, hers, "khong-co")
		wantCode(t, "another school", foreign, models.NotFound, "not_found")
		if foreign.Error() != absent.Error() {
			t.Errorf("a foreign school %v reads unlike an absent one %v", foreign, absent)
		}
		if list, err := c.Schools(ctx, w.actor("LT", models.DistrictOfficer)); err != nil || len(list) != 13 {
			t.Errorf("a district sees %d schools: %v", len(list), err)
		}
	})
}

// Access of a school's accounts begins and ends with its agreement, while the session goes on.
func TestAgreementEndsAccess(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		a, err := c.AddAccount(ctx, NewAccount{Login: "truong", Name: "Trường", Password: accessPassword, Role: models.SchoolOfficer, School: "truong-chinh-tri"})
		if err != nil {
			t.Fatal(err)
		}
		token, _, err := c.Login(ctx, a.Login, accessPassword, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		sees := func() int {
			actor, err := c.ActorBySession(ctx, token)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, list := range []func() (int, error){
				func() (int, error) { l, err := c.Courses(ctx, actor); return len(l), err },
				func() (int, error) { l, err := c.Schools(ctx, actor); return len(l), err },
				func() (int, error) { l, err := c.Instructors(ctx, actor); return len(l), err },
				func() (int, error) { l, err := c.Venues(ctx, actor); return len(l), err },
				func() (int, error) { l, err := c.Fundings(ctx, actor); return len(l), err },
			} {
				m, err := list()
				if err != nil {
					t.Fatal(err)
				}
				n += m
			}
			if _, err := c.Course(ctx, actor, "C01"); (err == nil) != (n > 0) {
				t.Errorf("one course: %v, while the lists have %d rows", err, n)
			}
			return n
		}
		for _, row := range []any{&models.Instructor{Name: "Tự do", Topics: []string{}, Away: []models.Absence{}, Version: 1}, &models.Venue{Name: "Nhà văn hóa", Rooms: []models.Room{}, Away: []models.Absence{}, Version: 1}} {
			w.do(func(tx *Tx) error { return tx.Create(row).Error }) // of no school: not hers either, when she has none
		}
		const open = 9 + 1 // courses and her school
		if n := sees(); n != open {
			t.Errorf("with an agreement: %d rows", n)
		}
		day := func(on models.Date) {
			w.do(func(tx *Tx) error { return tx.setSetting(settingToday, on.String()) })
		}
		for on, want := range map[models.Date]int{d(2012, 12, 31): 0, d(2013, 1, 1): open, d(2017, 12, 31): open, d(2018, 1, 1): 0} {
			if day(on); sees() != want {
				t.Errorf("on %s: %d rows, want %d", on, sees(), want)
			}
		}
		day(march)
		school, err := c.School(ctx, w.officer, "truong-chinh-tri")
		if err != nil {
			t.Fatal(err)
		}
		if school, err = c.RetireSchool(ctx, w.officer, school.Code, school.Version, true); err != nil || sees() != 0 {
			t.Errorf("retired: %d rows, %v", sees(), err)
		}
		if school, err = c.RetireSchool(ctx, w.officer, school.Code, school.Version, false); err != nil || sees() != open {
			t.Errorf("taken up again: %d rows, %v", sees(), err)
		}
		school.AgreementTo = march
		if _, err = c.SaveSchool(ctx, w.officer, school); err != nil || sees() != 0 {
			t.Errorf("agreement ended today: %d rows, %v", sees(), err)
		}
	})
}

func TestAccountNamesAKnownSchool(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := NewAccount{Login: "truong", Name: "Trường", Password: accessPassword, Role: models.SchoolOfficer, School: "khong-co"}
		admin := w.actor("", models.Administrator)
		if _, err := c.CreateAccount(ctx, admin, in); findings(err) != "school school.unknown" {
			t.Errorf("an unknown school: %v", err)
		}
		in.School = "hoc-vien-phu-nu"
		a, err := c.CreateAccount(ctx, admin, in)
		if err != nil {
			t.Fatal(err)
		}
		edit := AccountEdit{Name: a.Name, Role: a.Role, School: "khong-co", Language: models.Vi}
		if _, err := c.UpdateAccount(ctx, admin, a.ID, a.Version, edit); findings(err) != "school school.unknown" {
			t.Errorf("an edit to an unknown school: %v", err)
		}
		edit.School = "so-noi-vu"
		if a, err = c.UpdateAccount(ctx, admin, a.ID, a.Version, edit); err != nil || a.School != "so-noi-vu" {
			t.Errorf("%+v %v", a, err)
		}
		if list, err := c.Schools(ctx, admin); err != nil || len(list) != 12 {
			t.Errorf("the form of accounts offers %d schools: %v", len(list), err)
		}
	})
}
