package demo

import "datchuan/models"

// Venue is where the classes of a school meet; Unit is the code of the unit on whose ground it stands.
type Venue struct {
	School, Name, Unit, Address string
	Rooms                       []models.Room
	Beds                        int
}

// Venues are one place for each school, and the halls of the communes that hold classes themselves. Rooms and beds are invented.
func Venues() []Venue {
	out := []Venue{
		{"hoc-vien-phu-nu", "Nhà khách và hội trường Hội LHPN tỉnh", "450", "Thành phố Đồng Hới", []models.Room{{Name: "Hội trường tầng 2", Seats: 120}, {Name: "Phòng học 1", Seats: 60}}, 48},
		{"truong-chinh-tri", "Trường Chính trị tỉnh", "450", "Thành phố Đồng Hới", []models.Room{{Name: "Giảng đường A1", Seats: 90}, {Name: "Giảng đường A2", Seats: 60}}, 120},
		{"so-noi-vu", "Hội trường Trung tâm văn hóa tỉnh", "450", "Thành phố Đồng Hới", []models.Room{{Name: "Phòng họp lớn", Seats: 80}}, 0},
		{"day-nghe-hoi", "Trung tâm dạy nghề Hội LHPN tỉnh", "450", "Thành phố Đồng Hới", []models.Room{{Name: "Phòng học lý thuyết", Seats: 50}}, 24},
		{"hoi-lhpn-tinh", "Hội trường UBND xã Mỹ Thủy", "19303", "Xã Mỹ Thủy, huyện Lệ Thủy", []models.Room{{Name: "Hội trường", Seats: 150}}, 0},
		{"hoi-lhpn-tinh", "Hội trường UBND xã Sơn Trạch", "19165", "Xã Sơn Trạch, huyện Bố Trạch", []models.Room{{Name: "Hội trường", Seats: 150}}, 0},
	}
	for _, d := range []struct{ unit, place string }{{"450", "thành phố Đồng Hới"}, {"457", "huyện Lệ Thủy"}, {"456", "huyện Quảng Ninh"}, {"455", "huyện Bố Trạch"},
		{"454", "huyện Quảng Trạch"}, {"453", "huyện Tuyên Hóa"}, {"452", "huyện Minh Hóa"}} {
		out = append(out, Venue{centres[d.unit], "Trung tâm bồi dưỡng chính trị " + d.place, d.unit, "", []models.Room{{Name: "Hội trường", Seats: 100}}, 0})
	}
	return out
}

// Teachers are invented instructors, by school; what they teach are the topics of the courses.
func Teachers() map[string][]string {
	return map[string][]string{
		"hoc-vien-phu-nu":       phrases("Trần Thị Minh Châu, Nguyễn Hoài Anh, Lê Thị Thục Quyên"),
		"truong-chinh-tri":      phrases("Hoàng Văn Lượng, Phan Thị Bích Hậu, Võ Trọng Nghĩa, Đặng Thị Hải Yến"),
		"so-noi-vu":             phrases("Nguyễn Đình Khoa, Trương Thị Mỹ Hạnh"),
		"day-nghe-hoi":          phrases("Phạm Thị Thanh Nhàn, Đoàn Thị Xuân Hương"),
		"hoi-lhpn-tinh":         phrases("Ngô Thị Kim Liên, Mai Thị Tuyết"),
		"chinh-tri-dong-hoi":    phrases("Nguyễn Quang Vinh, Lưu Thị Hồng"),
		"chinh-tri-le-thuy":     phrases("Võ Minh Đức, Dương Thị Lệ Thủy"),
		"chinh-tri-quang-ninh":  phrases("Lê Quý Tùng, Nguyễn Thị Phương Loan"),
		"chinh-tri-bo-trach":    phrases("Phan Hữu Tài, Nguyễn Thị Ngọc Diệp"),
		"chinh-tri-quang-trach": phrases("Trần Xuân Bách, Hồ Thị Thu Trang"),
		"chinh-tri-tuyen-hoa":   phrases("Cao Ngọc Sơn, Đoàn Thị Hoa Lý"),
		"chinh-tri-minh-hoa":    phrases("Đinh Tiến Dũng, Cao Thị Thanh Bình"),
	}
}

// Topics are what is taught in the sessions of a course, in this order and again from the start.
func Topics(course string) []string {
	switch course {
	case "C01":
		return phrases("Lý luận và phương pháp công tác phụ nữ, Giới và phát triển, Kỹ năng vận động quần chúng, Pháp luật về phụ nữ và gia đình, Quản trị văn phòng, Tâm lý học phụ nữ")
	case "C03":
		return phrases("Những vấn đề cơ bản của chủ nghĩa Mác - Lênin và tư tưởng Hồ Chí Minh, Lịch sử Đảng, Quản lý hành chính nhà nước, Đường lối chính sách của Đảng, Công tác dân vận ở cơ sở, Kỹ năng lãnh đạo quản lý")
	case "C05", "C06":
		return phrases("Chính sách dân tộc và tôn giáo, Vận động hội viên vùng dân tộc và tôn giáo, Xây dựng hội viên nòng cốt, Thực hành sinh hoạt chi hội, Gia đình 5 không 3 sạch")
	case "C07":
		return phrases("Kỹ năng nói trước đông người, Kỹ năng tổ chức hoạt động nhóm, Thực hành theo nhóm")
	case "C09":
		return phrases("Nhiệm vụ của tổ trưởng và tổ phó, Sinh hoạt tổ phụ nữ và thu hội phí")
	}
	return phrases("Điều lệ Hội và tổ chức bộ máy, Kỹ năng điều hành sinh hoạt, Công tác hội viên và quỹ Hội, Tuyên truyền và vận động, Giám sát và phản biện xã hội, Ghi chép sổ sách")
}

// Budgets are the yearly sums of the sources of money, in đồng. The plan names none: these are invented.
func Budgets() map[string]int64 {
	return map[string]int64{"tw-hoi": 650_000_000, "tinh": 480_000_000, "so-noi-vu": 60_000_000, "huyen": 140_000_000, "quy-hoi": 30_000_000}
}
