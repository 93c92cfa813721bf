package core

import (
	"cmp"
	"context"
	"slices"

	"datchuan/models"
)

// A certificate that was issued is never edited: it is replaced by another one, or revoked by two people.

// lockCertificate is a certificate of a class that the actor holds, held still, as the editor saw it.
func (tx *Tx) lockCertificate(id, version int64) (models.Certificate, models.Class, error) {
	var cert models.Certificate
	var class models.Class
	if err := certificatesOf(tx.Model(&models.Certificate{}), tx.actor).Select("certificates.*").Where("certificates.id = ?", id).Take(&cert).Error; err != nil {
		return cert, class, lookup(err, "certificate")
	}
	class, err := tx.lockClass(cert.ClassID)
	if err != nil {
		return cert, class, err
	}
	if err := tx.Take(&cert, id).Error; err != nil { // as it is once nobody else is at the class
		return cert, class, err
	}
	return cert, class, checkVersion(version, cert.Version)
}

// standing refuses what is no longer valid, or waits for a revocation.
func standing(cert models.Certificate) error {
	switch {
	case cert.State != models.CertificateValid:
		return models.Fail(models.Conflict, "certificate.not_valid", "", "state", string(cert.State))
	case cert.AskedBy != 0:
		return models.Fail(models.Conflict, "certificate.revocation_waits", "")
	}
	return nil
}

func explained(reason *string) error {
	*reason = models.Clean(*reason)
	if *reason == "" || len([]rune(*reason)) > 400 {
		return models.Fail(models.Invalid, "certificate.reason_required", "reason")
	}
	return nil
}

// ReissueCertificate gives another certificate in the place of one: with the facts of the learner's record as they are now where the old
// paper was wrong, or the certificate that replaces a lost or damaged one. The old one stays in the register, replaced.
func (c *Core) ReissueCertificate(ctx context.Context, actor models.Actor, id, version int64, cause models.ReissueCause, reason string) (models.Certificate, error) {
	var out models.Certificate
	err := c.change(ctx, actor, models.CertificatesIssue, func(tx *Tx) error {
		if !slices.Contains(models.ReissueCauses, cause) {
			return models.Fail(models.Invalid, "certificate.cause_unknown", "cause")
		}
		if err := explained(&reason); err != nil {
			return err
		}
		old, class, err := tx.lockCertificate(id, version)
		if err != nil {
			return err
		}
		if err := standing(old); err != nil {
			return err
		}
		issuer, fresh, err := tx.replacement(old, class, cause)
		if err != nil {
			return err
		}
		old.State, old.Reason = models.CertificateReplaced, reason
		if err := tx.storeCertificate(&old, "replaced", reason); err != nil {
			return err
		}
		list := []models.Certificate{fresh}
		if err := tx.register(issuer, list); err != nil {
			return err
		}
		out = list[0]
		return tx.audit("certificate.reissue", "certificate", old.ID, map[string]any{"cause": cause, "reason": reason, "by": out.ID})
	})
	return out, err
}

// replacement is the certificate that takes the place of another one, without its number.
func (tx *Tx) replacement(old models.Certificate, class models.Class, cause models.ReissueCause) (models.CertificateIssuer, models.Certificate, error) {
	tree, err := tx.tree()
	if err != nil {
		return models.CertificateIssuer{}, old, err
	}
	issuer, err := issuerOf(tx.DB, tree, old.Issuer, tx.today())
	if err != nil {
		return issuer, old, err
	}
	fresh, facts, code := old, old.Facts, old.Template
	if cause == models.CauseWrong {
		if facts, err = tx.correctedFacts(old, class); err != nil {
			return issuer, old, err
		}
	} else {
		facts.Replaces = &models.ReplacedPaper{Number: old.Facts.Number, Serial: old.Serial, Register: old.Facts.Register, IssuedOn: old.IssuedOn,
			Reason: models.Word(models.Vi, "certificate.replaced_"+string(cause))}
		facts.Kind, code = models.ThayThe, string(models.ThayThe)
		facts.SignerPost, facts.Signer, facts.IssuePlace = issuer.SignerPost, issuer.Signer, issuer.Place
	}
	template, err := latestTemplate(tx.DB, code)
	if err != nil {
		return issuer, old, err
	}
	fresh.Template, fresh.TemplateVersion = template.Code, template.Number
	facts.Number, facts.Register, facts.IssuedOn = "", "", tx.today()
	fresh.ID, fresh.Code, fresh.Kind, fresh.Year, fresh.IssuedOn, fresh.Facts = 0, randomCode(), facts.Kind, facts.IssuedOn.Year(), facts.IssuedOn, facts
	fresh.Serial, fresh.State, fresh.Reason, fresh.Replaces, fresh.ReplacedBy, fresh.Version = "", models.CertificateValid, "", old.ID, 0, 1
	fresh.IssuedAt, fresh.IssuedBy = tx.at, tx.actor.AccountID
	return issuer, fresh, nil
}

// correctedFacts are the facts of a certificate from the records as they are now.
func (tx *Tx) correctedFacts(old models.Certificate, class models.Class) (models.CertificateFacts, error) {
	course, err := courseOf(tx.DB, class.Course)
	if err != nil {
		return old.Facts, err
	}
	if course.Paper == "" {
		course.Paper = string(old.Kind)
	}
	b, err := tx.batchFor(class, course, old.Closing)
	if err != nil {
		return old.Facts, err
	}
	var e models.Enrolment
	if err := tx.Take(&e, old.EnrolmentID).Error; err != nil {
		return old.Facts, lookup(err, "enrolment")
	}
	awards, err := tx.awardsOf(b, []models.Enrolment{e})
	if err != nil {
		return old.Facts, err
	}
	facts := awards[0].facts
	facts.Kind, facts.Replaces = old.Kind, old.Facts.Replaces
	return facts, nil
}

// AskRevocation asks for a certificate to be revoked; another person has to confirm it.
func (c *Core) AskRevocation(ctx context.Context, actor models.Actor, id, version int64, reason string) (models.Certificate, error) {
	var cert models.Certificate
	err := c.change(ctx, actor, models.CertificatesIssue, func(tx *Tx) (err error) {
		if err := explained(&reason); err != nil {
			return err
		}
		if cert, _, err = tx.lockCertificate(id, version); err != nil {
			return err
		}
		if err := standing(cert); err != nil {
			return err
		}
		cert.AskedBy, cert.AskedReason = actor.AccountID, reason
		if err := tx.storeCertificate(&cert, "revocation-asked", reason); err != nil {
			return err
		}
		return tx.audit("certificate.ask", "certificate", id, map[string]any{"reason": reason})
	})
	return cert, err
}

// DecideRevocation confirms or refuses what another person has asked for. Revoked, the certificate is void and what the class gave its
// holder no longer counts.
func (c *Core) DecideRevocation(ctx context.Context, actor models.Actor, id, version int64, confirm bool, note string) (models.Certificate, error) {
	var cert models.Certificate
	err := c.changeFacts(ctx, actor, models.CertificatesRevoke, func(tx *Tx) (err error) {
		if note = models.Clean(note); len([]rune(note)) > 400 {
			return models.Fail(models.Invalid, "fact.too_long", "note", "max", "400")
		}
		if cert, _, err = tx.lockCertificate(id, version); err != nil {
			return err
		}
		switch {
		case cert.AskedBy == 0 || cert.State == models.CertificateRevoked || cert.State == models.CertificateReplaced:
			return models.Fail(models.Conflict, "certificate.nothing_asked", "")
		case cert.AskedBy == actor.AccountID:
			return models.Fail(models.Conflict, "certificate.second_person", "")
		}
		if confirm {
			return tx.revoke(&cert, note)
		}
		cert.AskedBy, cert.AskedReason = 0, ""
		if err := tx.storeCertificate(&cert, "revocation-refused", note); err != nil {
			return err
		}
		return tx.audit("certificate.refuse", "certificate", id, map[string]any{"note": note})
	})
	return cert, err
}

func (tx *Tx) revoke(cert *models.Certificate, note string) error {
	cert.State, cert.Reason = models.CertificateRevoked, cert.AskedReason
	if err := tx.storeCertificate(cert, "revoked", cmp.Or(note, cert.AskedReason)); err != nil {
		return err
	}
	given := tx.Model(&models.Qualification{}).Where("enrolment_id = ? AND enrolment_id <> 0 AND superseded_at = ?", cert.EnrolmentID, models.Never)
	if err := given.UpdateColumn("superseded_at", tx.at).Error; err != nil {
		return err
	}
	if err := tx.audit("certificate.revoke", "certificate", cert.ID, map[string]any{"reason": cert.AskedReason, "asked_by": cert.AskedBy, "note": note}); err != nil {
		return err
	}
	return tx.restand(cert.CadreID)
}

// revokedIn are the enrolments of a class whose certificates two people have revoked.
func (tx *Tx) revokedIn(classID int64) (map[int64]bool, error) {
	var ids []int64
	err := tx.Model(&models.Certificate{}).Where("class_id = ? AND state = ? AND asked_by <> 0", classID, models.CertificateRevoked).Pluck("enrolment_id", &ids).Error
	out := map[int64]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
