package core

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"datchuan/models"
)

// CadreCard is all about one person. Cadre holds no identity number (Identity is the masked one); for roles without
// cadres.sensitive the restricted fields are empty and Restricted says so.
type CadreCard struct {
	Cadre          models.Cadre           `json:"cadre"`
	Identity       string                 `json:"identity"`
	Restricted     bool                   `json:"restricted"`
	AsOf           models.Date            `json:"as_of"`
	Unit           models.UnitSpan        `json:"unit"`
	Commune        string                 `json:"commune"`
	District       string                 `json:"district"`
	Holdings       []HoldingView          `json:"holdings"`
	Successions    []SuccessionView       `json:"successions"`
	Qualifications []models.Qualification `json:"qualifications"`
	Reviewers      map[int64]string       `json:"reviewers,omitempty"` // names of the accounts in review_by
	Studies        []models.Study         `json:"studies"`
	Awards         []models.Award         `json:"awards"`
	Ratings        []models.Rating        `json:"ratings"`
	Standings      []CardStanding         `json:"standings"`
	Timeline       []TimelineEntry        `json:"timeline"`
	Files          []models.File          `json:"files"`
	MergedFrom     []Merge                `json:"merged_from"`
	Warnings       []models.Reason        `json:"warnings,omitempty"`
}

// HoldingView is a post with its words. Current is on the card's date.
type HoldingView struct {
	models.Holding
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Commune string `json:"commune,omitempty"`
	Current bool   `json:"current"`
}

// SuccessionView is quy hoạch with its words.
type SuccessionView struct {
	models.Succession
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Current bool   `json:"current"`
}

// CardStanding is the person measured against one standard of a post she holds on the card's date.
type CardStanding struct {
	Standard   models.Standard   `json:"standard"`
	Evaluation models.Evaluation `json:"evaluation"`
	Position   string            `json:"position"` // code
	Title      string            `json:"title"`
	Unit       string            `json:"unit"`
	HoldingID  int64             `json:"holding_id"`
	Until      models.Date       `json:"until,omitempty"` // the day on which it changes by itself; 0 = none in sight
}

// TimelineEntry is one line of a life in the Hội, newest first. Text is in the actor's language.
type TimelineEntry struct {
	Date  models.Date `json:"date"`
	Until models.Date `json:"until,omitempty"`
	Kind  string      `json:"kind"` // holding, succession, qualification, study, award, rating
	Text  string      `json:"text"`
}

// Cadre is the card of a person on a date (0 = today).
func (c *Core) Cadre(ctx context.Context, actor models.Actor, id int64, on models.Date) (CadreCard, error) {
	return c.CadreAsKnown(ctx, actor, id, on, models.Never)
}

// CadreAsKnown is the card on a date with the facts as they were written down at a moment (models.Never = now), so that
// an old report can be explained.
func (c *Core) CadreAsKnown(ctx context.Context, actor models.Actor, id int64, on models.Date, known models.Instant) (CadreCard, error) {
	if err := allow(actor, models.CadresRead); err != nil {
		return CadreCard{}, err
	}
	db := c.read.WithContext(ctx)
	var cadre models.Cadre
	if err := lookup(under(db.Where("id = ?", id), "path", actor.Path).Take(&cadre).Error, "cadre"); err != nil {
		return CadreCard{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return CadreCard{}, err
	}
	facts, err := loadCardFacts(db, id, known)
	if err != nil {
		return CadreCard{}, err
	}
	today := c.Today(ctx)
	card := CadreCard{Cadre: restrict(actor, cadre), Identity: cadre.IdentityEnd, Restricted: !actor.May(models.CadresSensitive), AsOf: cmp.Or(on, today),
		Qualifications: facts.qualifications, Studies: facts.studies, Awards: facts.awards, Ratings: facts.ratings}
	card.Unit, _ = tree.Standing(cadre.UnitID, today)
	line := tree.personLine(cadre, nil, today)
	card.Commune, card.District = line.Commune, line.District
	if number, err := c.keys.openIdentity(cadre.IdentityEnc); err == nil && actor.May(models.CadresIdentity) { // they tell digits of it
		card.Warnings = IdentityWarnings(number, cadre.Sex, cadre.Birth)
	}
	card.Cadre.IdentityEnc, card.Cadre.IdentityKey = nil, ""
	if err := card.addRows(db, id); err != nil {
		return CadreCard{}, err
	}
	positions, err := c.positionNames(db)
	if err != nil {
		return CadreCard{}, err
	}
	card.addPosts(tree, facts, positions)
	standards, err := standardsKnown(db, "", known)
	if err != nil {
		return CadreCard{}, err
	}
	card.addStandings(standards, cadre, facts, tree)
	if err := card.addReviewers(db); err != nil {
		return CadreCard{}, err
	}
	card.Timeline = card.timeline(actor.Language)
	return card, nil
}

func (card *CadreCard) addRows(db *gorm.DB, id int64) error {
	if err := db.Omit("bytes").Where("cadre_id = ?", id).Order("id").Find(&card.Files).Error; err != nil {
		return err
	}
	return db.Where("kept_id = ? AND undone_at = 0", id).Order("id").Find(&card.MergedFrom).Error
}

func (c *Core) positionNames(db *gorm.DB) (map[string]models.Position, error) {
	var all []models.Position
	if err := db.Find(&all).Error; err != nil {
		return nil, err
	}
	out := map[string]models.Position{}
	for _, p := range all {
		out[p.Code] = p
	}
	return out, nil
}

func (card *CadreCard) addPosts(tree *Tree, facts cardFacts, positions map[string]models.Position) {
	for _, h := range facts.holdings {
		v := HoldingView{Holding: h, Title: positions[h.Position].Name, Current: (models.Span{From: h.From, To: h.To}).Contains(card.AsOf)}
		if s, ok := tree.Nearest(h.UnitID, min(card.AsOf, h.To.AddDays(-1))); ok {
			v.Unit = s.FullName()
			if above, ok := tree.Above(s.Path, models.Commune, card.AsOf); ok && above.UnitID != s.UnitID {
				v.Commune = above.FullName()
			}
		}
		card.Holdings = append(card.Holdings, v)
	}
	for _, s := range facts.successions {
		v := SuccessionView{Succession: s, Title: positions[s.Position].Name, Current: (models.Span{From: s.From, To: s.To}).Contains(card.AsOf)}
		if u, ok := tree.Nearest(s.UnitID, card.AsOf); ok {
			v.Unit = u.FullName()
		}
		card.Successions = append(card.Successions, v)
	}
}

// addStandings measures the posts of the date against every standard of theirs that is in force on it, the one that lists
// take first. Rejected papers don't count.
func (card *CadreCard) addStandings(standards []models.Standard, cadre models.Cadre, facts cardFacts, tree *Tree) {
	if cadre.State != models.Active {
		return
	}
	standards = slices.DeleteFunc(standards, func(s models.Standard) bool {
		return !(models.Span{From: s.ValidFrom, To: s.ValidTo}).Contains(card.AsOf)
	})
	slices.SortStableFunc(standards, func(a, b models.Standard) int {
		switch {
		case comesBefore(a, b):
			return -1
		case comesBefore(b, a):
			return 1
		}
		return cmp.Compare(a.Code, b.Code)
	})
	d := dossier{id: cadre.ID, birth: cadre.Birth, party: cadre.Party, partyDate: cadre.PartyDate, holdings: facts.holdings, studies: facts.studies}
	for _, q := range facts.qualifications {
		if q.Review != models.Rejected {
			d.qualifications = append(d.qualifications, q)
		}
	}
	for _, v := range card.Holdings {
		if !v.Current {
			continue
		}
		record := d.record(&v.Holding)
		if s, ok := tree.Nearest(v.UnitID, card.AsOf); ok {
			record.Areas = tree.AreasOf(s.Path)
		}
		for i := range standards {
			if standards[i].Position == v.Position {
				st := CardStanding{Standard: standards[i], Evaluation: models.Evaluate(&standards[i], &record, card.AsOf),
					Position: v.Position, Title: v.Title, Unit: v.Unit, HoldingID: v.ID}
				if spans := models.TimelineWithin(&standards[i], &record, models.Span{From: card.AsOf, To: v.To}); len(spans) > 1 {
					st.Until = spans[0].To
				}
				card.Standings = append(card.Standings, st)
			}
		}
	}
}

// addReviewers names who verified or rejected the papers: an officer looks up no accounts.
func (card *CadreCard) addReviewers(db *gorm.DB) error {
	var ids []int64
	for _, q := range card.Qualifications {
		if q.ReviewBy > 0 {
			ids = append(ids, q.ReviewBy)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var accounts []models.Account
	if err := db.Select("id", "name").Where("id IN ?", ids).Find(&accounts).Error; err != nil {
		return err
	}
	card.Reviewers = map[int64]string{}
	for _, a := range accounts {
		card.Reviewers[a.ID] = a.Name
	}
	return nil
}

// timeline orders all dated facts, the newest first; those of unknown date come last.
func (card *CadreCard) timeline(lang models.Lang) []TimelineEntry {
	var out []TimelineEntry
	add := func(kind string, from, until models.Date, params ...string) {
		if until >= models.Forever {
			until = 0
		}
		out = append(out, TimelineEntry{Date: from, Until: until, Kind: kind, Text: models.Word(lang, "timeline."+kind, params...)})
	}
	for _, h := range card.Holdings {
		add(FactHolding, h.From, h.To, "position", h.Title, "unit", h.Unit)
	}
	for _, s := range card.Successions {
		add(FactSuccession, s.From, s.To, "position", s.Title, "term", s.Term)
	}
	for _, q := range card.Qualifications {
		kind := FactQualification
		if q.Kind == models.HoiTraining && q.Level > models.NoLevel {
			kind = "training"
		}
		add(kind, q.Earned, 0, "kind", models.Word(lang, "qual."+string(q.Kind)), "level", models.Word(lang, models.LevelKey(q.Kind, q.Level)),
			"days", strconv.Itoa(q.Days), "school", q.School)
	}
	for _, s := range card.Studies {
		add(FactStudy, s.From, s.To, "kind", models.Word(lang, "qual."+string(s.Kind)), "level", models.Word(lang, models.LevelKey(s.Kind, s.Level)), "school", cmp.Or(s.Course, s.School))
	}
	for _, a := range card.Awards {
		on := models.NewDate(a.Year, 1, 1)
		if a.Date != 0 {
			on = a.Date.Earliest()
		}
		add(FactAward, on, 0, "title", a.Title)
	}
	for _, r := range card.Ratings {
		add(FactRating, models.NewDate(r.Year, 12, 31), 0, "year", strconv.Itoa(r.Year), "grade", models.Word(lang, "grade."+r.Grade))
	}
	slices.SortStableFunc(out, func(a, b TimelineEntry) int { return cmp.Compare(b.Date, a.Date) })
	return out
}
