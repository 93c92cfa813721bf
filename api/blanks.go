package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) blankRoutes() {
	add(s, get("blanks", "/blanks", models.CertificatesIssue), s.blanks)
	add(s, create("blanks-receive", "/blanks", models.CertificatesIssue), s.receiveBlanks)
	add(s, post("blank-spoil", "/blanks/spoilt", models.CertificatesIssue), s.spoilBlank)
	add(s, post("class-blanks", "/classes/{id}/blanks", models.CertificatesIssue), s.useBlanks)
	add(s, get("issuers", "/issuers", models.CertificatesRead), s.issuers)
	add(s, put("issuer-update", "/issuers/{key}", models.CertificatesIssue), s.updateIssuer)
}

func (s *server) blanks(ctx context.Context, by caller, _ *none) (*page[core.BlankStock], error) {
	list, err := s.core.Blanks(ctx, by.actor)
	return answerList(by, list, err)
}

type blanksBody struct {
	Issuer string `json:"issuer" maxLength:"60" doc:"unit:ID hoặc/or school:CODE"`
	First  string `json:"first" maxLength:"40" doc:"Số hiệu đầu / first serial"`
	Count  int    `json:"count" minimum:"1" maximum:"5000"`
}

type blanksInput struct{ Body blanksBody }

func (s *server) receiveBlanks(ctx context.Context, by caller, in *blanksInput) (*created[core.BlankStock], error) {
	stock, err := s.core.ReceiveBlanks(ctx, by.actor, in.Body.Issuer, in.Body.First, in.Body.Count)
	return answerCreated(stock, 0, "/blanks", err)
}

type spoiltBody struct {
	Issuer string `json:"issuer" maxLength:"60"`
	Serial string `json:"serial" maxLength:"40"`
	Reason string `json:"reason" maxLength:"400"`
}

type spoiltInput struct{ Body spoiltBody }

func (s *server) spoilBlank(ctx context.Context, by caller, in *spoiltInput) (*reply[core.BlankStock], error) {
	return answer(s.core.SpoilBlank(ctx, by.actor, in.Body.Issuer, in.Body.Serial, in.Body.Reason))
}

func (s *server) useBlanks(ctx context.Context, by caller, in *IDPath) (*reply[saved], error) {
	n, err := s.core.UseBlanks(ctx, by.actor, in.ID)
	return answer(saved{n}, err)
}

func (s *server) issuers(ctx context.Context, by caller, _ *none) (*page[models.CertificateIssuer], error) {
	list, err := s.core.Issuers(ctx, by.actor)
	return answerList(by, list, err)
}

type issuerBody struct {
	Parent     string                            `json:"parent,omitempty" maxLength:"200"`
	Issuer     string                            `json:"issuer" maxLength:"200"`
	IssuerName string                            `json:"issuer_name,omitempty" maxLength:"200"`
	Place      string                            `json:"place,omitempty" maxLength:"200"`
	Authority  string                            `json:"authority,omitempty" maxLength:"200"`
	SignerPost string                            `json:"signer_post,omitempty" maxLength:"200"`
	Signer     string                            `json:"signer,omitempty" maxLength:"200"`
	Numbers    map[models.CertificateKind]string `json:"numbers,omitempty" doc:"Mẫu số theo loại giấy, có {n} và {year} / pattern of numbers by kind"`
	Version    int64                             `json:"version" minimum:"0" doc:"Phiên bản đã đọc; 0: chưa sửa lần nào / as read; 0: never edited"`
}

type issuerInput struct {
	Key  string `path:"key" maxLength:"60"`
	Body issuerBody
}

func (s *server) updateIssuer(ctx context.Context, by caller, in *issuerInput) (*reply[models.CertificateIssuer], error) {
	b := in.Body
	return answer(s.core.SaveIssuer(ctx, by.actor, models.CertificateIssuer{Key: in.Key, Parent: b.Parent, Issuer: b.Issuer, IssuerName: b.IssuerName, Place: b.Place,
		Authority: b.Authority, SignerPost: b.SignerPost, Signer: b.Signer, Numbers: b.Numbers, Version: b.Version}))
}
