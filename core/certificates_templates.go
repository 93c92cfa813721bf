package core

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// seedTemplates adds the shipped templates where their codes are missing.
func (tx *Tx) seedTemplates() error {
	var codes []string
	if err := tx.Model(&certificateTemplate{}).Distinct().Pluck("code", &codes).Error; err != nil {
		return err
	}
	for _, t := range models.CertificateTemplates() {
		if slices.Contains(codes, t.Code) {
			continue
		}
		if _, err := tx.addTemplate(t, 1); err != nil {
			return err
		}
	}
	return nil
}

// addTemplate stores a version of a template; versions are only added.
func (tx *Tx) addTemplate(t models.CertificateTemplate, number int) (certificateTemplate, error) {
	t.Version = number
	body, err := json.Marshal(t)
	if err != nil {
		return certificateTemplate{}, err
	}
	row := certificateTemplate{Code: t.Code, Number: number, Kind: t.Kind, Name: t.Name, Body: string(body), At: tx.at, By: tx.actor.AccountID}
	if err := tx.Create(&row).Error; err != nil {
		return row, err
	}
	return row, tx.audit("template.save", "template", row.ID, map[string]any{"code": t.Code, "version": number})
}

func (r certificateTemplate) template() (t models.CertificateTemplate, err error) {
	return t, json.Unmarshal([]byte(r.Body), &t)
}

func latestTemplate(db *gorm.DB, code string) (certificateTemplate, error) {
	var row certificateTemplate
	err := db.Where("code = ?", code).Order("number DESC").Take(&row).Error
	return row, lookup(err, "template")
}

// Templates are the newest versions of all templates of certificates.
func (c *Core) Templates(ctx context.Context, actor models.Actor) ([]models.CertificateTemplate, error) {
	if err := allow(actor, models.CertificatesRead); err != nil {
		return nil, err
	}
	var rows []certificateTemplate
	err := c.read.WithContext(ctx).Where("number = (SELECT MAX(number) FROM certificate_templates newest WHERE newest.code = certificate_templates.code)").
		Order("kind, code").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]models.CertificateTemplate, len(rows))
	for i, r := range rows {
		if out[i], err = r.template(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Template is one version of a template; version 0 is the newest.
func (c *Core) Template(ctx context.Context, actor models.Actor, code string, version int) (models.CertificateTemplate, error) {
	if err := allow(actor, models.CertificatesRead); err != nil {
		return models.CertificateTemplate{}, err
	}
	return templateOf(c.read.WithContext(ctx), code, version)
}

func templateOf(db *gorm.DB, code string, version int) (models.CertificateTemplate, error) {
	db = db.Where("code = ?", code)
	if version != 0 {
		db = db.Where("number = ?", version)
	}
	var row certificateTemplate
	if err := db.Order("number DESC").Take(&row).Error; err != nil {
		return models.CertificateTemplate{}, lookup(err, "template")
	}
	return row.template()
}

// SaveTemplate adds a version of a template, or a new template (Version 0). Version is the one that the editor saw. What was
// issued with an older version stays as it was.
func (c *Core) SaveTemplate(ctx context.Context, actor models.Actor, in models.CertificateTemplate) (models.CertificateTemplate, error) {
	tidy(&in.Code, &in.Name, &in.Note)
	if err := in.Check(); err != nil {
		return in, err
	}
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		var newest certificateTemplate
		if err := tx.Where("code = ?", in.Code).Order("number DESC").Limit(1).Find(&newest).Error; err != nil {
			return err
		}
		if newest.ID != 0 && in.Version == 0 {
			return models.Fail(models.Conflict, "template.code_taken", "code")
		}
		if err := checkVersion(int64(in.Version), int64(newest.Number)); err != nil {
			return err
		}
		if newest.ID != 0 && newest.Kind != in.Kind {
			return models.Fail(models.Conflict, "template.kind_fixed", "kind")
		}
		_, err := tx.addTemplate(in, newest.Number+1)
		in.Version = newest.Number + 1
		return err
	})
	return in, err
}
