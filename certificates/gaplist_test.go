package certificates

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every document of the registry has a title in both languages and a golden of what a reader sees.
func TestGolden(t *testing.T) {
	for _, d := range Documents() {
		t.Run(d.Code, func(t *testing.T) {
			for _, lang := range []models.Lang{models.Vi, models.En} {
				if d.Title(lang) == "paper."+d.Code {
					t.Errorf("no title in %s", lang)
				}
			}
			if found, ok := Find(d.Code); !ok || found.Code != d.Code {
				t.Error("not found by its code")
			}
			var b bytes.Buffer
			if err := d.Render(&b, samplesOf(d.Code)...); err != nil {
				t.Fatal(err)
			}
			checkFile(t, b.Bytes())
			got := squeezed(pagesOf(t, b.Bytes()))
			name := filepath.Join("testdata", d.Code+".txt")
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the paper differs from %s (look at it, then run with -update)\n%s", name, got)
			}
		})
	}
	if _, ok := Find("no-such-paper"); ok {
		t.Error("an unknown code was found")
	}
}

func TestPagesAreNumberedAndHeaded(t *testing.T) {
	pages := pagesOf(t, render(t, samplePaper(120)))
	if len(pages) < 8 {
		t.Fatalf("120 rows of up to three lines on %d pages", len(pages))
	}
	for i, page := range pages {
		if want := fmt.Sprintf("Trang %d/%d\n", i+1, len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d lacks %q", i+1, want)
		}
		for _, title := range []string{"TT", "Họ và tên", "Năm sinh", "GDPT", "LLCT", "Thiếu", "Ghi chú"} {
			if !strings.Contains(page, title) {
				t.Errorf("page %d lacks the column title %q", i+1, title)
			}
		}
		if got := strings.Count(page, nation); (got == 1) != (i == 0) {
			t.Errorf("page %d has quốc hiệu %d times", i+1, got)
		}
	}
}

// The signature block stands on the page of the last row, whatever the number of rows.
func TestClosingStaysWithLastRow(t *testing.T) {
	for rows := range 24 {
		p := samplePaper(rows)
		if rows > 0 {
			p.Table.Rows[rows-1][12] = "CUỐI"
		}
		pages := pagesOf(t, render(t, p))
		last := pages[len(pages)-1]
		for _, want := range []string{"Danh sách này có", "Nơi nhận:", "TL. BAN THƯỜNG VỤ", "Nguyễn Thị Minh Châu"} {
			if !strings.Contains(last, want) {
				t.Errorf("%d rows: last page lacks %q", rows, want)
			}
		}
		if rows > 0 && !strings.Contains(last, "CUỐI") {
			t.Errorf("%d rows: the signature block stands alone", rows)
		}
	}
}

// Every row's number and last line are on one page: no row is divided, none lost.
func TestRowsStayWhole(t *testing.T) {
	p := samplePaper(90)
	for i, row := range p.Table.Rows {
		row[0], row[9] = 1000+i, strings.Repeat("thiếu bằng ", i%17)+fmt.Sprintf("hết%d.", 1000+i)
	}
	pages := pagesOf(t, render(t, p))
	for i := range p.Table.Rows {
		found := 0
		for _, page := range pages {
			start, end := strings.Contains(page, fmt.Sprintf("%d ", 1000+i)), strings.Contains(page, fmt.Sprintf("hết%d.", 1000+i))
			if start != end {
				t.Errorf("row %d is divided", i+1)
			}
			if start && end {
				found++
			}
		}
		if found != 1 {
			t.Errorf("row %d found on %d pages", i+1, found)
		}
	}
}

// A row higher than a page is the one exception: it goes on, and no word of it is lost.
func TestRowHigherThanAPage(t *testing.T) {
	p := samplePaper(2)
	var words []string
	for i := range 1500 {
		words = append(words, fmt.Sprintf("w%04d", i))
	}
	p.Table.Rows[1][9] = strings.Join(words, " ")
	all := strings.Join(pagesOf(t, render(t, p)), "")
	for _, w := range words {
		if strings.Count(all, w) != 1 {
			t.Fatalf("word %s drawn %d times", w, strings.Count(all, w))
		}
	}
}

func TestAllLettersAreFoundAsNFC(t *testing.T) {
	if len(letters()) != 134 {
		t.Fatalf("%d letters in the test", len(letters()))
	}
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		p := samplePaper(1)
		p.Title, p.Closing = form.String(strings.Join(letters(), " ")), form.String(strings.Join(letters(), " "))
		p.Table.Rows[0][9] = form.String(strings.Join(letters(), " "))
		p.Subtitles = []string{"(" + form.String(strings.Join(letters(), " ")) + ")"}
		p.Letterhead.Recipients = []string{form.String(strings.Join(letters(), " "))}
		all := strings.Join(pagesOf(t, render(t, p)), "")
		if !norm.NFC.IsNormalString(all) {
			t.Error("the text of the file is not NFC")
		}
		for _, l := range letters() {
			if n := strings.Count(all, l); n < 5 {
				t.Errorf("%s found %d times, drawn 5 times", l, n)
			}
		}
	}
}

func TestHostileText(t *testing.T) {
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			p := samplePaper(3)
			p.Title, p.Closing, p.Subtitles = text, text, []string{text, "(" + text}
			p.Letterhead = models.Letterhead{ParentLine: text, IssuerLine: text, Place: text, Authority: text,
				Post: text, Signer: text, Recipients: []string{text, text}}
			p.Summary = append(p.Summary, models.SummaryLine{Label: text, Value: text})
			for c := range p.Table.Columns {
				if p.Table.Columns[c].Kind == models.TextColumn {
					p.Table.Rows[1][c] = text
				}
			}
			for _, r := range strings.Join(pagesOf(t, render(t, p)), "") {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Mn, r) || r > 0xFFFF) {
					t.Fatalf("the file holds %U", r)
				}
			}
		})
	}
}

var hostileTexts = map[string]string{
	"empty":       "",
	"emoji":       "Nguyễn 👩‍🌾 Thị 🇻🇳 Hoa 🙂",
	"nom":         "阮氏花 𡨸喃 한국 ไทย עברית العربية",
	"control":     "a\x00b\x01c\x1b[31m\r\n\t\u2028\u2029\u0085d",
	"invalid":     "Ng\xff\xfeuy\xc3 \xed\xa0\x80 \xf0\x9f",
	"stack":       "Z" + strings.Repeat("\u0301\u0323\u0336\u20e3", 300) + "algo",
	"invisible":   "e\u200d\u0302\u200b\u0301 \ufeff\u202ereverse\u00ad\u2060",
	"long name":   strings.Repeat("Nguyễn Thị ", 28),
	"long word":   strings.Repeat("ngoằn", 60),
	"many lines":  strings.Repeat("dòng\n", 120),
	"pdf":         `\) Tj ET Q ) (((( \\\ {nb} %PDF endstream`,
	"replacement": "\ufffd\uffff\ufdd0✓☐☑‑",
}

func TestOddTables(t *testing.T) {
	wide := samplePaper(2)
	for len(wide.Table.Columns) < 60 {
		wide.Table.Columns = append(wide.Table.Columns, models.Column{Title: strings.Repeat("rộng", 20)})
	}
	render(t, wide)
	ragged := samplePaper(3)
	ragged.Table.Rows[0], ragged.Table.Rows[1] = nil, append(ragged.Table.Rows[1], "thừa")
	render(t, ragged)
	render(t, models.Paper{})
}

func TestEqualPapersGiveEqualBytes(t *testing.T) {
	p, undated := samplePaper(40), samplePaper(1)
	undated.Date = 0
	for _, paper := range []models.Paper{p, undated} {
		want := render(t, paper)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				var b bytes.Buffer
				if err := GapList(&b, paper); err != nil || !bytes.Equal(b.Bytes(), want) {
					t.Errorf("another run gave other bytes (%v)", err)
				}
			})
		}
		group.Wait()
	}
}

func TestWriteErrorIsReturned(t *testing.T) {
	full := errors.New("disk full")
	if err := GapList(failing{full}, samplePaper(1)); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func BenchmarkGapList12000(b *testing.B) {
	p := samplePaper(12000)
	b.ReportAllocs()
	for b.Loop() {
		if err := GapList(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}
