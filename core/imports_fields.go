package core

import (
	"slices"
	"strings"

	"datchuan/models"
)

// merger joins one row into one person. What the file does not say changes nothing; what contradicts the record in a
// way that a roster is likely to have wrong is a conflict: told, and left as it is unless the choice takes the file.
type merger struct {
	*planner
	row      *models.RosterRow
	per      *person
	choice   RowChoice
	out      *ImportRow
	place    int64
	homePath string
}

func (m *merger) takes(f models.RosterField) bool { return slices.Contains(m.choice.Take, f) }

// note records a change of the person: for the preview, and for her history.
func (m *merger) note(f models.RosterField, before, after string) {
	m.per.changes = append(m.per.changes, FieldChange{Field: f, Before: before, After: after})
}

// conflict tells of a contradiction; it is true when the file is to be taken.
func (m *merger) conflict(f models.RosterField, ours, theirs string) bool {
	if m.takes(f) {
		return true
	}
	m.say(m.out, models.Finding{Field: f, Value: theirs, Code: "import.conflict", Params: map[string]string{"ours": ours, "theirs": theirs}, Suggestion: ours})
	return false
}

// fields joins what stands on the record itself.
func (m *merger) fields() {
	k := &m.per.cadre
	m.name()
	m.home()
	m.date(models.FieldBirth, &k.Birth, m.row.Birth, true)
	m.date(models.FieldJoined, &k.Joined, m.row.Joined, false)
	if m.row.Sex != "" && m.row.Sex != k.Sex && (k.Sex == "" || m.conflict(models.FieldSex, m.sexText(k.Sex), m.sexText(m.row.Sex))) {
		m.note(models.FieldSex, m.sexText(k.Sex), m.sexText(m.row.Sex))
		k.Sex, m.per.dirty = m.row.Sex, true
	}
	m.text(models.FieldHometown, &k.Hometown, m.row.Hometown, 200)
	m.text(models.FieldResidence, &k.Residence, m.row.Residence, 200)
	m.phone()
	m.identity()
	m.remark()
	m.restricted()
}

func (m *merger) name() {
	k := &m.per.cadre
	name := models.Clean(m.row.Name)
	if k.Name != "" && models.MatchKey(k.Name) == models.MatchKey(name) {
		return
	}
	if k.Name != "" && !m.conflict(models.FieldName, k.Name, name) {
		return
	}
	if k.Name != "" {
		m.note(models.FieldName, k.Name, name)
	}
	k.Name, k.Search, k.SortKey, m.per.dirty = name, models.Fold(name), models.NameSortKey(name), true
}

// home moves the record to the commune of the roster when the person is known to be the same one elsewhere.
func (m *merger) home() {
	if m.per.place == m.place {
		return
	}
	from, _ := m.tree.Nearest(m.per.place, m.today)
	to, _ := m.tree.Nearest(m.place, m.today)
	ids := models.PathIDs(m.homePath)
	m.note(models.FieldUnit, from.FullName(), to.FullName())
	m.per.cadre.UnitID, m.per.cadre.Path, m.per.place, m.per.dirty = ids[len(ids)-1], m.homePath, m.place, true
}

// date joins a partial date: one that is known more precisely wins, a contradiction is a conflict or, for the softer
// fields, a change.
func (m *merger) date(f models.RosterField, ours *models.PartialDate, theirs models.PartialDate, firm bool) {
	switch {
	case theirs == 0 || theirs == *ours:
		return
	case *ours != 0 && birthAgrees(*ours, theirs):
		if precision(theirs) <= precision(*ours) {
			return
		}
	case *ours != 0 && firm && !m.conflict(f, ours.VN(), theirs.VN()):
		return
	}
	m.note(f, ours.VN(), theirs.VN())
	*ours, m.per.dirty = theirs, true
}

func precision(p models.PartialDate) int {
	switch {
	case p.Exact():
		return 3
	case p.Month() != 0:
		return 2
	case p != 0:
		return 1
	}
	return 0
}

func (m *merger) text(f models.RosterField, ours *string, theirs string, most int) {
	theirs = clip(models.Clean(theirs), most)
	if theirs == "" || models.MatchKey(theirs) == models.MatchKey(*ours) {
		return
	}
	m.note(f, *ours, theirs)
	*ours, m.per.dirty = theirs, true
}

// phone takes the number of the roster, but not the old form of the number on record.
func (m *merger) phone() {
	k := &m.per.cadre
	now, _ := NormalPhone(m.row.Phone, mobileSwitch.AddDays(1))
	if m.row.Phone == "" || m.row.Phone == k.Phone || now == k.Phone {
		return
	}
	m.note(models.FieldPhone, k.Phone, m.row.Phone)
	k.Phone, k.PhoneRaw, m.per.dirty = clip(m.row.Phone, 20), clip(m.row.PhoneRaw, 60), true
}

// identity writes a number where none is, and lets a 12-digit number follow a 9-digit one. Another contradiction is a
// conflict; numbers are never shown whole.
func (m *merger) identity() {
	k := &m.per.cadre
	number := m.row.Identity
	key := m.c.keys.identityLookup(number)
	if number == "" || key == k.IdentityKey {
		return
	}
	if other := m.people.byIdentity[key]; other != nil && other != m.per {
		f := models.Finding{Field: models.FieldIdentity, Value: MaskIdentity(number), Code: "import.identity_elsewhere"}
		if other.fresh || inScope(m.actor, other.cadre.Path) {
			f.Code, f.Params = "import.identity_taken", map[string]string{"name": other.cadre.Name}
		}
		m.say(m.out, f)
		return
	}
	if k.IdentityKey != "" {
		stored, err := m.c.keys.openIdentity(k.IdentityEnc)
		follows := err == nil && len(stored) == 9 && len(number) == 12
		if !follows && !m.conflict(models.FieldIdentity, k.IdentityEnd, MaskIdentity(number)) {
			return
		}
	}
	m.note(models.FieldIdentity, k.IdentityEnd, MaskIdentity(number))
	k.IdentityKey, k.IdentityEnd, m.per.identity, m.per.dirty = key, MaskIdentity(number), number, true
	m.people.byIdentity[key] = m.per
}

// remark fills an empty note; what an officer wrote is not replaced by a roster's remark.
func (m *merger) remark() {
	k := &m.per.cadre
	theirs := clip(models.Clean(m.row.Note), 1000)
	if theirs == "" || theirs == k.Note || k.Note != "" && !m.conflict(models.FieldNote, k.Note, theirs) {
		return
	}
	m.note(models.FieldNote, k.Note, theirs)
	k.Note, m.per.dirty = theirs, true
}

// restricted joins ethnicity, religion and Party membership, if the actor may write them.
func (m *merger) restricted() {
	row, k := m.row, &m.per.cadre
	if !m.actor.May(models.CadresSensitive) {
		if row.Ethnicity != "" || row.Religion != "" || row.Party != models.NotKnown || row.PartyDate != 0 {
			m.hidden++
		}
		return
	}
	m.text(models.FieldEthnicity, &k.Ethnicity, row.Ethnicity, 4)
	m.text(models.FieldReligion, &k.Religion, row.Religion, 4)
	if row.Party != models.NotKnown && row.Party != k.Party {
		ours, theirs := m.partyText(k.Party), m.partyText(row.Party)
		if k.Party != models.Yes || m.conflict(models.FieldParty, ours, theirs) {
			m.note(models.FieldParty, ours, theirs)
			k.Party, m.per.dirty = row.Party, true
			if row.Party == models.No {
				k.PartyDate = 0
			}
		}
	}
	if k.Party == models.Yes {
		m.date(models.FieldPartyDate, &k.PartyDate, row.PartyDate, true)
	}
}

func (m *merger) partyText(t models.Tristate) string {
	switch t {
	case models.Yes:
		return models.Word(m.actor.Language, "import.yes")
	case models.No:
		return models.Word(m.actor.Language, "import.no")
	}
	return ""
}

func (m *merger) sexText(s models.Sex) string {
	if s == "" {
		return ""
	}
	return models.Word(m.actor.Language, "import.sex_"+strings.ToLower(string(s)))
}

// clip cuts a text to what its column holds.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return s
}
