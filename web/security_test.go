package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"datchuan/models"

	"github.com/gin-gonic/gin"
)

func testEngine() *gin.Engine {
	gin.SetMode(gin.TestMode)
	e := gin.New()
	r := NewRenderer()
	page := func(status int) gin.HandlerFunc {
		return func(c *gin.Context) { r.HTML(c, status, "error", NewError(Page{Lang: models.Vi}, status)) }
	}
	e.Use(Headers(), Recover(page(500)), SameOrigin(page(403)), BodyLimit(1000, map[string]int64{"/big": 5000}, page(413)))
	e.GET("/static/*file", r.assets.serve)
	e.GET("/", page(404))
	e.GET("/panic", func(*gin.Context) { panic("secret of a person") })
	read := func(c *gin.Context) {
		if _, err := io.ReadAll(c.Request.Body); err != nil {
			c.Status(http.StatusRequestEntityTooLarge)
			return
		}
		c.Status(http.StatusNoContent)
	}
	e.POST("/save", read)
	e.POST("/big", read)
	return e
}

func ask(e http.Handler, method, url, body string, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, url, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, req)
	return w
}

func TestHeaders(t *testing.T) {
	w := ask(testEngine(), "GET", "http://localhost/", "")
	for name, want := range map[string]string{"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store", "Content-Language": "vi"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if w.Header().Get("X-Request-Id") == "" || strings.Contains(contentPolicy, "unsafe") {
		t.Error("no request id, or an unsafe policy")
	}
}

func TestSameOrigin(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		want   int
	}{
		{"same origin", []string{"Sec-Fetch-Site", "same-origin", "Cookie", "a=b"}, 204},
		{"cross site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"same site is not same origin", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"old browser, our origin", []string{"Origin", "http://10.0.0.5:8080", "Cookie", "a=b"}, 204},
		{"old browser, foreign origin", []string{"Origin", "http://evil.example", "Cookie", "a=b"}, 403},
		{"opaque origin", []string{"Origin", "null", "Cookie", "a=b"}, 403},
		{"session without any proof", []string{"Cookie", "a=b"}, 403},
		{"session with our referer", []string{"Cookie", "a=b", "Referer", "http://10.0.0.5:8080/x"}, 204},
		{"client with a token", []string{"Authorization", "Bearer x"}, 204},
	} {
		t.Run(c.name, func(t *testing.T) {
			if w := ask(testEngine(), "POST", "http://10.0.0.5:8080/save", "", c.header...); w.Code != c.want {
				t.Errorf("%d, want %d", w.Code, c.want)
			}
		})
	}
	if w := ask(testEngine(), "GET", "http://10.0.0.5:8080/", "", "Sec-Fetch-Site", "cross-site"); w.Code == 403 {
		t.Error("a link from elsewhere must open")
	}
}

func TestBodyLimit(t *testing.T) {
	for _, c := range []struct {
		path string
		size int
		want int
	}{{"/save", 900, 204}, {"/save", 1100, 413}, {"/big", 4900, 204}, {"/big", 5100, 413}} {
		if w := ask(testEngine(), "POST", c.path, strings.Repeat("x", c.size)); w.Code != c.want {
			t.Errorf("%s %d bytes: %d, want %d", c.path, c.size, w.Code, c.want)
		}
	}
	req := httptest.NewRequest("POST", "/save", io.NopCloser(strings.NewReader(strings.Repeat("x", 2000))))
	req.ContentLength = -1
	w := httptest.NewRecorder()
	testEngine().ServeHTTP(w, req)
	if w.Code != 413 {
		t.Errorf("chunked body: %d", w.Code)
	}
}

func TestRecover(t *testing.T) {
	w := ask(testEngine(), "GET", "/panic", "")
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), "Hệ thống gặp lỗi") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestStatic(t *testing.T) {
	e, a := testEngine(), loadAssets()
	for name, url := range a.byName {
		w := ask(e, "GET", url, "", "Accept-Encoding", "br, gzip")
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		if again := ask(e, "GET", url, "", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 || again.Body.Len() != 0 {
			t.Errorf("%s: not 304", name)
		}
	}
	if w := ask(e, "GET", "/static/app.css", ""); w.Code != 404 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("a name without hash: %d", w.Code)
	}
	if w := ask(e, "GET", a.url("app.css"), "", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("compressed though refused")
	}
	css := string(a.byURL[a.url("app.css")].body)
	if strings.Contains(css, "url(fonts/") || !strings.Contains(css, "url(/static/fonts/bvp-latin-400.") {
		t.Error("fonts in the style sheet are not addressed by hash")
	}
}

// TestWeight holds the cold weight of the heaviest page: at most 150 KB and 12 requests with all fonts.
func TestWeight(t *testing.T) {
	r, total, requests := NewRenderer(), 0, 1
	for _, a := range r.assets.byURL {
		requests++
		if a.zipped != nil {
			total += len(a.zipped)
		} else {
			total += len(a.body)
		}
	}
	heaviest := 0
	for name, v := range samples(models.Vi) {
		page, _, _ := strings.Cut(name, " ")
		var z countWriter
		w := gzip.NewWriter(&z)
		if err := r.Execute(w, page, v); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		heaviest = max(heaviest, int(z))
	}
	t.Logf("static %d bytes, heaviest sample page %d bytes, %d requests", total, heaviest, requests)
	if total+heaviest > 150<<10 || requests > 12 {
		t.Errorf("%d bytes in %d requests", total+heaviest, requests)
	}
	if js := len(r.assets.byURL[r.assets.url("app.js")].body); js > 10<<10 {
		t.Errorf("app.js has %d bytes", js)
	}
}

type countWriter int

func (c *countWriter) Write(b []byte) (int, error) {
	*c += countWriter(len(b))
	return len(b), nil
}

func TestCookies(t *testing.T) {
	for _, c := range []struct {
		url    string
		lan    bool
		name   string
		secure bool
	}{
		{"https://datchuan.example/", false, sessionCookie, true},
		{"http://localhost:8080/", false, sessionCookie, true},
		{"http://127.0.0.1:8080/", false, sessionCookie, true},
		{"http://[::1]:8080/", false, sessionCookie, true},
		{"http://192.168.1.10:8080/", true, sessionCookieLAN, false},
		{"http://192.168.1.10:8080/", false, "", false},
		{"http://localhost.evil.example/", false, "", false},
	} {
		w := httptest.NewRecorder()
		g, _ := gin.CreateTestContext(w)
		g.Request = httptest.NewRequest("GET", c.url, nil)
		k := Cookies{InsecureLAN: c.lan}
		k.SetSession(g, "token")
		got := w.Result().Cookies()
		if c.name == "" {
			if len(got) != 0 || k.Usable(g.Request) {
				t.Errorf("%s: a cookie that would be lost", c.url)
			}
			continue
		}
		if len(got) != 1 || got[0].Name != c.name || got[0].Secure != c.secure || !got[0].HttpOnly || got[0].SameSite != http.SameSiteLaxMode || got[0].Path != "/" {
			t.Errorf("%s: %v", c.url, got)
			continue
		}
		back := httptest.NewRequest("GET", c.url, nil)
		back.AddCookie(got[0])
		if k.Session(back) != "token" {
			t.Errorf("%s: not read back", c.url)
		}
	}
}

func TestAddresses(t *testing.T) {
	p := samplePage(models.Vi, "/gaps")
	p.Query.Set("page", "3")
	p.Query.Set("tab", "totals")
	for got, want := range map[string]string{
		p.With("sort", "name"):                 "/gaps?sort=name&standard=ke-hoach-2013&tab=totals",
		p.With("standard", ""):                 "/gaps?tab=totals",
		p.With("page", 2, "tab", ""):           "/gaps?page=2&standard=ke-hoach-2013",
		p.To("/api/v1/gaps", "format", "xlsx"): "/api/v1/gaps?format=xlsx&standard=ke-hoach-2013",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if !under("/cadres/7", "/people") || under("/unitsx", "/units") || under("/gaps", "/") {
		t.Error("current line of the navigation")
	}
}
