package core

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"datchuan/models"
)

// auditWrite puts n rows into the log, one transaction each.
func auditWrite(t testing.TB, c *Core, n int) {
	t.Helper()
	for i := range n {
		err := c.transact(context.Background(), models.Actor{AccountID: 5, Login: "officer"}, func(tx *Tx) error {
			return tx.audit("update", "target", int64(i+1), change{Before: i, After: i + 1})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyAudit(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		check, err := c.VerifyAudit(ctx)
		if err != nil || check.Problem != "" || check.Rows != 0 || check.Head != "0:" {
			t.Fatalf("empty log: %+v %v", check, err)
		}
		auditWrite(t, c, 6)
		early, err := c.VerifyAudit(ctx, check.Head)
		if err != nil || early.Problem != "" || early.Rows != 6 {
			t.Fatalf("%+v %v", early, err)
		}
		auditWrite(t, c, 6)
		if check, err = c.VerifyAudit(ctx, early.Head); err != nil || check.Problem != "" || check.Rows != 12 {
			t.Fatalf("%+v %v", check, err)
		}
		audits := func(db *gorm.DB) *gorm.DB { return db.Table("audits") }
		for what, tc := range map[string]struct {
			do      func(db *gorm.DB) error
			problem string
			row     int64
		}{
			"a detail edited":   {func(db *gorm.DB) error { return audits(db).Where("id = 4").Update("detail", "{}").Error }, AuditEdited, 4},
			"an author edited":  {func(db *gorm.DB) error { return audits(db).Where("id = 4").Update("account_id", 6).Error }, AuditEdited, 4},
			"a time edited":     {func(db *gorm.DB) error { return audits(db).Where("id = 4").Update("at", 1).Error }, AuditEdited, 4},
			"a row deleted":     {func(db *gorm.DB) error { return db.Delete(&Audit{}, 5).Error }, AuditMissing, 5},
			"the first deleted": {func(db *gorm.DB) error { return db.Delete(&Audit{}, 1).Error }, AuditMissing, 1},
			"two rows swapped": {func(db *gorm.DB) error {
				for _, move := range [][2]int{{7, 99}, {8, 7}, {99, 8}} {
					if err := audits(db).Where("id = ?", move[0]).Update("id", move[1]).Error; err != nil {
						return err
					}
				}
				return nil
			}, AuditEdited, 7},
			"the tail cut": {func(db *gorm.DB) error { return db.Where("id > 10").Delete(&Audit{}).Error }, AuditTail, 11},
			"all deleted":  {func(db *gorm.DB) error { return db.Where("id > 0").Delete(&Audit{}).Error }, AuditTail, 1},
			"a row added past the chain": {func(db *gorm.DB) error {
				return db.Create(&Audit{ID: 13, Login: "x", Action: "x", Object: "x", Detail: "{}", Hash: strings.Repeat("0", 64)}).Error
			}, AuditEdited, 13},
			"rewritten without the key": {rewriteAudits, AuditEdited, 3},
			"cut, with the head set back": {func(db *gorm.DB) error {
				var last Audit
				if err := db.First(&last, 3).Error; err != nil {
					return err
				}
				if err := db.Where("id > 3").Delete(&Audit{}).Error; err != nil {
					return err
				}
				return db.Model(&auditHead{}).Where("id = 1").Updates(map[string]any{"last_id": 3, "hash": last.Hash}).Error
			}, AuditAnchor, 4},
		} {
			tx := c.write.Begin()
			if err := tc.do(tx); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			anchor, hash, _ := strings.Cut(early.Head, ":")
			if anchor != "6" {
				t.Fatal(early.Head)
			}
			got, err := c.keys.verifyChain(tx, map[int64]string{6: hash})
			if err != nil || got.Problem != tc.problem || got.BadRow != tc.row {
				t.Errorf("%s: %+v %v, want %s at %d", what, got, err, tc.problem, tc.row)
			}
			if err := tx.Rollback().Error; err != nil {
				t.Fatal(err)
			}
		}
		if check, err := c.VerifyAudit(ctx, early.Head); err != nil || check.Problem != "" {
			t.Errorf("untouched again: %+v %v", check, err)
		}
		if _, err := c.VerifyAudit(ctx, "nonsense"); err == nil {
			t.Error("a head of a wrong form must be an error")
		}
	})
}

// rewriteAudits forges row 3 and all hashes after it with another key, the head too, as somebody can who rules the
// database but not the key file.
func rewriteAudits(db *gorm.DB) error {
	forger, err := parseKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	if err != nil {
		return err
	}
	var rows []Audit
	if err := db.Order("id").Find(&rows).Error; err != nil {
		return err
	}
	hash := rows[1].Hash
	for _, a := range rows[2:] {
		if a.ID == 3 {
			a.Detail = `{"forged":true}`
		}
		a.Hash = forger.chain(hash, a)
		hash = a.Hash
		if err := db.Model(&Audit{}).Where("id = ?", a.ID).Updates(map[string]any{"detail": a.Detail, "hash": a.Hash}).Error; err != nil {
			return err
		}
	}
	return db.Model(&auditHead{}).Where("id = 1").Update("hash", hash).Error
}

// Writers at the same time make one chain without gaps, and a check beside them sees no fault.
func TestAuditChainUnderParallelWriters(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		done := make(chan error)
		for range 4 {
			go func() { done <- func() error { auditWrite(t, c, 25); return nil }() }()
		}
		for left := 4; left > 0; {
			select {
			case <-done:
				left--
			default:
				if check, err := c.VerifyAudit(context.Background()); err != nil || check.Problem != "" {
					t.Errorf("beside writers: %+v %v", check, err)
				}
			}
		}
		if check, err := c.VerifyAudit(context.Background()); err != nil || check.Problem != "" || check.Rows != 100 {
			t.Errorf("%+v %v", check, err)
		}
	})
}

func TestAuditsFilter(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		auditWrite(t, c, 7) // target 1..7 by account 5
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		for what, tc := range map[string]struct {
			f    AuditFilter
			want string
		}{
			"all":        {AuditFilter{}, "9 8 7 6 5 4 3 2 1"},
			"a page":     {AuditFilter{Limit: 3}, "9 8 7"},
			"the next":   {AuditFilter{Limit: 3, Before: 7}, "6 5 4"},
			"an object":  {AuditFilter{Object: "target", ObjectID: 2}, "2"},
			"an account": {AuditFilter{AccountID: 5, Limit: 2}, "7 6"},
			"an action":  {AuditFilter{Action: "account.login"}, "9"},
			"the day":    {AuditFilter{From: 20130301, To: 20130301, Object: "target"}, "7 6 5 4 3 2 1"},
			"day before": {AuditFilter{To: 20130228}, ""},
			"day after":  {AuditFilter{From: 20130302}, ""},
			"no such":    {AuditFilter{Object: "x' OR 1=1 --"}, ""},
		} {
			rows, err := c.Audits(ctx, admin, tc.f)
			ids := make([]string, len(rows))
			for i, r := range rows {
				ids[i] = fmt.Sprint(r.ID)
			}
			if got := strings.Join(ids, " "); err != nil || got != tc.want {
				t.Errorf("%s: %q, want %q (%v)", what, got, tc.want, err)
			}
		}
	})
}

// auditCadre plants a cadre with a log of what may and what may not be seen by everybody.
func auditCadre(t testing.TB, c *Core, unit int64) int64 {
	t.Helper()
	var span models.UnitSpan
	if err := c.write.Where("unit_id = ?", unit).First(&span).Error; err != nil {
		t.Fatal(err)
	}
	cadre := models.Cadre{Name: "Trần Thị Kín", Search: "tran thi kin", SortKey: []byte{1}, UnitID: unit, Path: span.Path, State: models.Active, Version: 1}
	if err := c.write.Create(&cadre).Error; err != nil {
		t.Fatal(err)
	}
	err := c.transact(context.Background(), models.Actor{AccountID: 5, Login: "officer"}, func(tx *Tx) error {
		after := map[string]any{"phone": "0912345678", "religion": "CANARY-REL", "ethnicity": "CANARY-ETH", "party": "CANARY-PAR",
			"party_date": "CANARY-PDA", "identity_end": "CANARY-IDE", "Identity": "CANARY-IDN", "PartyDate": "CANARY-PD2"}
		err := tx.audit("update", "cadre", cadre.ID, change{Before: map[string]any{"list": []any{after}}, After: after})
		if err != nil {
			return err
		}
		return tx.audit("import", "cadre", cadre.ID, map[string]any{"fields": []string{"religion", "phone"}, "changes": []map[string]string{
			{"Field": "religion", "after": "CANARY-CHG"}, {"field": "phone", "after": "0987654321"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return cadre.ID
}

func TestHistoryShowsWhatTheReaderMaySee(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		province, district, commune, other := accessUnits(t, c)
		id := auditCadre(t, c, commune)
		for role, tc := range map[models.Role]struct {
			unit            int64
			seen, sensitive bool
		}{
			models.ProvinceOfficer: {province, true, true},
			models.DistrictOfficer: {district, true, true},
			models.ProvinceViewer:  {province, true, false},
			models.CommuneOfficer:  {commune, true, false},
		} {
			_, actor := accessLogin(t, c, strings.ReplaceAll(string(role), "_", "-"), role, tc.unit)
			rows, err := c.History(ctx, actor, "cadre", id)
			if err != nil || len(rows) != 2 || rows[0].ID < rows[1].ID {
				t.Fatalf("%s: %d rows %v", role, len(rows), err)
			}
			text := rows[0].Detail + rows[1].Detail
			if !strings.Contains(text, "0912345678") || !strings.Contains(text, "0987654321") {
				t.Errorf("%s misses what she may see: %s", role, text)
			}
			if got := strings.Contains(text, "CANARY") || strings.Contains(text, "religion"); got != tc.sensitive {
				t.Errorf("%s: restricted fields shown = %v: %s", role, got, text)
			}
		}
		_, stranger := accessLogin(t, c, "stranger", models.DistrictOfficer, other)
		_, errOut := c.History(ctx, stranger, "cadre", id)
		_, errNone := c.History(ctx, stranger, "cadre", 9999)
		wantCode(t, "out of scope", errOut, models.NotFound, "not_found")
		if fmt.Sprint(errOut) != fmt.Sprint(errNone) {
			t.Errorf("out of scope %v reads unlike absent %v", errOut, errNone)
		}
		_, errUnit := c.History(ctx, stranger, "unit", commune)
		wantCode(t, "a foreign unit", errUnit, models.NotFound, "not_found")
		if _, err := c.History(ctx, stranger, "unit", other); err != nil {
			t.Errorf("her own unit: %v", err)
		}
		_, err := c.History(ctx, stranger, "session", 1)
		wantCode(t, "an object without history", err, models.NotFound, "not_found")
		_, err = c.History(ctx, stranger, "account", stranger.AccountID)
		wantCode(t, "an account", err, models.Forbidden, "auth.forbidden")
		_, none := accessLogin(t, c, "school", models.SchoolOfficer, 0)
		_, err = c.History(ctx, none, "cadre", id)
		wantCode(t, "a school", err, models.Forbidden, "auth.forbidden")
		none.Role = models.ProvinceOfficer // an actor whose unit is gone
		for _, object := range []string{"cadre", "unit"} {
			_, err = c.History(ctx, none, object, id)
			wantCode(t, "no scope, "+object, err, models.NotFound, "not_found")
		}
	})
}

// The administrator sees who did what to which field, and no value of a person.
func TestAdministratorReadsNoPersonalData(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, _, commune, _ := accessUnits(t, c)
		id := auditCadre(t, c, commune)
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		rows, err := c.Audits(ctx, admin, AuditFilter{Object: "cadre", ObjectID: id})
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d %v", len(rows), err)
		}
		text, err := json.Marshal(rows)
		if err != nil || strings.Contains(string(text), "CANARY") || strings.Contains(string(text), "0912345678") || strings.Contains(string(text), "0987654321") {
			t.Errorf("%s", text)
		}
		if !strings.Contains(rows[1].Detail, `"phone":"•••"`) {
			t.Errorf("the changed field must show: %s", rows[1].Detail)
		}
		if check, err := c.VerifyAudit(ctx); err != nil || check.Problem != "" {
			t.Errorf("the stored rows keep all: %+v %v", check, err)
		}
	})
}
