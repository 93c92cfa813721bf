package web

import (
	"fmt"
	"slices"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// PapersView is what of a class can be printed: the certificates that it has given, and its papers.
type PapersView struct {
	Issued   []IssuedLine
	Standing int    // valid certificates
	All, Zip string // of all valid ones
	Papers   []PaperLink
	Summons  []PaperLink // one letter to each district
}

// IssuedLine is a certificate in the list of a class.
type IssuedLine struct {
	Name, Number, Serial, State, Tone, PDF, Check string
}

// PaperLink is a paper and where it is had.
type PaperLink struct{ Label, PDF, Excel string }

func certificateHref(id int64) string { return fmt.Sprintf("/api/v1/certificates/%d", id) }

// certificateTones colour what a certificate is worth.
var certificateTones = map[models.CertificateState]string{models.CertificateValid: "met", models.CertificateSuspended: "studying", models.CertificateRevoked: "missing",
	models.CertificateReplaced: "unknown"}

func (q *request) fillPapers(v *ClassPage, d core.ClassDetail) error {
	v.Papers = &PapersView{}
	if q.actor.May(models.CertificatesRead) {
		if err := q.fillIssued(v, d.Class.ID); err != nil {
			return err
		}
	}
	at := fmt.Sprintf("/api/v1/classes/%d/papers/", d.Class.ID)
	link := func(key, code, query string, rows bool) PaperLink {
		x := PaperLink{Label: v.T(key), PDF: at + code + "?format=pdf" + query}
		if rows {
			x.Excel = at + code + "?format=xlsx" + query
		}
		return x
	}
	if d.MayWrite {
		v.Papers.Papers = append(v.Papers.Papers, link("class.paper_decision", "opening-decision", "", false), link("class.paper_summons", "summons", "", false))
	}
	v.Papers.Papers = append(v.Papers.Papers, link("class.paper_learners", "learner-list", "", true))
	if begun(d.Class.State) {
		v.Papers.Papers = append(v.Papers.Papers, link("class.paper_roll_blank", "roll", "", false), link("class.paper_roll", "roll", "&filled=true", true),
			link("class.paper_scores", "scores", "", true))
	}
	if len(v.Papers.Issued) > 0 && q.actor.May(models.Export) {
		v.Papers.Papers = append(v.Papers.Papers, link("class.paper_register", "register", "", true))
	}
	if !d.MayWrite {
		return nil
	}
	return q.fillSummons(v, d, at)
}

func (q *request) fillIssued(v *ClassPage, classID int64) error {
	found, err := q.s.core.Certificates(q.Request.Context(), q.actor, core.CertificateQuery{ClassID: classID, Size: 1000})
	if err != nil {
		return err
	}
	for _, c := range found.Lines {
		line := IssuedLine{Name: c.Facts.Name, Number: c.Label, Serial: c.Serial, State: v.Word("certificate_state." + string(c.State)), Tone: certificateTones[c.State], Check: "/c/" + c.Code}
		if c.State == models.CertificateValid {
			v.Papers.Standing++
			line.PDF = certificateHref(c.ID) + "/pdf"
		}
		v.Papers.Issued = append(v.Papers.Issued, line)
	}
	if v.Papers.Standing > 0 {
		v.Papers.All = fmt.Sprintf("/api/v1/classes/%d/certificates?format=pdf", classID)
		v.Papers.Zip = fmt.Sprintf("/api/v1/classes/%d/certificates?format=zip", classID)
	}
	return nil
}

// fillSummons lists the districts that have somebody in the class.
func (q *request) fillSummons(v *ClassPage, d core.ClassDetail, at string) error {
	people, err := q.s.core.ClassPeople(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	seen := map[int64]bool{0: true}
	for _, l := range people.Seated {
		if !seen[l.DistrictID] {
			seen[l.DistrictID] = true
			v.Papers.Summons = append(v.Papers.Summons, PaperLink{Label: l.District, PDF: fmt.Sprintf("%ssummons?district=%d", at, l.DistrictID)})
		}
	}
	slices.SortFunc(v.Papers.Summons, func(a, b PaperLink) int { return strings.Compare(models.Fold(a.Label), models.Fold(b.Label)) })
	return nil
}
