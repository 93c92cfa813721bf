package reference

import (
	"slices"
	"strings"

	"datchuan/models"
)

// QuangBinhUnits is the history of the province from the 159 communes of 2013 over 159 (thị xã Ba Đồn founded), 151 and
// 145 to the 41 units of 2025 in the province of Quảng Trị, where the district level ended. A commune that takes others
// in under its own name goes on; every other merger makes a new unit, coded by its first part and the year.
func QuangBinhUnits() Map {
	b := builder{index: map[string]int{}}
	b.upper()
	b.communes2013()
	b.foundBaDon()
	b.merge(Merged2020, basis2020, func(s Successor) string { return s.Unit2020 })
	b.merge(Merged2024, basis2024, func(s Successor) string { return s.Unit2024 })
	b.merge2025()
	slices.SortStableFunc(b.Units, func(a, b UnitSeed) int {
		return slices.Index(models.UnitKinds, a.Spans[0].Kind) - slices.Index(models.UnitKinds, b.Spans[0].Kind)
	})
	return b.Map
}

// builder applies one reform after the other; now tells which unit each commune of 2013 has become.
type builder struct {
	Map
	index    map[string]int
	district map[string]string // name -> code
	now      []string          // beside successors()
}

func (b *builder) add(code string, s SpanSeed) {
	s.To = models.Forever
	b.index[code] = len(b.Units)
	b.Units = append(b.Units, UnitSeed{Code: code, Spans: []SpanSeed{s}})
}

func (b *builder) unit(code string) *UnitSeed { return &b.Units[b.index[code]] }

func (b *builder) last(code string) *SpanSeed {
	u := b.unit(code)
	return &u.Spans[len(u.Spans)-1]
}

// turn closes the last span of a unit on a date and opens the next one.
func (b *builder) turn(code string, on models.Date, next SpanSeed) {
	b.last(code).To = on
	next.From, next.To = on, models.Forever
	u := b.unit(code)
	u.Spans = append(u.Spans, next)
}

// end closes a unit with its flags and links it to its successor.
func (b *builder) end(code string, on models.Date, into, basis string) {
	b.last(code).To = on
	u := b.unit(code)
	for i := range u.Flags {
		u.Flags[i].To = min(u.Flags[i].To, on)
	}
	b.Links = append(b.Links, LinkSeed{From: code, To: into, Date: on, Main: true, Basis: basis})
}

func (b *builder) upper() {
	b.add(Vietnam, SpanSeed{Kind: models.Nation, Name: "Việt Nam", From: models.Beginning})
	b.add(QuangBinh, SpanSeed{ParentCode: Vietnam, Kind: models.Province, Style: "tỉnh", Name: "Quảng Bình", From: models.Beginning})
	b.district = map[string]string{}
	for i, d := range Districts() {
		b.district[d.Name] = d.Code
		b.add(d.Code, SpanSeed{ParentCode: QuangBinh, Kind: models.District, Style: d.Style, Name: d.Name, Ordinal: i + 1, From: models.Beginning})
	}
}

func (b *builder) communes2013() {
	for _, c := range communes() {
		b.add(c.Code, SpanSeed{ParentCode: b.district[c.District], Kind: models.Commune, Style: c.Style, Name: c.Name, From: models.Beginning})
		b.now = append(b.now, c.Code)
		for _, t := range []struct {
			flag  models.AreaFlag
			trait Trait
		}{{models.Mountainous, c.Mountainous}, {models.EthnicArea, c.Ethnic}, {models.ReligiousArea, c.Religious}} {
			if t.trait.Has == models.Yes {
				u := b.unit(c.Code)
				u.Flags = append(u.Flags, FlagSeed{t.flag, models.Beginning, models.Forever, flagBasis(t.flag, t.trait.Certainty), t.trait.Certainty})
			}
		}
	}
}

// flagBasis says on what a flag of 2013 rests; the legal lists of that year were not readable (communes.md).
func flagBasis(flag models.AreaFlag, c models.Certainty) string {
	if c == models.Uncertain {
		return "Chưa chắc chắn, cần đối chiếu danh mục"
	}
	switch {
	case flag == models.Mountainous && c == models.Sourced:
		return "Khu vực II, III vùng dân tộc thiểu số và miền núi (Ban Dân tộc tỉnh, 2019)"
	case flag == models.Mountainous && c == models.Derived:
		return "Thuộc huyện miền núi (Minh Hóa, Tuyên Hóa)"
	case flag == models.EthnicArea && c == models.Known:
		return "Có thôn, bản người Bru-Vân Kiều hoặc Chứt (hiểu biết chung)"
	case flag == models.ReligiousArea && c == models.Sourced:
		return "Địa bàn giáo hạt Hòa Ninh, Bình Chính, Minh Cầm (Giáo phận Hà Tĩnh)"
	}
	return "Hiểu biết chung, chưa đối chiếu danh mục"
}

func (b *builder) foundBaDon() {
	b.add(BaDon, SpanSeed{ParentCode: QuangBinh, Kind: models.District, Style: "thị xã", Name: "Ba Đồn", Ordinal: len(b.district) + 1, From: BaDonFounded, Basis: basis2013})
	b.district["thị xã Ba Đồn"] = BaDon
	b.Links = append(b.Links, LinkSeed{From: b.district["Quảng Trạch"], To: BaDon, Date: BaDonFounded, Basis: basis2013})
	for i, s := range successors() {
		span := *b.last(b.now[i])
		if parent := b.district[s.District2013]; parent != span.ParentCode || s.Style2013 != span.Style {
			span.ParentCode, span.Style, span.Basis = parent, s.Style2013, basis2013
			b.turn(b.now[i], BaDonFounded, span)
		}
	}
}

// merge applies a reform that left the districts alone: parts with the same next name in one district become one unit.
func (b *builder) merge(on models.Date, basis string, next func(Successor) string) {
	parts := map[string][]string{}
	var order []string
	keys := make([]string, len(b.now))
	for i, s := range successors() {
		keys[i] = b.last(b.now[i]).ParentCode + "/" + next(s)
		if parts[keys[i]] == nil {
			order = append(order, keys[i])
		}
		if p := parts[keys[i]]; !slices.Contains(p, b.now[i]) {
			parts[keys[i]] = append(p, b.now[i])
		}
	}
	became := map[string]string{}
	for _, key := range order {
		parent, full, _ := strings.Cut(key, "/")
		became[key] = b.join(parts[key], parent, full, on, basis)
	}
	for i, key := range keys {
		b.now[i] = became[key]
	}
}

// join makes the parts one unit and returns its code: the part that keeps its name, a lone part renamed, or a new unit.
func (b *builder) join(parts []string, parent, full string, on models.Date, basis string) string {
	style, name := splitStyle(full)
	code := ""
	for _, p := range parts {
		if s := b.last(p); s.Name == name || len(parts) == 1 {
			code = p
		}
	}
	next := SpanSeed{ParentCode: parent, Kind: models.Commune, Style: style, Name: name, From: on, Basis: basis}
	switch {
	case code == "":
		code = parts[0] + "-" + on.String()[:4]
		b.add(code, next)
	case b.last(code).Name != name || b.last(code).Style != style || b.last(code).ParentCode != parent:
		b.turn(code, on, next)
	}
	b.inherit(parts, code, on)
	for _, p := range parts {
		if p != code {
			b.end(p, on, code, basis)
		}
	}
	return code
}

// inherit carries flags over a merger: sure when all parts had it, uncertain when only some did.
func (b *builder) inherit(parts []string, code string, on models.Date) {
	for _, flag := range models.AreaFlags {
		var with []string
		for _, p := range parts {
			if b.flagged(p, flag, on) {
				with = append(with, b.last(p).Name)
			}
		}
		if len(with) == 0 || b.flagged(code, flag, on) {
			continue
		}
		f := FlagSeed{flag, on, models.Forever, "Kế thừa khi sáp nhập: " + strings.Join(with, ", "), models.Derived}
		if len(with) < len(parts) {
			f.Certainty = models.Uncertain
		}
		u := b.unit(code)
		u.Flags = append(u.Flags, f)
	}
}

func (b *builder) flagged(code string, flag models.AreaFlag, on models.Date) bool {
	for _, f := range b.unit(code).Flags {
		if f.Flag == flag && f.From <= on && on < f.To {
			return true
		}
	}
	return false
}

// merge2025 ends the province and its districts; all 41 units of 2025 are new ones below Quảng Trị.
func (b *builder) merge2025() {
	b.add(QuangTri, SpanSeed{ParentCode: Vietnam, Kind: models.Province, Style: "tỉnh", Name: "Quảng Trị", From: Merged2025, Basis: basis2025})
	parts := map[string][]string{}
	var order []string
	for i, s := range successors() {
		p := parts[s.Unit25]
		if p == nil {
			order = append(order, s.Unit25)
		}
		if !slices.Contains(p, b.now[i]) {
			parts[s.Unit25] = append(p, b.now[i])
		}
	}
	for _, full := range order {
		style, name := splitStyle(full)
		code := parts[full][0][:5] + "-2025"
		b.add(code, SpanSeed{ParentCode: QuangTri, Kind: models.Commune, Style: style, Name: name, From: Merged2025, Basis: basis2025})
		b.inherit(parts[full], code, Merged2025)
		for _, p := range parts[full] {
			b.end(p, Merged2025, code, basis2025)
		}
	}
	for _, d := range append(Districts(), District{Code: BaDon}) {
		b.end(d.Code, Merged2025, QuangTri, basis2025)
	}
	b.end(QuangBinh, Merged2025, QuangTri, basis2025)
}

func splitStyle(full string) (style, name string) {
	for _, s := range []string{"xã", "phường", "thị trấn"} {
		if rest, ok := strings.CutPrefix(full, s+" "); ok {
			return s, rest
		}
	}
	return "", full
}
