package core

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

const (
	replyLife = 24 * time.Hour
	keyLength = 200
)

// Once runs do at most once for an account and an Idempotency-Key, and answers a repetition with the first answer
// (replayed). Errors: Invalid idempotency.key; Conflict idempotency.mismatch when the key came with another request;
// Conflict idempotency.running while the first is under way, or when the program stopped in its middle and nobody can
// tell whether it took effect. When do fails, nothing is kept and the key can be used again. Answers are kept for
// 24 hours, encrypted, since some hold what only their first reader may see.
func (c *Core) Once(ctx context.Context, actor models.Actor, key, requestHash string, do func() (status int, body []byte, err error)) (status int, body []byte, replayed bool, err error) {
	if err := allow(actor, models.SignedIn); err != nil {
		return 0, nil, false, err
	}
	if key == "" || len(key) > keyLength {
		return 0, nil, false, models.Fail(models.Invalid, "idempotency.key", "")
	}
	now := c.Now()
	db := c.write.WithContext(ctx)
	if err := db.Where("created_at <= ?", now-micros(replyLife)).Delete(&reply{}).Error; err != nil {
		return 0, nil, false, err
	}
	mine := reply{AccountID: actor.AccountID, Key: key, RequestHash: requestHash, CreatedAt: now}
	res := db.Clauses(clause.OnConflict{DoNothing: true}).Create(&mine)
	if res.Error != nil {
		return 0, nil, false, res.Error
	}
	if res.RowsAffected == 0 {
		status, body, err = c.replay(ctx, mine)
		return status, body, err == nil, err
	}
	status, body, err = do()
	// The caller may have gone away by now; what was done is noted all the same.
	db = c.write.WithContext(context.WithoutCancel(ctx))
	if err != nil {
		return 0, nil, false, errors.Join(err, db.Delete(&reply{}, mine.ID).Error)
	}
	sealed, err := c.sealReply(body)
	if err == nil {
		err = db.Model(&reply{}).Where("id = ?", mine.ID).Updates(map[string]any{"status": status, "body": sealed}).Error
	}
	if err != nil {
		c.log.Error("answer not kept for repetition", "error", err)
	}
	return status, body, false, nil // it is done, whether or not a repetition can be answered
}

// replay answers from the first run.
func (c *Core) replay(ctx context.Context, mine reply) (int, []byte, error) {
	var first reply
	if err := c.write.WithContext(ctx).Where("account_id = ? AND key = ?", mine.AccountID, mine.Key).Limit(1).Find(&first).Error; err != nil {
		return 0, nil, err
	}
	switch {
	case first.ID != 0 && first.RequestHash != mine.RequestHash:
		return 0, nil, models.Fail(models.Conflict, "idempotency.mismatch", "")
	case first.Status == 0: // under way, or just given up
		return 0, nil, models.Fail(models.Conflict, "idempotency.running", "")
	}
	body, err := c.openReply(first.Body)
	return first.Status, body, err
}

func (c *Core) sealReply(body []byte) (string, error) {
	gcm, err := c.keys.gcm()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	return base64.StdEncoding.EncodeToString(gcm.Seal(nonce, nonce, body, []byte("reply"))), nil
}

func (c *Core) openReply(text string) ([]byte, error) {
	gcm, err := c.keys.gcm()
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) < gcm.NonceSize() {
		return nil, errors.New("kept answer: damaged")
	}
	return gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], []byte("reply"))
}
