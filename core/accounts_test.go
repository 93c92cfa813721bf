package core

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"datchuan/models"
)

func TestSetupHappensOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		stale, err := c.SetupToken(ctx)
		if err != nil || stale == "" {
			t.Fatalf("%q %v", stale, err)
		}
		token, err := c.SetupToken(ctx)
		if err != nil || token == "" || token == stale {
			t.Fatalf("%q %v", token, err)
		}
		var s setting
		if err := c.write.Where("key = ?", settingSetup).First(&s).Error; err != nil || strings.Contains(s.Value, token) {
			t.Fatalf("the token must not be stored: %v", err)
		}
		in := NewAccount{Login: " Quan.Tri ", Name: "Trần Thị Quản", Password: accessPassword, Role: models.ProvinceOfficer, UnitID: 7}
		_, err = c.Setup(ctx, stale, in, FirstMap{Province: "Quảng Trị"})
		wantCode(t, "replaced token", err, models.NotFound, "setup.expired")
		weak := in
		weak.Password = "ngắn quá"
		_, err = c.Setup(ctx, token, weak, FirstMap{Province: "Quảng Trị"})
		wantCode(t, "weak password", err, models.Invalid, "account.password_short")

		var wg sync.WaitGroup
		made := make(chan models.Account, 10)
		for range 10 {
			wg.Go(func() {
				if a, err := c.Setup(ctx, token, in, FirstMap{Province: "Quảng Trị"}); err == nil {
					made <- a
				}
			})
		}
		wg.Wait()
		close(made)
		if len(made) != 1 {
			t.Fatalf("%d accounts from one token", len(made))
		}
		if a := <-made; a.Role != models.Administrator || a.UnitID == 0 || a.Login != "quan.tri" {
			t.Errorf("first account: %+v", a)
		}
		if again, err := c.SetupToken(ctx); again != "" || err != nil {
			t.Errorf("a token though an account exists: %v", err)
		}
	})
}

func TestSetupExpires(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		token, err := c.SetupToken(ctx)
		if err != nil {
			t.Fatal(err)
		}
		accessLater(c, setupLifetime)
		_, err = c.Setup(ctx, token, NewAccount{Login: "admin", Name: "A", Password: accessPassword}, FirstMap{Reference: true})
		wantCode(t, "after half an hour", err, models.NotFound, "setup.expired")
	})
}

func TestAccountRules(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, district, _, _ := accessUnits(t, c)
		good := NewAccount{Login: "lethuy", Name: "Lê Thị Thủy", Password: accessPassword, Role: models.DistrictOfficer, UnitID: district}
		for what, tc := range map[string]struct {
			edit func(*NewAccount)
			code string
		}{
			"login with accents":     {func(n *NewAccount) { n.Login = "lệ thủy" }, "account.login"},
			"login of two letters":   {func(n *NewAccount) { n.Login = "ab" }, "account.login"},
			"no name":                {func(n *NewAccount) { n.Name = "  " }, "account.name"},
			"unknown role":           {func(n *NewAccount) { n.Role = "boss" }, "account.role"},
			"unknown language":       {func(n *NewAccount) { n.Language = "fr" }, "account.language"},
			"no unit":                {func(n *NewAccount) { n.UnitID = 0 }, "account.unit_needed"},
			"unit of nowhere":        {func(n *NewAccount) { n.UnitID = 9999 }, "account.unit_unknown"},
			"school of an officer":   {func(n *NewAccount) { n.School = "x" }, "account.school_unfit"},
			"school without school":  {func(n *NewAccount) { n.Role, n.UnitID = models.SchoolOfficer, 0 }, "account.school_needed"},
			"school with a unit":     {func(n *NewAccount) { n.Role, n.School = models.SchoolOfficer, "x" }, "account.unit_unfit"},
			"password is her login":  {func(n *NewAccount) { n.Password = "lethuylethuylethuy" }, "account.password_guessable"},
			"password is too short":  {func(n *NewAccount) { n.Password = "mèo leo cây cau"[:14] }, "account.password_short"},
			"password is a document": {func(n *NewAccount) { n.Password = strings.Repeat("con mèo ", 40) }, "account.password_long"},
		} {
			in := good
			tc.edit(&in)
			_, err := c.AddAccount(ctx, in)
			wantCode(t, what, err, models.Invalid, tc.code)
		}
		if _, err := c.AddAccount(ctx, good); err != nil {
			t.Fatal(err)
		}
		good.Login = "LeThuy"
		_, err := c.AddAccount(ctx, good)
		wantCode(t, "same login in capitals", err, models.Conflict, "account.login_taken")
		if n := accessAudits(t, c, "account", "account.create"); n != 1 {
			t.Errorf("%d audit rows for one account", n)
		}
		var row Audit
		if err := c.write.Where("action = ?", "account.create").First(&row).Error; err != nil {
			t.Fatal(err)
		}
		if strings.Contains(row.Detail, "argon2id") || row.AccountID != operatorID {
			t.Errorf("audit row: %+v", row)
		}
	})
}

func TestOnlyTheAdministratorManagesAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		province, district, _, _ := accessUnits(t, c)
		victim := accessAdd(t, c, "victim", models.DistrictOfficer, district)
		for _, role := range models.Roles {
			unit := province
			if role == models.SchoolOfficer || role == models.Administrator {
				unit = 0
			}
			_, actor := accessLogin(t, c, "x-"+strings.ReplaceAll(string(role), "_", "-"), role, unit)
			_, errs := c.Accounts(ctx, actor)
			_, err2 := c.CreateAccount(ctx, actor, NewAccount{})
			_, err3 := c.UpdateAccount(ctx, actor, victim.ID, 99, AccountEdit{Name: "x", Role: models.ProvinceViewer, UnitID: province, Language: models.Vi})
			err4 := c.SetPassword(ctx, actor, victim.ID, "x")
			err5 := c.EndSessions(ctx, actor, 9999)
			_, err6 := c.Audits(ctx, actor, AuditFilter{})
			_, err7 := c.SessionCounts(ctx, actor)
			err8 := c.SetLetterhead(ctx, actor, 9999, models.Letterhead{})
			for i, err := range []error{errs, err2, err3, err4, err5, err6, err7, err8} {
				if forbidden := models.KindOf(err) == models.Forbidden; forbidden != (role != models.Administrator) {
					t.Errorf("%s, call %d: %v", role, i+1, err)
				}
			}
		}
		if _, err := c.Accounts(ctx, models.Actor{}); models.KindOf(err) != models.Unauthorized {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestUpdateAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		province, district, _, _ := accessUnits(t, c)
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		token, officer := accessLogin(t, c, "officer", models.DistrictOfficer, district)
		id := officer.AccountID
		edit := AccountEdit{Name: "Tên mới", Role: models.DistrictOfficer, UnitID: district, Language: models.En}
		a, err := c.UpdateAccount(ctx, admin, id, 1, edit)
		if err != nil || a.Version != 2 || a.Name != "Tên mới" {
			t.Fatalf("%+v %v", a, err)
		}
		if actor, err := c.ActorBySession(ctx, token); err != nil || actor.Name != "Tên mới" || actor.Language != models.En {
			t.Fatalf("a new name must not sign out: %+v %v", actor, err)
		}
		_, err = c.UpdateAccount(ctx, admin, id, 1, edit)
		wantCode(t, "old version", err, models.Stale, "edit.stale")
		_, err = c.UpdateAccount(ctx, admin, 9999, 1, edit)
		wantCode(t, "no such account", err, models.NotFound, "not_found")
		for what, change := range map[string]func(*AccountEdit){
			"role":     func(e *AccountEdit) { e.Role, e.UnitID = models.ProvinceViewer, province },
			"unit":     func(e *AccountEdit) { e.UnitID = province },
			"disabled": func(e *AccountEdit) { e.Disabled = true },
		} {
			token, _, err := c.Login(ctx, "officer", accessPassword, "")
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			now, err := c.Account(ctx, admin, id)
			if err != nil {
				t.Fatal(err)
			}
			e := edit
			change(&e)
			if _, err := c.UpdateAccount(ctx, admin, id, now.Version, e); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if _, err := c.ActorBySession(ctx, token); models.KindOf(err) != models.Unauthorized {
				t.Errorf("%s: the session lives on: %v", what, err)
			}
			if _, err := c.UpdateAccount(ctx, admin, id, now.Version+1, edit); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Two administrators dismiss each other at the same moment: one must remain, every time.
func TestLastAdministratorStays(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, one := accessLogin(t, c, "one", models.Administrator, 0)
		two := accessAdd(t, c, "two", models.Administrator, 0)
		off := AccountEdit{Name: "x", Role: models.Administrator, Language: models.Vi, Disabled: true}
		for round := range 5 {
			var wg sync.WaitGroup
			errs := make([]error, 2)
			for i, id := range []int64{one.AccountID, two.ID} {
				a, err := c.Account(ctx, one, id)
				if err != nil {
					t.Fatal(err)
				}
				wg.Go(func() { _, errs[i] = c.UpdateAccount(ctx, one, id, a.Version, off) })
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("round %d: %v, %v", round, errs[0], errs[1])
			}
			for i, id := range []int64{one.AccountID, two.ID} {
				if errs[i] != nil {
					wantCode(t, "the loser", errs[i], models.Conflict, "account.last_administrator")
					continue
				}
				a, err := c.Account(ctx, one, id)
				if err != nil {
					t.Fatal(err)
				}
				on := off
				on.Disabled = false
				if _, err := c.UpdateAccount(ctx, one, id, a.Version, on); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestPasswordChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		const second, third = "bà ngoại trồng khoai lang", "trời mưa thì đi dép nhựa"
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		token, actor := accessLogin(t, c, "own", models.Administrator, 0)
		secret, _, err := c.CreateToken(ctx, actor, "máy tính", []models.Permission{models.AuditRead}, 20130401)
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, "wrong old one", c.ChangePassword(ctx, actor, second, third), models.Invalid, "account.password_wrong")
		if err := c.ChangePassword(ctx, actor, accessPassword, second); err != nil {
			t.Fatal(err)
		}
		if _, err := c.ActorBySession(ctx, token); models.KindOf(err) != models.Unauthorized {
			t.Errorf("her session lives on: %v", err)
		}
		if _, err := c.ActorByToken(ctx, secret); err != nil {
			t.Errorf("her token must go on: %v", err)
		}
		if token, _, err = c.Login(ctx, "own", second, ""); err != nil {
			t.Fatal(err)
		}
		if err := c.SetPassword(ctx, admin, actor.AccountID, third); err != nil {
			t.Fatal(err)
		}
		if _, err := c.ActorBySession(ctx, token); models.KindOf(err) != models.Unauthorized {
			t.Errorf("session after a reset: %v", err)
		}
		if _, err := c.ActorByToken(ctx, secret); models.KindOf(err) != models.Unauthorized {
			t.Errorf("token after a reset: %v", err)
		}
		_, _, err = c.Login(ctx, "own", second, "")
		wantCode(t, "old password", err, models.Unauthorized, "auth.wrong")
		if _, _, err := c.Login(ctx, "own", third, ""); err != nil {
			t.Fatal(err)
		}
		if accessAudits(t, c, "account", "account.password_change") != 1 || accessAudits(t, c, "account", "account.password_reset") != 1 {
			t.Error("password changes are not in the log")
		}
	})
}

func TestSetLanguage(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		token, actor := accessLogin(t, c, "admin", models.Administrator, 0)
		wantCode(t, "French", c.SetLanguage(ctx, actor, "fr"), models.Invalid, "account.language")
		if err := c.SetLanguage(ctx, actor, models.En); err != nil {
			t.Fatal(err)
		}
		if got, err := c.ActorBySession(ctx, token); err != nil || got.Language != models.En {
			t.Fatalf("%+v %v", got, err)
		}
	})
}

func TestOperatorSeesTheWholeTree(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		if a, err := c.Operator(ctx); err != nil || a.Path != "" || a.AccountID != -1 {
			t.Fatalf("no units yet: %+v %v", a, err)
		}
		province, _, commune, _ := accessUnits(t, c)
		a, err := c.Operator(ctx)
		if err != nil || a.UnitID != province || a.Path != models.PathStep(province) || a.Role != models.ProvinceOfficer {
			t.Fatalf("%+v %v", a, err)
		}
		second := models.Unit{Code: "45", Version: 1}
		if err := c.write.Create(&second).Error; err != nil {
			t.Fatal(err)
		}
		span := models.UnitSpan{UnitID: second.ID, Kind: models.Province, Name: "Quảng Trị", Path: models.PathStep(second.ID), From: models.Beginning, To: models.Forever}
		if err := c.write.Create(&span).Error; err != nil {
			t.Fatal(err)
		}
		c.trees.drop()
		a, err = c.Operator(ctx)
		if err != nil || a.UnitID != 0 {
			t.Fatalf("%+v %v", a, err)
		}
		for _, id := range []int64{commune, second.ID} {
			if err := c.unitInScope(ctx, a, id); err != nil {
				t.Errorf("unit %d: %v", id, err)
			}
		}
		var n int64
		if err := under(c.read.Model(&models.UnitSpan{}), "path", a.Path).Count(&n).Error; err != nil || n != 5 {
			t.Errorf("%d of 5 spans: %v", n, err)
		}
	})
}

func TestPasswordRules(t *testing.T) {
	const login, name = "hoa.nguyen", "Nguyễn Thị Hòa"
	for password, want := range map[string]string{
		"con mèo nhỏ leo cây":          "",
		"Correct horse battery staple": "",
		"k7#xQp2!vLm9@wRz":             "",
		"mưa rơi trên phố":             "",
		"ngắn":                         "account.password_short",
		"mưa rơi trên p":               "account.password_short",
		"aaaaaaaaaaaaaaaaaaaa":         "account.password_guessable",
		"123456789012345678":           "account.password_guessable",
		"abcdefghijklmnopqrst":         "account.password_guessable",
		"hoiphunuquangbinh2013":        "account.password_guessable",
		"Hội Phụ Nữ Quảng Bình 2013":   "account.password_guessable",
		"datchuan datchuan datchuan":   "account.password_guessable",
		"matkhau123456789!":            "account.password_guessable",
		"P@ssword P@ssword 1":          "account.password_guessable",
		"nguyễn thị hòa 123456":        "account.password_guessable",
		"HOA.NGUYEN.HOA.NGUYEN":        "account.password_guessable",
		"qwertyuiopasdfghjkl":          "account.password_guessable",
		"abababababababababab":         "account.password_guessable",
	} {
		err := checkPassword(password, login, name)
		if got := codeOf(err); got != want {
			t.Errorf("%q: %q, want %q (%d fresh)", password, got, want, freshCharacters(password, login, name))
		}
	}
	if err := checkPassword(strings.Repeat("mèo ", 64)+"x", login, name); codeOf(err) != "account.password_long" {
		t.Errorf("257 characters: %v", err)
	}
}

func codeOf(err *models.Error) string {
	if err == nil {
		return ""
	}
	return err.Code
}

// The same password typed on a machine that composes accents and on one that does not.
func TestPasswordIsNormalised(t *testing.T) {
	c := openTest(t, "sqlite")
	ctx := context.Background()
	nfc, nfd := "tiếng Việt có dấu", "tie\u0302\u0301ng Vie\u0323\u0302t co\u0301 da\u0302\u0301u"
	hash, err := c.hashPassword(ctx, nfc)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored form: %s", hash)
	}
	for password, want := range map[string]bool{nfc: true, nfd: true, "Tiếng Việt có dấu": false, nfc + " ": false} {
		if ok, err := c.matches(ctx, hash, password); err != nil || ok != want {
			t.Errorf("%q: %v %v", password, ok, err)
		}
	}
	again, err := c.hashPassword(ctx, nfc)
	if err != nil || again == hash {
		t.Errorf("the salt must differ: %v", err)
	}
	if ok, err := c.matches(ctx, decoyHash, nfc); ok || err != nil {
		t.Errorf("decoy: %v %v", ok, err)
	}
	if _, err := c.matches(ctx, "md5:abc", nfc); err == nil {
		t.Error("a foreign hash must be an error")
	}
}

// At most as many hashes at a time as the bound says, and who waits gives up with her request.
func TestHashesAreBounded(t *testing.T) {
	c := openTest(t, "sqlite")
	for range cap(c.hashes) {
		c.hashes <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.hashPassword(ctx, accessPassword); err == nil {
		t.Error("a hash ran beyond the bound")
	}
	accessRelease(c)
	if _, err := c.hashPassword(context.Background(), accessPassword); err != nil {
		t.Error(err)
	}
}

func accessRelease(c *Core) {
	for len(c.hashes) > 0 {
		<-c.hashes
	}
}
