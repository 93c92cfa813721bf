package core

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// Letterheads are settings by unit; a unit without one uses that of the nearest unit above it, and an office that has
// set none the shipped default, made for the Hội of a province. Unit 0 stands for the whole office.

//go:embed settings_letterhead.json
var shippedLetterhead []byte

// letterheadDefault is the shipped data: {province} becomes the province in capitals; places are the towns from which
// a province's papers are dated, by its name.
type letterheadDefault struct {
	Letterhead models.Letterhead `json:"letterhead"`
	Places     map[string]string `json:"places"`
}

func letterheadKey(unitID int64) string { return fmt.Sprintf("letterhead:%d", unitID) }

// Letterhead is what heads and signs the papers of a unit in scope; unit 0 is the actor's own.
func (c *Core) Letterhead(ctx context.Context, actor models.Actor, unitID int64) (models.Letterhead, error) {
	if err := allow(actor, models.SignedIn); err != nil {
		return models.Letterhead{}, err
	}
	if unitID == 0 {
		unitID = actor.UnitID
	}
	if unitID != 0 && !actor.May(models.SettingsWrite) {
		if err := c.unitInScope(ctx, actor, unitID); err != nil {
			return models.Letterhead{}, err
		}
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return models.Letterhead{}, err
	}
	span, _ := tree.Nearest(unitID, c.Today(ctx))
	chain := append([]int64{0}, models.PathIDs(span.Path)...)
	keys := make([]string, len(chain))
	for i, id := range chain {
		keys[i] = letterheadKey(id)
	}
	var found []setting
	if err := c.read.WithContext(ctx).Where("key IN ?", keys).Find(&found).Error; err != nil {
		return models.Letterhead{}, err
	}
	for _, key := range slices.Backward(keys) {
		if i := slices.IndexFunc(found, func(s setting) bool { return s.Key == key }); i >= 0 {
			var head models.Letterhead
			return head, json.Unmarshal([]byte(found[i].Value), &head)
		}
	}
	return c.defaultLetterhead(tree, span, c.Today(ctx))
}

func (c *Core) defaultLetterhead(tree *Tree, span models.UnitSpan, on models.Date) (models.Letterhead, error) {
	var shipped letterheadDefault
	if err := json.Unmarshal(shippedLetterhead, &shipped); err != nil {
		return models.Letterhead{}, err
	}
	head := shipped.Letterhead
	province, ok := tree.Above(span.Path, models.Province, on)
	if !ok {
		if roots := tree.Roots(on); len(roots) > 0 && roots[0].Kind == models.Province {
			province = roots[0]
		}
	}
	head.ParentLine = strings.TrimSpace(strings.ReplaceAll(head.ParentLine, "{province}", strings.ToUpper(province.FullName())))
	if head.Place = shipped.Places[province.Name]; head.Place == "" {
		head.Place = province.Name
	}
	return head, nil
}

// SetLetterhead changes that of a unit, or with unit 0 that of the whole office.
func (c *Core) SetLetterhead(ctx context.Context, actor models.Actor, unitID int64, head models.Letterhead) error {
	if err := tidyLetterhead(&head); err != nil {
		return err
	}
	return c.change(ctx, actor, models.SettingsWrite, func(tx *Tx) error {
		if unitID != 0 {
			if err := tx.Select("id").First(&models.Unit{}, unitID).Error; err != nil {
				return lookup(err, "unit")
			}
		}
		var before any
		if old, err := tx.setting(letterheadKey(unitID)); err != nil {
			return err
		} else if old != "" {
			before = json.RawMessage(old)
		}
		text, err := json.Marshal(head)
		if err != nil {
			return err
		}
		if err := tx.setSetting(letterheadKey(unitID), string(text)); err != nil {
			return err
		}
		return tx.audit("letterhead.set", "setting", unitID, change{Before: before, After: head})
	})
}

func tidyLetterhead(head *models.Letterhead) error {
	var bad models.Errors
	lines := []struct {
		field string
		text  *string
	}{{"parent_line", &head.ParentLine}, {"issuer_line", &head.IssuerLine}, {"place", &head.Place},
		{"authority", &head.Authority}, {"post", &head.Post}, {"signer", &head.Signer}}
	for _, l := range lines {
		if *l.text = models.Clean(*l.text); len([]rune(*l.text)) > 200 {
			bad = append(bad, models.Fail(models.Invalid, "letterhead.long", l.field, "max", "200"))
		}
	}
	kept := make([]string, 0, len(head.Recipients))
	for _, r := range head.Recipients {
		if r = models.Clean(r); r != "" {
			kept = append(kept, r)
		}
		if len([]rune(r)) > 200 {
			bad = append(bad, models.Fail(models.Invalid, "letterhead.long", "recipients", "max", "200"))
		}
	}
	if head.Recipients = kept; len(kept) > 30 {
		bad = append(bad, models.Fail(models.Invalid, "letterhead.recipients", "recipients", "max", "30"))
	}
	return bad.OrNil()
}

// setting reads a value, "" when there is none; setSetting stores one.
func (tx *Tx) setting(key string) (string, error) {
	var s setting
	err := tx.Where("key = ?", key).First(&s).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return s.Value, err
}

func (tx *Tx) setSetting(key, value string) error {
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&setting{Key: key, Value: value}).Error
}
