package core

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"datchuan/models"
)

// gapGroup is a count of one path and status.
type gapGroup struct {
	path   string
	status models.Status
	n      int
}

// groups counts by the first width characters of the path; on another map by whole paths, which the caller carries over.
func (a *gapAsk) groups(width int) ([]gapGroup, error) {
	if a.slow {
		lines, err := a.evaluated()
		out := make([]gapGroup, len(lines))
		for i, l := range lines {
			out[i] = gapGroup{l.path, a.status(l), 1}
		}
		return out, err
	}
	path := fmt.Sprintf("substr(s.path, 1, %d)", width)
	if a.filter.Map != 0 {
		path = "s.path"
	}
	parts, err := a.grouped(path)
	var out []gapGroup
	for _, p := range parts {
		out = append(out, p...)
	}
	return out, err
}

// grouped counts the standings of each rule set by an expression of the path and by status. What was counted since the
// last change of the database is kept: the whole country takes longer to count than to show.
func (a *gapAsk) grouped(path string) ([][]gapGroup, error) {
	head, err := a.head()
	if err != nil {
		return nil, err
	}
	out := make([][]gapGroup, len(a.standards))
	return out, inParallel(a.ctx, len(a.standards), func(ctx context.Context, i int) error {
		from, args := a.source(i, placeIndex)
		column := a.statusColumn(i)
		key := strings.Join([]string{path, column, from, fmt.Sprint(args...)}, "\x00")
		if kept, ok := a.core.totals.get(head, key); ok {
			out[i] = kept
			return nil
		}
		by := "1, 2"
		if path == "''" {
			by = "2"
		}
		err := scan(a.core.read.WithContext(ctx), "SELECT "+path+", "+column+", COUNT(*)"+from+" GROUP BY "+by, args, func(rows *sql.Rows) error {
			var g gapGroup
			err := rows.Scan(&g.path, &g.status, &g.n)
			out[i] = append(out[i], g)
			return err
		})
		if err == nil {
			a.core.totals.put(head, key, out[i])
		}
		return err
	})
}

// head is the end of the audit chain: it moves with every accepted change, whichever process made it.
func (a *gapAsk) head() (int64, error) {
	var head int64
	err := a.core.read.WithContext(a.ctx).Raw("SELECT last_id FROM audit_heads WHERE id = 1").Scan(&head).Error
	return head, err
}

// totalsCache keeps counts, and the last of those needed for a target, as of one end of the audit chain.
type totalsCache struct {
	mu     sync.Mutex
	head   int64
	counts map[string][]gapGroup
	lasts  map[string]*gapLine
}

// totalsKept bounds the memory of the cache.
const totalsKept = 500

func (t *totalsCache) get(head int64, key string) ([]gapGroup, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.head != head {
		return nil, false
	}
	g, ok := t.counts[key]
	return g, ok
}

func (t *totalsCache) put(head int64, key string, g []gapGroup) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.renew(head)
	if len(g) <= 20_000 {
		t.counts[key] = g
	}
}

func (t *totalsCache) set(head int64, key string) (*gapLine, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.head != head {
		return nil, false
	}
	last, ok := t.lasts[key]
	return last, ok
}

func (t *totalsCache) putSet(head int64, key string, last *gapLine) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.renew(head)
	t.lasts[key] = last
}

// renew empties the cache when the database has changed or the cache is full.
func (t *totalsCache) renew(head int64) {
	if t.head != head || t.counts == nil || len(t.counts)+len(t.lasts) >= totalsKept {
		t.head, t.counts, t.lasts = head, map[string][]gapGroup{}, map[string]*gapLine{}
	}
}

// inParallel runs fn for 0..n-1 on all processors and returns the first error.
func inParallel(ctx context.Context, n int, fn func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.NumCPU()) {
		workers.Go(func() {
			for i := range next {
				if err := fn(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
