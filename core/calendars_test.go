package core

import (
	"fmt"
	"strings"
	"testing"

	"datchuan/models"
)

// A feed shows the classes of its account's scope, and nothing of people; a renewed or revoked address leads nowhere.
func TestCalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newNoticeWorld(t, c)
		hers, err := c.SaveClass(w.ctx, w.other, models.Class{Course: w.course.Code, Name: "Lớp Minh Hóa", UnitID: w.unit["MH"], School: "truong-thu", From: 20130401, To: 20130405, Seats: 5, MinLearners: 1, Contact: "Chị Canary"})
		if err != nil {
			t.Fatal(err)
		}
		unknown := func(what, secret string) {
			t.Helper()
			_, err := c.Calendar(w.ctx, secret, "192.0.2.9")
			wantCode(t, what, err, models.NotFound, "not_found")
		}
		unknown("nothing", "")
		unknown("unknown", strings.Repeat("x", 43))
		names := func(actor models.Actor) (string, string) {
			t.Helper()
			secret, err := c.RenewCalendar(w.ctx, actor)
			if err != nil {
				t.Fatal(err)
			}
			feed, err := c.Calendar(w.ctx, secret, "192.0.2.9")
			if err != nil || feed.Lang != models.Vi || len(feed.Office) != 12 {
				t.Fatal(feed, err)
			}
			var out []string
			for _, l := range feed.Classes {
				out = append(out, fmt.Sprintf("%s/%d", l.Class.Name, len(l.Sessions)))
				if l.Changed == 0 || l.Course == "" {
					t.Errorf("%+v", l)
				}
			}
			return strings.Join(out, " "), secret
		}
		if got, _ := names(w.province); got != "Lớp Minh Hóa/0 Lớp LLCT/10" {
			t.Errorf("province: %s", got)
		}
		if got, _ := names(w.other); got != "Lớp Minh Hóa/0 Lớp LLCT/10" {
			t.Errorf("Minh Hóa: %s", got)
		}
		got, first := names(w.district)
		if got != "Lớp LLCT/10" {
			t.Errorf("Lệ Thủy: %s", got)
		}
		if got, _ := names(w.teacher); got != "Lớp LLCT/10" { // her school's, once announced
			t.Errorf("school: %s", got)
		}
		var stored int64
		if err := c.read.Model(&calendar{}).Where("token_hash = ?", first).Count(&stored).Error; err != nil || stored != 0 {
			t.Errorf("the address itself is stored: %v", err)
		}
		_, second := names(w.district)
		unknown("renewed", first)
		if feed, err := c.CalendarOf(w.ctx, w.district); err != nil || feed.CreatedAt == 0 || feed.UsedAt == 0 {
			t.Errorf("%+v %v", feed, err)
		}
		if err := c.RevokeCalendar(w.ctx, w.district); err != nil {
			t.Fatal(err)
		}
		unknown("revoked", second)
		token := w.district
		token.Token = true
		_, err = c.RenewCalendar(w.ctx, token)
		wantCode(t, "a token makes no feed", err, models.Forbidden, "auth.forbidden")
		_, third := names(w.district)
		_, admin := accessLogin(t, c, "quan-tri", models.Administrator, 0)
		_, err = c.RenewCalendar(w.ctx, admin)
		wantCode(t, "who reads no classes", err, models.Forbidden, "auth.forbidden")
		if err := c.SetPassword(w.ctx, admin, w.district.AccountID, accessPassword+"?"); err != nil {
			t.Fatal(err)
		}
		unknown("after a reset", third)
		_, fourth := names(w.other)
		a, err := c.Account(w.ctx, admin, w.other.AccountID)
		if err == nil {
			_, err = c.UpdateAccount(w.ctx, admin, a.ID, a.Version, AccountEdit{Name: a.Name, Role: a.Role, UnitID: a.UnitID, Language: a.Language, Disabled: true})
		}
		if err != nil {
			t.Fatal(err)
		}
		unknown("a disabled account", fourth)
		if hers.ID == 0 {
			t.Error("no class")
		}
	})
}
