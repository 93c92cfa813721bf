package core

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"datchuan/models"
)

// Tree is the map of units in memory: every span, by unit. It is read-only once built and shared between requests.
type Tree struct {
	spans    map[int64][]models.UnitSpan // by unit, ordered by From
	flags    map[int64][]models.UnitFlag
	children map[int64][]int64 // parent -> units that ever stood below it
	codes    map[string]int64
	ids      map[int64]string // code by unit
	links    map[int64][]models.UnitLink
}

type treeCache struct {
	mu      sync.Mutex
	tree    *Tree
	head    int64     // end of the audit chain up to which the tree is known to hold
	checked time.Time // when that was looked up
}

// treeAge is how long a change of units by another process may go unnoticed.
const treeAge = time.Second

func (t *treeCache) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tree = nil
}

// due hands out the cached tree, and makes the caller the one who looks whether it still holds when that is due.
func (t *treeCache) due() (tree *Tree, head int64, due bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if due = t.tree != nil && time.Since(t.checked) > treeAge; due {
		t.checked = time.Now()
	}
	return t.tree, t.head, due
}

// holds notes up to where a tree is known to be true, unless it was replaced meanwhile.
func (t *treeCache) holds(tree *Tree, head int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tree == tree {
		t.head = head
	}
}

// Tree is the current map. It is cached; any change of units drops it. What another process on the same database
// changes shows in the audit chain.
func (c *Core) Tree(ctx context.Context) (*Tree, error) {
	tree, head, due := c.trees.due()
	if tree != nil && !due {
		return tree, nil
	}
	db := c.read.WithContext(ctx)
	if due { // without the lock, so that nobody who holds a connection waits for one who wants one
		var seen struct{ Last, Changes int64 }
		err := db.Raw("SELECT last_id AS last, (SELECT COUNT(*) FROM audits WHERE id > ? AND id <= last_id AND object = 'unit') AS changes FROM audit_heads WHERE id = 1", head).Scan(&seen).Error
		if err != nil {
			return nil, err
		}
		if seen.Changes == 0 {
			c.trees.holds(tree, seen.Last)
			return tree, nil
		}
		c.trees.drop()
	}
	c.trees.mu.Lock()
	defer c.trees.mu.Unlock()
	if c.trees.tree != nil {
		return c.trees.tree, nil
	}
	if err := db.Raw("SELECT last_id FROM audit_heads WHERE id = 1").Scan(&head).Error; err != nil {
		return nil, err
	}
	tree, err := loadTree(db)
	if err == nil {
		c.trees.tree, c.trees.head, c.trees.checked = tree, head, time.Now()
	}
	return tree, err
}

// tree inside a transaction sees the transaction's own changes.
func (tx *Tx) tree() (*Tree, error) {
	if tx.core.land != nil {
		return tx.core.land, nil
	}
	return loadTree(tx.DB)
}

func loadTree(db *gorm.DB) (*Tree, error) {
	t := &Tree{spans: map[int64][]models.UnitSpan{}, flags: map[int64][]models.UnitFlag{}, children: map[int64][]int64{},
		codes: map[string]int64{}, ids: map[int64]string{}, links: map[int64][]models.UnitLink{}}
	var units []models.Unit
	var spans []models.UnitSpan
	var flags []models.UnitFlag
	var links []models.UnitLink
	for _, into := range []any{&units, &spans, &flags, &links} {
		if err := db.Order("id").Find(into).Error; err != nil {
			return nil, err
		}
	}
	for _, u := range units {
		t.codes[u.Code], t.ids[u.ID] = u.ID, u.Code
	}
	seen := map[[2]int64]bool{}
	for _, s := range spans {
		t.spans[s.UnitID] = append(t.spans[s.UnitID], s)
		if edge := [2]int64{s.ParentID, s.UnitID}; !seen[edge] {
			seen[edge] = true
			t.children[s.ParentID] = append(t.children[s.ParentID], s.UnitID)
		}
	}
	for id := range t.spans {
		slices.SortFunc(t.spans[id], func(a, b models.UnitSpan) int { return cmp.Compare(a.From, b.From) })
	}
	for _, f := range flags {
		t.flags[f.UnitID] = append(t.flags[f.UnitID], f)
	}
	for _, l := range links {
		t.links[l.FromID] = append(t.links[l.FromID], l)
	}
	return t, nil
}

// At is the unit as it was on a date.
func (t *Tree) At(id int64, on models.Date) (models.UnitSpan, bool) {
	for _, s := range t.spans[id] {
		if (models.Span{From: s.From, To: s.To}).Contains(on) {
			return s, true
		}
	}
	return models.UnitSpan{}, false
}

// Nearest is the unit on a date, else its last span before, else its first: what to call a unit that is gone.
func (t *Tree) Nearest(id int64, on models.Date) (models.UnitSpan, bool) {
	spans := t.spans[id]
	if len(spans) == 0 {
		return models.UnitSpan{}, false
	}
	best := spans[0]
	for _, s := range spans {
		if s.From <= on {
			best = s
		}
	}
	return best, true
}

// Spans is the whole life of a unit.
func (t *Tree) Spans(id int64) []models.UnitSpan { return t.spans[id] }

// Flags are all flags of a unit, of any date.
func (t *Tree) Flags(id int64) []models.UnitFlag { return t.flags[id] }

// ByCode finds a unit by its code.
func (t *Tree) ByCode(code string) (int64, bool) { id, ok := t.codes[code]; return id, ok }

// Code of a unit.
func (t *Tree) Code(id int64) string { return t.ids[id] }

// Children of a unit on a date, in the order of papers: ordinal, then name.
func (t *Tree) Children(id int64, on models.Date) []models.UnitSpan {
	var out []models.UnitSpan
	for _, child := range t.children[id] {
		if s, ok := t.At(child, on); ok && s.ParentID == id {
			out = append(out, s)
		}
	}
	sortSpans(out)
	return out
}

func sortSpans(spans []models.UnitSpan) {
	keys := make(map[int64][]byte, len(spans))
	for _, s := range spans {
		keys[s.UnitID] = models.SortKey(s.Name)
	}
	slices.SortStableFunc(spans, func(a, b models.UnitSpan) int {
		if c := cmp.Compare(a.Ordinal, b.Ordinal); c != 0 {
			return c
		}
		return slices.Compare(keys[a.UnitID], keys[b.UnitID])
	})
}

// Above finds the nearest unit of a kind on the way from a path up to the root.
func (t *Tree) Above(path string, kind models.UnitKind, on models.Date) (models.UnitSpan, bool) {
	ids := models.PathIDs(path)
	for i := len(ids) - 1; i >= 0; i-- {
		if s, ok := t.Nearest(ids[i], on); ok && s.Kind == kind {
			return s, true
		}
	}
	return models.UnitSpan{}, false
}

// AreasOf are the flags that hold for a unit at a path: its own and those of every unit above it.
func (t *Tree) AreasOf(path string) []models.UnitFlag {
	var out []models.UnitFlag
	for _, id := range models.PathIDs(path) {
		out = append(out, t.flags[id]...)
	}
	return out
}

// SuccessorOn follows the links of a unit to the one that stands in its place on a later date; of a split, the main part.
func (t *Tree) SuccessorOn(id int64, on models.Date) (int64, bool) {
	for range 20 { // longer chains than the country has reforms mean a loop in the data
		if _, ok := t.At(id, on); ok {
			return id, true
		}
		next := int64(0)
		for _, l := range t.links[id] {
			if l.Date <= on && (next == 0 || l.Main) {
				next = l.ToID
			}
		}
		if next == 0 {
			return 0, false
		}
		id = next
	}
	return 0, false
}

// Roots are the units without a parent on a date.
func (t *Tree) Roots(on models.Date) []models.UnitSpan { return t.Children(0, on) }
