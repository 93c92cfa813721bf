package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) baselineRoutes() {
	add(s, get("baseline", "/baseline", models.GapsRead), s.baseline)
}

// baseline compares the figures of the plan's section I with what the records give.
func (s *server) baseline(ctx context.Context, by caller, _ *none) (*page[core.BaselineLine], error) {
	list, err := s.core.Baseline(ctx, by.actor)
	return answerList(by, list, err)
}
