package models

import "strings"

// OpeningDecision is the quyết định that opens a class, with the list of its learners.
type OpeningDecision struct {
	PaperHead
	Issuer   string     `json:"issuer"` // "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Quảng Bình"
	Class    ClassFacts `json:"class"`
	Year     int        `json:"year"`
	Grounds  []string   `json:"grounds"`  // each without "Căn cứ"
	Proposer string     `json:"proposer"` // "Ban Tổ chức"
	Duties   []string   `json:"duties"`   // further sentences of Điều 2
	Doers    string     `json:"doers"`    // who carry it out: "Ban Tổ chức, Văn phòng, Trường Chính trị"
	Learners []Learner  `json:"learners"`
}

// Paper words the decision.
func (d OpeningDecision) Paper() Paper {
	about := "Về việc mở lớp " + d.Class.full()
	if d.Year > 0 {
		about += " năm " + itoa(d.Year)
	}
	p := d.paper("QUYẾT ĐỊNH", about)
	p.Words = append(p.Words, Paragraph{Style: CentreText, Text: strings.ToUpper(d.Issuer)})
	for i, g := range d.Grounds {
		end := ";"
		if i == len(d.Grounds)-1 && d.Proposer == "" {
			end = ","
		}
		p.Words = append(p.Words, Paragraph{Style: GroundText, Text: "Căn cứ " + strings.TrimRight(strings.TrimPrefix(g, "Căn cứ "), ";,. ") + end})
	}
	if d.Proposer != "" {
		p.Words = append(p.Words, Paragraph{Style: GroundText, Text: "Theo đề nghị của " + d.Proposer + ","})
	}
	p.Words = append(p.Words, Paragraph{Style: CentreText, Text: "QUYẾT ĐỊNH:"},
		Paragraph{Lead: "Điều 1.", Text: "Mở lớp " + d.Class.full() + " gồm " + itoa(len(d.Learners)) + " học viên (có danh sách kèm theo)."},
		Paragraph{Text: join(" ", after("Thời gian: ", ended(d.Class.span())), after("Địa điểm: ", ended(d.Class.Venue)))})
	second := Paragraph{Lead: "Điều 2.", Text: after("Kinh phí: ", ended(d.Class.Funding))}
	if second.Text == "" {
		second.Text = "Kinh phí thực hiện theo quy định hiện hành."
	}
	p.Words = append(p.Words, second)
	for _, duty := range d.Duties {
		p.Words = append(p.Words, Paragraph{Text: duty})
	}
	p.Words = append(p.Words, Paragraph{Lead: "Điều 3.", Text: join(" và ", d.Doers, "các học viên có tên ở Điều 1") + " chịu trách nhiệm thi hành Quyết định này./."})
	if len(d.Learners) > 0 {
		class := d.Class
		class.Decision, class.DecidedOn = d.Number, d.Date
		list := LearnerList{Class: class, Learners: d.Learners}.Paper()
		p.Attached = &list
	}
	return p
}

// Summons is the giấy triệu tập: for one learner, or for those of a district with a list.
type Summons struct {
	PaperHead
	Issuer    string     `json:"issuer"` // "Ban Thường vụ Hội LHPN tỉnh"
	Class     ClassFacts `json:"class"`
	Opening   string     `json:"opening,omitempty"` // "7 giờ 30, ngày 03/06/2013"
	Bring     string     `json:"bring,omitempty"`
	Allowance string     `json:"allowance,omitempty"`
	Contact   string     `json:"contact,omitempty"` // who answers questions, with her phone
	District  string     `json:"district,omitempty"`
	Learners  []Learner  `json:"learners"` // one: to her; several: to a district, with a list
}

// Each is one summons per learner.
func (s Summons) Each() []Paper {
	out := make([]Paper, 0, len(s.Learners))
	for _, l := range s.Learners {
		one := s
		one.Learners, one.District = []Learner{l}, firstOf(l.District, s.District)
		out = append(out, one.Paper())
	}
	return out
}

// Paper words the summons.
func (s Summons) Paper() Paper {
	p := s.paper("GIẤY TRIỆU TẬP", "Tham gia lớp "+s.Class.full())
	say := func(lead, text string) {
		if text != "" {
			p.Words = append(p.Words, Paragraph{Lead: lead, Text: text})
		}
	}
	p.Words = append(p.Words, Paragraph{Style: CentreText, Text: s.Issuer + " triệu tập:"})
	if len(s.Learners) == 1 {
		l := s.Learners[0]
		say("Đồng chí:", l.Name)
		say("Chức vụ:", join(", đơn vị: ", l.Post, join(", ", l.Unit, l.District)))
	} else {
		say("", join(" ", "Các đồng chí", after("thuộc ", s.District), "có tên trong danh sách kèm theo (gồm "+itoa(len(s.Learners))+" người)."))
		list := LearnerList{Class: s.Class, Learners: s.Learners}.Paper()
		list.Subtitles = lines(s.Class.line())
		if s.Number != "" {
			list.Subtitles = append(list.Subtitles, "(Kèm theo Giấy triệu tập số "+s.Number+after(" ngày ", s.Date.VN())+")")
		}
		p.Attached = &list
	}
	say("Thời gian:", join(", ", s.Class.span(), after("khai giảng lúc ", s.Opening))+".")
	say("Địa điểm:", ended(s.Class.Venue))
	say("Mang theo:", ended(s.Bring))
	say("Chế độ:", ended(s.Allowance))
	say("Liên hệ:", ended(s.Contact))
	say("", join(" ", "Đề nghị", firstOf(after("Hội LHPN ", s.District), "đơn vị"), "thông báo, tạo điều kiện để học viên tham gia đầy đủ, đúng thành phần./."))
	return p
}

// ended is a sentence with its full stop, "" for none.
func ended(text string) string {
	if text == "" {
		return ""
	}
	return strings.TrimRight(text, ". ") + "."
}
