package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) targetRoutes() {
	add(s, get("targets", "/targets", models.GapsRead), s.targets)
	add(s, get("target-series", "/targets/{code}/series", models.GapsRead), s.targetSeries)
	add(s, get("target-history", "/targets/{code}/history", models.GapsRead), s.targetHistory)
	add(s, create("target-create", "/targets", models.TargetsWrite), s.createTarget)
	add(s, put("target-update", "/targets/{code}", models.TargetsWrite), s.updateTarget)
}

type targetsQuery struct {
	OnQuery
	UnitID int64 `query:"unit_id" minimum:"0"`
}

func (s *server) targets(ctx context.Context, by caller, in *targetsQuery) (*page[models.Progress], error) {
	list, err := s.core.Targets(ctx, by.actor, in.UnitID, in.On.Date)
	return answerList(by, list, err)
}

type seriesQuery struct {
	CodePath
	UnitID int64    `query:"unit_id" minimum:"0"`
	Dates  []string `query:"dates" required:"true" minItems:"1" maxItems:"60" doc:"yyyy-mm-dd,…"`
}

func (s *server) targetSeries(ctx context.Context, by caller, in *seriesQuery) (*page[models.Progress], error) {
	dates := make([]models.Date, len(in.Dates))
	for i, text := range in.Dates {
		d, err := models.ParseDate(text)
		if err != nil {
			return nil, models.Fail(models.Invalid, "field_date", "dates")
		}
		dates[i] = d
	}
	list, err := s.core.TargetSeries(ctx, by.actor, in.Code, in.UnitID, dates)
	return answerList(by, list, err)
}

type targetInput struct {
	Name           string                 `json:"name" maxLength:"300"`
	Measures       []models.TargetMeasure `json:"measures" minItems:"1" maxItems:"20"`
	ThresholdBP    int                    `json:"threshold_bp" minimum:"1" maximum:"10000" doc:"Phần vạn: 9000 = 90% / hundredths of a percent"`
	Start          models.Date            `json:"start"`
	Due            models.Date            `json:"due"`
	StudyingCounts bool                   `json:"studying_counts,omitempty"`
	Basis          string                 `json:"basis" maxLength:"300"`
	Note           string                 `json:"note,omitempty" maxLength:"1000"`
	Ordinal        int                    `json:"ordinal,omitempty" minimum:"0" maximum:"1000"`
}

func (in targetInput) target(code string, version int64) models.Target {
	return models.Target{Code: code, Name: in.Name, Measures: in.Measures, ThresholdBP: in.ThresholdBP, Start: in.Start, Due: in.Due,
		StudyingCounts: in.StudyingCounts, Basis: in.Basis, Note: in.Note, Ordinal: in.Ordinal, Version: version}
}

type newTarget struct {
	Body struct {
		Code   string      `json:"code" maxLength:"40"`
		Target targetInput `json:"target"`
	}
}

func (s *server) createTarget(ctx context.Context, by caller, in *newTarget) (*created[models.Target], error) {
	t, err := s.core.SaveTarget(ctx, by.actor, in.Body.Target.target(in.Body.Code, 0))
	return answerCreated(t, t.Version, "/targets/"+t.Code+"/series", err)
}

type targetUpdate struct {
	CodePath
	IfMatch
	Body targetInput
}

func (s *server) updateTarget(ctx context.Context, by caller, in *targetUpdate) (*tagged[models.Target], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.target(ctx, by, in.Code)
	if err != nil {
		return nil, err
	}
	t := in.Body.target(in.Code, saw)
	t.ID = now.ID
	t, err = s.core.SaveTarget(ctx, by.actor, t)
	return answerTagged(t, t.Version, stale(err, func() (any, error) { return s.target(ctx, by, in.Code) }))
}

func (s *server) targetHistory(ctx context.Context, by caller, in *CodePath) (*page[core.Audit], error) {
	t, err := s.target(ctx, by, in.Code)
	if err != nil {
		return nil, err
	}
	list, err := s.core.History(ctx, by.actor, "target", t.ID)
	return answerList(by, list, err)
}

// target finds a target by its code among those that the caller sees.
func (s *server) target(ctx context.Context, by caller, code string) (models.Target, error) {
	all, err := s.core.Targets(ctx, by.actor, 0, 0)
	for _, p := range all {
		if p.Target.Code == code {
			return p.Target, err
		}
	}
	if err == nil {
		err = models.Fail(models.NotFound, "not_found", "", "object", "target")
	}
	return models.Target{}, err
}
