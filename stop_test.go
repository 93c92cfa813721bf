package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const deputies = "/api/v1/gaps?position=pho-chu-tich-xa&as_of=2013-03-01&everyone=true"

// TestStopUnderLoad: SIGTERM while papers are being made and fifty clients click: every request that the server had
// taken is answered whole, and the process ends within ten seconds.
func TestStopUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("needs seconds of load")
	}
	onBoth(t, func(t *testing.T, p place) {
		s := p.start("demo")
		token := s.login("ban-to-chuc", s.logins()["ban-to-chuc"])
		web := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}, Timeout: time.Minute}
		defer web.CloseIdleConnections()
		l := &load{server: s, client: web, token: token}
		const papers, clicking = 6, 50
		for range papers {
			l.wait.Go(func() {
				if body, err := l.get(deputies + "&format=pdf"); err != nil || !strings.HasSuffix(strings.TrimSpace(body), "%%EOF") {
					l.failed(fmt.Errorf("paper of %d bytes: %w", len(body), err))
				}
			})
		}
		for range clicking {
			l.wait.Go(l.click)
		}
		for start := time.Now(); l.sent.Load() < 200 && time.Since(start) < 20*time.Second; {
			time.Sleep(10 * time.Millisecond)
		}
		l.stopping.Store(true)
		start := time.Now()
		code := s.stop(syscall.SIGTERM)
		took := time.Since(start)
		l.wait.Wait()
		t.Logf("%d answers, ended in %v", l.answered.Load(), took)
		if code != 0 || took > 10*time.Second {
			t.Errorf("exit %d after %v\n%s", code, took, s.tail())
		}
		for _, err := range l.errs {
			t.Error(err)
		}
		again := p.start("serve")
		p.done("doctor")
		again.stop(syscall.SIGTERM)
	})
}

// load are many clients of one server.
type load struct {
	*server
	client         *http.Client
	token          string
	wait           sync.WaitGroup
	sent, answered atomic.Int64
	stopping       atomic.Bool
	mu             sync.Mutex
	errs           []error
}

func (l *load) failed(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errs = append(l.errs, err)
}

// errNotTaken says that the server was gone before it could take the request.
var errNotTaken = errors.New("not taken")

// get asks for something and reads it whole.
func (l *load) get(path string) (string, error) {
	dialled := false
	trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { l.sent.Add(1) }, ConnectDone: func(_, _ string, err error) { dialled = err == nil }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), trace), "GET", l.url+path, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+l.token)
	res, err := l.client.Do(req)
	var op *net.OpError
	if err != nil {
		// No connection, or one that lay in the queue of the port when it closed: nobody has read the request.
		if l.stopping.Load() && errors.As(err, &op) && (op.Op == "dial" || dialled && errors.Is(err, syscall.ECONNRESET)) {
			return "", errNotTaken
		}
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, res.StatusCode)
	}
	if err == nil {
		l.answered.Add(1)
	}
	return string(body), err
}

// click asks again and again until the server is gone.
func (l *load) click() {
	for i := 0; ; i++ {
		body, err := l.get([]string{"/api/v1/session", "/livez", deputies + "&limit=20"}[i%3])
		switch {
		case errors.Is(err, errNotTaken):
			return
		case err != nil:
			l.failed(fmt.Errorf("request under way: %w", err))
			return
		case body == "":
			l.failed(errors.New("an empty answer"))
			return
		}
	}
}

// A stop waits for an import that is under way.
func TestStopWaitsForImport(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		w := newWard(p)
		s := p.start("serve")
		w.whole(s)
		id := w.begin(s)
		if code := s.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("exit %d\n%s", code, s.tail())
		}
		if state := w.consistent(p.start("serve"), id); state != "applied" {
			t.Errorf("the import is %s", state)
		}
	})
}
