package demo

import (
	"datchuan/core/reference"
	"datchuan/models"
)

// The organisation of the plan, section I. The persons who are counted by their papers stand in learning.go.
const (
	branches  = 1323
	groups    = 3303
	members   = 161_360
	women     = 191_323
	feePayers = 129_088 // 80% of the members
)

// place is a commune with what the draw needs to know of it.
type place struct {
	reference.Commune
	code     string // of the unit; differs from Commune.Code in a made-up province
	district string // code
	seat     string // "xã Mỹ Thủy, huyện Lệ Thủy"
	size     float64
	merit    float64 // how well its staff is trained: towns better, mountains worse
	minority float64 // share of Bru-Vân Kiều and Chứt
	chut     float64 // share of Chứt among them
	catholic float64
	congress models.Date // of the commune's Hội in 2011
	branches []branch
}

type branch struct {
	code   string
	name   string
	groups []string // codes
}

// districtMerit makes the districts differ: nobody's real figures are known, so these are invented.
var districtMerit = map[string]float64{"Đồng Hới": 1.2, "Lệ Thủy": 0.25, "Quảng Ninh": 0.35, "Bố Trạch": 0,
	"Quảng Trạch": -0.1, "Tuyên Hóa": -0.6, "Minh Hóa": -1.0}

// settled is the share of the minority peoples in the communes where they live, and of Chứt among them; rough.
var settled = map[string][2]float64{"Dân Hóa": {0.8, 0.2}, "Trọng Hóa": {0.8, 0.05}, "Thượng Hóa": {0.2, 0.9},
	"Hóa Sơn": {0.3, 0.7}, "Thanh Hóa": {0.1, 1}, "Lâm Hóa": {0.3, 1}, "Thượng Trạch": {0.95, 0}, "Tân Trạch": {0.9, 0.7},
	"Trường Sơn": {0.6, 0}, "Trường Xuân": {0.35, 0}, "Ngân Thủy": {0.8, 0}, "Kim Thủy": {0.55, 0}, "Lâm Thủy": {0.9, 0}}

// layOut draws the communes' traits, then branches and groups so that their sums are the plan's.
func (b *builder) layOut(districts map[string]string, prefix string) {
	styles := map[string]string{}
	for _, d := range reference.Districts() {
		styles[d.Name] = d.Style
	}
	for _, c := range reference.Communes() {
		p := place{Commune: c, code: prefix + c.Code, district: districts[c.District], congress: models.NewDate(2011, b.between(4, 8), b.between(3, 27))}
		p.seat = c.Style + " " + c.Name + ", " + styles[c.District] + " " + c.District
		p.size = 0.6 + b.Float64()*0.9
		p.merit = districtMerit[c.District] + b.NormFloat64()*0.4
		if c.Mountainous.Has == models.Yes {
			p.size, p.merit = p.size*0.75, p.merit-0.5
		}
		if c.Ethnic.Has == models.Yes {
			p.size, p.merit = p.size*0.7, p.merit-0.7
			p.minority = 0.04
			if s, ok := settled[c.Name]; ok {
				p.minority, p.chut = s[0], s[1]
			}
		}
		if c.Religious.Has == models.Yes {
			p.catholic = 0.15 + 0.5*b.Float64()
		}
		b.places = append(b.places, p)
	}
	b.addBranches()
	b.addSpecials(districts)
}

func (b *builder) sizes() []float64 {
	out := make([]float64, len(b.places))
	for i, p := range b.places {
		out[i] = p.size
	}
	return out
}

func (b *builder) addBranches() {
	var weights []float64
	for i, n := range shareOut(branches, b.sizes(), 3, 18) {
		p := &b.places[i]
		names := b.branchNames(p, n)
		for k := range n {
			code := p.code + "-" + twoDigits(k+1)
			p.branches = append(p.branches, branch{code: code, name: names[k]})
			b.w.Units = append(b.w.Units, Unit{Code: code, Parent: p.code, Kind: models.Branch, Style: "chi hội", Name: names[k], Ordinal: k + 1})
			w := 0.3 + b.ExpFloat64()
			if b.chance(0.12) {
				w = 0 // the model BCH - chi hội, without groups
			}
			weights = append(weights, w)
		}
	}
	counts := groupCounts(weights)
	at := 0
	for i := range b.places {
		for k := range b.places[i].branches {
			br := &b.places[i].branches[k]
			for g := range counts[at] {
				code := br.code + "-" + itoa(g+1)
				br.groups = append(br.groups, code)
				b.w.Units = append(b.w.Units, Unit{Code: code, Parent: br.code, Kind: models.Group, Style: "tổ", Name: "Tổ " + itoa(g+1), Ordinal: g + 1})
			}
			at++
		}
	}
}

// groupCounts gives every branch that has groups at least two.
func groupCounts(weights []float64) []int {
	var with []float64
	for _, w := range weights {
		if w > 0 {
			with = append(with, w)
		}
	}
	counts := shareOut(groups, with, 2, 7)
	out := make([]int, len(weights))
	at := 0
	for i, w := range weights {
		if w > 0 {
			out[i] = counts[at]
			at++
		}
	}
	return out
}

// specialAt are the special branches: four of women entrepreneurs, and eight of market women over the same four
// districts; the plan does not say how the eight divide, two each is assumed (plan-facts, point 13).
var specialAt = []string{"Lệ Thủy", "Đồng Hới", "Bố Trạch", "Quảng Trạch"}

const marketBasis = "Giả định: kế hoạch nêu 8 chi hội tiểu thương ở 4 nơi, ở đây chia mỗi nơi 2"

// marketNames are the markets of the special branches, by district.
var marketNames = map[string][2]string{"Lệ Thủy": {"chợ Tréo", "chợ Mai"}, "Đồng Hới": {"chợ Đồng Hới", "chợ Nam Lý"},
	"Bố Trạch": {"chợ Hoàn Lão", "chợ Thanh Khê"}, "Quảng Trạch": {"chợ Ba Đồn", "chợ Roòn"}}

func (b *builder) addSpecials(districts map[string]string) {
	for _, name := range specialAt {
		d := districts[name]
		b.w.Units = append(b.w.Units, Unit{d + "-DN1", d, models.Special, "chi hội", "Phụ nữ doanh nghiệp " + name, 1, ""})
		for i, market := range marketNames[name] {
			b.w.Units = append(b.w.Units, Unit{d + "-TT" + itoa(i+1), d, models.Special, "chi hội", "Phụ nữ tiểu thương " + market, i + 2, marketBasis})
		}
	}
}

// report adds the figures that only the communes can tell; over the province they sum to the plan's.
func (b *builder) report() {
	const source = "Tổng của tỉnh: kế hoạch 2013-2017, mục I; phần của xã: số liệu giả định"
	women := shareOut(women, b.sizes(), 200, 4000)
	joined, paying := make([]float64, len(women)), make([]float64, len(women))
	for i, n := range women {
		joined[i] = float64(n) * (0.84 + 0.03*max(min(b.places[i].merit, 2), -2) + 0.02*b.NormFloat64())
	}
	members := shareOut(members, joined, 0, 4000)
	for i, n := range members {
		paying[i] = float64(n) * (0.8 + 0.04*max(min(b.places[i].merit, 2), -2) + 0.01*b.NormFloat64())
	}
	payers := shareOut(feePayers, paying, 0, 4000)
	for i, p := range b.places {
		for _, f := range []Figure{{Key: "women", Value: int64(women[i])}, {Key: "members", Value: int64(members[i])},
			{Key: "fee_payers", Value: int64(payers[i])}, {Key: "fund", Value: int64(b.between(20, 250)) * 100_000}} {
			f.Unit, f.Source = p.code, source
			b.w.Figures = append(b.w.Figures, f)
		}
	}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + itoa(n)
	}
	return itoa(n)
}
