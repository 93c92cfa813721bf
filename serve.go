package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"datchuan/api"
	"datchuan/core"
	"datchuan/web"
)

// serving are the flags of the commands that open a port.
type serving struct {
	settings
	addr, baseURL, certFile, certKey string
	selfSigned, insecureLAN          bool
	mail                             mailing
}

func (s *serving) flags(name string) *flag.FlagSet {
	fs := newFlags(name, &s.settings)
	fs.StringVar(&s.addr, "addr", fromEnv("DATCHUAN_ADDR", "127.0.0.1:8080"), "address to listen on")
	fs.StringVar(&s.baseURL, "base-url", os.Getenv("DATCHUAN_BASE_URL"), "public address, when a reverse proxy stands in front (https://…)")
	fs.StringVar(&s.certFile, "tls-cert", os.Getenv("DATCHUAN_TLS_CERT"), "certificate file (PEM)")
	fs.StringVar(&s.certKey, "tls-key", os.Getenv("DATCHUAN_TLS_KEY"), "key of the certificate (PEM)")
	fs.BoolVar(&s.selfSigned, "tls-self-signed", false, "make a certificate beside the key file and print its fingerprint")
	s.mail.flags(fs)
	fs.BoolVar(&s.insecureLAN, "insecure-lan", false, "allow sign-in over plain http on a LAN address (a red banner says so)")
	return fs
}

// check refuses what can't work, and an unprotected port that would be open to the network by accident.
func (s *serving) check() error {
	host, _, err := net.SplitHostPort(s.addr)
	if err != nil {
		return fmt.Errorf("%w: --addr: %v", errUsage, err)
	}
	if (s.certFile == "") != (s.certKey == "") {
		return fmt.Errorf("%w: --tls-cert and --tls-key belong together", errUsage)
	}
	if s.baseURL != "" {
		base, err := url.Parse(s.baseURL)
		if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" || base.Path != "" && base.Path != "/" {
			return fmt.Errorf("%w: --base-url wants https://HOST", errUsage)
		}
		s.baseURL = strings.TrimSuffix(s.baseURL, "/")
	}
	if err := s.mail.check(); err != nil {
		return err
	}
	ip := net.ParseIP(host)
	local := host == "localhost" || (ip != nil && ip.IsLoopback())
	if local || s.certFile != "" || s.selfSigned || s.insecureLAN || s.baseURL != "" {
		return nil
	}
	return fmt.Errorf("%w: %s can be reached from the network: add --tls-cert and --tls-key, --tls-self-signed, --base-url behind a proxy, or --insecure-lan", errUsage, s.addr)
}

func runServe(ctx context.Context, std stdio, args []string) error {
	var s serving
	if _, err := parse(s.flags("serve"), args, 0); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	c, err := s.open(ctx, std)
	if err != nil {
		return err
	}
	return s.listen(ctx, std, c, func(at string) error {
		token, err := c.SetupToken(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(std.out, at)
		if token != "" {
			fmt.Fprintf(std.out, "first account (one time, 30 minutes): %s/setup?token=%s\n", at, token)
		}
		return nil
	})
}

// The end of a server takes ten seconds at most: requests under way are finished, then imports. What is cut off was one
// transaction and can be run again.
const (
	requestGrace = 8 * time.Second
	wholeGrace   = 9500 * time.Millisecond
)

// listen opens the port, tells the address through ready, and serves until the context ends. It closes c.
func (s *serving) listen(ctx context.Context, std stdio, c *core.Core, ready func(at string) error) error {
	log := s.logger(std.err)
	slog.SetDefault(log)
	server, ln, at, err := s.prepare(ctx, std, c, log)
	if err != nil {
		return errors.Join(err, c.Close())
	}
	mailing, stopMail := context.WithCancel(ctx)
	defer stopMail()
	post, mails, err := s.mail.sender(at)
	if err == nil {
		err = ready(at)
	}
	if err != nil {
		return errors.Join(err, ln.Close(), c.Close())
	}
	if mails {
		c.StartMail(mailing, post)
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		select {
		case err := <-failed:
			stopMail()
			return errors.Join(err, c.Close())
		case <-hour.C:
			if err := c.RollDay(ctx); err != nil {
				log.Error("roll day", "error", err)
			}
		case <-ctx.Done():
			return finish(server, c, log)
		}
	}
}

// prepare readies the database and opens the port.
func (s *serving) prepare(ctx context.Context, std stdio, c *core.Core, log *slog.Logger) (*http.Server, net.Listener, string, error) {
	if err := errors.Join(c.RecoverImports(ctx), c.RollDay(ctx)); err != nil {
		return nil, nil, "", err
	}
	cert, err := s.certificate(std)
	if err != nil {
		return nil, nil, "", err
	}
	ln, err := net.Listen("tcp", s.addr)
	if err != nil {
		return nil, nil, "", err
	}
	at := s.url(ln.Addr().String(), cert != nil)
	if cert != nil {
		ln = tls.NewListener(ln, &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}})
	}
	return &http.Server{Handler: handler(c, web.Options{BaseURL: s.baseURL, InsecureLAN: s.insecureLAN, Version: version, Log: log}),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}, ln, at, nil
}

// url is the address for people: the public one, else one that works on this machine.
func (s *serving) url(listening string, secure bool) string {
	if s.baseURL != "" {
		return s.baseURL
	}
	if host, port, err := net.SplitHostPort(listening); err == nil && net.ParseIP(host).IsUnspecified() {
		listening = net.JoinHostPort("localhost", port)
	}
	if secure {
		return "https://" + listening
	}
	return "http://" + listening
}

// finish lets the requests under way and the imports end, while there is time.
func finish(server *http.Server, c *core.Core, log *slog.Logger) error {
	log.Info("stopping")
	end := time.After(wholeGrace)
	limit, cancel := context.WithTimeout(context.Background(), requestGrace)
	defer cancel()
	err := server.Shutdown(limit)
	closed := make(chan error, 1)
	go func() { closed <- c.Close() }()
	select {
	case closeErr := <-closed:
		return errors.Join(err, closeErr)
	case <-end:
		return errors.Join(err, errors.New("stopped while an import was running: nothing of it was written, it can be run again"))
	}
}

// handler is the whole face: health, API and pages behind one set of protections.
func handler(c *core.Core, opt web.Options) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(nil); err != nil {
		panic(err) // only a bad address can fail, and there is none
	}
	web.Protect(r, c, opt)
	r.GET("/livez", func(g *gin.Context) { g.String(http.StatusOK, "ok") })
	r.GET("/readyz", func(g *gin.Context) {
		limit, cancel := context.WithTimeout(g.Request.Context(), 2*time.Second)
		defer cancel()
		if err := c.Ready(limit); err != nil {
			g.String(http.StatusServiceUnavailable, "not ready")
			return
		}
		g.String(http.StatusOK, "ok")
	})
	api.Mount(r, c, api.Options{SessionCookies: web.SessionCookies(), BaseURL: opt.BaseURL, Version: opt.Version})
	web.Mount(r, c, opt)
	return r
}

// certificate is what TLS needs, nil for plain http.
func (s *serving) certificate(std stdio) (*tls.Certificate, error) {
	if s.selfSigned && s.certFile == "" {
		folder := filepath.Dir(s.key())
		s.certFile, s.certKey = filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key")
		print, err := ensureSelfSigned(s.certFile, s.certKey)
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(std.err, "certificate fingerprint (SHA-256):", print)
	}
	if s.certFile == "" {
		return nil, nil
	}
	cert, err := tls.LoadX509KeyPair(s.certFile, s.certKey)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return &cert, nil
}
