package api

import (
	"context"
	"fmt"

	"datchuan/certificates"
	"datchuan/core"
	"datchuan/models"
)

func (s *server) certificateRoutes() {
	add(s, get("certificates", "/certificates", models.CertificatesRead), s.certificates)
	add(s, get("register", "/certificates/register", models.Export).downloads(pdfType, gapTypes["xlsx"]), s.register)
	add(s, get("certificate", "/certificates/{id}", models.CertificatesRead), s.certificate)
	add(s, get("certificate-pdf", "/certificates/{id}/pdf", models.CertificatesRead).downloads(pdfType), s.certificatePDF)
	add(s, get("certificate-badge", "/certificates/{id}/badge", models.CertificatesRead).downloads("application/jwt"), s.certificateBadge)
	add(s, create("certificate-reissue", "/certificates/{id}/reissue", models.CertificatesIssue), s.reissue)
	add(s, post("revocation-ask", "/certificates/{id}/revocation", models.CertificatesIssue), s.askRevocation)
	add(s, post("revocation-decide", "/certificates/{id}/revocation/decision", models.CertificatesRevoke), s.decideRevocation)
	add(s, get("class-certificates", "/classes/{id}/certificates", models.CertificatesRead).downloads(pdfType, "application/zip"), s.classCertificates)
	add(s, get("class-paper", "/classes/{id}/papers/{paper}", models.ClassesRead).downloads(pdfType, gapTypes["xlsx"]), s.classPaper)
	add(s, get("verify", "/verify/{code}", models.Public), s.verify)
	add(s, get("signing-certificate", "/signing/certificate", models.Public).downloads("application/x-pem-file"), s.signingCertificate)
	add(s, put("signing-key", "/signing/key", models.SettingsWrite), s.setSigningKey)
}

const pdfType = "application/pdf"

type CertificateQuery struct {
	Issuer  string                  `query:"issuer" maxLength:"60"`
	Kind    models.CertificateKind  `query:"kind" enum:"giay-chung-nhan,chung-chi,thay-the"`
	State   models.CertificateState `query:"state" enum:"valid,suspended,revoked,replaced"`
	Year    int                     `query:"year" minimum:"0" maximum:"2200"`
	ClassID int64                   `query:"class" minimum:"0"`
	CadreID int64                   `query:"cadre" minimum:"0"`
	Asked   bool                    `query:"asked" doc:"Chỉ giấy đang chờ xác nhận thu hồi / only those whose revocation waits"`
	Text    string                  `query:"q" maxLength:"100"`
	Page    int                     `query:"page" minimum:"0" maximum:"1000000"`
	Size    int                     `query:"size" minimum:"0" maximum:"5000"`
}

func (s *server) certificates(ctx context.Context, by caller, in *CertificateQuery) (*reply[core.RegisterPage], error) {
	return answer(s.core.Certificates(ctx, by.actor, core.CertificateQuery(*in)))
}

func (s *server) certificate(ctx context.Context, by caller, in *IDPath) (*tagged[core.CertificateCard], error) {
	card, err := s.core.Certificate(ctx, by.actor, in.ID)
	return answerTagged(card, card.Version, err)
}

type onePrint struct {
	IDPath
	BlankQuery
}

func (s *server) certificatePDF(ctx context.Context, by caller, in *onePrint) (*file, error) {
	list, err := s.core.CertificatesToPrint(ctx, by.actor, 0, in.ID)
	if err != nil {
		return nil, err
	}
	key, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	pdf, err := s.signed(key, list[0], in.BlankQuery, by.base)
	if err != nil {
		return nil, err
	}
	return attach(pdfType, certificateName(list[0].Certificate), pdf), nil
}

func (s *server) certificateBadge(ctx context.Context, by caller, in *IDPath) (*file, error) {
	list, err := s.core.CertificatesToPrint(ctx, by.actor, 0, in.ID)
	if err != nil {
		return nil, err
	}
	token, err := certificates.Badge(s.core.BadgeKey(), list[0].Printed(by.base))
	if err != nil {
		return nil, err
	}
	return attach("application/jwt", certificateName(list[0].Certificate)+".jwt", []byte(token)), nil
}

type reissueBody struct {
	Cause  models.ReissueCause `json:"cause" enum:"wrong,lost,damaged"`
	Reason string              `json:"reason" maxLength:"400"`
}

type reissueInput struct {
	IDPath
	IfMatch
	Body reissueBody
}

func (s *server) reissue(ctx context.Context, by caller, in *reissueInput) (*created[models.Certificate], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	next, err := s.core.ReissueCertificate(ctx, by.actor, in.ID, saw, in.Body.Cause, in.Body.Reason)
	return answerCreated(next, next.Version, fmt.Sprintf("/certificates/%d", next.ID), s.staleCertificate(ctx, by, in.ID, err))
}

func (s *server) staleCertificate(ctx context.Context, by caller, id int64, err error) error {
	return stale(err, func() (any, error) { return s.core.Certificate(ctx, by.actor, id) })
}

type revocationBody struct {
	Reason string `json:"reason" maxLength:"400"`
}

type revocationInput struct {
	IDPath
	IfMatch
	Body revocationBody
}

func (s *server) askRevocation(ctx context.Context, by caller, in *revocationInput) (*tagged[models.Certificate], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	cert, err := s.core.AskRevocation(ctx, by.actor, in.ID, saw, in.Body.Reason)
	return answerTagged(cert, cert.Version, s.staleCertificate(ctx, by, in.ID, err))
}

type revocationDecision struct {
	Confirm bool   `json:"confirm"`
	Note    string `json:"note,omitempty" maxLength:"400"`
}

type revocationDecisionInput struct {
	IDPath
	IfMatch
	Body revocationDecision
}

func (s *server) decideRevocation(ctx context.Context, by caller, in *revocationDecisionInput) (*tagged[models.Certificate], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	cert, err := s.core.DecideRevocation(ctx, by.actor, in.ID, saw, in.Body.Confirm, in.Body.Note)
	return answerTagged(cert, cert.Version, s.staleCertificate(ctx, by, in.ID, err))
}

type classPrints struct {
	IDPath
	BlankQuery
	Format string `query:"format" enum:"pdf,zip" default:"pdf" doc:"pdf: một tệp để in; zip: từng tệp có chữ ký số / one file for the printer, or single signed files"`
}

// classCertificates prints a class. Certificates of several templates (a replaced one among them) can't share a file: they come as an
// archive of files.
func (s *server) classCertificates(ctx context.Context, by caller, in *classPrints) (*file, error) {
	list, err := s.core.CertificatesToPrint(ctx, by.actor, in.ID, 0)
	if err != nil {
		return nil, err
	}
	name := list[0].Facts.Class
	if in.Format == "zip" || mixed(list) {
		data, err := s.zipped(ctx, list, in.BlankQuery, by.base)
		return fileOr(attach("application/zip", name+".zip", data), err)
	}
	data, err := s.booked(list, in.BlankQuery, by.base)
	return fileOr(attach(pdfType, name+".pdf", data), err)
}

func fileOr(f *file, err error) (*file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

func mixed(list []core.CertificatePrint) bool {
	for _, c := range list {
		if c.Template != list[0].Template || c.TemplateVersion != list[0].TemplateVersion {
			return true
		}
	}
	return false
}

type codeCheck struct {
	Code string `path:"code" maxLength:"80"`
}

func (s *server) verify(ctx context.Context, by caller, in *codeCheck) (*reply[core.PublicCertificate], error) {
	return answer(s.core.CheckCertificate(ctx, by.addr, in.Code))
}

func (s *server) signingCertificate(ctx context.Context, _ caller, _ *none) (*file, error) {
	if _, err := s.signer(ctx); err != nil {
		return nil, err
	}
	pem, err := s.core.SigningCertificates(ctx)
	return fileOr(attach("application/x-pem-file", "datchuan-signing.pem", pem), err)
}

type signingKeyInput struct {
	Body struct {
		PEM string `json:"pem" maxLength:"60000" doc:"Khóa riêng và chứng thư, PEM / private key and certificates, PEM"`
	}
}

func (s *server) setSigningKey(ctx context.Context, by caller, in *signingKeyInput) (*reply[certificates.Holder], error) {
	key, err := certificates.ParseKey([]byte(in.Body.PEM))
	if err != nil {
		return nil, err
	}
	return answer(key.Holder(), s.core.SetSigningKey(ctx, by.actor, []byte(in.Body.PEM), key.Certificate()))
}
