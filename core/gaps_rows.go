package core

import (
	"slices"

	"datchuan/models"
)

// rows adds what is known of the people to the lines of a page: names, levels, and the reason of each outcome.
func (a *gapAsk) rows(lines []gapLine) ([]models.GapRow, error) {
	out := make([]models.GapRow, 0, len(lines))
	positions, err := a.core.Positions(a.ctx)
	if err != nil {
		return nil, err
	}
	posts := map[string]string{}
	for _, p := range positions {
		posts[p.Code] = p.Short
	}
	land := &places{core: a.core, db: a.core.read.WithContext(a.ctx), byUnit: map[int64][]place{}}
	for chunk := range slices.Chunk(lines, restandChunk) {
		ids := make([]int64, len(chunk))
		for i, l := range chunk {
			ids[i] = l.cadre
		}
		sel := a.core.byIDs(ids)
		sel.known = a.known
		dossiers, err := loadDossiers(land.db, sel)
		if err != nil {
			return nil, err
		}
		if err := land.need(dossiers); err != nil {
			return nil, err
		}
		byID := make(map[int64]*dossier, len(dossiers))
		for i := range dossiers {
			byID[dossiers[i].id] = &dossiers[i]
		}
		for _, l := range chunk {
			if d := byID[l.cadre]; d != nil {
				row := a.row(l, d, land.byUnit)
				row.Post = posts[row.Position]
				out = append(out, row)
			}
		}
	}
	return out, nil
}

func (a *gapAsk) row(l gapLine, d *dossier, land map[int64][]place) models.GapRow {
	on, s := a.filter.AsOf, &a.standards[l.standard]
	lang := a.lang()
	row := models.GapRow{CadreID: d.id, HoldingID: l.holding, Name: d.name, Birth: d.birth, Position: s.Position, Standard: s.Code, Overall: l.overall, Sort: l.sortKey}
	for i := range d.holdings {
		if h := &d.holdings[i]; h.ID == l.holding {
			p, _ := placeAt(land[h.UnitID], on)
			record := d.record(h)
			record.Areas = p.areas
			row.UnitID, row.Since, row.Mountain = h.UnitID, h.From, record.InArea([]models.AreaFlag{models.Mountainous}, on)
			row.Results = models.Evaluate(s, &record, on).Results
		}
	}
	a.namePlaces(&row, l.path)
	row.General, row.Profession, row.Political = d.levelWord(lang, models.GeneralEducation, on), d.levelWord(lang, models.Professional, on), d.levelWord(lang, models.Political, on)
	for _, q := range d.qualifications {
		if q.Kind == models.HoiTraining && (models.Span{From: q.From, To: q.To}).Contains(on) {
			row.Days += q.Days
		}
	}
	for i, r := range row.Results {
		switch r.Status {
		case models.Missing:
			row.Lacks = append(row.Lacks, s.Requirements[i].Name)
		case models.Unknown:
			row.Unknown = append(row.Unknown, s.Requirements[i].Name)
		}
	}
	row.Study = d.studyWord(lang, on)
	return row
}

func (a *gapAsk) lang() models.Lang {
	if a.actor.Language == "" {
		return models.Vi
	}
	return a.actor.Language
}

// namePlaces names the unit as it was called on the date, commune and district as on the map.
func (a *gapAsk) namePlaces(row *models.GapRow, path string) {
	tree, on := a.view.tree, a.filter.AsOf
	if s, ok := tree.Nearest(row.UnitID, on); ok {
		row.Unit = s.FullName()
	}
	at := path
	if a.filter.Map != 0 {
		if p := a.view.placeOn(row.UnitID, a.view.on); p != "" {
			at, on = p, a.view.on
		}
	}
	if s, ok := tree.Above(at, models.Commune, on); ok {
		row.Commune = s.FullName()
	}
	if s, ok := tree.Above(at, models.District, on); ok {
		row.District = s.FullName()
	}
}

// levelWord is the highest level on a line on the date, "" when nothing is known.
func (d *dossier) levelWord(lang models.Lang, kind models.QualKind, on models.Date) string {
	best := -1
	for _, q := range d.qualifications {
		if q.Kind == kind && (models.Span{From: q.From, To: q.To}).Contains(on) {
			best = max(best, q.Level)
		}
	}
	if best < 0 {
		return ""
	}
	return models.Word(lang, models.LevelKey(kind, best))
}

// studyWord is the study under way and when it is expected to end.
func (d *dossier) studyWord(lang models.Lang, on models.Date) string {
	s := d.studyOn(on)
	if s == nil {
		return ""
	}
	course := s.Course
	if course == "" {
		course = models.Word(lang, models.LevelKey(s.Kind, s.Level))
	}
	if s.School != "" {
		course += " (" + s.School + ")"
	}
	if s.To >= models.Forever {
		return course
	}
	return models.Word(lang, "gap.study_until", "course", course, "date", s.To.VN())
}

// markSet marks those of the page who belong to the smallest set that would bring their position to its target within
// the filter's unit: the nearest to the standard first. Other filters do not change who is in the set.
func (a *gapAsk) markSet(page *GapPage, lines []gapLine) error {
	inSet := map[int64]bool{}
	for i := range a.standards {
		target, ok, err := a.targetOf(i)
		if err != nil {
			return err
		}
		if !ok || !slices.ContainsFunc(lines, func(l gapLine) bool { return l.standard == i }) {
			continue
		}
		needed, err := a.needed(i, target)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.standard == i && needed(l) {
				inSet[l.holding] = true
			}
		}
	}
	for i := range page.Rows {
		page.Rows[i].InSet = inSet[page.Rows[i].HoldingID]
	}
	return nil
}

// GapMatrix is a gap list as people by requirements, for one rule set; Columns count each requirement over its rows.
type GapMatrix struct {
	Requirements []models.Requirement `json:"requirements"`
	Rows         []models.GapRow      `json:"rows"`
	Columns      []models.UnitTotal   `json:"columns"`
}

// Matrix lays the rows of a page out under the requirements of its rule sets; a requirement that rule sets share by code
// is one column. A row has no result under a requirement that its own rule set lacks.
func (p GapPage) Matrix() GapMatrix {
	m := GapMatrix{Rows: p.Rows}
	at := map[string]int{}
	for _, s := range p.Standards {
		for _, r := range s.Requirements {
			if _, ok := at[r.Code]; !ok {
				at[r.Code] = len(m.Requirements)
				m.Requirements = append(m.Requirements, r)
			}
		}
	}
	m.Columns = make([]models.UnitTotal, len(m.Requirements))
	for _, row := range p.Rows {
		for _, r := range row.Results {
			if i, ok := at[r.Requirement]; ok {
				m.Columns[i].Count(r.Status, 1)
			}
		}
	}
	return m
}
