package core

import (
	"context"

	"datchuan/models"
)

// Venues lists the venues by name, those in use first; a school officer finds those of her school.
func (c *Core) Venues(ctx context.Context, actor models.Actor) ([]models.Venue, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return nil, err
	}
	var out []models.Venue
	err := ofSchool(c.read.WithContext(ctx), actor, "school").Order("retired, name, id").Find(&out).Error
	return out, err
}

// Venue is one venue that the actor may see.
func (c *Core) Venue(ctx context.Context, actor models.Actor, id int64) (models.Venue, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return models.Venue{}, err
	}
	return rowWith[models.Venue](ofSchool(c.read.WithContext(ctx), actor, "school"), "venue", "id", id)
}

// SaveVenue adds a venue (ID 0) or changes one; Version must be the one that the editor saw.
func (c *Core) SaveVenue(ctx context.Context, actor models.Actor, in models.Venue) (models.Venue, error) {
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		note, err := saveRow(tx, venueEntry, &in, tx.readyVenue)
		if err != nil {
			return err
		}
		return tx.audit("venue.save", "venue", in.ID, note)
	})
	return orNone(in, err)
}

// RetireVenue takes a venue out of use, or back into it.
func (c *Core) RetireVenue(ctx context.Context, actor models.Actor, id int64, version int64, retired bool) (models.Venue, error) {
	var out models.Venue
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		row, note, err := retireRow(tx, venueEntry, "id", id, version, retired)
		if err != nil {
			return err
		}
		out = row
		return tx.audit("venue.retire", "venue", row.ID, note)
	})
	return orNone(out, err)
}

func venueEntry(row *models.Venue) entry {
	return entry{"venue", &row.ID, &row.Version, nil, &row.Retired}
}

// readyVenue tidies a venue and checks it with the school and the unit that it names. Unit 0 is outside the province.
func (tx *Tx) readyVenue(in *models.Venue) error {
	tidy(&in.Name, &in.School, &in.Address)
	in.Rooms, in.Away = listed(in.Rooms), tidyAway(in.Away)
	for i := range in.Rooms {
		tidy(&in.Rooms[i].Name)
	}
	refs, err := tx.unknownSchool(in.School)
	if err != nil {
		return err
	}
	if in.UnitID != 0 {
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		span, ok := tree.Standing(in.UnitID, tx.today())
		if !ok || tx.actor.Path == "" || !models.UnderPath(span.Path, tx.actor.Path) {
			refs = append(refs, models.Fail(models.Invalid, "venue.unit_unknown", "unit_id"))
		}
	}
	return joined(in.Check(), refs)
}
