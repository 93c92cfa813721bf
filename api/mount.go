package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"datchuan/core"
	"datchuan/models"
)

// prefix is where every operation lives; a breaking change gets a new one.
const prefix = "/api/v1"

// Options is what the program tells the face.
type Options struct {
	SessionCookies []string     // cookies whose value is a session token: the login of the pages serves links to exports too
	BaseURL        string       // for absolute addresses in the OpenAPI document; "" = relative
	Version        string       // of the program
	Log            *slog.Logger // where internal errors go; nil = slog.Default
}

// Route is one operation and the permission that it demands.
type Route struct {
	Method     string
	Path       string // gin's form: /api/v1/cadres/:id
	Permission models.Permission
}

// server is the face at work.
type server struct {
	core    *core.Core
	opt     Options
	huma    huma.API
	routes  []Route
	presses presses
}

// Mount puts the API on an engine: operations under /api/v1, the document at /api/openapi.json, the reference at /api/docs.
func Mount(r *gin.Engine, c *core.Core, opt Options) { mount(r, c, opt) }

// Routes lists every operation with its permission.
func Routes() []Route { return mount(gin.New(), nil, Options{}).routes }

func mount(r *gin.Engine, c *core.Core, opt Options) *server {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	config := huma.DefaultConfig("Đạt Chuẩn", opt.Version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", "", nil
	config.Formats = map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()}
	config.RejectUnknownQueryParameters = true
	config.Info.Description = models.Word(models.Vi, "api.about") + "\n\n" + models.Word(models.En, "api.about")
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: models.Word(models.Vi, "api.about_token")},
		"session": {Type: "apiKey", In: "cookie", Name: cookieName(opt), Description: models.Word(models.Vi, "api.about_session")},
	}
	if opt.BaseURL != "" {
		config.Servers = []*huma.Server{{URL: strings.TrimRight(opt.BaseURL, "/")}}
	}
	s := &server{core: c, opt: opt, huma: humagin.New(r, config)}
	s.huma.UseMiddleware(s.identify, s.permit, s.limit, s.once, s.form)
	for _, register := range []func(){s.sessionRoutes, s.accountRoutes, s.tokenRoutes, s.unitRoutes, s.cadreRoutes, s.factRoutes,
		s.fileRoutes, s.duplicateRoutes, s.standardRoutes, s.gapRoutes, s.targetRoutes, s.baselineRoutes, s.importRoutes,
		s.courseRoutes, s.schoolRoutes, s.instructorRoutes, s.venueRoutes, s.fundingRoutes,
		s.auditRoutes, s.settingRoutes, s.listRoutes, s.classRoutes, s.enrolmentRoutes, s.resultRoutes,
		s.certificateRoutes, s.blankRoutes, s.templateRoutes, s.noticeRoutes} {
		register()
	}
	s.exemplify()
	s.referenceRoutes(r)
	return s
}

func cookieName(opt Options) string {
	if len(opt.SessionCookies) == 0 {
		return "session"
	}
	return opt.SessionCookies[0]
}

// operation is a route before its handler is known. There is no way to register one without a permission.
type operation struct {
	id, method, path string
	need             models.Permission
	status           int          // of success; 0 = 200, or 204 without a body
	maxBody          int64        // bytes; 0 = defaultBody
	secret           bool         // the answer holds a secret and must not be kept for a repeated request
	files            []string     // media types of the answer, when it is a file
	data             reflect.Type // of the answer, when a file may also be data
}

func get(id, path string, need models.Permission) operation {
	return operation{id: id, method: http.MethodGet, path: path, need: need}
}

func post(id, path string, need models.Permission) operation {
	return operation{id: id, method: http.MethodPost, path: path, need: need}
}

// create is a POST that answers 201.
func create(id, path string, need models.Permission) operation {
	return operation{id: id, method: http.MethodPost, path: path, need: need, status: http.StatusCreated}
}

func put(id, path string, need models.Permission) operation {
	return operation{id: id, method: http.MethodPut, path: path, need: need}
}

func remove(id, path string, need models.Permission) operation {
	return operation{id: id, method: http.MethodDelete, path: path, need: need}
}

// unkept keeps the answer of a POST out of the store of repeated requests, for it shows a secret.
func (o operation) unkept() operation { o.secret = true; return o }

// upload lets the body be a multipart form of at most n bytes.
func (o operation) upload(n int64) operation { o.maxBody = n + 64<<10; return o }

// downloads names the media types of the answer, which is a file.
func (o operation) downloads(types ...string) operation { o.files = types; return o }

// or says that the answer may also be data of a type.
func (o operation) or(t reflect.Type) operation { o.data = t; return o }

// add registers an operation: documentation, permission, handler.
func add[I, O any](s *server, o operation, handle func(context.Context, caller, *I) (*O, error)) {
	if o.need == "" || !(o.need == models.Public || slices.Contains(models.Permissions(), o.need)) {
		panic("api: " + o.id + " names no permission")
	}
	s.routes = append(s.routes, Route{o.method, humaToGin(prefix + o.path), o.need})
	huma.Register(s.huma, s.describe(o), func(ctx context.Context, in *I) (*O, error) {
		by := callerOf(ctx)
		out, err := handle(ctx, by, in)
		if err != nil {
			return nil, s.problem(ctx, by, err)
		}
		return out, nil
	})
}

func (s *server) describe(o operation) huma.Operation {
	if o.maxBody == 0 {
		o.maxBody = defaultBody
	}
	op := huma.Operation{OperationID: o.id, Method: o.method, Path: prefix + o.path, MaxBodyBytes: o.maxBody, DefaultStatus: o.status,
		Summary: models.Word(models.Vi, "api.op."+o.id), Description: models.Word(models.En, "api.op."+o.id),
		Tags:     []string{strings.Split(strings.TrimPrefix(o.path, "/"), "/")[0]},
		Metadata: map[string]any{"operation": o}, Extensions: map[string]any{"x-permission": string(o.need)},
		Errors: []int{http.StatusBadRequest, http.StatusTooManyRequests}}
	if o.need != models.Public {
		op.Security = []map[string][]string{{"token": {}}, {"session": {}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if strings.Contains(o.path, "{") {
		op.Errors = append(op.Errors, http.StatusNotFound)
	}
	if o.method == http.MethodPost && !o.secret && o.need != models.Public {
		op.Parameters = []*huma.Param{{Name: idempotencyKey, In: "header", Description: models.Word(models.Vi, "api.about_key"), Schema: &huma.Schema{Type: "string"}}}
	}
	if len(o.files) > 0 {
		content := map[string]*huma.MediaType{}
		for _, kind := range o.files {
			kind, _, _ = strings.Cut(kind, ";")
			content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
		}
		if o.data != nil {
			content["application/json"] = &huma.MediaType{Schema: s.huma.OpenAPI().Components.Schemas.Schema(o.data, true, "")}
		}
		op.Responses = map[string]*huma.Response{"200": {Description: models.Word(models.Vi, "api.about_file"), Content: content}}
	}
	return op
}

// operationOf is the operation that a request has reached.
func operationOf(ctx huma.Context) operation {
	o, _ := ctx.Operation().Metadata["operation"].(operation)
	return o
}

func humaToGin(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
