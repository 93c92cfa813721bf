package certificates

import (
	"slices"
	"strings"

	"datchuan/models"
)

// The fixed words of a state paper (documents.md section 0).
const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
)

// heading draws the block on top of page one: the office on the left, quốc hiệu and tiêu ngữ on the right, the place
// and date below them.
func (s *sheet) heading(p models.Paper) {
	top, head := s.y, p.Letterhead
	parent, issuer := style{regular, 12}, style{bold, 12}
	y := s.block(parent, centre, leftMargin, top, s.leftHalf, s.office(parent, head.ParentLine))
	lines := s.office(issuer, head.IssuerLine)
	y = s.block(issuer, centre, leftMargin, y, s.leftHalf, lines)
	s.rule(leftMargin, y+1, s.leftHalf, widest(issuer, lines)*0.4)

	name, words, date := style{bold, 12}, style{bold, 13}, style{italic, 13}
	x, width := s.rightStart(), s.rightHalf
	right := s.block(name, centre, x, top, width, []string{nation})
	right = s.block(words, centre, x, right, width, []string{motto})
	s.rule(x, right+1, width, words.mm(motto))
	right += 3.5
	if p.Number != "" { // stands beside the date, or lower when the office's name is long
		number := style{regular, 13}
		y = s.block(number, centre, leftMargin, max(y+2.5, right), s.leftHalf, s.wrap(number, drawable(p.Number), s.leftHalf))
		right = max(right, y-number.line())
	}
	right = s.block(date, centre, x, right, width, s.balance(date, placeAndDate(head.Place, p.Date), width))
	s.y = max(y+2, right) + 5
}

// office breaks the name of an office before the place that it is of, where one line is too narrow.
func (s *sheet) office(st style, name string) []string {
	name = drawable(name)
	if st.mm(name) > s.leftHalf {
		for _, of := range []string{" TỈNH ", " THÀNH PHỐ ", " HUYỆN ", " THỊ XÃ ", " XÃ "} {
			if at := strings.Index(name, of); at > 0 && st.mm(name[:at]) <= s.leftHalf && st.mm(name[at+1:]) <= s.leftHalf {
				return []string{name[:at], name[at+1:]}
			}
		}
	}
	return s.balance(st, name, s.leftHalf)
}

// placeAndDate writes "Đồng Hới, ngày 01 tháng 02 năm 2013". Without a date there are dots to fill in by hand.
func placeAndDate(place string, day models.Date) string {
	date := day.Formal()
	if place = drawable(place); place != "" {
		return place + ", " + date
	}
	return strings.ToUpper(date[:1]) + date[1:]
}

func widest(st style, lines []string) float64 {
	w := 0.0
	for _, line := range lines {
		w = max(w, st.mm(line))
	}
	return w
}

// titles draws the title, the lines below it (one in brackets, such as the legal basis, in italics) and the line that
// closes them.
func (s *sheet) titles(title string, subtitles []string) {
	st := style{bold, 14}
	lines := s.balance(st, drawable(title), s.bodyWidth())
	s.flow(st, centre, lines)
	for _, sub := range subtitles {
		st = style{bold, 13}
		if strings.HasPrefix(sub, "(") {
			st.face = italic
		}
		lines = s.balance(st, drawable(sub), s.bodyWidth())
		s.flow(st, centre, lines)
	}
	s.rule(leftMargin, s.y+1, s.bodyWidth(), min(widest(st, lines)*0.4, s.bodyWidth()/4))
	s.y += 5
}

// summary draws the figures as a small table, the label above its value, at most seven figures to a row.
func (s *sheet) summary(lines []models.SummaryLine) {
	if len(lines) == 0 {
		return
	}
	const most = 7
	bands := (len(lines) + most - 1) / most
	perBand := (len(lines) + bands - 1) / bands
	for band := range slices.Chunk(lines, perBand) {
		s.summaryBand(band, s.bodyWidth()/float64(perBand))
	}
	s.y += 4
}

func (s *sheet) summaryBand(band []models.SummaryLine, width float64) {
	const pad = 1.0
	small, strong := style{regular, 10}, style{bold, 11}
	labels, values := make([][]string, len(band)), make([][]string, len(band))
	upper, lower := 0, 0
	for i, figure := range band {
		labels[i] = s.balance(small, drawable(figure.Label), width-2*pad)
		values[i] = s.wrap(strong, drawable(figure.Value), width-2*pad)
		upper, lower = max(upper, len(labels[i])), max(lower, len(values[i]))
	}
	high, low := float64(upper)*small.line()+2*pad, float64(lower)*strong.line()+2*pad
	s.need(high + low)
	for i := range band {
		x := leftMargin + float64(i)*width
		s.pdf.Rect(x, s.y, width, high, "D")
		s.pdf.Rect(x, s.y+high, width, low, "D")
		spare := high - 2*pad - float64(len(labels[i]))*small.line()
		s.block(small, centre, x+pad, s.y+pad+spare/2, width-2*pad, labels[i])
		s.block(strong, centre, x+pad, s.y+high+pad, width-2*pad, values[i])
	}
	s.y += high + low
}
