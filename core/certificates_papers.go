package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// RegisterPapers is the sổ cấp as far as the actor may see it, class by class in the order of the numbers (documents.md section 7).
func (c *Core) RegisterPapers(ctx context.Context, actor models.Actor, q CertificateQuery) ([]models.Paper, error) {
	q.Page, q.Size = 1, maxRegisterPage
	found, err := c.Certificates(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	if found.Total > maxRegisterPage {
		return nil, models.Fail(models.Invalid, "certificate.too_many", "year")
	}
	head, err := c.Letterhead(ctx, actor, 0)
	if err != nil {
		return nil, err
	}
	labels := map[int64]string{}
	for _, cert := range found.Lines {
		labels[cert.ID] = cert.Label
	}
	out := models.Register{PaperHead: models.PaperHead{Letterhead: head, Date: c.Today(ctx)}}
	at := map[int64]int{}
	for _, cert := range found.Lines {
		i, ok := at[cert.ClassID]
		if !ok {
			i, at[cert.ClassID] = len(out.Classes), len(out.Classes)
			f := cert.Facts
			out.Classes = append(out.Classes, models.RegisterClass{Class: models.ClassFacts{Name: classWord.ReplaceAllString(f.Class, ""), Course: f.Course, From: f.From, To: f.To, Days: f.Days, Decision: f.Decision}})
		}
		out.Classes[i].Lines = append(out.Classes[i].Lines, registerLine(cert, labels))
		if !out.From.Valid() || cert.IssuedOn < out.From {
			out.From = cert.IssuedOn
		}
		out.To = max(out.To, cert.IssuedOn)
	}
	if len(found.Lines) > 0 && !slices.ContainsFunc(found.Lines, func(x models.Certificate) bool { return x.Kind != models.GiayChungNhan }) {
		out.Title = models.Word(models.Vi, "paper.register_gcn")
	}
	if err := c.LogExport(ctx, actor, "register", len(found.Lines), q); err != nil {
		return nil, err
	}
	return out.Papers(), nil
}

// registerLine is a certificate as the register shows it; what became of it stands in the last column, never over the line.
func registerLine(c models.Certificate, labels map[int64]string) models.RegisterLine {
	f := c.Facts
	line := models.RegisterLine{Register: c.Label, Name: f.Name, Birth: f.Birth, BirthPlace: f.BirthPlace, Unit: f.Unit, Course: f.Course, Grade: f.Grade,
		Serial: c.Serial, IssuedOn: c.IssuedOn}
	if f.Post != "" {
		line.Unit = f.Post + ", " + f.Unit
	}
	switch {
	case c.State == models.CertificateReplaced && labels[c.ReplacedBy] != "":
		line.Note = models.Word(models.Vi, "paper.replaced_by", "number", labels[c.ReplacedBy])
	case c.State != models.CertificateValid:
		line.Note = models.Word(models.Vi, "certificate_state."+string(c.State))
	case c.Replaces != 0 && labels[c.Replaces] != "":
		line.Note = models.Word(models.Vi, "paper.in_place_of", "number", labels[c.Replaces])
	}
	return line
}
