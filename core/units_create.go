package core

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

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
	err := c.changeRules(ctx, actor, models.UnitsWrite, func(tx *Tx) (err error) {
		span, err = tx.createUnit(in)
		return err
	})
	return span, err
}

// PreviewUnit is CreateUnit in a transaction that is rolled back.
func (c *Core) PreviewUnit(ctx context.Context, actor models.Actor, in UnitInput) (models.UnitSpan, error) {
	var span models.UnitSpan
	err := c.change(ctx, actor, models.UnitsWrite, func(tx *Tx) (err error) {
		if span, err = tx.createUnit(in); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
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
	span, err := tx.insertUnit(tree, in)
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

// insertUnit writes a unit and the spans of its life, and returns the first.
func (tx *Tx) insertUnit(tree *Tree, in UnitInput) (models.UnitSpan, error) {
	u := models.Unit{Code: in.Code, Version: 1}
	if err := tx.Create(&u).Error; err != nil {
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return models.UnitSpan{}, models.Fail(models.Conflict, "unit.code_taken", "code", "code", in.Code)
		}
		return models.UnitSpan{}, err
	}
	s := models.UnitSpan{UnitID: u.ID, ParentID: in.ParentID, Kind: in.Kind, Style: in.Style, Name: in.Name, Search: models.Fold(in.Name),
		Ordinal: in.Ordinal, From: in.From, To: models.Forever, Basis: in.Basis}
	life, err := tree.follow(s)
	if err != nil {
		return s, err
	}
	if len(models.PathStep(u.ID)) > models.PathWidth || len(life[0].Path) > maxPath {
		return s, models.Fail(models.Conflict, "unit.too_many", "")
	}
	err = tx.Create(&life).Error
	return life[0], err
}

// maxPath is the length of the longest path that the tables hold.
const maxPath = 96

// follow lays the life of a new unit along its parent's: where a reform that is already known ends the parent, the unit
// goes on below the parent's main successor, or ends with it when it can't stand there.
func (t *Tree) follow(s models.UnitSpan) ([]models.UnitSpan, error) {
	var out []models.UnitSpan
	for range 20 { // as in SuccessorOn
		parent := t.spans[s.ParentID]
		end := parent[len(parent)-1].To
		piece := s
		piece.To = min(s.To, end)
		laid, err := layPath(piece, parent)
		if err != nil {
			return nil, err
		}
		out = append(out, laid...)
		next, ok := t.SuccessorOn(s.ParentID, end)
		if heir, stands := t.At(next, end); end >= s.To || !ok || !stands || !mayHang(s.Kind, heir.Kind) {
			break
		}
		s.From, s.ParentID = end, next
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
