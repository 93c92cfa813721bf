package core

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"datchuan/models"
)

// noticeWorld is a class of the province with accounts that may be told of it.
type noticeWorld struct {
	*schoolWorld
	chair map[string]int64 // by unit
}

func newNoticeWorld(t *testing.T, c *Core) *noticeWorld {
	w := &noticeWorld{schoolWorld: newSchoolWorld(t, c), chair: map[string]int64{}}
	for login, a := range map[string]struct {
		role models.Role
		unit string
		into *models.Actor
	}{"tinh": {models.ProvinceOfficer, "QB", &w.province}, "le-thuy": {models.DistrictOfficer, "LT", &w.district}, "minh-hoa": {models.DistrictOfficer, "MH", &w.other},
		"xa-my-thuy": {models.CommuneOfficer, "MT", nil}, "xem-tinh": {models.ProvinceViewer, "QB", nil}, "tinh-2": {models.ProvinceOfficer, "QB", nil}} {
		made := accessAdd(t, c, login, a.role, w.unit[a.unit])
		if a.into != nil {
			a.into.AccountID, a.into.Login = made.ID, login
		}
	}
	school, err := c.AddAccount(w.ctx, NewAccount{Login: "truong", Name: "Cô giáo", Password: accessPassword, Role: models.SchoolOfficer, School: "truong-thu"})
	if err != nil {
		t.Fatal(err)
	}
	w.teacher.AccountID = school.ID
	for _, unit := range []string{"MT", "PT", "DH"} {
		w.chair[unit] = w.person("Nguyễn Thị "+unit, "chu-tich-xa", unit, level(models.Political, models.NoLevel), level(models.Professional, models.University))
	}
	return w
}

// told is what an account has been told since the last look: kinds with the names of people, unread and read.
func (w *noticeWorld) told(actor models.Actor) []string {
	w.t.Helper()
	list, _, err := w.c.Notices(w.ctx, actor, "", 100)
	if err != nil {
		w.t.Fatal(err)
	}
	unread, err := w.c.UnreadNotices(w.ctx, actor)
	if err != nil {
		w.t.Fatal(err)
	}
	out, last := []string{}, int64(0)
	for _, n := range slices.Backward(list) {
		if n.ReadAt != 0 {
			continue
		}
		unread--
		out, last = append(out, strings.Join(append([]string{string(n.Kind)}, n.People...), " ")), max(last, n.ID)
	}
	if unread != 0 {
		w.t.Errorf("%s: the count is off by %d", actor.Login, unread)
	}
	if err := w.c.ReadNotices(w.ctx, actor, last); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *noticeWorld) expect(what string, want map[string][]string) {
	w.t.Helper()
	for name, actor := range map[string]models.Actor{"tinh": w.province, "le-thuy": w.district, "minh-hoa": w.other, "truong": w.teacher} {
		if got := w.told(actor); !slices.Equal(got, want[name]) {
			w.t.Errorf("%s: %s is told %q, want %q", what, name, got, want[name])
		}
	}
}

func (w *noticeWorld) nominate(actor models.Actor, class models.Class, cadres ...int64) []models.Nomination {
	w.t.Helper()
	in := make([]NominationInput, len(cadres))
	for i, id := range cadres {
		in[i] = NominationInput{CadreID: id}
	}
	sent, err := w.c.Nominate(w.ctx, actor, class.ID, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return sent
}

func (w *noticeWorld) decide(verdict models.Verdict, list ...models.Nomination) []models.Enrolment {
	w.t.Helper()
	in := make([]DecideInput, len(list))
	for i, n := range list {
		in[i] = DecideInput{NominationID: n.ID, Version: n.Version, Verdict: verdict, Reason: "lý do"}
	}
	out, err := w.c.Decide(w.ctx, w.province, list[0].ClassID, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// Each is told what concerns her own people, and nobody of people outside her scope.
func TestNotices(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newNoticeWorld(t, c)
		class := w.open("Lớp mới", 20130304, 20130309, 1)
		w.expect("opened", map[string][]string{"le-thuy": {"opened"}, "minh-hoa": {"opened"}})
		own, other := w.nominate(w.district, class, w.chair["MT"], w.chair["PT"]), w.nominate(w.other, class, w.chair["DH"])
		w.expect("requests", nil)
		w.decide(models.SendBack, own[1])
		w.expect("returned", map[string][]string{"le-thuy": {"returned Nguyễn Thị PT (xã Phong Thủy)"}})
		seats := w.decide(models.Approve, own[0], other[0])
		w.expect("seats", map[string][]string{"le-thuy": {"seated Nguyễn Thị MT (xã Mỹ Thủy)"}, "minh-hoa": {"waiting Nguyễn Thị DH (xã Dân Hóa)"}})
		if err := c.LeaveClass(w.ctx, w.district, seats[0].ID, "ốm"); err != nil {
			t.Fatal(err)
		}
		w.expect("a freed seat", map[string][]string{"minh-hoa": {"promoted Nguyễn Thị DH (xã Dân Hóa)"}})
		w.decide(models.Refuse, w.nominate(w.district, class, w.chair["PT"])...)
		w.expect("refused", map[string][]string{"le-thuy": {"refused Nguyễn Thị PT (xã Phong Thủy)"}})
		w.on(20130304)
		class = w.move(w.move(w.read(class), ClassStep{To: models.ClassSeated}), ClassStep{To: models.ClassRunning})
		w.expect("lessons begin", nil)
		w.on(20130308)
		w.teach(class, map[int64]map[string]int{seats[1].ID: {"a": 70, "b": 80}})
		class, err := c.SendResults(w.ctx, w.teacher, class.ID, w.read(class).Version)
		if err != nil {
			t.Fatal(err)
		}
		w.expect("sent", map[string][]string{"tinh": {"results_sent"}})
		if class, err = c.ReturnResults(w.ctx, w.province, class.ID, class.Version, "thiếu"); err != nil {
			t.Fatal(err)
		}
		w.expect("sent back", map[string][]string{"truong": {"results_returned"}})
		if class, err = c.SendResults(w.ctx, w.teacher, class.ID, class.Version); err != nil {
			t.Fatal(err)
		}
		w.told(w.province)
		closed, err := c.CloseClass(w.ctx, w.province, class.ID, class.Version)
		if err != nil {
			t.Fatal(err)
		}
		w.expect("closed", map[string][]string{"truong": {"closed"}, "minh-hoa": {"closed Nguyễn Thị DH (xã Dân Hóa)"}})
		if _, err = c.ReopenClass(w.ctx, w.province, class.ID, closed.Class.Version, "nhầm"); err != nil {
			t.Fatal(err)
		}
		w.expect("reopened", map[string][]string{"truong": {"reopened"}, "minh-hoa": {"reopened Nguyễn Thị DH (xã Dân Hóa)"}})
	})
}

func TestNoticesOfClassesGivenUp(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newNoticeWorld(t, c)
		quiet := w.open("Lớp hoãn", 20130401, 20130405, 5)
		w.nominate(w.district, quiet, w.chair["MT"])
		w.decide(models.Approve, w.nominate(w.other, quiet, w.chair["DH"])...)
		w.expect("before", map[string][]string{"le-thuy": {"opened"}, "minh-hoa": {"opened", "seated Nguyễn Thị DH (xã Dân Hóa)"}})
		off := w.move(w.read(quiet), ClassStep{To: models.ClassPostponed, Reason: "bão"})
		w.expect("postponed", map[string][]string{"truong": {"postponed"}, "le-thuy": {"postponed Nguyễn Thị MT (xã Mỹ Thủy)"}, "minh-hoa": {"postponed Nguyễn Thị DH (xã Dân Hóa)"}})
		w.move(off, ClassStep{To: models.ClassCancelled, Reason: "bão"})
		w.expect("cancelled", map[string][]string{"truong": {"cancelled"}, "le-thuy": {"cancelled Nguyễn Thị MT (xã Mỹ Thủy)"}, "minh-hoa": {"cancelled Nguyễn Thị DH (xã Dân Hóa)"}})
		draft, err := c.SaveClass(w.ctx, w.province, models.Class{Course: w.course.Code, Name: "Nháp", UnitID: w.unit["QB"], School: "truong-thu", Seats: 5, MinLearners: 1})
		if err != nil {
			t.Fatal(err)
		}
		w.move(draft, ClassStep{To: models.ClassCancelled, Reason: "thôi"})
		w.expect("a draft", nil)
		// A step that is refused tells nobody.
		if _, err := c.MoveClass(w.ctx, w.province, w.class.ID, w.read(w.class).Version, ClassStep{To: models.ClassCancelled}); err == nil {
			t.Fatal("no reason given")
		}
		w.expect("refused", nil)
	})
}

// Notices are one's own: read by herself alone, cut to the scope of today, gone with the scope.
func TestNoticesAreOnesOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newNoticeWorld(t, c)
		w.decide(models.Refuse, w.nominate(w.district, w.class, w.chair["MT"], w.chair["PT"])...)
		list, _, err := c.Notices(w.ctx, w.district, "", 10)
		if err != nil || len(list) != 1 || list[0].Count != 2 || len(list[0].People) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		_, err = c.ReadNotice(w.ctx, w.other, list[0].ID)
		wantCode(t, "another's", err, models.NotFound, "not_found")
		if err := c.ReadNotices(w.ctx, w.other, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if n, err := c.UnreadNotices(w.ctx, w.district); err != nil || n != 1 {
			t.Errorf("%d unread, %v", n, err)
		}
		// One of the two leaves for the other district.
		if err := c.write.Model(&models.Cadre{}).Where("id = ?", w.chair["PT"]).Update("path", w.path["DH"]).Error; err != nil {
			t.Fatal(err)
		}
		if list, _, err = c.Notices(w.ctx, w.district, "", 10); err != nil || len(list[0].People) != 1 {
			t.Errorf("%+v %v", list, err)
		}
		limited := w.district
		limited.Limit = []models.Permission{models.GapsRead}
		_, _, err = c.Notices(w.ctx, limited, "", 10)
		wantCode(t, "a token for gaps", err, models.Forbidden, "auth.forbidden")
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		a, err := c.Account(w.ctx, admin, w.district.AccountID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.UpdateAccount(w.ctx, admin, a.ID, a.Version, AccountEdit{Name: a.Name, Role: a.Role, UnitID: w.unit["MH"], Language: a.Language}); err != nil {
			t.Fatal(err)
		}
		moved := w.other
		moved.AccountID = a.ID
		if list, _, err = c.Notices(w.ctx, moved, "", 10); err != nil || len(list) != 0 {
			t.Errorf("after a move to another district: %+v %v", list, err)
		}
	})
}

func TestNoticePages(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newNoticeWorld(t, c)
		for i := range 7 {
			n := models.Notice{AccountID: w.district.AccountID, Kind: models.NoticeOpened, ClassID: w.class.ID, Cadres: []int64{}, At: 1, ReadAt: models.Instant(i % 2)}
			if err := c.write.Create(&n).Error; err != nil {
				t.Fatal(err)
			}
		}
		var got []int64
		after, reads := "", 0
		for page := 0; page == 0 || after != ""; page++ {
			list, next, err := c.Notices(w.ctx, w.district, after, 2)
			if err != nil || page > 5 {
				t.Fatal(page, err)
			}
			for _, n := range list {
				if n.ReadAt != 0 {
					reads++
				} else if reads > 0 {
					t.Error("an unread notice behind a read one")
				}
				got = append(got, n.ID)
			}
			after = next
		}
		if slices.Sort(got); len(slices.Compact(got)) != 7 || reads != 3 {
			t.Errorf("%v, %d read", got, reads)
		}
		_, _, err := c.Notices(w.ctx, w.district, "x-1", 2)
		wantCode(t, "a bad cursor", err, models.Invalid, "people.cursor_bad")
	})
}

func TestNoticeWords(t *testing.T) {
	for _, kind := range models.NoticeKinds {
		if kind.Audience() == (models.Audience{}) {
			t.Errorf("%s is for nobody", kind)
		}
		for _, lang := range []models.Lang{models.Vi, models.En} {
			if text := (models.Notice{Kind: kind}).Text(lang, "LỚP"); !strings.Contains(text, "LỚP") || strings.Contains(text, "{") {
				t.Errorf("%s %s: %q", lang, kind, text)
			}
		}
	}
}

// noticesHold looks at all notices of the demonstration: whoever was told of a cadre had her in her scope then, schools and holders are told
// of nobody, and what is old has been read.
func noticesHold(t *testing.T, c *Core) {
	t.Helper()
	ctx := t.Context()
	var all []models.Notice
	var accounts []models.Account
	homes := map[int64]int64{}
	tree, err := c.Tree(ctx)
	if err := errors.Join(err, c.read.Find(&all).Error, c.read.Find(&accounts).Error, namesOf(c.read.Model(&models.Cadre{}).Select("id", "unit_id"), homes)); err != nil {
		t.Fatal(err)
	}
	actors, kinds, read := map[int64]models.Actor{}, map[models.NoticeKind]int{}, 0
	for _, a := range accounts {
		actor, err := c.actor(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		actors[a.ID] = actor
	}
	for _, n := range all {
		kinds[n.Kind]++
		if n.ReadAt != 0 {
			read++
		}
		actor := actors[n.AccountID]
		for _, id := range n.Cadres {
			home, _ := tree.Nearest(homes[id], models.DateOf(n.At.Time().In(models.Hanoi))) // districts were split since
			if actor.Role == models.SchoolOfficer || !slices.Contains(models.PathIDs(home.Path), actor.UnitID) {
				t.Errorf("%s is told of cadre %d", actor.Login, id)
			}
		}
	}
	if read == 0 || read == len(all) || len(kinds) < 10 {
		t.Errorf("%d notices, %d read, %v", len(all), read, kinds)
	}
}
