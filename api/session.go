package api

import (
	"context"

	"datchuan/models"
)

func (s *server) sessionRoutes() {
	add(s, post("session-open", "/session", models.Public).unkept(), s.openSession)
	add(s, get("session", "/session", models.SignedIn), s.session)
	add(s, remove("session-close", "/session", models.SignedIn), s.closeSession)
	add(s, put("session-password", "/session/password", models.SignedIn), s.changePassword)
	add(s, put("session-language", "/session/language", models.SignedIn), s.setLanguage)
	add(s, put("email-set", "/session/email", models.SignedIn), s.setEmail)
}

// me is the account at work and what it may do.
type me struct {
	AccountID   int64               `json:"account_id"`
	Login       string              `json:"login"`
	Name        string              `json:"name"`
	Role        models.Role         `json:"role"`
	UnitID      int64               `json:"unit_id"`
	School      string              `json:"school,omitempty"`
	Language    models.Lang         `json:"language"`
	Permissions []models.Permission `json:"permissions"`
}

func meOf(a models.Actor) me {
	out := me{AccountID: a.AccountID, Login: a.Login, Name: a.Name, Role: a.Role, UnitID: a.UnitID, School: a.School, Language: a.Language}
	for _, p := range models.Permissions() {
		if a.May(p) {
			out.Permissions = append(out.Permissions, p)
		}
	}
	return out
}

type login struct {
	Body struct {
		Login    string `json:"login" maxLength:"60"`
		Password string `json:"password" maxLength:"400"`
	}
}

// opened is a new session. The token goes into Authorization: Bearer; it is not shown again.
type opened struct {
	Token   string `json:"token"`
	Account me     `json:"account"`
}

func (s *server) openSession(ctx context.Context, by caller, in *login) (*reply[opened], error) {
	token, actor, err := s.core.Login(ctx, in.Body.Login, in.Body.Password, by.addr)
	return answer(opened{token, meOf(actor)}, err)
}

func (s *server) session(_ context.Context, by caller, _ *none) (*reply[me], error) {
	return answer(meOf(by.actor), nil)
}

// closeSession ends the session that the request came with; an API token is not a session and stays.
func (s *server) closeSession(ctx context.Context, by caller, _ *none) (*done, error) {
	if by.session == "" {
		return nil, models.Fail(models.Conflict, "session_none", "")
	}
	return answerDone(s.core.Logout(ctx, by.session))
}

type passwords struct {
	Body struct {
		Old string `json:"old" maxLength:"400"`
		New string `json:"new" maxLength:"400"`
	}
}

func (s *server) changePassword(ctx context.Context, by caller, in *passwords) (*done, error) {
	return answerDone(s.core.ChangePassword(ctx, by.actor, in.Body.Old, in.Body.New))
}

type languageChoice struct {
	Body struct {
		Language models.Lang `json:"language" enum:"vi,en"`
	}
}

func (s *server) setLanguage(ctx context.Context, by caller, in *languageChoice) (*done, error) {
	return answerDone(s.core.SetLanguage(ctx, by.actor, in.Body.Language))
}

type emailChoice struct {
	Body struct {
		Email string `json:"email" maxLength:"200" doc:"Để trống là không nhận thư / empty for no mail"`
	}
}

func (s *server) setEmail(ctx context.Context, by caller, in *emailChoice) (*done, error) {
	return answerDone(s.core.SetEmail(ctx, by.actor, in.Body.Email))
}
