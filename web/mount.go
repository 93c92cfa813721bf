package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"datchuan/core"
	"datchuan/models"
)

// Options is what the program tells the face.
type Options struct {
	BaseURL     string       // public address behind a proxy; "" = as asked
	InsecureLAN bool         // sessions over plain http on a LAN address are allowed
	Version     string       // of the program
	Log         *slog.Logger // nil = slog.Default
}

// Route is one page or form and the permission that it demands.
type Route struct {
	Method, Path string
	Permission   models.Permission
}

// server is the face at work.
type server struct {
	core    *core.Core
	opt     Options
	cookies Cookies
	render  *Renderer
	engine  gin.IRoutes
	routes  []Route
	demo    bool
}

// The bounds of a request body: a form, a roster, a scan of a paper.
const (
	formLimit   = 1 << 20
	rosterLimit = 10<<20 + 64<<10
	scanLimit   = 5<<20 + 64<<10
)

// SessionCookies are the names of the cookies that may hold a session token.
func SessionCookies() []string { return []string{sessionCookie, sessionCookieLAN} }

// Protect puts what guards every route on an engine, pages and API alike: request ids and headers, the log of requests,
// the refusal of foreign origins and of what is not found.
func Protect(r *gin.Engine, c *core.Core, opt Options) {
	s := newServer(nil, c, opt)
	r.Use(Headers(), s.logged, Recover(s.fail(http.StatusInternalServerError)), SameOrigin(s.fail(http.StatusForbidden)))
	r.NoRoute(s.fail(http.StatusNotFound))
	r.NoMethod(s.fail(http.StatusMethodNotAllowed))
}

// Mount puts the pages on an engine.
func Mount(r *gin.Engine, c *core.Core, opt Options) { newServer(r, c, opt).mount() }

// Routes lists every page with its permission.
func Routes() []Route { return newServer(gin.New(), nil, Options{}).mount().routes }

func newServer(r gin.IRoutes, c *core.Core, opt Options) *server {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	s := &server{core: c, opt: opt, cookies: Cookies{InsecureLAN: opt.InsecureLAN}, render: NewRenderer(), engine: r}
	if c != nil {
		demo, err := c.IsDemo(context.Background())
		if err != nil {
			opt.Log.Error("demo?", "error", err)
		}
		s.demo = demo
	}
	return s
}

func (s *server) mount() *server {
	s.engine.GET("/static/*file", s.render.assets.serve)
	for _, register := range []func(){s.doorRoutes, s.overviewRoutes, s.gapRoutes, s.targetRoutes, s.standardRoutes, s.baselineRoutes,
		s.peopleRoutes, s.factRoutes, s.duplicateRoutes, s.unitRoutes, s.importRoutes, s.accountRoutes, s.auditRoutes, s.settingRoutes, s.helpRoutes, s.classRoutes, s.catalogueRoutes, s.noticeRoutes, s.calendarRoutes,
		s.checkRoutes, s.certificateRoutes} {
		register()
	}
	return s
}

// handler shows a page, or does something and says where to go; errors become pages.
type handler func(*request) error

func (s *server) get(path string, need models.Permission, h handler) {
	s.add(http.MethodGet, path, need, formLimit, h)
}

func (s *server) post(path string, need models.Permission, h handler) {
	s.add(http.MethodPost, path, need, formLimit, h)
}

// upload is a post that takes files.
func (s *server) upload(path string, need models.Permission, limit int64, h handler) {
	s.add(http.MethodPost, path, need, limit, h)
}

func (s *server) add(method, path string, need models.Permission, limit int64, h handler) {
	if need != models.Public && !slices.Contains(models.Permissions(), need) {
		panic("web: " + path + " names no permission")
	}
	s.routes = append(s.routes, Route{method, path, need})
	s.engine.Handle(method, path, BodyLimit(limit, nil, s.fail(http.StatusRequestEntityTooLarge)), func(g *gin.Context) { s.handle(g, need, limit, h) })
}

// handle runs a handler for whoever asks, when she may.
func (s *server) handle(g *gin.Context, need models.Permission, limit int64, h handler) {
	q := &request{Context: g, s: s, limit: limit}
	err := q.identify()
	if err == nil {
		err = q.permit(need)
	}
	if err == nil {
		err = q.read()
	}
	if err == nil && g.Request.Method == http.MethodPost && q.actor.AccountID != 0 {
		err = q.once(h)
	} else if err == nil {
		err = h(q)
	}
	if err != nil {
		q.failed(err)
		return
	}
	q.leave()
}

// fail answers with the page of a status, or with a problem document below /api.
func (s *server) fail(status int) gin.HandlerFunc {
	return func(g *gin.Context) {
		if strings.HasPrefix(g.Request.URL.Path, "/api/") {
			g.Header("Content-Type", "application/problem+json")
			g.JSON(status, gin.H{"type": "about:blank", "title": http.StatusText(status), "status": status, "request_id": RequestID(g)})
			return
		}
		q := &request{Context: g, s: s}
		if err := q.identify(); err != nil {
			q.actor = models.Actor{}
		}
		q.page(status)
	}
}

// logged writes one line per request: never its address, which may hold names, only the route.
func (s *server) logged(g *gin.Context) {
	start := time.Now()
	g.Next()
	if route := g.FullPath(); route != "/static/*file" && route != "/livez" && route != "/readyz" {
		s.opt.Log.LogAttrs(g.Request.Context(), slog.LevelInfo, "request", slog.String("request_id", RequestID(g)), slog.String("method", g.Request.Method),
			slog.String("route", route), slog.Int("status", g.Writer.Status()), slog.Duration("took", time.Since(start)), slog.Int("bytes", g.Writer.Size()))
	}
}
