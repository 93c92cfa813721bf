package models

// NominationState is how far a request has come. The request, the decisions on it, the seat and the outcome are four facts
// (house.md); each lives in a row of its own.
type NominationState string

// The states of a request.
const (
	Submitted NominationState = "submitted"
	Returned  NominationState = "returned"  // sent back to be mended
	Withdrawn NominationState = "withdrawn" // by who sent it
	Decided   NominationState = "decided"   // approved or refused: the last decision tells
)

// Nomination is a request of a unit that a cadre take part in a class. Warnings are the obstacles she was nominated in spite of,
// with the reason that was given.
type Nomination struct {
	ID        int64           `json:"id" gorm:"primaryKey"`
	ClassID   int64           `json:"class_id" gorm:"not null"`
	CadreID   int64           `json:"cadre_id" gorm:"not null;index"`
	HoldingID int64           `json:"holding_id" gorm:"not null"` // fact id of the post she is nominated for, 0 = from quy hoạch
	UnitID    int64           `json:"unit_id" gorm:"not null"`    // that nominates
	State     NominationState `json:"state" gorm:"size:12;not null"`
	Warnings  []Obstacle      `json:"warnings" gorm:"serializer:json;not null"`
	Override  string          `json:"override,omitempty" gorm:"size:400;not null"`
	Note      string          `json:"note,omitempty" gorm:"size:400;not null"`
	At        Instant         `json:"at" gorm:"not null"`
	By        int64           `json:"by" gorm:"column:account_id;not null"`
	Version   int64           `json:"version" gorm:"not null;default:1"`
}

// Verdict is what was decided on a request.
type Verdict string

// The verdicts.
const (
	Approve  Verdict = "approve"
	Refuse   Verdict = "refuse"
	SendBack Verdict = "return"
)

// Decision is one decision on a request; rows are only added.
type Decision struct {
	ID           int64   `json:"id" gorm:"primaryKey"`
	NominationID int64   `json:"nomination_id" gorm:"not null;index"`
	Verdict      Verdict `json:"verdict" gorm:"size:10;not null"`
	Reason       string  `json:"reason,omitempty" gorm:"size:400;not null"`
	At           Instant `json:"at" gorm:"not null"`
	By           int64   `json:"by" gorm:"column:account_id;not null"`
}

// SeatState is what became of a seat.
type SeatState string

// The states of a seat. Waiting and seated are alive: one of them per cadre and class.
const (
	Waiting   SeatState = "waiting"
	Seated    SeatState = "seated"
	Declined  SeatState = "declined"  // gave the seat back before the class began
	DroppedBy SeatState = "dropped"   // left, or was taken out, while the class ran
	Cancelled SeatState = "cancelled" // the class was cancelled or postponed
)

// Alive tells whether the seat, or the place in the queue, still stands.
func (s SeatState) Alive() bool { return s == Waiting || s == Seated }

// Outcome is how the class ended for a learner.
type Outcome string

// The outcomes. Pending is "not known yet": a class can't close with one.
const (
	Pending Outcome = "pending"
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	Retake  Outcome = "retake" // failed, and may take the test again
)

// Grade is how well somebody has passed (documents.md section 5).
type Grade string

// The grades from the best down; Plain is "đạt" without a grade.
const (
	Excellent Grade = "xuat-sac"
	VeryGood  Grade = "gioi"
	Good      Grade = "kha"
	Average   Grade = "trung-binh"
	Plain     Grade = "dat"
)

// Enrolment is a cadre in a class: her seat and how it ended. Queue orders the waiting list. Funding is who pays.
type Enrolment struct {
	ID           int64     `json:"id" gorm:"primaryKey"`
	ClassID      int64     `json:"class_id" gorm:"not null"`
	CadreID      int64     `json:"cadre_id" gorm:"not null;index"`
	NominationID int64     `json:"nomination_id" gorm:"not null"`
	UnitID       int64     `json:"unit_id" gorm:"not null"` // of her post when she was enrolled
	Position     string    `json:"position" gorm:"size:40;not null"`
	Seat         SeatState `json:"seat" gorm:"size:12;not null"`
	Queue        int64     `json:"queue" gorm:"not null"`
	Funding      string    `json:"funding" gorm:"size:40;not null"`
	Outcome      Outcome   `json:"outcome" gorm:"size:10;not null"`
	Average      int       `json:"average" gorm:"not null"`                // hundredths, -1 without tests
	AttendanceBP int       `json:"attendance_bp" gorm:"not null"`          // share of periods attended, basis points
	Grade        Grade     `json:"grade" gorm:"size:12;not null"`          // of a graduate
	Reason       Reason    `json:"reason" gorm:"serializer:json;not null"` // why she failed, or why the seat ended
	Remark       string    `json:"remark,omitempty" gorm:"size:400;not null"`
	Closing      int64     `json:"closing" gorm:"not null"` // number of the closing that settled it, 0 before
	Version      int64     `json:"version" gorm:"not null;default:1"`
}

// EnrolmentLog is one line of the life of an enrolment or request; rows are only added.
type EnrolmentLog struct {
	ID           int64   `json:"id" gorm:"primaryKey"`
	ClassID      int64   `json:"class_id" gorm:"not null;index"`
	CadreID      int64   `json:"cadre_id" gorm:"not null;index"`
	NominationID int64   `json:"nomination_id" gorm:"not null"`
	EnrolmentID  int64   `json:"enrolment_id" gorm:"not null"`
	Event        string  `json:"event" gorm:"size:30;not null"` // words: enrolment_event.*
	Reason       string  `json:"reason,omitempty" gorm:"size:400;not null"`
	At           Instant `json:"at" gorm:"not null"`
	By           int64   `json:"by" gorm:"column:account_id;not null"`
}

// Mark is what the roll says of a learner in a session (documents.md section 4).
type Mark string

// The marks.
const (
	Present   Mark = "x"
	Excused   Mark = "P"
	Unexcused Mark = "K"
	Late      Mark = "M"
)

// Marks in the order of a menu.
var Marks = []Mark{Present, Excused, Unexcused, Late}

// Attended tells whether the mark counts as having been there.
func (m Mark) Attended() bool { return m == Present || m == Late }

// Attendance is one mark.
type Attendance struct {
	ID          int64   `json:"id" gorm:"primaryKey"`
	SessionID   int64   `json:"session_id" gorm:"not null"`
	EnrolmentID int64   `json:"enrolment_id" gorm:"not null;index"`
	Mark        Mark    `json:"mark" gorm:"size:1;not null"`
	At          Instant `json:"at" gorm:"not null"`
	By          int64   `json:"by" gorm:"column:account_id;not null"`
}

// Score is one try of a test, in tenths of a point; -1 means she did not come.
type Score struct {
	ID          int64   `json:"id" gorm:"primaryKey"`
	EnrolmentID int64   `json:"enrolment_id" gorm:"not null"`
	Test        string  `json:"test" gorm:"size:40;not null"`
	Try         int     `json:"try" gorm:"not null"` // 1 = the first
	Tenths      int     `json:"tenths" gorm:"not null"`
	At          Instant `json:"at" gorm:"not null"`
	By          int64   `json:"by" gorm:"column:account_id;not null"`
}

// NotTaken is the score of who did not come to a test.
const NotTaken = -1
