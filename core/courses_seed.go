package core

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed catalogue/*.json
var catalogueFiles embed.FS

// seedCatalogue adds the schools, sources of money and courses of the plan where their codes are missing. They pass the
// same checks as what is typed.
func (tx *Tx) seedCatalogue() error {
	schools, err := seedRows(tx, "schools", schoolEntry, readySchool)
	if err != nil {
		return err
	}
	for _, s := range schools {
		if err := tx.audit("school.seed", "school", s.ID, change{After: s}); err != nil {
			return err
		}
	}
	fundings, err := seedRows(tx, "fundings", fundingEntry, readyFunding)
	if err != nil {
		return err
	}
	for _, f := range fundings {
		if err := tx.audit("funding.seed", "funding", f.ID, change{After: f}); err != nil {
			return err
		}
	}
	courses, err := seedRows(tx, "courses", courseEntry, tx.readyCourse)
	if err != nil {
		return err
	}
	for _, x := range courses {
		if err := tx.audit("course.seed", "course", x.ID, change{After: x}); err != nil {
			return err
		}
	}
	return tx.seedTemplates()
}

// seedRows adds the rows of a shipped file whose codes are missing and returns them.
func seedRows[T any](tx *Tx, file string, of func(*T) entry, ready func(*T) error) ([]T, error) {
	rows, err := shippedRows[T](file)
	if err != nil {
		return nil, err
	}
	var codes []string
	if err := tx.Model(new(T)).Pluck("code", &codes).Error; err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, code := range codes {
		there[code] = true
	}
	var added []T
	for i := range rows {
		code := *of(&rows[i]).code
		if there[code] {
			continue
		}
		if _, err := saveRow(tx, of, &rows[i], ready); err != nil {
			return nil, fmt.Errorf("%s %s: %w", file, code, err)
		}
		added = append(added, rows[i])
	}
	return added, nil
}

// shippedRows reads a file of the catalogue; a field that no row has is a mistake in the file.
func shippedRows[T any](file string) ([]T, error) {
	data, err := catalogueFiles.ReadFile("catalogue/" + file + ".json")
	if err != nil {
		return nil, err
	}
	var rows []T
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&rows); err != nil {
		return nil, fmt.Errorf("%s.json: %w", file, err)
	}
	return rows, nil
}
