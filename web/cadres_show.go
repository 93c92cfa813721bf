package web

import (
	"cmp"
	"fmt"
	"strconv"

	"datchuan/core"
	"datchuan/core/reference"
	"datchuan/models"
)

func (s *server) cadre(q *request) error {
	card, err := q.card()
	if err != nil {
		return err
	}
	v, err := q.cadrePage(card)
	if err != nil {
		return err
	}
	return q.show("cadre", v)
}

// card is the record that the address names.
func (q *request) card() (core.CadreCard, error) {
	id, err := q.id("id")
	if err != nil {
		return core.CadreCard{}, err
	}
	return q.s.core.Cadre(q.Request.Context(), q.actor, id, 0)
}

// reveal shows the card with the full identity number; core notes the reading.
func (s *server) reveal(q *request) error {
	card, err := q.card()
	if err != nil {
		return err
	}
	if q.text("field") != secretIdentity {
		return models.Fail(models.NotFound, "not_found", "")
	}
	number, err := s.core.RevealIdentity(q.Request.Context(), q.actor, card.Cadre.ID)
	if err != nil {
		return err
	}
	v, err := q.cadrePage(card)
	if err != nil {
		return err
	}
	for i := range v.Secrets {
		if v.Secrets[i].Field == secretIdentity {
			v.Secrets[i].Value = cmp.Or(number, v.T("cadre.not_written"))
		}
	}
	return q.show("cadre", v)
}

// secretIdentity is the one value that is shown only when asked for.
const secretIdentity = "identity"

func cadreHref(id int64) string { return fmt.Sprintf("/cadres/%d", id) }

func (q *request) cadrePage(card core.CadreCard) (*CadrePage, error) {
	c := card.Cadre
	p := q.base("nav.people", Crumb{word(q.lang, "nav.people"), "/people"}, Crumb{c.Name, ""})
	p.Title, p.Path = c.Name, cadreHref(c.ID)
	v := &CadrePage{Page: p, ID: c.ID, Name: c.Name, Note: c.Note, UpdatedAt: moment(c.UpdatedAt), State: string(c.State),
		MayEdit: q.actor.May(models.CadresWrite) && c.State == models.Active}
	v.Facts = v.personFacts(card)
	v.Secrets = v.secrets(card, q.actor)
	v.addStandings(card)
	v.addLists(card, q.actor)
	if err := q.addTraining(v); err != nil {
		return nil, err
	}
	v.addTimeline(card)
	for _, w := range card.Warnings {
		v.Warnings = append(v.Warnings, w.Text(q.lang))
	}
	if err := q.addMerges(v, card); err != nil {
		return nil, err
	}
	if c.State == models.Active && q.actor.May(models.CadresMerge) {
		pairs, err := q.s.core.DuplicatesOf(q.Request.Context(), q.actor, c.ID)
		if err != nil {
			return nil, err
		}
		v.Duplicates = len(pairs)
	}
	return v, nil
}

// personFacts are the plain values of a person; what nobody wrote down shows as a dash.
func (v *CadrePage) personFacts(card core.CadreCard) []Fact {
	c := card.Cadre
	birth := c.Birth.VN()
	if birth != "" {
		birth = v.T("cadre.birth_age", "birth", birth, "age", c.Birth.AgeOn(card.AsOf))
	}
	unit := card.Unit.FullName()
	for _, above := range []string{card.Commune, card.District} {
		if above != "" && above != unit {
			unit += ", " + above
		}
	}
	sex := string(c.Sex)
	if sex != "" {
		sex = v.Word("sex." + sex)
	}
	out := []Fact{{v.Word("field.birth"), birth}, {v.Word("field.sex"), sex}, {v.Word("field.hometown"), c.Hometown}, {v.Word("field.residence"), c.Residence},
		{v.Word("field.joined"), c.Joined.VN()}, {v.Word("field.phone"), c.Phone}, {v.Word("field.unit_id"), unit}}
	if c.OtherName != "" {
		out = append([]Fact{{v.Word("field.other_name"), c.OtherName}}, out...)
	}
	return out
}

// secrets are the restricted values: the identity number masked, the others only for who may read them.
func (v *CadrePage) secrets(card core.CadreCard, actor models.Actor) []SecretFact {
	var out []SecretFact
	if card.Identity != "" {
		out = append(out, SecretFact{Label: v.Word("field.identity"), Field: secretIdentity, Masked: card.Identity, May: actor.May(models.CadresIdentity)})
	}
	if card.Restricted {
		return out
	}
	c := card.Cadre
	party := v.Word("tristate." + strconv.Itoa(int(c.Party)))
	if c.PartyDate != 0 {
		party = v.T("cadre.party_since", "date", c.PartyDate.VN())
	}
	for _, s := range []SecretFact{
		{Label: v.Word("field.ethnicity"), Value: reference.Name(reference.EthnicGroups(), c.Ethnicity)},
		{Label: v.Word("field.religion"), Value: reference.Name(reference.Religions(), c.Religion)},
		{Label: v.Word("field.party"), Value: party},
	} {
		s.Value = cmp.Or(s.Value, v.T("cadre.not_written"))
		out = append(out, s)
	}
	return out
}

func (v *CadrePage) addStandings(card core.CadreCard) {
	for _, h := range card.Holdings {
		if h.Current && v.Lead == "" {
			v.Lead = joined(" · ", h.Title, h.Unit)
		}
	}
	for i, st := range card.Standings {
		s := st.Standard
		sc := StandingCard{Standard: s.Name, Position: joined(" · ", st.Title, st.Unit), Href: "/standards/" + s.Code, Basis: s.LegalBasis, AsOf: card.AsOf.VN(),
			Overall: v.Badge(st.Evaluation.Overall), Changes: st.Until.VN()}
		for _, r := range st.Evaluation.Results {
			req, _ := s.Requirement(r.Requirement)
			sc.Lines = append(sc.Lines, RequirementLine{Name: req.Name, Reason: r.Reason.Text(v.Lang), Detail: req.Note, Badge: v.Badge(r.Status)})
		}
		if i == 0 {
			v.Overall = sc.Overall
		}
		v.Standings = append(v.Standings, sc)
	}
}

func (v *CadrePage) addTimeline(card core.CadreCard) {
	for _, e := range card.Timeline {
		date := e.Date.VN()
		if date == "" {
			date = v.T("cadre.date_unknown")
		}
		detail := ""
		if until := e.Until.VN(); until != "" {
			detail = v.T("span.until", "to", until)
		}
		v.Timeline = append(v.Timeline, Event{Date: date, Title: e.Text, Detail: detail, Kind: e.Kind})
	}
}

// addMerges says what became of a record that is no longer in use, and which records went into this one.
func (q *request) addMerges(v *CadrePage, card core.CadreCard) error {
	c := card.Cadre
	if c.State != models.Active {
		v.StateNotice = v.Word("cadre_state." + string(c.State))
	}
	if c.MergedInto != 0 {
		v.StateHref = cadreHref(c.MergedInto)
	}
	for _, m := range card.MergedFrom {
		gone, err := q.s.core.Cadre(q.Request.Context(), q.actor, m.GoneID, 0)
		if models.KindOf(err) == models.NotFound {
			continue // moved out of this scope since
		} else if err != nil {
			return err
		}
		v.Merges = append(v.Merges, MergeLine{ID: m.ID, Name: gone.Cadre.Name, Href: cadreHref(m.GoneID), When: moment(m.At),
			May: q.actor.May(models.CadresMerge) && c.State == models.Active})
	}
	return nil
}
