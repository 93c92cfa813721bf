package sheets

import (
	"regexp"
	"strings"

	"datchuan/models"
)

// header is where the headings of a roster stand and what each column seems to be.
type header struct {
	from, to int // rows, 1-based
	columns  []guess
	paths    [][]string
	score    float64
}

const headerSearch = 60 // rows from the top in which a header is looked for

// findHeader looks for the one to three rows that read most like the headings of a roster.
func (wb *Workbook) findHeader(s *sheet) header {
	var best header
	tried := 0
	for _, row := range s.rows {
		if tried++; tried > headerSearch {
			break
		}
		for height := 1; height <= 3; height++ {
			h := wb.readHeader(s, row.n, row.n+height-1)
			// A title above adds nothing: of equals, the one that begins later.
			shorter := h.score > best.score-0.01 && h.from > best.from && h.to <= best.to
			if h.score > best.score+0.01 || h.score > 0 && shorter {
				best = h
			}
		}
	}
	if best.score > 0 && best.to-best.from < 2 && wb.isSubHeading(s, best.to+1) {
		best = wb.readHeader(s, best.from, best.to+1)
	}
	return best
}

// isSubHeading tells whether a row only has words below headings that are merged over several columns, like "Ngày",
// "Tháng", "Năm": it adds no meaning to the header, and no person is in it.
func (wb *Workbook) isSubHeading(s *sheet, row int) bool {
	i, ok := s.index[row]
	if !ok || len(s.rows[i].cells) < 2 {
		return false
	}
	for _, c := range s.rows[i].cells {
		place, below := s.covered[[2]int{row - 1, int(c.col)}]
		text := wb.decode(c, s.enc[c.col].enc)
		if !below || c.kind != textCell || strings.ContainsAny(text, "0123456789") || isMark(plain(text)) {
			return false
		}
		if m := s.merges[place]; m.right == m.left || m.bottom >= row {
			return false
		}
	}
	return true
}

// readHeader reads given rows as a header; the score is 0 when no name column is among them or only one field.
func (wb *Workbook) readHeader(s *sheet, from, to int) header {
	h := header{from: from, to: to}
	h.paths = wb.headerPaths(s, from, to)
	seen := map[guess]bool{}
	named, fields := false, 0
	for _, path := range h.paths {
		g := classify(path)
		h.columns = append(h.columns, g)
		key := guess{field: g.field, mark: g.mark, level: g.level}
		if g.field == "" || seen[key] {
			continue
		}
		seen[key] = true
		h.score += g.conf
		fields++
		named = named || g.field == models.FieldName || g.field == models.FieldGivenName
	}
	h.splitNames(s)
	if !named || fields < 2 {
		h.score = 0
	}
	return h
}

// splitNames gives a heading "Họ và tên" that is merged over two columns its two meanings.
func (h *header) splitNames(s *sheet) {
	for i := 0; i+1 < len(h.columns); i++ {
		if h.columns[i].field != models.FieldName || len(h.paths[i]) == 0 {
			continue
		}
		place, ok := s.covered[[2]int{h.from, i}]
		second := h.columns[i+1].field
		if ok && s.merges[place].right == i+1 && (second == models.FieldName || second == models.FieldGivenName) {
			h.columns[i].field, h.columns[i+1].field = models.FieldFamilyName, models.FieldGivenName
		}
	}
}

var enumeration = regexp.MustCompile(`^\(?[0-9]{1,3}\)?$|^\(?[a-zA-Z]\)?$`)

// headerPaths gives each column its headings from the top down; titles over nearly the whole width are left out.
func (wb *Workbook) headerPaths(s *sheet, from, to int) [][]string {
	paths := make([][]string, s.width)
	texts := make([][]string, to-from+1)
	for r := from; r <= to; r++ {
		line := make([]string, s.width)
		for c := range line {
			if i, ok := s.covered[[2]int{r, c}]; ok {
				if m := s.merges[i]; (m.right-m.left+1)*10 >= s.width*8 && s.width > 4 {
					continue
				}
			}
			line[c] = models.Clean(wb.decode(s.spread(r, c), s.enc[c].enc))
		}
		texts[r-from] = line
	}
	for c := 0; c < s.width; c++ {
		for i := range texts {
			text := texts[i][c]
			// A group heading typed over its first column only, not merged, goes on to the right.
			if text == "" && i+1 < len(texts) && texts[i+1][c] != "" && c > 0 && len(paths[c-1]) > i+1 && ownless(texts[i+1][c]) {
				text = paths[c-1][i]
			}
			if text != "" && (len(paths[c]) == 0 || paths[c][len(paths[c])-1] != text) {
				paths[c] = append(paths[c], text)
			}
		}
	}
	return paths
}

// ownless tells whether a heading means nothing without the one above it: "TC", "Nữ".
func ownless(text string) bool {
	field, _ := fieldOf(plain(text))
	return field == "" || field == models.FieldSex
}

// isNumbering tells whether a row only numbers the columns: 1 2 3 ... or (1) (2) A B.
func (wb *Workbook) isNumbering(row sheetRow) bool {
	digits := 0
	for _, c := range row.cells {
		text := strings.TrimSpace(c.text)
		if !enumeration.MatchString(text) {
			return false
		}
		if strings.ContainsAny(text, "0123456789") {
			digits++
		}
	}
	return digits >= 3
}
