package web

import "datchuan/web/charts"

// TargetCard is one target now: counted both ways, and how many people are still needed.
type TargetCard struct {
	Name, Standard, Href string
	People               []Tab  // the gap lists behind it
	AsOf, Due            string // dd/mm/yyyy
	Gauge                charts.Gauge
	Reached, Base        int // by the target's own rule on studying
	InHand, WithStudying int // both ways of counting
	Studying, Unknown    int
	Need                 int // people still needed; 0 when reached
	Threshold            string
	Counted              string // people, or posts held when some hold several
}

// DistrictTile is a unit on the grid of districts. Column and Row (1-based) place it like on a map; 0 lets it flow.
type DistrictTile struct {
	Name, Href  string
	Met, Base   int
	Need        int
	Share       float64
	Column, Row int
	Badge       Badge // of the one person counted, where a share would say nothing
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
	Unit      string // whose figures these are
	Gaps      string // the list of who is not up to standard, for those who may read it
	Note      string // what this page is for to those who read no cadres
	Targets   []TargetCard
	Figures   []KeyFigure
	Chart     charts.Line
	ChartName string
	Tiles     []DistrictTile
	TilesName string
	Target    float64 // the mark on the tiles, per cent
	Todos     []Todo
	MapWord   string // "Huyện, thị xã" or "Xã, phường" of the scope
	Map       bool   // tiles have places on a map
	Empty     *Empty // a database without people yet
}

// cardView is a card with the words of its page.
type cardView struct {
	TargetCard
	P *Page
}

// CardOf gives a card the words of the page, for the part that overview and target share.
func (p *Page) CardOf(c TargetCard) cardView { return cardView{c, p} }
