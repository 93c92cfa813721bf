package models

import "slices"

// School is a partner that holds classes: a school, an academy, a department, or the Hội itself. Access of its accounts ends
// with the agreement.
type School struct {
	ID            int64  `json:"id" gorm:"primaryKey"`
	Code          string `json:"code" gorm:"size:40;not null;uniqueIndex"`
	Name          string `json:"name" gorm:"size:200;not null"`
	Parent        string `json:"parent" gorm:"size:200;not null"`     // cơ quan chủ quản, as it heads papers
	Town          string `json:"town" gorm:"size:80;not null"`        // for the date line of papers
	SignerPost    string `json:"signer_post" gorm:"size:80;not null"` // HIỆU TRƯỞNG, GIÁM ĐỐC
	Signer        string `json:"signer" gorm:"size:120;not null"`
	Phone         string `json:"phone" gorm:"size:40;not null"`
	Agreement     string `json:"agreement" gorm:"size:120;not null"` // number
	AgreementFrom Date   `json:"agreement_from" gorm:"not null"`
	AgreementTo   Date   `json:"agreement_to" gorm:"not null"` // the first day without access
	Note          string `json:"note,omitempty" gorm:"size:1000;not null"`
	Retired       bool   `json:"retired" gorm:"not null"`
	Version       int64  `json:"version" gorm:"not null;default:1"`
}

// Open tells whether the school's accounts have access on a date.
func (s School) Open(on Date) bool {
	return !s.Retired && s.AgreementFrom <= on && on < s.AgreementTo
}

// Absence is a stretch [From, To) in which somebody or something can't be had.
type Absence struct {
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Reason string `json:"reason"`
}

// Instructor teaches; Topics are what for, empty = anything.
type Instructor struct {
	ID      int64     `json:"id" gorm:"primaryKey"`
	Name    string    `json:"name" gorm:"size:160;not null"`
	School  string    `json:"school" gorm:"size:40;not null"`
	Phone   string    `json:"phone" gorm:"size:40;not null"`
	Topics  []string  `json:"topics" gorm:"serializer:json;not null"`
	Away    []Absence `json:"away" gorm:"serializer:json;not null"`
	Retired bool      `json:"retired" gorm:"not null"`
	Version int64     `json:"version" gorm:"not null;default:1"`
}

// Teaches tells whether a topic is one of hers.
func (i Instructor) Teaches(topic string) bool {
	return len(i.Topics) == 0 || topic == "" || slices.ContainsFunc(i.Topics, func(t string) bool { return Fold(t) == Fold(topic) })
}

// AwayOn is why she is not available on a day, false when she is.
func (i Instructor) AwayOn(d Date) (Absence, bool) { return absentOn(i.Away, d) }

func absentOn(list []Absence, d Date) (Absence, bool) {
	for _, a := range list {
		if (Span{a.From, a.To}).Contains(d) {
			return a, true
		}
	}
	return Absence{}, false
}

// Venue is a place with rooms. UnitID is the unit on whose ground it stands; Beds is for learners who stay.
type Venue struct {
	ID      int64     `json:"id" gorm:"primaryKey"`
	Name    string    `json:"name" gorm:"size:200;not null"`
	UnitID  int64     `json:"unit_id" gorm:"not null"`
	School  string    `json:"school" gorm:"size:40;not null"`
	Address string    `json:"address" gorm:"size:300;not null"`
	Rooms   []Room    `json:"rooms" gorm:"serializer:json;not null"`
	Beds    int       `json:"beds" gorm:"not null"`
	Away    []Absence `json:"away" gorm:"serializer:json;not null"`
	Retired bool      `json:"retired" gorm:"not null"`
	Version int64     `json:"version" gorm:"not null;default:1"`
}

// Room is a room of a venue with its seats.
type Room struct {
	Name  string `json:"name"`
	Seats int    `json:"seats"`
}

// Room finds a room by name.
func (v Venue) Room(name string) (Room, bool) {
	i := slices.IndexFunc(v.Rooms, func(r Room) bool { return r.Name == name })
	if i < 0 {
		return Room{}, false
	}
	return v.Rooms[i], true
}

// AwayOn is why the venue can't be had on a day, false when it can.
func (v Venue) AwayOn(d Date) (Absence, bool) { return absentOn(v.Away, d) }

// Funding is a source of money with its budget of each year, in đồng.
type Funding struct {
	ID      int64    `json:"id" gorm:"primaryKey"`
	Code    string   `json:"code" gorm:"size:40;not null;uniqueIndex"`
	Name    string   `json:"name" gorm:"size:200;not null"`
	Budgets []Budget `json:"budgets" gorm:"serializer:json;not null"`
	Note    string   `json:"note,omitempty" gorm:"size:1000;not null"`
	Retired bool     `json:"retired" gorm:"not null"`
	Version int64    `json:"version" gorm:"not null;default:1"`
}

// Budget is the money of a source in a year, in đồng.
type Budget struct {
	Year   int   `json:"year"`
	Amount int64 `json:"amount"`
}

// Budget is the money of a year, and whether one was set at all.
func (f Funding) Budget(year int) (int64, bool) {
	for _, b := range f.Budgets {
		if b.Year == year {
			return b.Amount, true
		}
	}
	return 0, false
}
