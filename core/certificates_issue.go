package core

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"datchuan/models"
)

// A class that closes issues one certificate to each graduate. Opened again, its certificates are suspended; the next closing
// lets those stand that would say the same, replaces those that would say something else, and revokes the rest.

// batch is what the certificates of one closing have in common.
type batch struct {
	class    models.Class
	course   models.Course
	kind     models.CertificateKind
	issuer   models.CertificateIssuer
	template certificateTemplate
	facts    models.CertificateFacts // without the learner
	closing  int64
}

// award is one graduate of a closing.
type award struct {
	enrolment models.Enrolment
	cadre     models.Cadre
	facts     models.CertificateFacts
}

// certify issues the certificates of a closing to the graduates among the seated, in the order of the learners' list.
func (tx *Tx) certify(class models.Class, course models.Course, closing int64, graduates []models.Enrolment) error {
	if course.Paper == "" {
		return tx.endSuspended(class.ID, nil)
	}
	b, err := tx.batchFor(class, course, closing)
	if err != nil {
		return err
	}
	awards, err := tx.awardsOf(b, graduates)
	if err != nil {
		return err
	}
	suspended, err := tx.suspendedOf(class.ID)
	if err != nil {
		return err
	}
	var fresh []models.Certificate
	for _, a := range awards {
		old, had := suspended[a.enrolment.ID]
		if had && old.Facts.SameAs(a.facts) {
			delete(suspended, a.enrolment.ID)
			old.State, old.Reason, old.Closing = models.CertificateValid, "", closing
			if err := tx.storeCertificate(&old, "reinstated", ""); err != nil {
				return err
			}
			continue
		}
		cert := b.certificate(a, tx)
		if had {
			delete(suspended, a.enrolment.ID)
			cert.Replaces, old.State = old.ID, models.CertificateReplaced
			if err := tx.storeCertificate(&old, "replaced", old.Reason); err != nil {
				return err
			}
		}
		fresh = append(fresh, cert)
	}
	if err := tx.endSuspended(class.ID, suspended); err != nil {
		return err
	}
	return tx.register(b.issuer, fresh)
}

func (tx *Tx) batchFor(class models.Class, course models.Course, closing int64) (batch, error) {
	b := batch{class: class, course: course, kind: models.CertificateKind(course.Paper), closing: closing}
	tree, err := tx.tree()
	if err != nil {
		return b, err
	}
	key := models.UnitIssuer(class.UnitID)
	if b.kind == models.ChungChi {
		key = models.SchoolIssuer(class.School)
	}
	last := class.To.AddDays(-1)
	if b.issuer, err = issuerOf(tx.DB, tree, key, last); err != nil {
		return b, err
	}
	code := course.Template
	if code == "" {
		code = string(b.kind)
	}
	if b.template, err = latestTemplate(tx.DB, code); err != nil {
		return b, err
	}
	var venue models.Venue
	if err := tx.Where("id = ?", class.VenueID).Limit(1).Find(&venue).Error; err != nil {
		return b, err
	}
	b.facts = models.CertificateFacts{Kind: b.kind, Programme: course.Name, Course: course.Name, Class: class.Name, Decision: class.Decision, From: class.From, To: last,
		Days: course.Days, Periods: course.Periods, Venue: venue.Name, IssuedOn: last}
	b.sign()
	return b, nil
}

// sign heads and signs the paper as the issuer does it today.
func (b *batch) sign() {
	f, i := &b.facts, b.issuer
	f.Parent, f.Issuer, f.IssuerName, f.IssuePlace = i.Parent, i.Issuer, i.IssuerName, i.Place
	f.Authority, f.SignerPost, f.Signer = i.Authority, i.SignerPost, i.Signer
}

func (tx *Tx) awardsOf(b batch, graduates []models.Enrolment) ([]award, error) {
	tree, err := tx.tree()
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(graduates))
	for i, e := range graduates {
		ids[i] = e.CadreID
	}
	cadres := map[int64]models.Cadre{}
	for chunk := range slices.Chunk(ids, 500) {
		var found []models.Cadre
		if err := tx.Where("id IN ?", chunk).Find(&found).Error; err != nil {
			return nil, err
		}
		for _, c := range found {
			cadres[c.ID] = c
		}
	}
	posts := map[string]string{}
	if err := namesOf(tx.Model(&models.Position{}).Select("code", "short"), posts); err != nil {
		return nil, err
	}
	out := make([]award, len(graduates))
	for i, e := range graduates {
		c := cadres[e.CadreID]
		out[i] = award{enrolment: e, cadre: c, facts: b.learner(tree, e, c, posts)}
	}
	slices.SortStableFunc(out, func(x, y award) int { return slices.Compare(x.cadre.SortKey, y.cadre.SortKey) })
	return out, nil
}

// learner adds a learner to what all certificates of the class say.
func (b batch) learner(tree *Tree, e models.Enrolment, c models.Cadre, posts map[string]string) models.CertificateFacts {
	f := b.facts
	f.Name, f.Birth, f.Post = c.Name, c.Birth, posts[e.Position]
	switch c.Sex {
	case models.Female:
		f.Honorific = "Bà"
	case models.Male:
		f.Honorific = "Ông"
	}
	f.Unit = workplace(tree, e.UnitID, f.To)
	if e.Grade != "" && e.Grade != models.Plain {
		f.Grade = models.Word(models.Vi, "result_grade."+string(e.Grade))
	}
	return f
}

// workplace writes a unit as papers do: "Hội LHPN xã Mỹ Thủy, huyện Lệ Thủy", "Chi hội Thôn 6, Hội LHPN xã Lộc Thủy, huyện Lệ Thủy".
func workplace(tree *Tree, unitID int64, on models.Date) string {
	unit, ok := tree.Nearest(unitID, on)
	if !ok {
		return ""
	}
	hoi := func(s models.UnitSpan) string {
		return models.Word(models.Vi, "certificate.workplace", "unit", s.FullName())
	}
	var parts []string
	for _, kind := range []models.UnitKind{models.Commune, models.District, models.Province} {
		above, ok := tree.Above(unit.Path, kind, on)
		switch {
		case !ok || kind == models.Province && len(parts) > 0:
		case len(parts) == 0:
			parts = append(parts, hoi(above))
		default:
			parts = append(parts, above.FullName())
		}
	}
	if !slices.Contains([]models.UnitKind{models.Nation, models.Province, models.District, models.Commune}, unit.Kind) {
		parts = append([]string{models.Capitalized(unit.FullName())}, parts...)
	}
	return strings.Join(parts, ", ")
}

func (b batch) certificate(a award, tx *Tx) models.Certificate {
	return models.Certificate{Code: randomCode(), Issuer: b.issuer.Key, Kind: a.facts.Kind, Year: a.facts.IssuedOn.Year(), EnrolmentID: a.enrolment.ID,
		ClassID: b.class.ID, CadreID: a.enrolment.CadreID, IssuedOn: a.facts.IssuedOn, Facts: a.facts, Template: b.template.Code, TemplateVersion: b.template.Number,
		State: models.CertificateValid, Closing: b.closing, IssuedAt: tx.at, IssuedBy: tx.actor.AccountID, Version: 1}
}

// randomCode is the code of a new certificate: 128 bits that nobody guesses.
func randomCode() string {
	var random [16]byte
	rand.Read(random[:])
	return models.NewCode(random)
}

// register gives certificates of one issuer, kind and year their numbers, and enters them.
func (tx *Tx) register(issuer models.CertificateIssuer, fresh []models.Certificate) error {
	if len(fresh) == 0 {
		return nil
	}
	last, err := tx.nextInSeries(issuer.Key, fresh[0].Kind, fresh[0].Year, len(fresh))
	if err != nil {
		return err
	}
	for i := range fresh {
		c := &fresh[i]
		c.Number = last - int64(len(fresh)-1-i)
		c.Label = issuer.Numbered(c.Kind, c.Year, c.Number)
		if c.Kind == models.GiayChungNhan {
			c.Facts.Number = c.Label
		} else {
			c.Facts.Register = c.Label
		}
		if err := c.Facts.Check(); err != nil {
			return err
		}
	}
	if err := tx.CreateInBatches(fresh, 100).Error; err != nil {
		return err
	}
	events := make([]models.CertificateEvent, len(fresh))
	for i, c := range fresh {
		events[i] = models.CertificateEvent{CertificateID: c.ID, Event: "issued", At: tx.at, By: tx.actor.AccountID}
		if c.Replaces == 0 {
			continue
		}
		if err := tx.Model(&models.Certificate{}).Where("id = ?", c.Replaces).UpdateColumn("replaced_by", c.ID).Error; err != nil {
			return err
		}
	}
	if err := tx.CreateInBatches(events, 500).Error; err != nil {
		return err
	}
	return tx.audit("certificate.issue", "class", fresh[0].ClassID, map[string]any{"issuer": issuer.Key, "first": fresh[0].Label, "last": fresh[len(fresh)-1].Label})
}

// nextInSeries moves the counter of a series by n under its row lock and returns the last number taken. It goes back with the
// transaction, so the series has no gap.
func (tx *Tx) nextInSeries(issuer string, kind models.CertificateKind, year, n int) (last int64, err error) {
	return last, tx.Raw(`INSERT INTO certificate_series (issuer, kind, year, last) VALUES (?, ?, ?, ?)
		ON CONFLICT (issuer, kind, year) DO UPDATE SET last = certificate_series.last + excluded.last RETURNING last`, issuer, kind, year, n).Scan(&last).Error
}

// suspend marks the standing certificates of a class that is opened again.
func (tx *Tx) suspend(classID int64, reason string) error {
	var standing []models.Certificate
	if err := tx.Where("class_id = ? AND state = ?", classID, models.CertificateValid).Order("id").Find(&standing).Error; err != nil {
		return err
	}
	for i := range standing {
		standing[i].State, standing[i].Reason = models.CertificateSuspended, reason
		if err := tx.storeCertificate(&standing[i], "suspended", reason); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) suspendedOf(classID int64) (map[int64]models.Certificate, error) {
	var rows []models.Certificate
	err := tx.Where("class_id = ? AND state = ?", classID, models.CertificateSuspended).Find(&rows).Error
	out := map[int64]models.Certificate{}
	for _, c := range rows {
		out[c.EnrolmentID] = c
	}
	return out, err
}

// endSuspended ends the suspended certificates of a class that don't stand again; nil means all there are. Who gets another one has hers
// replaced by it, in register.
func (tx *Tx) endSuspended(classID int64, list map[int64]models.Certificate) error {
	if list == nil {
		var err error
		if list, err = tx.suspendedOf(classID); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(list)) {
		c := list[id]
		c.State, c.Reason = models.CertificateRevoked, models.Word(models.Vi, "certificate.closed_again")
		if err := tx.storeCertificate(&c, "revoked", c.Reason); err != nil {
			return err
		}
	}
	return nil
}

// storeCertificate writes what may change of a certificate, and what happened.
func (tx *Tx) storeCertificate(c *models.Certificate, event, reason string) error {
	c.Version++
	done := tx.Model(&models.Certificate{}).Where("id = ?", c.ID).Updates(map[string]any{"state": c.State, "reason": c.Reason, "closing": c.Closing,
		"serial": c.Serial, "replaced_by": c.ReplacedBy, "asked_by": c.AskedBy, "asked_reason": c.AskedReason, "version": c.Version})
	if done.Error != nil {
		return done.Error
	}
	return tx.Create(&models.CertificateEvent{CertificateID: c.ID, Event: event, Reason: reason, At: tx.at, By: tx.actor.AccountID}).Error
}
