package certificates

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

func press(t testing.TB, template models.CertificateTemplate) *Press {
	t.Helper()
	p, err := NewPress(template)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func printed(t testing.TB, p *Press, f models.CertificateFacts) []byte {
	t.Helper()
	pdf, err := p.One(f)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// wholeText is what a reader finds in a file, in one line.
func wholeText(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(strings.Join(pagesOf(t, pdf), " ")), " ")
}

// scanned is what a scanner reads off the page, printed at 150 dpi in grey.
func scanned(t *testing.T, pdf []byte) string {
	t.Helper()
	name := saved(t, pdf)
	image := filepath.Join(filepath.Dir(name), "page")
	if out, err := exec.Command("pdftoppm", "-r", "150", "-gray", "-singlefile", "-png", name, image).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	out, err := exec.Command("zbarimg", "-q", "--raw", image+".png").Output()
	if err != nil {
		t.Fatalf("zbarimg (package zbar-tools): %v", err)
	}
	return strings.TrimSpace(string(out))
}

// Each kind says what documents.md section 6 asks for, on one page, and its QR leads where it says.
func TestCertificateOfEachKind(t *testing.T) {
	words := map[models.CertificateKind][]string{
		models.GiayChungNhan: {"HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH", "BAN THƯỜNG VỤ", "GIẤY CHỨNG NHẬN", "Bà: TRẦN THỊ ÁNH TUYẾT",
			"Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Quảng Bình chứng nhận", "Sinh năm: 1975",
			"Chức vụ: Chủ tịch Hội LHPN xã - Đơn vị: Hội LHPN xã Ngân Thủy, huyện Lệ Thủy, tỉnh Quảng Bình",
			"từ ngày 03/06/2013 đến ngày 14/06/2013 (thời gian 10 ngày)", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Phạm Thị Hân", "Số: 03/GCN-BTV"},
		models.ChungChi: {"TỈNH ỦY QUẢNG BÌNH", "HIỆU TRƯỞNG TRƯỜNG CHÍNH TRỊ TỈNH QUẢNG BÌNH", "cấp", "CHỨNG CHỈ",
			"BỒI DƯỠNG NGHIỆP VỤ CÔNG TÁC HỘI PHỤ NỮ", "Cho: Bà TRẦN THỊ ÁNH TUYẾT", "Sinh ngày: 20/08/1975",
			"Nơi sinh: huyện Lệ Thủy, tỉnh Quảng Bình", "Đơn vị công tác: Hội LHPN xã Ngân Thủy", "Xếp loại: Khá",
			"Số hiệu: QB 000003", "Vào sổ số: 003/2013", "Nguyễn Văn Lợi"},
		models.ThayThe: {"GIẤY CHỨNG NHẬN", "ĐÃ HOÀN THÀNH KHÓA HỌC", "Bà: TRẦN THỊ ÁNH TUYẾT",
			"thay thế chứng chỉ số hiệu QB 000017, vào sổ số 017/2012, cấp ngày 04/05/2012, bị mất."},
	}
	for _, kind := range models.CertificateKinds {
		t.Run(string(kind), func(t *testing.T) {
			f := sampleFacts(kind, 2)
			if err := f.Check(); err != nil {
				t.Fatal(err)
			}
			pdf := printed(t, press(t, shipped(kind)), f)
			checkFile(t, pdf)
			if pages := pagesOf(t, pdf); len(pages) != 1 {
				t.Errorf("%d pages", len(pages))
			}
			if len(pdf) > 90<<10 {
				t.Errorf("%d bytes", len(pdf))
			}
			text := wholeText(t, pdf)
			for _, want := range append(words[kind], nation, motto, "Đồng Hới, ngày 14 tháng 6 năm 2013", f.URL) {
				if !strings.Contains(text, want) {
					t.Errorf("lacks %q\n%s", want, text)
				}
			}
			if got := scanned(t, pdf); got != f.URL {
				t.Errorf("the QR says %q", got)
			}
		})
	}
}

// What is not known is left out with its label.
func TestEmptyFactsLeaveNoLabels(t *testing.T) {
	f := models.CertificateFacts{Kind: models.ChungChi, Issuer: "Trường", Name: "Hồ Thị Pả", Course: "x", IssuedOn: models.NewDate(2013, 6, 14), Serial: "1"}
	text := wholeText(t, printed(t, press(t, shipped(models.ChungChi)), f))
	for _, label := range []string{"Sinh", "Nơi sinh", "Xếp loại", "Đơn vị", "Vào sổ", "Tra cứu", "thời gian", "từ ngày", " ,", "[", "{"} {
		if strings.Contains(text, label) {
			t.Errorf("%q is left in %q", label, text)
		}
	}
	if !strings.Contains(text, "Cho: HỒ THỊ PẢ") {
		t.Error(text)
	}
}

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

// On a blank only the facts are printed, moved by the offsets, at the places that they have on the whole paper.
func TestOnBlank(t *testing.T) {
	f := sampleFacts(models.ChungChi, 0)
	whole, blank := printed(t, press(t, shipped(models.ChungChi)), f), printed(t, press(t, shipped(models.ChungChi).OnBlank(3, -2)), f)
	checkFile(t, blank)
	text := wholeText(t, blank)
	for _, gone := range []string{"CHỨNG CHỈ", nation, "Xếp loại", "Sinh ngày", "Số hiệu"} {
		if strings.Contains(text, gone) {
			t.Errorf("%q is printed on the blank", gone)
		}
	}
	if got := scanned(t, blank); got != f.URL {
		t.Errorf("the QR says %q", got)
	}
	x, y := wordAt(t, whole, "20/08/1975")
	bx, by := wordAt(t, blank, "20/08/1975")
	if dx, dy := (bx-x)/pointsPerMM, (by-y)/pointsPerMM; dx < 2.9 || dx > 3.1 || dy < -2.1 || dy > -1.9 {
		t.Errorf("moved by %.2f, %.2f mm", dx, dy)
	}
}

// wordAt is where a reader finds a word, in points from the top left corner.
func wordAt(t *testing.T, pdf []byte, word string) (x, y float64) {
	t.Helper()
	out, err := exec.Command("pdftotext", "-bbox", saved(t, pdf), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ">"+word+"<") {
			if _, err := fmt.Sscanf(strings.TrimSpace(line), `<word xMin="%f" yMin="%f"`, &x, &y); err != nil {
				t.Fatal(err)
			}
			return x, y
		}
	}
	t.Fatalf("%q is not on the page", word)
	return 0, 0
}

func TestSameFactsSameBytes(t *testing.T) {
	f := sampleFacts(models.ChungChi, 7)
	want := printed(t, press(t, shipped(models.ChungChi)), f)
	shared := press(t, shipped(models.ChungChi))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 5 {
				if got, err := shared.One(f); err != nil || !bytes.Equal(got, want) {
					t.Errorf("another run gave other bytes (%v)", err)
				}
			}
		})
	}
	group.Wait()
}

// A class is one file with a page for each, in the given order.
func TestBook(t *testing.T) {
	var all []models.CertificateFacts
	for n := range 45 {
		all = append(all, sampleFacts(models.GiayChungNhan, n))
	}
	var b bytes.Buffer
	if err := press(t, shipped(models.GiayChungNhan)).Book(&b, all); err != nil {
		t.Fatal(err)
	}
	checkFile(t, b.Bytes())
	pages := pagesOf(t, b.Bytes())
	if len(pages) != len(all) {
		t.Fatalf("%d pages", len(pages))
	}
	for n, page := range pages {
		if !strings.Contains(page, strings.ToUpper(all[n].Name)) || !strings.Contains(page, all[n].Number) {
			t.Errorf("page %d is not %s", n+1, all[n].Number)
		}
	}
	if err := press(t, shipped(models.GiayChungNhan)).Book(failing{io.ErrShortWrite}, all); err == nil {
		t.Error("a full disk went unseen")
	}
}

// A press refuses a template that is not sound, and a logo that is no picture.
func TestBadTemplates(t *testing.T) {
	bad := shipped(models.ChungChi)
	bad.Elements = slices.Clone(bad.Elements)
	bad.Elements[0].Text = "{salary}"
	if _, err := NewPress(bad); models.KindOf(err) != models.Invalid {
		t.Errorf("got %v", err)
	}
	bad = shipped(models.ChungChi)
	bad.Logo = []byte("\x89PNG\r\n\x1a\nnot really")
	if _, err := NewPress(bad); models.KindOf(err) != models.Invalid {
		t.Errorf("got %v", err)
	}
}

// A template may have a logo, a place for a photograph, and words in letters beyond Vietnamese.
func TestLogoAndPhoto(t *testing.T) {
	for name, picture := range map[string]image.Image{
		"opaque": image.NewGray(image.Rect(0, 0, 30, 20)), "transparent": image.NewNRGBA64(image.Rect(0, 0, 30, 20)),
		"palette": image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.White, color.Black}),
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := png.Encode(&b, picture); err != nil {
				t.Fatal(err)
			}
			template := shipped(models.ChungChi)
			template.Logo = b.Bytes()
			template.Elements = append(template.Elements,
				models.CertificateElement{Kind: models.LogoElement, X: 138, Y: 24, Width: 20, Height: 20},
				models.CertificateElement{Kind: models.PhotoElement, X: 30, Y: 80, Width: 30, Height: 40},
				models.CertificateElement{Kind: models.TextElement, Text: "Žofie", X: 30, Y: 125, Width: 30, Height: 8, Size: 12, Bold: true, Italic: true, Align: models.AlignRight})
			pdf := printed(t, press(t, template), sampleFacts(models.ChungChi, 0))
			checkFile(t, pdf)
			if !strings.Contains(wholeText(t, pdf), "Žofie") {
				t.Error("fixed words are lost")
			}
			out, err := exec.Command("pdfimages", "-list", saved(t, pdf)).Output()
			if err != nil || !strings.Contains(string(out), " image ") {
				t.Errorf("no picture in the file: %v\n%s", err, out)
			}
			if text := wholeText(t, printed(t, press(t, template.OnBlank(0, 0)), sampleFacts(models.ChungChi, 0))); strings.Contains(text, "Žofie") {
				t.Error("fixed words are printed on a blank")
			}
		})
	}
}
