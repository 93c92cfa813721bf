package web

import (
	"datchuan/core"
	"datchuan/models"
)

// addTraining puts the classes that a person was in on her card.
func (q *request) addTraining(v *CadrePage) error {
	lines, err := q.s.core.TrainingHistory(q.Request.Context(), q.actor, v.ID)
	if err != nil {
		return err
	}
	list := FactList{Key: "class", Title: v.T("class.history"), Empty: v.T("class.history_none")}
	for _, l := range lines {
		row := FactRow{ID: l.Enrolment, What: l.Class, Href: classHref(l.ClassID), Detail: l.School, When: joined(" · ", v.ClassDays(models.Class{From: l.From, To: l.To}), v.ClassState(l.State).Word)}
		row.StateWord = v.Word("seat." + string(l.Seat))
		if l.Seat == models.Seated && l.Outcome != models.Pending {
			row.StateWord = v.Word("outcome." + string(l.Outcome))
		}
		if l.Outcome == models.Passed {
			row.State, row.StateWord = string(models.Verified), row.StateWord+", "+v.Word("result_grade."+string(l.Grade))
		}
		list.Rows = append(list.Rows, row)
	}
	v.Lists = append(v.Lists, list)
	if !q.actor.May(models.CertificatesRead) {
		return nil
	}
	found, err := q.s.core.Certificates(q.Request.Context(), q.actor, core.CertificateQuery{CadreID: v.ID})
	papers := FactList{Key: "certificate", Title: v.T("cert.of_person"), Empty: v.T("cert.none_of_person")}
	for _, c := range found.Lines {
		row := FactRow{ID: c.ID, What: joined(" ", v.Word("certificate.kind."+string(c.Kind)), c.Label), Href: certificateHref(c.ID), Detail: c.Facts.Course, When: c.IssuedOn.VN(), StateWord: v.CertificateState(c.State).Word}
		if c.State == models.CertificateValid {
			row.State = string(models.Verified)
		}
		papers.Rows = append(papers.Rows, row)
	}
	v.Lists = append(v.Lists, papers)
	return err
}
