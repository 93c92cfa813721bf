package models

// AtomFirstElectionAge asks that she was not older than MaxAge when first elected to the post (QĐ 04/2004/QĐ-BNV: 50).
const AtomFirstElectionAge AtomKind = "first_election_age"

// AtomServiceLeft asks that at first election at least Months remained until the pension age of women of that time
// (NĐ 33/2023 Điều 8: one full term of 60 months; pension ages by NĐ 135/2020).
const AtomServiceLeft AtomKind = "service_left"

var firstElectionAgeRule = atomRule{
	check: func(a Atom) string {
		if a.MaxAge < 18 || a.MaxAge > 80 {
			return "standard.age_bad"
		}
		return ""
	},
	eval: func(a Atom, r *Record, _ Date) (Status, Reason) {
		first, ok := firstElection(r)
		if !ok || r.Birth == 0 {
			return Unknown, Reason{"reason.age_unknown", map[string]string{"max": itoa(a.MaxAge)}}
		}
		age := r.Birth.AgeOn(first)
		params := map[string]string{"age": itoa(age), "max": itoa(a.MaxAge), "date": first.VN()}
		if age <= a.MaxAge {
			return Met, Reason{"reason.age_met", params}
		}
		return Missing, Reason{"reason.age_over", params}
	},
	dates: func(Atom, *Record) []Date { return nil },
}

var serviceLeftRule = atomRule{
	check: func(a Atom) string {
		if a.Months < 1 || a.Months > 600 {
			return "standard.months_bad"
		}
		return ""
	},
	eval: func(a Atom, r *Record, _ Date) (Status, Reason) {
		first, ok := firstElection(r)
		if !ok || r.Birth == 0 {
			return Unknown, Reason{"reason.service_unknown", map[string]string{"months": itoa(a.Months)}}
		}
		left := monthsBetween(first, PensionDate(r.Birth))
		params := map[string]string{"months": itoa(a.Months), "left": itoa(left), "date": first.VN()}
		if left >= a.Months {
			return Met, Reason{"reason.service_met", params}
		}
		return Missing, Reason{"reason.service_short", params}
	},
	dates: func(Atom, *Record) []Date { return nil },
}

// firstElection is the start of the earliest holding of the post, when somebody wrote it down.
func firstElection(r *Record) (Date, bool) {
	first := r.Holding.From
	for _, h := range r.SamePost {
		if h.From < first {
			first = h.From
		}
	}
	return first, first > Beginning
}

// PensionDate is when a woman born on the date reaches the pension age: 55 years until 2020, from 2021 four months
// more each year up to 60 in 2035 (NĐ 135/2020/NĐ-CP).
func PensionDate(birth PartialDate) Date {
	b := birth.Earliest()
	for months := 55 * 12; months <= 60*12; months += 4 {
		d := b.AddMonths(months)
		year := d.Year()
		due := 55 * 12
		if year >= 2021 {
			due = min(55*12+4*(year-2020), 60*12)
		}
		if months >= due {
			return d
		}
	}
	return b.AddYears(60)
}

func monthsBetween(from, to Date) int {
	n := (to.Year()-from.Year())*12 + to.Month() - from.Month()
	if to.Day() < from.Day() {
		n--
	}
	return n
}
