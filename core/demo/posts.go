package demo

import (
	"datchuan/models"
)

// The staff of the plan, section I. The plan does not say whether chairs and vice-chairs are among the 1.579 members of
// the executive committees; here they are not.
const (
	executives = 1579
	bothPosts  = 200 // executive members who also head a branch
	term       = "2011-2016"
	nextTerm   = "2016-2021"
)

// staff are the people by their post.
type staff struct {
	chairs, vices []*person
	executive     []*person // executive members without a branch
	both          []*person // executive members who head a branch
	heads         []*person // heads of a branch only
	deputies      []*person
	groups        []*person // heads and deputies of groups
	special       []*person
}

func (s *staff) everyone() []*person {
	var out []*person
	for _, part := range [][]*person{s.chairs, s.vices, s.executive, s.both, s.heads, s.deputies, s.groups, s.special} {
		out = append(out, part...)
	}
	return out
}

func (b *builder) appoint() *staff {
	s := &staff{}
	seats := shareOut(executives, b.sizes(), 7, 15)
	both := shareOut(bothPosts, b.sizes(), 0, 3)
	for i := range b.places {
		p := &b.places[i]
		b.leaders(s, p)
		double := b.Perm(len(p.branches))[:both[i]]
		for range seats[i] - both[i] {
			s.executive = append(s.executive, b.executive(p))
		}
		for k := range p.branches {
			isBoth := false
			for _, d := range double {
				isBoth = isBoth || d == k
			}
			b.branchStaff(s, p, &p.branches[k], isBoth)
		}
	}
	b.specialHeads(s)
	b.succession(s)
	return s
}

func (p *person) hold(position, unit string, from, to models.Date, term, decision string) {
	p.Holdings = append(p.Holdings, Holding{models.Holding{Position: position, From: from, To: to, Term: term, Decision: decision}, unit})
}

// leaders are the chair and the vice-chair: elected in 2011, many of them before already, some chairs after a term as
// vice-chair.
func (b *builder) leaders(s *staff, p *place) {
	chair, vice := b.person(p, chairs), b.person(p, vices)
	before := p.congress.AddYears(-5).AddDays(b.between(-40, 40))
	decision := "Quyết định số " + itoa(b.between(3, 60)) + "/QĐ-HPN, ngày " + p.congress.AddDays(9).VN()
	from := p.congress
	switch x := b.Float64(); {
	case x < 0.4 && chair.age > 34:
		chair.hold("chu-tich-xa", p.code, before, p.congress, "2006-2011", "")
	case x < 0.68 && chair.age > 32:
		chair.hold("pho-chu-tich-xa", p.code, before, p.congress, "2006-2011", "")
	case x > 0.92: // took over within the term
		from = b.day(2012, 2012)
		decision = "Quyết định số " + itoa(b.between(3, 60)) + "/QĐ-HPN, ngày " + from.AddDays(-4).VN()
	}
	chair.hold("chu-tich-xa", p.code, from, models.Forever, term, decision)
	if vice.age > 33 && b.chance(0.3) {
		vice.hold("pho-chu-tich-xa", p.code, before, p.congress, "2006-2011", "")
	} else if vice.age > 30 && b.chance(0.35) {
		vice.hold("uy-vien-bch-xa", p.code, before, p.congress, "2006-2011", "")
	}
	vice.hold("pho-chu-tich-xa", p.code, p.congress, models.Forever, term, "")
	for _, l := range []*person{chair, vice} {
		for _, h := range l.Holdings {
			if y := h.From.Year(); l.Joined.Year() > y {
				l.Joined = models.PartialDate(y * 10000)
			}
		}
	}
	s.chairs, s.vices = append(s.chairs, chair), append(s.vices, vice)
}

func (b *builder) executive(p *place) *person {
	c := b.person(p, executive)
	c.hold("uy-vien-bch-xa", p.code, p.congress, models.Forever, term, "")
	return c
}

// since is when somebody of a branch or a group took her post: at the meetings before the commune's congress, or nobody
// wrote it down.
func (b *builder) since(p *place, unknown float64) (models.Date, string) {
	switch x := b.Float64(); {
	case x < unknown:
		return models.Beginning, ""
	case x < unknown+0.15:
		return b.day(2007, 2010), ""
	case x < unknown+0.2:
		return b.day(2012, 2012), ""
	}
	return p.congress.AddDays(-b.between(20, 70)), term
}

func (b *builder) branchStaff(s *staff, p *place, br *branch, both bool) {
	from, t := b.since(p, 0.06)
	if both {
		c := b.executive(p)
		c.hold("chi-hoi-truong", br.code, from, models.Forever, t, "")
		s.both = append(s.both, c)
	} else {
		c := b.person(p, heads)
		c.hold("chi-hoi-truong", br.code, from, models.Forever, t, "")
		s.heads = append(s.heads, c)
	}
	deputy := b.person(p, deputies)
	from, t = b.since(p, 0.15)
	deputy.hold("chi-hoi-pho", br.code, from, models.Forever, t, "")
	s.deputies = append(s.deputies, deputy)
	for _, code := range br.groups {
		for _, position := range []string{"to-truong", "to-pho"} {
			c := b.person(p, groupLead)
			from, t = b.since(p, 0.25)
			c.hold(position, code, from, models.Forever, t, "")
			s.groups = append(s.groups, c)
		}
	}
}

// specialHeads are kept by the district: each lives in a commune of it.
func (b *builder) specialHeads(s *staff) {
	for _, u := range b.w.Units {
		if u.Kind != models.Special {
			continue
		}
		var near []*place
		for i := range b.places {
			if b.places[i].district == u.Parent {
				near = append(near, &b.places[i])
			}
		}
		c := b.person(one(b, near), special)
		c.Unit = u.Parent
		c.hold("truong-chi-hoi-loai-hinh", u.Code, b.day(2009, 2012), models.Forever, "", "")
		s.special = append(s.special, c)
	}
}

// succession is quy hoạch: for the running term as it was drawn up before the congress of 2011, and for 2016-2021 as
// the communes began to draw it up in 2012. Somebody from the commune follows each chair and vice-chair.
func (b *builder) succession(s *staff) {
	pool := map[*place][]*person{}
	for _, p := range append(append([]*person{}, s.executive...), s.both...) {
		pool[p.place] = append(pool[p.place], p)
	}
	for i, chair := range s.chairs {
		vice, p := s.vices[i], chair.place
		if b.chance(0.8) {
			chair.plan("chu-tich-xa", p.code, term, models.NewDate(2010, b.between(1, 12), 15), models.NewDate(2016, 7, 1))
		}
		if b.chance(0.7) {
			vice.plan("pho-chu-tich-xa", p.code, term, models.NewDate(2010, b.between(1, 12), 15), models.NewDate(2016, 7, 1))
		}
		if p.merit < -1.2 && b.chance(0.4) {
			continue // "việc tạo nguồn còn nhiều khó khăn"
		}
		from, to := models.NewDate(2012, b.between(3, 12), b.between(1, 28)), models.NewDate(2021, 7, 1)
		if chair.age <= 45 && b.chance(0.7) {
			chair.plan("chu-tich-xa", p.code, nextTerm, from, to)
		}
		if vice.age <= 43 {
			vice.plan("chu-tich-xa", p.code, nextTerm, from, to)
		}
		planned := 0
		for _, c := range pool[p] {
			if c.age > 42 || planned == 2 {
				continue
			}
			planned++
			position := "pho-chu-tich-xa"
			if planned == 2 {
				position = "chu-tich-xa"
			}
			c.plan(position, p.code, nextTerm, from, to)
		}
	}
}

func (p *person) plan(position, unit, term string, from, to models.Date) {
	p.Successions = append(p.Successions, Succession{models.Succession{Position: position, Term: term, From: from, To: to}, unit})
}
