package core

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"datchuan/models"
)

func TestOnceOfAHundredParallel(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		actor := models.Actor{AccountID: 5, Login: "officer", Role: models.DistrictOfficer}
		var effects, running atomic.Int64
		do := func() (int, []byte, error) {
			err := c.transact(ctx, actor, func(tx *Tx) error { return tx.audit("once", "target", effects.Add(1), struct{}{}) })
			return 201, []byte(`{"secret":"CANARY"}`), err
		}
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				status, body, _, err := c.Once(ctx, actor, "k1", "hash", do)
				switch {
				case models.KindOf(err) == models.Conflict:
					running.Add(1)
				case err != nil || status != 201 || string(body) != `{"secret":"CANARY"}`:
					t.Errorf("%d %q %v", status, body, err)
				}
			})
		}
		wg.Wait()
		if effects.Load() != 1 || accessAudits(t, c, "target", "once") != 1 {
			t.Fatalf("%d effects (%d told to wait)", effects.Load(), running.Load())
		}
		status, body, replayed, err := c.Once(ctx, actor, "k1", "hash", do)
		if status != 201 || string(body) != `{"secret":"CANARY"}` || !replayed || err != nil {
			t.Errorf("repetition: %d %q %v %v", status, body, replayed, err)
		}
		_, _, _, err = c.Once(ctx, actor, "k1", "other", do)
		wantCode(t, "another request", err, models.Conflict, "idempotency.mismatch")
		var kept reply
		if err := c.write.First(&kept).Error; err != nil || strings.Contains(kept.Body, "CANARY") {
			t.Errorf("answers are kept encrypted: %v", err)
		}
		other := actor
		other.AccountID = 6
		if _, _, replayed, err := c.Once(ctx, other, "k1", "hash", do); replayed || err != nil || effects.Load() != 2 {
			t.Errorf("another account has keys of her own: %v %v", replayed, err)
		}
		accessLater(c, replyLife)
		if _, _, replayed, err := c.Once(ctx, actor, "k1", "other", do); replayed || err != nil || effects.Load() != 3 {
			t.Errorf("after 24 hours: %v %v", replayed, err)
		}
	})
}

func TestOnceWhenItFailsOrStops(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx, cancel := context.WithCancel(context.Background())
		actor := models.Actor{AccountID: 5, Login: "officer", Role: models.DistrictOfficer}
		boom := errors.New("boom")
		_, _, _, err := c.Once(ctx, actor, "k", "h", func() (int, []byte, error) { return 0, nil, boom })
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		// The caller goes away in the middle: what was done is remembered.
		_, _, replayed, err := c.Once(ctx, actor, "k", "h", func() (int, []byte, error) { cancel(); return 200, []byte("ok"), nil })
		if replayed || err != nil {
			t.Fatalf("a key that failed can be used again: %v", err)
		}
		ctx = context.Background()
		never := func() (int, []byte, error) { t.Error("it ran twice"); return 0, nil, nil }
		if status, body, replayed, err := c.Once(ctx, actor, "k", "h", never); status != 200 || string(body) != "ok" || !replayed || err != nil {
			t.Errorf("%d %q %v %v", status, body, replayed, err)
		}
		// The program stopped in the middle: the row stands without an answer.
		if err := c.write.Create(&reply{AccountID: 5, Key: "cut", RequestHash: "h", CreatedAt: c.Now()}).Error; err != nil {
			t.Fatal(err)
		}
		accessLater(c, time.Hour)
		_, _, _, err = c.Once(ctx, actor, "cut", "h", never)
		wantCode(t, "interrupted", err, models.Conflict, "idempotency.running")
		for _, key := range []string{"", strings.Repeat("k", 201)} {
			_, _, _, err = c.Once(ctx, actor, key, "h", never)
			wantCode(t, "key", err, models.Invalid, "idempotency.key")
		}
		_, _, _, err = c.Once(ctx, models.Actor{}, "k", "h", never)
		wantCode(t, "nobody", err, models.Unauthorized, "auth.sign_in")
	})
}
