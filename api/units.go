package api

import (
	"context"
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) unitRoutes() {
	add(s, get("units", "/units", models.UnitsRead), s.units)
	add(s, get("unit-search", "/units/search", models.UnitsRead), s.findUnits)
	add(s, get("unit", "/units/{id}", models.UnitsRead), s.unit)
	add(s, get("unit-history", "/units/{id}/history", models.UnitsRead), s.unitHistory)
	add(s, create("unit-create", "/units", models.UnitsWrite), s.createUnit)
	add(s, post("unit-change-preview", "/unit-changes/preview", models.UnitsWrite), s.previewUnitChange)
	add(s, post("unit-change", "/unit-changes", models.UnitsWrite), s.applyUnitChange)
	add(s, create("unit-figure", "/units/{id}/figures", models.FiguresWrite), s.recordFigure)
	add(s, post("unit-flag", "/units/{id}/flags", models.UnitsWrite), s.setUnitFlag)
	add(s, post("unit-flag-end", "/unit-flags/{id}/end", models.UnitsWrite), s.endUnitFlag)
}

type unitsQuery struct {
	OnQuery
	Parent int64 `query:"parent" minimum:"0" doc:"0 = gốc phạm vi của mình / the top of one's own scope"`
}

func (s *server) units(ctx context.Context, by caller, in *unitsQuery) (*page[core.UnitNode], error) {
	list, err := s.core.Units(ctx, by.actor, in.Parent, in.On.Date)
	return answerList(by, list, err)
}

type unitSearch struct {
	OnQuery
	Text  string `query:"q" maxLength:"160"`
	Kind  string `query:"kind" enum:"nation,province,district,commune,branch,group,office,special"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
}

func (s *server) findUnits(ctx context.Context, by caller, in *unitSearch) (*page[core.UnitNode], error) {
	list, err := s.core.FindUnits(ctx, by.actor, in.Text, models.UnitKind(in.Kind), in.On.Date, in.Limit)
	return answerList(by, list, err)
}

type unitPath struct {
	IDPath
	OnQuery
}

func (s *server) unit(ctx context.Context, by caller, in *unitPath) (*tagged[core.UnitDetail], error) {
	u, err := s.core.Unit(ctx, by.actor, in.ID, in.On.Date)
	return answerTagged(u, u.Version, err)
}

func (s *server) unitHistory(ctx context.Context, by caller, in *IDPath) (*page[core.Audit], error) {
	list, err := s.core.History(ctx, by.actor, "unit", in.ID)
	return answerList(by, list, err)
}

// unitFields is a new unit. Its path and id are the system's.
type unitFields struct {
	Code     string          `json:"code" maxLength:"40"`
	ParentID int64           `json:"parent_id" minimum:"0"`
	Kind     models.UnitKind `json:"kind" enum:"nation,province,district,commune,branch,group,office,special"`
	Style    string          `json:"style,omitempty" maxLength:"20"`
	Name     string          `json:"name" maxLength:"160"`
	Ordinal  int             `json:"ordinal,omitempty" minimum:"0" maximum:"100000"`
	From     models.Date     `json:"from"`
	Basis    string          `json:"basis,omitempty" maxLength:"200"`
}

type newUnit struct{ Body unitFields }

func (s *server) createUnit(ctx context.Context, by caller, in *newUnit) (*created[models.UnitSpan], error) {
	u, err := s.core.CreateUnit(ctx, by.actor, core.UnitInput(in.Body))
	return answerCreated(u, 0, fmt.Sprintf("/units/%d", u.UnitID), err)
}

// unitChange renames, moves, merges, splits or ends units from a date on.
type unitChange struct {
	Body struct {
		Kind         string        `json:"kind" enum:"rename,move,merge,split,end"`
		Units        []int64       `json:"units" minItems:"1" maxItems:"500"`
		Date         models.Date   `json:"date"`
		Basis        string        `json:"basis" maxLength:"200"`
		Into         []unitFields  `json:"into,omitempty" maxItems:"50"`
		IntoID       int64         `json:"into_id,omitempty" minimum:"0" doc:"Chuyển, sáp nhập vào đơn vị đã có / a unit that stands already"`
		Main         int           `json:"main,omitempty" minimum:"0" maximum:"49" doc:"Chia tách: phần nhận những gì không chia được / split: the part that takes what can't be divided"`
		Keep         bool          `json:"keep,omitempty"`
		Assign       map[int64]int `json:"assign,omitempty" doc:"Chia tách: đơn vị con -> số thứ tự trong into / split: child unit -> index in into"`
		MoveHoldings bool          `json:"move_holdings,omitempty"`
		Version      int64         `json:"version,omitempty" minimum:"0" doc:"Phiên bản của đơn vị đầu tiên đã xem / of the first unit as seen"`
	}
}

func (in *unitChange) change() core.UnitChange {
	ch := core.UnitChange{Kind: in.Body.Kind, Units: in.Body.Units, Date: in.Body.Date, Basis: in.Body.Basis, IntoID: in.Body.IntoID,
		Main: in.Body.Main, Keep: in.Body.Keep, Assign: in.Body.Assign, MoveHoldings: in.Body.MoveHoldings, Version: in.Body.Version}
	for _, u := range in.Body.Into {
		ch.Into = append(ch.Into, core.UnitInput(u))
	}
	return ch
}

func (s *server) previewUnitChange(ctx context.Context, by caller, in *unitChange) (*reply[core.UnitChangePreview], error) {
	return answer(s.core.PreviewUnitChange(ctx, by.actor, in.change()))
}

func (s *server) applyUnitChange(ctx context.Context, by caller, in *unitChange) (*reply[core.UnitChangePreview], error) {
	return answer(s.core.ApplyUnitChange(ctx, by.actor, in.change()))
}

type unitFigure struct {
	IDPath
	Body struct {
		Key    string      `json:"key" enum:"members,women,fee_payers,fund"`
		Date   models.Date `json:"date"`
		Value  int64       `json:"value" minimum:"0"`
		Source string      `json:"source" maxLength:"200" doc:"Theo báo cáo nào / from which report"`
	}
}

func (s *server) recordFigure(ctx context.Context, by caller, in *unitFigure) (*created[models.UnitFigure], error) {
	f, err := s.core.RecordFigure(ctx, by.actor, in.ID, models.UnitFigure{Key: in.Body.Key, Date: in.Body.Date, Value: in.Body.Value, Source: in.Body.Source})
	return answerCreated(f, 0, fmt.Sprintf("/units/%d", in.ID), err)
}

type unitFlag struct {
	IDPath
	Body struct {
		Flag      models.AreaFlag  `json:"flag" enum:"mountainous,ethnic,religious,border,difficult"`
		From      models.Date      `json:"from"`
		To        models.Date      `json:"to,omitempty"`
		Basis     string           `json:"basis" maxLength:"200"`
		Certainty models.Certainty `json:"certainty" enum:"source,derived,knowledge,uncertain"`
	}
}

func (s *server) setUnitFlag(ctx context.Context, by caller, in *unitFlag) (*done, error) {
	return answerDone(s.core.SetUnitFlag(ctx, by.actor, in.ID, models.UnitFlag{UnitID: in.ID, Flag: in.Body.Flag, From: in.Body.From,
		To: until(in.Body.To), Basis: in.Body.Basis, Certainty: in.Body.Certainty}))
}

type flagEnd struct {
	IDPath
	Body struct {
		To models.Date `json:"to"`
	}
}

func (s *server) endUnitFlag(ctx context.Context, by caller, in *flagEnd) (*done, error) {
	return answerDone(s.core.EndUnitFlag(ctx, by.actor, in.ID, in.Body.To))
}
