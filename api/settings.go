package api

import (
	"context"

	"datchuan/models"
)

func (s *server) settingRoutes() {
	add(s, get("letterhead", "/settings/letterhead", models.SignedIn), s.letterhead)
	add(s, put("letterhead-set", "/settings/letterhead", models.SettingsWrite), s.setLetterhead)
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
