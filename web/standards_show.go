package web

import (
	"net/url"
	"strconv"
	"strings"

	"datchuan/models"
)

func (s *server) standardRoutes() {
	s.get("/standards", models.StandardsRead, s.standards)
	s.get("/standards/new", models.StandardsWrite, s.newStandard)
	s.post("/standards", models.StandardsWrite, s.createStandard)
	s.get("/standards/compare", models.GapsRead, s.compareStandards)
	s.get("/standards/:code", models.StandardsRead, s.standard)
	s.get("/standards/:code/edit", models.StandardsWrite, s.editStandard)
	s.post("/standards/:code", models.StandardsWrite, s.newVersion)
}

// standardHref is the page of a version; 0 is the newest.
func standardHref(code string, version int) string {
	to := "/standards/" + url.PathEscape(code)
	if version != 0 {
		to += "?version=" + strconv.Itoa(version)
	}
	return to
}

func (s *server) standards(q *request) error {
	ctx := q.Request.Context()
	list, err := s.core.Standards(ctx, q.actor, q.text("position"), false)
	if err != nil {
		return err
	}
	positions, err := s.core.Positions(ctx)
	if err != nil {
		return err
	}
	v := &StandardsPage{Page: q.base("nav.standards"), MayEdit: q.actor.May(models.StandardsWrite)}
	v.Position = q.menu("position", v.T("gaps.position"), positionOptions(&v.Page, positions))
	for _, x := range list {
		v.Rows = append(v.Rows, v.standardRow(x, positions, s.core.Today(ctx)))
	}
	return q.show("standards", v)
}

func (p *Page) standardRow(s models.Standard, positions []models.Position, today models.Date) StandardRow {
	row := StandardRow{Code: s.Code, Href: standardHref(s.Code, 0), Name: s.Name, Position: positionName(positions, s.Position), Basis: s.LegalBasis, When: p.Span(s.ValidFrom, s.ValidTo),
		Certainty: string(s.Certainty), CertaintyWord: p.Word("certainty." + string(s.Certainty)), Version: s.Version, Requirements: len(s.Requirements),
		Current: s.Preferred && !s.Retired && (models.Span{From: s.ValidFrom, To: s.ValidTo}).Contains(today)}
	if s.Retired {
		row.Href = standardHref(s.Code, s.Version)
	}
	return row
}

func positionName(all []models.Position, code string) string {
	for _, p := range all {
		if p.Code == code {
			return p.Name
		}
	}
	return code
}

func (s *server) standard(q *request) error {
	ctx := q.Request.Context()
	version := q.numberTo("version", 1_000_000)
	if err := q.findings(); err != nil {
		return err
	}
	x, err := s.core.Standard(ctx, q.actor, q.Param("code"), version)
	if err != nil {
		return err
	}
	positions, err := s.core.Positions(ctx)
	if err != nil {
		return err
	}
	v := &StandardPage{Page: q.base("nav.standards", Crumb{word(q.lang, "nav.standards"), "/standards"}), Code: x.Code, Name: x.Name, MayEdit: q.actor.May(models.StandardsWrite)}
	v.Title = x.Name
	v.Rules = v.ruleLines(x)
	v.Facts = v.standardFacts(x, positions)
	v.warn(x)
	all, err := s.core.Standards(ctx, q.actor, x.Position, true)
	if err != nil {
		return err
	}
	before := 0
	for _, other := range all {
		if other.Code == x.Code && other.Version != x.Version {
			v.Versions = append(v.Versions, v.standardRow(other, positions, s.core.Today(ctx)))
			before = max(before, other.Version)
		}
	}
	v.links(q, x, before)
	return q.show("standard", v)
}

// links are where one may go from a version; other is another version of it, 0 for none.
func (v *StandardPage) links(q *request, x models.Standard, other int) {
	mine := standardRef(x)
	if q.actor.May(models.GapsRead) {
		v.Gaps = gapHref(models.GapFilter{Position: x.Position, Standard: x.Code, Version: versionOf(x)}, "")
		v.Compare = "/standards/compare?" + url.Values{"a": {mine}}.Encode()
		if other != 0 {
			v.Compare = "/standards/compare?" + url.Values{"a": {x.Code + "@" + strconv.Itoa(other)}, "b": {mine}}.Encode()
		}
	}
	if v.MayEdit {
		v.Copy = "/standards/new?" + url.Values{"from": {mine}}.Encode()
		if !x.Retired {
			v.Clone = standardHref(x.Code, 0) + "/edit"
		}
	}
}

// versionOf is the version to ask for: the newest is asked for by code alone.
func versionOf(s models.Standard) int {
	if s.Retired {
		return s.Version
	}
	return 0
}

// standardRef names a version in one word: "ke-hoach-2013", or "ke-hoach-2013@1" when a newer one has taken its place.
func standardRef(s models.Standard) string {
	if v := versionOf(s); v != 0 {
		return s.Code + "@" + strconv.Itoa(v)
	}
	return s.Code
}

// readStandardRef is the other way round.
func readStandardRef(text string) (code string, version int) {
	if i := strings.LastIndexByte(text, '@'); i > 0 {
		if n, err := strconv.Atoi(text[i+1:]); err == nil && n > 0 && n < 1_000_000 {
			return text[:i], n
		}
	}
	return text, 0
}

func (p *Page) standardFacts(s models.Standard, positions []models.Position) []Fact {
	studying := p.Word("gap.rule_in_hand")
	if s.StudyingCounts {
		studying = p.Word("gap.rule_studying")
	}
	out := []Fact{{p.T("gaps.position"), positionName(positions, s.Position)}, {p.T("standard.code"), s.Code}, {p.T("standard.version"), strconv.Itoa(s.Version)},
		{p.T("standard.validity"), p.Span(s.ValidFrom, s.ValidTo)}, {p.T("standard.basis"), s.LegalBasis}, {p.T("standard.certainty"), p.Word("certainty." + string(s.Certainty))},
		{p.T("gaps.counting"), studying}}
	if s.Preferred {
		out = append(out, Fact{p.T("standard.preferred"), p.T("gaps.yes")})
	}
	if s.Note != "" {
		out = append(out, Fact{p.T("target.note"), s.Note})
	}
	return out
}

// warn says what is not sure of a version, and whether it is still in use.
func (v *StandardPage) warn(s models.Standard) {
	if s.Certainty == models.Uncertain || s.Certainty == models.Known {
		v.Uncertain = v.T("standard.uncertain", "certainty", v.Word("certainty."+string(s.Certainty)))
	}
	if s.Retired {
		v.Retired, v.Newest = v.T("standard.retired", "version", s.Version), standardHref(s.Code, 0)
	}
}
