package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// factLists are the headings of the lists of facts.
var factLists = map[string]string{core.FactHolding: "fact.list_holding", core.FactQualification: "fact.list_qualification", core.FactStudy: "fact.list_study",
	core.FactSuccession: "fact.list_succession", core.FactAward: "fact.list_award", core.FactRating: "fact.list_rating"}

// addLists puts the facts of a person on her card, with what may be done with each.
func (v *CadrePage) addLists(card core.CadreCard, actor models.Actor) {
	lists := []FactList{
		v.holdings(card), v.qualifications(card, actor), v.studies(card), v.successions(card), v.awards(card), v.ratings(card),
	}
	for _, l := range lists {
		l.Title, l.Empty = v.T(factLists[l.Key]), v.T("fact.none")
		if v.MayEdit {
			l.Add = factHref(card.Cadre.ID, l.Key, "new")
		}
		for i, r := range l.Rows {
			if v.MayEdit {
				if r.Given {
					continue
				}
				l.Rows[i].Edit = factHref(card.Cadre.ID, l.Key, strconv.FormatInt(r.ID, 10))
			}
		}
		v.Lists = append(v.Lists, l)
	}
	if len(card.Files) > 0 {
		v.Lists = append(v.Lists, v.files(card))
	}
}

func factHref(cadre int64, kind, rest string) string {
	return fmt.Sprintf("/cadres/%d/facts/%s/%s", cadre, kind, rest)
}

// joined puts texts together, leaving out the empty ones.
func joined(sep string, texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, sep)
}

func (v *CadrePage) holdings(card core.CadreCard) FactList {
	l := FactList{Key: core.FactHolding}
	for i := len(card.Holdings) - 1; i >= 0; i-- {
		h := card.Holdings[i]
		l.Rows = append(l.Rows, FactRow{ID: h.FactID, What: h.Title, Detail: joined(", ", h.Unit, h.Commune), When: joined(" · ", v.Span(h.From, h.To), v.term(h.Term), h.Decision)})
	}
	return l
}

func (v *CadrePage) term(term string) string {
	if term == "" {
		return ""
	}
	return v.T("fact.term", "term", term)
}

func (v *CadrePage) successions(card core.CadreCard) FactList {
	l := FactList{Key: core.FactSuccession}
	for i := len(card.Successions) - 1; i >= 0; i-- {
		s := card.Successions[i]
		l.Rows = append(l.Rows, FactRow{ID: s.FactID, What: s.Title, Detail: s.Unit, When: joined(" · ", v.term(s.Term), v.Span(s.From, s.To), s.Decision)})
	}
	return l
}

// levelName is a level of a line of the personnel file in words: "Chuyên môn: trung cấp".
func (p *Page) levelName(kind models.QualKind, level int) string {
	return p.Word("qual."+string(kind)) + ": " + p.Word(models.LevelKey(kind, level))
}

func (v *CadrePage) qualifications(card core.CadreCard, actor models.Actor) FactList {
	l := FactList{Key: core.FactQualification}
	review := v.State == string(models.Active) && actor.May(models.FactsVerify)
	for _, x := range card.Qualifications {
		days := ""
		if x.Days > 0 {
			days = v.T("fact.days", "n", x.Days)
		}
		r := FactRow{ID: x.FactID, What: v.levelName(x.Kind, x.Level), Detail: joined(", ", x.Field, x.School, x.Form, days), Evidence: x.Evidence,
			When: joined(" · ", cmp.Or(x.Earned.VN(), v.T("cadre.date_unknown")), x.Number), State: string(x.Review), StateWord: v.Word("review." + string(x.Review))}
		if until := x.To.VN(); until != "" {
			r.When += " · " + v.T("fact.valid_until", "date", until)
		}
		if x.FileID != 0 {
			r.FileHref = fmt.Sprintf("/files/%d", x.FileID)
		}
		if r.Given = x.EnrolmentID != 0; review && !r.Given {
			r.Review = factHref(card.Cadre.ID, l.Key, strconv.FormatInt(x.FactID, 10)+"/review")
		}
		l.Rows = append(l.Rows, r)
	}
	return l
}

func (v *CadrePage) studies(card core.CadreCard) FactList {
	l := FactList{Key: core.FactStudy}
	for i := len(card.Studies) - 1; i >= 0; i-- {
		s := card.Studies[i]
		l.Rows = append(l.Rows, FactRow{ID: s.FactID, What: v.levelName(s.Kind, s.Level), Detail: joined(", ", s.Course, s.School), When: v.Span(s.From, s.To), Given: s.EnrolmentID != 0})
	}
	return l
}

func (v *CadrePage) awards(card core.CadreCard) FactList {
	l := FactList{Key: core.FactAward}
	for i := len(card.Awards) - 1; i >= 0; i-- {
		a := card.Awards[i]
		l.Rows = append(l.Rows, FactRow{ID: a.FactID, What: a.Title, Detail: joined(", ", a.Giver, a.Number), When: cmp.Or(a.Date.VN(), strconv.Itoa(a.Year))})
	}
	return l
}

func (v *CadrePage) ratings(card core.CadreCard) FactList {
	l := FactList{Key: core.FactRating}
	for i := len(card.Ratings) - 1; i >= 0; i-- {
		r := card.Ratings[i]
		l.Rows = append(l.Rows, FactRow{ID: r.FactID, What: v.Word("grade." + r.Grade), Detail: r.Note, When: strconv.Itoa(r.Year)})
	}
	return l
}

// files are the stored scans; they come in with a qualification.
func (v *CadrePage) files(card core.CadreCard) FactList {
	l := FactList{Key: "file", Title: v.T("fact.list_file")}
	for _, f := range card.Files {
		l.Rows = append(l.Rows, FactRow{ID: f.ID, What: f.Name, When: joined(" · ", v.T("fact.size", "kb", int(f.Size+1023)/1024), moment(f.CreatedAt)), FileHref: fmt.Sprintf("/files/%d", f.ID)})
	}
	return l
}
