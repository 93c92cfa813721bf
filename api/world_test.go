package api

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/gin-gonic/gin"

	"datchuan/core"
	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// canaries are what only the other district may read: they stand in every free text of its people.
var canaries = []string{"Canarybê", "canarybe", "0918777666", "0918 777 666", "CB-7788"}

// world is a small province: the real map, two districts with a few people each, and somebody of every role.
type world struct {
	t       testing.TB
	core    *core.Core
	engine  *gin.Engine
	log     *bytes.Buffer
	unit    map[string]int64  // by code
	tokens  map[string]string // by principal
	account map[string]int64
	worked  worked
	own     district
	foreign district
}

// district is what one district has.
type district struct {
	officer                              models.Actor
	unit, commune, otherCommune          int64
	cadre, second, file, imported, merge int64
	class, session, certificate, notice  int64
	fact                                 map[string]int64 // by kind
	row                                  map[string]int64 // current row of the fact
}

const testPassword = "mưa rơi trên bến cũ 2013"

func newWorld(t testing.TB, kind string) *world {
	ctx := context.Background()
	w := &world{t: t, core: openTest(t, kind), unit: map[string]int64{}, tokens: map[string]string{}, account: map[string]int64{}}
	if err := w.core.Populate(ctx, reference.QuangBinhUnits(), demo.World{}); err != nil {
		t.Fatal(err)
	}
	tree, err := w.core.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	today := w.core.Today(ctx)
	id := func(code string) int64 {
		got, ok := tree.ByCode(code)
		if !ok {
			t.Fatalf("no unit %s", code)
		}
		return got
	}
	districts := reference.Districts()
	for i, d := range []*district{&w.own, &w.foreign} {
		d.unit = id(districts[i+1].Code)
		communes := tree.Children(d.unit, today)
		d.commune, d.otherCommune = communes[0].UnitID, communes[1].UnitID
	}
	w.engine, w.log = engine(w.core, w.worked.note)
	province := id(reference.QuangBinh)
	w.join("admin", models.Administrator, 0, "")
	w.join("province", models.ProvinceOfficer, province, "")
	w.join("viewer", models.ProvinceViewer, province, "")
	w.join("district-a", models.DistrictOfficer, w.own.unit, "")
	w.join("district-b", models.DistrictOfficer, w.foreign.unit, "")
	w.join("commune-a", models.CommuneOfficer, w.own.commune, "")
	w.join("school", models.SchoolOfficer, 0, "hoc-vien-phu-nu")
	w.join("teacher", models.SchoolOfficer, 0, "chinh-tri-quang-ninh")
	w.own.officer, w.foreign.officer = w.actor("district-a"), w.actor("district-b")
	w.settle(&w.own, "Hoa", "0912345678", "QĐ-1")
	w.settle(&w.foreign, "Canarybê", "0918777666", "CB-7788")
	w.shareClass(province)
	secret, _, err := w.core.CreateToken(ctx, w.own.officer, "chỉ đọc", []models.Permission{models.UnitsRead, models.CadresRead}, today.AddDays(30))
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["read-only"] = secret
	return w
}

// join makes an account and signs it in.
func (w *world) join(login string, role models.Role, unit int64, school string) {
	w.t.Helper()
	a, err := w.core.AddAccount(context.Background(), core.NewAccount{Login: login, Name: "Người " + login, Password: testPassword, Role: role,
		UnitID: unit, School: school, Language: models.Vi})
	if err != nil {
		w.t.Fatal(err)
	}
	w.account[login] = a.ID
	token, _, err := w.core.Login(context.Background(), login, testPassword, "127.0.0.1")
	if err != nil {
		w.t.Fatal(err)
	}
	w.tokens[login] = token
}

func (w *world) actor(login string) models.Actor {
	w.t.Helper()
	a, err := w.core.ActorBySession(context.Background(), w.tokens[login])
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

// settle gives a district two chairs with all kinds of facts, a file, a merger and an import.
func (w *world) settle(d *district, name, phone, decision string) {
	w.t.Helper()
	ctx, who := context.Background(), d.officer
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	d.fact, d.row = map[string]int64{}, map[string]int64{}
	person := func(n string, commune int64, identity, phone string) int64 {
		c, err := w.core.CreateCadre(ctx, who, core.CadreInput{Name: "Nguyễn Thị " + n, OtherName: name, Birth: 19750000, Sex: models.Female, Ethnicity: "01", Religion: "00",
			Party: models.Yes, Hometown: name, Residence: name, Phone: phone, Identity: identity, Note: name, UnitID: commune},
			&models.Holding{Position: "chu-tich-xa", UnitID: commune, From: 20110601, To: 20160601, Term: "2011-2016", Decision: decision})
		must(err)
		return c.ID
	}
	d.cadre = person(name, d.commune, "0440750"+phone[5:], phone)
	d.second = person(name+" Hai", d.otherCommune, "0440760"+phone[5:], "")
	gone := person(name+" Ba", w.communeNo(d, 2), "", "")
	m, err := w.core.MergeCadres(ctx, who, d.second, gone, map[string]bool{})
	must(err)
	d.merge = m.ID
	f, err := w.core.AttachFile(ctx, who, d.cadre, name+".png", onePixel)
	must(err)
	d.file = f.ID
	q, err := w.core.SaveQualification(ctx, who, models.Qualification{CadreID: d.cadre, Kind: models.Professional, Level: models.Elementary, School: name,
		Earned: 20000601, From: 20000601, To: models.Forever, Number: decision})
	must(err)
	st, err := w.core.SaveStudy(ctx, who, models.Study{CadreID: d.cadre, Kind: models.Political, Level: models.Intermediate, Course: name, School: name, From: 20121001, To: 20141001})
	must(err)
	su, err := w.core.SaveSuccession(ctx, who, models.Succession{CadreID: d.cadre, Position: "chu-tich-xa", UnitID: d.commune, Term: "2016-2021", From: 20120101, To: 20160601, Decision: decision})
	must(err)
	aw, err := w.core.SaveAward(ctx, who, models.Award{CadreID: d.cadre, Title: name, Year: 2012, Giver: name})
	must(err)
	ra, err := w.core.SaveRating(ctx, who, models.Rating{CadreID: d.cadre, Year: 2012, Grade: "kha", Note: name})
	must(err)
	card, err := w.core.Cadre(ctx, who, d.cadre, 0)
	must(err)
	for kind, x := range map[string]any{"holdings": card.Holdings[0], "qualifications": q, "studies": st, "successions": su, "awards": aw, "ratings": ra} {
		d.fact[kind], d.row[kind] = rowOf(x).fact, rowOf(x).row
	}
	d.class, d.session = w.openClass(who, name, d.unit)
	d.certificate = w.graduate(who, name, d.unit, person(name+" Tư", w.communeNo(d, 3), "", ""))
	im, err := w.core.ImportUpload(ctx, who, name+".csv", []byte("Họ và tên,Năm sinh,Chức vụ\n"+name+",1980,Chủ tịch\n"), d.unit)
	must(err)
	d.imported = im.ID
}

func (w *world) communeNo(d *district, n int) int64 {
	tree, err := w.core.Tree(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return tree.Children(d.unit, w.core.Today(context.Background()))[n].UnitID
}

// cadreBody is a valid body for a cadre.
func cadreBody(name string, unit int64) string {
	return fmt.Sprintf(`{"name":%q,"birth":"1975","sex":"F","unit_id":%d}`, name, unit)
}
