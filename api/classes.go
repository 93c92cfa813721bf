package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) classRoutes() {
	add(s, get("classes", "/classes", models.ClassesRead), s.classes)
	add(s, create("class-create", "/classes", models.ClassesWrite), s.createClass)
	add(s, get("class", "/classes/{id}", models.ClassesRead), s.class)
	add(s, put("class-update", "/classes/{id}", models.ClassesWrite), s.updateClass)
	add(s, post("class-move", "/classes/{id}/step", models.ClassesWrite), s.moveClass)
	add(s, create("class-copy", "/classes/{id}/copies", models.ClassesWrite), s.copyClass)
	add(s, get("class-sessions-proposal", "/classes/{id}/sessions/proposal", models.ClassesRead), s.proposeSessions)
	add(s, put("class-sessions", "/classes/{id}/sessions", models.ClassesWrite), s.saveSessions)
}

type classesQuery struct {
	States []string `query:"states" enum:"draft,planned,approved,nominating,seated,running,awaiting,completed,closed,cancelled,postponed"`
	Course string   `query:"course" maxLength:"60"`
	School string   `query:"school" maxLength:"40"`
	Series string   `query:"series" maxLength:"60"`
	UnitID int64    `query:"unit_id" minimum:"0"`
	Year   int      `query:"year" minimum:"0" maximum:"2200"`
}

func (s *server) classes(ctx context.Context, by caller, in *classesQuery) (*page[core.ClassLine], error) {
	q := core.ClassQuery{Course: in.Course, School: in.School, Series: in.Series, UnitID: in.UnitID, Year: in.Year}
	for _, state := range in.States {
		q.States = append(q.States, models.ClassState(state))
	}
	list, err := s.core.Classes(ctx, by.actor, q)
	return answerList(by, list, err)
}

// classInput is what a person types of a class; state, decision and seats taken have operations of their own.
type classInput struct {
	Course      string              `json:"course" maxLength:"60"`
	Name        string              `json:"name" maxLength:"200"`
	Series      string              `json:"series,omitempty" maxLength:"60"`
	UnitID      int64               `json:"unit_id" minimum:"1"`
	School      string              `json:"school,omitempty" maxLength:"40"`
	CoHost      string              `json:"co_host,omitempty" maxLength:"200"`
	VenueID     int64               `json:"venue_id,omitempty" minimum:"0"`
	Room        string              `json:"room,omitempty" maxLength:"80"`
	From        models.Date         `json:"from,omitempty"`
	To          models.Date         `json:"to,omitempty" doc:"Ngày sau ngày bế giảng / the day after the last one"`
	MinLearners int                 `json:"min_learners,omitempty" minimum:"0" maximum:"1000"`
	Seats       int                 `json:"seats" minimum:"1" maximum:"1000"`
	Quotas      []models.Quota      `json:"quotas,omitempty" maxItems:"200"`
	Money       []models.ClassMoney `json:"money,omitempty" maxItems:"20"`
	NominateBy  models.Date         `json:"nominate_by,omitempty"`
	Contact     string              `json:"contact,omitempty" maxLength:"200"`
	Note        string              `json:"note,omitempty" maxLength:"2000"`
}

func (in classInput) class(id, version int64) models.Class {
	return models.Class{ID: id, Version: version, Course: in.Course, Name: in.Name, Series: in.Series, UnitID: in.UnitID, School: in.School, CoHost: in.CoHost,
		VenueID: in.VenueID, Room: in.Room, From: in.From, To: in.To, MinLearners: in.MinLearners, Seats: in.Seats, Quotas: in.Quotas, Money: in.Money,
		NominateBy: in.NominateBy, Contact: in.Contact, Note: in.Note}
}

type newClass struct{ Body classInput }

func (s *server) createClass(ctx context.Context, by caller, in *newClass) (*created[models.Class], error) {
	class, err := s.core.SaveClass(ctx, by.actor, in.Body.class(0, 0))
	return answerCreated(class, class.Version, fmt.Sprintf("/classes/%d", class.ID), err)
}

func (s *server) class(ctx context.Context, by caller, in *IDPath) (*tagged[core.ClassDetail], error) {
	class, err := s.core.Class(ctx, by.actor, in.ID)
	return answerTagged(class, class.Class.Version, err)
}

type classUpdate struct {
	IDPath
	IfMatch
	Body classInput
}

func (s *server) updateClass(ctx context.Context, by caller, in *classUpdate) (*tagged[models.Class], error) {
	saw, err := in.version()
	if err == nil {
		_, err = s.core.Class(ctx, by.actor, in.ID) // 0 would be a new one
	}
	if err != nil {
		return nil, err
	}
	class, err := s.core.SaveClass(ctx, by.actor, in.Body.class(in.ID, saw))
	return answerTagged(class, class.Version, s.staleClass(ctx, by, in.ID, err))
}

// staleClass adds the class as it is now to the refusal of an edit that came too late.
func (s *server) staleClass(ctx context.Context, by caller, id int64, err error) error {
	return stale(err, func() (any, error) { return s.core.Class(ctx, by.actor, id) })
}

type classStep struct {
	IDPath
	IfMatch
	Body struct {
		To        models.ClassState `json:"to" enum:"draft,planned,approved,nominating,seated,running,awaiting,cancelled,postponed"`
		Reason    string            `json:"reason,omitempty" maxLength:"400"`
		Decision  string            `json:"decision,omitempty" maxLength:"120"`
		DecidedOn models.Date       `json:"decided_on,omitempty"`
	}
}

func (s *server) moveClass(ctx context.Context, by caller, in *classStep) (*tagged[models.Class], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	class, err := s.core.MoveClass(ctx, by.actor, in.ID, saw, core.ClassStep(in.Body))
	return answerTagged(class, class.Version, s.staleClass(ctx, by, in.ID, err))
}

type classCopies struct {
	IDPath
	Body struct {
		Starts []models.Date `json:"starts" minItems:"1" maxItems:"60" doc:"Ngày khai giảng của từng lớp / the first day of each copy"`
	}
}

func (s *server) copyClass(ctx context.Context, by caller, in *classCopies) (*created[items[models.Class]], error) {
	made, err := s.core.CopyClass(ctx, by.actor, in.ID, in.Body.Starts)
	return answerCreated(items[models.Class]{Items: made}, 0, fmt.Sprintf("/classes/%d", in.ID), err)
}

func (s *server) proposeSessions(ctx context.Context, by caller, in *IDPath) (*page[models.Session], error) {
	list, err := s.core.ProposeSessions(ctx, by.actor, in.ID)
	return answerList(by, list, err)
}

type sessionInput struct {
	Date         models.Date    `json:"date"`
	Part         models.HalfDay `json:"part" enum:"S,C,T"`
	Block        int            `json:"block,omitempty" minimum:"0" maximum:"100"`
	Periods      int            `json:"periods" minimum:"0" maximum:"10"`
	Topic        string         `json:"topic,omitempty" maxLength:"300"`
	InstructorID int64          `json:"instructor_id,omitempty" minimum:"0"`
	Room         string         `json:"room,omitempty" maxLength:"80"`
}

type timetable struct {
	IDPath
	IfMatch
	Body struct {
		Sessions []sessionInput `json:"sessions" maxItems:"1500"`
	}
}

func (s *server) saveSessions(ctx context.Context, by caller, in *timetable) (*page[models.Session], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	sessions := make([]models.Session, len(in.Body.Sessions))
	for i, b := range in.Body.Sessions {
		sessions[i] = models.Session{Date: b.Date, Part: b.Part, Block: b.Block, Periods: b.Periods, Topic: b.Topic, InstructorID: b.InstructorID, Room: b.Room}
	}
	list, err := s.core.SaveSessions(ctx, by.actor, in.ID, saw, sessions)
	return answerList(by, list, s.staleClass(ctx, by, in.ID, err))
}
