package api

import (
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed examples.json
var examplesFile []byte

// examples are what requests may look like: bodies by the name of their schema, queries by operation, codes by the kind
// of record that they name.
type examples struct {
	Bodies  map[string]json.RawMessage `json:"bodies"`
	Queries map[string]string          `json:"queries"`
	Codes   map[string]string          `json:"codes"`
}

// exemplify gives each operation of the document an example of its use, as a command for a terminal.
func (s *server) exemplify() {
	var all examples
	if err := json.Unmarshal(examplesFile, &all); err != nil {
		panic("api/examples.json: " + err.Error())
	}
	for _, item := range s.huma.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			op.Extensions["x-codeSamples"] = []map[string]string{{"lang": "Shell", "label": "curl", "source": all.command(op)}}
		}
	}
}

func operationsOf(item *huma.PathItem) []*huma.Operation {
	var out []*huma.Operation
	for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
		if op != nil {
			out = append(out, op)
		}
	}
	return out
}

// command is one call; $SERVER and $TOKEN stand for what differs from office to office.
func (all examples) command(op *huma.Operation) string {
	address := all.address(op)
	if query := all.Queries[op.OperationID]; query != "" {
		address += "?" + query
	}
	line := []string{"curl"}
	if op.Method != "GET" {
		line = append(line, "-X "+op.Method)
	}
	line = append(line, `"$SERVER`+address+`"`)
	if len(op.Security) > 0 {
		line = append(line, `-H "Authorization: Bearer $TOKEN"`)
	}
	for _, p := range op.Parameters {
		if p.Name == "If-Match" {
			line = append(line, `-H 'If-Match: "3"'`)
		}
	}
	if op.RequestBody != nil {
		for kind, media := range op.RequestBody.Content {
			if kind == "multipart/form-data" {
				line = append(line, "-F file=@tep.xlsx")
			} else if body := all.Bodies[schemaType(media.Schema)]; body != nil {
				media.Example = body
				line = append(line, "-H 'Content-Type: application/json'", "-d '"+string(body)+"'")
			}
		}
	}
	if op.Responses["200"] != nil && len(op.Responses["200"].Content) > 0 && op.Responses["200"].Content["application/json"] == nil {
		line = append(line, "-OJ") // a file, under the name that the server gives it
	}
	return strings.Join(line, " ")
}

// address fills the steps of a path.
func (all examples) address(op *huma.Operation) string {
	steps := strings.Split(op.Path, "/")
	for i, step := range steps {
		switch step {
		case "{id}":
			steps[i] = "12"
		case "{code}":
			steps[i] = all.Codes[steps[i-1]]
		case "{key}":
			steps[i] = "3f2a"
		default:
			if strings.HasPrefix(step, "{") {
				steps[i] = "34"
			}
		}
	}
	return strings.Join(steps, "/")
}
