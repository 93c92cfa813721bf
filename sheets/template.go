package sheets

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

// templateColumn is a column of the template: its heading, which Propose must read back as the field, the list to pick
// from, and what the example row shows.
type templateColumn struct {
	field   models.RosterField
	heading string
	width   float64
	list    []string
	example string
}

const templateRows = 2000 // rows that carry the drop-down lists

func templateColumns(communes []string, positions []models.Position) []templateColumn {
	names := make([]string, len(positions))
	for i, p := range positions {
		names[i] = p.Name
	}
	post, commune := "", ""
	if len(names) > 0 {
		post = names[0]
	}
	if len(communes) > 0 {
		commune = communes[0]
	}
	none := "Chưa"
	return []templateColumn{
		{models.FieldNumber, "TT", 8, nil, models.Word(models.Vi, "sheets.template_example")},
		{models.FieldDistrict, "Huyện, thị xã, thành phố", 20, nil, ""},
		{models.FieldUnit, "Xã, phường, thị trấn", 22, communes, commune},
		{models.FieldBranch, "Chi hội", 18, nil, ""},
		{models.FieldGroup, "Tổ phụ nữ", 14, nil, ""},
		{models.FieldName, "Họ và tên", 28, nil, "Nguyễn Thị Ví Dụ"},
		{models.FieldBirth, "Ngày, tháng, năm sinh", 16, nil, "05/8/1975"},
		{models.FieldSex, "Giới tính", 10, []string{"Nữ", "Nam"}, "Nữ"},
		{models.FieldEthnicity, "Dân tộc", 16, column("ethnic-groups.csv", 1), "Kinh"},
		{models.FieldReligion, "Tôn giáo", 16, column("religions.csv", 1), "Không"},
		{models.FieldHometown, "Quê quán", 24, nil, ""},
		{models.FieldResidence, "Nơi ở hiện nay", 24, nil, ""},
		{models.FieldPosition, "Chức vụ hiện nay", 26, names, post},
		{models.FieldHeldSince, "Năm giữ chức vụ", 12, nil, "2011"},
		{models.FieldJoined, "Năm tham gia công tác Hội", 14, nil, "2001"},
		{models.FieldParty, "Đảng viên", 10, []string{"Có", "Không"}, "Có"},
		{models.FieldPartyDate, "Ngày vào Đảng", 14, nil, "03/02/2005"},
		{models.FieldGeneral, "Trình độ văn hóa", 14, []string{"12/12", "9/12", "5/12", "10/10", "7/10", "4/10", "THPT", "THCS", "Tiểu học", "Biết đọc, biết viết"}, "12/12"},
		{models.FieldProfession, "Trình độ chuyên môn", 16, []string{none, "Sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Thạc sĩ", "Tiến sĩ"}, "Trung cấp"},
		{models.FieldProfField, "Ngành đào tạo", 20, nil, "Kế toán"},
		{models.FieldPolitical, "Lý luận chính trị", 14, []string{none, "Sơ cấp", "Trung cấp", "Cao cấp", "Cử nhân"}, none},
		{models.FieldState, "Quản lý nhà nước", 16, []string{none, "Bồi dưỡng cấp xã", "Cán sự", "Chuyên viên", "Chuyên viên chính", "Chuyên viên cao cấp"}, ""},
		{models.FieldComputing, "Tin học", 10, []string{none, "A", "B", "C"}, "A"},
		{models.FieldForeign, "Ngoại ngữ", 12, []string{none, "A", "B", "C", "A1", "A2", "B1", "B2", "C1", "C2"}, ""},
		{models.FieldEthnicLang, "Tiếng dân tộc", 12, []string{"Có", "Không"}, ""},
		{models.FieldTraining, "Bồi dưỡng nghiệp vụ Hội", 18, nil, "10 ngày tại huyện"},
		{models.FieldStudying, "Đang học lớp", 20, nil, "Trung cấp LLCT"},
		{models.FieldSuccession, "Quy hoạch", 22, nil, "Chủ tịch 2016-2021"},
		{models.FieldPhone, "Điện thoại", 14, nil, "0912345678"},
		{models.FieldIdentity, "Số CCCD/CMND", 16, nil, "044175000001"},
		{models.FieldNote, "Ghi chú", 34, nil, models.Word(models.Vi, "sheets.template_example_note")},
	}
}

func column(file string, n int) []string {
	var out []string
	for _, row := range table(file) {
		out = append(out, row[n])
	}
	return out
}

// Template makes an empty roster to be filled in: one header row that Propose reads back column by column, drop-down
// lists, an example row that an import passes over, and a page of help in Vietnamese. communes are offered as a list
// (none when empty); positions are offered by name.
func Template(communes []string, positions ...models.Position) ([]byte, error) {
	f := excelize.NewFile(safeOptions)
	defer f.Close()
	word := func(key string) string { return models.Word(models.Vi, "sheets.template_"+key) }
	people, lists, help := word("sheet_people"), word("sheet_lists"), word("sheet_help")
	if err := f.SetSheetName("Sheet1", people); err != nil {
		return nil, err
	}
	for _, name := range []string{help, lists} {
		if _, err := f.NewSheet(name); err != nil {
			return nil, err
		}
	}
	styles, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	columns := templateColumns(communes, positions)
	if err := f.SetCellStr(people, "A1", word("title")); err != nil {
		return nil, err
	}
	if err := f.SetCellStyle(people, "A1", "A1", styles.title); err != nil {
		return nil, err
	}
	for i, c := range columns {
		if err := writeTemplateColumn(f, people, lists, i, c, styles); err != nil {
			return nil, err
		}
	}
	if err := markExample(f, people, len(columns)); err != nil {
		return nil, err
	}
	if err := writeHelp(f, help, word); err != nil {
		return nil, err
	}
	if err := f.SetPanes(people, &excelize.Panes{Freeze: true, XSplit: 6, YSplit: 2, TopLeftCell: "G3", ActivePane: "bottomRight"}); err != nil {
		return nil, err
	}
	if err := f.SetSheetVisible(lists, false); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

const templateHead, templateExample = 2, 3

func writeTemplateColumn(f *excelize.File, people, lists string, col int, c templateColumn, styles sheetStyles) error {
	letter := columnName(col)
	if err := f.SetColWidth(people, letter, letter, c.width); err != nil {
		return err
	}
	// All cells are text, so that no zero is lost and no "9/12" becomes a date.
	if err := f.SetCellStyle(people, address(templateExample, col), address(templateExample+templateRows, col), styles.text); err != nil {
		return err
	}
	if err := f.SetCellStr(people, address(templateHead, col), c.heading); err != nil {
		return err
	}
	if err := f.SetCellStyle(people, address(templateHead, col), address(templateHead, col), styles.head); err != nil {
		return err
	}
	if c.example != "" {
		if err := f.SetCellStr(people, address(templateExample, col), c.example); err != nil {
			return err
		}
	}
	if len(c.list) == 0 {
		return nil
	}
	for i, text := range c.list {
		if err := f.SetCellStr(lists, address(i+1, col), safeText(text)); err != nil {
			return err
		}
	}
	rule := excelize.NewDataValidation(true)
	rule.Sqref = address(templateExample, col) + ":" + address(templateExample+templateRows, col)
	rule.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", lists, letter, letter, len(c.list)))
	// A warning, not a wall: other wordings are understood too, and a chair may serve where no list knows of.
	rule.SetError(excelize.DataValidationErrorStyleWarning, models.Word(models.Vi, "sheets.template_pick_title"), models.Word(models.Vi, "sheets.template_pick_text"))
	return f.AddDataValidation(people, rule)
}

func markExample(f *excelize.File, people string, columns int) error {
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 12, Italic: true, Color: "57606A"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EAEEF2"}}, NumFmt: 49})
	if err != nil {
		return err
	}
	return f.SetCellStyle(people, address(templateExample, 0), address(templateExample, columns-1), style)
}

func writeHelp(f *excelize.File, sheet string, word func(string) string) error {
	wrap, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 13}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "A", "A", 100); err != nil {
		return err
	}
	row := 1
	for i := 1; ; i++ {
		text := word(fmt.Sprintf("help_%d", i))
		if strings.HasPrefix(text, "sheets.template_") {
			break
		}
		if err := f.SetCellStr(sheet, address(row, 0), fmt.Sprintf("%d. %s", i, text)); err != nil {
			return err
		}
		row++
	}
	return f.SetCellStyle(sheet, "A1", address(row-1, 0), wrap)
}
