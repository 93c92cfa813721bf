package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/core/reference"
	"datchuan/models"
)

func (s *server) cadreHistory(q *request) error {
	card, err := q.card()
	if err != nil {
		return err
	}
	return q.history("cadre", card.Cadre.ID, card.Cadre.Name, cadreHref(card.Cadre.ID))
}

func (s *server) unitHistory(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	unit, err := s.core.Unit(q.Request.Context(), q.actor, id, 0)
	if err != nil {
		return err
	}
	return q.history("unit", id, unit.Span.FullName(), unitHref(id))
}

// history shows the life of a record, newest first.
func (q *request) history(object string, id int64, name, back string) error {
	log, err := q.s.core.History(q.Request.Context(), q.actor, object, id)
	if err != nil {
		return err
	}
	v := &HistoryPage{Page: q.base("cadre.history", Crumb{name, back}, Crumb{word(q.lang, "cadre.history"), ""}), Name: name, Back: back}
	v.Title = v.T("cadre.history") + ": " + name
	tell, err := q.teller()
	if err != nil {
		return err
	}
	for _, a := range log {
		v.Rows = append(v.Rows, HistoryEntry{When: moment(a.At), Who: a.Login, What: v.Word("action." + a.Action), Changes: tell.changes(a.Detail)})
	}
	return q.show("history", v)
}

// teller turns the details of the log into words.
type teller struct {
	lang      models.Lang
	positions map[string]string
	tree      *core.Tree
	today     models.Date
}

func (q *request) teller() (teller, error) {
	ctx := q.Request.Context()
	t := teller{lang: q.lang, positions: map[string]string{}, today: q.s.core.Today(ctx)}
	all, err := q.s.core.Positions(ctx)
	if err != nil {
		return t, err
	}
	for _, p := range all {
		t.positions[p.Code] = p.Name
	}
	t.tree, err = q.s.core.Tree(ctx)
	return t, err
}

// changes are the fields of a detail that have words and differ between before and after.
func (t teller) changes(detail string) []HistoryChange {
	var d struct {
		Before, After json.RawMessage
		Note          string
	}
	if err := json.Unmarshal([]byte(detail), &d); err != nil {
		return nil
	}
	before, after := members(d.Before), members(d.After)
	all := maps.Clone(before)
	maps.Copy(all, after)
	var out []HistoryChange
	for _, field := range slices.Sorted(maps.Keys(all)) {
		label := models.Word(t.lang, "field."+field)
		was, is := t.say(field, before), t.say(field, after)
		if label != "field."+field && was != is {
			out = append(out, HistoryChange{label, was, is})
		}
	}
	if d.Note != "" {
		out = append(out, HistoryChange{models.Word(t.lang, "field.note"), "", d.Note})
	}
	return out
}

// members are the values of an object as texts; anything that is no object has none.
func members(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var all map[string]any
	if dec.Decode(&all) != nil {
		return out
	}
	for name, value := range all {
		switch value.(type) {
		case string, json.Number, bool:
			out[name] = fmt.Sprint(value)
		}
	}
	return out
}

// say is one value as people read it: codes as words, dates as offices write them.
func (t teller) say(field string, of map[string]string) string {
	value := of[field]
	if value == "" || value == "0" && field != "level" && field != "party" {
		return ""
	}
	key := ""
	switch field {
	case "position":
		return t.positions[value]
	case "unit_id", "parent_id":
		return t.unit(value)
	case "ethnicity":
		return reference.Name(reference.EthnicGroups(), value)
	case "religion":
		return reference.Name(reference.Religions(), value)
	case "kind":
		key = "qual." + value
		if models.Word(t.lang, key) == key {
			key = "unit_kind." + value
		}
	case "level":
		key = "level." + of["kind"] + "." + value
	case "party":
		key = "tristate." + value
	case "state":
		key = "cadre_state." + value
	case "flag":
		key = "area." + value
	case "giver", "grade", "review", "certainty", "sex":
		key = field + "." + value
	case "from", "to", "earned", "birth", "date", "joined", "party_date":
		return typedDate(value)
	}
	if said := models.Word(t.lang, key); key != "" && said != key {
		return said
	}
	return value
}

func (t teller) unit(id string) string {
	n, _ := strconv.ParseInt(id, 10, 64) // not a number: no unit
	span, ok := t.tree.Nearest(n, t.today)
	if !ok {
		return ""
	}
	return placeName(t.tree, span, t.today)
}

// typedDate writes a date of the log, which holds both 2013-03-01 and 01/03/2013, day first.
func typedDate(text string) string {
	if d, err := models.ReadPartialDate(text); err == nil {
		return d.VN()
	}
	return text
}
