package sheets

import (
	"regexp"
	"strings"

	"datchuan/models"
)

var (
	ofList    = words(`danh sach|trich ngang|bieu`)
	notYet    = words(`qui hoach|nguon|du kien|de nghi|gioi thieu|nhan su|bau cu|cu di|dang ki|trieu tap`)
	committee = regexp.MustCompile(`(?i)^(?:tm\.? )?(?:bch|btv|ban chấp hành|ban thường vụ)\s+`)
	statedDay = regexp.MustCompile(`(?i)(?:tính đến|có đến|đến|thời điểm|tại)(?: ngày| hết ngày| thời điểm)* ([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4})`)
)

// titles proposes what the lines above a header say of everybody in the list, where no column does: the post
// ("DANH SÁCH CHI HỘI TRƯỞNG"), the issuing unit ("HỘI LHPN HUYỆN LỆ THỦY") and the day the list speaks of. A user
// confirms them with the rest of the mapping.
func (wb *Workbook) titles(s *sheet, m *Mapping) {
	lines := wb.linesAbove(s, m.HeaderFrom)
	if m.Column(models.FieldPosition) == nil {
		m.DefaultPosition = titlePosition(lines, m)
	}
	for _, line := range lines {
		line = committee.ReplaceAllString(line, "")
		name := hoiPrefix.ReplaceAllString(line, "")
		kind := kindOf(line)
		switch {
		case len(strings.Fields(name)) > 7:
		case kind == models.District && m.DefaultDistrict == "" && m.Column(models.FieldDistrict) == nil:
			m.DefaultDistrict = name
		case kind == models.Commune && m.DefaultCommune == "" && m.Column(models.FieldUnit) == nil:
			m.DefaultCommune = name
		}
		if p := statedDay.FindStringSubmatch(line); p != nil && m.AsOf == 0 {
			if d, _, _ := readDate(value{text: p[1], cell: cell{kind: textCell}}, false, 0, false); d.Exact() {
				m.AsOf = models.Date(d)
			}
		}
	}
}

// titlePosition is the one post that a title, or the heading over the names, speaks of; lists of those who are to get a
// post say nothing of the post they hold.
func titlePosition(lines []string, m *Mapping) string {
	if c := m.Column(models.FieldName); c != nil {
		lines = append([]string{"danh sách " + c.Header}, lines...)
	}
	for _, line := range lines {
		key := plain(line)
		if !ofList.MatchString(key) || notYet.MatchString(key) {
			continue
		}
		if code, second := positionIn(line, plain); code != "" && !second {
			return code
		}
	}
	return ""
}

// linesAbove are the texts above a row, line by line, each once, as far as they may belong to a title.
func (wb *Workbook) linesAbove(s *sheet, before int) []string {
	var out []string
	for _, row := range s.rows {
		if row.n >= before || len(out) > headerSearch {
			break
		}
		for _, c := range row.cells {
			if c.kind != textCell {
				continue
			}
			for _, line := range strings.Split(wb.decode(c, s.enc[c.col].enc), "\n") {
				if line = models.Clean(line); line != "" {
					out = append(out, line)
				}
			}
		}
	}
	return out
}
