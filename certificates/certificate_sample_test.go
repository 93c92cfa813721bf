package certificates

import (
	"fmt"

	"datchuan/models"
)

// sampleFacts are those of one certificate of a kind; n makes them different.
func sampleFacts(kind models.CertificateKind, n int) models.CertificateFacts {
	names := []string{"Nguyễn Thị Hồng Nhung", "Hoàng Thị Mỹ Duyên", "Trần Thị Ánh Tuyết", "Hồ Thị Pả", "Đặng Thị Thúy Phượng"}
	code := models.NewCode([16]byte{byte(n), byte(n >> 8), 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7})
	f := models.CertificateFacts{
		Kind: kind, Parent: "Hội Liên hiệp Phụ nữ tỉnh Quảng Bình", Issuer: "Ban Thường vụ",
		IssuerName: "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Quảng Bình", Honorific: "Bà", Name: names[n%len(names)],
		Birth: 19750820, BirthPlace: "huyện Lệ Thủy, tỉnh Quảng Bình", Post: "Chủ tịch Hội LHPN xã",
		Unit:   "Hội LHPN xã Ngân Thủy, huyện Lệ Thủy, tỉnh Quảng Bình",
		Course: "bồi dưỡng nghiệp vụ công tác Hội 10 ngày", From: models.NewDate(2013, 6, 3), To: models.NewDate(2013, 6, 14), Days: 10,
		Grade: "Khá", IssuePlace: "Đồng Hới", IssuedOn: models.NewDate(2013, 6, 14), Authority: "TM. Ban Thường vụ", SignerPost: "Chủ tịch",
		Signer: "Phạm Thị Hân", Number: fmt.Sprintf("%02d/GCN-BTV", n+1), Code: code, URL: "https://datchuan.hoiphunu.example.vn/v/" + code,
	}
	if kind == models.GiayChungNhan {
		return f
	}
	f.Parent, f.Issuer, f.IssuerName = "Tỉnh ủy Quảng Bình", "Trường Chính trị tỉnh Quảng Bình", ""
	f.Authority, f.SignerPost, f.Signer = "", "Hiệu trưởng", "Nguyễn Văn Lợi"
	f.Programme, f.Course, f.Days, f.Venue = "Bồi dưỡng nghiệp vụ công tác Hội Phụ nữ", "bồi dưỡng nghiệp vụ công tác Hội Liên hiệp Phụ nữ cấp xã", 90, "Trường Chính trị tỉnh Quảng Bình"
	f.Number, f.Serial, f.Register = "", fmt.Sprintf("QB %06d", n+1), fmt.Sprintf("%03d/2013", n+1)
	if kind == models.ThayThe {
		f.Replaces = &models.ReplacedPaper{Serial: "QB 000017", Register: "017/2012", IssuedOn: models.NewDate(2012, 5, 4), Reason: "bị mất"}
	}
	return f
}

func shipped(kind models.CertificateKind) models.CertificateTemplate {
	t, _ := models.ShippedTemplate(kind)
	return t
}
