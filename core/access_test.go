package core

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

const accessPassword = "con mèo nhỏ leo cây cau 7"

// accessUnits plants province > district > commune and a second district, and returns their ids.
func accessUnits(t testing.TB, c *Core) (province, district, commune, other int64) {
	t.Helper()
	plant := func(code string, kind models.UnitKind, style, name string, parent int64) int64 {
		u := models.Unit{Code: code, Version: 1}
		if err := c.write.Create(&u).Error; err != nil {
			t.Fatal(err)
		}
		path := models.PathStep(u.ID)
		if parent != 0 {
			var up models.UnitSpan
			if err := c.write.Where("unit_id = ?", parent).First(&up).Error; err != nil {
				t.Fatal(err)
			}
			path = up.Path + path
		}
		span := models.UnitSpan{UnitID: u.ID, ParentID: parent, Kind: kind, Style: style, Name: name, Search: models.Fold(name),
			Path: path, From: models.Beginning, To: models.Forever}
		if err := c.write.Create(&span).Error; err != nil {
			t.Fatal(err)
		}
		return u.ID
	}
	province = plant("44", models.Province, "tỉnh", "Quảng Bình", 0)
	district = plant("457", models.District, "huyện", "Lệ Thủy", province)
	commune = plant("19270", models.Commune, "xã", "Mỹ Thủy", district)
	other = plant("456", models.District, "huyện", "Quảng Ninh", province)
	c.trees.drop()
	return province, district, commune, other
}

func accessAdd(t testing.TB, c *Core, login string, role models.Role, unit int64) models.Account {
	t.Helper()
	in := NewAccount{Login: login, Name: "Chị " + login, Password: accessPassword, Role: role, UnitID: unit}
	if role == models.SchoolOfficer {
		in.School = "truong-le-duan"
		accessSchool(t, c, in.School)
	}
	a, err := c.AddAccount(context.Background(), in)
	if err != nil {
		t.Fatalf("%s: %v", login, err)
	}
	return a
}

// accessSchool sees to it that a school is there, with an agreement that holds.
func accessSchool(t testing.TB, c *Core, code string) {
	t.Helper()
	s := models.School{Code: code, Name: "Trường " + code, AgreementFrom: 20130101, AgreementTo: 20180101, Version: 1}
	if err := c.write.Where("code = ?", code).FirstOrCreate(&s).Error; err != nil {
		t.Fatal(err)
	}
}

// accessLogin adds an account and signs it in.
func accessLogin(t testing.TB, c *Core, login string, role models.Role, unit int64) (string, models.Actor) {
	t.Helper()
	accessAdd(t, c, login, role, unit)
	token, actor, err := c.Login(context.Background(), login, accessPassword, "192.0.2.1")
	if err != nil {
		t.Fatalf("%s: %v", login, err)
	}
	return token, actor
}

func accessLater(c *Core, d time.Duration) {
	before := c.now
	c.now = func() time.Time { return before().Add(d) }
}

func wantCode(t testing.TB, what string, err error, kind models.Kind, code string) {
	t.Helper()
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Code != code {
		t.Errorf("%s: %v, want %s %s", what, err, kind, code)
	}
}

func accessAudits(t testing.TB, c *Core, object, action string) int64 {
	t.Helper()
	var n int64
	if err := c.write.Model(&Audit{}).Where("object = ? AND action = ?", object, action).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// Every code that can reach a screen, every role and every permission has a sentence in both languages.
func TestAccessWords(t *testing.T) {
	keys := []string{"not_found", "auth.sign_in", "auth.forbidden", "edit.stale", "internal", AuditEdited, AuditMissing, AuditTail, AuditAnchor}
	for _, r := range models.Roles {
		keys = append(keys, "role."+string(r))
	}
	for _, p := range append(models.Permissions(), models.Public) {
		keys = append(keys, "permission."+string(p))
	}
	for _, action := range auditActions(t) {
		keys = append(keys, "action."+action)
	}
	for _, object := range []string{"cadre", "unit", "standard", "target", "position", "account", "import", "token", "setting", "export",
		"course", "school", "instructor", "venue", "funding"} {
		keys = append(keys, "object."+object)
	}
	for _, lang := range []models.Lang{models.Vi, models.En} {
		for _, k := range keys {
			if models.Word(lang, k) == k {
				t.Errorf("%s: no word for %s", lang, k)
			}
		}
	}
	if got := models.Fail(models.TooMany, "auth.wait", "", "seconds", "40").Message(models.Vi); !strings.Contains(got, "40 giây") {
		t.Errorf("wait: %q", got)
	}
}

// auditActions reads the actions off the calls of audit in this package, and adds those that are put together.
func auditActions(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`\baudit\("([a-z_.]+)", `)
	out := []string{"cadre.import_create", "cadre.import_update", "gaps.export", "unit.rename", "unit.move", "unit.merge", "unit.split", "unit.end"}
	for _, kind := range []string{"holding", "succession", "qualification", "study", "award", "rating"} {
		out = append(out, kind+".add", kind+".change", kind+".remove")
	}
	found := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			out = append(out, m[1])
			found++
		}
	}
	if found < 20 {
		t.Fatalf("only %d calls of audit found: the pattern is out of date", found)
	}
	return out
}
