package core

import (
	"strconv"
	"strings"

	"datchuan/models"
)

// training joins the days of training in Hội work. A roster tells a sum over the years; what it tells beyond the days
// on record is added as one more declared training.
func (m *merger) training() {
	told := m.row.Training
	if told == nil {
		return
	}
	days, any, none, single := m.trained()
	q := models.Qualification{Kind: models.HoiTraining, Level: models.Attended, Days: told.Days, Giver: told.Giver, Field: courseName(told.Text)}
	had := models.Qualification{Kind: models.HoiTraining, Level: models.Attended, Days: days}
	switch {
	case !told.Attended && any:
		m.conflict(models.FieldTraining, m.levelText(had), m.levelText(models.Qualification{Kind: models.HoiTraining}))
	case !told.Attended && none:
	case !told.Attended:
		m.declare(models.Qualification{Kind: models.HoiTraining}, models.Qualification{}, false)
	case told.Days < 0 || told.Days > 3000:
		m.say(m.out, models.Finding{Field: models.FieldTraining, Value: strconv.Itoa(told.Days), Code: "import.level_bad", Params: map[string]string{"value": strconv.Itoa(told.Days)}})
	case !any:
		m.declare(q, models.Qualification{Kind: models.HoiTraining}, none)
	case told.Days == 0:
	case told.Days == days:
		m.giver(single, told.Giver)
	case told.Days < days:
		m.conflict(models.FieldTraining, m.levelText(had), m.levelText(q))
	default:
		q.Days -= days
		m.declare(q, had, true)
	}
}

// trained sums the days on record; none tells that she declared to have had no training; single is the only training's
// place in the set, or -1.
func (m *merger) trained() (days int, any, none bool, single int) {
	single, count := -1, 0
	m.per.qualifications.each(func(i int, q models.Qualification) {
		if q.Kind != models.HoiTraining || q.Review == models.Rejected || q.To <= m.choices.AsOf {
			return
		}
		if q.Level == models.NoLevel {
			none = true
			return
		}
		days, any, single, count = days+q.Days, true, i, count+1
	})
	if count != 1 {
		single = -1
	}
	return days, any, none, single
}

// giver learns who gave the one training on record, if nobody knew.
func (m *merger) giver(single int, giver models.Giver) {
	if single < 0 || giver == "" {
		return
	}
	q := m.per.qualifications.rows[single].now
	if q.Giver != "" || q.Review != models.Declared {
		return
	}
	text := m.levelText(q)
	q.Giver = giver
	m.note(models.FieldTraining, text, text+", "+models.Word(m.actor.Language, "import.giver_"+string(giver)))
	m.per.qualifications.set(single, q)
}

// courseName keeps a text that names a course; bare figures and marks do not.
func courseName(text string) string {
	if strings.ContainsFunc(models.Fold(text), func(r rune) bool { return r >= 'a' && r <= 'z' && r != 'x' }) {
		return clip(models.Clean(text), 160)
	}
	return ""
}

// study joins the course under way, from the roster's date to the expected end of the choices.
func (m *merger) study() {
	told := m.row.Studying
	if told == nil {
		return
	}
	if told.Level < 1 || told.Level > models.MaxLevel(told.Kind) {
		m.say(m.out, models.Finding{Field: models.FieldStudying, Value: told.Text, Code: "import.level_bad", Params: map[string]string{"value": told.Text}})
		return
	}
	known := false
	m.per.studies.each(func(_ int, s models.Study) {
		known = known || s.Kind == told.Kind && s.Level == told.Level && s.To > m.choices.AsOf
	})
	if known {
		return
	}
	course := clip(models.Clean(told.Text), 200)
	if best, ok, _ := m.best(told.Kind, told.Level); ok && best.Level >= told.Level && told.Kind != models.HoiTraining {
		m.say(m.out, models.Finding{Field: models.FieldStudying, Value: course, Code: "import.study_done", Params: map[string]string{"have": m.levelText(best)}})
		return
	}
	m.note(models.FieldStudying, "", strings.TrimPrefix(course+" → "+m.choices.StudyEnd.AddDays(-1).VN(), " → "))
	m.per.studies.add(models.Study{CadreID: m.per.cadre.ID, Kind: told.Kind, Level: told.Level, Course: course, From: m.choices.AsOf, To: m.choices.StudyEnd})
}

// succession joins the terms for which she is planned; she is on the list from the roster's date to the end of the term.
func (m *merger) succession(at placeRead) {
	if len(m.row.Terms) == 0 {
		return
	}
	post, ok := m.positions[m.row.PlanFor]
	if m.row.PlanFor == "" {
		post, ok = m.positions[m.row.Position]
	}
	if !ok {
		m.say(m.out, models.Finding{Field: models.FieldSuccession, Value: strings.Join(m.row.Terms, ", "), Code: "import.plan_for_unknown"})
		return
	}
	unit := at.home.UnitID
	if post.UnitKind == models.District {
		if d, ok := m.tree.Above(at.home.Path, models.District, m.choices.AsOf); ok {
			unit = d.UnitID
		}
	}
	for _, term := range m.row.Terms {
		end, ok := termEnd(term)
		if !ok || end <= m.choices.AsOf {
			m.say(m.out, models.Finding{Field: models.FieldSuccession, Value: term, Code: "import.term_bad"})
			continue
		}
		known := false
		m.per.successions.each(func(_ int, s models.Succession) {
			known = known || s.Position == post.Code && s.Term == term && s.UnitID == unit
		})
		if known {
			continue
		}
		m.note(models.FieldSuccession, "", post.Name+", "+term)
		m.per.successions.add(models.Succession{CadreID: m.per.cadre.ID, Position: post.Code, UnitID: unit, Term: term, From: m.choices.AsOf, To: end})
	}
}

// termEnd is the first day after a term such as 2016-2021.
func termEnd(term string) (models.Date, bool) {
	from, to, ok := strings.Cut(term, "-")
	a, errA := strconv.Atoi(strings.TrimSpace(from))
	b, errB := strconv.Atoi(strings.TrimSpace(to))
	if !ok || errA != nil || errB != nil || a < 1900 || b <= a || b > 2200 || b-a > 20 {
		return 0, false
	}
	return models.NewDate(b+1, 1, 1), true
}
