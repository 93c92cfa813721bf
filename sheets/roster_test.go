package sheets

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

// simple is a roster in the plain form; the encoding tests write it in old fonts.
var simple = [][]any{
	{"HỘI LIÊN HIỆP PHỤ NỮ HUYỆN LỆ THỦY"},
	{"DANH SÁCH TRÍCH NGANG CÁN BỘ HỘI"},
	{},
	{"TT", "Họ và tên", "Năm sinh", "Dân tộc", "Chức vụ", "Đơn vị", "Văn hóa", "Chuyên môn", "Điện thoại"},
	{1, "Nguyễn Thị Hồng", 1975, "Kinh", "Chủ tịch", "Xã Mỹ Thủy", "12/12", "Trung cấp kế toán", "0912345678"},
	{2, "Trần Thị Phượng", 1980, "Kinh", "Phó chủ tịch", "Xã Mỹ Thủy", "9/12", "Chưa", "0987654321"},
	{3, "Lê Thị Thương", 1968, "Kinh", "Chủ tịch", "Xã Trường Thủy", "10/10", "ĐH Luật", ""},
	{4, "Hồ Thị Bưởi", 1985, "Vân Kiều", "Chủ tịch", "Xã Kim Thủy", "12/12", "Cao đẳng", ""},
	{5, "Đỗ Thị Ngọc Ánh", 1979, "Kinh", "UV BCH", "Xã Lộc Thủy", "12/12", "", ""},
}

func checkSimple(t *testing.T, rows []models.RosterRow, findings []models.Finding) {
	t.Helper()
	if len(rows) != 5 {
		t.Fatalf("%d rows, findings %s", len(rows), codes(All(rows, findings)))
	}
	equal(t, "findings", codes(All(rows, findings)), "")
	first, third, fourth := rows[0], rows[2], rows[3]
	equal(t, "name", first.Name, "Nguyễn Thị Hồng")
	equal(t, "birth", first.Birth, models.PartialDate(19750000))
	equal(t, "position", first.Position, "chu-tich-xa")
	equal(t, "commune", first.Commune, "Xã Mỹ Thủy")
	equal(t, "general", first.Levels[models.GeneralEducation].Level, models.UpperSecond)
	equal(t, "profession", first.Levels[models.Professional], models.LevelRead{Level: models.Intermediate, Field: "kế toán"})
	equal(t, "deputy", rows[1].Position, "pho-chu-tich-xa")
	none, said := rows[1].Levels[models.Professional]
	equal(t, "declared none", none.Level == 0 && said, true)
	equal(t, "lower second", rows[1].Levels[models.GeneralEducation].Level, models.LowerSecond)
	equal(t, "third", third.Name, "Lê Thị Thương")
	equal(t, "law", third.Levels[models.Professional], models.LevelRead{Level: models.University, Field: "Luật"})
	equal(t, "Vân Kiều", fourth.Ethnicity, "23")
	equal(t, "fifth", rows[4].Name, "Đỗ Thị Ngọc Ánh")
	equal(t, "member", rows[4].Position, "uy-vien-bch-xa")
	_, said = rows[4].Levels[models.Professional]
	equal(t, "an empty cell says nothing", said, false)
	equal(t, "phone", first.Phone, "0912345678")
}

func TestPlainRoster(t *testing.T) {
	rows, findings, m := readAll(t, newOffice(t).rows(1, simple...).bytes())
	checkSimple(t, rows, findings)
	equal(t, "fields", fieldsOf(m), "number name birth ethnicity position unit general profession phone")
	equal(t, "header rows", [2]int{m.HeaderFrom, m.HeaderTo}, [2]int{4, 4})
}

func TestRosterInTCVN3ByFont(t *testing.T) {
	o := newOffice(t).rows(1, encoded(simple, asTCVN3)...).font("A1:I9", ".VnTime")
	rows, findings, m := readAll(t, o.bytes())
	checkSimple(t, rows, findings)
	equal(t, "encoding", m.Column(models.FieldName).Encoding, ByFont)
	equal(t, "basis", m.Column(models.FieldName).Basis, FromFont)
}

func TestRosterInTCVN3WithoutFont(t *testing.T) {
	rows, findings, m := readAll(t, newOffice(t).rows(1, encoded(simple, asTCVN3)...).bytes())
	checkSimple(t, rows, findings)
	equal(t, "encoding", m.Column(models.FieldName).Encoding, TCVN3)
	equal(t, "basis", m.Column(models.FieldName).Basis, FromMajority)
	equal(t, "basis of a column with few signs", m.Column(models.FieldPhone).Basis, FromSheet)
}

func TestRosterInVNI(t *testing.T) {
	rows, findings, m := readAll(t, newOffice(t).rows(1, encoded(simple, asVNI)...).bytes())
	checkSimple(t, rows, findings)
	equal(t, "encoding", m.Column(models.FieldName).Encoding, VNI)
	o := newOffice(t).rows(1, encoded(simple, asVNI)...).font("A1:I9", "VNI-Times")
	rows, findings, m = readAll(t, o.bytes())
	checkSimple(t, rows, findings)
	equal(t, "encoding", m.Column(models.FieldName).Encoding, ByFont)
}

func TestRosterInNFD(t *testing.T) {
	rows, findings, _ := readAll(t, newOffice(t).rows(1, encoded(simple, norm.NFD.String)...).bytes())
	checkSimple(t, rows, findings)
}

func TestEncodingOverride(t *testing.T) {
	data := newOffice(t).rows(1, encoded(simple, asTCVN3)...).bytes()
	rows, _, _ := readAll(t, data, func(m *Mapping) {
		for i := range m.Columns {
			m.Columns[i].Encoding = Unicode
		}
	})
	equal(t, "left as it is", rows[0].Name, "NguyÔn ThÞ Hång")
	if !rows[0].Blocked() {
		t.Error("legacy text read as Unicode must be reported")
	}
}
