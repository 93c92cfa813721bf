package web

import (
	"net/netip"
	"sync"
	"time"

	"datchuan/models"
)

// A door that needs no login lets each network in only so often: a full bucket at first, then a little every second.
const (
	doorBurst  = 120
	doorRefill = 2 // a second
	doorMost   = 20_000
)

// doorLimit counts visits by network. It forgets everybody when it holds too many: that is better than holding up the office.
type doorLimit struct {
	mu   sync.Mutex
	seen map[netip.Prefix]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// enter takes one visit out of the bucket of an address, or refuses it.
func (d *doorLimit) enter(addr string, now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen == nil || len(d.seen) > doorMost {
		d.seen = map[netip.Prefix]bucket{}
	}
	key := networkOf(addr)
	b, known := d.seen[key]
	if !known {
		b = bucket{left: doorBurst, at: now}
	}
	b.left = min(b.left+now.Sub(b.at).Seconds()*doorRefill, doorBurst)
	b.at = now
	refused := b.left < 1
	if !refused {
		b.left--
	}
	d.seen[key] = b
	if refused {
		return models.Fail(models.TooMany, "door.wait", "")
	}
	return nil
}

// networkOf is what one visitor can't change at will: of an IPv6 address only the first half counts.
func networkOf(addr string) netip.Prefix {
	ip, err := netip.ParseAddr(addr)
	if err != nil {
		return netip.Prefix{}
	}
	ip = ip.Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(ip, bits).Masked()
}
