package sheets

import (
	"regexp"
	"strings"
	"unicode"

	"datchuan/models"
)

// heading is how a column is recognised: a pattern over the folded words of its header (no accents, no punctuation, y
// as i at the end of a word). The first pattern that fits wins, so the narrow ones stand first.
type heading struct {
	field models.RosterField
	exact *regexp.Regexp // the whole text: certain
	part  *regexp.Regexp // somewhere in the text: likely
}

func words(pattern string) *regexp.Regexp {
	if pattern == "" {
		return nil
	}
	return regexp.MustCompile(`(?:^| )(?:` + pattern + `)(?: |$)`)
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

var headings = []heading{
	{models.FieldNumber, whole(`tt|stt|so tt|so thu tu|thu tu|no`), nil},
	{models.FieldFamilyName, whole(`ho|ho dem|ho va dem|ho va ten dem|ho ten dem|ho va chu dem|ho chu dem|ho va ten lot|ho lot|ho va lot|ho va chu lot`), nil},
	{models.FieldGivenName, whole(`ten|ten goi`), nil},
	{models.FieldStudying, whole(`dang hoc|dang hoc lop|dang theo hoc|dang hoc cac lop|hien dang hoc`), words(`dang (theo )?hoc|dang dao tao`)},
	{models.FieldSuccession, whole(`qui hoach|nguon|nguon qui hoach|dien qui hoach`), words(`qui hoach|du nguon|nguon ke can|qh`)},
	{models.FieldName, whole(`ho va ten|ho ten|ho va ten can bo|ten can bo|hovaten|hoten|ho ten can bo`), words(`ho va ten|ho ten|ho va ten khai sinh`)},
	{models.FieldSex, whole(`gioi tinh|phai|gt|gioi|nu|nam nu`), words(`gioi tinh`)},
	{models.FieldBirth, whole(`ngay thang nam sinh|nam sinh|ngay sinh|sinh ngay|sinh nam|ntns|ngay thang nam sinh day du|thang nam sinh`), words(`nam sinh|ngay sinh|sinh ngay|ntns`)},
	{models.FieldEthnicLang, whole(`tieng dan toc|tieng dan toc thieu so`), words(`tieng dan toc`)},
	{models.FieldEthnicity, whole(`dan toc|dt|thanh phan dan toc`), words(`dan toc`)},
	{models.FieldReligion, whole(`ton giao`), words(`ton giao`)},
	{models.FieldHometown, whole(`que quan|nguyen quan|que`), words(`que quan|nguyen quan|noi sinh`)},
	{models.FieldResidence, whole(`noi o|cho o|noi o hien nay|cho o hien nay|tru quan|dia chi|thuong tru|noi cu tru`), words(`noi o|cho o|tru quan|dia chi|thuong tru|cu tru|ho khau`)},
	// Before "năm giữ chức vụ": a heading that begins with the post and speaks of no time.
	{models.FieldPosition, whole(`chuc (?:vu|danh)(?: (?:hien|nay|dang|dam|nhiem|giu|duoc|bau|giao|cong|tac|doan|the|chinh|quyen|cq|dt|trong|hoi|lhpn|tai|va|kiem|can|bo|cu))*`), nil},
	{models.FieldHeldSince, whole(`nam giu chuc vu|nam giu chuc|thoi gian giu chuc vu|ngay giu chuc vu`), words(`giu chuc( vu| danh)?|bo nhiem|dam nhiem|giu nhiem vu|bau giu|nam bau|ngay bau`)},
	{models.FieldPosition, whole(`chuc vu|chuc danh|cv|c vu|c danh|chuc vu hien nay|chuc danh hien nay|chuc vu trong hoi|chuc vu hoi`), words(`chuc vu|chuc danh`)},
	{models.FieldPartyDate, whole(`ngay vao dang|nam vao dang|vao dang|ngay vao dang chinh thuc|ngay ket nap`), words(`vao dang|ket nap dang|ket nap|ngay vao dang`)},
	{models.FieldParty, whole(`dang vien|la dang vien|dv|dang`), words(`dang vien`)},
	{models.FieldTraining, whole(`boi duong|tap huan|boi duong nghiep vu|nghiep vu cong tac hoi|nghiep vu hoi|nvct hoi|so ngay bd|so ngay boi duong|bd nghiep vu`), words(`boi duong|tap huan|nghiep vu (cong tac )?hoi|nghiep vu cong tac phu nu|nghiep vu phu nu|bdnv`)},
	{models.FieldGeneral, whole(`van hoa|trinh do van hoa|hoc van|trinh do hoc van|giao duc pho thong|gdpt|vh|tdvh|pho thong|hv|tdhv|trinh do vh|trinh do hv|van hoa pho thong|vhpt|trinh do vhpt`), words(`van hoa|hoc van|giao duc pho thong|gdpt|pho thong`)},
	{models.FieldProfField, whole(`nganh|chuyen nganh|nganh dao tao|chuyen nganh dao tao|nganh hoc`), words(`chuyen nganh|nganh dao tao|nganh hoc`)},
	{models.FieldProfession, whole(`chuyen mon|trinh do chuyen mon|cm|cmnv|chuyen mon nghiep vu|trinh do chuyen mon nghiep vu|tdcm|tdcmnv|trinh do cmnv`), words(`chuyen mon|cmnv|trinh do cm|bang cap`)},
	{models.FieldPolitical, whole(`llct|li luan chinh tri|li luan|chinh tri|trinh do llct|trinh do li luan chinh tri|ll chinh tri|tdllct`), words(`llct|li luan|chinh tri|ll ct`)},
	{models.FieldState, whole(`qlnn|quan li nha nuoc`), words(`qlnn|quan li nha nuoc|ql nha nuoc|quan li nn`)},
	{models.FieldComputing, whole(`tin hoc|trinh do tin hoc|vi tinh|th`), words(`tin hoc|vi tinh`)},
	{models.FieldForeign, whole(`ngoai ngu|nn|trinh do ngoai ngu|anh van|tieng anh`), words(`ngoai ngu|anh van|tieng anh`)},
	{models.FieldJoined, whole(`nam tham gia cong tac hoi|tham gia cong tac hoi|ngay vao hoi|nam vao hoi`), words(`tham gia cong tac|cong tac hoi tu|vao hoi|nam cong tac|nam tham gia|tham gia hoi`)},
	{models.FieldPhone, whole(`dien thoai|dt|so dien thoai|sdt|so dt|dtdd|di dong|dien thoai di dong`), words(`dien thoai|sdt|so dt|di dong|dtdd|dt di dong`)},
	{models.FieldIdentity, whole(`cmnd|cccd|so cmnd|so cccd|can cuoc|can cuoc cong dan|so dinh danh|cmt|so cmt|so can cuoc|cccd cmnd|cmnd cccd|the can cuoc`), words(`cmnd|cccd|can cuoc|chung minh( nhan dan| thu)?|so dinh danh|cmtnd`)},
	{models.FieldGroup, whole(`to|to phu nu|ten to|to pn`), words(`to phu nu|to hoi`)},
	{models.FieldBranch, whole(`chi hoi|thon|ban|thon ban|chi hoi thon|to dan pho|tdp|thon tdp|thon to dan pho|ten chi hoi|xom`), words(`chi hoi|thon|to dan pho|thon ban`)},
	{models.FieldUnit, whole(`don vi|xa|xa phuong|xa phuong thi tran|phuong xa|ten xa|hoi lhpn xa|co so hoi|don vi cong tac|xa phuong tt|ten don vi|huyen xa|xa huyen|dia phuong`), words(`xa phuong|don vi|noi cong tac|hoi co so|co so hoi|co quan`)},
	{models.FieldDistrict, whole(`huyen|huyen thi|huyen thanh pho|huyen thi xa thanh pho|huyen tp|quan huyen|huyen thi thanh pho|huyen thi xa tp`), words(`huyen`)},
	{models.FieldNote, whole(`ghi chu|gc`), words(`ghi chu`)},
}

// plain is the folded words of a text without punctuation.
func plain(s string) string {
	folded := models.Fold(s)
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

func fieldOf(text string) (models.RosterField, float64) {
	if text == "" {
		return "", 0
	}
	if rest, short := strings.CutPrefix(text, "td "); short {
		text = "trinh do " + rest
	}
	for _, h := range headings {
		if h.exact.MatchString(text) {
			return h.field, 1
		}
	}
	for _, h := range headings {
		if h.part != nil && h.part.MatchString(text) {
			return h.field, 0.85
		}
	}
	return "", 0
}

// takesAll are fields whose sub-columns are parts of the field itself, whatever they are called.
var takesAll = map[models.RosterField]bool{models.FieldHometown: true, models.FieldResidence: true,
	models.FieldSuccession: true, models.FieldStudying: true}

var fieldKind = map[models.RosterField]models.QualKind{
	models.FieldGeneral: models.GeneralEducation, models.FieldProfession: models.Professional,
	models.FieldPolitical: models.Political, models.FieldState: models.StateManagement,
	models.FieldComputing: models.Computing, models.FieldForeign: models.ForeignLanguage,
	models.FieldEthnicLang: models.EthnicLanguage,
}

// guess is what a header path means: a field, and for a column of "x" marks the level that the mark stands for.
type guess struct {
	field models.RosterField
	mark  bool
	level int
	conf  float64
}

// classify reads the header of a column from the top heading down to its own.
func classify(path []string) guess {
	if len(path) == 0 {
		return guess{}
	}
	leafText := path[len(path)-1]
	leaf := plain(leafText)
	own, sure := fieldOf(leaf)
	var parent models.RosterField
	for i := len(path) - 2; i >= 0 && parent == ""; i-- {
		parent, _ = fieldOf(plain(path[i]))
	}
	if kind, ok := fieldKind[parent]; ok {
		if level, ok := markLevel(kind, leaf); ok {
			return guess{parent, true, level, 0.95}
		}
	}
	switch {
	case parent == models.FieldPosition && elsewhereHeading.MatchString(leaf):
		return guess{} // a post outside the Hội
	case parent == models.FieldBirth && strings.EqualFold(models.Clean(leafText), "nam"):
		return guess{field: models.FieldBirthMale, conf: 1}
	case parent == models.FieldBirth && leaf == "nu":
		return guess{field: models.FieldBirthFemale, conf: 1}
	case parent == models.FieldSex && (leaf == "nu" || leaf == "nam"):
		return guess{models.FieldSex, true, map[string]int{"nu": sexFemale, "nam": sexMale}[leaf], 1}
	case leaf == "nu":
		return guess{models.FieldSex, true, sexFemale, 0.9}
	case takesAll[parent] && own != models.FieldNote:
		return guess{field: parent, conf: 0.9}
	case parent == models.FieldProfession && own == "" && words("nganh|chuyen nganh").MatchString(leaf):
		return guess{field: models.FieldProfField, conf: 0.95}
	case own != "":
		return guess{field: own, conf: sure}
	case len(path) == 1 && leaf == "trinh do":
		return guess{field: models.FieldProfession, conf: 0.5}
	case parent != "":
		return guess{field: parent, conf: 0.6}
	}
	return guess{}
}

var elsewhereHeading = whole(`dang|chinh quyen|cq|chi bo|dang chinh quyen|hdnd|ubnd|hdnd ubnd`)

// What a mark in a column of sex means.
const (
	sexFemale = 1
	sexMale   = 2
)

var markLevels = map[models.QualKind][]struct {
	words *regexp.Regexp
	level int
}{
	models.GeneralEducation: {
		{whole(`chua biet chu|mu chu`), 0}, {whole(`biet doc biet viet|biet chu|xmc`), models.CanRead},
		{whole(`th|tieu hoc|cap 1|cap i|c1`), models.Primary},
		{whole(`thcs|ptcs|cap 2|cap ii|c2|9 12|trung hoc co so`), models.LowerSecond},
		{whole(`thpt|ptth|cap 3|cap iii|c3|12 12|trung hoc pho thong`), models.UpperSecond}},
	models.Professional: {
		{whole(`chua|chua qua dt|chua qua dao tao|chua dao tao|cdt|khong|chua co`), 0},
		{whole(`sc|so cap`), models.Elementary}, {whole(`tc|trung cap|thcn|trung hoc`), models.Intermediate},
		{whole(`cd|cao dang`), models.College}, {whole(`dh|dai hoc|cu nhan|dh tro len|dai hoc tro len`), models.University},
		{whole(`ths|thac si|th s|tren dh|tren dai hoc|sau dh|sau dai hoc`), models.Master}, {whole(`ts|tien si`), models.Doctor}},
	models.Political: {
		{whole(`chua|chua qua dt|chua qua dao tao|chua hoc|khong|chua co`), 0},
		{whole(`sc|so cap`), models.Elementary}, {whole(`tc|trung cap`), models.Intermediate},
		{whole(`cc|cao cap`), models.AdvancedPolitical}, {whole(`cn|cu nhan`), models.BachelorPolitical},
		{whole(`cc cn|cn cc|cao cap cu nhan|cu nhan cao cap`), models.AdvancedPolitical}},
	models.StateManagement: {
		{whole(`chua`), 0}, {whole(`bd|bd xa|boi duong|cap xa`), 1}, {whole(`cs|can su`), 2}, {whole(`cv|chuyen vien`), 3},
		{whole(`cvc|chuyen vien chinh`), 4}, {whole(`cvcc|chuyen vien cao cap`), 5}},
	models.Computing: {{whole(`chua`), 0}, {whole(`a|co ban|cb|chung chi a`), 1}, {whole(`b|chung chi b`), 2}, {whole(`c|nang cao|chung chi c`), 3}},
	models.ForeignLanguage: {{whole(`chua`), 0}, {whole(`a|a1|chung chi a`), 1}, {whole(`b|a2|chung chi b`), 2},
		{whole(`c|b1|chung chi c`), 3}, {whole(`d|b2`), 4}, {whole(`c1`), 5}, {whole(`c2`), 6}},
	models.EthnicLanguage: {{whole(`co|biet`), 1}, {whole(`chua|khong`), 0}},
}

// markLevel is the level named by a sub-column such as "SC", "TC", "CĐ".
func markLevel(kind models.QualKind, leaf string) (int, bool) {
	for _, m := range markLevels[kind] {
		if m.words.MatchString(leaf) {
			return m.level, true
		}
	}
	return 0, false
}
