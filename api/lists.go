package api

import (
	"context"
	"strconv"

	"datchuan/core/reference"
	"datchuan/models"
)

func (s *server) listRoutes() {
	add(s, get("ethnic-groups", "/lists/ethnic-groups", models.SignedIn), s.ethnicGroups)
	add(s, get("religions", "/lists/religions", models.SignedIn), s.religions)
	add(s, get("levels", "/lists/levels", models.SignedIn), s.levels)
	add(s, get("areas", "/lists/areas", models.SignedIn), s.areas)
	add(s, get("statuses", "/lists/statuses", models.SignedIn), s.statuses)
}

func (s *server) ethnicGroups(_ context.Context, by caller, _ *none) (*page[reference.Term], error) {
	return answerList(by, reference.EthnicGroups(), nil)
}

func (s *server) religions(_ context.Context, by caller, _ *none) (*page[reference.Term], error) {
	return answerList(by, reference.Religions(), nil)
}

// choice is a value of a closed list and its name in the caller's language.
type choice struct {
	Group string `json:"group,omitempty"`
	Code  string `json:"code"`
	Name  string `json:"name"`
}

// levels lists what can be held on each line of the personal file; group is the line.
func (s *server) levels(_ context.Context, by caller, _ *none) (*page[choice], error) {
	var out []choice
	for _, kind := range models.QualKinds {
		for level := models.NoLevel; level <= models.MaxLevel(kind); level++ {
			out = append(out, choice{string(kind), strconv.Itoa(level), models.Word(by.lang, models.LevelKey(kind, level))})
		}
	}
	return answerList(by, out, nil)
}

func (s *server) areas(_ context.Context, by caller, _ *none) (*page[choice], error) {
	var out []choice
	for _, flag := range models.AreaFlags {
		out = append(out, choice{Code: string(flag), Name: models.Word(by.lang, "area."+string(flag))})
	}
	return answerList(by, out, nil)
}

func (s *server) statuses(_ context.Context, by caller, _ *none) (*page[choice], error) {
	var out []choice
	for _, status := range models.Statuses {
		out = append(out, choice{Code: string(status), Name: models.Word(by.lang, "status."+string(status))})
	}
	return answerList(by, out, nil)
}
