package core

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// settingDemo marks a database that BuildDemo made, with the seed.
const settingDemo = "demo"

// DemoLogin is an account of the demonstration with its password in clear: it protects no real person.
type DemoLogin struct {
	Role     models.Role
	Login    string
	Password string
}

// demoAccount is a login with where it belongs.
type demoAccount struct {
	DemoLogin
	name, unit, school string
}

// demoOfficer is the login of the province's Ban Tổ chức.
const demoOfficer = "ban-to-chuc"

// BuildDemo fills an empty database with the demonstration: the fictional province of package demo as the plan found it on
// 1 March 2013, what happened from then to the working date, and accounts for every role. A database that already holds the
// demonstration is left as it is; any other with data is refused. The logins are the same each time.
func (c *Core) BuildDemo(ctx context.Context, today models.Date) ([]DemoLogin, error) {
	accounts, err := demoAccounts()
	if err != nil {
		return nil, err
	}
	logins := make([]DemoLogin, len(accounts))
	for i, a := range accounts {
		logins[i] = a.DemoLogin
	}
	if built, err := c.IsDemo(ctx); err != nil || built {
		return c.stillOpen(ctx, logins, err)
	}
	if err := c.SeedReference(ctx); err != nil {
		return nil, err
	}
	hashing := make(chan error, 1) // beside the population: both take their time
	var hashes []string
	go func() {
		var err error
		hashes, err = c.hashDemo(ctx, accounts)
		hashing <- err
	}()
	err = c.transactBulk(ctx, operator(), func(b *bulk) error {
		if err := b.refuseFull(); err != nil {
			return err
		}
		planted, err := b.populate(reference.QuangBinhUnits(), demo.Province(demo.Seed))
		if err != nil {
			return err
		}
		if err := <-hashing; err != nil {
			return err
		}
		opened, err := b.openAccounts(accounts, hashes, planted)
		if err != nil {
			return err
		}
		settings := []setting{{Key: settingDemo, Value: strconv.FormatUint(demo.Seed, 10)}, {Key: settingToday, Value: demo.On.String()}}
		if err := b.Create(&settings).Error; err != nil {
			return err
		}
		if err := b.audit("demo", "setting", 0, change{After: settings}); err != nil {
			return err
		}
		return b.tell(planted, opened, today)
	})
	if err != nil {
		return nil, err
	}
	return logins, c.analyze(ctx)
}

// stillOpen are the logins that a demonstration built earlier has: an older program opened fewer.
func (c *Core) stillOpen(ctx context.Context, logins []DemoLogin, err error) ([]DemoLogin, error) {
	var there []string
	if err == nil {
		err = c.read.WithContext(ctx).Model(&models.Account{}).Pluck("login", &there).Error
	}
	return slices.DeleteFunc(logins, func(l DemoLogin) bool { return !slices.Contains(there, l.Login) }), err
}

// refuseFull keeps invented people out of a database with real ones.
func (b *bulk) refuseFull() error {
	for _, row := range []any{&models.Cadre{}, &models.Unit{}, &models.Account{}} {
		var n int64
		if err := b.Model(row).Count(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			return models.Fail(models.Conflict, "demo.not_empty", "")
		}
	}
	return nil
}

// analyze lets the database measure its tables after a bulk load, so that it plans its queries well.
func (c *Core) analyze(ctx context.Context) error {
	return c.write.WithContext(ctx).Exec("ANALYZE").Error
}

// IsDemo tells whether the database holds the demonstration.
func (c *Core) IsDemo(ctx context.Context) (bool, error) {
	var built setting
	err := c.read.WithContext(ctx).Where("key = ?", settingDemo).Limit(1).Find(&built).Error
	return built.Key != "", err
}

// hashDemo hashes the passwords side by side, before the transaction.
func (c *Core) hashDemo(ctx context.Context, accounts []demoAccount) ([]string, error) {
	hashes, errs := make([]string, len(accounts)), make([]error, len(accounts))
	var wait sync.WaitGroup
	for i, a := range accounts {
		wait.Go(func() { hashes[i], errs[i] = c.hashPassword(ctx, a.Password) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// openAccounts opens the accounts and returns them by login.
func (b *bulk) openAccounts(accounts []demoAccount, hashes []string, planted *planting) (map[string]models.Account, error) {
	out := map[string]models.Account{}
	for i, a := range accounts {
		in := NewAccount{Login: a.Login, Name: a.name, Role: a.Role, UnitID: planted.ids[a.unit], School: a.school, Language: models.Vi}
		edit := AccountEdit{Name: in.Name, Role: in.Role, UnitID: in.UnitID, School: in.School, Language: in.Language}
		if err := checkAccount(edit).OrNil(); err != nil {
			return nil, err
		}
		opened, err := b.createAccount(in, hashes[i])
		if err != nil {
			return nil, err
		}
		out[a.Login] = opened
	}
	return out, nil
}

// demoAccounts are one account for each role, one for each district, also the one to come, and one for each school that teaches.
// The passwords come from the seed; who is added comes last, so that the others keep theirs.
func demoAccounts() ([]demoAccount, error) {
	const academy = "hoc-vien-phu-nu"
	schools, err := shippedRows[models.School]("schools")
	if err != nil {
		return nil, err
	}
	out := []demoAccount{
		{DemoLogin: DemoLogin{Role: models.Administrator, Login: "quan-tri"}, name: "Quản trị hệ thống"},
		{DemoLogin: DemoLogin{Role: models.ProvinceOfficer, Login: demoOfficer}, name: "Ban Tổ chức Hội LHPN tỉnh", unit: reference.QuangBinh},
		{DemoLogin: DemoLogin{Role: models.ProvinceViewer, Login: "xem-tinh"}, name: "Người xem cấp tỉnh", unit: reference.QuangBinh},
	}
	for _, d := range reference.Districts() {
		out = append(out, demoAccount{DemoLogin: DemoLogin{Role: models.DistrictOfficer, Login: strings.ReplaceAll(models.Fold(d.Name), " ", "-")},
			name: "Hội LHPN " + d.Style + " " + d.Name, unit: d.Code})
	}
	out = append(out,
		demoAccount{DemoLogin: DemoLogin{Role: models.CommuneOfficer, Login: "xa-my-thuy"}, name: "Hội LHPN xã Mỹ Thủy", unit: demoCommune},
		demoAccount{DemoLogin: DemoLogin{Role: models.SchoolOfficer, Login: "hoc-vien"}, name: "Học viện Phụ nữ Việt Nam", school: academy},
		demoAccount{DemoLogin: DemoLogin{Role: models.DistrictOfficer, Login: "ba-don"}, name: "Hội LHPN thị xã Ba Đồn", unit: reference.BaDon})
	for _, s := range schools {
		if teaches := len(demo.Teachers()[s.Code]) > 0; teaches && s.Code != academy && s.AgreementTo != models.Forever {
			out = append(out, demoAccount{DemoLogin: DemoLogin{Role: models.SchoolOfficer, Login: s.Code}, name: s.Name, school: s.Code})
		}
	}
	random := rand.New(rand.NewPCG(demo.Seed, 7))
	for i := range out {
		out[i].Password = demoPassword(random, out[i])
	}
	return out, nil
}

// demoCommune is Mỹ Thủy in Lệ Thủy, a pilot of the plan.
const demoCommune = "19303"

// passwordWords are easy to read aloud and to type without a Vietnamese keyboard.
var passwordWords = strings.Fields("thuyen buom trang vuon khoai muop chanh quyt gung nghe rieng tram thong phuong duong gieng ruong dong rung nuoc gio nang mua suong mau xanh vang trong chieu sang som khuya bep lua khoi com gao nep banh chim cuoc sao cong tom muc ghe luoi cheo")

// demoPassword is four words and a number that pass the rules for passwords.
func demoPassword(random *rand.Rand, a demoAccount) string {
	for {
		var b strings.Builder
		for range 4 {
			b.WriteString(passwordWords[random.IntN(len(passwordWords))])
			b.WriteByte('-')
		}
		b.WriteByte(byte('2' + random.IntN(8)))
		b.WriteByte(byte('2' + random.IntN(8)))
		if checkPassword(b.String(), a.Login, a.name) == nil {
			return b.String()
		}
	}
}
