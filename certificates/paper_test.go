package certificates

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"datchuan/models"
)

func rendered(t *testing.T, code string, papers ...models.Paper) []byte {
	t.Helper()
	d, ok := Find(code)
	if !ok {
		t.Fatal(code)
	}
	var b bytes.Buffer
	if err := d.Render(&b, papers...); err != nil {
		t.Fatal(err)
	}
	checkFile(t, b.Bytes())
	return b.Bytes()
}

// Papers of one file number their pages apart, a book as a whole without its cover; official papers from the second page.
func TestPageNumbers(t *testing.T) {
	count := func(pages []string, text string) (n int) {
		for _, p := range pages {
			n += strings.Count(p, text)
		}
		return n
	}
	apart := pagesOf(t, rendered(t, "roll", sampleRoll(5, false, false).Paper(), sampleRoll(5, true, false).Paper()))
	if len(apart) != 2 || count(apart, "Trang 1/1") != 2 {
		t.Errorf("%q", apart)
	}
	book := pagesOf(t, rendered(t, "register", sampleRegister(14).Papers()...))
	for n := 1; n < len(book); n++ {
		if want := fmt.Sprintf("Trang %d/%d", n, len(book)-1); !strings.Contains(book[n], want) {
			t.Errorf("page %d lacks %q", n+1, want)
		}
	}
	if strings.Contains(book[0], "Trang") {
		t.Error("the cover has a number")
	}
	long := samplesOf("opening-decision")[0]
	for range 40 {
		long.Words = append(long.Words, models.Paragraph{Text: "Nhà trường có trách nhiệm báo cáo kết quả khi kết thúc lớp học."})
	}
	pages := pagesOf(t, rendered(t, "opening-decision", long))
	if strings.Contains(pages[0], "Trang") || !strings.HasPrefix(strings.TrimSpace(pages[1]), "2\n") {
		t.Errorf("%q", pages[1])
	}
	if !strings.Contains(pages[len(pages)-1], "Trang 2/2") {
		t.Error("the attached list is not numbered by itself")
	}
}

// The heading of a group never stands alone at the foot of a page.
func TestGroupStaysWithItsFirstRow(t *testing.T) {
	for n := 4; n < 40; n++ {
		l := models.LearnerList{Class: sampleClass(), Learners: sampleLearners(n)}
		for i := range l.Learners {
			l.Learners[i].District = "huyện A"
			if i >= n-2 {
				l.Learners[i].District = "huyện Bê"
			}
		}
		l.Learners[n-2].Note = "ĐẦU"
		for _, page := range pagesOf(t, rendered(t, "learner-list", l.Paper())) {
			if strings.Contains(page, "Huyện Bê") != strings.Contains(page, "ĐẦU") {
				t.Errorf("%d learners: the heading is parted from its row", n)
			}
		}
	}
}

func TestHostilePapers(t *testing.T) {
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			head := models.PaperHead{Number: text, Letterhead: models.Letterhead{ParentLine: text, IssuerLine: text, Place: text, Authority: text, Post: text, Signer: text, Recipients: []string{text}}}
			class := models.ClassFacts{Name: text, Term: text, Venue: text, Decision: text, Funding: text}
			learners := []models.Learner{{Name: text, Ethnicity: text, Post: text, Unit: text, District: text, Profession: text, Phone: text, Note: text}, {Name: "Hoa"}}
			decision := models.OpeningDecision{PaperHead: head, Issuer: text, Class: class, Grounds: []string{text}, Proposer: text, Duties: []string{text}, Doers: text, Learners: learners}
			scores := models.ScoreSheet{PaperHead: head, Class: class, Tests: []string{text, text}, Lines: []models.ScoreLine{{Name: text, Unit: text, Grade: text, Note: text}},
				Feet: []models.Foot{{Post: text, Note: text, Name: text}}}
			register := models.Register{PaperHead: head, Title: text, Volume: text, Classes: []models.RegisterClass{{Class: class, Lines: []models.RegisterLine{{Register: text, Name: text, Serial: text}}}}}
			files := [][]byte{rendered(t, "opening-decision", decision.Paper()), rendered(t, "scores", scores.Paper()), rendered(t, "register", register.Papers()...)}
			for _, file := range files {
				for _, r := range strings.Join(pagesOf(t, file), "") {
					if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Mn, r) || r > 0xFFFF) {
						t.Fatalf("the file holds %U", r)
					}
				}
			}
		})
	}
	for _, d := range Documents() {
		rendered(t, d.Code)
	}
}
