package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) cadreRoutes() {
	add(s, get("cadres", "/cadres", models.CadresRead), s.people)
	add(s, create("cadre-create", "/cadres", models.CadresWrite), s.createCadre)
	add(s, get("cadre", "/cadres/{id}", models.CadresRead), s.cadre)
	add(s, post("cadre-similar", "/cadres/similar", models.CadresRead), s.similarCadres)
	add(s, get("cadre-duplicates", "/cadres/{id}/duplicates", models.CadresMerge), s.duplicatesOf)
	add(s, put("cadre-update", "/cadres/{id}", models.CadresWrite), s.updateCadre)
	add(s, post("cadre-identity", "/cadres/{id}/identity", models.CadresIdentity).unkept(), s.revealIdentity)
	add(s, get("cadre-history", "/cadres/{id}/history", models.CadresRead), s.cadreHistory)
}

type peopleQuery struct {
	PageQuery
	OnQuery
	Search   string `query:"q" maxLength:"160" doc:"Tên, có dấu hay không / a name, accents optional"`
	UnitID   int64  `query:"unit_id" minimum:"0"`
	Position string `query:"position" maxLength:"40"`
}

func (s *server) people(ctx context.Context, by caller, in *peopleQuery) (*page[core.PersonLine], error) {
	lines, next, err := s.core.People(ctx, by.actor, core.PeopleQuery{Search: in.Search, UnitID: in.UnitID, Position: in.Position,
		After: in.After, Limit: in.Limit, On: in.On.Date})
	return answerPage(by, lines, next, err)
}

type cadrePath struct {
	IDPath
	OnQuery
	KnownOn day `query:"known_on" doc:"Theo dữ liệu biết đến ngày; mặc định hiện nay / with the facts written down by that day; default now"`
}

func (s *server) cadre(ctx context.Context, by caller, in *cadrePath) (*tagged[core.CadreCard], error) {
	card, err := s.core.CadreAsKnown(ctx, by.actor, in.ID, in.On.Date, core.KnownBy(in.KnownOn.Date))
	return answerTagged(card, card.Cadre.Version, err)
}

func (s *server) cadreHistory(ctx context.Context, by caller, in *IDPath) (*page[core.Audit], error) {
	list, err := s.core.History(ctx, by.actor, "cadre", in.ID)
	return answerList(by, list, err)
}

// cadreInput is what a person types of a cadre. Restricted members of a role that doesn't read them change nothing.
type cadreInput struct {
	Name      string             `json:"name" maxLength:"160"`
	OtherName string             `json:"other_name,omitempty" maxLength:"160"`
	Birth     models.PartialDate `json:"birth,omitempty" doc:"yyyy, yyyy-mm, yyyy-mm-dd"`
	Sex       models.Sex         `json:"sex,omitempty" enum:"F,M,"`
	Ethnicity string             `json:"ethnicity,omitempty" maxLength:"4"`
	Religion  string             `json:"religion,omitempty" maxLength:"4"`
	Party     models.Tristate    `json:"party,omitempty" minimum:"0" maximum:"2" doc:"0 không rõ, 1 đảng viên, 2 không / 0 unknown, 1 member, 2 not"`
	PartyDate models.PartialDate `json:"party_date,omitempty"`
	Hometown  string             `json:"hometown,omitempty" maxLength:"200"`
	Residence string             `json:"residence,omitempty" maxLength:"200"`
	Joined    models.PartialDate `json:"joined,omitempty"`
	Phone     string             `json:"phone,omitempty" maxLength:"60"`
	Identity  string             `json:"identity,omitempty" maxLength:"20" doc:"Bỏ trống: giữ nguyên; \"-\": xoá / empty: keep; \"-\": remove"`
	Note      string             `json:"note,omitempty" maxLength:"1000"`
	UnitID    int64              `json:"unit_id" minimum:"0"`
}

// likeCadre is somebody who is about to be added.
type likeCadre struct {
	Body struct {
		Name   string             `json:"name" maxLength:"160"`
		Birth  models.PartialDate `json:"birth,omitempty"`
		Phone  string             `json:"phone,omitempty" maxLength:"60"`
		UnitID int64              `json:"unit_id" minimum:"1"`
	}
}

// similarCadres is a POST because names and numbers do not belong into addresses, which are logged.
func (s *server) similarCadres(ctx context.Context, by caller, in *likeCadre) (*page[core.PersonLine], error) {
	list, err := s.core.Similar(ctx, by.actor, core.CadreInput{Name: in.Body.Name, Birth: in.Body.Birth, Phone: in.Body.Phone, UnitID: in.Body.UnitID})
	return answerList(by, list, err)
}

func (s *server) duplicatesOf(ctx context.Context, by caller, in *IDPath) (*page[core.DuplicatePair], error) {
	list, err := s.core.DuplicatesOf(ctx, by.actor, in.ID)
	return answerList(by, list, err)
}

type newCadre struct {
	Body struct {
		Cadre   cadreInput    `json:"cadre"`
		Holding *holdingInput `json:"holding,omitempty" doc:"Chức vụ đầu tiên / her first post"`
	}
}

func (s *server) createCadre(ctx context.Context, by caller, in *newCadre) (*created[core.CadreCard], error) {
	var first *models.Holding
	if in.Body.Holding != nil {
		h := in.Body.Holding.holding(place{})
		first = &h
	}
	made, err := s.core.CreateCadre(ctx, by.actor, core.CadreInput(in.Body.Cadre), first)
	if err != nil {
		return nil, err
	}
	card, err := s.core.Cadre(ctx, by.actor, made.ID, 0)
	return answerCreated(card, made.Version, fmt.Sprintf("/cadres/%d", made.ID), err)
}

type cadreUpdate struct {
	IDPath
	IfMatch
	Body cadreInput
}

func (s *server) updateCadre(ctx context.Context, by caller, in *cadreUpdate) (*tagged[core.CadreCard], error) {
	saw, err := in.version()
	if err == nil {
		_, err = s.core.UpdateCadre(ctx, by.actor, in.ID, saw, core.CadreInput(in.Body))
	}
	if err != nil {
		return nil, stale(err, func() (any, error) { return s.core.Cadre(ctx, by.actor, in.ID, 0) })
	}
	card, err := s.core.Cadre(ctx, by.actor, in.ID, 0)
	return answerTagged(card, card.Cadre.Version, err)
}

// identity is the full number. Reading it is written into the audit log, hence a POST.
type identity struct {
	Identity string `json:"identity"`
}

func (s *server) revealIdentity(ctx context.Context, by caller, in *IDPath) (*reply[identity], error) {
	number, err := s.core.RevealIdentity(ctx, by.actor, in.ID)
	return answer(identity{number}, err)
}
