package demo

import "datchuan/models"

// Codes of ethnic-groups.csv and religions.csv.
const (
	kinhPeople = "01"
	bruPeople  = "23"
	chutPeople = "44"

	noReligion = "00"
	buddhist   = "01"
	catholic   = "02"
)

// person is a cadre while she is being made.
type person struct {
	Cadre
	place *place
	age   int
	drive float64 // her own part in how well she is trained, beside the place's
}

// merit is what decides who gets trained.
func (p *person) merit() float64 { return 0.75*p.place.merit + p.drive }

// kind of staff: what its people are like.
type kind struct {
	ageFrom, ageTo int
	party          float64 // share of Party members
	phone          float64 // share with a known phone
	identity       float64 // share with a known number
	local          float64 // how far the commune's peoples and faiths show among them
}

var (
	chairs    = kind{30, 54, 0.96, 1, 0.99, 0.8}
	vices     = kind{26, 48, 0.72, 0.97, 0.97, 0.9}
	executive = kind{24, 54, 0.38, 0.85, 0.93, 1}
	heads     = kind{26, 57, 0.3, 0.8, 0.92, 1}
	deputies  = kind{24, 55, 0.14, 0.6, 0.88, 1}
	groupLead = kind{23, 60, 0.08, 0.45, 0.85, 1}
	special   = kind{32, 56, 0.15, 1, 0.95, 0}
)

// person draws somebody of a commune; district staff lives at the place but is kept by the district.
func (b *builder) person(p *place, k kind) *person {
	c := &person{place: p, age: b.between(k.ageFrom, k.ageTo), drive: b.NormFloat64()}
	year := On.Year() - c.age
	c.Unit = p.code
	c.Sex, c.State = models.Female, models.Active
	c.Ethnicity = b.ethnicity(p, k.local)
	c.Name = b.name(p, c.Ethnicity, year)
	c.Birth = b.partial(year, 0.45, 0.1)
	c.Religion = b.religion(p, c.Ethnicity, k.local)
	b.party(c, k.party)
	c.Joined = b.partial(max(On.Year()-b.between(2, 18), year+18), 0.1, 0.25)
	if b.chance(0.04) {
		c.Joined = 0
	}
	c.Residence = one(b, p.branches).name + ", " + p.seat
	c.Hometown = p.seat + ", tỉnh Quảng Bình"
	if b.chance(0.18) && c.Ethnicity == kinhPeople {
		c.Hometown = one(b, b.places).seat + ", tỉnh Quảng Bình"
	}
	if b.chance(k.phone) {
		c.Phone, c.PhoneRaw = b.phone()
	}
	if b.chance(k.identity) {
		c.Identity = b.identity()
	}
	return c
}

// partial is a date of the year known to the day, to the month or, for the rest, only to the year.
func (b *builder) partial(year int, day, month float64) models.PartialDate {
	x := b.Float64()
	d := models.PartialDate(year * 10000)
	if x < day+month {
		d += models.PartialDate(b.between(1, 12) * 100)
	}
	if x < day {
		d += models.PartialDate(b.between(1, 28))
	}
	return d
}

func (b *builder) ethnicity(p *place, local float64) string {
	if !b.chance(p.minority * local) {
		return kinhPeople
	}
	if b.chance(p.chut) {
		return chutPeople
	}
	return bruPeople
}

func (b *builder) religion(p *place, ethnicity string, local float64) string {
	switch x := b.Float64(); {
	case ethnicity != kinhPeople:
		return noReligion
	case x < p.catholic*local:
		return catholic
	case x > 0.985:
		return buddhist
	case x > 0.965:
		return "" // nobody asked
	}
	return noReligion
}

func (b *builder) party(c *person, share float64) {
	switch x := b.Float64(); {
	case x < share:
		c.Party = models.Yes
		year := On.Year() - c.age + b.between(21, max(21, min(38, c.age-1)))
		if b.chance(0.92) {
			c.PartyDate = b.partial(min(year, 2012), 0.7, 0.2)
		}
	case x < 0.985:
		c.Party = models.No
	}
}

// oldPrefixes are mobile prefixes of 2013 and what became of them in 2018; numbers are stored as they are dialled today
// beside the number as written.
var oldPrefixes = [][2]string{{"0165", "035"}, {"0166", "036"}, {"0167", "037"}, {"0168", "038"}, {"0169", "039"}, {"0122", "077"}, {"0123", "083"}, {"0125", "085"}, {"0127", "081"}, {"0129", "082"}}

var keptPrefixes = words("0912 0913 0914 0915 0916 0917 0918 0919 0942 0943 0945 0947 0949 0972 0973 0974 0975 0976 0977 0978 0979 0982 0983 0984 0985 0986 0987 0988 0989 0904 0905 0906 0935 0936")

func (b *builder) phone() (digits, raw string) {
	switch x := b.Float64(); {
	case x < 0.5:
		p, rest := one(b, oldPrefixes), b.digits(7)
		return p[1] + rest, p[0] + rest
	case x < 0.93:
		digits = one(b, keptPrefixes) + b.digits(6)
		if b.chance(0.4) {
			raw = digits[:4] + "." + digits[4:7] + "." + digits[7:]
		}
		return digits, raw
	}
	rest := "3" + b.digits(6)
	return "0232" + rest, "052." + rest
}

func (b *builder) digits(n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte('0' + b.IntN(10))
	}
	return string(out)
}

// identity hands out the nine-digit numbers of the province in a scattered order without repeating one.
func (b *builder) identity() string {
	b.drawn++
	n := itoa((b.drawn*61_297 + b.shift) % 1_000_000)
	return b.province + "000000"[len(n):] + n
}
