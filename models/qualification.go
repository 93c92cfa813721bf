package models

// QualKind is a line of a personnel file on which a person has a level, or training of which days are counted.
type QualKind string

// The kinds (standards.md section 4).
const (
	GeneralEducation QualKind = "general"    // giáo dục phổ thông
	Professional     QualKind = "profession" // chuyên môn
	Political        QualKind = "political"  // lý luận chính trị
	StateManagement  QualKind = "state_management"
	Computing        QualKind = "computing"
	ForeignLanguage  QualKind = "foreign_language"
	EthnicLanguage   QualKind = "ethnic_language"
	HoiTraining      QualKind = "training" // bồi dưỡng nghiệp vụ công tác Hội, counted in days
)

// QualKinds in the order of the file.
var QualKinds = []QualKind{GeneralEducation, Professional, Political, StateManagement, Computing, ForeignLanguage,
	EthnicLanguage, HoiTraining}

// Levels of the kinds. 0 always means "declared to have none".
const (
	NoLevel = 0

	CanRead     = 1 // biết đọc, biết viết
	Primary     = 2 // tiểu học
	LowerSecond = 3 // THCS
	UpperSecond = 4 // THPT

	Elementary   = 1 // sơ cấp (professional and political)
	Intermediate = 2 // trung cấp
	College      = 3 // cao đẳng (professional)
	University   = 4
	Master       = 5
	Doctor       = 6

	AdvancedPolitical = 3 // cao cấp lý luận chính trị
	BachelorPolitical = 4 // cử nhân chính trị

	Attended = 1 // training: level 1, days counted
)

// MaxLevel is the highest level of a kind.
func MaxLevel(k QualKind) int {
	switch k {
	case GeneralEducation, Political:
		return 4
	case Professional, ForeignLanguage:
		return 6
	case StateManagement:
		return 5
	case Computing:
		return 3
	}
	return 1
}

// LevelKey is the words key of a level: "level.profession.2".
func LevelKey(k QualKind, level int) string { return "level." + string(k) + "." + itoa(level) }

// Review is what the office thinks of a declared fact.
type Review string

// The states of a review.
const (
	Declared Review = "declared"
	Verified Review = "verified"
	Rejected Review = "rejected"
)

// Giver is the level of the organisation that gave a training; the plan counts "tại huyện và tại tỉnh".
type Giver string

// The givers.
const (
	ByCentre   Giver = "centre"
	ByProvince Giver = "province"
	ByDistrict Giver = "district"
	ByCommune  Giver = "commune"
	ByOther    Giver = "other"
)

// Givers in the order of a menu.
var Givers = []Giver{ByCentre, ByProvince, ByDistrict, ByCommune, ByOther}

// Qualification is a diploma, a level or a training of a cadre. Level 0 records that she declared to have none.
type Qualification struct {
	ID          int64    `json:"id" gorm:"primaryKey"`
	CadreID     int64    `json:"cadre_id" gorm:"not null;index"`
	Kind        QualKind `json:"kind" gorm:"size:20;not null"`
	Level       int      `json:"level" gorm:"not null"`
	Field       string   `json:"field,omitempty" gorm:"size:160;not null"` // ngành
	School      string   `json:"school,omitempty" gorm:"size:200;not null"`
	Form        string   `json:"form,omitempty" gorm:"size:40;not null"` // chính quy, tại chức...
	Giver       Giver    `json:"giver,omitempty" gorm:"size:10;not null"`
	Earned      Date     `json:"earned" gorm:"not null"` // Beginning when not known: held since ever
	From        Date     `json:"from" gorm:"column:valid_from;not null"`
	To          Date     `json:"to" gorm:"column:valid_to;not null"`
	Number      string   `json:"number,omitempty" gorm:"size:80;not null"`
	Days        int      `json:"days" gorm:"not null"`
	Hours       int      `json:"hours" gorm:"not null"`
	Evidence    string   `json:"evidence,omitempty" gorm:"size:400;not null"`
	FileID      int64    `json:"file_id,omitempty" gorm:"not null"` // 0 when no file
	Review      Review   `json:"review" gorm:"size:10;not null"`
	ReviewBy    int64    `json:"review_by,omitempty" gorm:"not null"`
	ReviewAt    Instant  `json:"review_at" gorm:"not null"`
	EnrolmentID int64    `json:"enrolment_id,omitempty" gorm:"not null"` // the class that gave it, 0 = typed
	Recorded
}

// Study is "đang học": from its first day until the expected end the cadre is studying for a level.
type Study struct {
	ID          int64    `json:"id" gorm:"primaryKey"`
	CadreID     int64    `json:"cadre_id" gorm:"not null;index"`
	Kind        QualKind `json:"kind" gorm:"size:20;not null"`
	Level       int      `json:"level" gorm:"not null"`
	Days        int      `json:"days" gorm:"not null"` // for training
	Giver       Giver    `json:"giver,omitempty" gorm:"size:10;not null"`
	Course      string   `json:"course,omitempty" gorm:"size:200;not null"`
	School      string   `json:"school,omitempty" gorm:"size:200;not null"`
	From        Date     `json:"from" gorm:"column:valid_from;not null"`
	To          Date     `json:"to" gorm:"column:valid_to;not null"`     // expected end
	EnrolmentID int64    `json:"enrolment_id,omitempty" gorm:"not null"` // the class she is in, 0 = typed
	Recorded
}

// File is an uploaded piece of evidence; the bytes live in the database so that one backup holds all.
type File struct {
	ID        int64   `json:"id" gorm:"primaryKey"`
	CadreID   int64   `json:"cadre_id" gorm:"not null;index"`
	Name      string  `json:"name" gorm:"size:200;not null"`
	Type      string  `json:"type" gorm:"size:40;not null"` // application/pdf, image/jpeg, image/png
	Size      int64   `json:"size" gorm:"not null"`
	SHA256    string  `json:"sha256" gorm:"size:64;not null"`
	Bytes     []byte  `json:"-"`
	CreatedAt Instant `json:"created_at" gorm:"not null;autoCreateTime:false"`
	CreatedBy int64   `json:"created_by" gorm:"not null"`
}
