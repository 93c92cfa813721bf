package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) resultRoutes() {
	add(s, get("class-roll", "/classes/{id}/roll", models.ClassesRead), s.roll)
	add(s, put("roll-take", "/classes/{id}/sessions/{session}/roll", models.TakeRoll), s.takeRoll)
	add(s, get("class-results", "/classes/{id}/results", models.ClassesRead), s.results)
	add(s, put("class-scores", "/classes/{id}/scores", models.TakeRoll), s.saveScores)
	add(s, get("class-grades", "/classes/{id}/grades", models.TakeRoll).downloads(xlsxType), s.gradeFile)
	add(s, post("class-grades-upload", "/classes/{id}/grades", models.TakeRoll).upload(maxRoster), s.uploadGrades)
	add(s, post("class-send", "/classes/{id}/send", models.TakeRoll), s.sendResults)
	add(s, post("class-return", "/classes/{id}/return", models.CloseClasses), s.returnResults)
	add(s, post("class-close", "/classes/{id}/close", models.CloseClasses), s.closeClass)
	add(s, post("class-reopen", "/classes/{id}/reopen", models.CloseClasses), s.reopenClass)
}

func (s *server) roll(ctx context.Context, by caller, in *IDPath) (*reply[core.RollSheet], error) {
	return answer(s.core.Roll(ctx, by.actor, in.ID))
}

type rollInput struct {
	IDPath
	Session int64 `path:"session" minimum:"1"`
	Body    struct {
		Marks map[int64]models.Mark `json:"marks" doc:"Chỉ những người không có mặt đúng giờ: ghi danh -> x, P, K, M / only who is not simply present: enrolment -> x, P, K, M"`
	}
}

func (s *server) takeRoll(ctx context.Context, by caller, in *rollInput) (*done, error) {
	return answerDone(s.core.TakeRoll(ctx, by.actor, in.ID, in.Session, in.Body.Marks))
}

func (s *server) results(ctx context.Context, by caller, in *IDPath) (*reply[core.ResultSheet], error) {
	return answer(s.core.Results(ctx, by.actor, in.ID))
}

type scoreInput struct {
	EnrolmentID int64  `json:"enrolment_id" minimum:"1"`
	Test        string `json:"test" maxLength:"40"`
	Try         int    `json:"try" minimum:"1" maximum:"6"`
	Tenths      *int   `json:"tenths" nullable:"true" minimum:"-1" maximum:"100" doc:"Phần mười điểm; -1: vắng thi; null: xoá / tenths of a point; -1: did not come; null: remove"`
}

type scoresInput struct {
	IDPath
	Body struct {
		Scores []scoreInput `json:"scores" maxItems:"5000"`
	}
}

// saved tells how many things have changed.
type saved struct {
	Changed int `json:"changed"`
}

func (s *server) saveScores(ctx context.Context, by caller, in *scoresInput) (*reply[saved], error) {
	list := make([]core.ScoreInput, len(in.Body.Scores))
	for i, b := range in.Body.Scores {
		list[i] = core.ScoreInput(b)
	}
	changed, err := s.core.SaveScores(ctx, by.actor, in.ID, list)
	return answer(saved{changed}, err)
}

type versioned struct {
	IDPath
	IfMatch
}

func (s *server) sendResults(ctx context.Context, by caller, in *versioned) (*tagged[models.Class], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	class, err := s.core.SendResults(ctx, by.actor, in.ID, saw)
	return answerTagged(class, class.Version, s.staleClass(ctx, by, in.ID, err))
}

func (s *server) closeClass(ctx context.Context, by caller, in *versioned) (*tagged[core.Closing], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	closing, err := s.core.CloseClass(ctx, by.actor, in.ID, saw)
	return answerTagged(closing, closing.Class.Version, s.staleClass(ctx, by, in.ID, err))
}

type reasoned struct {
	IDPath
	IfMatch
	Body struct {
		Reason string `json:"reason" maxLength:"400"`
	}
}

func (s *server) returnResults(ctx context.Context, by caller, in *reasoned) (*tagged[models.Class], error) {
	return s.withReason(ctx, by, in, s.core.ReturnResults)
}

func (s *server) reopenClass(ctx context.Context, by caller, in *reasoned) (*tagged[models.Class], error) {
	return s.withReason(ctx, by, in, s.core.ReopenClass)
}

func (s *server) withReason(ctx context.Context, by caller, in *reasoned, do func(context.Context, models.Actor, int64, int64, string) (models.Class, error)) (*tagged[models.Class], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	class, err := do(ctx, by.actor, in.ID, saw, in.Body.Reason)
	return answerTagged(class, class.Version, s.staleClass(ctx, by, in.ID, err))
}
