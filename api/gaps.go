package api

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) gapRoutes() {
	add(s, get("gaps", "/gaps", models.GapsRead).downloads(gapTypes["csv"], gapTypes["xlsx"], gapTypes["pdf"]).or(reflect.TypeFor[gapList]()), s.gaps)
	add(s, get("gap-totals", "/gaps/totals", models.GapsRead), s.gapTotals)
	add(s, get("gap-target", "/gaps/target", models.GapsRead), s.gapTarget)
	add(s, get("gap-matrix", "/gaps/matrix", models.GapsRead), s.gapMatrix)
}

// GapQuery is models.GapFilter as a query.
type GapQuery struct {
	UnitID      int64    `query:"unit_id" minimum:"0"`
	Position    string   `query:"position" maxLength:"40"`
	Standard    string   `query:"standard" maxLength:"60" doc:"Bỏ trống: tiêu chuẩn mặc định của chức danh / empty: the position's own"`
	Version     int      `query:"version" minimum:"0" maximum:"1000000"`
	Requirement string   `query:"requirement" maxLength:"60"`
	Statuses    []string `query:"statuses" enum:"M,S,X,U,E" doc:"Bỏ trống: những người chưa đạt / empty: all that are not up to standard"`
	Everyone    bool     `query:"everyone"`
	Area        string   `query:"area" enum:"mountainous,ethnic,religious,border,difficult"`
	AgeFrom     int      `query:"age_from" minimum:"0" maximum:"130"`
	AgeTo       int      `query:"age_to" minimum:"0" maximum:"130"`
	Studying    string   `query:"studying" enum:"true,false"`
	Succession  string   `query:"succession" maxLength:"20" doc:"Nhiệm kỳ, hoặc any / a term, or any"`
	Search      string   `query:"search" maxLength:"160"`
	AsOf        day      `query:"as_of"`
	KnownOn     day      `query:"known_on"`
	Map         day      `query:"map"`
	CountStudy  string   `query:"count_studying" enum:"true,false" doc:"Bỏ trống: theo tiêu chuẩn / empty: the standard's own rule"`
	Nearest     bool     `query:"nearest"`
}

var tristates = map[string]models.Tristate{"true": models.Yes, "false": models.No}

func (q GapQuery) filter() models.GapFilter {
	f := models.GapFilter{UnitID: q.UnitID, Position: q.Position, Standard: q.Standard, Version: q.Version, Requirement: q.Requirement,
		Everyone: q.Everyone, Area: models.AreaFlag(q.Area), AgeFrom: q.AgeFrom, AgeTo: q.AgeTo, Studying: tristates[q.Studying],
		Succession: q.Succession, Search: q.Search, AsOf: q.AsOf.Date, KnownOn: q.KnownOn.Date, Map: q.Map.Date,
		CountStudy: tristates[q.CountStudy], Nearest: q.Nearest}
	for _, status := range q.Statuses {
		f.Statuses = append(f.Statuses, models.Status(status))
	}
	return f
}

type gapsInput struct {
	GapQuery
	PageQuery
	Format string `query:"format" enum:"csv,json,xlsx,pdf" doc:"Cả danh sách thành tệp / the whole list as a file"`
}

// gapsAnswer is a page of the list, or the whole list as a file.
type gapsAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
	Link        string `header:"Link"`
}

func (s *server) gaps(ctx context.Context, by caller, in *gapsInput) (*gapsAnswer, error) {
	if in.Format != "" {
		return s.exportGaps(ctx, by, in)
	}
	found, err := s.core.Gaps(ctx, by.actor, in.filter(), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(gapListOf(found, by.lang))
	out := &gapsAnswer{ContentType: "application/json", Body: body}
	if found.Next != "" {
		out.Link = by.nextLink(found.Next)
	}
	return out, err
}

func (s *server) exportGaps(ctx context.Context, by caller, in *gapsInput) (*gapsAnswer, error) {
	var data bytes.Buffer
	if err := WriteGaps(ctx, s.core, by.actor, &data, in.filter(), in.Format, by.lang); err != nil {
		return nil, err
	}
	name := models.Word(by.lang, "api.gaps_file") + "." + in.Format
	f := attach(gapTypes[in.Format], name, data.Bytes())
	return &gapsAnswer{ContentType: f.ContentType, Disposition: f.Disposition, Body: f.Body}, nil
}

type totalsInput struct {
	GapQuery
	By string `query:"by" enum:"province,district,commune,branch,group" default:"district"`
}

func (s *server) gapTotals(ctx context.Context, by caller, in *totalsInput) (*page[models.UnitTotal], error) {
	list, err := s.core.GapTotals(ctx, by.actor, in.filter(), models.UnitKind(in.By))
	return answerList(by, list, err)
}

// gapTarget is how far the unit is from the target that the rule set and the requirement serve; not found when none does.
func (s *server) gapTarget(ctx context.Context, by caller, in *GapQuery) (*reply[models.Progress], error) {
	p, ok, err := s.core.GapTarget(ctx, by.actor, in.filter())
	if err == nil && !ok {
		err = models.Fail(models.NotFound, "not_found", "", "object", "target")
	}
	return answer(p, err)
}

type matrixInput struct {
	GapQuery
	PageQuery
}

// gapMatrix is a page of the list as people by requirements.
type gapMatrix struct {
	core.GapMatrix
	Counts models.UnitTotal `json:"counts"`
	Next   string           `json:"next,omitempty"`
}

func (s *server) gapMatrix(ctx context.Context, by caller, in *matrixInput) (*reply[gapMatrix], error) {
	found, err := s.core.Gaps(ctx, by.actor, in.filter(), in.After, in.Limit)
	return answer(gapMatrix{found.Matrix(), found.Counts, found.Next}, err)
}
