package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) accountRoutes() {
	add(s, get("accounts", "/accounts", models.AccountsManage), s.accounts)
	add(s, create("account-create", "/accounts", models.AccountsManage).unkept(), s.createAccount)
	add(s, get("account", "/accounts/{id}", models.AccountsManage), s.account)
	add(s, put("account-update", "/accounts/{id}", models.AccountsManage), s.updateAccount)
	add(s, get("account-history", "/accounts/{id}/history", models.AccountsManage), s.accountHistory)
	add(s, get("account-tokens", "/accounts/{id}/tokens", models.AccountsManage), s.accountTokens)
	add(s, remove("account-sessions-end", "/accounts/{id}/sessions", models.AccountsManage), s.endSessions)
	add(s, put("account-password", "/accounts/{id}/password", models.AccountsManage), s.setPassword)
}

// accountEdit is what can be changed of an account.
type accountEdit struct {
	Name     string      `json:"name" maxLength:"120"`
	Role     models.Role `json:"role" enum:"administrator,province_officer,province_viewer,district_officer,commune_officer,school_officer"`
	UnitID   int64       `json:"unit_id,omitempty" minimum:"0"`
	School   string      `json:"school,omitempty" maxLength:"40"`
	Language models.Lang `json:"language,omitempty" enum:"vi,en"`
	Disabled bool        `json:"disabled,omitempty"`
	Email    string      `json:"email,omitempty" maxLength:"200" doc:"Nơi nhận thông báo / where notices are sent to"`
}

type newAccount struct {
	Body struct {
		Login    string      `json:"login" maxLength:"60"`
		Name     string      `json:"name" maxLength:"120"`
		Password string      `json:"password" maxLength:"400"`
		Role     models.Role `json:"role" enum:"administrator,province_officer,province_viewer,district_officer,commune_officer,school_officer"`
		UnitID   int64       `json:"unit_id,omitempty" minimum:"0"`
		School   string      `json:"school,omitempty" maxLength:"40"`
		Language models.Lang `json:"language,omitempty" enum:"vi,en"`
		Email    string      `json:"email,omitempty" maxLength:"200"`
	}
}

func (s *server) accounts(ctx context.Context, by caller, _ *none) (*page[models.Account], error) {
	list, err := s.core.Accounts(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) account(ctx context.Context, by caller, in *IDPath) (*tagged[models.Account], error) {
	a, err := s.core.Account(ctx, by.actor, in.ID)
	return answerTagged(a, a.Version, err)
}

func (s *server) createAccount(ctx context.Context, by caller, in *newAccount) (*created[models.Account], error) {
	a, err := s.core.CreateAccount(ctx, by.actor, core.NewAccount(in.Body))
	return answerCreated(a, a.Version, fmt.Sprintf("/accounts/%d", a.ID), err)
}

type accountUpdate struct {
	IDPath
	IfMatch
	Body accountEdit
}

func (s *server) updateAccount(ctx context.Context, by caller, in *accountUpdate) (*tagged[models.Account], error) {
	saw, err := in.version()
	if err != nil {
		return nil, stale(err, func() (any, error) { return s.core.Account(ctx, by.actor, in.ID) })
	}
	a, err := s.core.UpdateAccount(ctx, by.actor, in.ID, saw, core.AccountEdit(in.Body))
	return answerTagged(a, a.Version, stale(err, func() (any, error) { return s.core.Account(ctx, by.actor, in.ID) }))
}

func (s *server) accountHistory(ctx context.Context, by caller, in *IDPath) (*page[core.Audit], error) {
	list, err := s.core.History(ctx, by.actor, "account", in.ID)
	return answerList(by, list, err)
}

func (s *server) accountTokens(ctx context.Context, by caller, in *IDPath) (*page[core.Token], error) {
	list, err := s.core.AccountTokens(ctx, by.actor, in.ID)
	return answerList(by, list, err)
}

func (s *server) endSessions(ctx context.Context, by caller, in *IDPath) (*done, error) {
	return answerDone(s.core.EndSessions(ctx, by.actor, in.ID))
}

type newPassword struct {
	IDPath
	Body struct {
		Password string `json:"password" maxLength:"400"`
	}
}

func (s *server) setPassword(ctx context.Context, by caller, in *newPassword) (*done, error) {
	return answerDone(s.core.SetPassword(ctx, by.actor, in.ID, in.Body.Password))
}
