package web

import (
	_ "embed" // where districts stand on the grid
	"encoding/json"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) overviewRoutes() {
	s.get("/", models.SignedIn, s.overview)
}

//go:embed tiles.json
var tileFile []byte

// tilePlaces are the columns and rows of districts on the grid, by code of the unit.
var tilePlaces = func() map[string][2]int {
	out := map[string][2]int{}
	if err := json.Unmarshal(tileFile, &out); err != nil {
		panic("tiles.json: " + err.Error())
	}
	return out
}()

func (s *server) overview(q *request) error {
	if q.actor.Role == models.SchoolOfficer {
		return s.today(q)
	}
	v := &OverviewPage{Page: q.base("nav.overview"), AsOf: s.core.Today(q.Request.Context()).VN(), Unit: q.unitCalled(models.GapFilter{})}
	if !q.actor.May(models.GapsRead) {
		return q.officeOverview(v)
	}
	progress, err := s.core.Targets(q.Request.Context(), q.actor, 0, 0)
	if err != nil {
		return err
	}
	everyone, err := s.core.Gaps(q.Request.Context(), q.actor, models.GapFilter{}, "", 1)
	if err != nil {
		return err
	}
	if everyone.Counts.Total == 0 {
		v.Empty = &Empty{Title: v.T("overview.empty"), Text: v.T("overview.empty_text")}
		if q.actor.May(models.ImportsRun) {
			v.Empty.Href, v.Empty.Action = "/imports", v.T("nav.imports")
		}
		return q.show("overview", v)
	}
	v.Gaps = "/gaps"
	v.Figures = v.postFigures(everyone.Counts)
	if err := q.fillTargets(v, progress); err != nil {
		return err
	}
	if err := q.importTodos(v); err != nil {
		return err
	}
	if err := q.revocationTodos(v); err != nil {
		return err
	}
	return q.show("overview", v)
}

// revocationTodos are requests to revoke that wait for a second person.
func (q *request) revocationTodos(v *OverviewPage) error {
	if !q.actor.May(models.CertificatesRevoke) {
		return nil
	}
	asked, err := q.s.core.Certificates(q.Request.Context(), q.actor, core.CertificateQuery{Asked: true, Size: 1})
	if asked.Total > 0 {
		v.Todos = append(v.Todos, Todo{int(asked.Total), v.T("overview.todo_revocations"), "/certificates?asked=true", "star"})
	}
	return err
}

// postFigures are counts over every position by the rule set of each.
func (p *Page) postFigures(t models.UnitTotal) []KeyFigure {
	figure := func(n int, key string, statuses ...models.Status) KeyFigure {
		return KeyFigure{Value: p.Num(n), Label: p.T(key), Href: gapHref(models.GapFilter{Statuses: statuses}, "")}
	}
	return []KeyFigure{figure(t.Total, "overview.posts", models.Statuses...), figure(t.Studying, "overview.posts_studying", models.Studying),
		figure(t.Missing, "overview.posts_missing", models.Missing), figure(t.Unknown, "overview.posts_unknown", models.Unknown)}
}

// fillTargets shows every target; the first that counts anybody here leads: it has the chart, the tiles and the todos.
func (q *request) fillTargets(v *OverviewPage, progress []models.Progress) error {
	names, err := q.ruleNames()
	if err != nil {
		return err
	}
	var lead *models.Progress
	for i, p := range progress {
		v.Targets = append(v.Targets, v.targetCard(p, names, 0, false))
		if lead == nil && p.Total > 0 {
			lead = &progress[i]
		}
	}
	if lead == nil {
		return nil
	}
	v.Target = float64(lead.Target.ThresholdBP) / 100
	v.ChartName = v.T("overview.chart", "target", lead.Target.Name)
	if v.Chart, err = q.course(&v.Page, lead.Target, 0, lead.AsOf); err != nil {
		return err
	}
	if v.Todos = v.targetTodos(*lead, names); len(progress) == 0 {
		return nil
	}
	return q.fillTiles(v, progress, names)
}

// targetTodos are what is left to do for a target.
func (p *Page) targetTodos(x models.Progress, names ruleNames) []Todo {
	var out []Todo
	add := func(n int, key string, f models.GapFilter) {
		if n > 0 {
			out = append(out, Todo{n, p.T(key, "threshold", p.threshold(x.Target), "position", names.posts(x.Target)), gapHref(f, ""), "gap"})
		}
	}
	f := names.filter(x.Target, x.Target.Measures[0], 0, 0)
	near := f
	near.Nearest = true
	add(x.StillNeed, "overview.todo_nearest", near)
	if len(x.Target.Measures) == 1 {
		add(x.Missing, "overview.todo_missing", withStatuses(f, models.Missing))
		add(x.Studying, "overview.todo_studying", withStatuses(f, models.Studying))
		add(x.Unknown, "overview.todo_unknown", withStatuses(f, models.Unknown))
	}
	return out
}

// fillTiles cuts the first target that the units below have anybody for.
func (q *request) fillTiles(v *OverviewPage, progress []models.Progress, names ruleNames) error {
	tree, err := q.s.core.Tree(q.Request.Context())
	if err != nil {
		return err
	}
	for _, p := range progress {
		lines, kind, err := q.targetTotals(p.Target, names, 0, 0)
		if err != nil {
			return err
		}
		v.Tiles, v.Map = nil, true
		for _, t := range lines {
			if t.Total > 0 {
				tile := v.tile(p, t, names)
				place := tilePlaces[tree.Code(t.UnitID)]
				tile.Column, tile.Row = place[0], place[1]
				v.Map = v.Map && tile.Column > 0
				v.Tiles = append(v.Tiles, tile)
			}
		}
		if len(v.Tiles) > 0 {
			v.MapWord, v.Target = strings.ToLower(v.Word("unit_kind."+string(kind))), float64(p.Target.ThresholdBP)/100
			v.TilesName = v.T("overview.tiles", "target", p.Target.Name, "threshold", v.threshold(p.Target))
			return nil
		}
	}
	return nil
}

// tile is one unit of the grid.
func (p *Page) tile(x models.Progress, t models.UnitTotal, names ruleNames) DistrictTile {
	x.Count(t)
	f := names.filter(x.Target, x.Target.Measures[0], t.UnitID, 0)
	out := DistrictTile{Name: t.Unit, Met: x.Counted, Base: x.Total, Need: x.StillNeed, Share: 100 * float64(x.Counted) / float64(x.Total), Href: gapHref(f, "")}
	if len(x.Target.Measures) > 1 {
		out.Href = targetHref(x.Target.ID, t.UnitID, 0)
	}
	if t.Total == 1 {
		out.Badge = p.Badge(onlyStatus(t))
		out.Href = gapHref(withStatuses(f, models.Statuses...), "")
	}
	return out
}

// onlyStatus is the status of the one person of a total.
func onlyStatus(t models.UnitTotal) models.Status {
	switch {
	case t.Met > 0:
		return models.Met
	case t.Studying > 0:
		return models.Studying
	case t.Missing > 0:
		return models.Missing
	}
	return models.Unknown
}

// importTodos reminds of rosters that were read but not written yet.
func (q *request) importTodos(v *OverviewPage) error {
	if !q.actor.May(models.ImportsRun) {
		return nil
	}
	all, err := q.s.core.Imports(q.Request.Context(), q.actor)
	waiting := 0
	for _, im := range all {
		if im.State == core.ImportUploaded || im.State == core.ImportPreviewed {
			waiting++
		}
	}
	if waiting > 0 {
		v.Todos = append(v.Todos, Todo{waiting, v.T("overview.todo_imports"), "/imports", "import"})
	}
	return err
}

// officeOverview is for those who read no cadres: where their own work is.
func (q *request) officeOverview(v *OverviewPage) error {
	v.Note = v.T("overview.no_cadres")
	if q.actor.May(models.AccountsManage) {
		accounts, err := q.s.core.Accounts(q.Request.Context(), q.actor)
		if err != nil {
			return err
		}
		v.Todos = append(v.Todos, Todo{len(accounts), v.T("overview.todo_accounts"), "/accounts", "key"})
	}
	return q.show("overview", v)
}
