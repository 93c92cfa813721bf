package models

import "strconv"

// NoticeKind is what a notice tells of; its words are notice.KIND.
type NoticeKind string

// The kinds of notice. Those of persons speak of cadres of the reader's own scope.
const (
	NoticeSeated    NoticeKind = "seated"   // request approved, seat given
	NoticeWaiting   NoticeKind = "waiting"  // request approved, on the waiting list
	NoticeRefused   NoticeKind = "refused"  // request refused
	NoticeReturned  NoticeKind = "returned" // request sent back to be mended
	NoticePromoted  NoticeKind = "promoted" // moved up from the waiting list
	NoticeOpened    NoticeKind = "opened"   // a class takes nominations
	NoticeCancelled NoticeKind = "cancelled"
	NoticePostponed NoticeKind = "postponed"
	NoticeSent      NoticeKind = "results_sent"     // a school has sent its results
	NoticeSentBack  NoticeKind = "results_returned" // and gets them back
	NoticeClosed    NoticeKind = "closed"
	NoticeReopened  NoticeKind = "reopened"
)

// NoticeKinds lists all kinds.
var NoticeKinds = []NoticeKind{NoticeSeated, NoticeWaiting, NoticeRefused, NoticeReturned, NoticePromoted, NoticeOpened, NoticeCancelled,
	NoticePostponed, NoticeSent, NoticeSentBack, NoticeClosed, NoticeReopened}

// Audience is whom a kind of notice is for. Who holds the class decides herself and is told only what schools do.
type Audience struct {
	Home   bool // who nominates for the home of a cadre concerned
	Below  bool // who nominates below the unit that holds the class
	Holder bool // the unit that holds the class
	School bool // the school that teaches it
}

var audiences = map[NoticeKind]Audience{
	NoticeSeated: {Home: true}, NoticeWaiting: {Home: true}, NoticeRefused: {Home: true}, NoticeReturned: {Home: true}, NoticePromoted: {Home: true},
	NoticeOpened: {Below: true}, NoticeCancelled: {Home: true, School: true}, NoticePostponed: {Home: true, School: true},
	NoticeSent: {Holder: true}, NoticeSentBack: {School: true}, NoticeClosed: {Home: true, School: true}, NoticeReopened: {Home: true, School: true},
}

// Audience tells whom the kind is for.
func (k NoticeKind) Audience() Audience { return audiences[k] }

// Tab is the view of a class in which the kind is acted upon.
func (k NoticeKind) Tab() string {
	switch k {
	case NoticeOpened, NoticeCancelled, NoticePostponed:
		return "info"
	case NoticeSent, NoticeSentBack, NoticeClosed, NoticeReopened:
		return "results"
	}
	return "people"
}

// Notice tells one account what has happened with a class. It holds references only: its words are made when it is read, out of what
// the reader may see then.
type Notice struct {
	ID        int64      `json:"id" gorm:"primaryKey"`
	AccountID int64      `json:"-" gorm:"not null;index"`
	Kind      NoticeKind `json:"kind" gorm:"size:20;not null"`
	ClassID   int64      `json:"class_id" gorm:"not null"`
	Cadres    []int64    `json:"-" gorm:"column:cadre_ids;serializer:json;not null"`
	At        Instant    `json:"at" gorm:"not null"`
	ReadAt    Instant    `json:"read_at" gorm:"not null"` // 0 = unread
}

// Text is what the notice says, without a name.
func (n Notice) Text(lang Lang, class string) string {
	return Word(lang, "notice."+string(n.Kind), "n", strconv.Itoa(len(n.Cadres)), "class", class)
}

// Href is the page on which the reader acts upon it.
func (n Notice) Href() string {
	return "/classes/" + strconv.FormatInt(n.ClassID, 10) + "?tab=" + n.Kind.Tab()
}
