package demo

import "datchuan/models"

// What the plan counts in section I.
const (
	chairDegrees   = 101 // chairs with intermediate professional education or higher
	chairStudying  = 25  // of the other 58
	chairPolitical = 115 // chairs with intermediate political theory
	viceDegrees    = 50
	vicePolitical  = 23

	// 1.016 of the 2.902 posts of executive members and branch heads are held by somebody trained for 10 days or more
	// at district level or above; who holds both posts counts twice.
	trainedBoth      = 105
	trainedExecutive = 470
	trainedHeads     = 1016 - 2*trainedBoth - trainedExecutive
)

// teach gives everybody her papers. Who has what the plan counts is decided by merit, so that towns do better than
// mountains; everything else is drawn.
func (b *builder) teach(s *staff) {
	b.teachChairs(s.chairs)
	b.teachVices(s.vices)
	for _, part := range []struct {
		people  []*person
		trained int
	}{{s.both, trainedBoth}, {s.executive, trainedExecutive}, {s.heads, trainedHeads}} {
		trained := best(part.people, part.trained, (*person).merit)
		for _, p := range part.people {
			b.teachMember(p, trained[p])
		}
	}
	for _, part := range [][]*person{s.deputies, s.groups} {
		for _, p := range part {
			b.teachOthers(p)
		}
	}
	for _, p := range s.special {
		b.profession(p, one(b, []int{models.NoLevel, models.Intermediate, models.College, models.University}))
		b.general(p, models.UpperSecond)
		b.political(p, models.NoLevel)
		b.train(p, one(b, []int{0, 0, 3, 5}), models.ByDistrict)
	}
	b.honour(s)
}

func (b *builder) teachChairs(people []*person) {
	degree := best(people, chairDegrees, (*person).merit)
	political := best(people, chairPolitical, func(p *person) float64 {
		if degree[p] {
			return 0.4*p.merit() + 0.3 + b.NormFloat64()
		}
		return 0.4*p.merit() + b.NormFloat64()
	})
	var without []*person
	for _, p := range people {
		if !degree[p] {
			without = append(without, p)
		}
	}
	studying := best(without, chairStudying, func(p *person) float64 { return p.merit() - float64(p.age)/12 })
	for _, p := range people {
		switch {
		case degree[p]:
			b.profession(p, b.degreeLevel(0.28))
			if p.age < 42 && b.chance(0.12) {
				b.study(p, models.Professional, models.University)
			}
		case studying[p]:
			b.profession(p, one(b, []int{models.NoLevel, models.NoLevel, models.Elementary}))
			b.study(p, models.Professional, one(b, []int{models.Intermediate, models.Intermediate, models.Intermediate, models.Intermediate, models.University}))
		default:
			b.profession(p, one(b, []int{models.NoLevel, models.Elementary}))
		}
		b.generalFor(p, 0.9)
		switch {
		case political[p] && b.chance(0.06):
			b.political(p, models.AdvancedPolitical)
		case political[p]:
			b.political(p, models.Intermediate)
		default:
			b.political(p, one(b, []int{models.Elementary, models.Elementary, models.NoLevel}))
			if b.chance(0.25) {
				b.study(p, models.Political, models.Intermediate)
			}
		}
		b.trainLeader(p, 0.8)
		b.extras(p)
	}
}

func (b *builder) teachVices(people []*person) {
	degree := best(people, viceDegrees, (*person).merit)
	political := best(people, vicePolitical, func(p *person) float64 { return p.merit() + b.NormFloat64()*0.8 })
	for _, p := range people {
		if degree[p] {
			b.profession(p, b.degreeLevel(0.2))
		} else {
			b.profession(p, one(b, []int{models.NoLevel, models.NoLevel, models.Elementary}))
			if p.age < 40 && b.chance(0.17) {
				b.study(p, models.Professional, models.Intermediate)
			}
		}
		b.generalFor(p, 0.78)
		if political[p] {
			b.political(p, models.Intermediate)
		} else {
			b.political(p, one(b, []int{models.Elementary, models.Elementary, models.NoLevel}))
			if b.chance(0.09) {
				b.study(p, models.Political, models.Intermediate)
			}
		}
		b.trainLeader(p, 0.55)
		b.extras(p)
	}
}

// trainLeader: most chairs and many vice-chairs went through a course of the Hội.
func (b *builder) trainLeader(p *person, share float64) {
	switch x := b.Float64() - 0.08*p.merit(); {
	case x < share*0.4:
		b.train(p, 90, models.ByCentre)
	case x < share:
		b.train(p, 10, models.ByProvince)
	case x < 0.93:
		b.train(p, b.between(2, 5), models.ByDistrict)
	default:
		b.train(p, 0, "")
	}
	if b.chance(0.5) {
		b.train(p, b.between(1, 3), models.ByProvince)
	}
}

// teachMember: an executive member or a branch head; days at district level or above stay under 10 unless trained.
func (b *builder) teachMember(p *person, trained bool) {
	level := models.NoLevel
	if x := b.Float64() - 0.06*p.merit(); x < 0.13 {
		level = b.degreeLevel(0.15)
	} else if x < 0.25 {
		level = models.Elementary
	}
	b.profession(p, level)
	b.generalFor(p, 0.55)
	b.political(p, one(b, []int{models.NoLevel, models.NoLevel, models.NoLevel, models.Elementary, models.Elementary}))
	switch x := b.Float64(); {
	case trained && x < 0.12:
		b.train(p, 90, models.ByCentre)
	case trained && x < 0.3:
		b.train(p, 5, models.ByDistrict)
		b.train(p, b.between(5, 7), models.ByProvince)
	case trained:
		b.train(p, b.between(10, 15), one(b, []models.Giver{models.ByProvince, models.ByDistrict, models.ByDistrict}))
	case x < 0.4:
		b.train(p, 0, "")
	case x < 0.75:
		b.train(p, b.between(2, 5), models.ByDistrict)
		if b.chance(0.2) {
			b.train(p, b.between(2, 4), models.ByDistrict)
		}
	default:
		b.train(p, b.between(1, 3), models.ByCommune)
	}
}

// teachOthers: deputies of branches, heads and deputies of groups; a few never handed in a paper.
func (b *builder) teachOthers(p *person) {
	b.profession(p, one(b, []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, models.Elementary, models.Intermediate}))
	if b.chance(0.97) {
		b.generalFor(p, 0.32)
	}
	b.political(p, models.NoLevel)
	switch x := b.Float64() - 0.05*p.merit(); {
	case x < 0.5:
		b.trainSince(p, 2010, b.between(1, 3), models.ByCommune)
	case x < 0.62:
		b.trainSince(p, 2009, b.between(2, 5), models.ByDistrict)
	case x < 0.96:
		b.train(p, 0, "")
	}
}

// degreeLevel draws among intermediate, college and university.
func (b *builder) degreeLevel(university float64) int {
	switch x := b.Float64(); {
	case x < university:
		return models.University
	case x < university+0.12:
		return models.College
	}
	return models.Intermediate
}
