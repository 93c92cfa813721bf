package core

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"datchuan/models"
)

// postOffice is a small mail server. What it says to RCPT may be set.
type postOffice struct {
	t     *testing.T
	addr  string
	tls   *tls.Config
	roots *x509.CertPool
	mode  string

	mu      sync.Mutex
	answer  string // to RCPT, "" = 250
	letters []string
	tries   int
}

func newPostOffice(t *testing.T, mode string) *postOffice {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{t: t, mode: mode, roots: x509.NewCertPool(), tls: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}}
	p.roots.AddCert(cert)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.addr = ln.Addr().String()
	if mode == "tls" {
		ln = tls.NewListener(ln, p.tls)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go p.talk(conn, mode == "tls")
		}
	}()
	return p
}

// talk is one visit of a client.
func (p *postOffice) talk(conn net.Conn, safe bool) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 localhost")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.TrimSpace(line)); {
		case strings.HasPrefix(verb, "EHLO"):
			say("250-localhost")
			if !safe && p.mode == "starttls" {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case verb == "STARTTLS":
			say("220 go")
			conn = tls.Server(conn, p.tls)
			in, safe = bufio.NewReader(conn), true
		case strings.HasPrefix(verb, "AUTH"):
			if want := "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00hoi\x00mật")); !safe || strings.TrimSpace(line) != want {
				say("535 no")
				return
			}
			say("235 ok")
		case strings.HasPrefix(verb, "MAIL"):
			if !safe && p.mode != "none" {
				p.t.Error("a letter over an open line")
			}
			say("250 ok")
		case strings.HasPrefix(verb, "RCPT"):
			say(p.receive())
		case verb == "DATA":
			say("354 go")
			p.keep(in)
			say("250 ok")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("500 what")
		}
	}
}

func (p *postOffice) receive() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tries++
	if p.answer != "" {
		return p.answer
	}
	return "250 ok"
}

func (p *postOffice) keep(in *bufio.Reader) {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		if !strings.HasSuffix(line, "\r\n") || len(line) > 78+2 {
			p.t.Errorf("a line of %d bytes: %q", len(line), line)
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, b.String())
}

func (p *postOffice) say(answer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = answer
}

func (p *postOffice) smtp() SMTP {
	_, port, _ := net.SplitHostPort(p.addr)
	return SMTP{Host: "localhost", Port: port, Mode: p.mode, User: "hoi", Password: "mật", From: "datchuan@hoi.example", BaseURL: "https://datchuan.example", Roots: p.roots}
}

func TestSMTP(t *testing.T) {
	letter := Letter{Recipient: "can-bo@huyen.example", Subject: strings.Repeat("Thông báo về lớp bồi dưỡng nghiệp vụ ", 5), Body: ".Dòng đầu\n" + strings.Repeat("Lớp Nghiệp vụ công tác Hội ", 20), Link: "/classes/5?tab=people",
		Mark: "ABC", At: time.Date(2013, 3, 1, 1, 0, 0, 0, time.UTC)}
	for _, mode := range []string{"starttls", "tls"} {
		t.Run(mode, func(t *testing.T) {
			p := newPostOffice(t, mode)
			if err := p.smtp().Send(context.Background(), letter); err != nil {
				t.Fatal(err)
			}
			m, err := mail.ReadMessage(strings.NewReader(p.letters[0]))
			if err != nil {
				t.Fatal(err)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
			if err != nil || subject != letter.Subject || m.Header.Get("Message-ID") != "<ABC@hoi.example>" || m.Header.Get("Auto-Submitted") == "" {
				t.Errorf("%q %v %v", subject, err, m.Header)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
			if want := strings.ReplaceAll(letter.Body+"\n\nhttps://datchuan.example/classes/5?tab=people\n", "\n", "\r\n"); err != nil || string(body) != want {
				t.Errorf("%v\n%q\n%q", err, body, want)
			}
			strange := p.smtp()
			strange.Roots = nil
			if err := strange.Send(context.Background(), letter); err == nil {
				t.Error("a letter to a server that nobody vouches for")
			}
			p.say("550 nobody here")
			if err := p.smtp().Send(context.Background(), letter); !errors.Is(err, ErrUndeliverable) {
				t.Errorf("550: %v", err)
			}
			p.say("451 later")
			if err := p.smtp().Send(context.Background(), letter); err == nil || errors.Is(err, ErrUndeliverable) {
				t.Errorf("451: %v", err)
			}
		})
	}
	open := newPostOffice(t, "none")
	s := open.smtp()
	s.Mode = "starttls"
	if err := s.Send(context.Background(), letter); err == nil || len(open.letters) > 0 {
		t.Error("a server without STARTTLS got a letter")
	}
}

// postWorld has e-mail on, an address at one district, and a notice for both.
func postWorld(t *testing.T, c *Core) (*noticeWorld, models.Actor) {
	w := newNoticeWorld(t, c)
	_, admin := accessLogin(t, c, "quan-tri", models.Administrator, 0)
	if err := c.SetEmail(w.ctx, w.district, "khong phai"); models.KindOf(err) != models.Invalid {
		t.Errorf("a bad address: %v", err)
	}
	if err := c.SetEmail(w.ctx, w.district, "le-thuy@hoi.example"); err != nil {
		t.Fatal(err)
	}
	w.open("Lớp khi chưa bật", 20130311, 20130315, 2)
	if r, err := c.MailReport(w.ctx, admin); err != nil || r != (MailReport{}) {
		t.Fatalf("before it is on: %+v %v", r, err)
	}
	wantCode(t, "not hers", c.SetMail(w.ctx, w.province, true), models.Forbidden, "auth.forbidden")
	if err := c.SetMail(w.ctx, admin, true); err != nil {
		t.Fatal(err)
	}
	w.decide(models.Refuse, w.nominate(w.district, w.class, w.chair["MT"])...)
	w.decide(models.Refuse, w.nominate(w.other, w.class, w.chair["DH"])...) // no address there
	return w, admin
}

func (w *noticeWorld) outbox() Mail {
	w.t.Helper()
	var list []Mail
	if err := w.c.read.Find(&list).Error; err != nil || len(list) != 1 {
		w.t.Fatalf("%d letters, %v", len(list), err)
	}
	return list[0]
}

func (w *noticeWorld) send(p *postOffice, want int) {
	w.t.Helper()
	if n, err := w.c.SendMail(w.ctx, p.smtp()); err != nil || n != want {
		w.t.Errorf("%d letters left, want %d: %v", n, want, err)
	}
}

func TestOutbox(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, admin := postWorld(t, c)
		p := newPostOffice(t, "starttls")
		m := w.outbox()
		if m.Recipient != "le-thuy@hoi.example" || strings.Contains(m.Subject+m.Body, "Nguyễn Thị MT") || !strings.Contains(m.Body, w.class.Name) || m.Link != fmt.Sprintf("/classes/%d?tab=people", w.class.ID) {
			t.Errorf("%+v", m)
		}
		p.say("451 later")
		w.send(p, 0)
		if m = w.outbox(); m.State != MailWaiting || m.Tries != 1 || !strings.Contains(m.Error, "later") || m.NextAt <= c.Now() {
			t.Errorf("after a failure: %+v", m)
		}
		w.send(p, 0)
		if p.tries != 1 {
			t.Error("tried again without a wait")
		}
		accessLater(c, 2*time.Minute)
		p.say("")
		w.send(p, 1)
		w.send(p, 0)
		if m = w.outbox(); m.State != MailSent || m.Error != "" || !strings.Contains(p.letters[0], "Message-ID: <"+m.Mark+"@") {
			t.Errorf("sent: %+v\n%s", m, p.letters[0])
		}
		accessLater(c, 40*24*time.Hour)
		w.send(p, 0)
		if r, err := c.MailReport(w.ctx, admin); err != nil || r.Sent != 0 {
			t.Errorf("kept for more than thirty days: %+v %v", r, err)
		}
	})
}

func TestOutboxGivesUp(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, admin := postWorld(t, c)
		p := newPostOffice(t, "tls")
		p.say("550 nobody here")
		w.send(p, 0)
		if r, err := c.MailReport(w.ctx, admin); err != nil || r.Failed != 1 || !strings.Contains(r.LastError, "nobody here") {
			t.Errorf("%+v %v", r, err)
		}
		if err := c.RetryMail(w.ctx, admin); err != nil {
			t.Fatal(err)
		}
		p.say("451 later")
		for range mailTries {
			accessLater(c, 7*time.Hour)
			w.send(p, 0)
		}
		if m := w.outbox(); m.State != MailFailed || m.Tries != mailTries {
			t.Errorf("%+v", m)
		}
		if err := c.RetryMail(w.ctx, admin); err != nil {
			t.Fatal(err)
		}
		if err := c.SetMail(w.ctx, admin, false); err != nil {
			t.Fatal(err)
		}
		if r, err := c.MailReport(w.ctx, admin); err != nil || r.Waiting != 0 || r.Enabled {
			t.Errorf("turned off: %+v %v", r, err)
		}
	})
}

// lost is a sender that takes a letter and dies.
type lost struct{ stop context.CancelFunc }

func (l lost) Send(context.Context, Letter) error { l.stop(); return context.Canceled }

// A server that stops in the middle leaves the letter to the next one; two senders do not send it twice.
func TestOutboxStopsAndShares(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, _ := postWorld(t, c)
		ctx, stop := context.WithCancel(w.ctx)
		if _, err := c.SendMail(ctx, lost{stop}); err != nil {
			t.Fatal(err)
		}
		if m := w.outbox(); m.State != MailWaiting || m.Tries != 0 {
			t.Errorf("stopped: %+v", m)
		}
		p := newPostOffice(t, "tls")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := c.SendMail(w.ctx, p.smtp()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(p.letters) != 1 {
			t.Errorf("%d letters", len(p.letters))
		}
		running, end := context.WithCancel(w.ctx)
		done := make(chan struct{})
		c.StartMail(running, p.smtp())
		go func() { c.jobs.wait(); close(done) }()
		end()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			t.Error("the sender does not stop")
		}
	})
}
