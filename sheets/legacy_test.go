package sheets

import (
	"strings"
	"testing"
)

func TestEveryRowOfTCVN3(t *testing.T) {
	rows := table("tcvn3.csv")
	equal(t, "rows", len(rows), 122)
	for _, row := range rows {
		from, to := string(codePoint(row[2])), string(codePoint(row[4]))
		if row[8] == "VN3-ABC" {
			equal(t, "TCVN3 "+row[0], DecodeTCVN3(from, false), to)
			equal(t, "TCVN3 capitals "+row[0], DecodeTCVN3(from, true), strings.ToUpper(to))
			if row[7] != "" {
				equal(t, "H font "+row[0], DecodeTCVN3(from, true), row[7])
			}
		} else {
			equal(t, "left alone by TCVN3 "+row[0], DecodeTCVN3(from, false), from)
		}
		equal(t, "VN1 "+row[0], decodeVN1(from), to)
	}
}

func TestEveryRowOfVNI(t *testing.T) {
	rows := table("vni.csv")
	equal(t, "rows", len(rows), 134)
	for _, row := range rows {
		from := ""
		for _, code := range strings.Fields(row[2]) {
			from += string(codePoint(code))
		}
		equal(t, "VNI "+row[0], DecodeVNI(from), string(codePoint(row[4])))
		equal(t, "VNI inside a word "+row[0], DecodeVNI("ng"+from+"t"), "ng"+string(codePoint(row[4]))+"t")
	}
}

func TestDecodedNames(t *testing.T) {
	equal(t, "TCVN3", DecodeTCVN3("NguyÔn ThÞ Hång", false), "Nguyễn Thị Hồng")
	equal(t, "TCVN3 soft hyphen", DecodeTCVN3("Th\u00ad¬ng", false), "Thương")
	equal(t, "VNI", DecodeVNI("Nguyeãn Thò Hoàng"), "Nguyễn Thị Hồng")
	equal(t, "a small mark on a capital", DecodeVNI("NGUYEãN"), "NGUYỄN")
}

func TestFontNames(t *testing.T) {
	for name, want := range map[string]font{".VnTime": tcvn3Font, ".VnTimeH": tcvn3HFont, ".VnArial NarrowH": tcvn3HFont, ".vntime": tcvn3Font,
		".vntimeh": tcvn3HFont, "VNI-Times": vniFont, "VNI-Helve": vniFont, "Times New Roman": plainFont, "Vni": plainFont, "": plainFont} {
		equal(t, name, fontOf(name), want)
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]Encoding{"Nguyễn Thị Hồng": Unicode, "NguyÔn ThÞ Hång": TCVN3, "Traàn Thò Ñaøo": VNI, "Nguyeãn Thò Hoàng": "", "Le Thi A": "",
		"Le\u0302 Thi\u0323": Unicode, "Hà Thị Hà": Unicode, "Hà": "", "Ðỗ": Unicode} {
		equal(t, text, looks(text), want)
	}
}
