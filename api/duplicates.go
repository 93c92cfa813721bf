package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) duplicateRoutes() {
	add(s, get("duplicates", "/duplicates", models.CadresMerge), s.duplicates)
	add(s, post("not-same", "/duplicates/not-same", models.CadresMerge), s.markNotSame)
	add(s, create("merge", "/merges", models.CadresMerge), s.merge)
	add(s, post("merge-undo", "/merges/{id}/undo", models.CadresMerge), s.undoMerge)
}

type duplicatesQuery struct {
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *server) duplicates(ctx context.Context, by caller, in *duplicatesQuery) (*page[core.DuplicatePair], error) {
	list, err := s.core.Duplicates(ctx, by.actor, in.Limit)
	return answerList(by, list, err)
}

type twoCadres struct {
	Body struct {
		A int64 `json:"a" minimum:"1"`
		B int64 `json:"b" minimum:"1"`
	}
}

func (s *server) markNotSame(ctx context.Context, by caller, in *twoCadres) (*done, error) {
	return answerDone(s.core.MarkNotSame(ctx, by.actor, in.Body.A, in.Body.B))
}

type mergeInput struct {
	Body struct {
		Keep int64    `json:"keep" minimum:"1" doc:"Hồ sơ giữ lại / the record that stays"`
		Gone int64    `json:"gone" minimum:"1" doc:"Hồ sơ gộp vào / the record that goes into it"`
		Take []string `json:"take,omitempty" maxItems:"30" doc:"Trường lấy từ hồ sơ gộp vào / members taken from gone"`
	}
}

func (s *server) merge(ctx context.Context, by caller, in *mergeInput) (*created[core.Merge], error) {
	take := map[string]bool{}
	for _, field := range in.Body.Take {
		take[field] = true
	}
	m, err := s.core.MergeCadres(ctx, by.actor, in.Body.Keep, in.Body.Gone, take)
	return answerCreated(m, 0, fmt.Sprintf("/merges/%d", m.ID), err)
}

func (s *server) undoMerge(ctx context.Context, by caller, in *IDPath) (*done, error) {
	return answerDone(s.core.UndoMerge(ctx, by.actor, in.ID))
}
