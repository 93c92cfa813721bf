package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) enrolmentRoutes() {
	add(s, get("class-people", "/classes/{id}/people", models.ClassesRead), s.classPeople)
	add(s, get("class-log", "/classes/{id}/log", models.ClassesRead), s.classLog)
	add(s, post("nomination-check", "/classes/{id}/nominations/check", models.Nominate), s.checkNominations)
	add(s, create("nominate", "/classes/{id}/nominations", models.Nominate), s.nominate)
	add(s, post("nominations-decide", "/classes/{id}/decisions", models.DecideSeats), s.decide)
	add(s, create("enrol", "/classes/{id}/enrolments", models.DecideSeats), s.enrol)
	add(s, post("nomination-withdraw", "/nominations/{id}/withdraw", models.Nominate), s.withdraw)
	add(s, post("enrolment-leave", "/enrolments/{id}/leave", models.Nominate), s.leaveClass)
	add(s, get("cadre-training", "/cadres/{id}/training", models.CadresRead), s.trainingHistory)
}

func (s *server) classPeople(ctx context.Context, by caller, in *IDPath) (*reply[core.ClassPeople], error) {
	return answer(s.core.ClassPeople(ctx, by.actor, in.ID))
}

func (s *server) classLog(ctx context.Context, by caller, in *IDPath) (*page[models.EnrolmentLog], error) {
	list, err := s.core.ClassLog(ctx, by.actor, in.ID)
	return answerList(by, list, err)
}

type candidates struct {
	IDPath
	Body struct {
		Cadres []int64 `json:"cadres" minItems:"1" maxItems:"500"`
	}
}

func (s *server) checkNominations(ctx context.Context, by caller, in *candidates) (*page[core.NominationCheck], error) {
	list, err := s.core.CheckNominations(ctx, by.actor, in.ID, in.Body.Cadres)
	return answerList(by, list, err)
}

type nominationInput struct {
	CadreID  int64  `json:"cadre_id" minimum:"1"`
	Override string `json:"override,omitempty" maxLength:"400" doc:"Lý do bỏ qua cảnh báo / why warnings are passed over"`
	Note     string `json:"note,omitempty" maxLength:"400"`
}

type nominations struct {
	IDPath
	Body struct {
		Cadres []nominationInput `json:"cadres" minItems:"1" maxItems:"500"`
	}
}

func (in *nominations) inputs() []core.NominationInput {
	out := make([]core.NominationInput, len(in.Body.Cadres))
	for i, n := range in.Body.Cadres {
		out[i] = core.NominationInput(n)
	}
	return out
}

func (s *server) nominate(ctx context.Context, by caller, in *nominations) (*page[models.Nomination], error) {
	list, err := s.core.Nominate(ctx, by.actor, in.ID, in.inputs())
	return answerList(by, list, err)
}

func (s *server) enrol(ctx context.Context, by caller, in *nominations) (*page[models.Enrolment], error) {
	list, err := s.core.Enrol(ctx, by.actor, in.ID, in.inputs())
	return answerList(by, list, err)
}

type decisionInput struct {
	NominationID int64          `json:"nomination_id" minimum:"1"`
	Version      int64          `json:"version" minimum:"1"`
	Verdict      models.Verdict `json:"verdict" enum:"approve,refuse,return"`
	Reason       string         `json:"reason,omitempty" maxLength:"400"`
}

type decisions struct {
	IDPath
	Body struct {
		Decisions []decisionInput `json:"decisions" minItems:"1" maxItems:"500"`
	}
}

func (s *server) decide(ctx context.Context, by caller, in *decisions) (*page[models.Enrolment], error) {
	list := make([]core.DecideInput, len(in.Body.Decisions))
	for i, d := range in.Body.Decisions {
		list[i] = core.DecideInput(d)
	}
	seats, err := s.core.Decide(ctx, by.actor, in.ID, list)
	return answerList(by, seats, err)
}

func (s *server) withdraw(ctx context.Context, by caller, in *IDPath) (*done, error) {
	return answerDone(s.core.Withdraw(ctx, by.actor, in.ID))
}

type leaving struct {
	IDPath
	Body struct {
		Reason string `json:"reason" maxLength:"400"`
	}
}

func (s *server) leaveClass(ctx context.Context, by caller, in *leaving) (*done, error) {
	return answerDone(s.core.LeaveClass(ctx, by.actor, in.ID, in.Body.Reason))
}

func (s *server) trainingHistory(ctx context.Context, by caller, in *IDPath) (*page[core.TrainingLine], error) {
	list, err := s.core.TrainingHistory(ctx, by.actor, in.ID)
	return answerList(by, list, err)
}
