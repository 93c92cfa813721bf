package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDemo is the first minute with the product: one command, an address, logins, and lists beside the running server.
func TestDemo(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		s := p.start("demo")
		address := regexp.MustCompile(`^http://127\.0\.0\.1:[0-9]+$`)
		login := regexp.MustCompile(`^login [a-z_]+ [a-z-]+ [a-z0-9-]{15,}$`)
		for i, line := range s.lines {
			if want := map[bool]*regexp.Regexp{true: address, false: login}[i == 0]; !want.MatchString(line) {
				t.Errorf("line %d: %q", i+1, line)
			}
		}
		if len(s.lines) != 24 { // the address; administrator, officer, viewer, eight districts of 2015, a commune, eleven schools
			t.Errorf("%d lines: %q", len(s.lines), s.lines)
		}
		if s.get("/livez", "") != "ok" {
			t.Error("not alive")
		}
		token := s.login("le-thuy", s.logins()["le-thuy"])
		gaps := decode[struct{ Total int }](t, s.get("/api/v1/gaps?position=chu-tich-xa&standard=ke-hoach-2013&as_of=2013-03-01", token))
		if mine := strings.Count(p.done("gaps", "--position", "chu-tich-xa", "--standard", "ke-hoach-2013", "--as-of", "2013-03-01", "--unit", "457"), "\n") - 1; gaps.Total == 0 || gaps.Total != mine {
			t.Errorf("the district sees %d, the command lists %d", gaps.Total, mine)
		}
		if p.kind == "sqlite" {
			p.refused(1, "another datchuan is using this file", "serve", "--addr", "127.0.0.1:0")
			p.refused(1, "another datchuan is using this file", "restore", p.file("none.zip"))
		}
		p.done("doctor")
		if code := s.stop(os.Interrupt); code != 0 {
			t.Errorf("exit %d\n%s", code, s.tail())
		}
		again := p.start("demo")
		if !slices.Equal(again.lines[1:], s.lines[1:]) {
			t.Errorf("the logins changed:\n%q\n%q", s.lines, again.lines)
		}
		if strings.Contains(s.log.String()+again.log.String(), "Nguyễn") || strings.Contains(s.log.String(), s.logins()["le-thuy"]) {
			t.Error("the log names people or passwords")
		}
	})
}

func TestDemoWithoutFolderLeavesNothing(t *testing.T) {
	tmp := t.TempDir()
	s := launch(t, []string{"TMPDIR=" + tmp}, "demo", "--addr", "127.0.0.1:0")
	if made, _ := filepath.Glob(filepath.Join(tmp, "datchuan-demo-*")); len(made) != 1 {
		t.Errorf("while it runs: %v", made)
	}
	if code := s.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d", code)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "*")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestServeFromNothing: an empty installation, its first account by the one-time address, further ones by command.
func TestServeFromNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		s := p.start("serve")
		if len(s.lines) != 2 {
			t.Fatalf("%q", s.lines)
		}
		_, setup, _ := strings.Cut(s.lines[1], ": ")
		path, ok := strings.CutPrefix(setup, s.url)
		if !ok || !strings.HasPrefix(path, "/setup?token=") {
			t.Fatalf("no one-time address: %q", s.lines[1])
		}
		if page := s.get(path, ""); !strings.Contains(page, "<form") {
			t.Errorf("setup page: %.500s", page)
		}
		const password = "muoi lam ky tu la du nhe"
		form := url.Values{"token": {strings.TrimPrefix(path, "/setup?token=")}, "name": {"Chị Quản trị"}, "login": {"quan-tri"}, "password": {password}, "password_again": {password}, "map": {"quang-binh"}}
		send := func(want int) {
			t.Helper()
			s.ask(want, "", "POST", "/setup", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		}
		send(http.StatusSeeOther)
		s.login("quan-tri", password)
		form.Set("login", "ke-thu-hai")
		send(http.StatusNotFound)
		if n := p.rows("SELECT COUNT(*) FROM unit_spans WHERE kind = 'commune' AND valid_from < 20130301 AND valid_to > 20130301"); n != 159 {
			t.Errorf("%d communes of 2013", n)
		}
		if a := p.feed("thuyen-buom-ghe-luoi-cheo-27", "user", "add", "--login", "le-thuy", "--role", "district_officer", "--unit", "457"); a.code != 0 {
			t.Errorf("%+v", a)
		}
		a := p.feed("mat khau cua chi thu hai\n", "user", "add", "--login", "quan-tri-2", "--role", "administrator")
		if a.code != 0 || !strings.Contains(a.out, "quan-tri-2 administrator") {
			t.Fatalf("beside the server: %+v", a)
		}
		s.login("quan-tri-2", "mat khau cua chi thu hai")
		if code := s.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("exit %d\n%s", code, s.tail())
		}
		if again := p.start("serve", "--log", "json"); len(again.lines) != 1 {
			t.Errorf("an account is there, so no one-time address: %q", again.lines)
		} else {
			again.get("/livez", "")
			again.stop(os.Interrupt)
			for line := range strings.Lines(again.log.String()) {
				if !json.Valid([]byte(line)) {
					t.Errorf("not JSON: %s", line)
				}
			}
		}
	})
}

func TestSelfSignedCertificate(t *testing.T) {
	p := newPlace(t, "sqlite")
	var prints []string
	for range 2 {
		s := p.start("serve", "--tls-self-signed")
		if !strings.HasPrefix(s.url, "https://") {
			t.Fatalf("%q", s.lines)
		}
		res, err := client.Get(s.url + "/livez")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.ProtoMajor != 2 || res.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s, %v", res.Proto, res.Header)
		}
		prints = append(prints, regexp.MustCompile(`fingerprint \(SHA-256\): ([0-9A-F:]{95})`).FindString(s.log.String()))
		s.stop(os.Interrupt)
	}
	if prints[0] == "" || prints[0] != prints[1] {
		t.Errorf("fingerprints: %q", prints)
	}
}

// A client that sends its header a byte at a time holds a connection for seconds, not for ever; addresses that a client
// claims to have been forwarded for change nothing.
func TestSlowAndLyingClients(t *testing.T) {
	p := newPlace(t, "sqlite")
	s := p.start("serve")
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	throttled := false
	for i := 0; i < 40 && !throttled; i++ {
		body := fmt.Sprintf(`{"login":"ai-do-%d","password":"doan bua mot mat khau"}`, i)
		req, err := http.NewRequest("POST", s.url+"/api/v1/session", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.0.%d.1", i))
		req.Header.Set("X-Real-IP", fmt.Sprintf("10.0.%d.1", i))
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		throttled = res.StatusCode == http.StatusTooManyRequests
	}
	if !throttled {
		t.Error("a forged X-Forwarded-For lets one address guess without end")
	}
	if err := conn.SetReadDeadline(start.Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, conn) // ends when the server closes
	if took := time.Since(start); err != nil || took > 12*time.Second {
		t.Errorf("the slow connection was held %v: %v", took, err)
	}
}
