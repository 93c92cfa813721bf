package core

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"datchuan/core/reference"
	"datchuan/models"
)

// ClassPaper names a paper of a class: opening-decision, summons, learner-list, roll or scores.
type ClassPaper struct {
	Code       string
	DistrictID int64 // summons only: one letter to a district, with a list; 0 = one to each learner
	Filled     bool  // roll only: with the marks, else to be filled in by hand
}

// ClassPapers are the codes of the papers of a class, in the order of a menu.
var ClassPapers = []string{"opening-decision", "summons", "learner-list", "roll", "scores"}

// ClassPapers says what a paper of a class says. Decisions and summons are made by who holds the class; a school prints the lists of its
// own classes, with no more than it needs. Each taking is noted in the audit log.
func (c *Core) ClassPapers(ctx context.Context, actor models.Actor, classID int64, q ClassPaper) ([]models.Paper, error) {
	detail, err := c.Class(ctx, actor, classID)
	if err != nil {
		return nil, err
	}
	d := paperwork{core: c, ctx: ctx, actor: actor, detail: detail}
	if err := d.open(); err != nil {
		return nil, err
	}
	official := q.Code == "opening-decision" || q.Code == "summons"
	if official && !holds(actor, detail.Class) {
		return nil, models.Fail(models.Forbidden, "class.not_yours", "")
	}
	papers, err := d.papers(q)
	if err != nil {
		return nil, err
	}
	return papers, c.change(ctx, actor, models.ClassesRead, func(tx *Tx) error {
		return tx.audit("class.paper", "class", classID, map[string]any{"paper": q.Code, "district": q.DistrictID})
	})
}

func (d *paperwork) papers(q ClassPaper) ([]models.Paper, error) {
	switch q.Code {
	case "opening-decision":
		return d.decision()
	case "summons":
		return d.summons(q.DistrictID)
	case "learner-list":
		return d.learnerList()
	case "roll":
		return d.roll(q.Filled)
	case "scores":
		return d.scores()
	}
	return nil, models.Fail(models.NotFound, "not_found", "", "object", "paper")
}

// paperwork gathers what the papers of one class have in common.
type paperwork struct {
	core   *Core
	ctx    context.Context
	actor  models.Actor
	detail ClassDetail
	tree   *Tree
	issuer models.CertificateIssuer
	facts  models.ClassFacts
}

func (d *paperwork) open() error {
	tree, err := d.core.Tree(d.ctx)
	if err != nil {
		return err
	}
	db := d.core.read.WithContext(d.ctx)
	class := d.detail.Class
	d.tree = tree
	if d.issuer, err = issuerOf(db, tree, models.UnitIssuer(class.UnitID), class.From); err != nil {
		return err
	}
	d.facts, err = classFacts(db, class, d.detail.Course)
	return err
}

// classFacts is a class as its papers name it.
func classFacts(db *gorm.DB, class models.Class, course models.Course) (models.ClassFacts, error) {
	var school models.School
	var venue models.Venue
	if err := db.Where("code = ?", class.School).Limit(1).Find(&school).Error; err != nil {
		return models.ClassFacts{}, err
	}
	if err := db.Where("id = ?", class.VenueID).Limit(1).Find(&venue).Error; err != nil {
		return models.ClassFacts{}, err
	}
	names := map[string]string{}
	if err := namesOf(db.Model(&models.Funding{}).Select("code", "name"), names); err != nil {
		return models.ClassFacts{}, err
	}
	var paid []string
	for _, m := range class.Money {
		paid = append(paid, names[m.Funding])
	}
	out := models.ClassFacts{Name: classWord.ReplaceAllString(class.Name, ""), Course: course.Name, School: school.Name, Venue: venue.Name, From: class.From, Days: course.Days,
		Periods: course.Periods, Decision: class.Decision, DecidedOn: class.DecidedOn, Funding: strings.Join(paid, ", ")}
	if class.To != 0 {
		out.To = class.To.AddDays(-1)
	}
	return out, nil
}

// classWord is the word that papers put before the name themselves: "mở lớp …".
var classWord = regexp.MustCompile(`^(?i:lớp)\s+`)

// official heads a paper of the board that opens the class; of the school one that the school makes.
func (d *paperwork) official(number string, date models.Date) models.PaperHead {
	i := d.issuer
	return models.PaperHead{Number: number, Date: date, Letterhead: models.Letterhead{ParentLine: i.Parent, IssuerLine: i.Issuer, Place: i.Place, Authority: i.Authority,
		Post: i.SignerPost, Signer: i.Signer}}
}

func (d *paperwork) ofSchool() (models.PaperHead, error) {
	var school models.School
	err := d.core.read.WithContext(d.ctx).Where("code = ?", d.detail.Class.School).Limit(1).Find(&school).Error
	if school.ID == 0 {
		return d.official("", d.core.Today(d.ctx)), err
	}
	return models.PaperHead{Date: d.core.Today(d.ctx), Letterhead: models.Letterhead{ParentLine: strings.ToUpper(school.Parent), IssuerLine: strings.ToUpper(school.Name),
		Place: school.Town, Post: school.SignerPost, Signer: school.Signer}}, err
}

// learners are the seated by district and given name, with what the reader may know of them.
func (d *paperwork) learners() ([]models.Learner, error) {
	var out []models.Learner
	err := d.core.snapshot(d.ctx, func(db *gorm.DB) error {
		seated, err := learnersOf(db, d.tree, d.actor, d.detail.Class, models.Seated)
		if err != nil {
			return err
		}
		slices.SortStableFunc(seated, func(a, b Learner) int { return strings.Compare(models.Fold(a.District), models.Fold(b.District)) })
		more := map[int64]models.Learner{}
		if d.actor.Role != models.SchoolOfficer {
			if more, err = d.background(db, seated); err != nil {
				return err
			}
		}
		for _, l := range seated {
			one := more[l.CadreID]
			one.Name, one.Birth, one.Post, one.Unit, one.District = l.Name, l.Birth, l.Position, l.Unit, l.District
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// background is what a list of learners tells offices of the Hội: phone, schooling, and ethnicity to who may know it.
func (d *paperwork) background(db *gorm.DB, seated []Learner) (map[int64]models.Learner, error) {
	ids := make([]int64, len(seated))
	for i, l := range seated {
		ids[i] = l.CadreID
	}
	groups := map[string]string{}
	if d.actor.May(models.CadresSensitive) {
		for _, g := range reference.EthnicGroups() {
			groups[g.Code] = g.Name
		}
	}
	out := map[int64]models.Learner{}
	for chunk := range slices.Chunk(ids, 500) {
		var cadres []models.Cadre
		if err := db.Select("id", "phone", "ethnicity").Where("id IN ?", chunk).Find(&cadres).Error; err != nil {
			return nil, err
		}
		for _, c := range cadres {
			out[c.ID] = models.Learner{Phone: c.Phone, Ethnicity: groups[c.Ethnicity]}
		}
		var held []models.Qualification
		err := db.Where("cadre_id IN ? AND superseded_at = ? AND review <> ? AND kind IN ? AND valid_from <= ?", chunk, models.Never, models.Rejected,
			[]models.QualKind{models.Professional, models.Political}, d.detail.Class.From).Order("level").Find(&held).Error
		if err != nil {
			return nil, err
		}
		for _, q := range held {
			one, text := out[q.CadreID], models.Word(models.Vi, models.LevelKey(q.Kind, q.Level))
			if q.Kind == models.Political {
				one.Political = text
			} else {
				one.Profession = text
			}
			out[q.CadreID] = one
		}
	}
	return out, nil
}

func (d *paperwork) decision() ([]models.Paper, error) {
	learners, err := d.learners()
	if err != nil {
		return nil, err
	}
	class := d.detail.Class
	date := class.DecidedOn
	if !date.Valid() {
		date = d.core.Today(d.ctx)
	}
	year := class.From.Year()
	if strings.Contains(class.Name, strconv.Itoa(year)) {
		year = 0 // the name says it
	}
	return []models.Paper{models.OpeningDecision{PaperHead: d.official(class.Decision, date), Issuer: d.issuer.IssuerName, Class: d.facts, Year: year,
		Grounds: []string{d.detail.Course.Basis}, Proposer: models.Word(models.Vi, "paper.proposer"), Doers: models.Word(models.Vi, "paper.doers"), Learners: learners}.Paper()}, nil
}

func (d *paperwork) summons(districtID int64) ([]models.Paper, error) {
	learners, err := d.learners()
	if err != nil {
		return nil, err
	}
	s := models.Summons{PaperHead: d.official("", d.core.Today(d.ctx)), Issuer: d.issuer.IssuerName, Class: d.facts, Contact: d.detail.Class.Contact, Learners: learners}
	if districtID == 0 {
		if len(learners) == 0 {
			return nil, models.Fail(models.Conflict, "class.nobody", "")
		}
		return s.Each(), nil
	}
	district, _ := d.tree.Nearest(districtID, d.detail.Class.From)
	s.District = district.FullName()
	s.Learners = slices.DeleteFunc(learners, func(l models.Learner) bool { return l.District != s.District })
	if len(s.Learners) == 0 {
		return nil, models.Fail(models.Conflict, "class.nobody", "")
	}
	return []models.Paper{s.Paper()}, nil
}

func (d *paperwork) learnerList() ([]models.Paper, error) {
	learners, err := d.learners()
	if err != nil {
		return nil, err
	}
	head := d.official("", d.core.Today(d.ctx))
	return []models.Paper{models.LearnerList{PaperHead: head, Class: d.facts, Learners: learners}.Paper()}, nil
}

// rollSpan is how many sessions one sheet of the roll has room for: a week, morning and afternoon.
const rollSpan = 12

func (d *paperwork) roll(filled bool) ([]models.Paper, error) {
	sheet, err := d.core.Roll(d.ctx, d.actor, d.detail.Class.ID)
	if err != nil {
		return nil, err
	}
	head, err := d.ofSchool()
	if err != nil {
		return nil, err
	}
	if len(sheet.Sessions) == 0 {
		return nil, models.Fail(models.Conflict, "class.no_sessions", "")
	}
	var out []models.Paper
	for week := range slices.Chunk(sheet.Sessions, rollSpan) {
		page := models.RollSheet{PaperHead: head, Class: d.facts, Blank: !filled}
		if len(sheet.Sessions) > rollSpan {
			page.Week = len(out) + 1
		}
		for _, s := range week {
			page.Sessions = append(page.Sessions, models.RollSession{Date: s.Date, Part: s.Part})
		}
		for _, l := range sheet.Learners {
			line := models.RollLine{Name: l.Name, Unit: l.Unit}
			for _, s := range week {
				line.Marks = append(line.Marks, sheet.Marks[l.EnrolmentID][s.ID])
			}
			page.Lines = append(page.Lines, line)
		}
		out = append(out, page.Paper())
	}
	return out, nil
}

func (d *paperwork) scores() ([]models.Paper, error) {
	sheet, err := d.core.Results(d.ctx, d.actor, d.detail.Class.ID)
	if err != nil {
		return nil, err
	}
	head, err := d.ofSchool()
	if err != nil {
		return nil, err
	}
	out := models.ScoreSheet{PaperHead: head, Class: d.facts}
	for _, test := range sheet.Rule.Tests {
		out.Tests = append(out.Tests, test.Name)
	}
	for _, l := range sheet.Lines {
		line := models.ScoreLine{Name: l.Name, Birth: l.Birth, Unit: l.Unit, Periods: l.Attended.Periods, Of: l.Attended.Of, Average: l.Judgement.Average, Outcome: l.Judgement.Outcome}
		if l.Judgement.Grade != "" {
			line.Grade = models.Word(models.Vi, "result_grade."+string(l.Judgement.Grade))
		}
		for _, test := range sheet.Rule.Tests {
			line.Scores = append(line.Scores, lastTry(l.Scores, test.Code))
		}
		out.Lines = append(out.Lines, line)
	}
	return []models.Paper{out.Paper()}, nil
}

// lastTry is the score of the last try of a test, NotTaken when there is none.
func lastTry(scores []models.Score, test string) int {
	tenths, try := models.NotTaken, 0
	for _, s := range scores {
		if s.Test == test && s.Try > try {
			tenths, try = s.Tenths, s.Try
		}
	}
	return tenths
}
