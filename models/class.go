package models

import "slices"

// ClassState is how far a class has come.
type ClassState string

// The states of a class (peers.md section 4, lesson 6), and the two side exits.
const (
	ClassDraft      ClassState = "draft"
	ClassPlanned    ClassState = "planned"
	ClassApproved   ClassState = "approved"   // decision to open it
	ClassNominating ClassState = "nominating" // districts may nominate
	ClassSeated     ClassState = "seated"     // seats are given, nominations are over
	ClassRunning    ClassState = "running"
	ClassAwaiting   ClassState = "awaiting"  // taught; results are not complete or not sent
	ClassCompleted  ClassState = "completed" // the school has sent its results; the province looks at them
	ClassClosed     ClassState = "closed"    // results stand, papers are issued
	ClassCancelled  ClassState = "cancelled"
	ClassPostponed  ClassState = "postponed" // no date yet; the list of those who want it stays
)

// ClassStates in the order of a board.
var ClassStates = []ClassState{ClassDraft, ClassPlanned, ClassApproved, ClassNominating, ClassSeated, ClassRunning, ClassAwaiting,
	ClassCompleted, ClassClosed, ClassPostponed, ClassCancelled}

// classMoves are the steps a class may take. Back steps need a reason like the side exits.
var classMoves = map[ClassState][]ClassState{
	ClassDraft:      {ClassPlanned, ClassCancelled},
	ClassPlanned:    {ClassApproved, ClassDraft, ClassPostponed, ClassCancelled},
	ClassApproved:   {ClassNominating, ClassPlanned, ClassPostponed, ClassCancelled},
	ClassNominating: {ClassSeated, ClassApproved, ClassPostponed, ClassCancelled},
	ClassSeated:     {ClassRunning, ClassNominating, ClassPostponed, ClassCancelled},
	ClassRunning:    {ClassAwaiting, ClassCancelled},
	ClassAwaiting:   {ClassCompleted, ClassRunning},
	ClassCompleted:  {ClassClosed, ClassAwaiting},
	ClassClosed:     {ClassCompleted},
	ClassPostponed:  {ClassPlanned, ClassCancelled},
	ClassCancelled:  {},
}

// Next lists where a class may go from a state.
func (s ClassState) Next() []ClassState { return classMoves[s] }

// MayBecome tells whether a step exists.
func (s ClassState) MayBecome(to ClassState) bool { return slices.Contains(classMoves[s], to) }

// NeedsReason tells whether a step must be explained: side exits and steps back.
func (s ClassState) NeedsReason(to ClassState) bool {
	if to == ClassCancelled || to == ClassPostponed {
		return true
	}
	return s != ClassPostponed && slices.Index(ClassStates, to) < slices.Index(ClassStates, s)
}

// Holds tells whether the class takes its learners' time: a seat in it can clash with another class.
func (s ClassState) Holds() bool {
	return slices.Contains([]ClassState{ClassPlanned, ClassApproved, ClassNominating, ClassSeated, ClassRunning, ClassAwaiting}, s)
}

// Class is a course that is held at a place and time. UnitID is the unit that holds it: whose scope it lies in, and below which
// people may be nominated. Taken counts the given seats; it never passes Seats (a check of the database).
type Class struct {
	ID          int64        `json:"id" gorm:"primaryKey"`
	Code        string       `json:"code" gorm:"size:60;not null;uniqueIndex"`
	Course      string       `json:"course" gorm:"size:60;not null;index"`
	Name        string       `json:"name" gorm:"size:200;not null"`
	Series      string       `json:"series,omitempty" gorm:"size:60;not null"` // what classes of a series have in common
	UnitID      int64        `json:"unit_id" gorm:"not null;index"`
	Path        string       `json:"-" gorm:"size:96;not null;index"` // of UnitID on today's map
	School      string       `json:"school" gorm:"size:40;not null;index"`
	CoHost      string       `json:"co_host,omitempty" gorm:"size:200;not null"`
	VenueID     int64        `json:"venue_id" gorm:"not null"`
	Room        string       `json:"room" gorm:"size:80;not null"`
	From        Date         `json:"from" gorm:"column:valid_from;not null"` // first day
	To          Date         `json:"to" gorm:"column:valid_to;not null"`     // the day after the last one
	State       ClassState   `json:"state" gorm:"size:16;not null;index"`
	MinLearners int          `json:"min_learners" gorm:"not null"` // below it the class is tentative
	Seats       int          `json:"seats" gorm:"not null"`
	Taken       int          `json:"taken" gorm:"not null"`
	Quotas      []Quota      `json:"quotas" gorm:"serializer:json;not null"`
	Money       []ClassMoney `json:"money" gorm:"serializer:json;not null"`
	NominateBy  Date         `json:"nominate_by" gorm:"not null"`       // last day for nominations
	Decision    string       `json:"decision" gorm:"size:120;not null"` // number of the decision to open it
	DecidedOn   Date         `json:"decided_on" gorm:"not null"`
	Contact     string       `json:"contact,omitempty" gorm:"size:200;not null"`
	Note        string       `json:"note,omitempty" gorm:"size:2000;not null"`
	Reason      string       `json:"reason,omitempty" gorm:"size:400;not null"` // of the last exit or step back
	ClosedAt    Instant      `json:"closed_at" gorm:"not null"`                 // 0 while open
	Version     int64        `json:"version" gorm:"not null;default:1"`
	CreatedAt   Instant      `json:"created_at" gorm:"not null;autoCreateTime:false"`
	CreatedBy   int64        `json:"created_by" gorm:"not null"`
}

// Tentative tells whether the class still lacks learners: it may be given up.
func (c Class) Tentative() bool {
	return c.Taken < c.MinLearners && slices.Contains([]ClassState{ClassPlanned, ClassApproved, ClassNominating, ClassSeated}, c.State)
}

// QuotaKind is what a quota bounds.
type QuotaKind string

// The kinds of quota.
const (
	QuotaUnit     QuotaKind = "unit"     // Key is the id of a unit: those below it
	QuotaArea     QuotaKind = "area"     // Key is an area flag
	QuotaPosition QuotaKind = "position" // Key is the code of a post
)

// Quota bounds how many seats go to one group: at most Seats of them.
type Quota struct {
	Kind  QuotaKind `json:"kind"`
	Key   string    `json:"key"`
	Seats int       `json:"seats"`
}

// ClassMoney is what a source pays for a class: how many seats, and how much is planned, granted and spent, in đồng.
type ClassMoney struct {
	Funding string `json:"funding"` // code
	Seats   int    `json:"seats"`
	Asked   int64  `json:"asked"`
	Granted int64  `json:"granted"`
	Planned int64  `json:"planned"`
	Spent   int64  `json:"spent"`
}

// HalfDay is when on a day a session takes place.
type HalfDay string

// The parts of a day, in order.
const (
	Morning   HalfDay = "S"
	Afternoon HalfDay = "C"
	Evening   HalfDay = "T"
)

// HalfDays in order.
var HalfDays = []HalfDay{Morning, Afternoon, Evening}

// Session is one buổi of a class. Rolled is when the roll was last taken, 0 before.
type Session struct {
	ID           int64   `json:"id" gorm:"primaryKey"`
	ClassID      int64   `json:"class_id" gorm:"not null"`
	Date         Date    `json:"date" gorm:"not null"`
	Part         HalfDay `json:"part" gorm:"size:1;not null"`
	Block        int     `json:"block" gorm:"not null"`
	Periods      int     `json:"periods" gorm:"not null"`
	Topic        string  `json:"topic" gorm:"size:300;not null"`
	InstructorID int64   `json:"instructor_id" gorm:"not null"`
	Room         string  `json:"room" gorm:"size:80;not null"` // "" = the class's
	Rolled       Instant `json:"rolled" gorm:"not null"`
}

// TableName keeps buổi apart from the sessions of accounts.
func (Session) TableName() string { return "class_sessions" }

// Check lists what is wrong with a class by itself, before it is stored.
func (c Class) Check() error {
	var bad Errors
	wrong := func(when bool, code, field string) {
		if when {
			bad = append(bad, Fail(Invalid, code, field))
		}
	}
	wrong(c.Course == "", "class.course_required", "course")
	wrong(c.Name == "", "class.name_required", "name")
	wrong(c.From != 0 && !c.From.Valid(), "class.from_bad", "from")
	wrong(c.To <= c.From && (c.From != 0 || c.To != 0), "class.to_before_from", "to")
	wrong(c.Seats < 1 || c.Seats > 1000, "class.seats_range", "seats")
	wrong(c.MinLearners < 0 || c.MinLearners > c.Seats, "class.min_range", "min_learners")
	wrong(c.Seats < c.Taken, "class.seats_taken", "seats")
	wrong(c.NominateBy != 0 && c.From != 0 && c.NominateBy >= c.From, "class.nominate_late", "nominate_by")
	seen := map[Quota]bool{}
	for _, q := range c.Quotas {
		key := Quota{Kind: q.Kind, Key: q.Key}
		wrong(q.Seats < 0 || q.Key == "" || seen[key] || (q.Kind != QuotaUnit && q.Kind != QuotaArea && q.Kind != QuotaPosition), "class.quota_bad", "quotas")
		seen[key] = true
	}
	paid := 0
	for _, m := range c.Money {
		wrong(m.Funding == "" || m.Seats < 0 || m.Asked < 0 || m.Granted < 0 || m.Planned < 0 || m.Spent < 0, "class.money_bad", "money")
		paid += m.Seats
	}
	wrong(paid > c.Seats, "class.money_seats", "money")
	return bad.OrNil()
}
