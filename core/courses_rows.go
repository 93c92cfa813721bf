package core

import (
	"errors"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// What the rows of the catalogue have in common: courses, schools, instructors, venues, sources of money. They are never
// deleted, since old classes name them: who is no longer wanted is retired.

// ofSchool cuts a query to the rows of the actor's school when she works for one. A school without access has none.
func ofSchool(db *gorm.DB, actor models.Actor, column string) *gorm.DB {
	if actor.Role != models.SchoolOfficer {
		return db
	}
	return db.Where(clause.Eq{Column: clause.Column{Name: column}, Value: actor.School}).Where("? <> ''", actor.School)
}

// rowWith reads the one row that has a value in a column.
func rowWith[T any](db *gorm.DB, object, column string, value any) (T, error) {
	var row T
	err := db.Where(clause.Eq{Column: clause.Column{Name: column}, Value: value}).Take(&row).Error
	return row, lookup(err, object)
}

// entry is where a row keeps what all rows of the catalogue have; code is nil where there is none.
type entry struct {
	object      string
	id, version *int64
	code        *string
	retired     *bool
}

// saveRow adds a row (id 0) or changes one over the version that the editor saw, once ready has tidied and checked it. A
// code stays for life, since classes and accounts name it; being retired is not an editor's business. It returns the
// detail of the audit row.
func saveRow[T any](tx *Tx, of func(*T) entry, in *T, ready func(*T) error) (change, error) {
	var note change
	next := of(in)
	*next.retired = false
	if *next.id != 0 {
		old, err := rowWith[T](tx.DB, next.object, "id", *next.id)
		if err != nil {
			return note, err
		}
		was := of(&old)
		if err := checkVersion(*next.version, *was.version); err != nil {
			return note, err
		}
		*next.retired, note.Before = *was.retired, old
		if next.code != nil {
			*next.code = *was.code
		}
	}
	if err := ready(in); err != nil {
		return note, err
	}
	err := keepRow(tx, of, in)
	note.After = *in
	return note, err
}

// retireRow takes a row out of use, or back into it.
func retireRow[T any](tx *Tx, of func(*T) entry, column string, value any, version int64, retired bool) (T, change, error) {
	var none T
	row, err := rowWith[T](tx.DB, of(&none).object, column, value)
	if err != nil {
		return none, change{}, err
	}
	e := of(&row)
	if err := checkVersion(version, *e.version); err != nil {
		return none, change{}, err
	}
	note := change{Before: *e.retired, After: retired}
	*e.retired = retired
	return row, note, keepRow(tx, of, &row)
}

// keepRow writes a row: a new one, or one over the version that was read. The new version is set in row.
func keepRow[T any](tx *Tx, of func(*T) entry, row *T) error {
	e := of(row)
	var err error
	if *e.id == 0 {
		*e.version = 1
		err = tx.Create(row).Error
	} else {
		saw := *e.version
		*e.version = saw + 1
		done := tx.Model(new(T)).Where("id = ? AND version = ?", *e.id, saw).Select("*").Omit("id").Updates(row)
		if err = done.Error; err == nil && done.RowsAffected == 0 {
			err = models.Fail(models.Stale, "edit.stale", "")
		}
	}
	if errors.Is(err, gorm.ErrDuplicatedKey) && e.code != nil {
		return models.Fail(models.Conflict, "catalogue.code_taken", "code", "code", *e.code)
	}
	return err
}

// orNone keeps a half-changed row from the caller when nothing was stored.
func orNone[T any](row T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return row, nil
}

// tidy brings texts into the one stored form.
func tidy(texts ...*string) {
	for _, t := range texts {
		*t = models.Clean(*t)
	}
}

// tidyAll does so for a list; an absent one becomes empty, so that it is stored and answered as a list.
func tidyAll(list []string) []string {
	out := make([]string, 0, len(list))
	for _, t := range list {
		if t = models.Clean(t); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// listed is a copy of a list that is never nil, so that what the caller holds stays as it was typed.
func listed[T any](list []T) []T { return append([]T{}, list...) }

func tidyAway(list []models.Absence) []models.Absence {
	list = listed(list)
	for i := range list {
		tidy(&list[i].Reason)
	}
	return list
}

// joined puts the findings of the domain and those of the references together.
func joined(check error, refs models.Errors) error {
	var bad models.Errors
	if check != nil && !errors.As(check, &bad) {
		return check
	}
	return append(bad, refs...).OrNil()
}

// unknownSchool says that no school has a code; "" is no school. A retired one may be named by what is older.
func (tx *Tx) unknownSchool(code string) (models.Errors, error) {
	if code == "" {
		return nil, nil
	}
	var n int64
	err := tx.Model(&models.School{}).Where("code = ?", code).Count(&n).Error
	if err != nil || n > 0 {
		return nil, err
	}
	return models.Errors{models.Fail(models.Invalid, "school.unknown", "school", "code", code)}, nil
}
