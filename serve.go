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
	"os"
	"path/filepath"
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
}

func (s *serving) flags(name string, std stdio) *flag.FlagSet {
	fs := newFlags(name, std, &s.settings)
	fs.StringVar(&s.addr, "addr", fromEnv("DATCHUAN_ADDR", "127.0.0.1:8080"), "address to listen on")
	fs.StringVar(&s.baseURL, "base-url", os.Getenv("DATCHUAN_BASE_URL"), "public address, when a reverse proxy stands in front (https://…)")
	fs.StringVar(&s.certFile, "tls-cert", os.Getenv("DATCHUAN_TLS_CERT"), "certificate file (PEM)")
	fs.StringVar(&s.certKey, "tls-key", os.Getenv("DATCHUAN_TLS_KEY"), "key of the certificate (PEM)")
	fs.BoolVar(&s.selfSigned, "tls-self-signed", false, "make a certificate in the data folder and print its fingerprint")
	fs.BoolVar(&s.insecureLAN, "insecure-lan", false, "allow sign-in over plain http on a LAN address (a red banner says so)")
	return fs
}

// check refuses to open an unprotected port to the network by accident.
func (s *serving) check() error {
	host, _, err := net.SplitHostPort(s.addr)
	if err != nil {
		return fmt.Errorf("%w: --addr: %v", errUsage, err)
	}
	ip := net.ParseIP(host)
	local := host == "localhost" || (ip != nil && ip.IsLoopback())
	if local || s.certFile != "" || s.selfSigned || s.insecureLAN || s.baseURL != "" {
		return nil
	}
	return fmt.Errorf("%w: %s can be reached from the network: add --tls-cert and --tls-key, --tls-self-signed, --base-url behind a proxy, or --insecure-lan", errUsage, s.addr)
}

func runServe(ctx context.Context, std stdio, args []string) (err error) {
	var s serving
	if _, err := parse(s.flags("serve", std), args, 0); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	c, err := s.open(ctx, std)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return s.listen(ctx, std, c, func(url string) error {
		token, err := c.SetupToken(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(std.out, url)
		if token != "" {
			fmt.Fprintf(std.out, "first account (one time, 30 minutes): %s/setup?token=%s\n", url, token)
		}
		return nil
	})
}

// listen opens the port, tells the address through ready, and serves until the context ends; then requests under way
// are finished.
func (s *serving) listen(ctx context.Context, std stdio, c *core.Core, ready func(url string) error) error {
	log := s.logger(std.err)
	slog.SetDefault(log)
	if err := errors.Join(c.RecoverImports(ctx), c.RollDay(ctx)); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	scheme := "http"
	if cert, err := s.certificate(std); err != nil {
		return errors.Join(err, ln.Close())
	} else if cert != nil {
		ln, scheme = tls.NewListener(ln, &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}), "https"
	}
	url := s.baseURL
	if url == "" {
		url = scheme + "://" + ln.Addr().String()
	}
	server := &http.Server{Handler: handler(c, web.Options{BaseURL: s.baseURL, InsecureLAN: s.insecureLAN, Version: version}),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	if err := ready(url); err != nil {
		return errors.Join(err, ln.Close())
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	day := time.NewTicker(time.Hour)
	defer day.Stop()
	for {
		select {
		case err := <-failed:
			return err
		case <-day.C:
			if err := c.RollDay(ctx); err != nil {
				log.Error("roll day", "error", err)
			}
		case <-ctx.Done():
			stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer cancel()
			return server.Shutdown(stop)
		}
	}
}

// handler is the whole face: health, API and pages behind one set of protections.
func handler(c *core.Core, opt web.Options) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(nil); err != nil {
		panic(err)
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
		s.certFile, s.certKey = filepath.Join(s.data, "tls.crt"), filepath.Join(s.data, "tls.key")
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
