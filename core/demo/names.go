package demo

import "strings"

func words(text string) []string { return strings.Fields(text) }

func phrases(text string) []string { return strings.Split(text, ", ") }

// Family names, the usual ones repeated; the west of the province has its own.
var (
	familyNames  = words("Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Hoàng Hoàng Võ Võ Phan Phan Trương Dương Đặng Đỗ Hồ Mai Ngô Bùi Đoàn Lưu Hà Thái Đào Từ Tạ Cao Đinh Lương Châu")
	familyWest   = words("Đinh Đinh Đinh Cao Cao Cao Trương Thái Trần Nguyễn Nguyễn Hoàng Phan Bàn Hồ Lê")
	familyCentre = words("Trần Trần Nguyễn Nguyễn Hoàng Hoàng Mai Lê Cao Phan Đoàn Lương Trương Phạm Võ Hồ")
	familySouth  = words("Võ Võ Lê Lê Nguyễn Nguyễn Nguyễn Hoàng Đặng Dương Ngô Trần Phạm Đỗ Phan Bùi Trương Lưu")
)

// Given names by generation: born until 1968, until 1980, later.
var (
	givenOld   = words("Lan Hoa Huệ Cúc Liên Thơm Lý Lài Nga Xuân Thu Bé Dung Sen Lành Thảo Nhàn Hường Luyến Tình Mận Đào Gái Lựu Nghĩa Tâm Thanh Hiền Hồng Bình Phương Minh Loan Nguyệt Thủy Yến Tuyết Mai Vân Lệ Diệu Hòa Thuận Tứ Năm Quý Chiến Lợi Kế Dần Tý Sửu Phúc Khương Xoan Ái Châu Đông Hợi")
	givenMid   = words("Hà Hương Hằng Hạnh Thúy Thủy Thu Hiền Hoa Lan Liên Loan Mai Nga Nhung Phượng Tâm Thảo Thơm Thương Tuyết Vân Yến Lệ Nguyệt Ngọc Oanh Hồng Hường Huyền Lương Luyến Lài Sâm Nhàn Giang Châu Anh Bình Dung Hòa Hải Hậu Huế Hợi Lĩnh Lý Minh Nhân Sen Thanh Tình Toàn Duyên Xuân Tỵ Điệp")
	givenYoung = words("Anh Linh Trang Thảo Hương Huyền Hà Hằng Hạnh Hiền Nga Ngân Ngọc Nhung Nhi Oanh Phương Phượng Quỳnh Quyên Tâm Thắm Thoa Thu Thúy Thủy Thương Trà Trinh Tuyết Vân Yến Ly Lê Mai My Giang Duyên Dung Diệu Châu Chi Ánh Hoài Hồng Lệ Loan Sương Tình Hậu Nhàn Sen")
	middleOld  = phrases("Thị, Thị, Thị, Thị, Thị, Thị, Thị, Thị, Thị Thanh, Thị Kim, Thị Hồng, Thị Minh, Kim, Thị Bích")
	middleMid  = phrases("Thị, Thị, Thị, Thị, Thị, Thị Thanh, Thị Thu, Thị Kim, Thị Hồng, Thị Bích, Thị Ngọc, Thị Minh, Thị Lệ, Thị Mỹ, Thanh, Thị Hải, Thị Xuân, Thị Phương")
	middleNew  = phrases("Thị, Thị, Thị, Thị Thanh, Thị Thu, Thị Thùy, Thị Ngọc, Thị Diệu, Thị Hoài, Thị Mỹ, Thị Kim, Thị Hồng, Thị Phương, Thùy, Ngọc, Diệu, Hoài, Khánh, Thị Như, Thị Lan, Quỳnh")
	givenBru   = words("Thơm Mai Lan Hồng Bạch Xuân Liễu Loan Thanh Hương Lý Mừng Ngân Bơn Niêng Thoan Bường Khiên Liên Son Nòng Lai Xoan Mới Nghiêng Phon Lót Tăm Chôn Hôm Êm Sương Xôm Khăm Dên Lẫm Vơi Thìn Pơi Moan")
)

// Branch names: plain village names next to numbers; which commune gets which is chance.
var (
	villageLow  = phrases("Đông, Tây, Nam, Bắc, Trung, Thượng, Hạ, Đông Thành, Tây Thành, Tân Tiến, Tân Thịnh, Xuân Hòa, Phú Xuân, Trung Thành, Hòa Bình, Tiền Phong, Quyết Thắng, Đoàn Kết, Hợp Tiến, Tân Lập, Phú Hòa, Thống Nhất, Minh Tiến, Vĩnh Phước, Đại Phong, Thanh Bình")
	villageHigh = phrases("Khe Cát, Khe Ngang, Đá Chát, Suối Trong, Nước Đắng, Cây Sú, Rum, Cồn Cùng, Khe Giữa, Bến Đường, Dốc Mây, Tà Leng, Ka Rung, Chăm Pu, Bãi Dinh, Ông Tú, Hà Nông, Pa Choong, Cà Xen, Khe Khế, Nà Lâm, Ra Mai")
)

func (b *builder) branchNames(p *place, n int) []string {
	out := make([]string, n)
	switch {
	case p.Style == "phường" || p.Style == "thị trấn":
		for i := range out {
			out[i] = "Tổ dân phố " + itoa(i+1)
		}
	case p.minority > 0.5:
		for i, at := range b.Perm(len(villageHigh))[:n] {
			out[i] = "Bản " + villageHigh[at]
		}
	case b.chance(0.55):
		for i := range out {
			out[i] = "Thôn " + itoa(i+1)
		}
	default:
		for i, at := range b.Perm(len(villageLow))[:n] {
			out[i] = "Thôn " + villageLow[at]
		}
	}
	return out
}

func families(district string) []string {
	switch district {
	case "Minh Hóa":
		return familyWest
	case "Tuyên Hóa":
		return familyCentre
	case "Lệ Thủy", "Quảng Ninh":
		return familySouth
	}
	return familyNames
}

// name draws a woman's name fitting her people, her district and the year of her birth.
func (b *builder) name(p *place, ethnicity string, year int) string {
	switch {
	case ethnicity == chutPeople && b.chance(0.6):
		return "Cao Thị " + one(b, givenBru)
	case ethnicity != kinhPeople && b.chance(0.2):
		return "Y " + one(b, givenBru)
	case ethnicity != kinhPeople:
		return "Hồ Thị " + one(b, givenBru)
	}
	middle, given := middleNew, givenYoung
	if year <= 1968 {
		middle, given = middleOld, givenOld
	} else if year <= 1980 {
		middle, given = middleMid, givenMid
	}
	m, g := one(b, middle), one(b, given)
	for strings.HasSuffix(m, " "+g) {
		g = one(b, given)
	}
	return one(b, families(p.District)) + " " + m + " " + g
}
