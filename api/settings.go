package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) settingRoutes() {
	add(s, get("letterhead", "/settings/letterhead", models.SignedIn), s.letterhead)
	add(s, put("letterhead-set", "/settings/letterhead", models.SettingsWrite), s.setLetterhead)
	add(s, get("mail", "/settings/mail", models.SettingsWrite), s.mail)
	add(s, put("mail-set", "/settings/mail", models.SettingsWrite), s.setMail)
	add(s, post("mail-retry", "/settings/mail/retry", models.SettingsWrite), s.retryMail)
}

// UnitQuery names a unit; 0 is the caller's own.
type UnitQuery struct {
	UnitID int64 `query:"unit_id" minimum:"0"`
}

func (s *server) letterhead(ctx context.Context, by caller, in *UnitQuery) (*reply[models.Letterhead], error) {
	return answer(s.core.Letterhead(ctx, by.actor, in.UnitID))
}

type letterheadInput struct {
	UnitQuery
	Body struct {
		ParentLine string   `json:"parent_line" maxLength:"200"`
		IssuerLine string   `json:"issuer_line" maxLength:"200"`
		Place      string   `json:"place" maxLength:"100"`
		Authority  string   `json:"authority,omitempty" maxLength:"100"`
		Post       string   `json:"post,omitempty" maxLength:"100"`
		Signer     string   `json:"signer,omitempty" maxLength:"100"`
		Recipients []string `json:"recipients,omitempty" maxItems:"20"`
	}
}

func (s *server) setLetterhead(ctx context.Context, by caller, in *letterheadInput) (*done, error) {
	return answerDone(s.core.SetLetterhead(ctx, by.actor, in.UnitID, models.Letterhead(in.Body)))
}

func (s *server) mail(ctx context.Context, by caller, _ *none) (*reply[core.MailReport], error) {
	return answer(s.core.MailReport(ctx, by.actor))
}

type mailChoice struct {
	Body struct {
		Enabled bool `json:"enabled"`
	}
}

func (s *server) setMail(ctx context.Context, by caller, in *mailChoice) (*done, error) {
	return answerDone(s.core.SetMail(ctx, by.actor, in.Body.Enabled))
}

func (s *server) retryMail(ctx context.Context, by caller, _ *none) (*done, error) {
	return answerDone(s.core.RetryMail(ctx, by.actor))
}
