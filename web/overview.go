package web

import "datchuan/web/charts"

// TargetCard is one target now: counted both ways, and how many people are still needed.
type TargetCard struct {
	Name, Standard, Href string
	AsOf, Due            string // dd/mm/yyyy
	Gauge                charts.Gauge
	Reached, Base        int // with "studying" counted as the standard says
	InHand               int // degree in hand only
	Studying, Unknown    int
	Need                 int // people still needed; 0 when reached
	Threshold            string
}

// DistrictTile is a unit on the grid of districts. Column and Row (1-based) place it like on a map; 0 lets it flow.
type DistrictTile struct {
	Name, Href  string
	Met, Base   int
	Need        int
	Share       float64
	Column, Row int
	Reached     bool
}

// Level is the class of shade 0..4 of a tile; the figure stands in it as text too.
func (d DistrictTile) Level() int {
	switch {
	case d.Share >= 90:
		return 4
	case d.Share >= 75:
		return 3
	case d.Share >= 60:
		return 2
	case d.Share >= 40:
		return 1
	}
	return 0
}

// Bar is the share as a bar without words of its own.
func (d DistrictTile) Bar(target float64) charts.Bar {
	return charts.Bar{Share: d.Share, Target: target}
}

// Todo is one line of "what to do next": a count that opens its list.
type Todo struct {
	Count            int
	Text, Href, Icon string
}

// KeyFigure is a number with its name; Detail is small below it.
type KeyFigure struct{ Value, Label, Detail, Href string }

// OverviewPage is the first page after sign-in.
type OverviewPage struct {
	Page
	AsOf      string
	Targets   []TargetCard
	Figures   []KeyFigure
	Chart     charts.Line
	ChartName string
	Tiles     []DistrictTile
	TilesName string
	Target    float64 // the mark on the tiles, per cent
	Todos     []Todo
	MapWord   string // "quận/huyện" or "xã" of the scope
	Map       bool   // tiles have places on a map
	Empty     *Empty // a database without people yet
}
