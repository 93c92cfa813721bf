package core

import (
	"cmp"
	"fmt"
	"slices"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// planting is a planted map: ids, spans with paths, flags and links by unit code.
type planting struct {
	ids   map[string]int64
	spans map[string][]models.UnitSpan
	flags map[int64][]models.UnitFlag
	links map[string][]reference.LinkSeed
}

// plant writes a map and the units below it. Units that the database has already (the nation above a second province)
// stay as they are.
func (b *bulk) plant(m reference.Map, below []demo.Unit) (*planting, error) {
	l := &planting{ids: map[string]int64{}, spans: map[string][]models.UnitSpan{}, flags: map[int64][]models.UnitFlag{}, links: map[string][]reference.LinkSeed{}}
	known, err := b.knownUnits(l, m)
	if err != nil {
		return nil, err
	}
	first, err := b.reserve("units", len(m.Units)-known+len(below))
	if err != nil {
		return nil, err
	}
	if last := first + int64(len(m.Units)+len(below)); len(models.PathStep(last)) > models.PathWidth {
		return nil, fmt.Errorf("units: %d is beyond the width of a path", last)
	}
	var units []models.Unit
	name := func(code string) {
		units = append(units, models.Unit{ID: first, Code: code, Version: 1})
		l.ids[code] = first
		first++
	}
	var spans []models.UnitSpan
	for _, u := range m.Units {
		if l.spans[u.Code] != nil {
			continue
		}
		name(u.Code)
		for _, s := range u.Spans {
			if err := l.stand(u.Code, s); err != nil {
				return nil, err
			}
		}
		spans = append(spans, l.spans[u.Code]...)
	}
	for _, link := range m.Links {
		l.links[link.From] = append(l.links[link.From], link)
	}
	for _, u := range below {
		name(u.Code)
		l.follow(u)
		spans = append(spans, l.spans[u.Code]...)
	}
	if err := insertAll(b, units); err != nil {
		return nil, err
	}
	if err := insertAll(b, spans); err != nil {
		return nil, err
	}
	return l, b.plantTraits(l, m)
}

// knownUnits takes over the units of the map that stand already; they are few, the upper ones.
func (b *bulk) knownUnits(l *planting, m reference.Map) (int, error) {
	known := 0
	for _, u := range m.Units {
		if u.Spans[0].Kind != models.Nation {
			continue
		}
		var have models.Unit
		if err := b.Where("code = ?", u.Code).Limit(1).Find(&have).Error; err != nil || have.ID == 0 {
			return known, err
		}
		var spans []models.UnitSpan
		if err := b.Where("unit_id = ?", have.ID).Order("valid_from").Find(&spans).Error; err != nil {
			return known, err
		}
		l.ids[u.Code], l.spans[u.Code] = have.ID, spans
		known++
	}
	return known, nil
}

// stand adds a span of a unit of the map, cut wherever the path of the unit above changes.
func (l *planting) stand(code string, s reference.SpanSeed) error {
	span := models.UnitSpan{UnitID: l.ids[code], ParentID: l.ids[s.ParentCode], Kind: s.Kind, Style: s.Style, Name: s.Name,
		Search: models.Fold(s.Name), Ordinal: s.Ordinal, From: s.From, To: s.To, Basis: s.Basis}
	if s.ParentCode == "" {
		span.Path = models.PathStep(span.UnitID)
		l.spans[code] = append(l.spans[code], span)
		return nil
	}
	covered := s.From
	for _, above := range l.spans[s.ParentCode] {
		if above.To <= covered || above.From >= s.To {
			continue
		}
		if above.From > covered {
			break
		}
		piece := span
		piece.From, piece.To = max(s.From, above.From), min(s.To, above.To)
		piece.Path = above.Path + models.PathStep(span.UnitID)
		l.add(code, piece)
		covered = piece.To
	}
	if covered < s.To {
		return fmt.Errorf("map: unit %s stands below nothing from %s", code, covered)
	}
	return nil
}

// add joins a span to the one before when only the unit above was renamed.
func (l *planting) add(code string, s models.UnitSpan) {
	have := l.spans[code]
	if n := len(have); n > 0 {
		last := &have[n-1]
		if last.Path == s.Path && last.Name == s.Name && last.Style == s.Style && last.Kind == s.Kind && last.To == s.From {
			last.To = s.To
			return
		}
	}
	l.spans[code] = append(have, s)
}

// follow stands a branch or a group below its unit, and when that one ends below its successor.
func (l *planting) follow(u demo.Unit) {
	id, parent, from := l.ids[u.Code], u.Parent, models.Beginning
	basis := u.Basis
	for {
		end := from
		for _, above := range l.spans[parent] {
			if above.To <= from {
				continue
			}
			basis = cmp.Or(above.Basis, basis)
			l.add(u.Code, models.UnitSpan{UnitID: id, ParentID: l.ids[parent], Kind: u.Kind, Style: u.Style, Name: u.Name, Search: models.Fold(u.Name),
				Ordinal: u.Ordinal, Path: above.Path + models.PathStep(id), From: max(from, above.From), To: above.To, Basis: basis})
			end = above.To
		}
		i := slices.IndexFunc(l.links[parent], func(link reference.LinkSeed) bool { return link.Date == end && link.Main })
		if i < 0 || end == models.Forever {
			return
		}
		parent, from = l.links[parent][i].To, end
	}
}

func (b *bulk) plantTraits(l *planting, m reference.Map) error {
	var links []models.UnitLink
	for _, s := range m.Links {
		links = append(links, models.UnitLink{FromID: l.ids[s.From], ToID: l.ids[s.To], Date: s.Date, Main: s.Main, Basis: s.Basis})
	}
	var flags []models.UnitFlag
	for _, u := range m.Units {
		for _, f := range u.Flags {
			flags = append(flags, models.UnitFlag{UnitID: l.ids[u.Code], Flag: f.Flag, From: f.From, To: f.To, Basis: f.Basis, Certainty: f.Certainty})
		}
	}
	for _, f := range flags {
		l.flags[f.UnitID] = append(l.flags[f.UnitID], f)
	}
	if err := insertAll(b, links); err != nil {
		return err
	}
	return insertAll(b, flags)
}

// places are those of a unit for the derivation of standings.
func (l *planting) places(code string) []place {
	return placesOf(l.spans[code], func(path string) []models.UnitFlag {
		var out []models.UnitFlag
		for _, id := range models.PathIDs(path) {
			out = append(out, l.flags[id]...)
		}
		return out
	})
}

// at is the path of a unit on a day.
func (l *planting) at(code string, on models.Date) (string, error) {
	for _, s := range l.spans[code] {
		if s.From <= on && on < s.To {
			return s.Path, nil
		}
	}
	return "", fmt.Errorf("map: unit %s does not stand on %s", code, on)
}

// byStart orders holdings as the derivation reads them.
func byStart(a, b models.Holding) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
}
