package sheets

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
)

// TestEveryCodeHasItsSentences reads the codes out of the source of this room and looks each up in both languages.
func TestEveryCodeHasItsSentences(t *testing.T) {
	used := map[string]bool{}
	for pattern, prefix := range map[string]string{`refuse\("([a-z_]+)"`: "sheets.", `r\.say\([^,]+, "([a-z0-9_]+)", `: "roster.", `Code: +"(roster\.[a-z_]+)"[,}]`: "",
		`r\.date\(.*, "([a-z_]+)"\)`: "roster.", `Word\(models\.Vi, "(sheets\.[a-z_]+)"[,)]`: "", ` code := "([a-z_]+)"`: "roster.", ` code = "([a-z_]+)"`: "roster."} {
		files, err := os.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
				used[prefix+m[1]] = true
			}
		}
	}
	for _, tail := range []string{"unreadable", "month_first", "not_in_calendar", "year_ambiguous"} {
		used["roster.birth_"+tail] = true
	}
	for _, as := range []string{"district", "commune"} {
		used["roster.heading_guessed_"+as] = true
	}
	for _, e := range Encodings {
		used["encoding."+string(e)] = true
	}
	for _, b := range []EncodingBasis{FromFont, FromMajority, FromSheet, FromNothing} {
		used["encoding_basis."+string(b)] = true
	}
	for _, h := range headings {
		used["roster_field."+string(h.field)] = true
	}
	if len(used) < 100 {
		t.Fatalf("only %d codes found: the patterns no longer fit the source", len(used))
	}
	for code := range used {
		for _, lang := range []models.Lang{models.Vi, models.En} {
			if models.Word(lang, code) == code {
				t.Errorf("%s has no sentence in %s", code, lang)
			}
		}
	}
	for code := range models.Words(models.Vi) {
		finding := strings.HasPrefix(code, "roster.")
		if finding && !used[code] {
			t.Errorf("%s is never said", code)
		}
	}
}

// TestSentencesAreFilled reads a roster full of trouble and looks for places left open.
func TestSentencesAreFilled(t *testing.T) {
	rows, findings, _ := readAll(t, newOffice(t).rows(1, []any{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "CMND", "Văn hóa", "Đang học", "Điện thoại"},
		[]any{1, "Lê Thị A", "5/8/75", "Nữ", "CT", "044075000001", "10", "ĐH Luật, TC LLCT", "1/2"},
		[]any{2, "Lê Thị B", "1976", "Nữ", "CT", "044075000001", "13/12", "?", "0912345678/2"},
		[]any{"", "Danh sách này có 7 người"}).bytes())
	all := All(rows, findings)
	if len(all) < 8 {
		t.Fatalf("only %s", codes(all))
	}
	for _, x := range all {
		if s := sentence(x); strings.ContainsAny(s, "{}") || s == x.Code {
			t.Errorf("%s: %s", x.Code, s)
		}
	}
}

func TestAnnotateKeepsCommentsOfTheFile(t *testing.T) {
	o := newOffice(t).rows(1, []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ"}, []any{1, "Lê Thị A", "mười", "CT"})
	o.must(o.f.AddComment("Sheet1", comment("C2", "của người dùng")))
	o.must(o.f.AddComment("Sheet1", comment("A1", "cột số")))
	data := o.bytes()
	rows, findings, _ := readAll(t, data)
	out, err := Annotate(data, All(rows, findings))
	if err != nil {
		t.Fatal(err)
	}
	text := member(t, out, "xl/comments1.xml")
	for _, want := range []string{"của người dùng", "cột số", "Không đọc được ngày sinh"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is lost", want)
		}
	}
	if n := strings.Count(text, `ref="C2"`); n != 1 {
		t.Errorf("%d comments in one cell: Excel calls such a file damaged", n)
	}
	again, err := Annotate(out, All(rows, findings))
	if err != nil {
		t.Fatal(err)
	}
	if open(t, again).Sheets()[2].Name != "Lỗi 2" {
		t.Error("a second list of findings needs a name of its own")
	}
}
