package core

import (
	"cmp"
	"context"
	"fmt"

	"datchuan/core/demo"
	"datchuan/models"
	"datchuan/scheduler"
)

// played is a class of the story on its way.
type played struct {
	*story
	plan     demo.Class
	holder   string // login of who holds it
	course   models.Course
	class    models.Class
	sessions []models.Session
	weak     map[int64]bool // learners who are seldom there
	sent     map[int64]string
}

// script writes down the steps of the class, counted from its first and its last day.
func (p *played) script() {
	from, last := p.plan.From, p.plan.Last
	opened := from.AddDays(-50)
	if last > from.AddDays(30) {
		opened = from.AddDays(-120) // long classes are planned early
	}
	p.onOfficeDay(opened, 8, p.open)
	p.onOfficeDay(opened.AddDays(9), 9, p.approve)
	if p.plan.Sent == 0 {
		return
	}
	p.onOfficeDay(from.AddDays(-32), 9, p.announce)
	if p.province() {
		p.onOfficeDay(from.AddDays(-30), 10, p.nominate)
		p.onOfficeDay(from.AddDays(-20), 10, p.decide)
		p.onOfficeDay(from.AddDays(-16), 14, p.answer)
	} else {
		p.onOfficeDay(from.AddDays(-20), 10, p.enrol)
	}
	switch p.plan.Fate {
	case demo.Called:
		p.schedule(from.AddDays(-1), 15, p.move(models.ClassCancelled, p.plan.Reason))
		return
	case demo.Delayed:
		p.onOfficeDay(from.AddDays(-15), 15, p.move(models.ClassPostponed, p.plan.Reason))
		return
	}
	p.onOfficeDay(from.AddDays(-9), 9, p.decline)
	p.onOfficeDay(from.AddDays(-6), 15, p.seat)
	p.schedule(from, 7, p.start)
	for day := from; day <= last; day = day.AddDays(1) {
		if p.plan.Fate != demo.Unfinished || day < last {
			p.schedule(day, 17, p.roll)
		}
	}
	if last > from.AddDays(5) {
		p.schedule(from.AddDays(scheduler.DaysBetween(from, last)/2), 6, p.drop)
	}
	p.finish(last)
}

// finish writes down what follows the last day.
func (p *played) finish(last models.Date) {
	p.onOfficeDay(last.AddDays(1), 8, p.taught)
	if p.plan.Fate == demo.Unfinished {
		return
	}
	p.onOfficeDay(last.AddDays(3), 9, p.grade)
	p.onOfficeDay(last.AddDays(7), 9, p.gradeAgain)
	p.onOfficeDay(last.AddDays(9), 10, p.send)
	if p.plan.Fate == demo.Unconfirmed {
		return
	}
	p.onOfficeDay(last.AddDays(16), 10, p.close)
	if p.plan.Fate == demo.Reopened {
		p.onOfficeDay(last.AddDays(24), 9, p.reopen)
		p.onOfficeDay(last.AddDays(27), 10, p.close)
	}
}

// onOfficeDay is a step on a day when the office works.
func (p *played) onOfficeDay(on models.Date, hour int, do func(context.Context) error) {
	p.schedule(officeDay(on), hour, do)
}

func (p *played) province() bool { return p.holder == demoOfficer }

// open enters the class with its timetable and plans it.
func (p *played) open(ctx context.Context) (err error) {
	if p.course, err = courseOf(p.db, p.plan.Course); err != nil {
		return err
	}
	venue := p.venueOf(p.plan)
	asked := p.plan.Cost * int64(p.plan.Seats)
	class := models.Class{Course: p.plan.Course, Name: p.plan.Name, UnitID: p.planted.ids[p.plan.Unit], School: p.plan.School, CoHost: p.plan.CoHost, VenueID: venue.ID,
		Room: venue.Rooms[0].Name, From: p.plan.From, To: p.plan.Last.AddDays(1), MinLearners: min(p.course.MinLearners, p.plan.Seats), Seats: p.plan.Seats,
		NominateBy: p.plan.From.AddDays(-10), Money: []models.ClassMoney{{Funding: p.plan.Funding, Seats: p.plan.Seats, Asked: asked, Granted: asked, Planned: asked}}}
	if p.plan.Course == "C01" { // of which at most so many chairs, so that no commune is left alone
		class.Quotas = []models.Quota{{Kind: models.QuotaPosition, Key: "chu-tich-xa", Seats: 16}}
	}
	office := p.as(p.holder)
	if p.class, err = p.SaveClass(ctx, office, class); err != nil {
		return err
	}
	if p.sessions, err = p.SaveSessions(ctx, office, p.class.ID, p.class.Version, p.timetable()); err != nil {
		return err
	}
	p.class.Version++
	return p.move(models.ClassPlanned, "")(ctx)
}

// timetable is the proposal of the product, with topics and instructors.
func (p *played) timetable() []models.Session {
	list := scheduler.Timetable(p.course, p.class, demo.Off)
	topics, teachers := demo.Topics(p.plan.Course), p.teachers[p.plan.School]
	for i := range list {
		list[i].Topic = topics[i/2%len(topics)]
		list[i].InstructorID = teachers[i/2%len(teachers)]
		if list[i].Periods == 0 {
			list[i].Periods = 4
		}
	}
	return list
}

// move is a step that takes the class from one state to the next.
func (p *played) move(to models.ClassState, reason string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		step := ClassStep{To: to, Reason: reason}
		if to == models.ClassApproved {
			p.decrees[p.today().Year()]++
			step.Decision, step.DecidedOn = fmt.Sprintf("%d/QĐ-BTV", 14+7*p.decrees[p.today().Year()]), p.today()
		}
		p.class, err = p.MoveClass(ctx, p.as(p.holder), p.class.ID, p.class.Version, step)
		return err
	}
}

func (p *played) approve(ctx context.Context) error { return p.move(models.ClassApproved, "")(ctx) }

func (p *played) announce(ctx context.Context) error { return p.move(models.ClassNominating, "")(ctx) }

// seat ends the nominations; too few learners need a word.
func (p *played) seat(ctx context.Context) error {
	if err := p.read(); err != nil {
		return err
	}
	reason := ""
	if p.class.Taken < p.class.MinLearners {
		reason = "Ít học viên hơn dự kiến, vẫn mở lớp theo kế hoạch năm"
	}
	return p.move(models.ClassSeated, reason)(ctx)
}

// read takes the class as it stands.
func (p *played) read() error { return p.db.Where("id = ?", p.class.ID).Take(&p.class).Error }

func (p *played) start(ctx context.Context) error {
	p.weak = map[int64]bool{}
	return p.move(models.ClassRunning, "")(ctx)
}

// taught ends the lessons: the money is spent, the results are out.
func (p *played) taught(ctx context.Context) (err error) {
	if err := p.read(); err != nil {
		return err
	}
	if err := p.move(models.ClassAwaiting, "")(ctx); err != nil {
		return err
	}
	p.class.Money[0].Spent = p.plan.Cost * int64(p.class.Taken)
	p.class, err = p.SaveClass(ctx, p.as(p.holder), p.class)
	return err
}

func (p *played) send(ctx context.Context) (err error) {
	p.class, err = p.SendResults(ctx, p.as(p.teacherOf(p)), p.class.ID, p.class.Version)
	return err
}

func (p *played) close(ctx context.Context) error {
	done, err := p.CloseClass(ctx, p.as(p.holder), p.class.ID, p.class.Version)
	p.class = done.Class
	return err
}

func (p *played) reopen(ctx context.Context) (err error) {
	p.class, err = p.ReopenClass(ctx, p.as(p.holder), p.class.ID, p.class.Version, p.plan.Reason)
	return err
}

// seated are the learners of the class, by enrolment.
func (p *played) seated() ([]models.Enrolment, error) {
	var out []models.Enrolment
	err := p.db.Where("class_id = ? AND seat = ?", p.class.ID, models.Seated).Order("id").Find(&out).Error
	return out, err
}

// decline: two learners give their seats back before the class begins, the next of the waiting list move up.
func (p *played) decline(ctx context.Context) error {
	list, err := p.seated()
	if err != nil || len(list) < 26 {
		return err
	}
	for i, reason := range []string{"Gia đình có người ốm nặng, xin học khóa sau", "Xã bố trí việc bầu cử trưởng thôn, chưa đi học được"} {
		e := list[(7+11*i)%len(list)]
		if err := p.LeaveClass(ctx, p.as(cmp.Or(p.sent[e.CadreID], p.holder)), e.ID, reason); err != nil {
			return err
		}
	}
	return nil
}

// drop: a learner leaves in the middle.
func (p *played) drop(ctx context.Context) error {
	list, err := p.seated()
	if err != nil || len(list) == 0 {
		return err
	}
	return p.LeaveClass(ctx, p.as(p.holder), list[p.IntN(len(list))].ID, "Nghỉ thai sản, xin thôi học")
}
