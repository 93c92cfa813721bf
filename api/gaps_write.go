package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"datchuan/certificates"
	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// GapFormats are the forms in which a gap list leaves the system; each has exactly the same rows.
var GapFormats = []string{"csv", "json", "xlsx", "pdf"}

var gapTypes = map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json", "pdf": "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// gapList is a gap list as JSON: the cells of the table, and behind them what they were made of.
type gapList struct {
	Filter    models.GapFilter  `json:"filter"`
	Standards []models.Standard `json:"standards"`
	Total     int               `json:"total"`
	Counts    models.UnitTotal  `json:"counts"`
	Columns   []models.Column   `json:"columns"`
	Rows      []gapLine         `json:"rows"`
	Next      string            `json:"next,omitempty"`
}

type gapLine struct {
	models.GapRow
	Cells map[string]any `json:"cells" doc:"Ô của bảng theo khoá cột / the cells by column key"`
}

func gapListOf(page core.GapPage, lang models.Lang) gapList {
	table := core.GapTable(page, lang)
	out := gapList{Filter: page.Filter, Standards: page.Standards, Total: page.Total, Counts: page.Counts, Columns: table.Columns,
		Rows: make([]gapLine, len(table.Rows)), Next: page.Next}
	for i, cells := range table.Rows {
		out.Rows[i] = gapLine{page.Rows[i], make(map[string]any, len(cells))}
		for j, column := range table.Columns {
			out.Rows[i].Cells[column.Key] = cells[j]
		}
	}
	return out
}

// WriteGaps writes the whole gap list of a filter in one of GapFormats, and notes the export in the audit log.
func WriteGaps(ctx context.Context, c *core.Core, actor models.Actor, w io.Writer, f models.GapFilter, format string, lang models.Lang) error {
	if !slices.Contains(GapFormats, format) {
		return fmt.Errorf("gap list: no format %q, want one of %v", format, GapFormats)
	}
	page, err := c.Gaps(ctx, actor, f, "", 0)
	if err != nil {
		return err
	}
	if err := c.LogExport(ctx, actor, "gaps", len(page.Rows), map[string]any{"format": format, "filter": page.Filter}); err != nil {
		return err
	}
	actor.Language = lang
	switch format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(gapListOf(page, lang))
	case "csv":
		return sheets.WriteCSV(w, core.GapTable(page, lang))
	}
	paper, err := c.GapPaper(ctx, actor, page)
	if err != nil {
		return err
	}
	if format == "pdf" {
		return certificates.GapList(w, paper)
	}
	return sheets.WriteXLSX(w, append([]string{paper.Title}, paper.Subtitles...), paper.Table)
}
