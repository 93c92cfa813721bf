package core

import (
	"context"

	"datchuan/models"
)

// positions are the posts the product starts with, in the order of papers.
var shippedPositions = []models.Position{
	{Code: "chu-tich-xa", Name: "Chủ tịch Hội LHPN xã, phường, thị trấn", Short: "Chủ tịch", UnitKind: models.Commune, Ordinal: 1},
	{Code: "pho-chu-tich-xa", Name: "Phó Chủ tịch Hội LHPN xã, phường, thị trấn", Short: "Phó Chủ tịch", UnitKind: models.Commune, Ordinal: 2},
	{Code: "uy-vien-bch-xa", Name: "Ủy viên Ban Chấp hành Hội LHPN xã, phường, thị trấn", Short: "Ủy viên BCH", UnitKind: models.Commune, Ordinal: 3},
	{Code: "chi-hoi-truong", Name: "Chi hội trưởng", Short: "Chi hội trưởng", UnitKind: models.Branch, Ordinal: 4},
	{Code: "chi-hoi-pho", Name: "Chi hội phó", Short: "Chi hội phó", UnitKind: models.Branch, Ordinal: 5},
	{Code: "to-truong", Name: "Tổ trưởng tổ phụ nữ", Short: "Tổ trưởng", UnitKind: models.Group, Ordinal: 6},
	{Code: "to-pho", Name: "Tổ phó tổ phụ nữ", Short: "Tổ phó", UnitKind: models.Group, Ordinal: 7},
	{Code: "truong-chi-hoi-loai-hinh", Name: "Chi hội trưởng chi hội theo loại hình", Short: "Trưởng chi hội loại hình", UnitKind: models.Special, Ordinal: 8},
}

const planBasis = "Kế hoạch thực hiện Đề án “Nâng cao chất lượng hoạt động tổ chức Hội cơ sở” 2013-2017 (theo Quyết định 81/QĐ-ĐCT ngày 06/02/2013), mục II.2.d"

// shippedTargets are the three goals of the plan about cadres (section II.2.d).
var shippedTargets = []models.Target{
	{Code: "T12", Name: "Chủ tịch Hội cấp xã đạt chuẩn chức danh", ThresholdBP: 9000, StudyingCounts: true, Ordinal: 1,
		Measures: []models.TargetMeasure{{Position: "chu-tich-xa", Standard: "ke-hoach-2013"}},
		Note:     "Kế hoạch tính cả người đang học: từ 126 lên 144 của 159, còn 18. Nếu chỉ tính bằng trong tay thì từ 101, còn 43."},
	{Code: "T13", Name: "Ủy viên BCH và chi hội trưởng được đào tạo kỹ năng, nghiệp vụ công tác Hội", ThresholdBP: 3000, Ordinal: 2,
		Measures: []models.TargetMeasure{
			{Position: "uy-vien-bch-xa", Standard: "uy-vien-bch-2013", Requirement: "training"},
			{Position: "chi-hoi-truong", Standard: "chi-hoi-truong-2013", Requirement: "training"}},
		Note: "Chỉ tiêu 30% thấp hơn mức đã có (35%: mục I nêu 65% chưa được đào tạo từ 10 ngày)."},
	{Code: "T14", Name: "Cán bộ từ tổ phó trở lên được tập huấn nghiệp vụ công tác Hội", ThresholdBP: 10000, Ordinal: 3,
		Measures: []models.TargetMeasure{
			{Position: "chu-tich-xa", Standard: "qd-04-2004", Requirement: "training"},
			{Position: "pho-chu-tich-xa", Standard: "pho-chu-tich-2013", Requirement: "training"},
			{Position: "uy-vien-bch-xa", Standard: "uy-vien-bch-2013", Requirement: "training"},
			{Position: "chi-hoi-truong", Standard: "chi-hoi-truong-2013", Requirement: "training"},
			{Position: "chi-hoi-pho", Standard: "chi-hoi-pho-2013", Requirement: "training"},
			{Position: "to-truong", Standard: "to-truong-2013", Requirement: "training"},
			{Position: "to-pho", Standard: "to-pho-2013", Requirement: "training"}},
		Note: "Kế hoạch không cho số chi hội phó và tổ phó, nên mẫu số 100% là số lượt giữ chức vụ đang có trong phần mềm."},
}

// SeedReference adds the positions, rule sets, targets, schools, sources of money and courses that the product comes with
// where they are missing. What the office changed stays as it is; running it again does nothing.
func (c *Core) SeedReference(ctx context.Context) error {
	system := models.Actor{AccountID: -1, Login: "operator", Role: models.ProvinceOfficer}
	return c.transact(ctx, system, func(tx *Tx) error {
		if err := tx.alone(); err != nil { // of two processes that start together, the second finds everything there
			return err
		}
		if err := tx.knowKey(); err != nil {
			return err
		}
		for _, p := range shippedPositions {
			if err := tx.seedPosition(p); err != nil {
				return err
			}
		}
		var restand []string
		for _, s := range models.ShippedStandards() {
			added, err := tx.seedStandard(s)
			if err != nil {
				return err
			}
			if added {
				restand = append(restand, s.Position)
			}
		}
		for _, t := range shippedTargets {
			if err := tx.seedTarget(t); err != nil {
				return err
			}
		}
		if err := tx.seedCatalogue(); err != nil {
			return err
		}
		if len(restand) == 0 {
			return nil
		}
		return tx.restandPositions(restand...)
	})
}

func (tx *Tx) seedPosition(p models.Position) error {
	var n int64
	if err := tx.Model(&models.Position{}).Where("code = ?", p.Code).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	p.Version = 1
	if err := tx.Create(&p).Error; err != nil {
		return err
	}
	return tx.audit("position.seed", "position", p.ID, change{After: p})
}

func (tx *Tx) seedStandard(s models.Standard) (bool, error) {
	var n int64
	if err := tx.Model(&models.Standard{}).Where("code = ?", s.Code).Count(&n).Error; err != nil || n > 0 {
		return false, err
	}
	s.CreatedAt, s.CreatedBy = tx.at, tx.actor.AccountID
	if err := s.Check(); err != nil {
		return false, err
	}
	if err := tx.Create(&s).Error; err != nil {
		return false, err
	}
	return true, tx.audit("standard.seed", "standard", s.ID, change{After: s})
}

func (tx *Tx) seedTarget(t models.Target) error {
	var n int64
	if err := tx.Model(&models.Target{}).Where("code = ?", t.Code).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	t.Start, t.Due, t.Basis, t.Version = models.NewDate(2013, 1, 1), models.NewDate(2017, 12, 31), planBasis, 1
	if err := tx.Create(&t).Error; err != nil {
		return err
	}
	return tx.audit("target.seed", "target", t.ID, change{After: t})
}
