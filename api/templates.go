package api

import (
	"context"

	"datchuan/certificates"
	"datchuan/models"
)

func (s *server) templateRoutes() {
	add(s, get("templates", "/certificate-templates", models.CertificatesRead), s.templates)
	add(s, get("template", "/certificate-templates/{code}", models.CertificatesRead), s.template)
	add(s, put("template-save", "/certificate-templates/{code}", models.CoursesWrite), s.saveTemplate)
	add(s, post("template-preview", "/certificate-templates/preview", models.CertificatesRead).downloads(pdfType), s.previewTemplate)
}

func (s *server) templates(ctx context.Context, by caller, _ *none) (*page[models.CertificateTemplate], error) {
	list, err := s.core.Templates(ctx, by.actor)
	return answerList(by, list, err)
}

type templateQuery struct {
	CodePath
	Version int `query:"version" minimum:"0" doc:"0: mới nhất / the newest"`
}

func (s *server) template(ctx context.Context, by caller, in *templateQuery) (*tagged[models.CertificateTemplate], error) {
	t, err := s.core.Template(ctx, by.actor, in.Code, in.Version)
	return answerTagged(t, int64(t.Version), err)
}

type templateInput struct {
	CodePath
	Body models.CertificateTemplate
}

// saveTemplate adds a version; the body's version is the one that was read, 0 for a new template.
func (s *server) saveTemplate(ctx context.Context, by caller, in *templateInput) (*tagged[models.CertificateTemplate], error) {
	in.Body.Code = in.Code
	t, err := s.core.SaveTemplate(ctx, by.actor, in.Body)
	return answerTagged(t, int64(t.Version), err)
}

type previewInput struct{ Body models.CertificateTemplate }

func (s *server) previewTemplate(_ context.Context, _ caller, in *previewInput) (*file, error) {
	if err := in.Body.Check(); err != nil {
		return nil, err
	}
	press, err := certificates.NewPress(in.Body)
	if err != nil {
		return nil, err
	}
	pdf, err := press.One(models.SampleCertificate(in.Body.Kind))
	return fileOr(attach(pdfType, in.Body.Code+".pdf", pdf), err)
}
