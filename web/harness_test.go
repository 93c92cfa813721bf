package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"datchuan/api"
	"datchuan/core"
	"datchuan/models"
)

// site is the pages (and the API, whose exports they link to) over the demonstration, as main mounts them.
type site struct {
	t      testing.TB
	core   *core.Core
	engine *gin.Engine
	logins map[string]core.DemoLogin // by login
	log    *strings.Builder
}

// builtDemo is the folder of the demonstration, built once for all tests of the package; each gets a copy.
var builtDemo string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "web-test")
	if err != nil {
		panic(err)
	}
	builtDemo = dir
	if err := buildDemo(); err != nil {
		panic(err)
	}
	code := m.Run()
	if stopBrowser != nil {
		stopBrowser()
	}
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

func buildDemo() error {
	c, err := core.Open(core.Config{DSN: "sqlite:" + filepath.Join(builtDemo, "demo.db"), Now: testClock()})
	if err != nil {
		return err
	}
	ctx := context.Background()
	if _, _, err = c.Migrate(ctx); err == nil {
		_, err = c.BuildDemo(ctx, 20130301)
	}
	if err != nil {
		return err
	}
	return c.Close()
}

func testClock() func() time.Time {
	var ticks atomic.Int64
	start := time.Date(2013, 3, 1, 1, 0, 0, 0, time.UTC)
	return func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Microsecond) }
}

// newSite opens a copy of the demonstration.
func newSite(t testing.TB) *site {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"demo.db", "datchuan.key"} {
		data, err := os.ReadFile(filepath.Join(builtDemo, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return siteOn(t, core.Config{DSN: "sqlite:" + filepath.Join(dir, "demo.db"), Now: testClock()})
}

func siteOn(t testing.TB, cfg core.Config) *site {
	t.Helper()
	c, err := core.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := context.Background()
	if _, _, err := c.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	logins, err := c.BuildDemo(ctx, 20130301)
	if err != nil {
		t.Fatal(err)
	}
	w := mountSite(t, c)
	for _, l := range logins {
		w.logins[l.Login] = l
	}
	return w
}

func mountSite(t testing.TB, c *core.Core) *site {
	w := &site{t: t, core: c, logins: map[string]core.DemoLogin{}, log: &strings.Builder{}}
	gin.SetMode(gin.TestMode)
	w.engine = gin.New()
	log := slog.New(slog.NewTextHandler(w.log, nil))
	opt := Options{Log: log}
	Protect(w.engine, c, opt)
	api.Mount(w.engine, c, api.Options{SessionCookies: SessionCookies(), Log: log})
	Mount(w.engine, c, opt)
	return w
}

// visitor is somebody with a browser that keeps cookies and, unless told otherwise, reads Vietnamese.
type visitor struct {
	site    *site
	cookies map[string]string
	header  http.Header
}

func (w *site) anybody() *visitor {
	return &visitor{site: w, cookies: map[string]string{}, header: http.Header{"Sec-Fetch-Site": {"same-origin"}}}
}

// as signs a demo account in: "quan-tri", "ban-to-chuc", "xem-tinh", "le-thuy", "xa-my-thuy".
func (w *site) as(login string) *visitor {
	w.t.Helper()
	l, ok := w.logins[login]
	if !ok {
		w.t.Fatalf("no login %q", login)
	}
	v := w.anybody()
	if got := v.post("/login", "login", l.Login, "password", l.Password); got.status != http.StatusSeeOther {
		w.t.Fatalf("login %s: %d", login, got.status)
	}
	return v
}

// page is an answer.
type page struct {
	status   int
	header   http.Header
	html     string
	location string
}

func (v *visitor) get(path string) page { return v.send(http.MethodGet, path, "", "") }

// post sends a form of name, value pairs.
func (v *visitor) post(path string, pairs ...string) page {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return v.send(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

func (v *visitor) send(method, path, kind, body string) page {
	req := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	for name, values := range v.header {
		req.Header[name] = values
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.site.engine.ServeHTTP(w, req)
	answer := w.Result()
	for _, ck := range answer.Cookies() {
		if ck.MaxAge < 0 {
			delete(v.cookies, ck.Name)
		} else {
			v.cookies[ck.Name] = ck.Value
		}
	}
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		v.site.t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Header, string(data), answer.Header.Get("Location")}
}

// follow goes where a form has led, and shows what stands there.
func (v *visitor) follow(p page) page {
	v.site.t.Helper()
	if p.status != http.StatusSeeOther {
		v.site.t.Fatalf("no redirect but %d: %s", p.status, p.text())
	}
	return v.get(p.location)
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// text is what a person reads.
func (p page) text() string { return strings.TrimSpace(tags.ReplaceAllString(p.html, " ")) }

// want fails unless the page has the status and all of the texts.
func (w *site) want(p page, status int, texts ...string) {
	w.t.Helper()
	if p.status != status {
		w.t.Fatalf("status %d, want %d: %.600s", p.status, status, p.text())
	}
	for _, text := range texts {
		if !strings.Contains(p.html, text) {
			w.t.Errorf("%q is not on the page: %.1500s", text, p.text())
		}
	}
}

// unit is the id of a unit by its code.
func (w *site) unit(code string) int64 {
	w.t.Helper()
	tree, err := w.core.Tree(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	id, ok := tree.ByCode(code)
	if !ok {
		w.t.Fatalf("no unit %q", code)
	}
	return id
}

// actor is a demo account as core sees it.
func (w *site) actor(login string) models.Actor {
	w.t.Helper()
	l := w.logins[login]
	_, actor, err := w.core.Login(context.Background(), l.Login, l.Password, "10.0.0.1")
	if err != nil {
		w.t.Fatal(err)
	}
	return actor
}

// emptySite is a first start: no account, no people.
func emptySite(t testing.TB) *site {
	t.Helper()
	c, err := core.Open(core.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "new.db"), Now: testClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := context.Background()
	if _, _, err := c.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := c.SeedReference(ctx); err != nil {
		t.Fatal(err)
	}
	return mountSite(t, c)
}
