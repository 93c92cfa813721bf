package api

import (
	"context"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) auditRoutes() {
	add(s, get("audit", "/audit", models.AuditRead), s.audit)
	add(s, get("audit-verify", "/audit/verify", models.AuditRead), s.verifyAudit)
}

type auditQuery struct {
	Object    string `query:"object" maxLength:"30"`
	ObjectID  int64  `query:"object_id" minimum:"0"`
	AccountID int64  `query:"account_id"`
	Action    string `query:"action" maxLength:"40"`
	From      day    `query:"from"`
	To        day    `query:"to"`
	After     int64  `query:"after" minimum:"0" doc:"Tiếp sau mã này, mới nhất trước / continue below this id, newest first"`
	Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *server) audit(ctx context.Context, by caller, in *auditQuery) (*page[core.Audit], error) {
	list, err := s.core.Audits(ctx, by.actor, core.AuditFilter{Object: in.Object, ObjectID: in.ObjectID, AccountID: in.AccountID,
		Action: in.Action, From: in.From.Date, To: in.To.Date, Before: in.After, Limit: in.Limit})
	next := ""
	if len(list) == in.Limit {
		next = strconv.FormatInt(list[len(list)-1].ID, 10)
	}
	return answerPage(by, list, next, err)
}

type verifyQuery struct {
	Heads []string `query:"heads" maxItems:"100" doc:"Các đầu nhật ký đã ghi lại trước đây, dạng SỐ:MÃ; phát hiện nhật ký bị cắt đuôi / heads noted earlier, as ID:HASH; they show a log that was cut"`
}

func (s *server) verifyAudit(ctx context.Context, _ caller, in *verifyQuery) (*reply[core.AuditCheck], error) {
	return answer(s.core.VerifyAudit(ctx, in.Heads...))
}
