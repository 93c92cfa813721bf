package certificates

import (
	"fmt"

	"datchuan/models"
)

func sampleHead(number string) models.PaperHead {
	return models.PaperHead{Number: number, Date: models.NewDate(2013, 5, 20), Letterhead: models.Letterhead{
		ParentLine: "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH", IssuerLine: "BAN THƯỜNG VỤ", Place: "Đồng Hới", Authority: "TM. BAN THƯỜNG VỤ",
		Post: "CHỦ TỊCH", Signer: "Phạm Thị Hân", Recipients: []string{"Như Điều 3", "Trường Chính trị tỉnh", "Lưu: VT, BTC"}}}
}

func sampleSchoolHead() models.PaperHead {
	return models.PaperHead{Date: models.NewDate(2013, 6, 14), Letterhead: models.Letterhead{ParentLine: "TỈNH ỦY QUẢNG BÌNH",
		IssuerLine: "TRƯỜNG CHÍNH TRỊ", Place: "Đồng Hới", Post: "HIỆU TRƯỞNG", Signer: "Nguyễn Văn Lợi"}}
}

func sampleClass() models.ClassFacts {
	return models.ClassFacts{Name: "bồi dưỡng nghiệp vụ công tác Hội 10 ngày", Term: "II", Course: "Nghiệp vụ công tác Hội",
		School: "Trường Chính trị tỉnh", Venue: "Trường Chính trị tỉnh Quảng Bình, phường Bắc Lý, thành phố Đồng Hới",
		From: models.NewDate(2013, 6, 3), To: models.NewDate(2013, 6, 14), Days: 10, Periods: 80, Decision: "45/QĐ-BTV",
		DecidedOn: models.NewDate(2013, 5, 20), Funding: "Đề án 664 và ngân sách tỉnh năm 2013"}
}

func sampleLearners(n int) []models.Learner {
	names := []string{"Nguyễn Thị Hồng Nhung", "Hoàng Thị Mỹ Duyên", "Lê Thị Quỳnh", "Trần Thị Ánh Tuyết", "Phạm Thị Ngọc Bích", "Hồ Thị Pả"}
	districts := []string{"thành phố Đồng Hới", "huyện Lệ Thủy", "huyện Quảng Ninh", "huyện Minh Hóa"}
	units := []string{"Ngân Thủy", "thị trấn Nông trường Lệ Ninh", "Sen Thủy"}
	out := make([]models.Learner, n)
	for i := range out {
		out[i] = models.Learner{Name: names[i%len(names)], Birth: models.PartialDate(19680000 + 10000*(i%15) + 305*(i%2)), Ethnicity: []string{"Kinh", "Bru-Vân Kiều"}[i%5/4],
			Post: "Chủ tịch Hội LHPN xã", Unit: units[i%3], District: districts[i*len(districts)/n], Profession: "Trung cấp Kế toán",
			Political: "Sơ cấp", Phone: fmt.Sprintf("0912 %03d %03d", i, 7*i)}
	}
	return out
}

func sampleRoll(n int, blank, sign bool) models.RollSheet {
	r := models.RollSheet{PaperHead: sampleSchoolHead(), Class: sampleClass(), Week: 1, Blank: blank, ToSign: sign}
	for day := range 5 {
		for _, part := range []models.HalfDay{models.Morning, models.Afternoon} {
			r.Sessions = append(r.Sessions, models.RollSession{Date: models.NewDate(2013, 6, 3+day), Part: part})
		}
	}
	for i, l := range sampleLearners(n) {
		line := models.RollLine{Name: l.Name, Unit: l.Unit}
		for s := range r.Sessions {
			line.Marks = append(line.Marks, []models.Mark{models.Present, models.Present, models.Late, models.Excused, models.Unexcused}[(i*s)%17%5])
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

func sampleScores(n int) models.ScoreSheet {
	s := models.ScoreSheet{PaperHead: sampleSchoolHead(), Class: sampleClass(), Tests: []string{"Phần 1", "Phần 2", "Thu hoạch", "Thi cuối khóa"}}
	for i, l := range sampleLearners(n) {
		line := models.ScoreLine{Name: l.Name, Birth: l.Birth, Unit: l.Unit + ", " + l.District, Periods: 80 - i%4*4, Of: 80,
			Scores: []int{70 + i%3*10, 65, 80, 75 + i%2*10}, Average: 725 + i%4*60, Grade: "Khá", Outcome: models.Passed}
		if i%9 == 4 {
			line.Scores[3], line.Average, line.Grade, line.Outcome, line.Note = models.NotTaken, -1, "", models.Failed, "bỏ thi cuối khóa"
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

func sampleRegister(n int) models.Register {
	r := models.Register{PaperHead: sampleSchoolHead(), Volume: "01", From: models.NewDate(2013, 1, 1), To: models.NewDate(2013, 12, 31)}
	for class := range 2 {
		c := models.RegisterClass{Class: sampleClass()}
		for i, l := range sampleLearners(n) {
			line := models.RegisterLine{Register: fmt.Sprintf("%03d/2013", class*n+i+1), Name: l.Name, Birth: l.Birth, BirthPlace: "Quảng Bình",
				Ethnicity: l.Ethnicity, Unit: l.Post + " " + l.Unit, Course: "BD nghiệp vụ công tác Hội, 10 ngày", Grade: "Khá",
				Serial: fmt.Sprintf("QB %06d", class*n+i+1), IssuedOn: models.NewDate(2013, 6, 14)}
			if i == 3 {
				line.Note = "thu hồi ngày 01/07/2013, xem số 040/2013"
			}
			c.Lines = append(c.Lines, line)
		}
		r.Classes = append(r.Classes, c)
	}
	return r
}

// samplesOf are papers of each document of the registry.
func samplesOf(code string) []models.Paper {
	switch code {
	case "gap-list":
		return []models.Paper{samplePaper(33)}
	case "opening-decision":
		return []models.Paper{models.OpeningDecision{PaperHead: sampleHead("45/QĐ-BTV"), Issuer: "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Quảng Bình",
			Class: sampleClass(), Year: 2013, Proposer: "Ban Tổ chức", Doers: "Ban Tổ chức, Văn phòng, Trường Chính trị tỉnh", Learners: sampleLearners(23),
			Grounds: []string{"Điều lệ Hội Liên hiệp Phụ nữ Việt Nam", "Quyết định số 81/QĐ-ĐCT ngày 06/02/2013 của Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam về tiêu chuẩn chức danh cán bộ Hội",
				"Kế hoạch số 162/KH-BTV ngày 01/3/2013 của Ban Thường vụ Hội LHPN tỉnh"},
			Duties: []string{"Trường Chính trị tỉnh có trách nhiệm bố trí giảng viên, quản lý học viên và báo cáo kết quả khi kết thúc lớp học."}}.Paper()}
	case "summons":
		s := models.Summons{PaperHead: sampleHead("12/GTT-BTV"), Issuer: "Ban Thường vụ Hội LHPN tỉnh", Class: sampleClass(), Opening: "7 giờ 30, ngày 03/06/2013",
			Bring: "giấy triệu tập, 2 ảnh 3x4, chứng minh nhân dân", Allowance: "tiền ăn, tài liệu, đi lại theo quy định hiện hành", Contact: "Ban Tổ chức, điện thoại 0523 822 123"}
		s.Learners = sampleLearners(2)
		papers := s.Each()
		s.Learners, s.District = sampleLearners(6), "huyện Lệ Thủy"
		return append(papers, s.Paper())
	case "learner-list":
		return []models.Paper{models.LearnerList{PaperHead: sampleHead(""), Class: sampleClass(), Learners: sampleLearners(40)}.Paper()}
	case "roll":
		return []models.Paper{sampleRoll(24, false, false).Paper(), sampleRoll(5, true, false).Paper(), sampleRoll(4, false, true).Paper()}
	case "scores":
		return []models.Paper{sampleScores(22).Paper()}
	case "register":
		return sampleRegister(14).Papers()
	}
	return nil
}
