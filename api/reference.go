package api

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"datchuan/models"
)

//go:embed reference.html
var referenceHTML string

//go:embed reference.css
var referenceCSS []byte

var referencePage = template.Must(template.New("reference").Parse(referenceHTML))

// referenceRoutes serves the OpenAPI document and a page to read it on: drawn here, from the document alone, with no
// script and nothing from elsewhere. They hold no data of the office, so they need no login.
func (s *server) referenceRoutes(r *gin.Engine) {
	document := sync.OnceValues(func() ([]byte, error) { return json.MarshalIndent(s.huma.OpenAPI(), "", " ") })
	yaml := sync.OnceValues(s.huma.OpenAPI().YAML)
	serve := func(path, contentType string, make func() ([]byte, error)) {
		r.GET(path, func(g *gin.Context) {
			data, err := make()
			if err != nil {
				s.opt.Log.ErrorContext(g.Request.Context(), "reference", "path", path, "error", err)
				g.Status(http.StatusInternalServerError)
				return
			}
			g.Data(http.StatusOK, contentType, data)
		})
	}
	serve("/api/openapi.json", "application/openapi+json", document)
	serve("/api/openapi.yaml", "application/openapi+yaml", yaml)
	serve("/api/reference.css", "text/css; charset=utf-8", func() ([]byte, error) { return referenceCSS, nil })
	r.GET("/api/docs", func(g *gin.Context) {
		lang := langOf(g.GetHeader("Accept-Language"))
		if want := models.Lang(g.Query("lang")); want == models.Vi || want == models.En {
			lang = want
		}
		g.Header("Content-Type", "text/html; charset=utf-8")
		if err := referencePage.Execute(g.Writer, s.reference(lang)); err != nil {
			s.opt.Log.ErrorContext(g.Request.Context(), "reference", "error", err)
		}
	})
}

// NotFound answers an address below /api that is none of ours, in the form of all other errors.
func NotFound(g *gin.Context) {
	p := newProblem(langOf(g.GetHeader("Accept-Language")), http.StatusNotFound, ProblemItem{Code: "route_not_found"})
	g.Header("Content-Type", p.ContentType(""))
	g.Status(http.StatusNotFound)
	// A client that went away is nobody's concern.
	_ = json.NewEncoder(g.Writer).Encode(p)
}

// The reference page's view of the document.
type referenceView struct {
	Lang    models.Lang
	Version string
	Labels  map[string]string
	Groups  []referenceGroup
	Schemas []referenceSchema
}

type referenceGroup struct {
	Name       string
	Operations []referenceOperation
}

type referenceOperation struct {
	ID, Method, Path, Title, Permission string
	Params                              []referenceParam
	Body, Answer                        string // names of schemas, "" when there is none
	Files                               []string
	Example                             string
}

type referenceParam struct {
	Name, In, Type, Doc string
	Required            bool
}

type referenceSchema struct {
	Name    string
	Members []referenceParam
}

func (s *server) reference(lang models.Lang) referenceView {
	doc := s.huma.OpenAPI()
	v := referenceView{Lang: lang, Version: s.opt.Version, Labels: map[string]string{}}
	for _, key := range []string{"title", "about", "about_token", "about_key", "about_etag", "about_errors", "permission", "body", "answer",
		"file", "schemas", "required", "document", "example"} {
		v.Labels[key] = models.Word(lang, "api.docs."+key)
	}
	for _, path := range slices.Sorted(mapKeys(doc.Paths)) {
		item := doc.Paths[path]
		for _, op := range operationsOf(item) {
			name := op.Tags[0]
			if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != name {
				v.Groups = append(v.Groups, referenceGroup{Name: name})
			}
			g := &v.Groups[len(v.Groups)-1]
			g.Operations = append(g.Operations, viewOperation(op, lang))
		}
	}
	schemas := doc.Components.Schemas.Map()
	for _, name := range slices.Sorted(mapKeys(schemas)) {
		v.Schemas = append(v.Schemas, viewSchema(name, schemas[name]))
	}
	return v
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func viewOperation(op *huma.Operation, lang models.Lang) referenceOperation {
	v := referenceOperation{ID: op.OperationID, Method: op.Method, Path: op.Path, Title: models.Word(lang, "api.op."+op.OperationID)}
	v.Permission, _ = op.Extensions["x-permission"].(string)
	if samples, ok := op.Extensions["x-codeSamples"].([]map[string]string); ok {
		v.Example = samples[0]["source"]
	}
	for _, p := range op.Parameters {
		v.Params = append(v.Params, referenceParam{p.Name, p.In, schemaType(p.Schema), cmp.Or(p.Description, p.Schema.Description), p.Required})
	}
	if op.RequestBody != nil {
		for kind, media := range op.RequestBody.Content {
			if kind != "multipart/form-data" {
				v.Body = schemaType(media.Schema)
				continue
			}
			for _, p := range viewSchema("", media.Schema).Members {
				p.In = "form"
				v.Params = append(v.Params, p)
			}
		}
	}
	for _, status := range []string{"200", "201"} {
		if answer := op.Responses[status]; answer != nil {
			for _, kind := range slices.Sorted(mapKeys(answer.Content)) {
				if kind == "application/json" {
					v.Answer = schemaType(answer.Content[kind].Schema)
				} else {
					v.Files = append(v.Files, kind)
				}
			}
		}
	}
	return v
}

func viewSchema(name string, schema *huma.Schema) referenceSchema {
	v := referenceSchema{Name: name}
	for _, member := range slices.Sorted(mapKeys(schema.Properties)) {
		p := schema.Properties[member]
		v.Members = append(v.Members, referenceParam{Name: member, Type: schemaType(p), Doc: p.Description, Required: slices.Contains(schema.Required, member)})
	}
	return v
}

// schemaType is a type in a word: the name of a schema, a list of one, or a plain type.
func schemaType(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Items != nil:
		return schemaType(s.Items) + "[]"
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, e := range s.Enum {
			text, _ := json.Marshal(e)
			words[i] = strings.Trim(string(text), `"`)
		}
		return strings.Join(words, " | ")
	}
	return s.Type
}
