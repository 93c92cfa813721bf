package certificates

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

// All letters of Vietnamese, composed or not, are found again as NFC, whatever the case of the field.
func TestCertificateLetters(t *testing.T) {
	p := press(t, shipped(models.GiayChungNhan))
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		f := sampleFacts(models.GiayChungNhan, 0)
		f.Unit = form.String(strings.Join(letters(), " "))
		f.Name = form.String("Đỗ Thị Quỳnh Như Hoằng Ngưỡng Nguyệt Ương Diễm Thuỳ Uyển Quyển")
		pdf := printed(t, p, f)
		checkFile(t, pdf)
		text := wholeText(t, pdf)
		if !norm.NFC.IsNormalString(text) {
			t.Error("the text of the file is not NFC")
		}
		for _, want := range append(letters(), "ĐỖ THỊ QUỲNH NHƯ HOẰNG NGƯỠNG NGUYỆT ƯƠNG DIỄM THUỲ UYỂN QUYỂN") {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q", want)
			}
		}
	}
}

// A rune that the fonts have but no Vietnamese name holds is embedded for its file; others are seen as squares.
func TestRareLetters(t *testing.T) {
	f := sampleFacts(models.GiayChungNhan, 0)
	f.Unit, f.Post = "Björk Åsa Łódź Žofie Ελλάδα Москва", "花🙂"
	p := press(t, shipped(models.GiayChungNhan))
	pdf := printed(t, p, f)
	checkFile(t, pdf)
	text := wholeText(t, pdf)
	if !strings.Contains(text, f.Unit) || !strings.Contains(text, "Chức vụ: □□") {
		t.Error(text)
	}
	var book bytes.Buffer
	if err := p.Book(&book, []models.CertificateFacts{sampleFacts(models.GiayChungNhan, 1), f}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(wholeText(t, book.Bytes()), f.Unit) {
		t.Error("letters are lost in a file of several")
	}
}

func TestHostileCertificates(t *testing.T) {
	p := press(t, shipped(models.ThayThe))
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			f := models.CertificateFacts{Kind: models.ThayThe, Parent: text, Issuer: text, IssuerName: text, Honorific: text, Name: text,
				BirthPlace: text, Post: text, Unit: text, Programme: text, Course: text, Venue: text, Grade: text, IssuePlace: text,
				Authority: text, SignerPost: text, Signer: text, Number: text, Serial: text, Register: text, URL: text, Code: text,
				Replaces: &models.ReplacedPaper{Number: text, Serial: text, Register: text, Reason: text}}
			pdf := printed(t, p, f)
			checkFile(t, pdf)
			pages := pagesOf(t, pdf)
			for _, r := range strings.Join(pages, "") {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Mn, r) || r > 0xFFFF) {
					t.Fatalf("the file holds %U", r)
				}
			}
			if len(pages) != 1 || len(pdf) > 400<<10 {
				t.Errorf("%d pages, %d bytes", len(pages), len(pdf))
			}
		})
	}
}

// A name of 60 letters is set smaller and stays whole and in its box.
func TestLongNames(t *testing.T) {
	f := sampleFacts(models.ChungChi, 0)
	for _, name := range []string{
		"Công Tằng Tôn Nữ Thị Phương Thảo Nguyệt Ánh Hoàng Thùy Dương Trang",
		"H'Hen Niê Kđăm Ayun Y Blơm Mlô Duôn Du Ê Ban H'Linh Êñuôl Kbuôr",
		strings.Repeat("Nguyễn Thị ", 27) + "Hoa",
	} {
		f.Name = name
		pdf := printed(t, press(t, shipped(models.ChungChi)), f)
		if text := wholeText(t, pdf); !strings.Contains(text, strings.ToUpper(name)) {
			t.Errorf("%q is not whole in %q", name, text)
		}
	}
}

// Whatever the text and the box, each line is within it, and nothing is lost before the smallest size.
func FuzzFit(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text, 120.0, 9.0, 22.0)
	}
	f.Fuzz(func(t *testing.T, text string, width, height, wanted float64) {
		if !(width > 1 && width < 450 && height > 1 && height < 450 && wanted >= 4 && wanted <= 120) {
			t.Skip()
		}
		b := box{words: regular, values: bold, width: width, height: height}
		all := spell([]models.Piece{{Text: "Cho: "}, {Text: text, Value: true}}, false)
		size, lines := b.fit(all, wanted)
		rest, kept := 0, 0
		for _, line := range lines {
			if long := float64(b.length(line)) * size / 1000 / pointsPerMM; long > width+0.1 && len(line) > 1 {
				t.Fatalf("a line of %.2f mm in a box of %.2f", long, width)
			}
			kept += strings.Count(string(runesOf(line)), "") - 1 - strings.Count(string(runesOf(line)), " ")
		}
		rest = utf8.RuneCountInString(strings.ReplaceAll(string(runesOf(all)), " ", ""))
		if high := float64(len(lines)) * size * leading / pointsPerMM; high > height*1.06+0.5 {
			t.Fatalf("%.2f mm high in a box of %.2f", high, height)
		}
		if kept != rest && size > leastFit {
			t.Fatalf("%d of %d letters at %.2f points", kept, rest, size)
		}
	})
}

func runesOf(line []letter) []rune {
	var out []rune
	for _, l := range line {
		out = append(out, l.r)
	}
	return out
}
