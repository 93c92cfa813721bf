package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// landmarks are records of the demonstration that stand for the parameters of addresses.
type landmarks struct {
	cadre, other     int64 // in Lệ Thủy; in another district
	unit, foreign    int64 // communes
	fact             int64 // a qualification of cadre
	imported, abroad int64 // imports of Lệ Thủy and of another district
	account          int64
	pair             string
	class, awayClass int64
	enrolment        int64 // in class
	venue, teacher   int64
	notice, told     int64                 // of Lệ Thủy, of another district
	certificates     [2]models.Certificate // of a class of one's own: valid, waiting for its revocation
	awayCertificate  int64
}

func (w *site) landmarks() landmarks {
	w.t.Helper()
	ctx := context.Background()
	var m landmarks
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	person := func(actor models.Actor) (core.PersonLine, core.CadreCard) {
		lines, _, err := w.core.People(ctx, actor, core.PeopleQuery{Position: "chu-tich-xa", Limit: 20})
		must(err)
		for _, l := range lines {
			card, err := w.core.Cadre(ctx, actor, l.ID, 0)
			must(err)
			if len(card.Qualifications) > 0 {
				return l, card
			}
		}
		w.t.Fatal("nobody with a paper")
		return core.PersonLine{}, core.CadreCard{}
	}
	own, away := w.actor("le-thuy"), w.actor("minh-hoa")
	_, card := person(own)
	m.cadre, m.unit, m.fact = card.Cadre.ID, card.Cadre.UnitID, card.Qualifications[0].FactID
	_, card = person(away)
	m.other, m.foreign = card.Cadre.ID, card.Cadre.UnitID
	upload := func(actor models.Actor) int64 {
		im, err := w.core.ImportUpload(ctx, actor, "danh-sach.csv", []byte("Họ và tên,Năm sinh,Chức vụ,Đơn vị\nNguyễn Thị Mới,1980,Chi hội trưởng,xã Mỹ Thủy\n,1975,Chủ tịch,xã Không Có\n"), actor.UnitID)
		must(err)
		return im.ID
	}
	m.imported, m.abroad = upload(own), upload(away)
	accounts, err := w.core.Accounts(ctx, w.actor("quan-tri"))
	must(err)
	m.account = accounts[0].ID
	m.pair = fmt.Sprintf("%d-%d", min(m.cadre, m.cadre+1), m.cadre+1)
	if pairs, err := w.core.Duplicates(ctx, own, 1); err == nil && len(pairs) > 0 {
		m.pair = fmt.Sprintf("%d-%d", pairs[0].A.ID, pairs[0].B.ID)
	}
	m.class, m.enrolment = w.heldClass(own, m.cadre)
	m.awayClass, _ = w.heldClass(away, m.other)
	_, given := w.certifiedClass(own, w.members(own, 2)...)
	m.certificates = [2]models.Certificate(given)
	_, err = w.core.AskRevocation(ctx, own, given[1].ID, given[1].Version, "thi hộ")
	must(err)
	_, given = w.certifiedClass(away, m.other)
	m.awayCertificate = given[0].ID
	venue, err := w.core.SaveVenue(ctx, w.actor("ban-to-chuc"), models.Venue{Name: "Nhà văn hóa huyện"})
	must(err)
	teacher, err := w.core.SaveInstructor(ctx, w.actor("ban-to-chuc"), models.Instructor{Name: "Trần Thị Hà"})
	must(err)
	m.venue, m.teacher = venue.ID, teacher.ID
	m.notice, m.told = w.notices(m.cadre, m.other)
	return m
}

// address fills a route's path with records of one's own district, of another one, or with ids that no record has.
func (m landmarks) address(r Route, whose string) string {
	first := strings.Split(strings.TrimPrefix(r.Path, "/"), "/")[0]
	id, fact, pair := int64(999_999_999), int64(999_999_999), "999999998-999999999"
	enrolment, code := int64(999_999_999), cmp.Or(map[string]string{"courses": "C08", "schools": "so-noi-vu", "fundings": "tinh", "c": m.certificates[0].Code, "templates": "giay-chung-nhan"}[first], "qd-04-2004")
	key := "school:khong-co"
	switch whose {
	case "own":
		enrolment = m.enrolment
		id = map[string]int64{"cadres": m.cadre, "units": m.unit, "imports": m.imported, "accounts": m.account, "targets": 1, "classes": m.class, "venues": m.venue, "instructors": m.teacher, "notices": m.notice,
			"certificates": m.certificates[0].ID}[first]
		if first == "certificates" && strings.HasSuffix(r.Path, "/decide") {
			id = m.certificates[1].ID
		}
		key = m.certificates[0].Issuer
		fact, pair = m.fact, m.pair
	case "foreign":
		id = map[string]int64{"cadres": m.other, "units": m.foreign, "imports": m.abroad, "classes": m.awayClass, "notices": m.told, "certificates": m.awayCertificate}[first]
		pair = fmt.Sprintf("%d-%d", min(m.other, m.cadre), max(m.other, m.cadre))
	}
	return strings.NewReplacer(":id", fmt.Sprint(id), ":kind", "qualification", ":fact", fmt.Sprint(fact), ":pair", pair, ":enrolment", fmt.Sprint(enrolment), ":code", code, ":key", key).Replace(r.Path)
}

// reader is somebody who may open a route.
func reader(r Route) string {
	for _, login := range []struct {
		login string
		role  models.Role
	}{{"le-thuy", models.DistrictOfficer}, {"ban-to-chuc", models.ProvinceOfficer}, {"quan-tri", models.Administrator}} {
		if login.role.May(r.Permission) {
			return login.login
		}
	}
	return ""
}

// files are routes that answer with something else than a page.
func download(r Route) bool {
	return slices.ContainsFunc([]string{"/files/", "/calendar/", "/template", "/grades", "/errors", ".ics", ".pdf", ".xlsx"}, func(part string) bool { return strings.Contains(r.Path, part) })
}

// TestEveryPageOpens: each page opens for who may read it, and is a whole page with one heading.
func TestEveryPageOpens(t *testing.T) {
	w := newSite(t)
	m := w.landmarks()
	visitors := map[string]*visitor{}
	for _, r := range Routes() {
		if r.Method != http.MethodGet || download(r) {
			continue
		}
		login := reader(r)
		if visitors[login] == nil {
			visitors[login] = w.as(login)
		}
		v := visitors[login]
		if r.Permission == models.Public {
			v = w.anybody()
		}
		got := v.get(m.address(r, "own"))
		for range 3 {
			if got.status == http.StatusSeeOther {
				got = v.follow(got)
			}
		}
		if got.status != http.StatusOK || strings.Count(got.html, "<h1") != 1 || !strings.Contains(got.html, "</html>") {
			t.Errorf("%s as %s: %d %.300s", m.address(r, "own"), login, got.status, got.text())
		}
		if len(got.html) > 600_000 {
			t.Errorf("%s: %d bytes", r.Path, len(got.html))
		}
	}
	if strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("internal errors:\n%s", w.log)
	}
}

// TestPageAccess walks every route as every role: the verdict is the permission table's, and what lies outside the scope reads exactly
// as what does not exist.
func TestPageAccess(t *testing.T) {
	w := newSite(t)
	m := w.landmarks()
	roles := map[string]models.Role{"quan-tri": models.Administrator, "ban-to-chuc": models.ProvinceOfficer, "xem-tinh": models.ProvinceViewer,
		"le-thuy": models.DistrictOfficer, "xa-my-thuy": models.CommuneOfficer}
	asked := 0
	for login, role := range roles {
		v := w.as(login)
		for _, r := range Routes() {
			if r.Permission == models.Public || r.Path == "/language" || r.Path == "/password" {
				continue
			}
			got := v.send(r.Method, m.address(r, "none"), "application/x-www-form-urlencoded", "")
			asked++
			switch may := role.May(r.Permission); {
			case got.status >= 500:
				t.Errorf("%s %s %s: %d", login, r.Method, r.Path, got.status)
			case !may && got.status != http.StatusForbidden:
				t.Errorf("%s %s %s: %d, want 403", login, r.Method, r.Path, got.status)
			case may && strings.Contains(r.Path, ":id") && got.status != http.StatusNotFound && got.status != http.StatusForbidden && got.status != http.StatusUnprocessableEntity && got.status != http.StatusPreconditionFailed:
				t.Errorf("%s %s %s: %d for an absent record", login, r.Method, r.Path, got.status)
			}
		}
	}
	if asked < 200 {
		t.Errorf("only %d requests", asked)
	}
	compared := 0
	v := w.as("le-thuy")
	for _, r := range Routes() {
		if !strings.Contains(r.Path, ":") || !models.DistrictOfficer.May(r.Permission) || strings.Contains(r.Path, ":code") || m.address(r, "foreign") == m.address(r, "own") || strings.Contains(m.address(r, "foreign"), "/0") {
			continue
		}
		foreign := v.send(r.Method, m.address(r, "foreign"), "application/x-www-form-urlencoded", "etag=1")
		absent := v.send(r.Method, m.address(r, "none"), "application/x-www-form-urlencoded", "etag=1")
		compared++
		if foreign.status != absent.status || withoutIDs(foreign.html) != withoutIDs(absent.html) {
			t.Errorf("%s %s: foreign %d, absent %d", r.Method, r.Path, foreign.status, absent.status)
		}
	}
	if compared < 15 {
		t.Errorf("only %d comparisons", compared)
	}
	if strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("internal errors:\n%s", w.log)
	}
}

// withoutIDs drops what differs between any two answers: the number of the request, keys of forms, the address itself.
func withoutIDs(html string) string {
	var out []string
	for _, line := range strings.Split(html, "\n") {
		if !strings.Contains(line, "<code>") && !strings.Contains(line, `name="_key"`) && !strings.Contains(line, `name="back"`) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// TestBrowserAxe: axe-core finds nothing on any page, at a desk and on a phone, and no page is wider than its window.
func TestBrowserAxe(t *testing.T) {
	w := newSite(t)
	m := w.landmarks()
	for _, size := range []struct{ width, height int64 }{{1280, 900}, {360, 740}} {
		hands := map[string]*hand{}
		for _, r := range Routes() {
			if r.Method != http.MethodGet || download(r) {
				continue
			}
			login := reader(r)
			if hands[login] == nil {
				hands[login] = w.browse(size.width, size.height)
				hands[login].signIn(w, login)
			}
			h, name := hands[login], fmt.Sprintf("%d%s", size.width, strings.ReplaceAll(r.Path, "/", "_"))
			h.open(m.address(r, "own"))
			h.axe(name)
			h.fits(name)
			h.picture(name)
		}
	}
}
