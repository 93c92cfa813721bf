package core

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"datchuan/core/reference"
	"datchuan/models"
)

// UnitInput describes a unit that is to begin. An empty Code is derived from the parent's code and the name.
type UnitInput struct {
	Code     string          `json:"code"`
	ParentID int64           `json:"parent_id"`
	Kind     models.UnitKind `json:"kind"`
	Style    string          `json:"style"`
	Name     string          `json:"name"`
	Ordinal  int             `json:"ordinal"`
	From     models.Date     `json:"from"`
	Basis    string          `json:"basis"`
}

// CreateUnit adds a unit below one in the actor's scope.
func (c *Core) CreateUnit(ctx context.Context, actor models.Actor, in UnitInput) (models.UnitSpan, error) {
	var span models.UnitSpan
	err := c.change(ctx, actor, models.UnitsWrite, func(tx *Tx) (err error) {
		span, err = tx.createUnit(in)
		return err
	})
	return span, err
}

func (tx *Tx) createUnit(in UnitInput) (models.UnitSpan, error) {
	tree, err := tx.tree()
	if err != nil {
		return models.UnitSpan{}, err
	}
	if in.From == 0 {
		in.From = tx.today()
	}
	if err := tree.checkUnit(&in); err != nil {
		return models.UnitSpan{}, err
	}
	if err := tree.visible(tx.actor, in.ParentID, tx.today()); err != nil {
		return models.UnitSpan{}, models.Fail(models.Invalid, "unit.parent_unknown", "parent_id")
	}
	parent, ok := tree.At(in.ParentID, in.From)
	switch {
	case !ok:
		return models.UnitSpan{}, models.Fail(models.Invalid, "unit.parent_not_then", "parent_id", "date", in.From.VN())
	case !mayHang(in.Kind, parent.Kind):
		return models.UnitSpan{}, models.Fail(models.Invalid, "unit.kind_misplaced", "kind")
	}
	for _, s := range tree.Children(in.ParentID, in.From) {
		if s.Kind == in.Kind && models.MatchKey(s.FullName()) == models.MatchKey(in.Style+" "+in.Name) {
			return models.UnitSpan{}, models.Fail(models.Conflict, "unit.exists_here", "name", "name", in.Name)
		}
	}
	if in.Code == "" {
		in.Code = tree.freeCode(tree.Code(in.ParentID), in.Name)
	}
	span, err := tx.insertUnit(in, parent.Path)
	if err != nil {
		return span, err
	}
	return span, tx.audit("unit.create", "unit", span.UnitID, change{After: span})
}

// checkUnit cleans the texts and collects what is wrong with them.
func (t *Tree) checkUnit(in *UnitInput) error {
	in.Name, in.Style, in.Code, in.Basis = models.Clean(in.Name), models.Clean(in.Style), models.Clean(in.Code), models.Clean(in.Basis)
	var errs models.Errors
	if in.Name == "" || len([]rune(in.Name)) > 160 {
		errs = append(errs, models.Fail(models.Invalid, "unit.name_bad", "name"))
	}
	if !slices.Contains(models.UnitKinds, in.Kind) {
		errs = append(errs, models.Fail(models.Invalid, "unit.kind_bad", "kind"))
	}
	if !in.From.Valid() {
		errs = append(errs, models.Fail(models.Invalid, "unit.date_bad", "from"))
	}
	if _, taken := t.ByCode(in.Code); taken {
		errs = append(errs, models.Fail(models.Conflict, "unit.code_taken", "code", "code", in.Code))
	}
	if len(in.Code) > 40 || strings.ContainsAny(in.Code, " /?#&") || len([]rune(in.Style)) > 20 {
		errs = append(errs, models.Fail(models.Invalid, "unit.code_bad", "code"))
	}
	return errs.OrNil()
}

// mayHang tells whether a kind of unit can stand below another: the levels go down, a level may be left out (communes
// right below a province since 2025), offices and special branches stand below any level from commune up.
func mayHang(kind, parent models.UnitKind) bool {
	levels := models.UnitKinds[:6]
	up := slices.Index(levels, parent)
	if kind == models.Office || kind == models.Special {
		return up >= 0 && up <= slices.Index(levels, models.Commune)
	}
	if up < 0 {
		return kind == models.Group && parent == models.Special
	}
	return slices.Index(levels, kind) > up
}

// freeCode makes a code from the parent's and the name: 19303.my-trung, with a number when it is taken.
func (t *Tree) freeCode(parent, name string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == ' ', r == '-':
			return '-'
		}
		return -1
	}, models.Fold(name))
	base := parent + "." + slug
	base = base[:min(len(base), 34)]
	code := base
	for n := 2; ; n++ {
		if _, taken := t.ByCode(code); !taken {
			return code
		}
		code = fmt.Sprintf("%s-%d", base, n)
	}
}

// insertUnit writes a unit and its first span.
func (tx *Tx) insertUnit(in UnitInput, parentPath string) (models.UnitSpan, error) {
	u := models.Unit{Code: in.Code, Version: 1}
	if err := tx.Create(&u).Error; err != nil {
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return models.UnitSpan{}, models.Fail(models.Conflict, "unit.code_taken", "code", "code", in.Code)
		}
		return models.UnitSpan{}, err
	}
	s := models.UnitSpan{UnitID: u.ID, ParentID: in.ParentID, Kind: in.Kind, Style: in.Style, Name: in.Name, Search: models.Fold(in.Name),
		Ordinal: in.Ordinal, Path: parentPath + models.PathStep(u.ID), From: in.From, To: models.Forever, Basis: in.Basis}
	if len(models.PathStep(u.ID)) > models.PathWidth || len(s.Path) > 96 {
		return s, models.Fail(models.Conflict, "unit.too_many", "")
	}
	return s, tx.Create(&s).Error
}

// plantMap writes a whole history of units into an empty tree and returns the id of each code.
func (tx *Tx) plantMap(m reference.Map) (map[string]int64, error) {
	ids := map[string]int64{"": 0}
	for _, seed := range m.Units {
		u := models.Unit{Code: seed.Code, Version: 1}
		if err := tx.Create(&u).Error; err != nil {
			return nil, fmt.Errorf("unit %s: %w", seed.Code, err)
		}
		ids[seed.Code] = u.ID
	}
	paths := map[int64][]models.UnitSpan{}
	for _, seed := range m.Units {
		spans, err := seedSpans(seed, ids, paths)
		if err != nil {
			return nil, err
		}
		paths[ids[seed.Code]] = spans
		if err := tx.Create(&spans).Error; err != nil {
			return nil, fmt.Errorf("unit %s: %w", seed.Code, err)
		}
		for _, f := range seed.Flags {
			if err := tx.Create(&models.UnitFlag{UnitID: ids[seed.Code], Flag: f.Flag, From: f.From, To: f.To, Basis: f.Basis, Certainty: f.Certainty}).Error; err != nil {
				return nil, err
			}
		}
	}
	for _, l := range m.Links {
		if err := tx.Create(&models.UnitLink{FromID: ids[l.From], ToID: ids[l.To], Date: l.Date, Main: l.Main, Basis: l.Basis}).Error; err != nil {
			return nil, err
		}
	}
	delete(ids, "")
	return ids, tx.audit("unit.plant", "unit", 0, map[string]int{"units": len(m.Units), "links": len(m.Links)})
}

// seedSpans lays the paths of a unit whose parents are already laid.
func seedSpans(seed reference.UnitSeed, ids map[string]int64, laid map[int64][]models.UnitSpan) ([]models.UnitSpan, error) {
	id := ids[seed.Code]
	var out []models.UnitSpan
	for _, s := range seed.Spans {
		parent, ok := ids[s.ParentCode]
		if !ok {
			return nil, fmt.Errorf("unit %s: no parent %q", seed.Code, s.ParentCode)
		}
		span := models.UnitSpan{UnitID: id, ParentID: parent, Kind: s.Kind, Style: s.Style, Name: s.Name, Search: models.Fold(s.Name),
			Ordinal: s.Ordinal, From: s.From, To: s.To, Basis: s.Basis}
		pieces, err := layPath(span, laid[parent])
		if err != nil {
			return nil, fmt.Errorf("unit %s: %w", seed.Code, err)
		}
		out = append(out, pieces...)
	}
	return out, nil
}

// layPath cuts a span where its parent's path changes and gives each piece its path. A day without parent is refused.
func layPath(s models.UnitSpan, parent []models.UnitSpan) ([]models.UnitSpan, error) {
	if s.ParentID == 0 {
		s.Path = models.PathStep(s.UnitID)
		return []models.UnitSpan{s}, nil
	}
	var out []models.UnitSpan
	at := s.From
	for _, p := range parent {
		if p.To <= at || p.From >= s.To {
			continue
		}
		if p.From > at {
			break
		}
		path := p.Path + models.PathStep(s.UnitID)
		piece := s
		piece.From, piece.To, piece.Path = at, min(s.To, p.To), path
		if n := len(out); n > 0 && out[n-1].Path == path {
			out[n-1].To = piece.To
		} else {
			out = append(out, piece)
		}
		at = piece.To
	}
	if at < s.To {
		return nil, models.Fail(models.Conflict, "unit.parent_gap", "", "name", s.FullName(), "date", at.VN())
	}
	for i := 1; i < len(out); i++ {
		out[i].ID = 0
	}
	return out, nil
}
