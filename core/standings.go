package core

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// restandChunk is how many cadres are evaluated at a time.
const restandChunk = 1000

// restand recomputes and replaces the standings of cadres against all standards that are not retired. Whoever changes a
// fact of a cadre calls it before the transaction ends, so that lists never differ from the facts.
func (tx *Tx) restand(cadreIDs ...int64) error {
	if len(cadreIDs) == 0 {
		return nil
	}
	ids := slices.Clone(cadreIDs)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rules, err := loadRules(tx.DB)
	if err != nil {
		return err
	}
	land := &places{core: tx.core, db: tx.DB, byUnit: map[int64][]place{}}
	for chunk := range slices.Chunk(ids, restandChunk) {
		if err := tx.lockCadres(chunk); err != nil {
			return err
		}
		dossiers, err := loadDossiers(tx.DB, tx.core.byIDs(chunk))
		if err != nil {
			return err
		}
		if err := land.need(dossiers); err != nil {
			return err
		}
		var rows []models.Standing
		for i := range dossiers {
			rows = append(rows, standingsOf(&dossiers[i], rules, land.byUnit)...)
		}
		if err := tx.Exec("DELETE FROM standings WHERE "+fmt.Sprintf(tx.core.inIDs(), "cadre_id"), tx.core.idList(chunk)).Error; err != nil {
			return err
		}
		if err := insertStandings(tx.DB, rows); err != nil {
			return err
		}
	}
	return nil
}

// lockCadres lets who derives the standings of a record wait for who is changing its facts, so that she sees them.
func (tx *Tx) lockCadres(ids []int64) error {
	if !tx.core.isPostgres() {
		return nil
	}
	return tx.Exec("SELECT id FROM cadres WHERE "+fmt.Sprintf(tx.core.inIDs(), "id")+" ORDER BY id FOR UPDATE", tx.core.idList(ids)).Error
}

// restandUnits recomputes all cadres who ever held a post in the subtrees of the units: their paths or flags changed.
func (tx *Tx) restandUnits(unitIDs ...int64) error {
	if len(unitIDs) == 0 {
		return nil
	}
	found := map[int64]bool{}
	for _, unit := range unitIDs {
		// the unit's id is one step of every path below it, at whatever depth and under whatever parent
		var ids []int64
		err := tx.Raw(`SELECT DISTINCT h.cadre_id FROM holdings h WHERE h.superseded_at = ? AND h.unit_id IN (
			SELECT s.unit_id FROM unit_spans s JOIN unit_spans top ON s.path >= top.path AND s.path < top.path || ':' WHERE top.unit_id = ?)`,
			models.Never, unit).Scan(&ids).Error
		if err != nil {
			return err
		}
		for _, id := range ids {
			found[id] = true
		}
	}
	all := make([]int64, 0, len(found))
	for id := range found {
		all = append(all, id)
	}
	return tx.restand(all...)
}

// restandPositions recomputes all cadres who ever held one of the positions: a standard came or went.
func (tx *Tx) restandPositions(positions ...string) error {
	var ids []int64
	if err := tx.Raw("SELECT DISTINCT cadre_id FROM holdings WHERE superseded_at = ? AND position IN ?", models.Never, positions).Scan(&ids).Error; err != nil {
		return err
	}
	return tx.restand(ids...)
}

// rules are the standards in force, by position.
type rules map[string][]models.Standard

func loadRules(db *gorm.DB) (rules, error) {
	var all []models.Standard
	if err := db.Where("retired = ?", false).Order("id").Find(&all).Error; err != nil {
		return nil, err
	}
	out := rules{}
	for _, s := range all {
		out[s.Position] = append(out[s.Position], s)
	}
	return out, nil
}

// standingsOf is the derivation itself: every holding against every standard of its position, cut where the place of
// the unit in the tree changes.
func standingsOf(d *dossier, by rules, land map[int64][]place) []models.Standing {
	var out []models.Standing
	for i := range d.holdings {
		h := &d.holdings[i]
		standards := by[h.Position]
		if len(standards) == 0 {
			continue
		}
		record := d.record(h)
		for j := range standards {
			for _, p := range land[h.UnitID] {
				record.Areas = p.areas
				window := models.Span{From: max(h.From, p.from), To: min(h.To, p.to)}
				for _, s := range models.TimelineWithin(&standards[j], &record, window) {
					out = append(out, models.Standing{StandardID: standards[j].ID, HoldingID: h.ID, CadreID: d.id, UnitID: h.UnitID,
						Path: p.path, From: s.From, To: s.To, Overall: s.Overall, Marks: s.Marks, SortKey: d.sortKey})
				}
			}
		}
	}
	return out
}

// record is the dossier as an evaluation of one holding sees it; the areas depend on the place and are filled by the caller.
func (d *dossier) record(h *models.Holding) models.Record {
	r := models.Record{Birth: d.birth, Party: d.party, PartyDate: d.partyDate, Holding: *h, Qualifications: d.qualifications, Studies: d.studies}
	for _, other := range d.holdings {
		if other.Position == h.Position {
			r.SamePost = append(r.SamePost, other)
		}
	}
	return r
}

// place is where a unit stood during a stretch, with the flags that hold there (they carry their own dates).
type place struct {
	from, to models.Date
	path     string
	areas    []models.UnitFlag
}

// placesOf cuts all time into the places of a unit. Before its first span and after its last one, and in gaps between,
// the nearest earlier place counts, so that a post recorded at a unit that is gone does not fall out of every list.
func placesOf(spans []models.UnitSpan, areas func(path string) []models.UnitFlag) []place {
	var out []place
	for i, s := range spans {
		if n := len(out); n > 0 && out[n-1].path == s.Path {
			continue
		}
		from := s.From
		if i == 0 {
			from = 0
		} else {
			out[len(out)-1].to = from
		}
		out = append(out, place{from: from, to: models.Forever, path: s.Path, areas: areas(s.Path)})
	}
	return out
}

// places looks up the units that a chunk of dossiers needs and keeps them for the next chunk; a nation's tree is not
// read for one cadre.
type places struct {
	core   *Core
	db     *gorm.DB
	byUnit map[int64][]place
}

func (p *places) need(dossiers []dossier) error {
	missing := map[int64]bool{}
	for i := range dossiers {
		for _, h := range dossiers[i].holdings {
			if _, ok := p.byUnit[h.UnitID]; !ok {
				missing[h.UnitID] = true
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	spans, above, err := p.spans(missing)
	if err != nil {
		return err
	}
	flags, err := p.flags(above)
	if err != nil {
		return err
	}
	areas := func(path string) []models.UnitFlag {
		var out []models.UnitFlag
		for _, id := range models.PathIDs(path) {
			out = append(out, flags[id]...)
		}
		return out
	}
	for unit := range missing {
		p.byUnit[unit] = placesOf(spans[unit], areas)
	}
	return nil
}

// spans reads the spans of units, and which units ever stood above them.
func (p *places) spans(units map[int64]bool) (map[int64][]models.UnitSpan, map[int64]bool, error) {
	out, above := map[int64][]models.UnitSpan{}, map[int64]bool{}
	err := scan(p.db, "SELECT unit_id, path, valid_from FROM unit_spans WHERE "+fmt.Sprintf(p.core.inIDs(), "unit_id")+" ORDER BY unit_id, valid_from",
		[]any{p.core.idList(keysOf(units))}, func(rows *sql.Rows) error {
			var s models.UnitSpan
			err := rows.Scan(&s.UnitID, &s.Path, &s.From)
			out[s.UnitID] = append(out[s.UnitID], s)
			for _, id := range models.PathIDs(s.Path) {
				above[id] = true
			}
			return err
		})
	return out, above, err
}

func (p *places) flags(units map[int64]bool) (map[int64][]models.UnitFlag, error) {
	out := map[int64][]models.UnitFlag{}
	err := scan(p.db, "SELECT unit_id, flag, valid_from, valid_to FROM unit_flags WHERE "+fmt.Sprintf(p.core.inIDs(), "unit_id")+" ORDER BY id",
		[]any{p.core.idList(keysOf(units))}, func(rows *sql.Rows) error {
			var f models.UnitFlag
			err := rows.Scan(&f.UnitID, &f.Flag, &f.From, &f.To)
			out[f.UnitID] = append(out[f.UnitID], f)
			return err
		})
	return out, err
}

func keysOf(set map[int64]bool) []int64 {
	out := make([]int64, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// standingBatches are how many rows go into one statement: few enough for the limits of both databases, and three statements in all.
var standingBatches = []int{100, 10, 1}

const standingInsert = "INSERT INTO standings (standard_id, holding_id, cadre_id, unit_id, path, valid_from, valid_to, overall, marks, sort_key) VALUES "

const standingRow = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

func insertStandings(db *gorm.DB, rows []models.Standing) error {
	var args []any
	for _, n := range standingBatches {
		statement := standingInsert + strings.Repeat(standingRow+", ", n-1) + standingRow
		for ; len(rows) >= n; rows = rows[n:] {
			args = args[:0]
			for _, r := range rows[:n] {
				args = append(args, r.StandardID, r.HoldingID, r.CadreID, r.UnitID, r.Path, r.From, r.To, string(r.Overall), r.Marks, r.SortKey)
			}
			if err := db.Exec(statement, args...).Error; err != nil {
				return err
			}
		}
	}
	return nil
}
