package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// StandardRef names a version of a rule set; version 0 is the newest.
type StandardRef struct {
	Code    string `json:"code"`
	Version int    `json:"version"`
}

// StandardChange is one person whose outcome differs between two rule sets, with the reasons of both.
type StandardChange struct {
	CadreID int64             `json:"cadre_id"`
	Name    string            `json:"name"`
	Unit    string            `json:"unit"`
	Before  models.Evaluation `json:"before"`
	After   models.Evaluation `json:"after"`
}

// Comparison is two rule sets measured on the same people.
type Comparison struct {
	A       models.Standard  `json:"a"`
	B       models.Standard  `json:"b"`
	TotalsA models.UnitTotal `json:"totals_a"`
	TotalsB models.UnitTotal `json:"totals_b"`
	Changed []StandardChange `json:"changed"`
}

// CompareStandards measures the holders of a post in a unit (0 = the actor's own) on a date by two rule sets of that post,
// or two versions of one, and lists whose outcome changes, by name.
func (c *Core) CompareStandards(ctx context.Context, actor models.Actor, a, b StandardRef, unitID int64, on models.Date) (Comparison, error) {
	if err := allow(actor, models.StandardsRead); err != nil {
		return Comparison{}, err
	}
	second, err := standard(c.read.WithContext(ctx), b.Code, b.Version)
	if err != nil {
		return Comparison{}, err
	}
	return c.compareWith(ctx, actor, models.GapFilter{UnitID: unitID, Standard: a.Code, Version: a.Version, AsOf: on}, second)
}

// PreviewStandard shows what a rule set that is not saved yet would change in the actor's scope on a date (0 = today),
// compared with a saved one, or with the position's own when code is "". A position without any rule set changes for nobody.
func (c *Core) PreviewStandard(ctx context.Context, actor models.Actor, code string, s models.Standard, on models.Date) (Comparison, error) {
	if err := allow(actor, models.StandardsWrite); err != nil {
		return Comparison{}, err
	}
	if err := s.Check(); err != nil {
		return Comparison{}, err
	}
	f := models.GapFilter{Standard: code, AsOf: on}
	if code == "" {
		f.Position = s.Position
	}
	return c.compareWith(ctx, actor, f, s)
}

func (c *Core) compareWith(ctx context.Context, actor models.Actor, f models.GapFilter, b models.Standard) (Comparison, error) {
	out := Comparison{B: b}
	f.Everyone = true
	ask, err := c.ask(ctx, actor, f)
	if err != nil || len(ask.standards) == 0 {
		return out, err
	}
	out.A = ask.standards[0]
	if out.A.Position != out.B.Position {
		return out, models.Fail(models.Invalid, "standard.other_position", "b")
	}
	lines, err := ask.evaluated()
	if err != nil {
		return out, err
	}
	slices.SortFunc(lines, ask.compareLines)
	return out, ask.compare(lines, &out)
}

// compare evaluates each line by both rule sets.
func (a *gapAsk) compare(lines []gapLine, out *Comparison) error {
	on := a.filter.AsOf
	land := &places{core: a.core, db: a.core.read.WithContext(a.ctx), byUnit: map[int64][]place{}}
	for chunk := range slices.Chunk(lines, restandChunk) {
		ids := make([]int64, len(chunk))
		for i, l := range chunk {
			ids[i] = l.cadre
		}
		dossiers, err := loadDossiers(land.db, a.core.byIDs(ids))
		if err != nil {
			return err
		}
		if err := land.need(dossiers); err != nil {
			return err
		}
		byID := map[int64]*dossier{}
		for i := range dossiers {
			byID[dossiers[i].id] = &dossiers[i]
		}
		for _, l := range chunk {
			d := byID[l.cadre]
			if d == nil {
				continue
			}
			i := slices.IndexFunc(d.holdings, func(h models.Holding) bool { return h.ID == l.holding })
			if i < 0 {
				continue
			}
			record := d.record(&d.holdings[i])
			if p, ok := placeAt(land.byUnit[record.Holding.UnitID], on); ok {
				record.Areas = p.areas
			}
			before, after := models.Evaluate(&out.A, &record, on), models.Evaluate(&out.B, &record, on)
			out.TotalsA.Count(before.Overall, 1)
			out.TotalsB.Count(after.Overall, 1)
			if before.Overall != after.Overall {
				row := models.GapRow{UnitID: record.Holding.UnitID}
				a.namePlaces(&row, l.path)
				out.Changed = append(out.Changed, StandardChange{CadreID: d.id, Name: d.name, Unit: row.Unit, Before: before, After: after})
			}
		}
	}
	return nil
}
