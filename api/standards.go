package api

import (
	"cmp"
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) standardRoutes() {
	add(s, get("positions", "/positions", models.SignedIn), s.positions)
	add(s, get("standards", "/standards", models.StandardsRead), s.standards)
	add(s, create("standard-create", "/standards", models.StandardsWrite), s.createStandard)
	add(s, get("standard", "/standards/{code}", models.StandardsRead), s.standard)
	add(s, put("standard-version", "/standards/{code}", models.StandardsWrite), s.newVersion)
	add(s, create("standard-copy", "/standards/{code}/copies", models.StandardsWrite), s.copyStandard)
	add(s, post("standard-preview", "/standards/preview", models.StandardsWrite), s.previewStandard)
	add(s, get("standard-history", "/standards/{code}/history", models.StandardsRead), s.standardHistory)
	add(s, get("standard-compare", "/standard-comparison", models.GapsRead), s.compareStandards)
}

func (s *server) positions(ctx context.Context, by caller, _ *none) (*page[models.Position], error) {
	list, err := s.core.Positions(ctx)
	return answerList(by, list, err)
}

type standardsQuery struct {
	Position string `query:"position" maxLength:"40"`
	All      bool   `query:"all" doc:"Cả phiên bản đã thay / also replaced versions"`
}

func (s *server) standards(ctx context.Context, by caller, in *standardsQuery) (*page[models.Standard], error) {
	list, err := s.core.Standards(ctx, by.actor, in.Position, in.All)
	return answerList(by, list, err)
}

// CodePath names a standard or a target.
type CodePath struct {
	Code string `path:"code" maxLength:"60"`
}

type standardPath struct {
	CodePath
	Version int `query:"version" minimum:"0" maximum:"1000000" doc:"0: mới nhất / newest"`
}

func (s *server) standard(ctx context.Context, by caller, in *standardPath) (*tagged[models.Standard], error) {
	x, err := s.core.Standard(ctx, by.actor, in.Code, in.Version)
	return answerTagged(x, int64(x.Version), err)
}

func (s *server) standardHistory(ctx context.Context, by caller, in *CodePath) (*page[core.Audit], error) {
	x, err := s.core.Standard(ctx, by.actor, in.Code, 0)
	if err != nil {
		return nil, err
	}
	list, err := s.core.History(ctx, by.actor, "standard", x.ID)
	return answerList(by, list, err)
}

// standardInput is a rule set as typed; its version and life are the system's.
type standardInput struct {
	Position       string               `json:"position" maxLength:"40"`
	Name           string               `json:"name" maxLength:"200"`
	ValidFrom      models.Date          `json:"valid_from"`
	ValidTo        models.Date          `json:"valid_to,omitempty"`
	LegalBasis     string               `json:"legal_basis" maxLength:"400"`
	Certainty      models.Certainty     `json:"certainty,omitempty" enum:"source,derived,knowledge,uncertain"`
	Note           string               `json:"note,omitempty" maxLength:"2000"`
	StudyingCounts bool                 `json:"studying_counts,omitempty"`
	Preferred      bool                 `json:"preferred,omitempty"`
	Requirements   []models.Requirement `json:"requirements" minItems:"1" maxItems:"20"`
}

func (in standardInput) standard(code string) models.Standard {
	certainty := in.Certainty
	if certainty == "" {
		certainty = models.Uncertain
	}
	return models.Standard{Code: code, Position: in.Position, Name: in.Name, ValidFrom: in.ValidFrom, ValidTo: until(in.ValidTo),
		LegalBasis: in.LegalBasis, Certainty: certainty, Note: in.Note, StudyingCounts: in.StudyingCounts, Preferred: in.Preferred,
		Requirements: in.Requirements}
}

type newStandard struct {
	Body struct {
		Code     string        `json:"code" maxLength:"60"`
		Standard standardInput `json:"standard"`
	}
}

func (s *server) createStandard(ctx context.Context, by caller, in *newStandard) (*created[models.Standard], error) {
	x, err := s.core.CreateStandard(ctx, by.actor, in.Body.Standard.standard(in.Body.Code))
	return answerCreated(x, int64(x.Version), "/standards/"+x.Code, err)
}

type standardUpdate struct {
	CodePath
	IfMatch
	Body standardInput
}

// newVersion keeps the old version for old reports; the tag is the version that the editor saw.
func (s *server) newVersion(ctx context.Context, by caller, in *standardUpdate) (*tagged[models.Standard], error) {
	var x models.Standard
	saw, err := in.version()
	if err == nil {
		x, err = s.core.NewVersion(ctx, by.actor, in.Code, int(saw), in.Body.standard(in.Code))
	}
	return answerTagged(x, int64(x.Version), stale(err, func() (any, error) { return s.core.Standard(ctx, by.actor, in.Code, 0) }))
}

type standardCopy struct {
	CodePath
	Body struct {
		Code string `json:"code" maxLength:"60"`
		Name string `json:"name" maxLength:"200"`
	}
}

func (s *server) copyStandard(ctx context.Context, by caller, in *standardCopy) (*created[models.Standard], error) {
	x, err := s.core.CopyStandard(ctx, by.actor, in.Code, in.Body.Code, in.Body.Name)
	return answerCreated(x, int64(x.Version), "/standards/"+x.Code, err)
}

type standardPreview struct {
	OnQuery
	Body struct {
		Code     string        `json:"code,omitempty" maxLength:"60" doc:"So với tiêu chuẩn này; bỏ trống: tiêu chuẩn đang dùng của chức danh / compared with this one; empty: the position's own"`
		Standard standardInput `json:"standard"`
	}
}

// previewStandard tells whose outcome a rule set would change before it is saved.
func (s *server) previewStandard(ctx context.Context, by caller, in *standardPreview) (*reply[core.Comparison], error) {
	code := cmp.Or(in.Body.Code, "thu")
	return answer(s.core.PreviewStandard(ctx, by.actor, in.Body.Code, in.Body.Standard.standard(code), in.On.Date))
}

type comparisonQuery struct {
	OnQuery
	A        string `query:"a" required:"true" maxLength:"60"`
	AVersion int    `query:"a_version" minimum:"0" maximum:"1000000"`
	B        string `query:"b" required:"true" maxLength:"60"`
	BVersion int    `query:"b_version" minimum:"0" maximum:"1000000"`
	UnitID   int64  `query:"unit_id" minimum:"0"`
}

func (s *server) compareStandards(ctx context.Context, by caller, in *comparisonQuery) (*reply[core.Comparison], error) {
	return answer(s.core.CompareStandards(ctx, by.actor, core.StandardRef{Code: in.A, Version: in.AVersion},
		core.StandardRef{Code: in.B, Version: in.BVersion}, in.UnitID, in.On.Date))
}
