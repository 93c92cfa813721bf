package core

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// AuditCheck is the verdict on the chain. Problem is empty when it holds, else a key of words; BadRow is the first row
// at fault. Head is the end of the chain as ID:HASH: kept outside (on paper, on another machine) and given to a later
// check, it proves that nobody has cut the log back to before it.
type AuditCheck struct {
	Rows    int64  `json:"rows"`
	BadRow  int64  `json:"bad_row"`
	Problem string `json:"problem"`
	Head    string `json:"head"`
}

// What can be wrong with the chain.
const (
	AuditEdited  = "audit.problem.edited"  // a row is not what was written, or stands in another's place
	AuditMissing = "audit.problem.missing" // a row is gone
	AuditTail    = "audit.problem.tail"    // rows at the end are gone or were added past the chain
	AuditAnchor  = "audit.problem.anchor"  // the chain does not hold a head that was noted before
)

// VerifyAudit recomputes the chain in one pass over one snapshot, and looks for the heads noted earlier, if any are given.
func (c *Core) VerifyAudit(ctx context.Context, heads ...string) (AuditCheck, error) {
	anchors := map[int64]string{}
	for _, h := range heads {
		id, hash, ok := strings.Cut(h, ":")
		n, err := strconv.ParseInt(id, 10, 64)
		if !ok || err != nil {
			return AuditCheck{}, models.Fail(models.Invalid, "audit.head_bad", "heads", "head", h)
		}
		anchors[n] = hash
	}
	var check AuditCheck
	err := c.snapshot(ctx, func(db *gorm.DB) (err error) {
		check, err = c.keys.verifyChain(db, anchors)
		return err
	})
	return check, err
}

func (k keys) verifyChain(db *gorm.DB, anchors map[int64]string) (AuditCheck, error) {
	var check AuditCheck
	var head auditHead
	if err := db.Where("id = 1").Limit(1).Find(&head).Error; err != nil {
		return check, err
	}
	if hash, ok := anchors[0]; ok && hash == "" {
		delete(anchors, 0) // the head of a log that was empty
	}
	rows, err := db.Model(&Audit{}).Select("id", "at", "account_id", "login", "action", "object", "object_id", "detail", "hash").Order("id").Rows()
	if err != nil {
		return check, err
	}
	defer rows.Close()
	last, hash := int64(0), ""
	for rows.Next() {
		var a Audit
		if err := rows.Scan(&a.ID, &a.At, &a.AccountID, &a.Login, &a.Action, &a.Object, &a.ObjectID, &a.Detail, &a.Hash); err != nil {
			return check, err
		}
		check.Rows++
		switch {
		case a.ID != last+1:
			check.Problem, check.BadRow = AuditMissing, last+1
		case k.chain(hash, a) != a.Hash:
			check.Problem, check.BadRow = AuditEdited, a.ID
		case anchors[a.ID] != "" && anchors[a.ID] != a.Hash:
			check.Problem, check.BadRow = AuditAnchor, a.ID
		}
		if check.Problem != "" {
			return check, nil
		}
		last, hash = a.ID, a.Hash
		delete(anchors, a.ID)
	}
	if err := rows.Err(); err != nil {
		return check, err
	}
	check.Head = fmt.Sprintf("%d:%s", last, hash)
	switch {
	case head.LastID != last || head.Hash != hash:
		check.Problem, check.BadRow = AuditTail, min(head.LastID, last)+1
	case len(anchors) > 0:
		check.Problem, check.BadRow = AuditAnchor, last+1
	}
	return check, nil
}

// snapshot reads everything as of one moment, while others go on writing.
func (c *Core) snapshot(ctx context.Context, fn func(*gorm.DB) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if c.isPostgres() {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return c.read.WithContext(ctx).Transaction(fn, opts)
}
