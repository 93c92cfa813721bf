package core

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"datchuan/models"
)

// A door that is open to the public lets each address in at a human pace, so that nobody reads a register by trying codes.
const (
	publicBurst  = 60          // looks at once: a stack of papers under a scanner
	publicRefill = time.Second // and then one a second
	publicAddrs  = 10_000      // addresses remembered
)

// pace keeps an allowance for each address. It starts afresh when there are too many: memory is bounded, and nobody is locked out.
type pace struct {
	mu    sync.Mutex
	addrs map[string]*rate.Limiter
}

// take uses up one look of an address, or tells how long to wait.
func (p *pace) take(addr string, now time.Time) error {
	p.mu.Lock()
	if p.addrs == nil || len(p.addrs) >= publicAddrs {
		p.addrs = map[string]*rate.Limiter{}
	}
	limiter := p.addrs[addr]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Every(publicRefill), publicBurst)
		p.addrs[addr] = limiter
	}
	p.mu.Unlock()
	if limiter.AllowN(now, 1) {
		return nil
	}
	return models.Fail(models.TooMany, "auth.wait", "", "seconds", "1")
}
