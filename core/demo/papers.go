package demo

import (
	"datchuan/models"
)

// course is a field of study and where it is taught.
type course struct{ field, school string }

// courses as they appear in the personnel files of the time, by level.
var courses = map[int][]course{
	models.Elementary: {{"May công nghiệp", tradeSchool}, {"Nuôi dạy trẻ", tradeSchool}, {"Tin học văn phòng", tradeSchool},
		{"Thú y cơ sở", "Trung tâm dạy nghề huyện"}, {"Kế toán", "Trường Trung cấp Kinh tế Quảng Bình"},
		{"Y tế thôn bản", "Trường Trung cấp Y tế Quảng Bình"}},
	models.Intermediate: {{"Hành chính - Văn thư", "Trường Trung cấp Kinh tế Quảng Bình"}, {"Kế toán", "Trường Trung cấp Kinh tế Quảng Bình"},
		{"Nông nghiệp", "Trường Trung cấp Kinh tế Quảng Bình"}, {"Chăn nuôi - Thú y", "Trường Trung cấp Kinh tế Quảng Bình"},
		{"Pháp lý", "Trường Trung cấp Luật Đồng Hới"}, {"Sư phạm mầm non", provinceSchool}, {"Công tác xã hội", provinceSchool},
		{"Quản lý văn hóa", provinceSchool}, {"Y sĩ", "Trường Trung cấp Y tế Quảng Bình"}, {"Công tác phụ nữ", womenSchool}},
	models.College: {{"Sư phạm mầm non", provinceSchool}, {"Sư phạm tiểu học", provinceSchool}, {"Kế toán", provinceSchool},
		{"Công tác xã hội", provinceSchool}, {"Quản trị văn phòng", provinceSchool}},
	models.University: {{"Luật", "Trường Đại học Luật, Đại học Huế"}, {"Luật", "Viện Đại học Mở Hà Nội"}, {"Kinh tế nông nghiệp", "Trường Đại học Nông Lâm Huế"},
		{"Phát triển nông thôn", "Trường Đại học Nông Lâm Huế"}, {"Công tác xã hội", "Trường Đại học Khoa học Huế"}, {"Kế toán", provinceSchool},
		{"Giáo dục mầm non", provinceSchool}, {"Hành chính học", "Học viện Hành chính"}},
}

var forms = phrases("vừa làm vừa học, vừa làm vừa học, chính quy, từ xa")

const (
	tradeSchool    = "Trung tâm dạy nghề Hội LHPN tỉnh"
	provinceSchool = "Trường Đại học Quảng Bình"
	womenSchool    = "Trường Cán bộ Phụ nữ Trung ương" // Học viện Phụ nữ Việt Nam from the end of 2012
)

// universityFounded is when the teachers' college of the province became a university.
const universityFounded models.Date = 20070101

const politicalSchool = "Trường Chính trị tỉnh Quảng Bình"

// add writes a fact; a paper of a level is verified in a share of cases, else it is what she declared.
func (b *builder) add(p *person, q models.Qualification, verified float64) {
	q.To, q.Review = models.Forever, models.Declared
	if q.Earned == 0 {
		q.Earned = models.Beginning // when, nobody wrote down
	}
	q.From = q.Earned
	if q.Level > models.NoLevel && b.chance(verified) {
		q.Review, q.ReviewAt = models.Verified, b.w.RecordedAt
		if q.Kind != models.GeneralEducation && q.Number == "" {
			q.Number = "Số " + b.digits(5)
		}
	}
	p.Qualifications = append(p.Qualifications, q)
}

// earned draws when somebody finished a course at an age, before 2013; a tenth is not known. Older cadres went back to
// school beside their work, most of them after 1996.
func (b *builder) earned(p *person, fromAge, toAge int) models.Date {
	born := On.Year() - p.age
	year := min(born+b.between(fromAge, toAge), 2012)
	if year < 1996 {
		year = b.between(1996, 2009)
	}
	if b.chance(0.1) {
		return 0
	}
	return models.NewDate(year, b.between(5, 9), b.between(1, 28))
}

func (b *builder) profession(p *person, level int) {
	q := models.Qualification{Kind: models.Professional, Level: level}
	if level > models.NoLevel {
		c := one(b, courses[level])
		q.Field, q.School = c.field, c.school
		q.Form = one(b, forms)
		q.Earned = b.earned(p, 21, max(22, min(40, p.age-1)))
		if q.School == provinceSchool && q.Earned < universityFounded && level < models.University {
			q.School = "Trường Cao đẳng Sư phạm Quảng Bình"
		}
	}
	b.add(p, q, 0.7)
}

// professionLevel is what she has.
func (p *person) professionLevel() int {
	for _, q := range p.Qualifications {
		if q.Kind == models.Professional {
			return q.Level
		}
	}
	return models.NoLevel
}

// generalFor draws the schooling: whoever has a degree finished school; others in a share of cases, less in mountains.
func (b *builder) generalFor(p *person, upper float64) {
	upper += 0.06 * p.place.merit
	lower := 0.93
	if p.Ethnicity != kinhPeople {
		upper, lower = upper*0.5, 0.6
	}
	switch x := b.Float64(); {
	case p.professionLevel() >= models.Intermediate || x < upper:
		b.general(p, models.UpperSecond)
	case x < lower || upper > 0.7:
		b.general(p, models.LowerSecond)
	case b.chance(0.6) || p.Ethnicity == kinhPeople:
		b.general(p, models.Primary)
	default:
		b.general(p, models.CanRead)
	}
}

// general writes the level with the class as rosters do; the ten-year system ended about 1980 in the North.
func (b *builder) general(p *person, level int) {
	old := On.Year()-p.age < 1964
	text := map[int]string{models.CanRead: "biết đọc, biết viết", models.Primary: "5/12", models.LowerSecond: "9/12", models.UpperSecond: "12/12"}
	if old {
		text = map[int]string{models.CanRead: "biết đọc, biết viết", models.Primary: "4/10", models.LowerSecond: "7/10", models.UpperSecond: "10/10"}
	}
	b.add(p, models.Qualification{Kind: models.GeneralEducation, Level: level, Field: text[level]}, 0.5)
}

func (b *builder) political(p *person, level int) {
	q := models.Qualification{Kind: models.Political, Level: level}
	switch level {
	case models.Elementary:
		q.School = "Trung tâm bồi dưỡng chính trị " + districtOf(p.place)
		q.Earned = b.earned(p, 24, max(25, min(45, p.age-1)))
	case models.Intermediate:
		q.School, q.Form = politicalSchool, "vừa làm vừa học"
		q.Earned = b.earned(p, 27, max(28, min(46, p.age-1)))
	case models.AdvancedPolitical:
		q.School, q.Form = "Học viện Chính trị - Hành chính khu vực III", "vừa làm vừa học"
		q.Earned = b.earned(p, 32, max(33, min(48, p.age-1)))
	}
	b.add(p, q, 0.7)
}

func districtOf(p *place) string {
	if p.District == "Đồng Hới" {
		return "thành phố Đồng Hới"
	}
	return "huyện " + p.District
}

// train writes a training in Hội work of some days, or the declaration of having none.
func (b *builder) train(p *person, days int, giver models.Giver) { b.trainSince(p, 2006, days, giver) }

func (b *builder) trainSince(p *person, year, days int, giver models.Giver) {
	q := models.Qualification{Kind: models.HoiTraining, Days: days, Giver: giver}
	if days == 0 {
		b.add(p, q, 0)
		return
	}
	q.Level, q.Hours, q.Form = models.Attended, days*8, "bồi dưỡng"
	q.Earned = b.day(year, 2012)
	q.Field = "Nghiệp vụ công tác Hội"
	switch giver {
	case models.ByCentre:
		q.School = womenSchool
	case models.ByProvince:
		q.School = politicalSchool
	case models.ByDistrict:
		q.School = "Trung tâm bồi dưỡng chính trị " + districtOf(p.place)
	case models.ByCommune:
		q.School = "Hội LHPN " + p.place.Style + " " + p.place.Name
	}
	b.add(p, q, 0.4)
}

// study opens a course that runs on the day and ends between 2013 and 2015.
func (b *builder) study(p *person, kind models.QualKind, level int) {
	s := models.Study{Kind: kind, Level: level, From: models.NewDate(b.between(2011, 2012), b.between(8, 11), b.between(1, 28))}
	s.To = models.NewDate(b.between(2013, 2015), one(b, []int{6, 8, 10, 12}), 30)
	if kind == models.Political {
		s.Course, s.School = "Trung cấp lý luận chính trị - hành chính", politicalSchool
	} else {
		c, name := one(b, courses[level]), "Trung cấp "
		if level == models.University {
			name = "Đại học "
		}
		s.Course, s.School = name+c.field+" (vừa làm vừa học)", c.school
	}
	p.Studies = append(p.Studies, s)
}

// extras are the lines of the file that only leaders fill in.
func (b *builder) extras(p *person) {
	if b.chance(0.6 + 0.1*p.merit()) {
		b.add(p, models.Qualification{Kind: models.Computing, Level: 1, Field: "Tin học A", Earned: b.earned(p, 25, max(26, p.age-1))}, 0.5)
	}
	if b.chance(0.15) {
		b.add(p, models.Qualification{Kind: models.ForeignLanguage, Level: 1, Field: "Tiếng Anh A"}, 0.3)
	}
	if b.chance(0.35) {
		b.add(p, models.Qualification{Kind: models.StateManagement, Level: 1, Field: "Bồi dưỡng quản lý nhà nước cấp xã", School: politicalSchool, Earned: b.earned(p, 28, max(29, p.age-1))}, 0.6)
	}
	if p.place.minority > 0.2 && b.chance(0.6) {
		b.add(p, models.Qualification{Kind: models.EthnicLanguage, Level: 1, Field: "Tiếng Bru-Vân Kiều, giao tiếp được"}, 0)
	}
}

// honour adds ratings of past years and a few awards.
func (b *builder) honour(s *staff) {
	for _, part := range []struct {
		people     []*person
		from       int
		rated, won float64
	}{{s.chairs, 2010, 1, 0.5}, {s.vices, 2011, 0.9, 0.25}, {s.executive, 2012, 0.5, 0.04}, {s.both, 2012, 0.8, 0.1}, {s.heads, 2012, 0.5, 0.06}} {
		for _, p := range part.people {
			for year := part.from; year <= 2012; year++ {
				if b.chance(part.rated) {
					p.Ratings = append(p.Ratings, models.Rating{Year: year, Grade: b.grade(p)})
				}
			}
			if b.chance(part.won) {
				b.award(p)
			}
		}
	}
}

func (b *builder) grade(p *person) string {
	switch x := b.NormFloat64() + 0.5*p.merit(); {
	case x > 0.9:
		return "xuat-sac"
	case x > -1.1:
		return "kha"
	case x > -3:
		return "trung-binh"
	}
	return "yeu"
}

func (b *builder) award(p *person) {
	a := one(b, []models.Award{
		{Title: "Kỷ niệm chương Vì sự phát triển của phụ nữ Việt Nam", Giver: "Trung ương Hội LHPN Việt Nam"},
		{Title: "Bằng khen", Giver: "Ban Thường vụ Hội LHPN tỉnh"},
		{Title: "Giấy khen", Giver: "Hội LHPN " + districtOf(p.place)},
		{Title: "Cán bộ Hội cơ sở giỏi", Giver: "Hội LHPN " + districtOf(p.place)}})
	a.Year = b.between(2008, 2012)
	a.Date = models.PartialDate(a.Year*10000 + 1020)
	if b.chance(0.5) {
		a.Number = itoa(b.between(10, 400)) + "/QĐ-HPN"
	}
	p.Awards = append(p.Awards, a)
}
