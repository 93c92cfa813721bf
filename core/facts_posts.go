package core

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

// HoldingOption relaxes a check of SaveHolding after somebody has confirmed it.
type HoldingOption string

// SeatShared allows a second holder of a post that usually has one (handing over, acting).
const SeatShared HoldingOption = "seat_shared"

// singleSeat tells whether a post has one holder per unit: the heads.
func singleSeat(position string) bool {
	switch position {
	case "chu-tich-xa", "chi-hoi-truong", "to-truong", "truong-chi-hoi-loai-hinh":
		return true
	}
	return false
}

// SaveHolding adds a post or writes a new version of it. A second holder of a head's seat is a Conflict
// "holding.seat_taken" unless SeatShared is given.
func (c *Core) SaveHolding(ctx context.Context, actor models.Actor, h models.Holding, options ...HoldingOption) (models.Holding, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return h, err
	}
	err = keepFact(ctx, c, actor, FactHolding, &h, holdingFact, func(tx *Tx, _ models.Cadre) error {
		return tx.readyHolding(tree, &h, slices.Contains(options, SeatShared))
	})
	return h, err
}

// readyHolding takes the map from outside: it is read before the transaction, which should be short.
func (tx *Tx) readyHolding(tree *Tree, h *models.Holding, shared bool) error {
	h.Term, h.Decision = models.Clean(h.Term), models.Clean(h.Decision)
	if h.From == 0 {
		h.From = models.Beginning
	}
	if h.To == 0 {
		h.To = models.Forever
	}
	errs := checkSpan(h.From, h.To)
	if h.Term != "" && !validTerm(h.Term) {
		errs = append(errs, models.Fail(models.Invalid, "fact.term_bad", "term"))
	}
	if len([]rune(h.Decision)) > 120 {
		errs = append(errs, models.Fail(models.Invalid, "fact.too_long", "decision", "max", "120"))
	}
	place, err := tx.checkPost(tree, h.Position, h.UnitID, h.From)
	if err != nil {
		return append(errs, asErrors(err)...)
	}
	if len(errs) > 0 {
		return errs
	}
	spans := tree.Spans(place.UnitID)
	if end := spans[len(spans)-1].To; h.To == models.Forever && end > tx.today() {
		h.To = end // left open, the post lasts as long as its unit
	} else if end < h.To {
		return models.Fail(models.Invalid, "holding.unit_ended", "to", "name", place.FullName(), "date", end.VN())
	}
	return tx.checkSeat(h, place, shared)
}

// checkPost asks that the position exists, the unit is in scope and stands on the day, and is of the kind of the post.
func (tx *Tx) checkPost(tree *Tree, position string, unitID int64, from models.Date) (models.UnitSpan, error) {
	p, err := tx.position(position)
	if err != nil {
		return models.UnitSpan{}, err
	}
	if !tree.inScope(unitID, tx.actor.Path, tx.today()) {
		return models.UnitSpan{}, models.Fail(models.Invalid, "fact.unit_unknown", "unit_id")
	}
	s, ok := tree.At(unitID, from)
	if from == models.Beginning {
		s, ok = tree.Nearest(unitID, from)
	}
	if !ok {
		s, _ = tree.Nearest(unitID, from)
		return s, models.Fail(models.Invalid, "fact.unit_not_then", "unit_id", "name", s.FullName(), "date", from.VN())
	}
	if s.Kind != p.UnitKind {
		return s, models.Fail(models.Invalid, "fact.unit_kind", "unit_id", "position", p.Name, "name", s.FullName())
	}
	return s, nil
}

// checkSeat refuses the same post twice for one cadre, and a second holder of a head's seat. Two officers who fill the
// same seat at once wait for each other at the unit's row.
func (tx *Tx) checkSeat(h *models.Holding, place models.UnitSpan, shared bool) error {
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", h.UnitID).Take(&models.Unit{}).Error; err != nil {
		return err
	}
	var others []models.Holding
	err := tx.Joins("JOIN cadres ON cadres.id = holdings.cadre_id AND cadres.state = 'active'").
		Where("holdings.unit_id = ? AND holdings.position = ? AND holdings.superseded_at = ? AND holdings.fact_id <> ? AND holdings.valid_from < ? AND holdings.valid_to > ?",
			h.UnitID, h.Position, models.Never, h.FactID, h.To, h.From).Find(&others).Error
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.CadreID == h.CadreID {
			return models.Fail(models.Conflict, "holding.twice", "from")
		}
	}
	if len(others) > 0 && singleSeat(h.Position) && !shared {
		return models.Fail(models.Conflict, "holding.seat_taken", "position", "name", place.FullName())
	}
	return nil
}

func (tx *Tx) position(code string) (models.Position, error) {
	var p models.Position
	if err := tx.Where("code = ?", code).Limit(1).Find(&p).Error; err != nil {
		return p, err
	}
	if p.ID == 0 {
		return p, models.Fail(models.Invalid, "fact.position_unknown", "position")
	}
	return p, nil
}

// SaveSuccession adds quy hoạch for a post and a term, or writes a new version of it. Without dates it covers the term.
func (c *Core) SaveSuccession(ctx context.Context, actor models.Actor, s models.Succession) (models.Succession, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return s, err
	}
	err = keepFact(ctx, c, actor, FactSuccession, &s, successionFact, func(tx *Tx, _ models.Cadre) error {
		s.Term, s.Decision = models.Clean(s.Term), models.Clean(s.Decision)
		if !validTerm(s.Term) {
			return models.Fail(models.Invalid, "fact.term_bad", "term")
		}
		from, to := termYears(s.Term)
		if s.From == 0 {
			s.From = models.NewDate(from, 1, 1)
		}
		if s.To == 0 {
			s.To = models.NewDate(to+1, 1, 1)
		}
		errs := checkSpan(s.From, s.To)
		if len([]rune(s.Decision)) > 120 {
			errs = append(errs, models.Fail(models.Invalid, "fact.too_long", "decision", "max", "120"))
		}
		if len(errs) > 0 {
			return errs
		}
		if _, err := tx.checkPost(tree, s.Position, s.UnitID, min(max(s.From, models.Beginning), tx.today())); err != nil {
			return err
		}
		var twice int64
		err := tx.Model(&models.Succession{}).Where("cadre_id = ? AND position = ? AND unit_id = ? AND term = ? AND superseded_at = ? AND fact_id <> ?",
			s.CadreID, s.Position, s.UnitID, s.Term, models.Never, s.FactID).Count(&twice).Error
		if err == nil && twice > 0 {
			err = models.Fail(models.Conflict, "succession.twice", "term")
		}
		return err
	})
	return s, err
}

// validTerm accepts "2011-2016": two years, one to ten apart.
func validTerm(term string) bool {
	from, to := termYears(term)
	return from >= 1930 && to > from && to-from <= 10
}

func termYears(term string) (from, to int) {
	a, b, _ := strings.Cut(term, "-")
	if len(a) != 4 || len(b) != 4 {
		return 0, 0
	}
	from, _ = strconv.Atoi(a)
	to, _ = strconv.Atoi(b)
	return from, to
}

// checkSpan asks for two dates of the calendar in order.
func checkSpan(from, to models.Date) models.Errors {
	var errs models.Errors
	if !from.Valid() {
		errs = append(errs, models.Fail(models.Invalid, "fact.date_bad", "from"))
	}
	if !to.Valid() {
		errs = append(errs, models.Fail(models.Invalid, "fact.date_bad", "to"))
	}
	if len(errs) == 0 && from >= to {
		errs = append(errs, models.Fail(models.Invalid, "fact.dates_order", "to"))
	}
	return errs
}
