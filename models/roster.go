package models

// RosterField names a column of a "danh sách trích ngang" (standards.md section 6).
type RosterField string

// The fields that an import understands.
const (
	FieldNumber      RosterField = "number"       // TT
	FieldName        RosterField = "name"         // Họ và tên
	FieldFamilyName  RosterField = "family_name"  // Họ và đệm
	FieldGivenName   RosterField = "given_name"   // Tên
	FieldBirth       RosterField = "birth"        // Ngày, tháng, năm sinh or Năm sinh
	FieldBirthMale   RosterField = "birth_male"   // Năm sinh: Nam
	FieldBirthFemale RosterField = "birth_female" // Năm sinh: Nữ
	FieldSex         RosterField = "sex"
	FieldEthnicity   RosterField = "ethnicity"
	FieldReligion    RosterField = "religion"
	FieldHometown    RosterField = "hometown"
	FieldResidence   RosterField = "residence"
	FieldPosition    RosterField = "position"
	FieldUnit        RosterField = "unit"     // xã, or chi hội / tổ with the xã elsewhere
	FieldDistrict    RosterField = "district" // own column; else taken from heading rows
	FieldBranch      RosterField = "branch"   // chi hội
	FieldGroup       RosterField = "group"    // tổ
	FieldPartyDate   RosterField = "party_date"
	FieldParty       RosterField = "party" // "x" mark
	FieldGeneral     RosterField = "general"
	FieldProfession  RosterField = "profession"       // level, or level and field together
	FieldProfField   RosterField = "profession_field" // ngành
	FieldPolitical   RosterField = "political"
	FieldState       RosterField = "state_management"
	FieldComputing   RosterField = "computing"
	FieldForeign     RosterField = "foreign_language"
	FieldEthnicLang  RosterField = "ethnic_language"
	FieldTraining    RosterField = "training"   // bồi dưỡng nghiệp vụ công tác Hội (days, or course)
	FieldJoined      RosterField = "joined"     // năm tham gia công tác Hội
	FieldHeldSince   RosterField = "held_since" // năm giữ chức vụ
	FieldStudying    RosterField = "studying"   // đang học lớp
	FieldSuccession  RosterField = "succession" // quy hoạch
	FieldPhone       RosterField = "phone"
	FieldIdentity    RosterField = "identity" // CMND / CCCD
	FieldNote        RosterField = "note"
	FieldIgnore      RosterField = "ignore"
)

// Finding is something to say about one cell, row or file: never silent, always with a place and a way out.
type Finding struct {
	Sheet      string            `json:"sheet,omitempty"`
	Row        int               `json:"row,omitempty"`  // 1-based row in the sheet, 0 for the whole file
	Cell       string            `json:"cell,omitempty"` // "C17"
	Field      RosterField       `json:"field,omitempty"`
	Value      string            `json:"value,omitempty"` // as found in the file
	Code       string            `json:"code"`            // words key: "roster.birth_unreadable"
	Params     map[string]string `json:"params,omitempty"`
	Blocking   bool              `json:"blocking"`             // an error: the row can't be applied
	Suggestion string            `json:"suggestion,omitempty"` // a value that would be accepted
}

// Message is the sentence of a finding in a language.
func (f Finding) Message(lang Lang) string {
	return (&Error{Code: f.Code, Params: f.Params}).Message(lang)
}

// RosterRow is one person read from a roster: typed values plus where each came from. Empty means "the file says
// nothing", which later becomes Unknown and never "has none".
type RosterRow struct {
	Sheet     string                 `json:"sheet"`
	Row       int                    `json:"row"`
	Name      string                 `json:"name"`
	Birth     PartialDate            `json:"birth"`
	Sex       Sex                    `json:"sex"`
	Ethnicity string                 `json:"ethnicity,omitempty"` // code of ethnic-groups.csv
	Religion  string                 `json:"religion,omitempty"`  // code of religions.csv
	Hometown  string                 `json:"hometown,omitempty"`
	Residence string                 `json:"residence,omitempty"`
	Position  string                 `json:"position,omitempty"` // position code, "" when not recognised
	District  string                 `json:"district,omitempty"` // names as written, cleaned; core finds the units
	Commune   string                 `json:"commune,omitempty"`
	Branch    string                 `json:"branch,omitempty"`
	Group     string                 `json:"group,omitempty"`
	HeldSince PartialDate            `json:"held_since"`
	Joined    PartialDate            `json:"joined"`
	Party     Tristate               `json:"party"`
	PartyDate PartialDate            `json:"party_date"`
	Levels    map[QualKind]LevelRead `json:"levels,omitempty"`
	Training  *TrainingRead          `json:"training,omitempty"`
	Studying  *StudyRead             `json:"studying,omitempty"`
	Terms     []string               `json:"terms,omitempty"`     // succession terms "2016-2021"
	PlanFor   string                 `json:"plan_for,omitempty"`  // succession position code
	Phone     string                 `json:"phone,omitempty"`     // normalised digits
	PhoneRaw  string                 `json:"phone_raw,omitempty"` // as written, when different
	Identity  string                 `json:"identity,omitempty"`  // 9 or 12 digits
	Note      string                 `json:"note,omitempty"`
	Cells     map[RosterField]string `json:"cells,omitempty"` // field -> cell address
	Findings  []Finding              `json:"findings,omitempty"`
}

// LevelRead is a level of education read from a roster: 0 is "said to have none".
type LevelRead struct {
	Level int    `json:"level"`
	Field string `json:"field,omitempty"`
}

// TrainingRead is the training in Hội work a roster tells of. Attended false means that the roster says "none";
// attended with Days 0 means that the days are not told. Giver is empty when not told.
type TrainingRead struct {
	Attended bool   `json:"attended"`
	Days     int    `json:"days"`
	Giver    Giver  `json:"giver,omitempty"`
	Text     string `json:"text,omitempty"`
}

// StudyRead is a course a roster says the person is attending.
type StudyRead struct {
	Kind  QualKind `json:"kind"`
	Level int      `json:"level"`
	Text  string   `json:"text"`
}

// Blocked tells whether a row has an error that keeps it from being applied.
func (r *RosterRow) Blocked() bool {
	for _, f := range r.Findings {
		if f.Blocking {
			return true
		}
	}
	return false
}
