package core

import (
	"context"
	"strconv"
	"strings"

	"datchuan/models"
)

// gapColumns are those of documents.md section 8: the list as districts keep it.
var gapColumns = []models.Column{
	{Key: "no", Kind: models.IntColumn, Width: 8},
	{Key: "name", Kind: models.TextColumn, Width: 34},
	{Key: "birth", Kind: models.DateColumn, Width: 17},
	{Key: "commune", Kind: models.TextColumn, Width: 25},
	{Key: "district", Kind: models.TextColumn, Width: 22},
	{Key: "position", Kind: models.TextColumn, Width: 20},
	{Key: "since", Kind: models.TextColumn, Width: 12},
	{Key: "general", Kind: models.TextColumn, Width: 14},
	{Key: "profession", Kind: models.TextColumn, Width: 17},
	{Key: "political", Kind: models.TextColumn, Width: 15},
	{Key: "days", Kind: models.IntColumn, Width: 13},
	{Key: "lacks", Kind: models.TextColumn, Width: 36},
	{Key: "unknown", Kind: models.TextColumn, Width: 28},
	{Key: "study", Kind: models.TextColumn, Width: 30},
	{Key: "note", Kind: models.TextColumn, Width: 18},
}

// GapTable is the gap list as the one table that screen, JSON, XLSX, CSV and PDF show.
func GapTable(page GapPage, lang models.Lang) models.Table {
	t := models.Table{Columns: make([]models.Column, len(gapColumns)), Rows: make([][]any, len(page.Rows))}
	for i, col := range gapColumns {
		col.Title = models.Word(lang, "gap.col."+col.Key)
		t.Columns[i] = col
	}
	for i, r := range page.Rows {
		commune := r.Commune
		if r.Mountain {
			commune += " (x)"
		}
		since, note := "", ""
		if r.Since > models.Beginning {
			since = strconv.Itoa(r.Since.Year())
		}
		if r.InSet {
			note = models.Word(lang, "gap.in_set")
		}
		t.Rows[i] = []any{i + 1, r.Name, birthCell(r.Birth), commune, r.District, r.Post, since, r.General, r.Profession, r.Political,
			r.Days, strings.Join(r.Lacks, "; "), strings.Join(r.Unknown, "; "), r.Study, note}
	}
	return t
}

// birthCell is empty when nothing is known of the birth.
func birthCell(p models.PartialDate) any {
	if p == 0 {
		return nil
	}
	return p
}

// GapPaper is the gap list as a paper to be printed and signed: the rule with its legal basis and version, the date, and
// both ways of counting those who study.
func (c *Core) GapPaper(ctx context.Context, actor models.Actor, page GapPage) (models.Paper, error) {
	lang := actor.Language
	if lang == "" {
		lang = models.Vi
	}
	unitID := page.Filter.UnitID
	if unitID == 0 {
		unitID = actor.UnitID
	}
	head, err := c.Letterhead(ctx, actor, unitID)
	if err != nil {
		return models.Paper{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return models.Paper{}, err
	}
	on := page.Filter.Map
	if on == 0 {
		on = page.Filter.AsOf
	}
	where := ""
	if s, ok := tree.Nearest(unitID, on); ok {
		where = s.FullName()
	}
	posts, err := c.Positions(ctx)
	if err != nil {
		return models.Paper{}, err
	}
	return models.Paper{Letterhead: head, Date: c.Today(ctx), Title: models.Word(lang, "gap.paper_title"), Subtitles: gapSubtitles(page, lang, where, posts),
		Summary: gapSummary(page.Counts, lang), Table: GapTable(page, lang),
		Closing: models.Word(lang, "gap.paper_closing", "n", strconv.Itoa(len(page.Rows)))}, nil
}

func gapSubtitles(page GapPage, lang models.Lang, where string, all []models.Position) []string {
	word := func(key string, params ...string) string { return models.Word(lang, key, params...) }
	posts := make([]string, 0, len(page.Standards))
	for _, s := range page.Standards {
		for _, p := range all {
			if p.Code == s.Position {
				posts = append(posts, p.Short)
			}
		}
	}
	out := []string{word("gap.paper_scope", "positions", strings.Join(posts, ", "), "unit", where, "date", page.Filter.AsOf.VN())}
	for _, s := range page.Standards {
		rule := "gap.rule_in_hand"
		if s.StudyingCounts {
			rule = "gap.rule_studying"
		}
		if page.Filter.CountStudy != models.NotKnown {
			rule = map[models.Tristate]string{models.Yes: "gap.rule_studying", models.No: "gap.rule_in_hand"}[page.Filter.CountStudy]
		}
		out = append(out, word("gap.paper_rule", "name", s.Name, "version", strconv.Itoa(s.Version), "basis", s.LegalBasis, "counting", word(rule)))
	}
	if page.Filter.KnownOn != 0 {
		out = append(out, word("gap.paper_known", "date", page.Filter.KnownOn.VN()))
	}
	if page.Filter.Map != 0 {
		out = append(out, word("gap.paper_map", "date", page.Filter.Map.VN()))
	}
	return out
}

// gapSummary gives the figures on top of the paper, with numerator and denominator of each percentage.
func gapSummary(t models.UnitTotal, lang models.Lang) []models.SummaryLine {
	line := func(key, value string) models.SummaryLine {
		return models.SummaryLine{Label: models.Word(lang, "gap.sum."+key), Value: value}
	}
	share := func(n int) string {
		return strconv.Itoa(n) + "/" + strconv.Itoa(t.Total) + " = " + models.PercentVN(n, t.Total)
	}
	return []models.SummaryLine{line("total", strconv.Itoa(t.Total)), line("met", strconv.Itoa(t.Met)), line("studying", strconv.Itoa(t.Studying)),
		line("missing", strconv.Itoa(t.Missing)), line("unknown", strconv.Itoa(t.Unknown)),
		line("share_in_hand", share(t.UpTo(false))), line("share_studying", share(t.UpTo(true)))}
}
