package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// printPlan shows how the file was read and what would become of its rows.
func (in *importing) printPlan(w io.Writer, plan core.ImportPlan) error {
	fmt.Fprintf(w, "sheet %q, header rows %d-%d (%s), as of %s\n", in.mapping.Sheet, in.mapping.HeaderFrom, in.mapping.HeaderTo, in.source, cmp.Or(in.choices.AsOf, in.mapping.AsOf))
	for _, col := range in.mapping.Columns {
		fmt.Fprintf(w, "  %-3s %-18s %s%s\n", col.Letter, col.Field, col.Header, oldFont(col))
	}
	printFindings(w, plan.Findings)
	for _, row := range plan.Rows {
		printFindings(w, row.Findings)
		for _, q := range row.Questions {
			for _, o := range q.Options {
				fmt.Fprintf(w, "row %d: %s %q may be %d, %s\n", row.Row.Row, q.Kind, q.Key, o.ID, o.Label)
			}
		}
	}
	_, err := fmt.Fprintf(w, "%d rows: new %d, changed %d, unchanged %d, errors %d, skipped %d; nothing was written\n", len(plan.Rows), plan.New, plan.Changed,
		plan.Unchanged, plan.Errors, plan.Skipped)
	return err
}

func oldFont(col sheets.ColumnMap) string {
	if col.Encoding == sheets.Unicode || len(col.Samples) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s: %s)", col.Encoding, strings.Join(col.Samples[:min(2, len(col.Samples))], ", "))
}

// printFindings writes one line per finding: its cell, what was found there, what is to be said about it, and a way out.
func printFindings(w io.Writer, findings []models.Finding) {
	for _, f := range findings {
		mark := "note"
		if f.Blocking {
			mark = "error"
		}
		place := f.Cell
		switch {
		case place == "" && f.Row == 0:
			place = "file"
		case place == "":
			place = fmt.Sprintf("row %d", f.Row)
		}
		line := []string{mark, place + ":"}
		if f.Value != "" {
			line = append(line, fmt.Sprintf("%q", f.Value))
		}
		line = append(line, f.Message(models.Vi))
		if f.Suggestion != "" {
			line = append(line, "→ "+f.Suggestion)
		}
		fmt.Fprintln(w, strings.Join(line, " "))
	}
}
