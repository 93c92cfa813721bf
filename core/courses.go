package core

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// Courses is the catalogue by code, those in use first.
func (c *Core) Courses(ctx context.Context, actor models.Actor) ([]models.Course, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return nil, err
	}
	var out []models.Course
	err := coursesFor(c.read.WithContext(ctx), actor).Order("retired, code").Find(&out).Error
	return out, err
}

// Course is one course.
func (c *Core) Course(ctx context.Context, actor models.Actor, code string) (models.Course, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return models.Course{}, err
	}
	return rowWith[models.Course](coursesFor(c.read.WithContext(ctx), actor), "course", "code", code)
}

// coursesFor: courses are the same for everybody, but a school whose agreement is over sees nothing.
func coursesFor(db *gorm.DB, actor models.Actor) *gorm.DB {
	if actor.Role == models.SchoolOfficer && actor.School == "" {
		return db.Where("1 = 0")
	}
	return db
}

// SaveCourse adds a course (ID 0) or changes one; Version must be the one that the editor saw.
func (c *Core) SaveCourse(ctx context.Context, actor models.Actor, in models.Course) (models.Course, error) {
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		note, err := saveRow(tx, courseEntry, &in, tx.readyCourse)
		if err != nil {
			return err
		}
		return tx.audit("course.save", "course", in.ID, note)
	})
	return orNone(in, err)
}

// RetireCourse takes a course out of use, or back into it. Its classes go on.
func (c *Core) RetireCourse(ctx context.Context, actor models.Actor, code string, version int64, retired bool) (models.Course, error) {
	var out models.Course
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		row, note, err := retireRow(tx, courseEntry, "code", code, version, retired)
		if err != nil {
			return err
		}
		out = row
		return tx.audit("course.retire", "course", row.ID, note)
	})
	return orNone(out, err)
}

func courseEntry(row *models.Course) entry {
	return entry{"course", &row.ID, &row.Version, &row.Code, &row.Retired}
}

// readyCourse tidies a course and checks it and all that it names.
func (tx *Tx) readyCourse(in *models.Course) error {
	tidy(&in.Code, &in.Name, &in.Template, &in.Basis, &in.Note)
	in.Positions, in.Extends = tidyAll(in.Positions), tidyAll(in.Extends)
	in.Areas, in.Needs, in.Grants, in.PassRules = listed(in.Areas), listed(in.Needs), listed(in.Grants), listed(in.PassRules)
	slices.Sort(in.Areas)
	in.Areas = slices.Compact(in.Areas)
	if in.Certainty == "" {
		in.Certainty = models.Uncertain
	}
	for i := range in.Grants {
		tidy(&in.Grants[i].Field)
	}
	for i := range in.PassRules {
		r := &in.PassRules[i]
		tidy(&r.Basis)
		if r.From == models.Beginning {
			r.From = 0
		}
		r.Tests = listed(r.Tests)
		for j := range r.Tests {
			tidy(&r.Tests[j].Code, &r.Tests[j].Name)
		}
	}
	slices.SortStableFunc(in.PassRules, func(a, b models.PassRule) int { return int(a.From - b.From) })
	refs, err := tx.checkCourseRefs(*in)
	if err != nil {
		return err
	}
	return joined(in.Check(), refs)
}

// checkCourseRefs looks up the posts and courses that a course names.
func (tx *Tx) checkCourseRefs(in models.Course) (models.Errors, error) {
	var bad models.Errors
	var positions, courses []string
	if err := tx.Model(&models.Position{}).Where("code IN ?", in.Positions).Pluck("code", &positions).Error; err != nil {
		return nil, err
	}
	if err := tx.Model(&models.Course{}).Where("code IN ?", in.Extends).Pluck("code", &courses).Error; err != nil {
		return nil, err
	}
	for _, p := range in.Positions {
		if !slices.Contains(positions, p) {
			bad = append(bad, models.Fail(models.Invalid, "course.position_unknown", "positions", "code", p))
		}
	}
	for _, x := range in.Extends {
		if x == in.Code || !slices.Contains(courses, x) {
			bad = append(bad, models.Fail(models.Invalid, "course.extends_unknown", "extends", "code", x))
		}
	}
	return bad, nil
}
