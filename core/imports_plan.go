package core

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"datchuan/models"
)

// singleSeats are the posts that one person holds at a time in a commune. Deputies are one by the plan, but some
// communes have more.
var singleSeats = []string{"chu-tich-xa"}

// planner works out what an import would do. The preview and the application run the same one, over the readers or
// inside the transaction.
type planner struct {
	c          *Core
	db         *gorm.DB
	tree       *Tree
	actor      models.Actor
	im         Import
	choices    ImportChoices
	today      models.Date
	finder     *unitFinder
	positions  map[string]models.Position
	prior      map[string]int64 // row -> cadre, of earlier imports of the same bytes
	priorDay   models.Date      // the day that the last of them spoke of
	made       map[int64]bool   // cadres that an earlier import of the same bytes created
	people     people
	mergedRows []models.Cadre
	seats      map[seat][]*person
	touched    []*person
	byRow      map[string]*person
	hidden     int // rows whose restricted fields the actor may not write
	out        ImportPlan
	progress   func(done, total int)
}

type seat struct {
	unit     *newUnit
	id       int64
	position string
}

// planImport is the whole plan for the rows, read from db.
func (c *Core) planImport(ctx context.Context, db *gorm.DB, tree *Tree, actor models.Actor, im Import, rows []models.RosterRow, choices ImportChoices, today models.Date, progress func(int, int)) (*planner, error) {
	p := &planner{c: c, db: db.WithContext(ctx), tree: tree, actor: actor, im: im, choices: choices, today: today, seats: map[seat][]*person{},
		byRow: map[string]*person{}, made: map[int64]bool{}, progress: progress}
	if err := p.loadPrior(); err != nil {
		return nil, err
	}
	if err := p.settleDays(); err != nil {
		return nil, err
	}
	p.finder = newUnitFinder(tree, im.UnitID, actor.Path, p.choices)
	for _, load := range []func() error{p.loadPositions, func() error { return p.loadPeople(rows) }, p.loadSeats, p.loadFacts} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	p.out.Rows = make([]ImportRow, 0, len(rows))
	for i := range rows {
		p.planRow(&rows[i])
		if i%500 == 499 {
			progress(i+1, len(rows))
		}
	}
	p.finish()
	return p, ctx.Err()
}

// settleDays fills in the days that nobody chose: a file read again speaks of the same day as the first time.
func (p *planner) settleDays() error {
	p.choices.AsOf = cmp.Or(p.choices.AsOf, p.priorDay, p.today)
	if !p.choices.AsOf.Valid() || p.choices.AsOf > p.today.AddYears(1) {
		return models.Fail(models.Invalid, "import.as_of_bad", "as_of")
	}
	p.choices.StudyEnd = cmp.Or(p.choices.StudyEnd, studyEnd(p.choices.AsOf))
	if !p.choices.StudyEnd.Valid() || p.choices.StudyEnd <= p.choices.AsOf {
		return models.Fail(models.Invalid, "import.study_end_bad", "study_end")
	}
	return nil
}

// studyEnd is when a study under way is expected to end if nobody says: the end of the school year after next (30 June).
func studyEnd(asOf models.Date) models.Date {
	year := asOf.Year() + 2
	if asOf.Month() >= 7 {
		year++
	}
	return models.NewDate(year, 7, 1)
}

// planRow decides one row: its unit, its person, what changes.
func (p *planner) planRow(row *models.RosterRow) {
	p.out.Rows = append(p.out.Rows, ImportRow{Row: *row, Findings: slices.Clone(row.Findings)})
	out := &p.out.Rows[len(p.out.Rows)-1]
	choice := p.choices.Rows[row.Row]
	if choice.Action == RowSkip {
		out.Outcome = RowSkipped
		return
	}
	var post models.Position
	if row.Position != "" {
		var known bool
		if post, known = p.positions[row.Position]; !known {
			p.block(out, models.Finding{Field: models.FieldPosition, Value: row.Position, Code: "import.position_unknown"})
		}
	}
	if models.Clean(row.Name) == "" {
		p.block(out, models.Finding{Field: models.FieldName, Code: "import.name_missing"})
	}
	at := p.finder.find(row, post.UnitKind)
	out.Questions = append(out.Questions, at.asks...)
	for _, f := range at.findings {
		p.say(out, f)
	}
	homePath := p.tree.pathOn(at.home.UnitID, p.today)
	if at.unit != nil && !inScope(p.actor, homePath) {
		p.block(out, models.Finding{Field: models.FieldUnit, Value: row.Commune, Code: "import.commune_unknown", Params: map[string]string{"name": row.Commune}})
	}
	if blocked(out) {
		out.Outcome = RowError
		return
	}
	out.UnitID, out.Unit = at.unit.id(), p.unitText(at.unit)
	place := p.placeOf(homePath)
	per := p.match(row, place, out.UnitID, out)
	if blocked(out) {
		out.Outcome = RowError
		return
	}
	p.mergeRow(row, per, at, homePath, place, choice, out)
}

// mergeRow joins a row into its person, or makes a new one.
func (p *planner) mergeRow(row *models.RosterRow, per *person, at placeRead, homePath string, place int64, choice RowChoice, out *ImportRow) {
	first := per == nil
	if first {
		per = &person{fresh: true, place: place, cadre: models.Cadre{State: models.Active, Version: 1}}
		if ids := models.PathIDs(homePath); len(ids) > 0 {
			per.cadre.UnitID, per.cadre.Path = ids[len(ids)-1], homePath
		}
	}
	before := len(per.changes)
	m := merger{planner: p, row: row, per: per, choice: choice, out: out, place: place, homePath: homePath}
	m.fields()
	m.holding(at.unit)
	m.levels()
	m.training()
	m.study()
	m.succession(at)
	out.CadreID = per.cadre.ID
	out.Changes = slices.Clone(per.changes[before:])
	switch {
	case first:
		out.Outcome, out.Changes = RowNew, nil
		p.enter(per, per.cadre)
	case len(out.Changes) > 0:
		out.Outcome = RowChanged
	default:
		out.Outcome = RowUnchanged
	}
	if per.row == 0 {
		per.row = row.Row
	}
	p.touch(per)
	p.byRow[rowKey(row)] = per
}

// touch lists a person for writing once something about her changes.
func (p *planner) touch(per *person) {
	if per.touched() && !per.listed {
		per.listed = true
		p.touched = append(p.touched, per)
	}
}

// finish counts the rows and says what concerns the whole file.
func (p *planner) finish() {
	for _, r := range p.out.Rows {
		switch r.Outcome {
		case RowNew:
			p.out.New++
		case RowChanged:
			p.out.Changed++
			p.out.Matched++
		case RowUnchanged:
			p.out.Unchanged++
			p.out.Matched++
		case RowError:
			p.out.Errors++
		case RowSkipped:
			p.out.Skipped++
		}
	}
	if p.hidden > 0 {
		p.out.Findings = append(p.out.Findings, models.Finding{Code: "import.restricted_ignored", Params: map[string]string{"count": strconv.Itoa(p.hidden)}})
	}
}

func (p *planner) unitText(s *spot) string {
	if s.made == nil {
		return s.span.FullName()
	}
	return s.made.style + " " + s.made.name + " (" + p.unitText(s.made.parent) + ")"
}

// say adds a finding to a row, with its place in the file; what a heading or the mapping told stands at the name.
func (p *planner) say(out *ImportRow, f models.Finding) {
	f.Sheet, f.Row = out.Row.Sheet, out.Row.Row
	if f.Cell == "" {
		f.Cell = cmp.Or(out.Row.Cells[f.Field], out.Row.Cells[models.FieldName])
	}
	out.Findings = append(out.Findings, f)
}

func (p *planner) block(out *ImportRow, f models.Finding) {
	f.Blocking = true
	p.say(out, f)
}

func blocked(out *ImportRow) bool {
	return slices.ContainsFunc(out.Findings, func(f models.Finding) bool { return f.Blocking })
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
