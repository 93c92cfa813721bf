package api

import (
	"context"
	"fmt"
	"slices"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) factRoutes() {
	addFact(s, "holding", "holdings", s.saveHolding, (*holdingInput).holding)
	addFact(s, "succession", "successions", plainly[successionInput](s.core.SaveSuccession), (*successionInput).succession)
	addFact(s, "qualification", "qualifications", plainly[qualificationInput](s.core.SaveQualification), (*qualificationInput).qualification)
	addFact(s, "study", "studies", plainly[studyInput](s.core.SaveStudy), (*studyInput).study)
	addFact(s, "award", "awards", plainly[awardInput](s.core.SaveAward), (*awardInput).award)
	addFact(s, "rating", "ratings", plainly[ratingInput](s.core.SaveRating), (*ratingInput).rating)
	add(s, post("qualification-review", "/cadres/{id}/qualifications/{fact}/review", models.FactsVerify), s.review)
}

func (s *server) saveHolding(ctx context.Context, actor models.Actor, h models.Holding, in *holdingInput) (models.Holding, error) {
	if in.Shared {
		return s.core.SaveHolding(ctx, actor, h, core.SeatShared)
	}
	return s.core.SaveHolding(ctx, actor, h)
}

// plainly is how a kind of fact is saved whose input says nothing beside the fact.
func plainly[I, M any](save func(context.Context, models.Actor, M) (M, error)) func(context.Context, models.Actor, M, *I) (M, error) {
	return func(ctx context.Context, actor models.Actor, fact M, _ *I) (M, error) { return save(ctx, actor, fact) }
}

// FactPath names a fact of a cadre; it stays the same through all its versions.
type FactPath struct {
	IDPath
	Fact int64 `path:"fact" minimum:"0" doc:"fact_id"`
}

type newFact[I any] struct {
	IDPath
	Body I
}

type factUpdate[I any] struct {
	FactPath
	IfMatch
	Body I
}

// place is where a fact belongs: whose it is, which fact, and the row that the editor saw (0 when new).
type place struct{ cadre, fact, row int64 }

// addFact registers adding, changing and removing one kind of fact. The tag of a fact is the id of its current row.
func addFact[I, M any](s *server, kind, path string, save func(context.Context, models.Actor, M, *I) (M, error), build func(*I, place) M) {
	list := "/cadres/{id}/" + path
	add(s, create(kind+"-add", list, models.CadresWrite), func(ctx context.Context, by caller, in *newFact[I]) (*created[M], error) {
		x, err := save(ctx, by.actor, build(&in.Body, place{cadre: in.ID}), &in.Body)
		return answerCreated(x, rowOf(x).row, fmt.Sprintf("/cadres/%d/%s/%d", in.ID, path, rowOf(x).fact), err)
	})
	add(s, put(kind+"-update", list+"/{fact}", models.CadresWrite), func(ctx context.Context, by caller, in *factUpdate[I]) (*tagged[M], error) {
		var x M
		saw, err := in.version()
		if err == nil {
			x, err = save(ctx, by.actor, build(&in.Body, place{in.ID, in.Fact, saw}), &in.Body)
		}
		return answerTagged(x, rowOf(x).row, stale(err, func() (any, error) { return s.fact(ctx, by, in.ID, in.Fact) }))
	})
	add(s, remove(kind+"-remove", list+"/{fact}", models.CadresWrite), func(ctx context.Context, by caller, in *factRemoval) (*done, error) {
		saw, err := in.version()
		if err != nil {
			return nil, err
		}
		now, err := s.fact(ctx, by, in.ID, in.Fact)
		if err == nil && rowOf(now).row != saw {
			err = staleError{models.Fail(models.Stale, "edit.stale", ""), now}
		}
		if err == nil {
			err = s.core.RemoveFact(ctx, by.actor, kind, in.ID, in.Fact)
		}
		return answerDone(err)
	})
}

type factRemoval struct {
	FactPath
	IfMatch
}

// fact finds a current fact on the card of its cadre.
func (s *server) fact(ctx context.Context, by caller, cadre, fact int64) (any, error) {
	card, err := s.core.Cadre(ctx, by.actor, cadre, 0)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(anys(card.Holdings), anys(card.Successions), anys(card.Qualifications), anys(card.Studies), anys(card.Awards), anys(card.Ratings))
	for _, x := range all {
		if rowOf(x).fact == fact {
			return x, nil
		}
	}
	return nil, models.Fail(models.NotFound, "not_found", "", "object", "fact")
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i := range list {
		out[i] = list[i]
	}
	return out
}

type reviewInput struct {
	FactPath
	Body struct {
		Review models.Review `json:"review" enum:"declared,verified,rejected"`
		Note   string        `json:"note,omitempty" maxLength:"400"`
	}
}

func (s *server) review(ctx context.Context, by caller, in *reviewInput) (*done, error) {
	if _, err := s.fact(ctx, by, in.ID, in.Fact); err != nil {
		return nil, err
	}
	return answerDone(s.core.ReviewQualification(ctx, by.actor, in.Fact, in.Body.Review, in.Body.Note))
}
