package core

import (
	"context"
	"errors"
	"slices"

	"datchuan/models"
)

// roll: the school takes the roll of the day's sessions.
func (p *played) roll(ctx context.Context) error {
	var learners []int64
	for _, s := range p.sessions {
		if s.Date != p.today() {
			continue
		}
		if learners == nil {
			seated := p.db.Model(&models.Enrolment{}).Where("class_id = ? AND seat = ?", p.class.ID, models.Seated)
			if err := seated.Order("id").Pluck("id", &learners).Error; err != nil {
				return err
			}
		}
		if err := p.TakeRoll(ctx, p.as(p.teacherOf(p)), p.class.ID, s.ID, p.marks(learners)); err != nil {
			return err
		}
	}
	return nil
}

// marks are who was not simply there; one learner in twenty is seldom there and fails for it.
func (p *played) marks(learners []int64) map[int64]models.Mark {
	out := map[int64]models.Mark{}
	for _, id := range learners {
		weak, known := p.weak[id]
		if !known {
			weak = p.Float64() < 0.04
			p.weak[id] = weak
		}
		switch x := p.Float64(); {
		case weak && x < 0.3, x < 0.012:
			out[id] = models.Excused
		case weak && x < 0.42, x < 0.018:
			out[id] = models.Unexcused
		case x < 0.035:
			out[id] = models.Late
		}
	}
	return out
}

// grade enters the first tries of the tests.
func (p *played) grade(ctx context.Context) error {
	rule := p.course.Rule(p.plan.Last)
	list, err := p.seated()
	if err != nil || len(rule.Tests) == 0 {
		return err
	}
	var in []ScoreInput
	for _, e := range list {
		level := p.NormFloat64()*7 + 73
		for _, test := range rule.Tests {
			in = append(in, ScoreInput{EnrolmentID: e.ID, Test: test.Code, Try: 1, Tenths: p.score(level)})
		}
	}
	_, err = p.SaveScores(ctx, p.as(p.teacherOf(p)), p.class.ID, in)
	return err
}

// score is what somebody of this level gets, in half points.
func (p *played) score(level float64) *int {
	tenths := min(max(int(level+p.NormFloat64()*9)/5*5, 20), 100)
	return &tenths
}

// gradeAgain enters second tries for those who failed a test.
func (p *played) gradeAgain(ctx context.Context) error {
	rule := p.course.Rule(p.plan.Last)
	scores, err := scoresOf(p.db, p.class.ID)
	if err != nil || rule.Retests == 0 {
		return err
	}
	var in []ScoreInput
	for id, list := range scores {
		for _, s := range list {
			if s.Tenths < rule.MinScore {
				in = append(in, ScoreInput{EnrolmentID: id, Test: s.Test, Try: 2})
			}
		}
	}
	slices.SortStableFunc(in, func(a, b ScoreInput) int { return int(a.EnrolmentID - b.EnrolmentID) })
	for i := range in {
		in[i].Tenths = p.score(56)
	}
	_, err = p.SaveScores(ctx, p.as(p.teacherOf(p)), p.class.ID, in)
	return err
}

// graduations: most of those who were at a school of their own on the first day bring their diploma when the time is over.
func (s *story) graduations(ctx context.Context, today models.Date) error {
	var studies []models.Study
	err := s.db.WithContext(ctx).Where("enrolment_id = 0 AND superseded_at = ? AND valid_to < ?", models.Never, today).Order("valid_to, id").Find(&studies).Error
	if err != nil {
		return err
	}
	for _, study := range studies {
		if s.Float64() < 0.15 {
			continue
		}
		s.schedule(officeDay(study.To.AddDays(15)), 14, func(ctx context.Context) error {
			_, err := s.SaveQualification(ctx, s.as(demoOfficer), models.Qualification{CadreID: study.CadreID, Kind: study.Kind, Level: study.Level, Field: fieldOf(study),
				School: study.School, Earned: study.To, From: study.To, To: models.Forever})
			return err
		})
	}
	return nil
}

// fieldOf is what a diploma is in, by the name of the course of study.
func fieldOf(s models.Study) string {
	if s.Kind == models.Political {
		return ""
	}
	return s.Course
}

// firstCertificate is the first valid certificate of a course, with its class.
func (s *story) firstCertificate(course string, year int) (models.Certificate, error) {
	var cert models.Certificate
	err := s.db.Joins("JOIN classes ON classes.id = certificates.class_id").Where("classes.course = ? AND certificates.year = ? AND certificates.state = ?", course, year, models.CertificateValid).
		Order("certificates.id").Limit(1).Offset(4).Find(&cert).Error
	if err == nil && cert.ID == 0 {
		err = errors.New("no certificate to work on")
	}
	return cert, err
}

// reissueOne: a paper was lost, another one takes its place.
func (s *story) reissueOne(ctx context.Context) error {
	cert, err := s.firstCertificate("C04", 2013)
	if err != nil {
		return err
	}
	_, err = s.ReissueCertificate(ctx, s.as(demoOfficer), cert.ID, cert.Version, models.CauseLost, "Bị mất trong đợt mưa lũ, có đơn đề nghị và xác nhận của Hội LHPN xã")
	return err
}

// askRevocation: a district finds that one of its papers went to the wrong person; the province confirms two days later.
func (s *story) askRevocation(ctx context.Context) error {
	cert, err := s.firstCertificate("C08", 2014)
	if err != nil {
		return err
	}
	_, err = s.AskRevocation(ctx, s.as(s.holderOf(s.land.Code(s.unitOf(cert)))), cert.ID, cert.Version, "Cấp nhầm: người có tên không dự lớp, đơn vị đã đối chiếu với danh sách")
	return err
}

func (s *story) unitOf(cert models.Certificate) int64 {
	var class models.Class
	s.db.Where("id = ?", cert.ClassID).Limit(1).Find(&class)
	return class.UnitID
}

func (s *story) confirmRevocation(ctx context.Context) error {
	var cert models.Certificate
	if err := s.db.Where("asked_by <> 0 AND state = ?", models.CertificateValid).Order("id").Limit(1).Find(&cert).Error; err != nil {
		return err
	}
	_, err := s.DecideRevocation(ctx, s.as(demoOfficer), cert.ID, cert.Version, true, "Đã kiểm tra, đồng ý thu hồi")
	return err
}
