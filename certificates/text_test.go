package certificates

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

func TestEveryFaceDrawsVietnamese(t *testing.T) {
	ascii := ""
	for r := ' '; r <= '~'; r++ {
		ascii += string(r)
	}
	for _, r := range strings.Join(letters(), "") + ascii + "□–—…“”%₫" {
		if !draws(r) {
			t.Errorf("the font lacks %q", r)
		}
	}
	for _, r := range "\u0301✓\u2011🙂\n" {
		if draws(r) {
			t.Errorf("%U counts as drawable", r)
		}
	}
}

// The widths measured here are those the PDF library writes into the file.
func TestWidthsAreThoseOfTheLibrary(t *testing.T) {
	s := newSheet(across, "", 0)
	s.newPage()
	text := strings.Join(letters(), "") + " Nguyễn Thị Hoa 0123456789 (AVWA)."
	for f := range faceCount {
		st := style{f, 9}
		s.pdf.SetFont(family, styleOf[f], st.size)
		if want, got := s.pdf.GetStringWidth(text), st.mm(text); math.Abs(want-got) > want/200 {
			t.Errorf("face %d: %.2f mm, the library says %.2f", f, got, want)
		}
	}
}

func TestDrawable(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn Thị":           "Nguyễn Thị",
		norm.NFD.String("Huệ"): "Huệ",
		"x\u0336y":             "xy",
		"e\u200d\u0302":        "ê",
		"a\xffb\x00c":          "abc",
		"Hoa 🙂":                "Hoa □",
		"✓ 12\u2011B":          "x 12-B",
		" một\n hai \n":        "một\nhai",
		"\n":                   "",
	} {
		if got := drawable(in); got != want {
			t.Errorf("drawable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	m := &faces()[regular]
	for _, c := range []struct {
		text  string
		chars int // limit in widths of the digit 0
		want  []string
	}{
		{"", 5, []string{""}},
		{"000 00", 6, []string{"000 00"}},
		{"000 00", 5, []string{"000", "00"}},
		{"000 0000000", 4, []string{"000", "0000", "000"}},
		{"00/0000", 5, []string{"00/", "0000"}},
		{"0 00/0000", 8, []string{"0", "00/0000"}},
		{"00000", 0, []string{"0", "0", "0", "0", "0"}},
		{"00\n0", 9, []string{"00", "0"}},
	} {
		if got := m.wrap(nil, c.text, c.chars*int(m['0'])); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.chars, got, c.want)
		}
	}
	text, limit := "Tỷ lệ đạt (không tính đang học) a", m.width("Tỷ lệ đạt (không tính đang học)")
	if got := m.balance(text, limit); len(got) != 2 || m.width(got[0]) > limit*2/3 {
		t.Errorf("balance left %q", got)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct{ wanted, least, want []float64 }{
		{[]float64{1, 3}, []float64{5, 5}, []float64{25, 75}},
		{[]float64{1, 99}, []float64{20, 5}, []float64{20, 80}},
		{[]float64{0, 0}, []float64{5, 5}, []float64{50, 50}},
		{[]float64{1, 1}, []float64{150, 50}, []float64{75, 25}},
	} {
		got := share(100, c.wanted, c.least)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 0.01 {
				t.Errorf("share(100, %v, %v) = %v, want %v", c.wanted, c.least, got, c.want)
				break
			}
		}
	}
}

func TestPlaceAndDate(t *testing.T) {
	for want, in := range map[string]struct {
		place string
		day   models.Date
	}{
		"Đồng Hới, ngày 01 tháng 02 năm 2013":          {"Đồng Hới", models.NewDate(2013, 2, 1)},
		"Đồng Hới, ngày 10 tháng 3 năm 2013":           {"Đồng Hới", models.NewDate(2013, 3, 10)},
		"Ngày 31 tháng 12 năm 2015":                    {"", models.NewDate(2015, 12, 31)},
		"Huế, ngày ...... tháng ...... năm ..........": {"Huế", 0},
	} {
		if got := placeAndDate(in.place, in.day); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Whatever the text, the gate lets only drawable NFC through and wrapping loses nothing but the spaces at the breaks.
func FuzzDrawableAndWrap(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text, 7000)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		out := drawable(text)
		if !utf8.ValidString(out) || !norm.NFC.IsNormalString(out) {
			t.Fatalf("drawable(%q) = %q is not NFC", text, out)
		}
		for _, r := range out {
			if r != '\n' && !draws(r) {
				t.Fatalf("drawable(%q) lets %U through", text, r)
			}
		}
		m := &faces()[regular]
		lines := m.wrap(nil, out, limit)
		for _, line := range lines {
			if m.width(line) > limit && utf8.RuneCountInString(line) > 1 {
				t.Fatalf("line %q is wider than %d", line, limit)
			}
		}
		strip := strings.NewReplacer(" ", "", "\n", "")
		if strip.Replace(strings.Join(lines, "")) != strip.Replace(out) {
			t.Fatalf("wrap(%q, %d) = %q loses text", out, limit, lines)
		}
	})
}
