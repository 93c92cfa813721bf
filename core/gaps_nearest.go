package core

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	base := a.whole(i)
	last, err := base.lastNeeded(t)
	if err != nil {
		return nil, err
	}
	return func(l gapLine) bool {
		l.standard = 0
		return last != nil && !base.status(l).UpTo(t.StudyingCounts) && base.compareLines(l, *last) <= 0
	}, nil
}

// lastNeeded is the last line of the smallest set, nil when nobody is needed. It is kept like the counts.
func (a *gapAsk) lastNeeded(t models.Target) (*gapLine, error) {
	head, err := a.head()
	if err != nil {
		return nil, err
	}
	from, args := a.source(0, placeIndex)
	key := strings.Join([]string{"last", t.Code, strconv.FormatInt(t.Version, 10), a.filter.Requirement, from, fmt.Sprint(args...)}, "\x00")
	if last, ok := a.core.totals.set(head, key); ok && !a.slow {
		return last, nil
	}
	last, err := a.findLast(t)
	if err == nil && !a.slow {
		a.core.totals.putSet(head, key, last)
	}
	return last, err
}

func (a *gapAsk) findLast(t models.Target) (*gapLine, error) {
	patterns, err := a.patterns()
	if err != nil {
		return nil, err
	}
	var total models.UnitTotal
	for _, p := range patterns {
		total.Count(a.status(p.line), p.n)
	}
	left := models.Needed(total.Total, t.ThresholdBP) - total.UpTo(t.StudyingCounts)
	if left <= 0 {
		return nil, nil
	}
	patterns = slices.DeleteFunc(patterns, func(p pattern) bool { return a.status(p.line).UpTo(t.StudyingCounts) })
	slices.SortFunc(patterns, func(x, y pattern) int { return cmp.Compare(nearness(x.line), nearness(y.line)) })
	for len(patterns) > 0 {
		rank, n := nearness(patterns[0].line), 0
		var marks []string
		for len(patterns) > 0 && nearness(patterns[0].line) == rank {
			n, marks, patterns = n+patterns[0].n, append(marks, patterns[0].line.marks), patterns[1:]
		}
		if left <= n {
			last, err := a.nth(marks, left)
			return &last, err
		}
		left -= n
	}
	return nil, nil
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
