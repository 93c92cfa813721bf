package sheets

import (
	"strings"
	"testing"

	"datchuan/models"
)

func TestReadDate(t *testing.T) {
	for _, c := range []struct {
		text    string
		number  bool
		want    models.PartialDate
		problem string
	}{
		{"05/08/1975", false, 19750805, ""}, {"5-8-1975", false, 19750805, ""}, {"5.8.1975", false, 19750805, ""}, {"5 / 8 / 1975", false, 19750805, ""},
		{"5\\8\\1975", false, 19750805, ""}, {"1975-08-05", false, 19750805, ""}, {"1975-08-05T00:00:00", false, 19750805, ""}, {"05081975", false, 19750805, ""},
		{"5081975", true, 19750805, ""}, {"ngày 5 tháng 8 năm 1975", false, 19750805, ""}, {"Sinh ngày 05 tháng 8 năm 1975", false, 19750805, ""},
		{"8/1975", false, 19750800, ""}, {"8.1975", true, 19750800, ""}, {"tháng 8 năm 1975", false, 19750800, ""}, {"1975", false, 19750000, ""}, {"1975", true, 19750000, ""},
		{"Năm 1975", false, 19750000, ""}, {"~1975", false, 19750000, ""}, {"1975 (38 tuổi)", false, 19750000, ""}, {"00/00/1975", false, 19750000, ""},
		{"00/8/1975", false, 19750800, ""}, {"27611", true, 19750805, ""}, {"27611.5", true, 19750805, ""}, {"5/8/75", false, 19750805, ""}, {"75", false, 19750000, ""},
		{"29/02/1976", false, 19760229, ""}, {"5/8/1975 (gốc 1976)", false, 19750805, ""}, {"5/8/09", false, 0, "year_ambiguous"},
		{"29/02/1975", false, 0, "not_in_calendar"}, {"31/04/1975", false, 0, "not_in_calendar"}, {"08/25/1980", false, 0, "month_first"}, {"13/25/1980", false, 0, "not_in_calendar"},
		{"5/8/1875", false, 0, "unreadable"}, {"không rõ", false, 0, "unreadable"}, {"5/8", false, 0, "unreadable"}, {"123", true, 0, "unreadable"}, {"19755", false, 0, "unreadable"},
	} {
		v := value{text: c.text, cell: cell{kind: textCell}}
		if c.number {
			v.cell.kind = numberCell
		}
		got, problem, _ := readDate(v, false, 20130301, true)
		if got != c.want || problem != c.problem {
			t.Errorf("%q: got %v %q, want %v %q", c.text, got, problem, c.want, c.problem)
		}
	}
}

func TestCentury(t *testing.T) {
	for _, c := range []struct {
		yy    int
		asOf  models.Date
		birth bool
		want  int
		ok    bool
	}{
		{75, 0, true, 1975, true}, {5, 0, true, 0, false}, {5, 20130301, true, 1905, false}, {95, 20130301, true, 1995, true},
		{2, 20260101, true, 2002, true}, {8, 20260101, true, 2008, true}, {9, 20260101, true, 1909, false}, {11, 20130301, false, 2011, true}, {14, 20130301, false, 1914, true},
	} {
		got, ok := century(c.yy, c.asOf, c.birth)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%02d as of %v: got %d %v, want %d %v", c.yy, c.asOf, got, ok, c.want, c.ok)
		}
	}
}

func TestReadPhones(t *testing.T) {
	for _, c := range []struct {
		text string
		asOf models.Date
		want string
		rest string
	}{
		{"0912345678", 0, "0912345678", ""}, {"0912.345.678", 0, "0912345678", ""}, {"(0912) 345-678", 0, "0912345678", ""}, {"+84 912 345 678", 0, "0912345678", ""},
		{"84912345678", 0, "0912345678", ""}, {"912345678", 0, "0912345678", ""}, {"1682345678", 0, "0382345678", ""}, {"01201234567", 0, "0701234567", ""},
		{"01991234567", 0, "0591234567", ""}, {"1682345678", 20130301, "01682345678", ""}, {"+841682345678", 20130301, "01682345678", ""}, {"01821234567", 20130301, "01821234567", ""}, {"01821234567", 0, "", "01821234567"}, {"0912345678/0987654321", 0, "0912345678 0987654321", ""},
		{"0912345678; 01682345678", 0, "0912345678 0382345678", ""}, {"0912345678 - 0987654321", 0, "0912345678 0987654321", ""}, {"0912345678 hoặc 0987654321", 0, "0912345678 0987654321", ""},
		{"0912345678 01682345678", 0, "0912345678 0382345678", ""}, {"052.3822123", 20130301, "02323822123", ""}, {"0523822123", 20200101, "0523822123", ""},
		{"02323822123", 0, "02323822123", ""}, {"123", 0, "", "123"}, {"không có", 0, "", "không có"}, {"0912345678 (chồng)", 0, "0912345678", "chồng"}, {"nhà 02323822123", 0, "02323822123", "nhà"},
	} {
		phones, rest := readPhones(c.text, c.asOf)
		equal(t, c.text, strings.Join(phones, " ")+"|"+rest, c.want+"|"+c.rest)
	}
}

func TestEveryPrefixOf2018(t *testing.T) {
	equal(t, "prefixes", len(prefixes2018), 21)
	for from, to := range prefixes2018 {
		for day, want := range map[models.Date]string{0: to, 20181116: to, 20181115: from, 20130301: from} {
			phones, _ := readPhones(from+"1234567", day)
			equal(t, from+" on "+day.VN(), strings.Join(phones, " "), want+"1234567")
		}
	}
}

func TestNamesOfGroups(t *testing.T) {
	for text, want := range map[string]string{"Kinh": "01", "KINH": "01", "kinh ": "01", "Bru - Vân Kiều": "23", "Bru-Vân Kiều": "23", "van kieu": "23", "Khùa": "23",
		"Ma Coong": "23", "Chứt": "44", "Rục": "44", "A Rem": "44", "Dân tộc Thái": "03", "tay": "", "H'Mông": "08", "Sao Hỏa": ""} {
		code, _ := ethnicities.find(text)
		equal(t, text, code, want)
	}
	for text, want := range map[string]string{"Không": "00", "K": "00", "0": "00", "Lương": "00", "Giáo": "02", "Thiên Chúa": "02", "TCG": "02", "đạo Phật": "01", "Công giáo": "02", "phat giao": "01", "Khác": "99", "abc": ""} {
		code, _ := religions.find(text)
		equal(t, text, code, want)
	}
}

func TestGradeLevels(t *testing.T) {
	for _, c := range [][3]int{{4, 10, models.Primary}, {7, 10, models.LowerSecond}, {10, 10, models.UpperSecond}, {5, 12, models.Primary}, {8, 12, models.Primary}, {9, 12, models.LowerSecond},
		{11, 12, models.LowerSecond}, {12, 12, models.UpperSecond}, {3, 12, models.CanRead}, {0, 12, models.NoLevel}} {
		equal(t, "grade", gradeLevel(c[0], c[1]), c[2])
	}
}

func TestPositionsByWords(t *testing.T) {
	r := &reader{positions: map[string]positionRead{}, extra: map[string]string{}, folded: map[string]string{}}
	for text, want := range map[string]string{"CT": "chu-tich-xa", "Chủ tịch": "chu-tich-xa", "CHỦ TỊCH HỘI": "chu-tich-xa", "Chủ tịch Hội LHPN xã, UV BCH Đảng ủy": "chu-tich-xa",
		"PCT": "pho-chu-tich-xa", "Phó chủ tịch": "pho-chu-tich-xa", "Phó CT Hội": "pho-chu-tich-xa", "P.CT": "pho-chu-tich-xa", "UV BCH": "uy-vien-bch-xa", "Ủy viên BCH": "uy-vien-bch-xa",
		"Uỷ viên ban chấp hành": "uy-vien-bch-xa", "UVBCH": "uy-vien-bch-xa", "UVTV": "uy-vien-bch-xa", "CHT": "chi-hoi-truong", "Chi hội trưởng": "chi-hoi-truong",
		"Chi hội trưởng thôn Đoàn Kết": "chi-hoi-truong", "Chi hội phó": "chi-hoi-pho", "Phó chi hội trưởng": "chi-hoi-pho", "Tổ trưởng": "to-truong", "Tổ phó": "to-pho",
		"Tổ trưởng tổ phụ nữ": "to-truong", "UV BCH kiêm CHT": "chi-hoi-truong", "Bí thư Đoàn": "", "Chủ tịch UBND xã": "", "Kế toán": ""} {
		code, _ := r.positionOf(text)
		equal(t, text, code, want)
	}
}

func TestLevelsByWords(t *testing.T) {
	for _, c := range []struct {
		kind  models.QualKind
		text  string
		level int
		field string
	}{
		{models.Professional, "ĐH Luật", 4, "Luật"}, {models.Professional, "Cử nhân kinh tế", 4, "kinh tế"}, {models.Professional, "Đại học ngành Kế toán", 4, "Kế toán"},
		{models.Professional, "CĐ sư phạm", 3, "sư phạm"}, {models.Professional, "Cử nhân cao đẳng", 3, ""}, {models.Professional, "TC", 2, ""}, {models.Professional, "T.C kế toán", 2, "kế toán"}, {models.Professional, "Kế toán", 0, ""},
		{models.Professional, "Sơ cấp nghề may", 1, "may"}, {models.Professional, "Thạc sĩ", 5, ""}, {models.Professional, "Tiến sĩ", 6, ""}, {models.Professional, "Trung cấp (Mầm non)", 2, "Mầm non"},
		{models.Political, "Trung cấp LLCT-HC", 2, ""}, {models.Political, "CC", 3, ""}, {models.Political, "Cử nhân chính trị", 4, ""}, {models.Political, "sơ cấp", 1, ""},
		{models.StateManagement, "Chuyên viên cao cấp", 5, ""}, {models.StateManagement, "Chuyên viên chính", 4, ""}, {models.StateManagement, "Chuyên viên", 3, ""},
		{models.StateManagement, "Cán sự", 2, ""}, {models.StateManagement, "Bồi dưỡng cấp xã", 1, ""}, {models.Computing, "Tin học A", 1, "Tin học"}, {models.Computing, "nâng cao", 3, ""},
		{models.ForeignLanguage, "Anh B1", 3, "Anh"}, {models.ForeignLanguage, "bậc 2", 2, ""},
	} {
		level, field, ok := wordedLevel(c.kind, c.text)
		if c.level != level || ok != (c.level > 0) || c.field != "" && field != c.field {
			t.Errorf("%s %q: got %d %q, want %d %q", c.kind, c.text, level, field, c.level, c.field)
		}
	}
}
