package core

import (
	"context"
	"slices"

	"datchuan/core/demo"
	"datchuan/models"
)

// nominee is somebody from a gap list whom nothing keeps from a class; path is where she works.
type nominee struct {
	NominationInput
	path string
}

// gapList are the holders who lack what the class gives, drawn by chance.
func (p *played) gapList(gap demo.Gap, on models.Date) ([]nominee, error) {
	var s models.Standard
	if err := p.db.Where("code = ?", gap.Standard).Order("version DESC").Limit(1).Find(&s).Error; err != nil {
		return nil, err
	}
	_, at := s.Requirement(gap.Requirement)
	unit, _ := p.land.Standing(p.class.UnitID, on)
	var rows []struct {
		CadreID int64
		Path    string
	}
	err := under(p.db.Model(&models.Standing{}).Select("cadre_id, path").Where("standard_id = ? AND valid_from <= ? AND valid_to > ? AND SUBSTR(marks, ?, 1) = ?",
		s.ID, on, on, at+1, models.Missing), "path", unit.Path).Order("cadre_id, path").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var out []nominee
	for _, r := range rows {
		if p.plan.Area == "" || p.inArea(r.Path, on) {
			out = append(out, nominee{NominationInput{CadreID: r.CadreID}, r.Path})
		}
	}
	p.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

func (p *played) inArea(path string, on models.Date) bool {
	return slices.ContainsFunc(p.land.AreasOf(path), func(f models.UnitFlag) bool {
		return f.Flag == p.plan.Area && (models.Span{From: f.From, To: f.To}).Contains(on)
	})
}

// choose takes from the gap lists as many as the class asks for; a warning or two are overridden.
func (p *played) choose(ctx context.Context) ([]nominee, error) {
	var out []nominee
	warned := 0
	for _, gap := range p.plan.Gaps {
		list, err := p.gapList(gap, p.plan.From)
		if err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(n nominee) bool {
			return slices.ContainsFunc(out, func(o nominee) bool { return o.CadreID == n.CadreID })
		})
		wanted := min(p.plan.Sent-len(out), gap.Most)
		list = list[:min(len(list), wanted+15)] // some have another class then
		ids := make([]int64, len(list))
		for i, n := range list {
			ids[i] = n.CadreID
		}
		if len(ids) == 0 {
			continue
		}
		checks, err := p.CheckNominations(ctx, p.as(p.holder), p.class.ID, ids)
		if err != nil {
			return nil, err
		}
		most := len(out) + wanted
		for i, check := range checks {
			if len(out) >= most {
				break
			}
			if check.Blocked || len(check.Obstacles) > 0 && warned == 2 {
				continue
			}
			if len(check.Obstacles) > 0 {
				warned++
				list[i].Override = "Đã thống nhất với cấp ủy cơ sở, xã bố trí người làm thay"
			}
			out = append(out, list[i])
		}
	}
	return out, nil
}

// senders parts the nominees by the district that nominates them.
func (p *played) senders(list []nominee) map[string][]NominationInput {
	out := map[string][]NominationInput{}
	p.sent = map[int64]string{}
	for login, a := range p.accounts {
		span, ok := p.land.Standing(a.UnitID, p.today())
		if !ok || a.Role != models.DistrictOfficer || login == p.plan.Silent {
			continue
		}
		for _, n := range list {
			if models.UnderPath(n.path, span.Path) {
				out[login] = append(out[login], n.NominationInput)
				p.sent[n.CadreID] = login
			}
		}
	}
	return out
}

// nominate: each district sends its people.
func (p *played) nominate(ctx context.Context) error {
	list, err := p.choose(ctx)
	if err != nil {
		return err
	}
	by := p.senders(list)
	logins := make([]string, 0, len(by))
	for login := range by {
		logins = append(logins, login)
	}
	slices.Sort(logins)
	for _, login := range logins {
		if _, err := p.Nominate(ctx, p.as(login), p.class.ID, by[login]); err != nil {
			return err
		}
	}
	return nil
}

// enrol: a district seats its own people.
func (p *played) enrol(ctx context.Context) error {
	list, err := p.choose(ctx)
	if err != nil {
		return err
	}
	in := make([]NominationInput, len(list))
	for i, n := range list {
		in[i] = n.NominationInput
	}
	_, err = p.Enrol(ctx, p.as(p.holder), p.class.ID, in)
	return err
}

// decide: one request was taken back, one is refused, one sent back to be mended, the others get seats or wait.
func (p *played) decide(ctx context.Context) error {
	requests, err := p.requests(models.Submitted)
	if err != nil {
		return err
	}
	if n := len(requests); n > 32 {
		last := requests[n-1]
		if err := p.Withdraw(ctx, p.as(p.sent[last.CadreID]), last.ID); err != nil {
			return err
		}
		requests = requests[:n-1]
	}
	in := make([]DecideInput, len(requests))
	for i, n := range requests {
		in[i] = DecideInput{NominationID: n.ID, Version: n.Version, Verdict: models.Approve}
		switch {
		case i == 3 && len(requests) > 25:
			in[i].Verdict, in[i].Reason = models.Refuse, "Ưu tiên người chưa qua lớp nào, đề nghị cử vào khóa sau"
		case i == 5 && len(requests) > 25:
			in[i].Verdict, in[i].Reason = models.SendBack, "Đề nghị bổ sung ý kiến của cấp ủy xã"
		}
	}
	_, err = p.Decide(ctx, p.as(p.holder), p.class.ID, in)
	return err
}

// answer: what was sent back comes again, and is approved.
func (p *played) answer(ctx context.Context) error {
	returned, err := p.requests(models.Returned)
	if err != nil {
		return err
	}
	for _, n := range returned {
		again := []NominationInput{{CadreID: n.CadreID, Override: "Đã có ý kiến đồng ý của cấp ủy xã", Note: "Gửi kèm ý kiến của cấp ủy"}}
		sent, err := p.Nominate(ctx, p.as(p.sent[n.CadreID]), p.class.ID, again)
		if err != nil {
			return err
		}
		if _, err := p.Decide(ctx, p.as(p.holder), p.class.ID, []DecideInput{{NominationID: sent[0].ID, Version: sent[0].Version, Verdict: models.Approve}}); err != nil {
			return err
		}
	}
	return nil
}

func (p *played) requests(state models.NominationState) ([]models.Nomination, error) {
	var out []models.Nomination
	err := p.db.Where("class_id = ? AND state = ?", p.class.ID, state).Order("id").Find(&out).Error
	return out, err
}
