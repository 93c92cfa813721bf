package demo

import (
	"slices"

	"datchuan/core/reference"
	"datchuan/models"
)

// Today is the working date of the demonstration: the classes of 2013, 2014 and the spring of 2015 are over, some run on this
// very Wednesday, others take nominations or are planned.
const Today models.Date = 20150610

// Fate is how a class of the demonstration goes.
type Fate string

// The fates. A class that is still to come stops where the working date finds it.
const (
	Held        Fate = ""            // taught, sent by the school, confirmed by who holds it
	Reopened    Fate = "reopened"    // confirmed, opened again for a mistake, and confirmed a second time
	Unconfirmed Fate = "unconfirmed" // the school has sent its results, nobody has looked at them yet
	Unfinished  Fate = "unfinished"  // taught, but the last roll is missing
	Called      Fate = "cancelled"
	Delayed     Fate = "postponed"
)

// Gap is who a class is for: holders of the posts of a standard who lack one of its requirements, at most so many.
type Gap struct {
	Standard, Requirement string
	Most                  int
}

// Class is a class of the plan: what, where, when, for whom, and how it goes. Unit is the code of who holds it.
type Class struct {
	Course, Name, Unit, School, CoHost string
	From, Last                         models.Date
	Seats, Sent                        int // seats, and people nominated
	Funding                            string
	Cost                               int64 // đồng a learner
	Gaps                               []Gap
	Area                               models.AreaFlag
	Silent                             string // login of a district that sends nobody
	Fate                               Fate
	Reason                             string
}

var (
	untrained = []Gap{{"uy-vien-bch-2013", "training", 18}, {"chi-hoi-truong-2013", "training", 1000}}
	leaders   = []Gap{{"pho-chu-tich-2013", "training", 18}, {"uy-vien-bch-2013", "training", 1000}}
	board     = []Gap{{"pho-chu-tich-2013", "training", 14}, {"uy-vien-bch-2013", "training", 1000}}
	groupsOf  = []Gap{{"to-truong-2013", "training", 18}, {"to-pho-2013", "training", 1000}}
	noDegree  = []Gap{{"ke-hoach-2013-bang", "profession", 17}, {"pho-chu-tich-2013", "profession", 1000}}
	noTheory  = []Gap{{"ke-hoach-2013-ca-hai", "political", 26}, {"pho-chu-tich-2013", "political", 1000}}
)

const (
	tenDays     = "Lớp bồi dưỡng nghiệp vụ công tác Hội 10 ngày, "
	months      = "Lớp nghiệp vụ công tác Hội 3 tháng, "
	ethnic      = "Lớp nghiệp vụ công tác Hội vùng dân tộc năm "
	religious   = "Lớp nghiệp vụ công tác Hội vùng tôn giáo năm "
	branchClass = "Lớp nghiệp vụ công tác Hội cho chi hội trưởng, "
)

// Classes are those of the plan, section III, that the demonstration plays from 2013 to 2015.
func Classes() []Class {
	list := []Class{
		{Course: "C04", Name: tenDays + "khóa 1 năm 2013", From: 20130610, Last: 20130621, Seats: 32, Sent: 36, Gaps: untrained},
		{Course: "C06", Name: religious + "2013", From: 20130708, Last: 20130716, Seats: 28, Sent: 28, Gaps: untrained, Area: models.ReligiousArea},
		{Course: "C05", Name: ethnic + "2013", From: 20130722, Last: 20130730, Seats: 28, Sent: 27, Gaps: untrained, Area: models.EthnicArea},
		{Course: "C07", Name: "Lớp kỹ năng tuyên truyền, vận động phụ nữ năm 2013", From: 20130806, Last: 20130808, Seats: 26, Sent: 27, Gaps: leaders},
		{Course: "C02", Name: months + "khóa 1", From: 20130923, Last: 20131220, Seats: 28, Sent: 30, Gaps: board},
		{Course: "C03", Name: "Lớp trung cấp lý luận chính trị khóa 2014-2015", From: 20140317, Last: 20150410, Seats: 44, Sent: 48, Gaps: noTheory},
		{Course: "C01", Name: "Lớp trung cấp ngành công tác phụ nữ khóa 2014-2016", From: 20140407, Last: 20160513, Seats: 40, Sent: 43, Gaps: noDegree},
		{Course: "C04", Name: tenDays + "khóa 2 năm 2014", From: 20140609, Last: 20140620, Seats: 32, Sent: 35, Gaps: untrained},
		{Course: "C05", Name: ethnic + "2014", From: 20140707, Last: 20140715, Seats: 28, Sent: 28, Gaps: untrained, Area: models.EthnicArea},
		{Course: "C06", Name: religious + "2014", From: 20140721, Last: 20140729, Seats: 28, Sent: 29, Gaps: untrained, Area: models.ReligiousArea},
		{Course: "C07", Name: "Lớp kỹ năng giám sát, phản biện xã hội năm 2014", From: 20140805, Last: 20140807, Seats: 26, Sent: 28, Gaps: leaders,
			Fate: Reopened, Reason: "Trường báo đã điểm danh sót một học viên ở buổi cuối, cần kiểm tra lại"},
		{Course: "C02", Name: months + "khóa 2", From: 20140922, Last: 20141219, Seats: 28, Sent: 30, Gaps: board},
		{Course: "C04", Name: tenDays + "khóa 3 năm 2015", From: 20150316, Last: 20150327, Seats: 32, Sent: 34, Gaps: untrained},
		{Course: "C07", Name: "Lớp kỹ năng xây dựng mô hình tập hợp phụ nữ năm 2015", From: 20150407, Last: 20150409, Seats: 26, Sent: 27, Gaps: leaders},
		{Course: "C06", Name: religious + "2015", From: 20150511, Last: 20150519, Seats: 28, Sent: 28, Gaps: untrained, Area: models.ReligiousArea, Fate: Unconfirmed},
		{Course: "C04", Name: tenDays + "khóa 4 năm 2015", From: 20150601, Last: 20150612, Seats: 32, Sent: 35, Gaps: untrained},
		{Course: "C05", Name: ethnic + "2015", From: 20150706, Last: 20150714, Seats: 28, Sent: 27, Gaps: untrained, Area: models.EthnicArea, Silent: "le-thuy"},
		{Course: "C02", Name: months + "khóa 3", From: 20150921, Last: 20151218, Seats: 28, Gaps: board},
	}
	list = append(list, local()...)
	for i := range list {
		complete(&list[i])
	}
	slices.SortStableFunc(list, func(a, b Class) int { return int(a.From) - int(b.From) })
	return list
}

// local are the classes of districts and communes.
func local() []Class {
	return []Class{
		{Course: "C08", Unit: "457", Name: branchClass + "huyện Lệ Thủy năm 2013", From: 20130625, Last: 20130627, Seats: 28, Sent: 28, Gaps: untrained},
		{Course: "C08", Unit: "450", Name: branchClass + "thành phố Đồng Hới năm 2013", From: 20130702, Last: 20130704, Seats: 28, Sent: 29, Gaps: untrained},
		{Course: "C08", Unit: "453", Name: branchClass + "huyện Tuyên Hóa năm 2013", From: 20131015, Last: 20131017, Seats: 28, Sent: 27, Gaps: untrained, Fate: Called,
			Reason: "Mưa lũ, đường về nhiều xã bị chia cắt, học viên phải ở lại khắc phục hậu quả"},
		{Course: "C08", Unit: "456", Name: branchClass + "huyện Quảng Ninh năm 2014", From: 20140624, Last: 20140626, Seats: 28, Sent: 27, Gaps: untrained},
		{Course: "C08", Unit: "454", Name: branchClass + "huyện Quảng Trạch năm 2014", From: 20140701, Last: 20140703, Seats: 28, Sent: 29, Gaps: untrained},
		{Course: "C08", Unit: "453", Name: branchClass + "huyện Tuyên Hóa năm 2014", From: 20140708, Last: 20140710, Seats: 28, Sent: 27, Gaps: untrained},
		{Course: "C08", Unit: "452", Name: branchClass + "huyện Minh Hóa năm 2014", From: 20140715, Last: 20140717, Seats: 28, Sent: 27, Gaps: untrained},
		{Course: "C08", Unit: "450", Name: branchClass + "thành phố Đồng Hới năm 2015", From: 20150519, Last: 20150521, Seats: 28, Sent: 27, Gaps: untrained, Fate: Unfinished},
		{Course: "C08", Unit: "457", Name: branchClass + "huyện Lệ Thủy năm 2015", From: 20150609, Last: 20150611, Seats: 28, Sent: 28, Gaps: untrained},
		{Course: "C08", Unit: "456", Name: branchClass + "huyện Quảng Ninh năm 2015", From: 20150616, Last: 20150618, Seats: 28, Sent: 34, Gaps: untrained},
		{Course: "C08", Unit: "455", Name: branchClass + "huyện Bố Trạch năm 2015", From: 20150623, Last: 20150625, Seats: 28, Sent: 27, Gaps: untrained, Fate: Delayed,
			Reason: "Trùng lịch đại hội Đảng bộ các xã, chờ lịch mới"},
		{Course: "C09", Unit: "19303", Name: "Tập huấn cán bộ Hội từ tổ phó trở lên, xã Mỹ Thủy năm 2014", School: "hoi-lhpn-tinh", From: 20140312, Last: 20140312, Seats: 28, Sent: 27, Gaps: groupsOf},
		{Course: "C09", Unit: "19165", Name: "Tập huấn cán bộ Hội từ tổ phó trở lên, xã Sơn Trạch năm 2014", School: "hoi-lhpn-tinh", From: 20140827, Last: 20140827, Seats: 28, Sent: 27, Gaps: groupsOf},
	}
}

// partners are who teaches and who pays, by course (plan, sections 2.4, 2.5 and III.5). The sums are invented.
var partners = map[string]struct {
	school, coHost, funding string
	cost                    int64
}{
	"C01": {"hoc-vien-phu-nu", "", "tw-hoi", 9_500_000},
	"C02": {"hoc-vien-phu-nu", "", "tw-hoi", 3_200_000},
	"C03": {"truong-chinh-tri", "", "tinh", 7_800_000},
	"C04": {"truong-chinh-tri", "", "tinh", 1_100_000},
	"C05": {"so-noi-vu", "Hội Liên hiệp Phụ nữ tỉnh", "tinh", 850_000},
	"C06": {"so-noi-vu", "Hội Liên hiệp Phụ nữ tỉnh", "tinh", 850_000},
	"C07": {"day-nghe-hoi", "Sở Nội vụ tỉnh", "so-noi-vu", 420_000},
	"C08": {"", "", "huyen", 350_000},
	"C09": {"", "", "quy-hoi", 90_000},
}

func complete(c *Class) {
	p := partners[c.Course]
	c.CoHost, c.Funding, c.Cost = p.coHost, p.funding, p.cost
	if c.Unit == "" {
		c.Unit = reference.QuangBinh
	}
	if p.school != "" {
		c.School = p.school
	} else if c.School == "" {
		c.School = centres[c.Unit]
	}
}

// centres are the political centres of the districts.
var centres = map[string]string{"450": "chinh-tri-dong-hoi", "457": "chinh-tri-le-thuy", "456": "chinh-tri-quang-ninh", "455": "chinh-tri-bo-trach",
	"454": "chinh-tri-quang-trach", "453": "chinh-tri-tuyen-hoa", "452": "chinh-tri-minh-hoa"}

// Off tells whether nobody teaches on a day: public holidays of 2013 to 2016 on working days (calendar.md, section 1).
func Off(d models.Date) bool {
	for _, s := range []models.Span{{From: 20140128, To: 20140206}, {From: 20150215, To: 20150224}, {From: 20160206, To: 20160215}} {
		if s.Contains(d) {
			return true
		}
	}
	return slices.Contains([]models.Date{20130902, 20140101, 20140409, 20140430, 20140501, 20140902, 20150101, 20150428, 20150430, 20150501, 20150902,
		20160101, 20160418, 20160502, 20160503}, d)
}
