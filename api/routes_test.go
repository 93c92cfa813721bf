package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"datchuan/models"
)

type openAPI struct {
	OpenAPI string                          `json:"openapi"`
	Paths   map[string]map[string]described `json:"paths"`
}

type described struct {
	OperationID string                      `json:"operationId"`
	Summary     string                      `json:"summary"`
	Description string                      `json:"description"`
	Permission  string                      `json:"x-permission"`
	Parameters  []struct{ Name, In string } `json:"parameters"`
}

func (d described) permission() models.Permission { return models.Permission(d.Permission) }

func document(t *testing.T) openAPI {
	t.Helper()
	r, _ := engine(nil)
	rec := httptest.NewRecorder()
	r.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/openapi.json", nil))
	var doc openAPI
	if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("status %d: %v", rec.Code, err)
	}
	return doc
}

func TestDocumentEqualsRoutes(t *testing.T) {
	r, _ := engine(nil)
	var served, listed, written []string
	for _, route := range r.Routes() {
		if strings.HasPrefix(route.Path, prefix) {
			served = append(served, route.Method+" "+route.Path)
		}
	}
	for _, route := range Routes() {
		listed = append(listed, route.Method+" "+route.Path)
	}
	doc := document(t)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("version %s", doc.OpenAPI)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			written = append(written, strings.ToUpper(method)+" "+humaToGin(path))
		}
	}
	slices.Sort(served)
	slices.Sort(listed)
	slices.Sort(written)
	if !slices.Equal(served, listed) {
		t.Errorf("served and listed differ:\n%v\n%v", served, listed)
	}
	if !slices.Equal(served, written) {
		t.Errorf("served and documented differ:\n%v\n%v", served, written)
	}
	if len(served) < 60 {
		t.Errorf("only %d operations", len(served))
	}
}

func TestEveryRouteNamesAPermission(t *testing.T) {
	known := models.Permissions()
	for _, r := range Routes() {
		everybody := []string{"POST /session", "GET /verify/:code", "GET /signing/certificate"} // sign in, and check a paper
		if r.Permission == models.Public && slices.Contains(everybody, r.Method+" "+strings.TrimPrefix(r.Path, prefix)) {
			continue
		}
		if !slices.Contains(known, r.Permission) {
			t.Errorf("%s %s: permission %q", r.Method, r.Path, r.Permission)
		}
	}
}

func TestRouteWithoutPermissionCannotBeRegistered(t *testing.T) {
	s := mount(gin.New(), nil, Options{})
	defer func() {
		if recover() == nil {
			t.Error("a route without a permission was registered")
		}
	}()
	add(s, get("free", "/free", ""), s.session)
}

func TestEveryOperationHasWords(t *testing.T) {
	for path, methods := range document(t).Paths {
		for method, op := range methods {
			if op.Summary == "" || op.Summary == "api.op."+op.OperationID || op.Description == "api.op."+op.OperationID {
				t.Errorf("%s %s: %s has no words", method, path, op.OperationID)
			}
			if op.Permission == "" {
				t.Errorf("%s %s: no x-permission", method, path)
			}
		}
	}
	for _, code := range violationCodes {
		if models.Word(models.Vi, code.code) == code.code || models.Word(models.En, code.code) == code.code {
			t.Errorf("code %s has no words", code.code)
		}
	}
}

func TestReferencePage(t *testing.T) {
	r, _ := engine(nil)
	for _, path := range []string{"/api/docs", "/api/docs?lang=en", "/api/reference.css", "/api/openapi.yaml"} {
		rec := httptest.NewRecorder()
		r.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		body := rec.Body.String()
		if rec.Code != http.StatusOK || len(body) < 500 {
			t.Fatalf("%s: status %d, %d bytes", path, rec.Code, len(body))
		}
		if strings.HasPrefix(path, "/api/docs") {
			for _, bad := range []string{"<script", "<style", "style=", "http://", "https://", "api.docs.", "api.op."} {
				if strings.Contains(body, bad) {
					t.Errorf("%s contains %q", path, bad)
				}
			}
			for _, route := range Routes() {
				if !strings.Contains(body, "<code>"+ginToHuma(route.Path)+"</code>") {
					t.Errorf("%s does not tell of %s", path, route.Path)
				}
			}
		}
	}
}

func ginToHuma(path string) string {
	steps := strings.Split(path, "/")
	for i, s := range steps {
		if strings.HasPrefix(s, ":") {
			steps[i] = "{" + s[1:] + "}"
		}
	}
	return strings.Join(steps, "/")
}
