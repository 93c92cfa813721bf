package api

import (
	"bytes"
	"context"
	"slices"

	"datchuan/certificates"
	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// papersWithRows are those whose table is worth having as a workbook.
var papersWithRows = []string{"learner-list", "roll", "scores", "register"}

type PaperFormat struct {
	Format string `query:"format" enum:"pdf,xlsx" default:"pdf"`
}

type classPaperQuery struct {
	IDPath
	PaperFormat
	Paper    string `path:"paper" enum:"opening-decision,summons,learner-list,roll,scores,register"`
	District int64  `query:"district" minimum:"0" doc:"Giấy triệu tập gửi một huyện, kèm danh sách / one summons to a district, with a list"`
	Filled   bool   `query:"filled" doc:"Bảng điểm danh đã ghi / the roll with its marks"`
}

func (s *server) classPaper(ctx context.Context, by caller, in *classPaperQuery) (*file, error) {
	var papers []models.Paper
	var err error
	if in.Paper == "register" {
		papers, err = s.core.RegisterPapers(ctx, by.actor, core.CertificateQuery{ClassID: in.ID})
	} else {
		papers, err = s.core.ClassPapers(ctx, by.actor, in.ID, core.ClassPaper{Code: in.Paper, DistrictID: in.District, Filled: in.Filled})
	}
	if err != nil {
		return nil, err
	}
	return printed(in.Paper, in.Format, papers)
}

type registerQuery struct {
	CertificateQuery
	PaperFormat
}

func (s *server) register(ctx context.Context, by caller, in *registerQuery) (*file, error) {
	papers, err := s.core.RegisterPapers(ctx, by.actor, core.CertificateQuery(in.CertificateQuery))
	if err != nil {
		return nil, err
	}
	return printed("register", in.Format, papers)
}

// printed is a paper as PDF, or its table as a workbook.
func printed(code, format string, papers []models.Paper) (*file, error) {
	doc, ok := certificates.Find(code)
	if !ok || format == "xlsx" && !slices.Contains(papersWithRows, code) {
		return nil, models.Fail(models.NotFound, "not_found", "", "object", "paper")
	}
	var out bytes.Buffer
	name := doc.Title(models.Vi)
	if format == "pdf" {
		err := doc.Render(&out, papers...)
		return fileOr(attach(pdfType, name+".pdf", out.Bytes()), err)
	}
	err := sheets.WriteXLSX(&out, append([]string{papers[0].Title}, papers[0].Subtitles...), joined(papers))
	return fileOr(attach(gapTypes["xlsx"], name+".xlsx", out.Bytes()), err)
}

// joined is the rows of all papers under the columns of the first: they are parts of one list. Parts with other columns (weeks of a roll)
// stay apart by their headings, so only those alike are joined.
func joined(papers []models.Paper) models.Table {
	table := papers[0].Table
	table.Rows, table.Headings = slices.Clone(table.Rows), slices.Clone(table.Headings)
	for _, p := range papers[1:] {
		for _, h := range p.Table.Headings {
			table.Headings = append(table.Headings, h+len(table.Rows))
		}
		table.Rows = append(table.Rows, p.Table.Rows...)
	}
	return table
}
