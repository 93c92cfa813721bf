package sheets

import (
	"regexp"
	"slices"
	"strings"

	"datchuan/models"
)

var placeSplit = regexp.MustCompile(`\s*[,;/()]\s*|\s+[-–]\s+`)

// readPlaces reads where a person serves: from her own columns first, then from the headings above, then the defaults.
// Names stay as written; finding the unit is not the business of this room.
func (r *reader) readPlaces(vals []value) {
	row := r.row
	row.Hometown = r.joined(vals, models.FieldHometown, ", ").text
	row.Residence = r.joined(vals, models.FieldResidence, ", ").text
	row.District = hoiPrefix.ReplaceAllString(r.first(vals, models.FieldDistrict).text, "")
	if v := r.first(vals, models.FieldUnit); v.text != "" {
		r.readUnit(v.text, strings.HasPrefix(r.plain(r.m.Columns[v.col].Header), "huyen"))
	}
	if v := r.first(vals, models.FieldBranch); v.text != "" {
		row.Branch = v.text
	}
	if v := r.first(vals, models.FieldGroup); v.text != "" {
		row.Group = v.text
	}
	inherit := func(own *string, above ...string) {
		for _, a := range above {
			if *own == "" {
				*own = a
			}
		}
	}
	r.placesInPosition(r.first(vals, models.FieldPosition).text)
	sameCommune := row.Commune == "" || r.commune == "" || models.MatchKey(row.Commune) == models.MatchKey(r.commune)
	inherit(&row.District, r.district, r.m.DefaultDistrict)
	inherit(&row.Commune, r.commune, r.m.DefaultCommune)
	if sameCommune {
		inherit(&row.Branch, r.branch)
		inherit(&row.Group, r.group)
	}
}

var (
	communeInside = regexp.MustCompile(`(?:xã|phường|thị trấn) \p{Lu}\pL*(?: \p{Lu}\pL*)*`)
	branchInside  = regexp.MustCompile(`(?:thôn|bản|tổ dân phố|tiểu khu|chi hội) [\p{Lu}0-9][\pL0-9]*(?: [\p{Lu}0-9][\pL0-9]*)*`)
)

// placesInPosition takes "Chủ tịch Hội LHPN xã An Thủy" for the place too, where no column tells it.
func (r *reader) placesInPosition(text string) {
	if r.row.Commune == "" {
		r.row.Commune = communeInside.FindString(text)
	}
	if r.row.Branch == "" {
		r.row.Branch = branchInside.FindString(text)
	}
}

// readUnit takes "Chi hội Thôn 2, xã Mỹ Thủy, huyện Lệ Thủy" apart; a text of one part without a kind is the commune. Of
// two without a kind the first is the commune, unless the heading says "Huyện/Xã".
func (r *reader) readUnit(text string, districtFirst bool) {
	parts := placeSplit.Split(text, -1)
	if districtFirst {
		slices.Reverse(parts)
	}
	for _, piece := range parts {
		bare := hoiPrefix.ReplaceAllString(piece, "")
		kind := kindOf(piece)
		switch {
		case bare == "":
		case kind == models.District:
			if r.row.District == "" {
				r.row.District = bare
			}
		case kind == models.Group:
			r.row.Group = bare
		case kind == models.Branch:
			r.row.Branch = bare
		case r.row.Commune == "":
			r.row.Commune = bare
		case r.row.District == "" && !strings.HasPrefix(r.plain(bare), "tinh "):
			r.row.District = bare
		}
	}
}

type positionWord struct {
	code  string
	words *regexp.Regexp
}

// positionWords in the order of rank; the deputies before the heads, whose words they contain.
var positionWords = []positionWord{
	{"chi-hoi-pho", words(`chi hoi pho|pho chi hoi|chp|chi pho|pho chi hoi truong|p chi hoi truong|ch pho`)},
	{"chi-hoi-truong", words(`chi hoi truong|truong chi hoi|cht|chi truong|ch truong|chi hoi tr`)},
	{"to-pho", words(`to pho|pho to|to pho phu nu|tp phu nu|to pho to phu nu`)},
	{"to-truong", words(`to truong|truong to|tt to|to truong to phu nu`)},
	{"pho-chu-tich-xa", words(`pho chu tich|pct|pcth|pcthpn|p chu tich|pho ct|p ct|pctich`)},
	{"chu-tich-xa", words(`chu tich|ct|cth|cthpn|c tich`)},
	{"uy-vien-bch-xa", words(`uy vien|uv|uvbch|bch|uvtv|uvbtv|uv bch|uv btv|uv tv|uv ban chap hanh|ban chap hanh|uy vien bch`)},
}

// rank orders the positions when a cell names several.
var rank = map[string]int{"chu-tich-xa": 7, "pho-chu-tich-xa": 6, "uy-vien-bch-xa": 3, "chi-hoi-truong": 5, "chi-hoi-pho": 4,
	"to-truong": 2, "to-pho": 1}

var (
	positionSplit = regexp.MustCompile(`\s*[,;/+&]\s*|\s+[-–]\s+|\s+(?i:kiêm|đồng thời|kiêm nhiệm)\s+`)
	elsewhere     = words(`hdnd|ubnd|mttq|ubmttq|ubmttqvn|mttqvn|ubmt|mat tran|dang uy|doan thanh nien|doan tn|chi bo|bi thu|cong doan|nong dan|cuu chien binh|ccb|hoi nd|truong ban|dai bieu`)
)

type positionRead struct {
	code   string
	second bool
}

// positionOf finds the position of the Hội in a text, and whether the text names a second one.
func (r *reader) positionOf(text string) (code string, second bool) {
	if seen, ok := r.positions[text]; ok {
		return seen.code, seen.second
	}
	defer func() { r.positions[text] = positionRead{code, second} }()
	if code, ok := r.extra[models.Fold(text)]; ok {
		return code, false
	}
	return positionIn(text, r.plain)
}

// positionIn is positionOf without what a mapping or a reading adds.
func positionIn(text string, plain func(string) string) (code string, second bool) {
	for _, piece := range positionSplit.Split(text, -1) {
		key := plain(piece)
		if elsewhere.MatchString(key) {
			continue
		}
		for _, p := range positionWords {
			if !p.words.MatchString(key) {
				continue
			}
			second = second || code != "" && code != p.code
			if rank[p.code] > rank[code] {
				code = p.code
			}
			break
		}
	}
	return code, second
}

func (r *reader) readPosition(vals []value) {
	for _, i := range r.named[models.FieldPosition] {
		vals[i].text = r.told(vals[i])
	}
	v := r.joined(vals, models.FieldPosition, ", ")
	if v.text == "" {
		r.row.Position = r.position
		if r.row.Position == "" {
			r.row.Position = r.m.DefaultPosition
		}
		if r.row.Position == "" {
			r.say(v, "position_missing", true, "")
		}
		return
	}
	code, second := r.positionOf(v.text)
	if second {
		r.say(v, "position_second", false, "")
	}
	if code == "" {
		if r.m.DefaultPosition == "" {
			r.say(v, "position_unknown", true, "Chủ tịch")
			return
		}
		r.say(v, "position_defaulted", false, "")
		code = r.m.DefaultPosition
	}
	r.row.Position = code
}
