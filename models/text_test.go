package models

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\u0302\u0301":             "ấ",
		"a\u0323\u0302":             "ậ",
		"u\u0323\u031b":             "ự",
		"\u00e2\u0301":              "ấ",
		"\u01a1\u0323":              "ợ",
		"\u00d0ồng Hới":             "Đồng Hới",
		"\u0189ào \u00f0ông":        "Đào đông",
		" Lê\u00a0Thị\tMai\r\nAnh ": "Lê Thị Mai Anh",
		"\ufeffLan\u200b":           "Lan",
		"a\x00b\x07":                "ab",
		"bad\xffbyte":               "badbyte",
		"":                          "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn Thị Hồng":    "nguyen thi hong",
		"ĐẶNG  ĐÌNH Đức":     "dang dinh duc",
		"Quảng Tiên":         "quang tien",
		"Quảng Tiến":         "quang tien",
		"Lý":                 "li",
		"Lí":                 "li",
		"Mỹ Kỳ Quý Vy":       "mi ki qui vi",
		"Mĩ Kì Quí Vi":       "mi ki qui vi",
		"Thúy":               "thuy",
		"Thuý":               "thuy",
		"Hải Yến":            "hai yen",
		"Ty Huy":             "ti huy",
		"Y Khánh":            "y khanh",
		"Cao Thị Mây":        "cao thi may",
		"Nguye\u0302\u0303n": "nguyen",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPlaceTones(t *testing.T) {
	for in, want := range map[string]string{
		"Hoà Hoá":     "Hòa Hóa",
		"HOÀ Hoạ":     "HÒA Họa",
		"Thuỷ thuý":   "Thủy thúy",
		"loè Oà Uý":   "lòe Òa Úy",
		"Khoẻ Oẻ OẺ":  "Khỏe Ỏe ỎE",
		"quý Quỳ quà": "quý Quỳ quà",
		"QUÝ QUẢ":     "QUÝ QUẢ",
		"Hoàn Toán":   "Hoàn Toán",
		"Hòa":         "Hòa",
	} {
		if got := PlaceTones(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if MatchKey("HOÁ  Tiến") != MatchKey("Hóa Tiến") || MatchKey("Hòa") == MatchKey("Hóa") {
		t.Error("match key")
	}
}

// The alphabet, the tones as a second difference, the placement of tones as none (text.md section 2).
func TestSortKey(t *testing.T) {
	for _, order := range [][]string{
		{"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"},
		{"ma", "mà", "mả", "mã", "má", "mạ"},
		{"Trần Thị Lê", "Trần Thị Lệ", "Trần Thị Lê A"},
		{"Hoa", "Hòa", "Hỏa", "Hõa", "Hóa", "Họa"},
	} {
		for i := 1; i < len(order); i++ {
			if bytes.Compare(SortKey(order[i-1]), SortKey(order[i])) >= 0 {
				t.Errorf("%q does not sort before %q", order[i-1], order[i])
			}
		}
	}
	for _, same := range [][2]string{{"Thuỷ", "Thủy"}, {"hoà", "HÒA"}, {"Lê\u0302", "Lê\u0302"}} {
		if !bytes.Equal(SortKey(same[0]), SortKey(same[1])) {
			t.Errorf("%q and %q sort apart", same[0], same[1])
		}
	}
}

func TestNumbersSortAsNumbers(t *testing.T) {
	names := []string{"Thôn 10", "TDP 3", "Thôn 2", "Thôn 1"}
	slices.SortFunc(names, func(a, b string) int { return bytes.Compare(SortKey(a), SortKey(b)) })
	if want := []string{"TDP 3", "Thôn 1", "Thôn 2", "Thôn 10"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

// People: given name, then family name, then the names between.
func TestNameSortKey(t *testing.T) {
	order := []string{"Y Bích", "Trần Thị Bình", "Lê Thị Hoa", "Nguyễn Hoa", "Nguyễn Thị Hoa", "Nguyễn Thị Thu Hoa", "Đinh Thị Hòa", "Hồ Thị Lan", "Lê Thị Lan Anh Lý"}
	for i := 1; i < len(order); i++ {
		if bytes.Compare(NameSortKey(order[i-1]), NameSortKey(order[i])) >= 0 {
			t.Errorf("%q does not sort before %q", order[i-1], order[i])
		}
	}
}

func TestSplitName(t *testing.T) {
	for in, want := range map[string][3]string{
		"Nguyễn Thị Thu Hoa": {"Nguyễn", "Thị Thu", "Hoa"},
		"Y Khánh":            {"Y", "", "Khánh"},
		"Lan":                {"", "", "Lan"},
		"":                   {},
	} {
		family, middle, given := SplitName(in)
		if got := [3]string{family, middle, given}; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Nguyễn Thị Hồng", "a\u0302\u0301", "\u00ad\u0301", "\xff\xfe", "  \t ", "\u0345\u0300e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Errorf("%q is not at rest: %q, then %q", s, got, again)
		}
		if !norm.NFC.IsNormalString(got) || strings.TrimSpace(got) != got || strings.Contains(got, "  ") || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("%q: %q", s, got)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Nguyễn Thị Mỹ", "ĐẶNG", "quý", "İ", "Hoà", "yy y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Errorf("%q is not at rest: %q, then %q", s, got, again)
		}
		if Fold(norm.NFD.String(s)) != Fold(norm.NFC.String(s)) {
			t.Errorf("%q: NFD and NFC fold apart", s)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r == 'đ' || unicode.Is(unicode.Mn, r) }) {
			t.Errorf("%q: marks are left in %q", s, got)
		}
	})
}

func FuzzSortKey(f *testing.F) {
	for _, s := range []string{"Thôn 10", "Nguyễn Thị Hồng", "0", "9999999999999999999999", "١٢", "1a2b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !bytes.Equal(SortKey(s), SortKey(norm.NFD.String(Clean(s)))) {
			t.Errorf("%q: NFD and NFC sort apart", s)
		}
	})
}
