package core

import (
	"context"
	"slices"
	"strings"
	"testing"

	"datchuan/models"
)

func (w *world) doctor() DoctorReport {
	w.t.Helper()
	r, err := w.c.Doctor(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestDoctorOnAHealthyDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		r := w.doctor()
		if !r.Healthy() || r.Cadres != 5 || r.Standings != 38 || r.Units != 6 || r.Audits == 0 {
			t.Errorf("%+v", r)
		}
	})
}

// Whatever is bent behind the program's back is found, with its number and without a name.
func TestDoctorFindsEveryKindOfDamage(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		for want, damage := range map[string]string{
			"doctor.standings":    "UPDATE standings SET overall = 'M' WHERE id = (SELECT MIN(id) FROM standings WHERE overall = 'X')",
			"doctor.search":       "UPDATE cadres SET search = 'x' WHERE id = (SELECT MIN(id) FROM cadres)",
			"doctor.sort":         "UPDATE cadres SET sort_key = search_key.k FROM (SELECT sort_key AS k FROM cadres ORDER BY id DESC LIMIT 1) AS search_key WHERE id = (SELECT MIN(id) FROM cadres)",
			"doctor.cadre_path":   "UPDATE cadres SET path = '0000001' WHERE id = (SELECT MIN(id) FROM cadres)",
			"doctor.unit_path":    "UPDATE unit_spans SET path = '00000090000010' WHERE kind = 'district' AND ordinal = 1",
			"doctor.unit_overlap": "INSERT INTO unit_spans (unit_id, parent_id, kind, style, name, search, ordinal, path, valid_from, valid_to, basis) SELECT unit_id, parent_id, kind, style, name, search, ordinal, path, valid_from + 10000, valid_to, basis FROM unit_spans WHERE kind = 'province'",
			"doctor.audit":        "UPDATE audits SET detail = '{}' WHERE id = (SELECT MIN(id) FROM audits)",
		} {
			w := newWorld(t, openTest(t, map[bool]string{true: "postgres", false: "sqlite"}[c.isPostgres()]))
			w.chairs()
			if err := w.c.write.Exec(damage).Error; err != nil {
				t.Fatal(want, err)
			}
			w.c.trees.drop()
			r := w.doctor()
			if !slices.ContainsFunc(r.Problems, func(p DoctorProblem) bool { return p.Code == want && p.Count > 0 }) {
				t.Errorf("%s not found: %+v", want, r.Problems)
			}
			if strings.Contains(r.String(), "Nguyễn") || models.Word(models.Vi, want) == want {
				t.Errorf("report: %s", r)
			}
		}
	})
}

// Standings that are missing, too many, or of somebody who left are differences.
func TestDoctorCountsDifferences(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ids := w.chairs()
		for _, damage := range []string{
			"DELETE FROM standings WHERE id = (SELECT MIN(id) FROM standings)",
			"INSERT INTO standings (standard_id, holding_id, cadre_id, unit_id, path, valid_from, valid_to, overall, marks, sort_key) SELECT standard_id, holding_id, cadre_id + 1000000, unit_id, path, valid_from, valid_to, overall, marks, sort_key FROM standings WHERE id = (SELECT MAX(id) FROM standings)",
		} {
			if err := c.write.Exec(damage).Error; err != nil {
				t.Fatal(err)
			}
		}
		if err := c.write.Exec("UPDATE cadres SET state = 'removed' WHERE id = ?", ids["unknown"]).Error; err != nil {
			t.Fatal(err)
		}
		r := w.doctor()
		if len(r.Problems) != 1 || r.Problems[0].Count != 2+6 {
			t.Errorf("%+v", r.Problems)
		}
	})
}
