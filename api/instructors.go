package api

import (
	"context"
	"fmt"

	"datchuan/models"
)

func (s *server) instructorRoutes() {
	add(s, get("instructors", "/instructors", models.CoursesRead), s.instructors)
	add(s, create("instructor-create", "/instructors", models.CoursesWrite), s.createInstructor)
	add(s, get("instructor", "/instructors/{id}", models.CoursesRead), s.instructor)
	add(s, put("instructor-update", "/instructors/{id}", models.CoursesWrite), s.updateInstructor)
	add(s, put("instructor-retire", "/instructors/{id}/retired", models.CoursesWrite), s.retireInstructor)
}

// instructorInput is an instructor as typed.
type instructorInput struct {
	Name   string           `json:"name" maxLength:"160"`
	School string           `json:"school,omitempty" maxLength:"40"`
	Phone  string           `json:"phone,omitempty" maxLength:"40"`
	Topics []string         `json:"topics,omitempty" maxItems:"50"`
	Away   []models.Absence `json:"away,omitempty" maxItems:"100"`
}

func (in instructorInput) instructor(id, version int64) models.Instructor {
	return models.Instructor{ID: id, Name: in.Name, School: in.School, Phone: in.Phone, Topics: in.Topics, Away: in.Away, Version: version}
}

func (s *server) instructors(ctx context.Context, by caller, _ *none) (*page[models.Instructor], error) {
	list, err := s.core.Instructors(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) instructor(ctx context.Context, by caller, in *IDPath) (*tagged[models.Instructor], error) {
	x, err := s.core.Instructor(ctx, by.actor, in.ID)
	return answerTagged(x, x.Version, err)
}

type newInstructor struct {
	Body instructorInput
}

func (s *server) createInstructor(ctx context.Context, by caller, in *newInstructor) (*created[models.Instructor], error) {
	x, err := s.core.SaveInstructor(ctx, by.actor, in.Body.instructor(0, 0))
	return answerCreated(x, x.Version, fmt.Sprintf("/instructors/%d", x.ID), err)
}

type instructorUpdate struct {
	IDPath
	IfMatch
	Body instructorInput
}

func (s *server) updateInstructor(ctx context.Context, by caller, in *instructorUpdate) (*tagged[models.Instructor], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.core.Instructor(ctx, by.actor, in.ID) // there is none with 0, which would be a new one
	if err != nil {
		return nil, err
	}
	x, err := s.core.SaveInstructor(ctx, by.actor, in.Body.instructor(now.ID, saw))
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Instructor(ctx, by.actor, in.ID) }))
}

func (s *server) retireInstructor(ctx context.Context, by caller, in *idRetirement) (*tagged[models.Instructor], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	x, err := s.core.RetireInstructor(ctx, by.actor, in.ID, saw, in.Body.Retired)
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Instructor(ctx, by.actor, in.ID) }))
}
