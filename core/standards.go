package core

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// Positions are the posts a cadre can hold, in the order of papers. They are reference data and no secret.
func (c *Core) Positions(ctx context.Context) ([]models.Position, error) {
	var out []models.Position
	err := c.read.WithContext(ctx).Order("ordinal, code").Find(&out).Error
	return out, err
}

// Standards are the rule sets of a position ("" = of all), by position and code; all also gives the retired versions,
// newest first within a code.
func (c *Core) Standards(ctx context.Context, actor models.Actor, position string, all bool) ([]models.Standard, error) {
	if err := allow(actor, models.StandardsRead); err != nil {
		return nil, err
	}
	return standards(c.read.WithContext(ctx), position, all)
}

func standards(db *gorm.DB, position string, all bool) ([]models.Standard, error) {
	q := db.Joins("JOIN positions ON positions.code = standards.position").Order("positions.ordinal, standards.code, standards.version DESC")
	if position != "" {
		q = q.Where("standards.position = ?", position)
	}
	if !all {
		q = q.Where("standards.retired = ?", false)
	}
	var out []models.Standard
	err := q.Find(&out).Error
	return out, err
}

// Standard is one version of a rule set; version 0 is the newest.
func (c *Core) Standard(ctx context.Context, actor models.Actor, code string, version int) (models.Standard, error) {
	if err := allow(actor, models.StandardsRead); err != nil {
		return models.Standard{}, err
	}
	return standard(c.read.WithContext(ctx), code, version)
}

func standard(db *gorm.DB, code string, version int) (models.Standard, error) {
	q := db.Where("code = ?", code).Order("version DESC")
	if version != 0 {
		q = q.Where("version = ?", version)
	}
	var s models.Standard
	err := q.Take(&s).Error
	return s, lookup(err, "standard")
}

// CreateStandard adds a rule set as its first version; the standings of everybody in the position are written with it.
func (c *Core) CreateStandard(ctx context.Context, actor models.Actor, s models.Standard) (models.Standard, error) {
	err := c.changeRules(ctx, actor, models.StandardsWrite, func(tx *Tx) error {
		s.Version = 1
		if err := tx.addStandard(&s); err != nil {
			return err
		}
		if err := tx.audit("standard.create", "standard", s.ID, change{After: s}); err != nil {
			return err
		}
		return tx.restandPositions(s.Position)
	})
	return s, err
}

// CopyStandard starts a new rule set from the newest version of another.
func (c *Core) CopyStandard(ctx context.Context, actor models.Actor, code, newCode, newName string) (models.Standard, error) {
	if err := allow(actor, models.StandardsWrite); err != nil {
		return models.Standard{}, err
	}
	s, err := c.Standard(ctx, actor, code, 0)
	if err != nil {
		return models.Standard{}, err
	}
	s.Code, s.Name, s.Preferred = newCode, newName, false
	return c.CreateStandard(ctx, actor, s)
}

// NewVersion replaces the newest version of a rule set: the old one is retired and stays for old reports. sawVersion is
// the version the editor started from; another one in between is a Stale error.
func (c *Core) NewVersion(ctx context.Context, actor models.Actor, code string, sawVersion int, s models.Standard) (models.Standard, error) {
	err := c.changeRules(ctx, actor, models.StandardsWrite, func(tx *Tx) error {
		old, err := standard(tx.DB, code, 0)
		if err != nil {
			return err
		}
		if err := checkVersion(int64(sawVersion), int64(old.Version)); err != nil {
			return err
		}
		s.Code, s.Version, s.Position = code, old.Version+1, old.Position
		retired := tx.Model(&models.Standard{}).Where("id = ? AND retired = ?", old.ID, false).Update("retired", true)
		if retired.Error != nil {
			return retired.Error
		}
		if err := tx.addStandard(&s); err != nil {
			return err
		}
		if err := tx.audit("standard.new_version", "standard", s.ID, change{Before: old, After: s}); err != nil {
			return err
		}
		return tx.restandPositions(s.Position)
	})
	return s, err
}

// addStandard checks and inserts one version.
func (tx *Tx) addStandard(s *models.Standard) error {
	s.ID, s.Retired, s.CreatedAt, s.CreatedBy = 0, false, tx.at, tx.actor.AccountID
	s.Name, s.LegalBasis, s.Note = models.Clean(s.Name), models.Clean(s.LegalBasis), models.Clean(s.Note)
	if s.ValidTo == 0 {
		s.ValidTo = models.Forever
	}
	if s.Certainty == "" {
		s.Certainty = models.Uncertain
	}
	if err := s.Check(); err != nil {
		return err
	}
	var n int64
	if err := tx.Model(&models.Position{}).Where("code = ?", s.Position).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return models.Fail(models.Invalid, "standard.position_unknown", "position")
	}
	err := tx.Create(s).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Fail(models.Conflict, "standard.code_taken", "code", "code", s.Code)
	}
	return err
}

// preferredOn picks the rule set of each position (of one position when given) on a date, among those known at a moment:
// the preferred one that came into force last, else of all valid ones that which did. No flag is taken from a rule set when
// another becomes preferred, so the choice of an earlier day, and of an earlier moment, stays what it was.
func preferredOn(db *gorm.DB, position string, on models.Date, known models.Instant) ([]models.Standard, error) {
	all, err := standardsKnown(db, position, known)
	if err != nil {
		return nil, err
	}
	best := map[string]models.Standard{}
	var order []string
	for _, s := range all {
		if !(models.Span{From: s.ValidFrom, To: s.ValidTo}).Contains(on) {
			continue
		}
		b, ok := best[s.Position]
		if !ok {
			order = append(order, s.Position)
		}
		if !ok || comesBefore(s, b) {
			best[s.Position] = s
		}
	}
	out := make([]models.Standard, len(order))
	for i, p := range order {
		out[i] = best[p]
	}
	return out, nil
}

// comesBefore tells which of two rule sets, valid at one time, a list takes when it is asked for none: a preferred one, the
// newer law, the later decision of the office.
func comesBefore(s, b models.Standard) bool {
	switch {
	case s.Preferred != b.Preferred:
		return s.Preferred
	case s.ValidFrom != b.ValidFrom:
		return s.ValidFrom > b.ValidFrom
	}
	return s.Preferred && s.ID > b.ID
}

// standardsKnown are the versions that were in force at a moment, one of each code. Before the product knew any, those
// that it came with stand in: else no list could be made as of a time before.
func standardsKnown(db *gorm.DB, position string, known models.Instant) ([]models.Standard, error) {
	all, err := standards(db, position, known != models.Never)
	if err != nil || known == models.Never || len(all) == 0 {
		return all, err
	}
	first := slices.MinFunc(all, func(a, b models.Standard) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) })
	known = max(known, first.CreatedAt)
	all = slices.DeleteFunc(all, func(s models.Standard) bool { return s.CreatedAt > known })
	return slices.CompactFunc(all, func(a, b models.Standard) bool { return a.Code == b.Code }), nil // the newest version comes first
}

// standardKnown is a version of a rule set; version 0 is the newest that was there at the moment, else the newest.
func standardKnown(db *gorm.DB, code string, version int, known models.Instant) (models.Standard, error) {
	if version == 0 && known != models.Never {
		var s models.Standard
		err := db.Where("code = ? AND created_at <= ?", code, known).Order("version DESC").Take(&s).Error
		if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
			return s, err
		}
	}
	return standard(db, code, version)
}
