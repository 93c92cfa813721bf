package api

import (
	"context"
	"fmt"

	"datchuan/models"
)

func (s *server) venueRoutes() {
	add(s, get("venues", "/venues", models.CoursesRead), s.venues)
	add(s, create("venue-create", "/venues", models.CoursesWrite), s.createVenue)
	add(s, get("venue", "/venues/{id}", models.CoursesRead), s.venue)
	add(s, put("venue-update", "/venues/{id}", models.CoursesWrite), s.updateVenue)
	add(s, put("venue-retire", "/venues/{id}/retired", models.CoursesWrite), s.retireVenue)
}

// venueInput is a venue as typed.
type venueInput struct {
	Name    string           `json:"name" maxLength:"200"`
	UnitID  int64            `json:"unit_id,omitempty" minimum:"0" doc:"0: ngoài tỉnh / outside the province"`
	School  string           `json:"school,omitempty" maxLength:"40"`
	Address string           `json:"address,omitempty" maxLength:"300"`
	Rooms   []models.Room    `json:"rooms,omitempty" maxItems:"100"`
	Beds    int              `json:"beds,omitempty" minimum:"0" maximum:"5000"`
	Away    []models.Absence `json:"away,omitempty" maxItems:"100"`
}

func (in venueInput) venue(id, version int64) models.Venue {
	return models.Venue{ID: id, Name: in.Name, UnitID: in.UnitID, School: in.School, Address: in.Address, Rooms: in.Rooms, Beds: in.Beds, Away: in.Away, Version: version}
}

func (s *server) venues(ctx context.Context, by caller, _ *none) (*page[models.Venue], error) {
	list, err := s.core.Venues(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) venue(ctx context.Context, by caller, in *IDPath) (*tagged[models.Venue], error) {
	x, err := s.core.Venue(ctx, by.actor, in.ID)
	return answerTagged(x, x.Version, err)
}

type newVenue struct {
	Body venueInput
}

func (s *server) createVenue(ctx context.Context, by caller, in *newVenue) (*created[models.Venue], error) {
	x, err := s.core.SaveVenue(ctx, by.actor, in.Body.venue(0, 0))
	return answerCreated(x, x.Version, fmt.Sprintf("/venues/%d", x.ID), err)
}

type venueUpdate struct {
	IDPath
	IfMatch
	Body venueInput
}

func (s *server) updateVenue(ctx context.Context, by caller, in *venueUpdate) (*tagged[models.Venue], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.core.Venue(ctx, by.actor, in.ID) // there is none with 0, which would be a new one
	if err != nil {
		return nil, err
	}
	x, err := s.core.SaveVenue(ctx, by.actor, in.Body.venue(now.ID, saw))
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Venue(ctx, by.actor, in.ID) }))
}

func (s *server) retireVenue(ctx context.Context, by caller, in *idRetirement) (*tagged[models.Venue], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	x, err := s.core.RetireVenue(ctx, by.actor, in.ID, saw, in.Body.Retired)
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Venue(ctx, by.actor, in.ID) }))
}
