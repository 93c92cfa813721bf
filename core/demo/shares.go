package demo

import (
	"cmp"
	"slices"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// shareOut divides total in proportion to the weights so that the parts sum exactly (largest remainder); no part falls
// below low or rises above high.
func shareOut(total int, weights []float64, low, high int) []int {
	parts := make([]int, len(weights))
	left := total
	for i := range parts {
		parts[i] = low
		left -= low
	}
	for left > 0 {
		sum := 0.0
		for i, w := range weights {
			if parts[i] < high {
				sum += w
			}
		}
		before, pool := left, left
		var rest []remainder
		for i, w := range weights {
			if parts[i] >= high {
				continue
			}
			exact := float64(pool) * w / sum
			add := min(int(exact), high-parts[i])
			parts[i] += add
			left -= add
			if parts[i] < high {
				rest = append(rest, remainder{i, exact - float64(int(exact))})
			}
		}
		if left == before || left < len(rest) {
			slices.SortFunc(rest, func(a, b remainder) int { return cmp.Or(cmp.Compare(b.part, a.part), a.at-b.at) })
			for _, r := range rest[:min(left, len(rest))] {
				parts[r.at]++
				left--
			}
		}
	}
	return parts
}

type remainder struct {
	at   int
	part float64
}

// best marks the n people with the highest score.
func best(people []*person, n int, score func(*person) float64) map[*person]bool {
	type scored struct {
		p *person
		s float64
	}
	list := make([]scored, len(people))
	for i, p := range people {
		list[i] = scored{p, score(p)}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.s, a.s) })
	out := make(map[*person]bool, n)
	for _, s := range list[:n] {
		out[s.p] = true
	}
	return out
}
