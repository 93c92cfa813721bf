package core

import (
	"cmp"
	"database/sql"
	"slices"

	"datchuan/models"
)

// pattern is how many standings share their marks.
type pattern struct {
	line gapLine // of any of them: marks and overall status
	n    int
}

// needed tells who belongs to the smallest set that reaches the target in the filter's unit. People are taken by nearness,
// and by name among the equally near; so the set is known from the counts by marks and one boundary, however many there are.
func (a *gapAsk) needed(i int, t models.Target) (func(gapLine) bool, error) {
	base := *a
	base.filter = models.GapFilter{UnitID: a.filter.UnitID, Requirement: a.filter.Requirement, AsOf: a.filter.AsOf, Map: a.filter.Map, Nearest: true}
	base.standards, base.mark, base.areas = a.standards[i:i+1], a.mark[i:i+1], land{}
	patterns, err := base.patterns()
	if err != nil {
		return nil, err
	}
	status := func(l gapLine) models.Status { l.standard = 0; return base.status(l) }
	var total models.UnitTotal
	for _, p := range patterns {
		total.Count(status(p.line), p.n)
	}
	left := models.Needed(total.Total, t.ThresholdBP) - total.UpTo(t.StudyingCounts)
	if left <= 0 {
		return func(gapLine) bool { return false }, nil
	}
	patterns = slices.DeleteFunc(patterns, func(p pattern) bool { return status(p.line).UpTo(t.StudyingCounts) })
	slices.SortFunc(patterns, func(x, y pattern) int { return cmp.Compare(nearness(x.line), nearness(y.line)) })
	var last gapLine // the last one who is needed
	for len(patterns) > 0 && left > 0 {
		rank, n := nearness(patterns[0].line), 0
		var marks []string
		for len(patterns) > 0 && nearness(patterns[0].line) == rank {
			n, marks, patterns = n+patterns[0].n, append(marks, patterns[0].line.marks), patterns[1:]
		}
		if left <= n {
			if last, err = base.nth(marks, left); err != nil {
				return nil, err
			}
		}
		left -= n
	}
	return func(l gapLine) bool {
		return !status(l).UpTo(t.StudyingCounts) && (last.holding == 0 || base.compareLines(l, last) <= 0)
	}, nil
}

func (a *gapAsk) patterns() ([]pattern, error) {
	if a.slow {
		lines, err := a.evaluated()
		out := make([]pattern, len(lines))
		for k, l := range lines {
			out[k] = pattern{l, 1}
		}
		return out, err
	}
	from, args := a.source(0, placeIndex)
	var out []pattern
	err := scan(a.core.read.WithContext(a.ctx), "SELECT s.marks, s.overall, COUNT(*)"+from+" GROUP BY 1, 2", args, func(rows *sql.Rows) error {
		var p pattern
		err := rows.Scan(&p.line.marks, &p.line.overall, &p.n)
		out = append(out, p)
		return err
	})
	return out, err
}

// nth is the nth line by name among those with the given marks, counted from 1.
func (a *gapAsk) nth(marks []string, n int) (gapLine, error) {
	var found gapLine
	if a.slow {
		lines, err := a.evaluated()
		lines = slices.DeleteFunc(lines, func(l gapLine) bool { return !slices.Contains(marks, l.marks) })
		slices.SortFunc(lines, a.compareLines)
		if err == nil && n <= len(lines) {
			found = lines[n-1]
		}
		return found, err
	}
	from, args := a.source(0, placeIndex)
	err := scan(a.core.read.WithContext(a.ctx), "SELECT s.holding_id, s.overall, s.marks, s.sort_key"+from+" AND s.marks IN ? ORDER BY s.sort_key, s.holding_id LIMIT 1 OFFSET ?",
		append(args, marks, n-1), func(rows *sql.Rows) error {
			return rows.Scan(&found.holding, &found.overall, &found.marks, &found.sortKey)
		})
	return found, err
}
