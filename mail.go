package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// mailing are the flags of the mail server. Without a host nothing is sent; the password never stands on a command line.
type mailing struct {
	host, port, mode, user, passwordFile, from string
}

func (m *mailing) flags(fs *flag.FlagSet) {
	fs.StringVar(&m.host, "smtp-host", os.Getenv("DATCHUAN_SMTP_HOST"), "mail server, as HOST or HOST:PORT, for notices by e-mail (default: none)")
	fs.StringVar(&m.mode, "smtp-tls", os.Getenv("DATCHUAN_SMTP_TLS"), "starttls, tls, or none to a mail server on this machine (default: tls on port 465, else starttls)")
	fs.StringVar(&m.user, "smtp-user", os.Getenv("DATCHUAN_SMTP_USER"), "name at the mail server; the password is read from DATCHUAN_SMTP_PASSWORD or --smtp-password-file")
	fs.StringVar(&m.passwordFile, "smtp-password-file", os.Getenv("DATCHUAN_SMTP_PASSWORD_FILE"), "file with the password")
	fs.StringVar(&m.from, "mail-from", os.Getenv("DATCHUAN_MAIL_FROM"), "address from which notices are sent")
}

// check refuses what can't work, and fills in the usual port and protection.
func (m *mailing) check() error {
	if m.host == "" {
		return nil
	}
	if host, port, err := net.SplitHostPort(m.host); err == nil {
		m.host, m.port = host, port
	}
	if m.port == "" {
		m.port = map[bool]string{true: "465", false: "587"}[m.mode == "tls"]
	}
	if m.mode == "" {
		m.mode = map[bool]string{true: "tls", false: "starttls"}[m.port == "465"]
	}
	ip := net.ParseIP(m.host)
	local := m.host == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case m.mode != "starttls" && m.mode != "tls" && m.mode != "none":
		return fmt.Errorf("%w: --smtp-tls: want starttls, tls or none", errUsage)
	case m.mode == "none" && !local:
		return fmt.Errorf("%w: --smtp-tls none is only for a mail server on this machine", errUsage)
	case m.from == "" || !models.EmailValid(m.from):
		return fmt.Errorf("%w: --smtp-host needs --mail-from ADDRESS", errUsage)
	}
	return nil
}

// sender is the mail server as core uses it; false without one.
func (m *mailing) sender(baseURL string) (core.SMTP, bool, error) {
	s := core.SMTP{Host: m.host, Port: m.port, Mode: m.mode, User: m.user, Password: os.Getenv("DATCHUAN_SMTP_PASSWORD"), From: m.from, BaseURL: baseURL}
	if m.host == "" || m.passwordFile == "" {
		return s, m.host != "", nil
	}
	text, err := os.ReadFile(m.passwordFile)
	s.Password = strings.TrimSpace(string(text))
	return s, true, err
}
