package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) tokenRoutes() {
	add(s, get("tokens", "/tokens", models.SignedIn), s.tokens)
	add(s, create("token-create", "/tokens", models.SignedIn).unkept(), s.createToken)
	add(s, remove("token-revoke", "/tokens/{id}", models.SignedIn), s.revokeToken)
}

func (s *server) tokens(ctx context.Context, by caller, _ *none) (*page[core.Token], error) {
	list, err := s.core.Tokens(ctx, by.actor)
	return answerList(by, list, err)
}

type newToken struct {
	Body struct {
		Name        string              `json:"name" maxLength:"80"`
		Permissions []models.Permission `json:"permissions" maxItems:"40"`
		Expires     models.Date         `json:"expires"`
	}
}

// tokenSecret is a token at the only moment when its secret is known.
type tokenSecret struct {
	Secret string     `json:"secret" doc:"Chỉ hiện một lần / shown once"`
	Token  core.Token `json:"token"`
}

func (s *server) createToken(ctx context.Context, by caller, in *newToken) (*created[tokenSecret], error) {
	secret, t, err := s.core.CreateToken(ctx, by.actor, in.Body.Name, in.Body.Permissions, in.Body.Expires)
	return answerCreated(tokenSecret{secret, t}, 0, fmt.Sprintf("/tokens/%d", t.ID), err)
}

func (s *server) revokeToken(ctx context.Context, by caller, in *IDPath) (*done, error) {
	return answerDone(s.core.RevokeToken(ctx, by.actor, in.ID))
}
