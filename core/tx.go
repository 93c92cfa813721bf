package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// Tx is one use case at work: its transaction, who asks, and the moment that all its rows carry.
type Tx struct {
	*gorm.DB
	core   *Core
	actor  models.Actor
	at     models.Instant
	audits []Audit
	news   []news
}

// change runs one writing use case: permission, transaction, audit rows, commit. Nothing is written when fn fails.
func (c *Core) change(ctx context.Context, actor models.Actor, need models.Permission, fn func(*Tx) error) error {
	if err := allow(actor, need); err != nil {
		return err
	}
	return c.transact(ctx, actor, fn)
}

// factLock is the advisory lock number on PostgreSQL that parts two kinds of writers: those who change facts of single
// records go together, those who change the map or the rules go alone. What is derived from all three would else be
// derived from half. It is taken first of all locks, so nobody who holds another one waits for it. SQLite has one writer
// anyway.
const factLock int64 = 7_304_101

// changeFacts is change for who changes facts of records.
func (c *Core) changeFacts(ctx context.Context, actor models.Actor, need models.Permission, fn func(*Tx) error) error {
	return c.change(ctx, actor, need, func(tx *Tx) error {
		if err := tx.withOthers(); err != nil {
			return err
		}
		return fn(tx)
	})
}

// changeRules is change for who changes the map, or the rule sets.
func (c *Core) changeRules(ctx context.Context, actor models.Actor, need models.Permission, fn func(*Tx) error) error {
	return c.change(ctx, actor, need, func(tx *Tx) error {
		if err := tx.alone(); err != nil {
			return err
		}
		return fn(tx)
	})
}

// withOthers waits until nobody changes the map or the rules; alone waits until nobody changes facts either.
func (tx *Tx) withOthers() error { return tx.lockFacts("SELECT pg_advisory_xact_lock_shared(?)") }
func (tx *Tx) alone() error      { return tx.lockFacts("SELECT pg_advisory_xact_lock(?)") }

func (tx *Tx) lockFacts(statement string) error {
	if !tx.core.isPostgres() {
		return nil
	}
	return tx.Exec(statement, factLock).Error
}

// transact is change without the permission check, for the system's own acts (login, demo, commands of the operator).
func (c *Core) transact(ctx context.Context, actor models.Actor, fn func(*Tx) error) error {
	return c.transactOn(c.write.WithContext(ctx), actor, fn)
}

// transactOn is transact on a pool or on one connection of it.
func (c *Core) transactOn(on *gorm.DB, actor models.Actor, fn func(*Tx) error) error {
	units := false
	err := on.Transaction(func(db *gorm.DB) error {
		tx := &Tx{DB: db, core: c, actor: actor, at: c.Now()}
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.deliver(); err != nil {
			return err
		}
		if c.outer != nil { // bound: its rows are sealed with those of the whole transaction
			c.outer.audits = append(c.outer.audits, tx.audits...)
			return nil
		}
		for _, a := range tx.audits {
			units = units || a.Object == "unit"
		}
		return tx.seal()
	})
	if units {
		c.trees.drop()
	}
	return err
}

// allow is the permission check; signing in comes first.
func allow(actor models.Actor, need models.Permission) error {
	if actor.AccountID == 0 && need != models.Public {
		return models.Fail(models.Unauthorized, "auth.sign_in", "")
	}
	if !actor.May(need) {
		return models.Fail(models.Forbidden, "auth.forbidden", "")
	}
	return nil
}

// audit notes what happened to a record; detail is stored as JSON. The rows are chained and written with the change.
func (tx *Tx) audit(action, object string, id int64, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	tx.audits = append(tx.audits, Audit{At: tx.at, AccountID: tx.actor.AccountID, Login: tx.actor.Login, Action: action, Object: object, ObjectID: id, Detail: string(text)})
	return nil
}

// change is the usual detail of an audit row.
type change struct {
	Before any `json:"before,omitempty"`
	After  any `json:"after,omitempty"`
}

// seal appends the noted rows to the chain. The head row is locked last and only until commit, so that writers wait for
// one another only here.
func (tx *Tx) seal() error {
	if len(tx.audits) == 0 {
		return nil
	}
	var head auditHead
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).First(&head, 1).Error; err != nil {
		return err
	}
	for i := range tx.audits {
		a := &tx.audits[i]
		a.ID = head.LastID + 1
		a.Hash = tx.core.keys.chain(head.Hash, *a)
		head.LastID, head.Hash = a.ID, a.Hash
	}
	if err := tx.CreateInBatches(tx.audits, 500).Error; err != nil {
		return err
	}
	return tx.Model(&auditHead{}).Where("id = 1").Updates(map[string]any{"last_id": head.LastID, "hash": head.Hash}).Error
}

// chain is the keyed hash of a row and of the hash before it; every field is length-prefixed, so none can flow into another.
func (k keys) chain(before string, a Audit) string {
	mac := hmac.New(sha256.New, k.audit)
	for _, part := range []string{before, fmt.Sprint(a.ID), fmt.Sprint(int64(a.At)), fmt.Sprint(a.AccountID), a.Login, a.Action, a.Object, fmt.Sprint(a.ObjectID), a.Detail} {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// facts hands out n fact ids and returns the first.
func (tx *Tx) facts(n int) (int64, error) {
	last, err := tx.next("fact", int64(n))
	return last - int64(n) + 1, err
}

// next moves a counter by n under its row lock and returns the new value.
func (tx *Tx) next(name string, n int64) (int64, error) {
	var c counter
	err := tx.Raw("UPDATE counters SET value = value + ? WHERE name = ? RETURNING name, value", n, name).Scan(&c).Error
	if err == nil && c.Name == "" {
		err = fmt.Errorf("counter %q is missing", name)
	}
	return c.Value, err
}

// lookup turns "no row" into the domain's not found; out of scope reads exactly the same.
func lookup(err error, object string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Fail(models.NotFound, "not_found", "", "object", object)
	}
	return err
}

// checkVersion is optimistic locking: the version that the editor saw must still be the stored one.
func checkVersion(saw, stored int64) error {
	if saw != stored {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	return nil
}

// under cuts a query to the subtree of a path; an empty path means no scope, and nothing is found.
func under(db *gorm.DB, column, path string) *gorm.DB {
	if path == "" {
		return db.Where("1 = 0")
	}
	return db.Where(clause.Gte{Column: clause.Column{Name: column}, Value: path}, clause.Lt{Column: clause.Column{Name: column}, Value: models.PathEnd(path)})
}
