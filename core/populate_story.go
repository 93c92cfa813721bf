package core

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gorm.io/gorm"

	"datchuan/core/demo"
	"datchuan/models"
)

// story plays what happens in the demonstration after its first day: classes from the decision to the certificate. It goes through the
// use cases themselves, by a Core that is bound to the transaction of BuildDemo and whose clock moves from step to step, so that
// nothing in the demonstration is what the product would not have written.
type story struct {
	*Core
	*rand.Rand
	db       *gorm.DB
	planted  *planting
	accounts map[string]models.Account // by login
	teachers map[string][]int64        // instructors by school
	venues   []models.Venue
	decrees  map[int]int // decisions of a year so far, for their numbers
	at       time.Time
	steps    []step
}

// step is one thing that somebody does on a day, at an hour.
type step struct {
	on   models.Date
	hour int
	do   func(context.Context) error
}

// openingHour is when the demonstration stands on its working date: what comes later that day is left to the visitor.
const openingHour = 8

// within is a Core that does all its work inside one transaction, by its own clock. The map must not change meanwhile: it is read once.
func (tx *Tx) within(now func() time.Time) (*Core, error) {
	land, err := tx.tree()
	if err != nil {
		return nil, err
	}
	c := tx.core
	db := tx.Session(&gorm.Session{NewDB: true, DisableNestedTransaction: true})
	return &Core{write: db, read: db, sqlite: c.sqlite, keys: c.keys, keyAt: c.keyAt, now: now, log: c.log, hashes: c.hashes, land: land, outer: tx}, nil
}

// tell plays the story up to the morning of the working date.
func (b *bulk) tell(planted *planting, accounts map[string]models.Account, today models.Date) error {
	s := &story{Rand: rand.New(rand.NewPCG(demo.Seed, 31)), db: b.DB, planted: planted, accounts: accounts, teachers: map[string][]int64{}, decrees: map[int]int{}}
	var err error
	if s.Core, err = b.within(s.clock); err != nil {
		return err
	}
	ctx := b.Statement.Context
	if err := s.script(ctx, today); err != nil {
		return err
	}
	slices.SortStableFunc(s.steps, func(a, b step) int { return int(a.on-b.on)*24 + a.hour - b.hour })
	day := demo.On
	for _, next := range s.steps {
		if next.on > today || next.on == today && next.hour >= openingHour {
			break
		}
		if err := s.turnTo(day, next.on); err != nil {
			return err
		}
		day = next.on
		s.at = day.Time().Add(time.Duration(next.hour)*time.Hour - 7*time.Hour) // in Vietnam
		if err := next.do(ctx); err != nil {
			return fmt.Errorf("demonstration, %s: %w", day, err)
		}
	}
	if err := s.turnTo(day, today); err != nil || today == demo.On {
		return err
	}
	if err := s.readNotices(today.AddDays(-21)); err != nil {
		return err
	}
	return s.RollDay(ctx)
}

// readNotices: what was told before a day has been read, so that the bell speaks of what is new.
func (s *story) readNotices(before models.Date) error {
	return s.db.Model(&models.Notice{}).Where("at < ?", models.InstantOf(before.Time())).UpdateColumn("read_at", gorm.Expr("at")).Error
}

// clock ticks, so that things done in one step have an order.
func (s *story) clock() time.Time {
	s.at = s.at.Add(time.Second)
	return s.at
}

// turnTo moves the working date.
func (s *story) turnTo(from, to models.Date) error {
	if from == to {
		return nil
	}
	return s.db.Model(&setting{}).Where("key = ?", settingToday).Update("value", to.String()).Error
}

func (s *story) today() models.Date { return models.DateOf(s.at.In(models.Hanoi)) }

// script writes down all steps; the order of a day is that of the hours.
func (s *story) script(ctx context.Context, today models.Date) error {
	s.schedule(demo.On.AddDays(10), 8, s.settle)
	s.schedule(20131220, 6, s.RollDay) // thị xã Ba Đồn is founded
	if err := s.graduations(ctx, today); err != nil {
		return err
	}
	for _, class := range demo.Classes() {
		(&played{story: s, plan: class, holder: s.holderOf(class.Unit)}).script()
	}
	s.schedule(20140305, 9, s.reissueOne)
	s.schedule(20140909, 9, s.askRevocation)
	s.schedule(20140911, 10, s.confirmRevocation)
	return nil
}

func (s *story) schedule(on models.Date, hour int, do func(context.Context) error) {
	s.steps = append(s.steps, step{on, hour, do})
}

// officeDay is the day, or the next one on which an office works.
func officeDay(d models.Date) models.Date {
	for d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday || demo.Off(d) {
		d = d.AddDays(1)
	}
	return d
}

// as is an account as who she is on the day of the step.
func (s *story) as(login string) models.Actor {
	a := s.accounts[login]
	span, _ := s.land.Standing(a.UnitID, s.today())
	return models.Actor{AccountID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, UnitID: a.UnitID, Path: span.Path, School: a.School, Language: models.Vi}
}

// holderOf is the login of who holds the classes of a unit: the office itself, or the district above a commune.
func (s *story) holderOf(code string) string {
	span, _ := s.land.Standing(s.planted.ids[code], demo.On)
	for _, id := range slices.Backward(models.PathIDs(span.Path)) {
		for _, a := range s.accounts {
			if a.UnitID == id && (a.Role == models.ProvinceOfficer || a.Role == models.DistrictOfficer) {
				return a.Login
			}
		}
	}
	return demoOfficer
}

// teacherOf is the login of a school, or of who holds the class when the school has none.
func (s *story) teacherOf(p *played) string {
	for login, a := range s.accounts {
		if a.School != "" && a.School == p.plan.School {
			return login
		}
	}
	return p.holder
}

// settle enters venues, instructors and budgets.
func (s *story) settle(ctx context.Context) error {
	office := s.as(demoOfficer)
	for _, v := range demo.Venues() {
		saved, err := s.SaveVenue(ctx, office, models.Venue{Name: v.Name, UnitID: s.planted.ids[v.Unit], School: v.School, Address: v.Address, Rooms: v.Rooms, Beds: v.Beds})
		if err != nil {
			return err
		}
		s.venues = append(s.venues, saved)
	}
	teachers := demo.Teachers()
	schools := make([]string, 0, len(teachers))
	for school := range teachers {
		schools = append(schools, school)
	}
	slices.Sort(schools)
	for _, school := range schools {
		for _, name := range teachers[school] {
			saved, err := s.SaveInstructor(ctx, office, models.Instructor{Name: name, School: school})
			if err != nil {
				return err
			}
			s.teachers[school] = append(s.teachers[school], saved.ID)
		}
	}
	fundings, err := s.Fundings(ctx, office)
	if err != nil {
		return err
	}
	for _, f := range fundings {
		for year := 2013; year <= 2015; year++ {
			f.Budgets = append(f.Budgets, models.Budget{Year: year, Amount: demo.Budgets()[f.Code]})
		}
		if _, err := s.SaveFunding(ctx, office, f); err != nil {
			return err
		}
	}
	return nil
}

// venueOf is where the class of a school meets: at the unit that holds it when the school has several places.
func (s *story) venueOf(c demo.Class) models.Venue {
	var out models.Venue
	for _, v := range s.venues {
		if v.School == c.School && (out.ID == 0 || v.UnitID == s.planted.ids[c.Unit]) {
			out = v
		}
	}
	return out
}
