package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMailFlags(t *testing.T) {
	for _, x := range []struct {
		in, want mailing
		bad      string
	}{
		{mailing{}, mailing{}, ""},
		{mailing{host: "mail.example", from: "a@hoi.example"}, mailing{host: "mail.example", port: "587", mode: "starttls", from: "a@hoi.example"}, ""},
		{mailing{host: "mail.example:465", from: "a@hoi.example"}, mailing{host: "mail.example", port: "465", mode: "tls", from: "a@hoi.example"}, ""},
		{mailing{host: "mail.example", mode: "tls", from: "a@hoi.example"}, mailing{host: "mail.example", port: "465", mode: "tls", from: "a@hoi.example"}, ""},
		{mailing{host: "127.0.0.1:25", mode: "none", from: "a@hoi.example"}, mailing{host: "127.0.0.1", port: "25", mode: "none", from: "a@hoi.example"}, ""},
		{mailing{host: "mail.example", mode: "none", from: "a@hoi.example"}, mailing{}, "only for a mail server on this machine"},
		{mailing{host: "mail.example", mode: "ssl", from: "a@hoi.example"}, mailing{}, "want starttls, tls or none"},
		{mailing{host: "mail.example"}, mailing{}, "--mail-from"},
	} {
		got := x.in
		err := got.check()
		if x.bad != "" {
			if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), x.bad) {
				t.Errorf("%+v: %v", x.in, err)
			}
			continue
		}
		if err != nil || got != x.want {
			t.Errorf("%+v: %+v %v", x.in, got, err)
		}
	}
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("mật khẩu\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := mailing{host: "mail.example", passwordFile: file}
	if s, on, err := m.sender("https://x.example"); err != nil || !on || s.Password != "mật khẩu" || s.BaseURL != "https://x.example" {
		t.Errorf("%+v %v %v", s, on, err)
	}
	m.passwordFile = file + "x"
	if _, _, err := m.sender(""); err == nil {
		t.Error("a password file that is not there")
	}
}

// TestServeSendsMail: a notice of the demonstration leaves the built program for a mail server, and the server still stops at once.
func TestServeSendsMail(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		letters := make(chan string, 1)
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		go receive(ln, letters)
		s := p.start("demo", "--smtp-host", ln.Addr().String(), "--smtp-tls", "none", "--mail-from", "datchuan@hoi.example")
		admin, officer := s.login("quan-tri", s.logins()["quan-tri"]), s.login("ban-to-chuc", s.logins()["ban-to-chuc"])
		district := s.login("le-thuy", s.logins()["le-thuy"])
		s.send("PUT", "/api/v1/session/email", district, `{"email":"le-thuy@hoi.example"}`, "")
		s.send("PUT", "/api/v1/settings/mail", admin, `{"enabled":true}`, "")
		root := decode[struct {
			UnitID int64 `json:"unit_id"`
		}](t, s.get("/api/v1/session", officer)).UnitID
		made := decode[struct{ ID int64 }](t, s.send("POST", "/api/v1/classes", officer,
			fmt.Sprintf(`{"course":"C08","name":"Lớp thư","unit_id":%d,"from":"2013-06-03","to":"2013-06-07","seats":9}`, root), ""))
		for i, step := range []string{`{"to":"planned"}`, `{"to":"approved","decision":"1/QĐ","decided_on":"2013-02-01"}`, `{"to":"nominating"}`} {
			s.send("POST", fmt.Sprintf("/api/v1/classes/%d/step", made.ID), officer, step, fmt.Sprintf(`"%d"`, i+1))
		}
		select {
		case letter := <-letters:
			if !strings.Contains(letter, "To: <le-thuy@hoi.example>") || !strings.Contains(letter, fmt.Sprintf("/classes/%d?tab=3Dinfo", made.ID)) {
				t.Errorf("%s", letter)
			}
		case <-time.After(40 * time.Second):
			t.Fatalf("no letter\n%s", s.tail())
		}
		start := time.Now()
		if code := s.stop(os.Interrupt); code != 0 || time.Since(start) > 5*time.Second {
			t.Errorf("exit %d after %v\n%s", code, time.Since(start), s.tail())
		}
	})
}

// send sends JSON, over an earlier version when tag is not empty, and wants success.
func (s *server) send(method, path, token, body, tag string) string {
	s.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	if tag != "" {
		req.Header.Set("If-Match", tag)
	}
	res, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		s.Fatalf("%s %s: %d %v %s", method, path, res.StatusCode, err, text)
	}
	return string(text)
}

// receive is a mail server for one letter.
func receive(ln net.Listener, letters chan<- string) {
	conn, err := ln.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	var letter strings.Builder
	for say, data := "220 here", false; ; {
		if say != "" {
			fmt.Fprintf(conn, "%s\r\n", say)
		}
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch {
		case data && line == ".\r\n":
			letters <- letter.String()
			say, data = "250 ok", false
		case data:
			letter.WriteString(line)
			say = ""
		case strings.HasPrefix(line, "DATA"):
			say, data = "354 go", true
		default:
			say = "250 ok"
		}
	}
}
