package sheets

import (
	"strings"

	"datchuan/models"
)

// names finds the code of a thing with many spellings: exactly first, then without accents where that is unambiguous.
type names struct {
	exact, folded map[string]string
}

var (
	ethnicities = loadNames("ethnic-groups.csv")
	religions   = loadNames("religions.csv").with("00", "k", "ko", "không có", "0").with("02", "TCG", "đạo", "đạo Công giáo", "Kitô giáo", "Ki tô giáo", "CG").
			with("01", "Phật")
)

func loadNames(file string) names {
	n := names{map[string]string{}, map[string]string{}}
	for _, row := range table(file) {
		n.add(row[0], row[1])
		for _, other := range strings.Split(row[2], ";") {
			n.add(row[0], other)
		}
	}
	return n
}

func (n names) with(code string, spellings ...string) names {
	for _, s := range spellings {
		n.add(code, s)
	}
	return n
}

const ambiguous = "?"

func (n names) add(code, spelling string) {
	key := squeeze(models.MatchKey(spelling))
	if key == "" {
		return
	}
	if _, taken := n.exact[key]; !taken {
		n.exact[key] = code
	}
	key = squeeze(models.Fold(spelling))
	if old, taken := n.folded[key]; taken && old != code {
		code = ambiguous
	}
	n.folded[key] = code
}

// squeeze drops what spellings differ in: hyphens, blanks, apostrophes.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–'’ʼ.,()", r) {
			return -1
		}
		return r
	}, s)
}

// find is the code of a spelling; ok is false when none or several are meant.
func (n names) find(text string) (code string, ok bool) {
	text = strings.TrimPrefix(strings.TrimPrefix(models.MatchKey(text), "dân tộc "), "đạo ")
	if code, ok = n.exact[squeeze(text)]; ok {
		return code, true
	}
	code, ok = n.folded[squeeze(models.Fold(text))]
	if code == ambiguous {
		return "", false
	}
	return code, ok
}

// saysNo tells whether a folded text declares that there is none.
func saysNo(key string) bool {
	switch key {
	case "khong", "chua", "k", "ko", "0", "khong co", "chua co", "chua qua dao tao", "chua dao tao", "chua hoc", "chua qua", "chua dt",
		"cdt", "chua qua dt", "chua tham gia", "chua duoc", "chua vao", "chua boi duong", "chua duoc boi duong", "chua tap huan":
		return true
	}
	return false
}

// isMark tells whether a folded text is a tick: x, 1, có, v.
func isMark(key string) bool {
	switch key {
	case "x", "xx", "1", "co", "v", "da co", "roi", "da hoc", "da qua", "yes", "true":
		return true
	}
	return false
}
