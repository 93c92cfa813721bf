package models

import "testing"

// evalCase measures one atom on one day.
type evalCase struct {
	name string
	atom Atom
	r    Record
	on   Date
	want Status
}

func runAtoms(t *testing.T, cases []evalCase) {
	t.Helper()
	for _, c := range cases {
		got, why := atomRules[c.atom.Kind].eval(c.atom, &c.r, c.on)
		if got != c.want {
			t.Errorf("%s: %s (%s), want %s", c.name, got, why.Text(Vi), c.want)
		}
		for _, lang := range []Lang{Vi, En} {
			if Word(lang, why.Code) == why.Code {
				t.Errorf("%s: %s has no words in %s", c.name, why.Code, lang)
			}
		}
	}
}

func withStudy(r Record, s Study) Record { r.Studies = append(r.Studies, s); return r }

func TestLevelAtom(t *testing.T) {
	atom := Atom{Kind: AtomLevel, Line: Professional, MinLevel: Intermediate}
	day := on(2013, 3, 1)
	study := Study{Kind: Professional, Level: Intermediate, From: on(2012, 9, 1), To: on(2014, 9, 1)}
	strict, proven := atom, atom
	strict.NoStudying, proven.Verified = true, true
	verified := held(Professional, University)
	verified.Review = Verified
	expired := held(Professional, University)
	expired.To = day
	runAtoms(t, []evalCase{
		{"exactly the level", atom, chair(held(Professional, Intermediate)), day, Met},
		{"above the level", atom, chair(held(Professional, Doctor)), day, Met},
		{"the best of several", atom, chair(held(Professional, Elementary), held(Professional, College)), day, Met},
		{"below the level", atom, chair(held(Professional, Elementary)), day, Missing},
		{"declared none", atom, chair(held(Professional, NoLevel)), day, Missing},
		{"nothing on this line", atom, chair(held(Political, Intermediate)), day, Unknown},
		{"earned that day", atom, chair(earned(Professional, Intermediate, day)), day, Met},
		{"earned the day after", atom, chair(held(Professional, 0), earned(Professional, Intermediate, day.AddDays(1))), day, Missing},
		{"no longer valid", atom, chair(expired, held(Professional, 0)), day, Missing},
		{"studying", atom, withStudy(chair(held(Professional, 0)), study), day, Studying},
		{"studying, nothing else known", atom, withStudy(chair(), study), day, Studying},
		{"studying, on the last day", atom, withStudy(chair(held(Professional, 0)), study), on(2014, 8, 31), Studying},
		{"the study is over", atom, withStudy(chair(held(Professional, 0)), study), on(2014, 9, 1), Missing},
		{"studying for less", atom, withStudy(chair(held(Professional, 0)), Study{Kind: Professional, Level: Elementary, From: on(2012, 9, 1), To: on(2014, 9, 1)}), day, Missing},
		{"studying another line", atom, withStudy(chair(held(Professional, 0)), Study{Kind: Political, Level: Intermediate, From: on(2012, 9, 1), To: on(2014, 9, 1)}), day, Missing},
		{"studying is no excuse", strict, withStudy(chair(held(Professional, 0)), study), day, Missing},
		{"only declared, verified wanted", proven, chair(held(Professional, University)), day, Unknown},
		{"verified", proven, chair(verified), day, Met},
	})
}

func TestTrainingDaysAtom(t *testing.T) {
	day := on(2013, 3, 1)
	atom := Atom{Kind: AtomTrainingDays, MinDays: 10, Givers: []Giver{ByCentre, ByProvince, ByDistrict}}
	recent := Atom{Kind: AtomTrainingDays, MinDays: 10, WithinYears: 5}
	study := Study{Kind: HoiTraining, Level: Attended, Days: 7, Giver: ByProvince, From: on(2013, 2, 25), To: on(2013, 3, 4)}
	runAtoms(t, []evalCase{
		{"one course", atom, chair(trained(10, ByDistrict, on(2012, 1, 1))), day, Met},
		{"courses add up", atom, chair(trained(4, ByDistrict, on(2010, 1, 1)), trained(6, ByProvince, on(2012, 1, 1))), day, Met},
		{"too few days", atom, chair(trained(9, ByDistrict, on(2012, 1, 1))), day, Missing},
		{"the commune's course does not count", atom, chair(trained(30, ByCommune, on(2012, 1, 1))), day, Missing},
		{"nobody wrote down whose course", atom, chair(trained(10, "", on(2012, 1, 1))), day, Unknown},
		{"whose course does not matter", Atom{Kind: AtomTrainingDays, MinDays: 10}, chair(trained(10, "", on(2012, 1, 1))), day, Met},
		{"enough without the course of nobody knows whom", atom, chair(trained(10, ByDistrict, on(2012, 1, 1)), trained(10, "", on(2012, 1, 1))), day, Met},
		{"too few even with it", atom, chair(trained(4, ByDistrict, on(2012, 1, 1)), trained(5, "", on(2012, 1, 1))), day, Missing},
		{"declared none", atom, chair(held(HoiTraining, NoLevel)), day, Missing},
		{"nothing known", atom, chair(), day, Unknown},
		{"after the day", atom, chair(trained(10, ByDistrict, day.AddDays(1))), day, Unknown},
		{"the class under way is enough", atom, withStudy(chair(trained(3, ByDistrict, on(2012, 1, 1))), study), day, Studying},
		{"the class under way is not enough", atom, withStudy(chair(trained(2, ByDistrict, on(2012, 1, 1))), study), day, Missing},
		{"within five years", recent, chair(trained(10, ByOther, on(2008, 3, 2))), day, Met},
		{"nobody wrote down when", recent, chair(trained(10, ByOther, Beginning)), day, Unknown},
		{"when does not matter", atom, chair(trained(10, ByDistrict, Beginning)), day, Met},
		{"five years ago to the day", recent, chair(trained(10, ByOther, on(2008, 3, 1))), day, Missing},
	})
}

func TestTrainingOnceAtom(t *testing.T) {
	day := on(2013, 3, 1)
	atom := Atom{Kind: AtomTrainingOnce}
	runAtoms(t, []evalCase{
		{"in this term", atom, chair(trained(1, ByCommune, on(2011, 5, 1))), day, Met},
		{"before this term", atom, chair(trained(30, ByProvince, on(2011, 4, 30))), day, Missing},
		{"declared none", atom, chair(held(HoiTraining, NoLevel)), day, Missing},
		{"nothing known", atom, chair(), day, Unknown},
		{"in class now", atom, withStudy(chair(), Study{Kind: HoiTraining, From: day, To: day.AddDays(2)}), day, Studying},
		{"day not written down", atom, chair(trained(2, ByDistrict, Beginning)), day, Unknown},
		{"nobody knows when the term began", atom, func() Record {
			r := chair(trained(2, ByDistrict, on(2012, 1, 1)))
			r.Holding.From = Beginning
			return r
		}(), day, Unknown},
		{"another one in this term", atom, chair(trained(2, ByDistrict, Beginning), trained(1, ByDistrict, on(2012, 1, 1))), day, Met},
	})
}

func TestFirstElectionAgeAtom(t *testing.T) {
	atom := Atom{Kind: AtomFirstElectionAge, MaxAge: 50}
	born := func(b PartialDate) Record { r := chair(); r.Birth = b; return r }
	unknownStart := chair()
	unknownStart.Holding.From, unknownStart.SamePost = Beginning, nil
	again := born(19551001)
	again.SamePost = append(again.SamePost, Holding{From: on(2005, 1, 1), To: on(2010, 1, 1)})
	day := on(2013, 3, 1)
	runAtoms(t, []evalCase{
		{"fifty on the day before her birthday", atom, born(19600502), day, Met},
		{"fifty-one on the day", atom, born(19600501), day, Missing},
		{"only the year known", atom, born(19610000), day, Met},
		{"only the year known, over", atom, born(19600000), day, Missing},
		{"birth unknown", atom, born(0), day, Unknown},
		{"start unknown", atom, unknownStart, day, Unknown},
		{"elected earlier, young enough then", atom, again, day, Met},
	})
}

func TestServiceLeftAtom(t *testing.T) {
	atom := Atom{Kind: AtomServiceLeft, Months: 60}
	elected := func(birth PartialDate, from Date) Record {
		h := Holding{From: from, To: Forever}
		return Record{Birth: birth, Holding: h, SamePost: []Holding{h}}
	}
	runAtoms(t, []evalCase{
		{"fifty under the old law", atom, elected(19600501, on(2010, 5, 1)), on(2013, 1, 1), Met},
		{"a day older", atom, elected(19600430, on(2010, 5, 1)), on(2013, 1, 1), Missing},
		{"birth unknown", atom, elected(0, on(2010, 5, 1)), on(2013, 1, 1), Unknown},
	})
	for birth, want := range map[PartialDate]Date{19600615: on(2015, 6, 15), 19651231: on(2020, 12, 31), 19660115: on(2021, 5, 15), 19700301: on(2027, 7, 1), 19800101: on(2040, 1, 1)} {
		if got := PensionDate(birth); got != want {
			t.Errorf("pension of %s: %s, want %s", birth, got, want)
		}
	}
}

func TestPartyAtom(t *testing.T) {
	day := on(2013, 3, 1)
	member := func(p Tristate, since PartialDate) Record { r := chair(); r.Party, r.PartyDate = p, since; return r }
	runAtoms(t, []evalCase{
		{"member", Atom{Kind: AtomParty}, member(Yes, 0), day, Met},
		{"since that month", Atom{Kind: AtomParty}, member(Yes, 20130300), day, Met},
		{"later", Atom{Kind: AtomParty}, member(Yes, 20130302), day, Missing},
		{"not a member", Atom{Kind: AtomParty}, member(No, 0), day, Missing},
		{"not known", Atom{Kind: AtomParty}, member(NotKnown, 0), day, Unknown},
	})
}

// Every kind of atom has words for the editor in both languages.
func TestAtomKindsHaveWords(t *testing.T) {
	if len(AtomKinds()) != len(atomRules) {
		t.Errorf("%d kinds listed, %d known", len(AtomKinds()), len(atomRules))
	}
	for _, k := range AtomKinds() {
		if key := "atom." + string(k); Word(Vi, key) == key || Word(En, key) == key {
			t.Errorf("%s has no words", key)
		}
	}
}
