package core

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"datchuan/models"
)

// gapLine is one standing on the list before names and reasons are added.
type gapLine struct {
	standard int // index in gapAsk.standards
	holding  int64
	cadre    int64
	path     string
	overall  models.Status
	marks    string
	sortKey  []byte
}

// status of the line as the filter looks at it: of the requirement, or overall.
func (a *gapAsk) status(l gapLine) models.Status {
	if i := a.mark[l.standard]; i >= 0 {
		return models.Status(l.marks[i : i+1])
	}
	return l.overall
}

// gapCursor is where a page ended.
type gapCursor struct {
	Rank    int    `json:"r,omitempty"`
	Sort    []byte `json:"s"`
	Holding int64  `json:"h"`
}

func parseCursor(text string) (*gapCursor, error) {
	if text == "" {
		return nil, nil
	}
	var c gapCursor
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(data, &c) != nil {
		return nil, models.Fail(models.Invalid, "gap.cursor_bad", "after")
	}
	return &c, nil
}

func (a *gapAsk) cursor(l gapLine) string {
	c := gapCursor{Sort: l.sortKey, Holding: l.holding}
	if a.filter.Nearest {
		c.Rank = nearness(l)
	}
	data, _ := json.Marshal(c) // plain fields always marshal
	return base64.RawURLEncoding.EncodeToString(data)
}

// nearness orders people by what is left to do: fewest requirements missing or unknown, then studying before missing,
// then fewest known gaps.
func nearness(l gapLine) int {
	missing, unknown, studying := strings.Count(l.marks, "X"), strings.Count(l.marks, "U"), strings.Count(l.marks, "S")
	rank := (missing + unknown) * 1000
	if l.overall != models.Studying && l.overall != models.Met {
		rank += 100
	}
	return rank + studying*10 + missing
}

// compareLines is the order of the list; holding ids make it total.
func (a *gapAsk) compareLines(x, y gapLine) int {
	if a.filter.Nearest {
		if c := cmp.Compare(nearness(x), nearness(y)); c != 0 {
			return c
		}
	}
	if c := bytes.Compare(x.sortKey, y.sortKey); c != 0 {
		return c
	}
	return cmp.Compare(x.holding, y.holding)
}

func (a *gapAsk) isAfter(l gapLine, from *gapCursor) bool {
	if from == nil {
		return true
	}
	if a.filter.Nearest {
		if c := cmp.Compare(nearness(l), from.Rank); c != 0 {
			return c > 0
		}
	}
	if c := bytes.Compare(l.sortKey, from.Sort); c != 0 {
		return c > 0
	}
	return l.holding > from.Holding
}

// counts are numbers by status, per standard of the ask.
type statusCounts map[models.Status]int

// page gives the lines after the cursor in order, one more than the limit if there are more, and the counts of all.
func (a *gapAsk) page(from *gapCursor, limit int) ([]gapLine, []statusCounts, error) {
	if a.slow {
		all, err := a.evaluated()
		if err != nil {
			return nil, nil, err
		}
		counts := make([]statusCounts, len(a.standards))
		for i := range counts {
			counts[i] = statusCounts{}
		}
		for _, l := range all {
			counts[l.standard][a.status(l)]++
		}
		return a.slice(all, from, limit), counts, nil
	}
	counts, err := a.counted()
	if err != nil {
		return nil, nil, err
	}
	parts := make([][]gapLine, len(a.standards))
	err = inParallel(a.ctx, len(a.standards), func(ctx context.Context, i int) (err error) {
		parts[i], err = a.fetch(ctx, i, from, limit, counts[i])
		return err
	})
	return a.slice(slices.Concat(parts...), from, limit), counts, err
}

// slice cuts a page out of lines: those wanted, after the cursor, in order.
func (a *gapAsk) slice(lines []gapLine, from *gapCursor, limit int) []gapLine {
	lines = slices.DeleteFunc(lines, func(l gapLine) bool {
		return !slices.Contains(a.wanted[l.standard], a.status(l)) || !a.isAfter(l, from)
	})
	slices.SortFunc(lines, a.compareLines)
	if limit > 0 && len(lines) > limit+1 {
		lines = lines[:limit+1]
	}
	return lines
}

// The two ways to find standings: by place, which covers counting, and in the order of names.
const (
	placeIndex = "standings_place"
	nameIndex  = "standings_order"
)

// source is the FROM and WHERE of one standard without statuses; statement texts are put together from constants only.
// The index is named where the planner's guess would be many times dearer: SQLite is told, PostgreSQL is kept from the
// other one by an expression.
func (a *gapAsk) source(i int, index string) (string, []any) {
	f := a.filter
	from, path := "standings s", "s.path"
	if !a.core.isPostgres() {
		from += " INDEXED BY " + index
	} else if index == nameIndex {
		path = "(s.path || '')"
	}
	where := "s.standard_id = ? AND s.valid_from <= ? AND s.valid_to > ?"
	args := []any{a.standards[i].ID, f.AsOf, f.AsOf}
	add := func(cond string, more ...any) {
		where += " AND " + cond
		args = append(args, more...)
	}
	cond, more := a.core.where(a.land, path)
	add(cond, more...)
	if f.Area != "" {
		cond, more := a.core.where(a.areas, path)
		add(cond, more...)
	}
	if f.Search != "" || f.AgeFrom > 0 || f.AgeTo > 0 {
		from += " JOIN cadres c ON c.id = s.cadre_id"
	}
	for _, word := range strings.Fields(models.Fold(f.Search)) {
		add(`' ' || c.search LIKE ? ESCAPE '\'`, "% "+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word)+"%")
	}
	// years of age as models.PartialDate.AgeOn counts them
	const age = "(? - c.birth / 10000 - CASE WHEN c.birth % 100 <> 0 AND ? < c.birth % 10000 THEN 1 ELSE 0 END)"
	year, day := f.AsOf.Year(), int(f.AsOf)%10000
	if f.AgeFrom > 0 {
		add("c.birth > 0 AND "+age+" >= ?", year, day, f.AgeFrom)
	}
	if f.AgeTo > 0 {
		add("c.birth > 0 AND "+age+" <= ?", year, day, f.AgeTo)
	}
	const study = "EXISTS (SELECT 1 FROM studies t WHERE t.cadre_id = s.cadre_id AND t.superseded_at = ? AND t.valid_from <= ? AND t.valid_to > ?)"
	switch f.Studying {
	case models.Yes:
		add(study, models.Never, f.AsOf, f.AsOf)
	case models.No:
		add("NOT "+study, models.Never, f.AsOf, f.AsOf)
	}
	if f.Succession != "" {
		add("EXISTS (SELECT 1 FROM successions q WHERE q.cadre_id = s.cadre_id AND q.superseded_at = ? AND q.valid_from <= ? AND q.valid_to > ? AND (? = 'any' OR q.term = ?))",
			models.Never, f.AsOf, f.AsOf, f.Succession, f.Succession)
	}
	return " FROM " + from + " WHERE " + where, args
}

// statusColumn is what the filter looks at in SQL.
func (a *gapAsk) statusColumn(i int) string {
	if a.mark[i] >= 0 {
		return fmt.Sprintf("substr(s.marks, %d, 1)", a.mark[i]+1)
	}
	return "s.overall"
}

// counted counts everybody in the filter by status.
func (a *gapAsk) counted() ([]statusCounts, error) {
	groups, err := a.grouped("''")
	out := make([]statusCounts, len(a.standards))
	for i := range out {
		out[i] = statusCounts{}
	}
	for i := range groups {
		for _, g := range groups[i] {
			out[i][g.status] += g.n
		}
	}
	return out, err
}

// keyBytes is a byte string that gorm hands to the driver as it is, even right after a parenthesis.
type keyBytes []byte

// Value makes it one argument.
func (k keyBytes) Value() (driver.Value, error) { return []byte(k), nil }

// sparse decides how a page is found: when few rows of the rule set match, collecting them by place and sorting is
// cheaper than walking the whole rule set in the order of names. With a page of 50, that is below the square root of 50
// times the rows of the rule set: 4.000 where those are 300.000. Both indexes hold all that a line needs.
const sparse = 3000

// fetch reads lines of one standard: one page in the order of names, or all of them.
func (a *gapAsk) fetch(ctx context.Context, i int, from *gapCursor, limit int, counts statusCounts) ([]gapLine, error) {
	matches := 0
	column := a.statusColumn(i)
	var letters []string
	for _, st := range a.wanted[i] {
		matches += counts[st]
		letters = append(letters, string(st))
	}
	if matches == 0 {
		return nil, nil
	}
	index := placeIndex
	if limit > 0 && !a.filter.Nearest && matches >= sparse {
		index = nameIndex
	}
	source, args := a.source(i, index)
	source += " AND " + column + " IN ?"
	args = append(args, letters)
	if limit > 0 && !a.filter.Nearest {
		if from != nil {
			source += " AND (s.sort_key, s.holding_id) > (?, ?)"
			args = append(args, keyBytes(from.Sort), from.Holding)
		}
		source += " ORDER BY s.sort_key"
		if index == placeIndex && a.core.isPostgres() {
			source += " || ''::bytea" // an expression of the same order, which the index of names does not answer
		}
		source += ", s.holding_id LIMIT ?"
		args = append(args, limit+1)
	}
	var out []gapLine
	err := scan(a.core.read.WithContext(ctx), "SELECT s.holding_id, s.cadre_id, s.path, s.overall, s.marks, s.sort_key"+source, args, func(rows *sql.Rows) error {
		l := gapLine{standard: i}
		err := rows.Scan(&l.holding, &l.cadre, &l.path, &l.overall, &l.marks, &l.sortKey)
		out = append(out, l)
		return err
	})
	return out, err
}
