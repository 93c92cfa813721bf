package api

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// Every operation shows how it is used; what it shows is a request that the API itself would take.
func TestEveryOperationHasAnExample(t *testing.T) {
	s := mount(gin.New(), nil, Options{})
	doc := s.huma.OpenAPI()
	used, asked := map[string]bool{}, map[string]bool{}
	for _, item := range doc.Paths {
		for _, op := range operationsOf(item) {
			asked[op.OperationID] = true
			command := op.Extensions["x-codeSamples"].([]map[string]string)[0]["source"]
			if !strings.HasPrefix(command, "curl ") || strings.Contains(command, "{id}") || regexp.MustCompile(`//|/\?|/"`).MatchString(command) {
				t.Errorf("%s: %s", op.OperationID, command)
			}
			for _, p := range op.Parameters {
				if p.In == "query" && p.Required && !strings.Contains(command, p.Name+"=") {
					t.Errorf("%s: no %s in its example; add one to examples.json", op.OperationID, p.Name)
				}
			}
			if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
				continue
			}
			media := op.RequestBody.Content["application/json"]
			used[schemaType(media.Schema)] = true
			body, ok := media.Example.(json.RawMessage)
			if !ok {
				t.Errorf("%s: no body %s in examples.json", op.OperationID, schemaType(media.Schema))
				continue
			}
			if findings := violationsOf(t, doc, media.Schema, body); len(findings) > 0 {
				t.Errorf("%s: %v in %s", op.OperationID, findings, body)
			}
		}
	}
	var all examples
	if err := json.Unmarshal(examplesFile, &all); err != nil {
		t.Fatal(err)
	}
	for name := range all.Bodies {
		if !used[name] {
			t.Errorf("no operation takes a body %s", name)
		}
	}
	for id := range all.Queries {
		if !asked[id] {
			t.Errorf("no operation %s", id)
		}
	}
}

func violationsOf(t *testing.T, doc *huma.OpenAPI, schema *huma.Schema, body json.RawMessage) []string {
	t.Helper()
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatal(err)
	}
	var out huma.ValidateResult
	huma.Validate(doc.Components.Schemas, schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeWriteToServer, value, &out)
	texts := make([]string, len(out.Errors))
	for i, err := range out.Errors {
		texts[i] = fmt.Sprint(err)
	}
	slices.Sort(texts)
	return texts
}
