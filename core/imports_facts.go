package core

import (
	"slices"
	"strconv"

	"datchuan/models"
)

// levelFields is the column of a roster that tells of each line of education.
var levelFields = map[models.QualKind]models.RosterField{
	models.GeneralEducation: models.FieldGeneral, models.Professional: models.FieldProfession, models.Political: models.FieldPolitical,
	models.StateManagement: models.FieldState, models.Computing: models.FieldComputing, models.ForeignLanguage: models.FieldForeign,
	models.EthnicLanguage: models.FieldEthnicLang, models.HoiTraining: models.FieldTraining,
}

// holding joins the post of the row: known already, or a new holding since the year told, else since ever.
func (m *merger) holding(at *spot) {
	position := m.row.Position
	if position == "" {
		return
	}
	since := models.Beginning
	if m.row.HeldSince != 0 {
		if since = m.row.HeldSince.Earliest(); since > m.choices.AsOf {
			m.say(m.out, models.Finding{Field: models.FieldHeldSince, Value: m.row.HeldSince.VN(), Code: "import.held_in_future"})
			since = models.Beginning
		}
	}
	if m.heldAlready(at, since) {
		return
	}
	m.others(at, since)
	m.seat(at, since)
	post := m.positions[position]
	m.note(models.FieldPosition, "", m.postText(post.Name, at, since))
	h := models.Holding{CadreID: m.per.cadre.ID, Position: position, UnitID: at.id(), From: m.free(at, since), To: models.Forever}
	m.per.holdings.add(h)
	if at.made != nil {
		m.per.posts = append(m.per.posts, newPost{len(m.per.holdings.rows) - 1, at.made})
	}
}

// heldAlready finds the post among those she holds on the roster's date, and learns its first day if nobody knew it.
func (m *merger) heldAlready(at *spot, since models.Date) (found bool) {
	hs := &m.per.holdings
	hs.each(func(i int, h models.Holding) {
		if found || h.Position != m.row.Position || !m.sameUnit(i, h, at) || h.To <= m.choices.AsOf || h.From > m.choices.AsOf && h.From != since {
			return
		}
		found = true
		if since == models.Beginning || since == h.From {
			return
		}
		told := m.row.HeldSince
		known := models.PartialDate(h.From)
		if h.From != models.Beginning && birthAgrees(known, told) || h.From != models.Beginning && !m.conflict(models.FieldHeldSince, h.From.VN(), told.VN()) {
			return
		}
		m.note(models.FieldHeldSince, h.From.VN(), told.VN())
		h.From = since
		hs.set(i, h)
	})
	return found
}

// sameUnit compares the unit of a holding with the row's, also when either is still to be made.
func (m *merger) sameUnit(i int, h models.Holding, at *spot) bool {
	for _, post := range m.per.posts {
		if post.holding == i {
			return at.made == post.unit
		}
	}
	if at.made != nil {
		return false
	}
	if h.UnitID == at.span.UnitID {
		return true
	}
	next, ok := m.tree.SuccessorOn(h.UnitID, m.choices.AsOf)
	return ok && next == at.span.UnitID
}

// free is the first day of a new holding that does not run into an older one of the same post.
func (m *merger) free(at *spot, since models.Date) models.Date {
	m.per.holdings.each(func(i int, h models.Holding) {
		if h.Position == m.row.Position && m.sameUnit(i, h, at) && h.To <= m.choices.AsOf {
			since = max(since, h.To)
		}
	})
	return since
}

// others tells of the same post that she still holds elsewhere, and ends it when chosen.
func (m *merger) others(at *spot, since models.Date) {
	hs := &m.per.holdings
	hs.each(func(i int, h models.Holding) {
		if h.Position != m.row.Position || m.sameUnit(i, h, at) || h.From > m.choices.AsOf || h.To <= m.choices.AsOf {
			return
		}
		unit, _ := m.tree.Nearest(h.UnitID, m.choices.AsOf)
		if !m.choice.Replace {
			m.say(m.out, models.Finding{Field: models.FieldPosition, Value: m.positions[h.Position].Name, Code: "import.holds_elsewhere", Params: map[string]string{"unit": unit.FullName()}})
			return
		}
		m.end(m.per, i, since)
	})
}

// seat tells of somebody else in a post that only one holds, and ends that holding when chosen.
func (m *merger) seat(at *spot, since models.Date) {
	if !slices.Contains(singleSeats, m.row.Position) {
		return
	}
	key := seat{unit: at.made, id: at.id(), position: m.row.Position}
	for _, other := range m.seats[key] {
		if other == m.per {
			continue
		}
		other.holdings.each(func(i int, h models.Holding) {
			if h.Position != key.position || h.UnitID != key.id || h.From > m.choices.AsOf || h.To <= m.choices.AsOf {
				return
			}
			if m.choice.Replace && inScope(m.actor, other.cadre.Path) {
				m.end(other, i, since)
				return
			}
			m.say(m.out, models.Finding{Field: models.FieldPosition, Value: m.positions[key.position].Name, Code: "import.seat_taken", Params: map[string]string{"name": other.cadre.Name}})
		})
	}
	m.seats[key] = append(m.seats[key], m.per)
}

// end closes a holding of a person when the next one begins; when that day is not known, on the roster's date.
func (m *merger) end(per *person, i int, next models.Date) {
	h := per.holdings.rows[i].now
	to := m.choices.AsOf
	if next > h.From && next <= to {
		to = next
	}
	if to <= h.From {
		to = h.From.AddDays(1)
	}
	unit, _ := m.tree.Nearest(h.UnitID, m.choices.AsOf)
	text := m.positions[h.Position].Name + ", " + unit.FullName()
	per.changes = append(per.changes, FieldChange{Field: models.FieldPosition, Before: text, After: text + " → " + to.VN()})
	h.To = to
	per.holdings.set(i, h)
	m.touch(per)
}

func (m *merger) postText(name string, at *spot, since models.Date) string {
	text := name + ", " + m.unitText(at)
	if vn := since.VN(); vn != "" {
		text += " (" + vn + ")"
	}
	return text
}

// levels joins the lines of education, each as a declared fact.
func (m *merger) levels() {
	for _, kind := range models.QualKinds {
		if told, ok := m.row.Levels[kind]; ok && kind != models.HoiTraining {
			m.level(kind, told)
		}
	}
}

func (m *merger) level(kind models.QualKind, told models.LevelRead) {
	told.Field = clip(models.Clean(told.Field), 160)
	if told.Level < 0 || told.Level > models.MaxLevel(kind) {
		m.say(m.out, models.Finding{Field: levelFields[kind], Value: strconv.Itoa(told.Level), Code: "import.level_bad", Params: map[string]string{"value": strconv.Itoa(told.Level)}})
		return
	}
	best, known, rejected := m.best(kind, told.Level)
	field := levelFields[kind]
	switch {
	case known && best.Level > told.Level:
		if !m.conflict(field, m.levelText(best), m.levelText(models.Qualification{Kind: kind, Level: told.Level, Field: told.Field})) {
			return
		}
		m.drop(kind, func(q models.Qualification) bool { return q.Level > told.Level })
		if again, ok, _ := m.best(kind, told.Level); ok && again.Level == told.Level {
			m.note(field, m.levelText(best), m.levelText(again))
			return
		}
	case known && best.Level == told.Level:
		m.sameLevel(kind, told)
		return
	case rejected && !m.takes(field):
		m.say(m.out, models.Finding{Field: field, Value: m.levelText(models.Qualification{Kind: kind, Level: told.Level, Field: told.Field}), Code: "import.was_rejected"})
		return
	}
	m.declare(models.Qualification{Kind: kind, Level: told.Level, Field: told.Field}, best, known)
}

// best is the highest level that stands on the roster's date; rejected tells of a refused declaration of that level.
func (m *merger) best(kind models.QualKind, level int) (best models.Qualification, known, rejected bool) {
	m.per.qualifications.each(func(_ int, q models.Qualification) {
		switch {
		case q.Kind != kind || q.To <= m.choices.AsOf:
		case q.Review == models.Rejected:
			rejected = rejected || q.Level == level
		case !known || q.Level > best.Level:
			best, known = q, true
		}
	})
	return best, known, rejected
}

// sameLevel fills in the field of study, or notes a second diploma of the same level.
func (m *merger) sameLevel(kind models.QualKind, told models.LevelRead) {
	if told.Field == "" {
		return
	}
	empty := -1
	same := false
	qs := &m.per.qualifications
	qs.each(func(i int, q models.Qualification) {
		if q.Kind != kind || q.Level != told.Level || q.Review == models.Rejected {
			return
		}
		same = same || models.MatchKey(q.Field) == models.MatchKey(told.Field)
		if q.Field == "" && q.Review == models.Declared {
			empty = i
		}
	})
	now := models.Qualification{Kind: kind, Level: told.Level, Field: told.Field}
	switch {
	case same:
	case empty >= 0:
		q := qs.rows[empty].now
		m.note(levelFields[kind], m.levelText(q), m.levelText(now))
		q.Field = told.Field
		qs.set(empty, q)
	case told.Level > models.NoLevel:
		m.declare(now, models.Qualification{}, false)
	}
}

// declare adds a declared fact. Nobody says when a level was reached: the first thing told of a line counts since ever,
// a later rise only from the roster's date on, so that what was true before stays so. "Has none" then ends.
func (m *merger) declare(q, before models.Qualification, known bool) {
	q.Earned, q.From, q.To, q.Review, q.CadreID = models.Beginning, models.Beginning, models.Forever, models.Declared, m.per.cadre.ID
	text := ""
	if known {
		text = m.levelText(before)
		if before.Level < q.Level || q.Kind == models.HoiTraining {
			q.Earned, q.From = m.choices.AsOf, m.choices.AsOf
		}
	}
	if q.Level > models.NoLevel {
		m.drop(q.Kind, func(x models.Qualification) bool { return x.Level == models.NoLevel })
	}
	m.note(levelFields[q.Kind], text, m.levelText(q))
	m.per.qualifications.add(q)
}

// drop ends declarations on the roster's date, or removes those that would not last a day.
func (m *merger) drop(kind models.QualKind, which func(models.Qualification) bool) {
	qs := &m.per.qualifications
	qs.each(func(i int, q models.Qualification) {
		if q.Kind != kind || q.To <= m.choices.AsOf || !which(q) {
			return
		}
		if q.From >= m.choices.AsOf || q.Level > models.NoLevel {
			qs.remove(i)
			return
		}
		q.To = m.choices.AsOf
		qs.set(i, q)
	})
}

func (m *merger) levelText(q models.Qualification) string {
	text := models.Word(m.actor.Language, models.LevelKey(q.Kind, q.Level))
	if q.Kind == models.HoiTraining && q.Level > 0 {
		text = models.Word(m.actor.Language, "import.days", "days", strconv.Itoa(q.Days))
	}
	if q.Field != "" {
		text += " (" + q.Field + ")"
	}
	return text
}
