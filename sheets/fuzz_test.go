package sheets

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

// FuzzRead reads any text as a roster: it must neither panic nor hang, and every finding has a sentence in Vietnamese.
func FuzzRead(f *testing.F) {
	head := "TT,Họ và tên,Năm sinh,Dân tộc,Tôn giáo,Chức vụ,Đơn vị,Văn hóa,Chuyên môn,LLCT,Bồi dưỡng,Đang học,Quy hoạch,Điện thoại,CMND,Ngày vào Đảng\n"
	f.Add([]byte(head + "I,Huyện Lệ Thủy\n1,Nguyễn Thị A,5/8/75,Kinh,Không,CT,Mỹ Thủy,9/12,ĐH Luật,TC,10 ngày,TC LLCT,CT 2016-2021,01682345678,194123456,x\n2,nt,\",-nt-\n"))
	f.Add([]byte(head + encodedLine(asTCVN3)))
	f.Add([]byte(head + encodedLine(asVNI)))
	f.Add([]byte("TT;Họ;Tên;Nam;Nữ\n1;a;b;1;2\nTổng cộng;;;;\nDanh sách này có 9 người\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		wb, err := OpenCSV(data)
		if err != nil {
			if models.KindOf(err) != models.Invalid {
				t.Fatalf("not a domain error: %v", err)
			}
			return
		}
		// The same cells also as numbers, as a workbook would hold them.
		for i, row := range wb.sheets[0].rows {
			for j := range row.cells {
				if c := &wb.sheets[0].rows[i].cells[j]; strings.Trim(c.text, "0123456789.") == "" {
					c.kind, c.date = numberCell, j%2 == 0
				}
			}
		}
		m := wb.Propose(wb.Main())
		m.AsOf = 20130301
		rows, findings := wb.Read(m)
		for _, x := range All(rows, findings) {
			if s := sentence(x); s == x.Code || strings.HasPrefix(s, "roster.") {
				t.Errorf("no sentence for %s", x.Code)
			}
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func encodedLine(how func(string) string) string {
	return how("1,Nguyễn Thị Thương,1975,Kinh,Lương,Chủ tịch,Xã Mỹ Thủy,12/12,Trung cấp,Sơ cấp,chưa,,,,,\n")
}

// FuzzOpen opens any bytes: a refusal is a domain error, never a panic.
func FuzzOpen(f *testing.F) {
	f.Add(newOffice(f).rows(1, simple...).merge("A1:C1").bytes())
	f.Add(pack(f, nil))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		wb, err := Open(data)
		if err != nil {
			if models.KindOf(err) != models.Invalid {
				t.Fatalf("not a domain error: %v", err)
			}
			return
		}
		wb.Read(wb.Propose(wb.Main()))
	})
}

// FuzzSheetXML puts any XML into the place of a worksheet.
func FuzzSheetXML(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>ThÞ</t></r></is></c><c><v>1E3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	f.Add(`<worksheet><cols><col min="1" max="9" hidden="1"/></cols><sheetData><row r="-1"><c r="ZZZ999" t="e"><v>#REF!</v></c></row></worksheet>`)
	f.Fuzz(func(t *testing.T, text string) {
		wb, err := Open(pack(t, map[string]string{"xl/worksheets/sheet1.xml": text}))
		if err == nil {
			wb.Read(wb.ProposeAt(wb.Main(), 1, 2))
		}
	})
}

// big is a roster of n people with 24 columns, as a province sends it.
func big(t testing.TB, n int) []byte {
	table := models.Table{}
	for _, title := range []string{"TT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi ở", "Chức vụ", "Đơn vị", "Huyện", "Chi hội",
		"Trình độ văn hóa", "Chuyên môn", "Lý luận chính trị", "Tin học", "Ngoại ngữ", "Bồi dưỡng nghiệp vụ Hội", "Đang học lớp", "Quy hoạch", "Điện thoại", "Số CMND", "Ngày vào Đảng", "Ghi chú"} {
		table.Columns = append(table.Columns, models.Column{Title: title, Width: 1})
	}
	given := []string{"Hồng", "Lan", "Thương", "Bưởi", "Ánh", "Mỹ", "Thủy"}
	for i := 0; i < n; i++ {
		table.Rows = append(table.Rows, []any{i + 1, "Nguyễn Thị " + given[i%7] + fmt.Sprintf(" %c", 'A'+i%26), models.PartialDate(19600101 + i%40*10000 + i%12*100 + i%28), "Nữ", "Kinh", "Không",
			"Lệ Thủy, Quảng Bình", "Thôn 2, xã Mỹ Thủy", []string{"Chủ tịch", "UV BCH", "CHT", "Tổ trưởng"}[i%4], fmt.Sprintf("Xã %c", 'A'+i%26), "Lệ Thủy", "Thôn " + fmt.Sprint(i%20), "12/12",
			[]string{"TC kế toán", "ĐH Luật", "Chưa", ""}[i%4], []string{"TC", "SC", ""}[i%3], "A", "", "10 ngày", "", "", fmt.Sprintf("09%08d", i), fmt.Sprintf("194%06d", i), "", ""})
	}
	var out bytes.Buffer
	if err := WriteXLSX(&out, []string{"DANH SÁCH"}, table); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestLargeRoster(t *testing.T) {
	rows, findings, _ := readAll(t, big(t, 3000))
	equal(t, "people", len(rows), 3000)
	equal(t, "findings", codes(All(rows, findings)), "")
}

func BenchmarkRead12000(b *testing.B) {
	data := big(b, 12_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		wb := open(b, data)
		rows, _ := wb.Read(wb.Propose(wb.Main()))
		if len(rows) != 12_000 {
			b.Fatalf("%d rows", len(rows))
		}
	}
}

func BenchmarkWriteXLSX12000(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		big(b, 12_000)
	}
}

// FuzzCell puts one text into every column of one person. Whatever it is: what is read keeps the rules of its field,
// and the person is read or reported, never dropped.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"5/8/75", "x", "nt", "ĐH Luật, đang học TC LLCT", "0912345678/01682345678", "Tổng cộng", "Danh sách này có 3 người", "I. Huyện Lệ Thủy", "12/12", "2011-2016", "Chi hội Thôn 2, xã A", "41617", "1e9", "\u00ad"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	titles := strings.Split("TT,Họ và tên,Ngày sinh,Giới tính,Dân tộc,Tôn giáo,Quê quán,Chức vụ,Đơn vị,Huyện,Chi hội,Đảng viên,Ngày vào Đảng,Văn hóa,Chuyên môn,Ngành,LLCT,QLNN,Tin học,Ngoại ngữ,Tiếng dân tộc,Bồi dưỡng,Đang học,Quy hoạch,Điện thoại,CMND,Năm giữ chức vụ,Ghi chú", ",")
	f.Fuzz(func(t *testing.T, text string, number bool) {
		s := &sheet{name: "S", rows: []sheetRow{{n: 1}, {n: 2}}}
		for i, title := range titles {
			c := cell{text: text, col: int16(i), kind: textCell, date: number}
			if number && strings.Trim(text, "0123456789.") == "" {
				c.kind = numberCell
			}
			if i == 0 {
				c = cell{text: "7", kind: numberCell}
			}
			s.rows[0].cells = append(s.rows[0].cells, cell{text: title, col: int16(i), kind: textCell})
			if strings.TrimSpace(c.text) != "" {
				s.rows[1].cells = append(s.rows[1].cells, c)
			}
		}
		wb := &Workbook{sheets: []*sheet{s}}
		wb.finish(s)
		m := wb.ProposeAt("S", 1, 1)
		m.AsOf = 20130301
		rows, findings := wb.Read(m)
		if len(rows) == 0 && len(findings) == 0 {
			t.Error("dropped without a word")
		}
		for _, r := range rows {
			if r.Birth != 0 && !r.Birth.Valid() || r.PartyDate != 0 && !r.PartyDate.Valid() {
				t.Errorf("dates %d, %d", r.Birth, r.PartyDate)
			}
			if n := len(r.Identity); n != 0 && n != 9 && n != 12 {
				t.Errorf("identity %q", r.Identity)
			}
			if r.Phone != "" && !mobile.MatchString(r.Phone) && !landline.MatchString(r.Phone) && !oldMobile.MatchString(r.Phone) { // the day is in 2013
				t.Errorf("phone %q", r.Phone)
			}
			for kind, read := range r.Levels {
				if read.Level < 0 || read.Level > models.MaxLevel(kind) {
					t.Errorf("level %d of %s", read.Level, kind)
				}
			}
			if r.Name == "" && !r.Blocked() {
				t.Error("a person without a name may not pass")
			}
		}
	})
}
