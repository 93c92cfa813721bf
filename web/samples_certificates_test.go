package web

import "datchuan/models"

func sampleCertificates(page func(string) Page, out map[string]Viewer) {
	facts := []Saying{{"Họ và tên", "Name", "Nguyễn Thị Ánh"}, {"Số", "Number", "12/GCN-BTV"}}
	for tone, facts := range map[string][]Saying{"ok": facts, "warn": facts, "bad": nil, "": nil} {
		v := &CheckPage{Page: page("/c"), Code: "x", Facts: facts}
		if tone != "" {
			v.Verdict = Verdict{tone, both("check.valid"), both("check.valid_text")}
		}
		out["check "+tone] = v
	}
	key := Field{Name: "key", Label: "Tệp khóa", Type: "file"}
	out["signing"] = &SigningPage{Page: page("/settings/signing"), Facts: []Fact{{"Của", "Hội LHPN tỉnh"}}, Key: key}
	out["signing none"] = &SigningPage{Page: page("/settings/signing"), Key: key}
	design := &TemplatePage{Page: page("/templates/x"), Code: "x", ETag: "1", Back: "/templates", Sections: []Section{{Fields: []Field{text("name", "Tên mẫu", "Mẫu")}}}, Names: []string{"name"}, Versions: []Tab{{"phiên bản 1", "?version=1", true, ""}}}
	design.Boxes = []Section{design.box(1, models.CertificateElement{Kind: models.TextElement, Text: "{name}"})}
	out["template"] = design
	p := page("/certificates")
	row := CertificateRow{"/certificates/1", "12/GCN-BTV", "Nguyễn Thị Ánh", "Hội LHPN xã Mỹ Thủy", "Lớp 1", "20/02/2013", "Giấy chứng nhận", "A 01", p.CertificateState("valid"), true}
	tabs := []Tab{{"Sổ cấp", "/certificates", true, ""}, {"Phôi", "/blanks", false, ""}}
	out["certificates"] = &CertificatesPage{Page: p, Tabs: tabs, Filter: []Field{text("year", "Năm", "2013")}, Rows: []CertificateRow{row}, PDF: "/api/v1/x", XLSX: "/api/v1/y", Pager: p.Pager(1, 1, 1, "", "")}
	out["certificates none"] = &CertificatesPage{Page: p, Tabs: tabs, Empty: &Empty{Title: "Chưa có giấy nào"}}
	out["certificate"] = &CertificatePage{Page: p, Name: "Nguyễn Thị Ánh", Lead: "Giấy chứng nhận 12/GCN-BTV", Waits: "thi hộ", State: p.CertificateState("valid"), Facts: []Fact{{"Số", "12"}}, Events: []Event{{"20/02/2013", "Cấp", "", "", "change"}},
		Files: []Tab{{Label: "PDF", Href: "/api/v1/certificates/1/pdf"}}, Reissue: "/certificates/1/reissue", Ask: "/certificates/1/revoke", Decide: "/certificates/1/decide", Blank: "/api/v1/certificates/1/pdf"}
	class := &ClassPage{Page: page("/classes/1"), ID: 1, Name: "Lớp 1", Tab: "certificates", Certificates: &CertificatesView{[]CertificateRow{row}, "/p", "/z", "/g"}}
	out["class certificates"] = class
	none, papers := *class, *class
	none.Certificates = &CertificatesView{}
	papers.Certificates, papers.Papers = nil, []PaperLine{{"Giấy triệu tập", []Tab{{Label: "PDF", Href: "/x"}}, options("huyện Lệ Thủy"), "/y"}}
	out["class certificates none"], out["class papers"] = &none, &papers
}
