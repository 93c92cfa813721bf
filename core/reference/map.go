package reference

import "datchuan/models"

// Map is a history of units by code, ready to be planted: parents stand before their children.
type Map struct {
	Units []UnitSeed
	Links []LinkSeed
}

// UnitSeed is one unit with all its spans and flags.
type UnitSeed struct {
	Code  string
	Spans []SpanSeed
	Flags []FlagSeed
}

// SpanSeed is what a unit was during [From, To).
type SpanSeed struct {
	ParentCode string // "" for the root
	Kind       models.UnitKind
	Style      string
	Name       string
	Ordinal    int
	From, To   models.Date
	Basis      string
}

// FlagSeed is an area property of a unit during [From, To).
type FlagSeed struct {
	Flag      models.AreaFlag
	From, To  models.Date
	Basis     string
	Certainty models.Certainty
}

// LinkSeed leads from a unit to its successor.
type LinkSeed struct {
	From, To string
	Date     models.Date
	Main     bool
	Basis    string
}

// The days on which the map of Quảng Bình changed (communes.csv and communes-successors.csv tell how).
const (
	BaDonFounded models.Date = 20131220
	Merged2020   models.Date = 20200201
	Merged2024   models.Date = 20241201
	Merged2025   models.Date = 20250701
)

// Codes of the upper units, as the General Statistics Office numbers them; the province of 2025 took over number 44.
const (
	Vietnam   = "VN"
	QuangBinh = "44"
	QuangTri  = "44-2025"
	BaDon     = "458"
)

const (
	basis2013 = "Nghị quyết 125/NQ-CP ngày 20/12/2013"
	basis2020 = "Nghị quyết 862/NQ-UBTVQH14, từ 01/02/2020"
	basis2024 = "Sắp xếp đơn vị hành chính cấp xã 2023-2025, từ 01/12/2024"
	basis2025 = "Sắp xếp đơn vị hành chính, bỏ cấp huyện, từ 01/7/2025"
)

// District is a district-level unit; the order is that of the plan's tables.
type District struct{ Code, Style, Name string }

// Districts are the seven of 2013.
func Districts() []District {
	return []District{{"450", "thành phố", "Đồng Hới"}, {"457", "huyện", "Lệ Thủy"}, {"456", "huyện", "Quảng Ninh"},
		{"455", "huyện", "Bố Trạch"}, {"454", "huyện", "Quảng Trạch"}, {"453", "huyện", "Tuyên Hóa"}, {"452", "huyện", "Minh Hóa"}}
}
