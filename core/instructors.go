package core

import (
	"context"

	"datchuan/models"
)

// Instructors lists those who teach by name, those in use first; a school officer finds those of her school.
func (c *Core) Instructors(ctx context.Context, actor models.Actor) ([]models.Instructor, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return nil, err
	}
	var out []models.Instructor
	err := ofSchool(c.read.WithContext(ctx), actor, "school").Order("retired, name, id").Find(&out).Error
	for i := range out {
		hidePhone(actor, &out[i])
	}
	return out, err
}

// Instructor is one of those who teach that the actor may see.
func (c *Core) Instructor(ctx context.Context, actor models.Actor, id int64) (models.Instructor, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return models.Instructor{}, err
	}
	row, err := rowWith[models.Instructor](ofSchool(c.read.WithContext(ctx), actor, "school"), "instructor", "id", id)
	hidePhone(actor, &row)
	return row, err
}

// hidePhone keeps a telephone number and the reasons of absence to those who hold classes, and to her own school.
func hidePhone(actor models.Actor, row *models.Instructor) {
	if actor.May(models.ClassesWrite) || actor.May(models.CoursesWrite) || actor.School != "" && actor.School == row.School {
		return
	}
	row.Phone = ""
	for i := range row.Away {
		row.Away[i].Reason = ""
	}
}

// SaveInstructor adds an instructor (ID 0) or changes one; Version must be the one that the editor saw.
func (c *Core) SaveInstructor(ctx context.Context, actor models.Actor, in models.Instructor) (models.Instructor, error) {
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		note, err := saveRow(tx, instructorEntry, &in, tx.readyInstructor)
		if err != nil {
			return err
		}
		return tx.audit("instructor.save", "instructor", in.ID, note)
	})
	return orNone(in, err)
}

// RetireInstructor takes an instructor out of use, or back into it.
func (c *Core) RetireInstructor(ctx context.Context, actor models.Actor, id int64, version int64, retired bool) (models.Instructor, error) {
	var out models.Instructor
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		row, note, err := retireRow(tx, instructorEntry, "id", id, version, retired)
		if err != nil {
			return err
		}
		out = row
		return tx.audit("instructor.retire", "instructor", row.ID, note)
	})
	return orNone(out, err)
}

func instructorEntry(row *models.Instructor) entry {
	return entry{"instructor", &row.ID, &row.Version, nil, &row.Retired}
}

// readyInstructor tidies an instructor and checks her with the school that she names.
func (tx *Tx) readyInstructor(in *models.Instructor) error {
	tidy(&in.Name, &in.School, &in.Phone)
	in.Topics, in.Away = listed(in.Topics), tidyAway(in.Away)
	for i := range in.Topics {
		tidy(&in.Topics[i])
	}
	refs, err := tx.unknownSchool(in.School)
	if err != nil {
		return err
	}
	phone, ok := NormalPhone(in.Phone, tx.today())
	if ok {
		in.Phone = phone
	} else {
		refs = append(refs, models.Fail(models.Invalid, "instructor.phone_bad", "phone"))
	}
	return joined(in.Check(), refs)
}
