package core

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// BlankStock is how many blanks of an issuer there are, by state, and the next free serials.
type BlankStock struct {
	Issuer   string   `json:"issuer"`
	Received int64    `json:"received"` // free
	Used     int64    `json:"used"`
	Spoiled  int64    `json:"spoiled"`
	Next     []string `json:"next"` // the first free ones
}

const shownSerials = 5

// Blanks is the stock book (nhập, dùng, hỏng, tồn) of the actor's issuers.
func (c *Core) Blanks(ctx context.Context, actor models.Actor) ([]BlankStock, error) {
	if err := allow(actor, models.CertificatesIssue); err != nil {
		return nil, err
	}
	out := []BlankStock{}
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		keys, err := issuerKeys(db, actor)
		if err != nil {
			return err
		}
		for _, key := range keys {
			stock, err := blankStock(db, key)
			if err != nil {
				return err
			}
			out = append(out, stock)
		}
		return nil
	})
	return out, err
}

func blankStock(db *gorm.DB, issuer string) (BlankStock, error) {
	out := BlankStock{Issuer: issuer, Next: []string{}}
	var counts []struct {
		State models.BlankState
		N     int64
	}
	if err := db.Model(&models.Blank{}).Select("state, COUNT(*) AS n").Where("issuer = ?", issuer).Group("state").Scan(&counts).Error; err != nil {
		return out, err
	}
	for _, n := range counts {
		switch n.State {
		case models.BlankReceived:
			out.Received = n.N
		case models.BlankUsed:
			out.Used = n.N
		case models.BlankSpoiled:
			out.Spoiled = n.N
		}
	}
	return out, freeBlanks(db, issuer).Limit(shownSerials).Pluck("serial", &out.Next).Error
}

func freeBlanks(db *gorm.DB, issuer string) *gorm.DB {
	return db.Model(&models.Blank{}).Where("issuer = ? AND state = ?", issuer, models.BlankReceived).Order("id")
}

// ReceiveBlanks enters n blanks, counted up from the first serial. A serial that was ever received is refused, and nothing is entered.
func (c *Core) ReceiveBlanks(ctx context.Context, actor models.Actor, issuer, first string, n int) (BlankStock, error) {
	var out BlankStock
	err := c.change(ctx, actor, models.CertificatesIssue, func(tx *Tx) error {
		serials, ok := models.BlankSerials(models.Clean(first), n)
		if !ok {
			return models.Fail(models.Invalid, "blank.serials_bad", "first")
		}
		if err := tx.ownIssuer(issuer); err != nil {
			return err
		}
		rows := make([]models.Blank, n)
		for i, serial := range serials {
			rows[i] = models.Blank{Issuer: issuer, Serial: serial, State: models.BlankReceived, At: tx.at, By: actor.AccountID}
		}
		var there []string
		if err := tx.Model(&models.Blank{}).Where("issuer = ? AND serial >= ? AND serial <= ?", issuer, serials[0], serials[n-1]).Limit(1).Pluck("serial", &there).Error; err != nil {
			return err
		}
		if len(there) > 0 {
			return models.Fail(models.Conflict, "blank.known", "first", "serial", there[0])
		}
		if err := tx.CreateInBatches(rows, 500).Error; err != nil {
			return err
		}
		if err := tx.audit("blank.receive", "blank", rows[0].ID, map[string]any{"issuer": issuer, "first": serials[0], "last": serials[n-1]}); err != nil {
			return err
		}
		var err error
		out, err = blankStock(tx.DB, issuer)
		return err
	})
	return out, err
}

// UseBlanks gives the valid certificates of a class that have none yet the next free blanks of their issuer, in the order of their numbers,
// before they are printed. It returns how many it gave; doing it again gives none.
func (c *Core) UseBlanks(ctx context.Context, actor models.Actor, classID int64) (int, error) {
	given := 0
	err := c.change(ctx, actor, models.CertificatesIssue, func(tx *Tx) error {
		class, err := tx.lockClass(classID)
		if err != nil {
			return err
		}
		var bare []models.Certificate
		err = tx.Where("class_id = ? AND state = ? AND serial = ''", class.ID, models.CertificateValid).Order("issuer, kind, year, number").Find(&bare).Error
		if err != nil || len(bare) == 0 {
			return err
		}
		for i := range bare {
			if err := tx.giveBlank(&bare[i]); err != nil {
				return err
			}
			given++
		}
		return tx.audit("blank.use", "class", class.ID, map[string]any{"n": given})
	})
	return given, err
}

// giveBlank takes the next free blank; who takes it at the same moment gets the one after.
func (tx *Tx) giveBlank(cert *models.Certificate) error {
	var free []models.Blank
	if err := freeBlanks(tx.DB, cert.Issuer).Limit(1).Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).Find(&free).Error; err != nil {
		return err
	}
	if len(free) == 0 {
		return models.Fail(models.Conflict, "blank.none_left", "")
	}
	done := tx.Model(&models.Blank{}).Where("id = ? AND state = ?", free[0].ID, models.BlankReceived).
		Updates(map[string]any{"state": models.BlankUsed, "certificate_id": cert.ID, "at": tx.at, "account_id": tx.actor.AccountID})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != 1 {
		return models.Fail(models.Conflict, "blank.taken", "")
	}
	cert.Serial = free[0].Serial
	return tx.storeCertificate(cert, "blank", cert.Serial)
}

// SpoilBlank takes a blank out of use, with the reason. One that carries a certificate leaves it without a serial: the next blank can be given
// to it.
func (c *Core) SpoilBlank(ctx context.Context, actor models.Actor, issuer, serial, reason string) (BlankStock, error) {
	var out BlankStock
	err := c.change(ctx, actor, models.CertificatesIssue, func(tx *Tx) error {
		if err := explained(&reason); err != nil {
			return err
		}
		if err := tx.ownIssuer(issuer); err != nil {
			return err
		}
		var blank models.Blank
		if err := tx.Where("issuer = ? AND serial = ?", issuer, models.Clean(serial)).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&blank).Error; err != nil {
			return lookup(err, "blank")
		}
		if blank.State == models.BlankSpoiled {
			return models.Fail(models.Conflict, "blank.spoiled", "serial")
		}
		if blank.CertificateID != 0 {
			var cert models.Certificate
			if err := tx.Take(&cert, blank.CertificateID).Error; err != nil {
				return lookup(err, "certificate")
			}
			cert.Serial = ""
			if err := tx.storeCertificate(&cert, "blank-spoiled", blank.Serial); err != nil {
				return err
			}
		}
		done := tx.Model(&models.Blank{}).Where("id = ?", blank.ID).
			Updates(map[string]any{"state": models.BlankSpoiled, "reason": reason, "at": tx.at, "account_id": actor.AccountID})
		if done.Error != nil {
			return done.Error
		}
		if err := tx.audit("blank.spoil", "blank", blank.ID, map[string]any{"serial": blank.Serial, "reason": reason}); err != nil {
			return err
		}
		var err error
		out, err = blankStock(tx.DB, issuer)
		return err
	})
	return out, err
}
