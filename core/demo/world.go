// Package demo invents the staff of a province: a fictional population on the real communes of Quảng Bình of early
// 2013, from a fixed seed, that by evaluation gives exactly the baseline of the plan 2013-2017, section I. No person in
// it exists; names, numbers and papers are drawn by chance.
//
// Here live: pure generators of values. What must not come here: a database, a clock, results of an evaluation.
package demo

import (
	"math/rand/v2"
	"time"

	"datchuan/core/reference"
	"datchuan/models"
)

// On is the day for which the population is made.
const On models.Date = 20130301

// Seed is the one of the demonstration: the same on every machine.
const Seed uint64 = 2013_2017

// World is a population without row ids: units are named by their codes.
type World struct {
	RecordedAt models.Instant // of every fact
	Units      []Unit         // branches and groups; the upper units are reference data
	Cadres     []Cadre
	Figures    []Figure
}

// Unit is a unit below a commune or a district of the map; it lives as long as the units above it.
type Unit struct {
	Code, Parent string
	Kind         models.UnitKind
	Style, Name  string
	Ordinal      int
	Basis        string // what its being there rests on, "" for the plan itself
}

// Cadre is a person with all her facts. UnitID, keys and sealed fields of the record are left to the writer.
type Cadre struct {
	models.Cadre
	Unit           string // code of the home unit
	Identity       string // plain number, "" when not known
	Holdings       []Holding
	Successions    []Succession
	Qualifications []models.Qualification
	Studies        []models.Study
	Awards         []models.Award
	Ratings        []models.Rating
}

// Holding is a post at the unit with the code.
type Holding struct {
	models.Holding
	Unit string
}

// Succession is a planned post at the unit with the code.
type Succession struct {
	models.Succession
	Unit string
}

// Figure is a number that a commune reports.
type Figure struct {
	Unit, Key string
	Value     int64
	Source    string
}

// Province is the population of Quảng Bình on 1 March 2013.
func Province(seed uint64) World {
	codes := map[string]string{}
	for _, d := range reference.Districts() {
		codes[d.Name] = d.Code
	}
	return build(seed, codes, "", 194)
}

// Elsewhere is the number-th province (1 to MaxProvinces) of a country made for measuring: the shape of Quảng Bình under other
// codes and one nation, with its map.
func Elsewhere(seed uint64, number int) (reference.Map, World) {
	m, codes, prefix := elsewhereMap(number)
	return m, build(seed+uint64(number), codes, prefix, 200+number)
}

// builder draws one population; every choice comes from its one source of chance, in a fixed order.
type builder struct {
	*rand.Rand
	w        World
	places   []place
	province string // prefix of identity numbers
	drawn    int    // identity numbers handed out
	shift    int
}

func build(seed uint64, districts map[string]string, prefix string, identity int) World {
	b := &builder{Rand: rand.New(rand.NewPCG(seed, 159)), province: itoa(identity)}
	b.shift = b.IntN(1_000_000)
	b.w.RecordedAt = models.InstantOf(time.Date(2013, 3, 1, 0, 0, 0, 0, models.Hanoi))
	b.layOut(districts, prefix)
	staff := b.appoint()
	b.teach(staff)
	for _, p := range staff.everyone() {
		b.w.Cadres = append(b.w.Cadres, p.Cadre)
	}
	b.report()
	return b.w
}

// one draws an element.
func one[T any](b *builder, from []T) T { return from[b.IntN(len(from))] }

// chance is true in a share of cases.
func (b *builder) chance(share float64) bool { return b.Float64() < share }

// between draws an integer, both ends included.
func (b *builder) between(low, high int) int { return low + b.IntN(high-low+1) }

// day draws a date, both years included.
func (b *builder) day(fromYear, toYear int) models.Date {
	return models.NewDate(b.between(fromYear, toYear), b.between(1, 12), b.between(1, 28))
}
