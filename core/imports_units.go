package core

import (
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// unitFinder finds the units that rows name, inside the import's own subtree and never by guessing: exact name first,
// then the name without accents when only one unit can be meant, else a question.
type unitFinder struct {
	tree    *Tree
	on      models.Date // the map of the roster's date
	top     models.UnitSpan
	root    string // path of the top on that map, or the actor's scope when the import names no unit
	byKind  map[models.UnitKind][]models.UnitSpan
	below   map[int64][]models.UnitSpan // branches, specials and groups by every unit above them
	choices ImportChoices
	made    map[string]*newUnit // by parent and key
	order   []*newUnit
	cache   map[string]placeRead
}

// newUnit is a branch or group that the import will make.
type newUnit struct {
	id     int64           // once made
	span   models.UnitSpan // once made
	parent *spot
	kind   models.UnitKind
	style  string
	name   string
}

// spot is a unit that stands, or one that will.
type spot struct {
	span models.UnitSpan
	made *newUnit
}

func (s *spot) id() int64 {
	if s.made != nil {
		return s.made.id
	}
	return s.span.UnitID
}

// placeRead is where a row belongs: the most precise unit, and the one that keeps the record (the commune if any).
type placeRead struct {
	unit     *spot
	home     models.UnitSpan
	findings []models.Finding
	asks     []Question
}

func newUnitFinder(tree *Tree, rootUnit int64, scope string, choices ImportChoices) *unitFinder {
	f := &unitFinder{tree: tree, on: choices.AsOf, root: scope, byKind: map[models.UnitKind][]models.UnitSpan{}, below: map[int64][]models.UnitSpan{},
		choices: choices, made: map[string]*newUnit{}, cache: map[string]placeRead{}}
	if top, ok := tree.Nearest(rootUnit, choices.AsOf); ok {
		f.top, f.root = top, top.Path
	}
	for id := range tree.spans {
		s, ok := tree.At(id, choices.AsOf)
		if !ok || f.root == "" || !models.UnderPath(s.Path, f.root) {
			continue
		}
		f.byKind[s.Kind] = append(f.byKind[s.Kind], s)
		if s.Kind == models.Branch || s.Kind == models.Special || s.Kind == models.Group {
			for _, above := range models.PathIDs(s.Path) {
				f.below[above] = append(f.below[above], s)
			}
		}
	}
	for _, spans := range f.byKind {
		slices.SortFunc(spans, func(a, b models.UnitSpan) int { return strings.Compare(a.Path, b.Path) })
	}
	return f
}

// UnitKey is the key under which ImportChoices.Units answers for the units of a row, as far down as level says
// (district, commune or branch).
func UnitKey(row models.RosterRow, level models.UnitKind) string {
	parts := []string{models.Fold(row.District), "", ""}
	if level != models.District {
		parts[1] = models.Fold(row.Commune)
	}
	if level == models.Branch {
		parts[2] = models.Fold(row.Branch)
	}
	return strings.Join(parts, "|")
}

// find reads the place of a row for a post held at a kind of unit ("" when the row names no post).
func (f *unitFinder) find(row *models.RosterRow, kind models.UnitKind) placeRead {
	key := strings.Join([]string{row.District, row.Commune, row.Branch, row.Group, string(kind)}, "\x00")
	if got, ok := f.cache[key]; ok {
		return got
	}
	got := f.locate(row, kind)
	f.cache[key] = got
	return got
}

func (f *unitFinder) locate(row *models.RosterRow, kind models.UnitKind) (out placeRead) {
	at := &spot{span: f.top}
	if row.District != "" && (f.top.UnitID == 0 || f.top.Kind == models.Nation || f.top.Kind == models.Province || f.top.Kind == models.District) {
		if at = f.step(row, models.District, models.FieldDistrict, row.District, f.byKind[models.District], &out); at == nil {
			return out
		}
	}
	if row.Commune != "" {
		var communes []models.UnitSpan
		for _, s := range f.byKind[models.Commune] {
			if models.UnderPath(s.Path, at.span.Path) {
				communes = append(communes, s)
			}
		}
		if at = f.step(row, models.Commune, models.FieldUnit, row.Commune, communes, &out); at == nil {
			return out
		}
	}
	if at.span.UnitID == 0 {
		out.block(models.Finding{Field: models.FieldUnit, Code: "import.unit_missing"})
		return out
	}
	out.home = at.span
	if s, ok := f.tree.Above(at.span.Path, models.Commune, f.on); ok {
		out.home = s
	}
	f.deepen(row, kind, at, &out)
	if out.unit != nil && kind == models.Commune && out.home.Kind != models.Commune {
		out.block(models.Finding{Field: models.FieldUnit, Code: "import.commune_missing"})
	}
	return out
}

// deepen goes below the commune as far as the post asks: a group head to her group, a branch head to her branch. What
// the row does not name is a warning, and the post stays with the unit above.
func (f *unitFinder) deepen(row *models.RosterRow, kind models.UnitKind, at *spot, out *placeRead) {
	out.unit = at
	if kind != models.Branch && kind != models.Special && kind != models.Group {
		return
	}
	if row.Branch != "" && at.span.Kind != models.Branch && at.span.Kind != models.Special {
		branch := models.Branch
		if kind == models.Special {
			branch = models.Special
		}
		if at = f.child(row, branch, row.Branch, at, out); at == nil {
			out.unit = nil
			return
		}
		out.unit = at
	} else if row.Branch == "" && at.span.Kind == models.Commune {
		out.say(models.Finding{Field: models.FieldBranch, Code: "import.branch_missing"})
	}
	if kind != models.Group {
		return
	}
	if row.Group == "" {
		out.say(models.Finding{Field: models.FieldGroup, Code: "import.group_missing"})
		return
	}
	out.unit = f.child(row, models.Group, row.Group, at, out)
}

// step finds a district or commune by name, or says why not.
func (f *unitFinder) step(row *models.RosterRow, kind models.UnitKind, field models.RosterField, name string, among []models.UnitSpan, out *placeRead) *spot {
	hits, exact := byName(kind, name, among)
	if len(hits) == 1 {
		if !exact {
			out.say(models.Finding{Field: field, Value: name, Code: "import.unit_accents", Suggestion: hits[0].FullName()})
		}
		return &spot{span: hits[0]}
	}
	key := UnitKey(*row, kind)
	if s, ok := f.answer(key, kind); ok {
		return &spot{span: s}
	}
	code := "import.unit_ambiguous"
	if len(hits) == 0 {
		code, hits = "import."+string(kind)+"_unknown", nearNames(kind, name, among)
	}
	f.ask(out, key, field, name, code, hits)
	return nil
}

// child finds a branch or group below a unit, or plans to make it when the choices allow.
func (f *unitFinder) child(row *models.RosterRow, kind models.UnitKind, name string, above *spot, out *placeRead) *spot {
	var among []models.UnitSpan
	if above.made == nil {
		for _, s := range f.below[above.span.UnitID] {
			if s.Kind == kind || kind == models.Branch && s.Kind == models.Special || kind == models.Special && s.Kind == models.Branch {
				among = append(among, s)
			}
		}
	}
	hits, exact := byName(kind, name, among)
	field := models.FieldBranch
	if kind == models.Group {
		field = models.FieldGroup
	}
	if len(hits) == 1 && exact {
		return &spot{span: hits[0]}
	}
	key := UnitKey(*row, models.Branch)
	if kind == models.Group {
		key += "|" + models.Fold(row.Group)
	}
	if s, ok := f.answer(key, kind); ok {
		return &spot{span: s}
	}
	if len(hits) == 1 {
		out.say(models.Finding{Field: field, Value: name, Code: "import.unit_accents", Suggestion: hits[0].FullName()})
		return &spot{span: hits[0]}
	}
	if len(hits) > 1 {
		f.ask(out, key, field, name, "import.unit_ambiguous", hits)
		return nil
	}
	if !f.choices.CreateUnits {
		code := "import.branch_unknown"
		if kind == models.Group {
			code = "import.group_unknown"
		}
		f.ask(out, key, field, name, code, among)
		return nil
	}
	return &spot{span: above.span, made: f.plan(kind, name, above)}
}

func (f *unitFinder) plan(kind models.UnitKind, name string, above *spot) *newUnit {
	parent := strconv.FormatInt(above.span.UnitID, 10)
	if above.made != nil {
		parent += "+" + models.MatchKey(above.made.name)
	}
	bare := models.Clean(bareName(kind, name))
	key := parent + "|" + string(kind) + "|" + models.MatchKey(bare)
	if u := f.made[key]; u != nil {
		return u
	}
	u := &newUnit{parent: above, kind: kind, name: bare, style: map[models.UnitKind]string{models.Branch: "chi hội", models.Special: "chi hội", models.Group: "tổ"}[kind]}
	f.made[key] = u
	f.order = append(f.order, u)
	return u
}

func (f *unitFinder) answer(key string, kind models.UnitKind) (models.UnitSpan, bool) {
	id, ok := f.choices.Units[key]
	if !ok {
		return models.UnitSpan{}, false
	}
	s, ok := f.tree.At(id, f.on)
	fits := s.Kind == kind || kind == models.Branch && s.Kind == models.Special || kind == models.Special && s.Kind == models.Branch
	return s, ok && fits && f.root != "" && models.UnderPath(s.Path, f.root)
}

func (f *unitFinder) ask(out *placeRead, key string, field models.RosterField, name, code string, options []models.UnitSpan) {
	q := Question{Kind: "unit", Key: key, Options: []Option{}}
	var names []string
	for i, s := range options {
		label := s.FullName()
		if d, ok := f.tree.Above(s.Path, models.District, f.on); ok && d.UnitID != s.UnitID {
			label += ", " + d.FullName()
		}
		q.Options = append(q.Options, Option{ID: s.UnitID, Label: label})
		if i < 5 {
			names = append(names, label)
		}
	}
	out.asks = append(out.asks, q)
	out.block(models.Finding{Field: field, Value: name, Code: code, Params: map[string]string{"key": key, "name": name}, Suggestion: strings.Join(names, "; ")})
}

func (p *placeRead) say(f models.Finding)   { p.findings = append(p.findings, f) }
func (p *placeRead) block(f models.Finding) { f.Blocking = true; p.say(f) }
