package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a running demo or serve.
type server struct {
	testing.TB
	cmd   *exec.Cmd
	url   string
	lines []string // of standard output, up to the last one before it serves
	log   *lockedBuffer
	ended chan error
	took  time.Duration // from the start of the process until it was ready
}

// lockedBuffer takes a log while others read it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// tail is the end of the log.
func (s *server) tail() string {
	text := s.log.String()
	return text[max(0, len(text)-2000):]
}

// start starts demo or serve on a free port and waits until it is ready. It is killed with the test at the latest.
func (p place) start(args ...string) *server {
	p.Helper()
	return launch(p, nil, append(args, "--addr", "127.0.0.1:0", "--db", p.dsn, "--data", p.dir)...)
}

func launch(t testing.TB, env []string, args ...string) *server {
	t.Helper()
	s := &server{TB: t, cmd: exec.Command(program, args...), log: &lockedBuffer{}, ended: make(chan error, 1)}
	s.cmd.Stderr, s.cmd.Env, s.cmd.Dir = s.log, append(cleanEnv(), env...), t.TempDir()
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.kill() })
	read := make(chan string, 100) // more lines than it prints, so that nothing waits
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			read <- lines.Text()
		}
		close(read)
		s.ended <- s.cmd.Wait()
	}()
	limit := time.After(time.Minute)
	for s.url == "" {
		select {
		case line, ok := <-read:
			if !ok {
				t.Fatalf("%v ended early\n%s", args, s.tail())
			}
			s.lines = append(s.lines, line)
			if strings.HasPrefix(line, "http") {
				s.url = line
			}
		case <-limit:
			t.Fatalf("%v: no address after a minute\n%s", args, s.tail())
		}
	}
	s.ready()
	s.took = time.Since(began)
	for more := true; more; { // the lines after the address are printed before it serves
		select {
		case line, ok := <-read:
			if more = ok; ok {
				s.lines = append(s.lines, line)
			}
		case <-time.After(50 * time.Millisecond):
			more = false
		}
	}
	return s
}

// ready waits until the server says that it is.
func (s *server) ready() {
	s.Helper()
	for start := time.Now(); time.Since(start) < 30*time.Second; time.Sleep(5 * time.Millisecond) {
		res, err := client.Get(s.url + "/readyz")
		if err != nil {
			continue
		}
		res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return
		}
	}
	s.Fatalf("not ready\n%s", s.tail())
}

// kill ends the server at once, as a power cut would.
func (s *server) kill() {
	if s.cmd.Process.Kill() == nil {
		<-s.ended
	}
}

// stop asks the server to end and returns its exit code.
func (s *server) stop(sig os.Signal) int {
	s.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(15 * time.Second):
		s.Fatalf("still running 15 s after %v\n%s", sig, s.tail())
	}
	return s.cmd.ProcessState.ExitCode()
}

// client follows no redirects, so that a test sees them, and takes self-signed certificates.
var client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// ask sends a request with an API token ("" for none) and wants a status.
func (s *server) ask(want int, token, method, path, kind string, body io.Reader) string {
	s.Helper()
	req, err := http.NewRequest(method, s.url+path, body)
	if err != nil {
		s.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := client.Do(req)
	if err != nil {
		s.Fatalf("%s %s: %v\n%s", method, path, err, s.tail())
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != want {
		s.Fatalf("%s %s: %d, want %d (%v)\n%s\n%s", method, path, res.StatusCode, want, err, text, s.tail())
	}
	return string(text)
}

func (s *server) get(path, token string) string {
	s.Helper()
	return s.ask(http.StatusOK, token, "GET", path, "", nil)
}

// login opens a session over the API and returns its token.
func (s *server) login(user, password string) string {
	s.Helper()
	body, err := json.Marshal(map[string]string{"login": user, "password": password})
	if err != nil {
		s.Fatal(err)
	}
	return decode[struct{ Token string }](s, s.ask(http.StatusOK, "", "POST", "/api/v1/session", "application/json", bytes.NewReader(body))).Token
}

// logins are the accounts that demo printed: password by login.
func (s *server) logins() map[string]string {
	out := map[string]string{}
	for _, line := range s.lines {
		if f := strings.Fields(line); len(f) == 4 && f[0] == "login" {
			out[f[2]] = f[3]
		}
	}
	return out
}
