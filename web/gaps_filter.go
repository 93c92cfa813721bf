package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// gapFilter reads the filter of a gap list from the address; what makes no sense is a finding.
func (q *request) gapFilter() models.GapFilter {
	f := models.GapFilter{UnitID: q.number("unit_id"), Position: q.text("position"), Standard: q.text("standard"), Version: q.numberTo("version", 1_000_000),
		Requirement: q.text("requirement"), Area: models.AreaFlag(q.text("area")), AgeFrom: q.numberTo("age_from", 130), AgeTo: q.numberTo("age_to", 130),
		Studying: q.tristate("studying"), Succession: q.text("succession"), Search: q.text("search"), AsOf: q.day("as_of"), KnownOn: q.day("known_on"),
		Map: q.day("map"), CountStudy: q.tristate("count_studying"), Nearest: q.text("nearest") == "true"}
	for _, list := range q.Request.Form["statuses"] {
		for _, status := range strings.Split(list, ",") {
			if slices.Contains(models.Statuses, models.Status(status)) {
				f.Statuses = append(f.Statuses, models.Status(status))
			} else if status != "" {
				q.finding("form.choice_bad", "statuses", status)
			}
		}
	}
	if q.text("everyone") == "true" {
		f.Statuses = models.Statuses
	}
	if f.Area != "" && !slices.Contains(models.AreaFlags, f.Area) {
		q.finding("form.choice_bad", "area", string(f.Area))
	}
	return f
}

// numberTo is a typed whole number up to a bound.
func (q *request) numberTo(name string, most int64) int {
	n := q.number(name)
	if n > most {
		q.finding("form.number_large", name, q.text(name))
		return 0
	}
	return int(n)
}

func (q *request) tristate(name string) models.Tristate {
	switch q.text(name) {
	case "":
		return models.NotKnown
	case "true":
		return models.Yes
	case "false":
		return models.No
	}
	q.finding("form.choice_bad", name, q.text(name))
	return models.NotKnown
}

// gapQuery is a filter as the parameters of an address of ours, and of the API.
func gapQuery(f models.GapFilter) url.Values {
	out := url.Values{}
	set := func(name, value string) {
		if value != "" {
			out.Set(name, value)
		}
	}
	number := func(name string, n int64) {
		if n != 0 {
			out.Set(name, strconv.FormatInt(n, 10))
		}
	}
	number("unit_id", f.UnitID)
	set("position", f.Position)
	set("standard", f.Standard)
	number("version", int64(f.Version))
	set("requirement", f.Requirement)
	set("statuses", statusList(f.Statuses))
	if f.Everyone {
		out.Set("everyone", "true")
	}
	set("area", string(f.Area))
	number("age_from", int64(f.AgeFrom))
	number("age_to", int64(f.AgeTo))
	set("studying", boolText(f.Studying))
	set("succession", f.Succession)
	set("search", f.Search)
	for name, d := range map[string]models.Date{"as_of": f.AsOf, "known_on": f.KnownOn, "map": f.Map} {
		if d != 0 {
			out.Set(name, d.String())
		}
	}
	set("count_studying", boolText(f.CountStudy))
	if f.Nearest {
		out.Set("nearest", "true")
	}
	return out
}

func statusList(list []models.Status) string {
	text := make([]string, len(list))
	for i, s := range list {
		text[i] = string(s)
	}
	return strings.Join(text, ",")
}

func boolText(t models.Tristate) string {
	return map[models.Tristate]string{models.Yes: "true", models.No: "false"}[t]
}

// gapHref is the address of a gap list in one of its views ("" = the list of people).
func gapHref(f models.GapFilter, tab string) string {
	v := gapQuery(f)
	if tab != "" {
		v.Set("tab", tab)
	}
	if len(v) == 0 {
		return "/gaps"
	}
	return "/gaps?" + v.Encode()
}

// withStatuses is the same list narrowed to statuses, from its first page.
func withStatuses(f models.GapFilter, statuses ...models.Status) models.GapFilter {
	f.Statuses, f.Everyone = statuses, false
	return f
}
