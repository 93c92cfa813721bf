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
