package main

import (
	"os"
	"strings"
	"testing"
)

func TestUserAdd(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.done("synth", "--cadres", "50")
		for _, c := range []struct {
			password string
			flags    []string
			says     string
		}{
			{"ngan", []string{"--login", "a-b-c", "--role", "administrator"}, "15"},
			{"", []string{"--login", "a-b-c", "--role", "administrator"}, "15"},
			{"mat khau dai vua du dung", []string{"--login", "a-b-c", "--role", "queen"}, "datchuan: "},
			{"mat khau dai vua du dung", []string{"--login", "a-b-c", "--role", "province_officer"}, "datchuan: "},
			{"mat khau dai vua du dung", []string{"--login", "a-b-c", "--role", "province_officer", "--unit", "nowhere"}, `"nowhere"`},
		} {
			if a := p.feed(c.password+"\n", append([]string{"user", "add"}, c.flags...)...); a.code != 1 || !strings.Contains(a.err, c.says) || a.out != "" {
				t.Errorf("%v: %+v", c.flags, a)
			}
		}
		if n := p.rows("SELECT COUNT(*) FROM accounts"); n != 0 {
			t.Fatalf("%d accounts", n)
		}
		unit := p.text("SELECT MIN(code) FROM units WHERE id IN (SELECT unit_id FROM unit_spans WHERE kind = 'district')")
		if a := p.feed("mat khau dai vua du dung", "user", "add", "--login", "huyen-1", "--role", "district_officer", "--unit", unit); a.code != 0 {
			t.Fatalf("%+v", a)
		}
		if a := p.feed("mat khau dai vua du dung", "user", "add", "--login", "huyen-1", "--role", "district_officer", "--unit", unit); a.code != 1 {
			t.Errorf("the same login again: %+v", a)
		}
		p.start("serve").login("huyen-1", "mat khau dai vua du dung")
	})
}

// TestBackupMovesBetweenDatabases: out of one kind, into the other, and back, with the same lists.
func TestBackupMovesBetweenDatabases(t *testing.T) {
	from, to, back := newPlace(t, "sqlite"), newPlace(t, "postgres"), newPlace(t, "sqlite")
	s := from.start("demo")
	file := from.file("backup.zip")
	from.done("backup", file) // while the server runs
	s.stop(os.Interrupt)
	list := func(p place) string { return p.done("gaps", chairs, onDay, "--standard=ke-hoach-2013") }
	to.refused(1, "datchuan: ", "restore", to.file("none.zip"))
	counts := func(text string) map[string]int64 { return decode[struct{ Counts map[string]int64 }](t, text).Counts }
	if n := counts(to.done("restore", file)); n["cadres"] != to.rows("SELECT COUNT(*) FROM cadres") || n["cadres"] == 0 {
		t.Errorf("restored %v", n)
	}
	if list(to) != list(from) {
		t.Error("the list on PostgreSQL differs from that on SQLite")
	}
	to.done("doctor")
	to.done("backup", to.file("back.zip"))
	back.done("restore", to.file("back.zip"))
	if list(back) != list(from) {
		t.Error("the list after the way back differs")
	}
	back.done("doctor")
	verified := decode[struct{ Rows int64 }](t, back.done("audit", "verify"))
	if n := back.rows("SELECT COUNT(*) FROM audits"); verified.Rows != n || n == 0 {
		t.Errorf("verified %d of %d rows", verified.Rows, n)
	}
	again := back.start("demo")
	again.login("le-thuy", s.logins()["le-thuy"])
	again.stop(os.Interrupt)
	back.refused(1, "đã có dữ liệu", "restore", file)
	torn := from.file("torn.zip")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(torn, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	newPlace(t, "sqlite").refused(1, "không phải bản sao lưu", "restore", torn)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup holds the key: %v %v", info, err)
	}
}

// Doctor and audit verify end with 1 when something is wrong, and say what.
func TestChecksFindDamage(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.done("synth", "--cadres", "100")
		if out := p.done("doctor"); !strings.Contains(out, "0 differences") {
			t.Errorf("doctor: %s", out)
		}
		if r := decode[struct{ Cadres int }](t, p.done("doctor", "--json")); r.Cadres != 100 {
			t.Errorf("doctor --json: %+v", r)
		}
		p.exec("UPDATE standings SET overall = 'm' WHERE id = (SELECT MIN(id) FROM standings WHERE overall <> 'm')")
		if a := p.refused(1, "doctor found problems", "doctor"); !strings.Contains(a.out, "1 x ") {
			t.Errorf("doctor: %s", a.out)
		}
		p.done("audit", "verify")
		p.exec("UPDATE audits SET detail = '{}' WHERE id = 2")
		p.refused(1, "row 2", "audit", "verify")
	})
}
