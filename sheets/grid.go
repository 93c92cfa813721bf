package sheets

import (
	"sort"
	"strconv"

	"datchuan/models"
)

// Limits of a file (docs: what the import page says). Beyond them a file is refused, never read in part.
const (
	MaxFile    = 10 << 20 // bytes of the file
	MaxUnzip   = 64 << 20 // bytes of all parts together
	MaxStrings = 32 << 20 // bytes of the shared text
	MaxPart    = 8 << 20  // bytes of every other part that is read, besides the sheets
	MaxRows    = 50_000   // rows with content in one sheet
	MaxColumns = 200
	MaxCells   = 1_500_000 // cells with content in the file

	maxCovered   = 400_000 // cells under merged areas that are looked at
	lastExcelRow = 1 << 20
)

type cellKind uint8

const (
	blankCell cellKind = iota
	textCell
	numberCell
	boolCell
	errorCell
	formulaCell // a formula whose value was never computed
)

// cell is one cell as stored, before any decoding.
type cell struct {
	text string
	rich int32 // 1 + index of its runs in Workbook.rich, 0 when the cell has one font
	col  int16 // 0-based
	kind cellKind
	font font
	date bool // the number format shows a date
}

type run struct {
	text string
	font font
}

type sheetRow struct {
	n      int // 1-based, as Excel shows it
	hidden bool
	cells  []cell
}

type area struct{ top, left, bottom, right int } // rows 1-based, columns 0-based

type sheet struct {
	name    string
	hidden  bool
	rows    []sheetRow
	index   map[int]int // row number -> place in rows
	merges  []area
	covered map[[2]int]int // row, col -> place in merges
	hidCols []area
	enc     []columnEncoding // per column, proposed
	header  header           // score 0 when none was found
	width   int
}

// Workbook is an opened file: its visible and hidden sheets with their cells.
type Workbook struct {
	sheets  []*sheet
	rich    [][]run
	mac1904 bool
	csv     bool
	cells   int
	full    int   // cells of the sheets when every gap is filled, and other elements in them
	besides int64 // bytes of the parts that are no sheets and no shared strings
	merges  int
	covered int // cells under the merged areas of all sheets
}

// SheetInfo describes a sheet for a menu. Rows and Columns count what has content; People tells whether a roster
// header was found.
type SheetInfo struct {
	Name    string `json:"name"`
	Hidden  bool   `json:"hidden"`
	Rows    int    `json:"rows"`
	Columns int    `json:"columns"`
	People  bool   `json:"people"`
}

// Sheets lists the sheets in the order of the file.
func (wb *Workbook) Sheets() []SheetInfo {
	out := make([]SheetInfo, len(wb.sheets))
	for i, s := range wb.sheets {
		out[i] = SheetInfo{Name: s.name, Hidden: s.hidden, Rows: len(s.rows), Columns: s.width, People: s.header.score > 0}
	}
	return out
}

// Main is the sheet to propose first: the visible one with the best roster header, else the first.
func (wb *Workbook) Main() string {
	best, bestScore := "", -1.0
	for _, s := range wb.sheets {
		score := s.header.score
		if s.hidden {
			score -= 1000
		}
		if best == "" || score > bestScore {
			best, bestScore = s.name, score
		}
	}
	return best
}

func (wb *Workbook) sheet(name string) *sheet {
	for _, s := range wb.sheets {
		if s.name == name {
			return s
		}
	}
	return nil
}

// finish makes a sheet that was read ready for use.
func (wb *Workbook) finish(s *sheet) {
	wb.order(s)
	wb.proposeEncodings(s)
	s.header = wb.findHeader(s)
}

// order sorts and indexes what was read.
func (wb *Workbook) order(s *sheet) {
	sort.SliceStable(s.rows, func(i, j int) bool { return s.rows[i].n < s.rows[j].n })
	s.index = make(map[int]int, len(s.rows))
	for i, r := range s.rows {
		s.index[r.n] = i
		for _, c := range r.cells {
			s.width = max(s.width, int(c.col)+1)
		}
	}
	s.covered = map[[2]int]int{}
	for i, m := range s.merges {
		area := (m.bottom - m.top + 1) * (m.right - m.left + 1)
		if area+wb.covered > maxCovered {
			continue // a merge over whole columns tells nothing
		}
		wb.covered += area
		for r := m.top; r <= m.bottom; r++ {
			for c := m.left; c <= m.right; c++ {
				s.covered[[2]int{r, c}] = i
			}
		}
	}
}

// at is the cell itself, blank when nothing is stored there.
func (s *sheet) at(row, col int) cell {
	i, ok := s.index[row]
	if !ok {
		return cell{col: int16(col)}
	}
	for _, c := range s.rows[i].cells {
		if int(c.col) == col {
			return c
		}
	}
	return cell{col: int16(col)}
}

// spread is the cell, or the anchor of the merged area that covers it.
func (s *sheet) spread(row, col int) cell {
	if i, ok := s.covered[[2]int{row, col}]; ok {
		return s.at(s.merges[i].top, s.merges[i].left)
	}
	return s.at(row, col)
}

func (s *sheet) lastRow() int {
	if len(s.rows) == 0 {
		return 0
	}
	return s.rows[len(s.rows)-1].n
}

// columnName is A, B, ... Z, AA of a 0-based column.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

func address(row, col int) string { return columnName(col) + strconv.Itoa(row) }

// place reads "C17" into row 17, column 2; ok is false for anything else.
func place(ref string) (row, col int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' {
		col = col*26 + int(ref[i]-'A') + 1
		i++
	}
	if i == 0 || i > 3 || i == len(ref) || len(ref)-i > 7 {
		return 0, 0, false
	}
	for _, c := range ref[i:] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col - 1, row > 0
}

func refuse(code string, params ...string) error {
	return models.Fail(models.Invalid, "sheets."+code, "file", params...)
}
