package api

import (
	"datchuan/core"
	"datchuan/models"
)

// What a person may type of each kind of fact. Ids, recording and review are the system's and no members here.

type holdingInput struct {
	Position string      `json:"position" maxLength:"40"`
	UnitID   int64       `json:"unit_id" minimum:"1"`
	From     models.Date `json:"from,omitempty" doc:"Bỏ trống: không rõ / empty: not known"`
	To       models.Date `json:"to,omitempty" doc:"Bỏ trống: còn giữ / empty: still held"`
	Term     string      `json:"term,omitempty" maxLength:"20"`
	Decision string      `json:"decision,omitempty" maxLength:"120"`
	Shared   bool        `json:"shared,omitempty" doc:"Đã xác nhận: chức vụ này tạm có hai người giữ (bàn giao, phụ trách) / confirmed: two hold this post for a while"`
}

func (in *holdingInput) holding(at place) models.Holding {
	return models.Holding{ID: at.row, CadreID: at.cadre, Position: in.Position, UnitID: in.UnitID, From: since(in.From), To: until(in.To),
		Term: in.Term, Decision: in.Decision, Recorded: models.Recorded{FactID: at.fact}}
}

type successionInput struct {
	Position string      `json:"position" maxLength:"40"`
	UnitID   int64       `json:"unit_id" minimum:"1"`
	Term     string      `json:"term" maxLength:"20" example:"2016-2021"`
	From     models.Date `json:"from,omitempty"`
	To       models.Date `json:"to,omitempty"`
	Decision string      `json:"decision,omitempty" maxLength:"120"`
}

func (in *successionInput) succession(at place) models.Succession {
	return models.Succession{ID: at.row, CadreID: at.cadre, Position: in.Position, UnitID: in.UnitID, Term: in.Term, From: since(in.From),
		To: until(in.To), Decision: in.Decision, Recorded: models.Recorded{FactID: at.fact}}
}

type qualificationInput struct {
	Kind     models.QualKind `json:"kind" enum:"general,profession,political,state_management,computing,foreign_language,ethnic_language,training"`
	Level    int             `json:"level" minimum:"0" maximum:"6" doc:"0: tự khai không có / declared to have none"`
	Field    string          `json:"field,omitempty" maxLength:"160"`
	School   string          `json:"school,omitempty" maxLength:"200"`
	Form     string          `json:"form,omitempty" maxLength:"40"`
	Giver    models.Giver    `json:"giver,omitempty" enum:"centre,province,district,commune,other,"`
	Earned   models.Date     `json:"earned,omitempty" doc:"Bỏ trống: không rõ ngày / empty: not known"`
	To       models.Date     `json:"to,omitempty" doc:"Hết giá trị; bỏ trống: không / expiry; empty: none"`
	Number   string          `json:"number,omitempty" maxLength:"80"`
	Days     int             `json:"days,omitempty" minimum:"0" maximum:"2000"`
	Hours    int             `json:"hours,omitempty" minimum:"0" maximum:"20000"`
	Evidence string          `json:"evidence,omitempty" maxLength:"400"`
	FileID   int64           `json:"file_id,omitempty" minimum:"0"`
}

func (in *qualificationInput) qualification(at place) models.Qualification {
	return models.Qualification{ID: at.row, CadreID: at.cadre, Kind: in.Kind, Level: in.Level, Field: in.Field, School: in.School, Form: in.Form,
		Giver: in.Giver, Earned: since(in.Earned), From: since(in.Earned), To: until(in.To), Number: in.Number, Days: in.Days, Hours: in.Hours,
		Evidence: in.Evidence, FileID: in.FileID, Recorded: models.Recorded{FactID: at.fact}}
}

type studyInput struct {
	Kind   models.QualKind `json:"kind" enum:"general,profession,political,state_management,computing,foreign_language,ethnic_language,training"`
	Level  int             `json:"level" minimum:"0" maximum:"6"`
	Days   int             `json:"days,omitempty" minimum:"0" maximum:"2000"`
	Giver  models.Giver    `json:"giver,omitempty" enum:"centre,province,district,commune,other,"`
	Course string          `json:"course,omitempty" maxLength:"200"`
	School string          `json:"school,omitempty" maxLength:"200"`
	From   models.Date     `json:"from"`
	To     models.Date     `json:"to" doc:"Dự kiến kết thúc / expected end"`
}

func (in *studyInput) study(at place) models.Study {
	return models.Study{ID: at.row, CadreID: at.cadre, Kind: in.Kind, Level: in.Level, Days: in.Days, Giver: in.Giver, Course: in.Course,
		School: in.School, From: in.From, To: in.To, Recorded: models.Recorded{FactID: at.fact}}
}

type awardInput struct {
	Title  string             `json:"title" maxLength:"200"`
	Year   int                `json:"year" minimum:"1900" maximum:"2200"`
	Date   models.PartialDate `json:"date,omitempty"`
	Giver  string             `json:"giver,omitempty" maxLength:"200"`
	Number string             `json:"number,omitempty" maxLength:"80"`
}

func (in *awardInput) award(at place) models.Award {
	return models.Award{ID: at.row, CadreID: at.cadre, Title: in.Title, Year: in.Year, Date: in.Date, Giver: in.Giver, Number: in.Number,
		Recorded: models.Recorded{FactID: at.fact}}
}

type ratingInput struct {
	Year  int    `json:"year" minimum:"1900" maximum:"2200"`
	Grade string `json:"grade" enum:"xuat-sac,kha,trung-binh,yeu"`
	Note  string `json:"note,omitempty" maxLength:"400"`
}

func (in *ratingInput) rating(at place) models.Rating {
	return models.Rating{ID: at.row, CadreID: at.cadre, Year: in.Year, Grade: in.Grade, Note: in.Note, Recorded: models.Recorded{FactID: at.fact}}
}

// rowOf is where a fact belongs; a view of core embeds its fact.
func rowOf(x any) place {
	switch v := x.(type) {
	case core.HoldingView:
		return rowOf(v.Holding)
	case core.SuccessionView:
		return rowOf(v.Succession)
	case models.Holding:
		return place{v.CadreID, v.FactID, v.ID}
	case models.Succession:
		return place{v.CadreID, v.FactID, v.ID}
	case models.Qualification:
		return place{v.CadreID, v.FactID, v.ID}
	case models.Study:
		return place{v.CadreID, v.FactID, v.ID}
	case models.Award:
		return place{v.CadreID, v.FactID, v.ID}
	case models.Rating:
		return place{v.CadreID, v.FactID, v.ID}
	}
	return place{}
}

// since reads a start that was left out as not known.
func since(d models.Date) models.Date {
	if d == 0 {
		return models.Beginning
	}
	return d
}
