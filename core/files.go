package core

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"datchuan/models"
)

// MaxFileSize is the largest piece of evidence: 5 MB.
const MaxFileSize = 5 << 20

// AttachFile stores a scan of a paper with a cadre. What it is is decided by its content, not by its name.
func (c *Core) AttachFile(ctx context.Context, actor models.Actor, cadreID int64, name string, data []byte) (models.File, error) {
	var f models.File
	err := c.change(ctx, actor, models.CadresWrite, func(tx *Tx) error {
		if _, err := tx.activeCadre(cadreID); err != nil {
			return err
		}
		var err error
		f, err = tx.attach(cadreID, name, data)
		return err
	})
	return f, err
}

func (tx *Tx) attach(cadreID int64, name string, data []byte) (models.File, error) {
	kind, ending := sniff(data)
	switch {
	case len(data) == 0:
		return models.File{}, models.Fail(models.Invalid, "file.empty", "file")
	case len(data) > MaxFileSize:
		return models.File{}, models.Fail(models.Invalid, "file.too_large", "file", "max", "5 MB")
	case kind == "":
		return models.File{}, models.Fail(models.Invalid, "file.type_bad", "file")
	}
	sum := sha256.Sum256(data)
	f := models.File{CadreID: cadreID, Name: fileName(name, ending), Type: kind, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
		Bytes: data, CreatedAt: tx.at, CreatedBy: tx.actor.AccountID}
	if err := tx.Create(&f).Error; err != nil {
		return models.File{}, err
	}
	f.Bytes = nil
	return f, tx.audit("file.add", "cadre", cadreID, change{After: f})
}

// SaveQualificationWithScan is SaveQualification with the scan of the paper: both are kept, or neither.
func (c *Core) SaveQualificationWithScan(ctx context.Context, actor models.Actor, q models.Qualification, name string, data []byte) (models.Qualification, error) {
	err := keepFact(ctx, c, actor, FactQualification, &q, qualificationFact, func(tx *Tx, cadre models.Cadre) error {
		f, err := tx.attach(cadre.ID, name, data)
		if err != nil {
			return err
		}
		q.FileID, q.Review, q.ReviewBy, q.ReviewAt = f.ID, models.Declared, 0, 0
		return tx.readyQualification(&q, cadre)
	})
	return q, err
}

// FileBytes is a stored scan with its content, when its cadre is in scope. The reading is noted.
func (c *Core) FileBytes(ctx context.Context, actor models.Actor, fileID int64) (models.File, error) {
	var f models.File
	err := c.change(ctx, actor, models.CadresRead, func(tx *Tx) error {
		notFound := models.Fail(models.NotFound, "not_found", "", "object", "file")
		if err := tx.Where("id = ?", fileID).Limit(1).Find(&f).Error; err != nil {
			return err
		}
		if f.ID == 0 {
			return notFound
		}
		if _, err := tx.scopedCadre(f.CadreID); err != nil {
			f = models.File{}
			return notFound
		}
		return tx.audit("file.read", "cadre", f.CadreID, map[string]any{"file_id": f.ID})
	})
	return f, err
}

// sniff tells a PDF, JPEG or PNG by its first bytes; anything else is "".
func sniff(data []byte) (kind, ending string) {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "application/pdf", ".pdf"
	case bytes.HasPrefix(data, []byte{0xFF, 0xD8, 0xFF}):
		return "image/jpeg", ".jpg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png", ".png"
	}
	return "", ""
}

// fileName keeps the last part of a name, without path tricks, with the ending of what the file really is.
func fileName(name, ending string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, models.Clean(name[strings.LastIndexAny(name, `/\`)+1:]))
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		name = name[:dot]
	}
	runes := []rune(strings.Trim(name, ". "))
	if len(runes) == 0 {
		runes = []rune("tai-lieu")
	}
	return string(runes[:min(len(runes), 190)]) + ending
}
