package core

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// PeopleQuery asks for people. UnitID 0 is the whole scope; On (0 = today) is the day on which posts are read.
type PeopleQuery struct {
	Search   string // words of a name in any order, accents optional; or a whole phone or identity number
	UnitID   int64
	Position string
	After    string // cursor of the page before
	Limit    int    // 1 to 200, 0 = 50
	On       models.Date
}

// PersonLine is one person in a list.
type PersonLine struct {
	ID             int64              `json:"id"`
	Name           string             `json:"name"`
	Birth          models.PartialDate `json:"birth"`
	Unit           string             `json:"unit"`
	Commune        string             `json:"commune"`
	District       string             `json:"district"`
	Positions      []string           `json:"positions"`
	IdentityMasked string             `json:"identity_masked,omitempty"`
}

// rankedAtMost is the number of hits up to which those with the same accents are put first; beyond it nobody reads a
// list to its end, and the order is by name alone.
const rankedAtMost = 5000

// personKey is a hit before it is dressed, and the place of a cursor.
type personKey struct {
	Rank    int    `json:"r"` // 0 = same accents, 1 = same letters
	SortKey []byte `json:"k"`
	ID      int64  `json:"i"`
	Name    string `json:"-"`
}

func (k personKey) compare(o personKey) int {
	return cmp.Or(cmp.Compare(k.Rank, o.Rank), slices.Compare(k.SortKey, o.SortKey), cmp.Compare(k.ID, o.ID))
}

// People lists active records in the actor's scope by given name; with a search, those whose accents agree come first.
// next is the cursor of the following page, "" at the end.
func (c *Core) People(ctx context.Context, actor models.Actor, q PeopleQuery) (lines []PersonLine, next string, err error) {
	db, err := c.peopleQuery(ctx, actor, &q)
	if err != nil {
		return nil, "", err
	}
	var after personKey
	if q.After != "" {
		if after, err = openCursor(q.After); err != nil {
			return nil, "", err
		}
	}
	var total int64
	if err := db.Session(&gorm.Session{}).Model(&models.Cadre{}).Count(&total).Error; err != nil {
		return nil, "", err
	}
	keys, err := peopleKeys(db, q, after, total <= rankedAtMost)
	if err != nil {
		return nil, "", err
	}
	if len(keys) > q.Limit {
		keys = keys[:q.Limit]
		next = keys[q.Limit-1].cursor()
	}
	ids := make([]int64, len(keys))
	for i, k := range keys {
		ids[i] = k.ID
	}
	lines, err = c.personLines(ctx, ids, q.On)
	return lines, next, err
}

// CountPeople counts what People lists over all pages.
func (c *Core) CountPeople(ctx context.Context, actor models.Actor, q PeopleQuery) (int64, error) {
	db, err := c.peopleQuery(ctx, actor, &q)
	if err != nil {
		return 0, err
	}
	var total int64
	return total, db.Model(&models.Cadre{}).Count(&total).Error
}

// peopleQuery is the condition of a query, cut to the scope; it also fills the query's defaults.
func (c *Core) peopleQuery(ctx context.Context, actor models.Actor, q *PeopleQuery) (*gorm.DB, error) {
	if err := allow(actor, models.CadresRead); err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	q.On = cmp.Or(q.On, today)
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	db := under(c.read.WithContext(ctx).Where("cadres.state = ?", models.Active), "cadres.path", actor.Path)
	if q.UnitID != 0 {
		tree, err := c.Tree(ctx)
		if err != nil {
			return nil, err
		}
		if err := tree.visible(actor, q.UnitID, today); err != nil {
			return nil, err
		}
		s, _ := tree.Standing(q.UnitID, today)
		db = under(db, "cadres.path", s.Path)
	}
	if q.Position != "" {
		db = db.Where("EXISTS (SELECT 1 FROM holdings h WHERE h.cadre_id = cadres.id AND h.position = ? AND h.superseded_at = ? AND h.valid_from <= ? AND h.valid_to > ?)",
			q.Position, models.Never, q.On, q.On)
	}
	return c.searchPeople(db, models.Clean(q.Search)), nil
}

// searchPeople matches each word with the beginning of some word of the name; a long number is a phone or an identity number.
func (c *Core) searchPeople(db *gorm.DB, text string) *gorm.DB {
	digits := onlyDigits(text)
	if len(digits) >= 9 && len(digits) >= len(text)-4 {
		return db.Where("(cadres.phone = ? OR cadres.identity_key = ?)", digits, c.keys.identityLookup(digits))
	}
	for _, w := range strings.Fields(models.Fold(text)) {
		db = db.Where(`' ' || cadres.search LIKE ? ESCAPE '\'`, "% "+strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(w)+"%")
	}
	return db
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// peopleKeys reads one page of keys and one more. Ranked, all hits are read and ordered here; else the index orders them.
func peopleKeys(db *gorm.DB, q PeopleQuery, after personKey, ranked bool) ([]personKey, error) {
	var keys []personKey
	db = db.Model(&models.Cadre{}).Select("cadres.id, cadres.name, cadres.sort_key")
	if !ranked {
		if q.After != "" {
			db = db.Where("(cadres.sort_key > ? OR (cadres.sort_key = ? AND cadres.id > ?))", after.SortKey, after.SortKey, after.ID)
		}
		err := db.Order("cadres.sort_key, cadres.id").Limit(q.Limit + 1).Scan(&keys).Error
		return keys, err
	}
	if err := db.Scan(&keys).Error; err != nil {
		return nil, err
	}
	if words := strings.Fields(models.MatchKey(q.Search)); len(words) > 0 {
		for i := range keys {
			if !hasWords(models.MatchKey(keys[i].Name), words) {
				keys[i].Rank = 1
			}
		}
	}
	slices.SortFunc(keys, personKey.compare)
	if q.After != "" {
		from, found := slices.BinarySearchFunc(keys, after, personKey.compare)
		if found {
			from++
		}
		keys = keys[from:]
	}
	return keys[:min(len(keys), q.Limit+1)], nil
}

func (k personKey) cursor() string {
	text, _ := json.Marshal(k) // numbers and bytes always marshal
	return base64.RawURLEncoding.EncodeToString(text)
}

func openCursor(s string) (personKey, error) {
	var k personKey
	text, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(text, &k) != nil {
		return k, models.Fail(models.Invalid, "people.cursor_bad", "after")
	}
	return k, nil
}

// personLines dresses records in the order of the ids; the caller has checked the scope.
func (c *Core) personLines(ctx context.Context, ids []int64, on models.Date) ([]PersonLine, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx)
	var cadres []models.Cadre
	if err := db.Select("id, name, birth, unit_id, path, identity_end").Where("id IN ?", ids).Find(&cadres).Error; err != nil {
		return nil, err
	}
	var posts []struct {
		CadreID int64
		Short   string
	}
	err = db.Table("holdings").Select("holdings.cadre_id, positions.short").Joins("JOIN positions ON positions.code = holdings.position").
		Where("holdings.cadre_id IN ? AND holdings.superseded_at = ? AND holdings.valid_from <= ? AND holdings.valid_to > ?", ids, models.Never, on, on).
		Order("positions.ordinal, holdings.id").Scan(&posts).Error
	if err != nil {
		return nil, err
	}
	held := map[int64][]string{}
	for _, p := range posts {
		held[p.CadreID] = append(held[p.CadreID], p.Short)
	}
	lines, today := make([]PersonLine, 0, len(ids)), c.Today(ctx)
	for _, cadre := range cadres {
		lines = append(lines, tree.personLine(cadre, held[cadre.ID], today))
	}
	slices.SortFunc(lines, func(a, b PersonLine) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
	return lines, nil
}

func (t *Tree) personLine(cadre models.Cadre, positions []string, today models.Date) PersonLine {
	l := PersonLine{ID: cadre.ID, Name: cadre.Name, Birth: cadre.Birth, Positions: positions, IdentityMasked: cadre.IdentityEnd}
	if s, ok := t.Standing(cadre.UnitID, today); ok {
		l.Unit = s.FullName()
	}
	if s, ok := t.Above(cadre.Path, models.Commune, today); ok {
		l.Commune = s.FullName()
	}
	if s, ok := t.Above(cadre.Path, models.District, today); ok {
		l.District = s.FullName()
	}
	return l
}
