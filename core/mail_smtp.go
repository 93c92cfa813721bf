package core

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"
)

// SMTP is the office's mail server.
type SMTP struct {
	Host, Port     string
	Mode           string // how the connection is protected: starttls, tls, or none (only to this machine)
	User, Password string // no User = no sign-in
	From           string
	BaseURL        string         // before the links of letters
	Roots          *x509.CertPool // nil = those of the system
}

const (
	smtpDial  = 15 * time.Second
	smtpWhole = time.Minute
)

// Send hands one letter to the mail server.
func (s SMTP) Send(ctx context.Context, l Letter) error {
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // a server that stops does not wait for a mail server
	defer stop()
	if err := conn.SetDeadline(time.Now().Add(smtpWhole)); err != nil {
		return err
	}
	client, err := smtp.NewClient(conn, s.Host)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := s.greet(client); err != nil {
		return err
	}
	return s.deliver(client, l)
}

func (s SMTP) tls() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

func (s SMTP) dial(ctx context.Context) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, smtpDial)
	defer cancel()
	at := net.JoinHostPort(s.Host, s.Port)
	if s.Mode == "tls" {
		return (&tls.Dialer{Config: s.tls()}).DialContext(ctx, "tcp", at)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", at)
}

// greet protects the connection and signs in. Without protection nothing is sent, but to this machine itself.
func (s SMTP) greet(client *smtp.Client) error {
	if s.Mode == "starttls" {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return errors.New("the mail server offers no STARTTLS")
		}
		if err := client.StartTLS(s.tls()); err != nil {
			return err
		}
	}
	if s.User == "" {
		return nil
	}
	return client.Auth(smtp.PlainAuth("", s.User, s.Password, s.Host))
}

func (s SMTP) deliver(client *smtp.Client, l Letter) error {
	if err := client.Mail(s.From); err != nil {
		return err
	}
	if err := client.Rcpt(l.Recipient); err != nil {
		return forGood(err)
	}
	body, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := body.Write(s.compose(l)); err != nil {
		return err
	}
	if err := body.Close(); err != nil {
		return forGood(err)
	}
	_ = client.Quit() // it has the letter; how the talk ends does not matter
	return nil
}

// forGood tells a refusal of the letter itself from a trouble that passes.
func forGood(err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrUndeliverable, err)
	}
	return err
}

// compose writes a letter as RFC 5322 wants it; its Message-ID is the same in each try.
func (s SMTP) compose(l Letter) []byte {
	_, domain, _ := strings.Cut(s.From, "@")
	var b bytes.Buffer
	for _, line := range [][2]string{
		{"Date", l.At.In(time.UTC).Format("Mon, 02 Jan 2006 15:04:05 +0000")},
		{"From", encodeWords("Đạt Chuẩn") + " <" + s.From + ">"},
		{"To", "<" + l.Recipient + ">"},
		{"Subject", encodeWords(l.Subject)},
		{"Message-ID", "<" + l.Mark + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", line[0], line[1])
	}
	b.WriteString("\r\n")
	text := quotedprintable.NewWriter(&b)
	_, _ = text.Write([]byte(strings.ReplaceAll(l.Body+"\n\n"+s.BaseURL+l.Link+"\n", "\n", "\r\n"))) // into memory: can't fail
	_ = text.Close()
	return b.Bytes()
}

// encodeWords writes a text as encoded words (RFC 2047), one a line, so that no line passes 76 letters, the first one included.
func encodeWords(text string) string {
	const most = 39 // bytes of text in a word
	var words []string
	part := ""
	for _, r := range text {
		if len(part)+utf8.RuneLen(r) > most {
			words, part = append(words, part), ""
		}
		part += string(r)
	}
	words = append(words, part)
	for i, w := range words {
		words[i] = "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(w)) + "?="
	}
	return strings.Join(words, "\r\n ")
}
