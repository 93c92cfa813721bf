package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"datchuan/models"
)

// The library words its own findings in English; its two hooks are the only way to give them codes and sentences.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return violation(models.Vi, status, msg, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		by := callerOf(ctx.Context())
		return violation(cmp.Or(by.lang, models.Vi), status, msg, errs)
	}
}

// errText says that a body holds a character that no database stores.
var errText = errors.New("NUL in a text")

// jsonFormat is the library's, but refuses what no database stores.
func jsonFormat() huma.Format {
	return huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: func(data []byte, v any) error {
		if bytes.Contains(data, []byte(`\u0000`)) {
			return errText
		}
		return json.Unmarshal(data, v)
	}}
}

// violationCodes maps the library's sentences to ours: first match wins, {1} is what the pattern caught.
var violationCodes = []struct {
	pattern *regexp.Regexp
	code    string
	param   string
}{
	{regexp.MustCompile(`^unexpected property`), "unknown_field", ""},
	{regexp.MustCompile(`^unknown query parameter`), "unknown_parameter", ""},
	{regexp.MustCompile(`^expected required property (\S+) to be present`), "field_required", "name"},
	{regexp.MustCompile(`parameter is missing$|^File required`), "field_required", "name"},
	{regexp.MustCompile(`^request body is required`), "body_required", ""},
	{regexp.MustCompile(`^request body is too large|http: request body too large`), "body_too_large", ""},
	{regexp.MustCompile(`^request body read timeout`), "body_slow", ""},
	{regexp.MustCompile(`^cannot read multipart form`), "form_bad", ""},
	{regexp.MustCompile(`^expected (boolean|number|integer|string|array|object)$`), "field_type", "type"},
	{regexp.MustCompile(`^invalid (integer|float|boolean)`), "field_type", "type"},
	{regexp.MustCompile(`^expected value to be one of "(.*)"`), "field_choice", "choices"},
	{regexp.MustCompile(`^expected number (?:<=?) (\S+)`), "field_most", "limit"},
	{regexp.MustCompile(`^expected number (?:>=?) (\S+)`), "field_least", "limit"},
	{regexp.MustCompile(`^expected (?:array )?length <= (\d+)`), "field_long", "limit"},
	{regexp.MustCompile(`^expected (?:array )?length >= (\d+)`), "field_short", "limit"},
	{regexp.MustCompile(`date: want`), "field_date", ""},
	{regexp.MustCompile(`^` + errText.Error()), "text_bad", ""},
	{regexp.MustCompile(`unknown content type`), "media_type", ""},
	{regexp.MustCompile(`unexpected end of JSON|invalid character|looking for beginning`), "body_malformed", ""},
}

// graveCodes make the whole request wrong, whatever else is found; the first that occurs speaks.
var graveCodes = []struct {
	code   string
	status int
}{{"body_too_large", http.StatusRequestEntityTooLarge}, {"form_bad", http.StatusBadRequest}, {"body_malformed", http.StatusBadRequest}, {"text_bad", http.StatusBadRequest},
	{"media_type", http.StatusUnsupportedMediaType}, {"unknown_field", http.StatusBadRequest}, {"unknown_parameter", http.StatusBadRequest}}

// violation makes a problem of what the library found in a request. What it echoes of the input is left out.
func violation(lang models.Lang, status int, msg string, errs []error) *Problem {
	var items []ProblemItem
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			detail := d.ErrorDetail()
			items = append(items, violationItem(detail.Message, detail.Location))
		} else if err != nil {
			items = append(items, violationItem(err.Error(), ""))
		}
	}
	if len(items) == 0 {
		items = []ProblemItem{violationItem(msg, "")}
	}
	for _, g := range graveCodes {
		if i := slices.IndexFunc(items, func(x ProblemItem) bool { return x.Code == g.code }); i >= 0 {
			items[0], items[i] = items[i], items[0]
			return newProblem(lang, g.status, items...)
		}
	}
	if status >= http.StatusInternalServerError {
		items = []ProblemItem{{Code: "internal"}}
	}
	return newProblem(lang, cmp.Or(status, http.StatusUnprocessableEntity), items...)
}

func violationItem(msg, location string) ProblemItem {
	item := ProblemItem{Code: "field_invalid"}
	where, rest, _ := strings.Cut(location, ".")
	path := strings.NewReplacer("[", "/", "]", "", ".", "/").Replace(rest)
	item.Field = path
	if where == "body" && path != "" {
		item.Pointer = "/" + path
	}
	for _, v := range violationCodes {
		m := v.pattern.FindStringSubmatch(msg)
		if m == nil {
			continue
		}
		item.Code = v.code
		if len(m) > 1 && v.param != "" {
			item.Params = map[string]string{v.param: m[1]}
		} else if v.param == "name" {
			item.Params = map[string]string{"name": path}
		}
		break
	}
	if item.Code == "field_required" && item.Params != nil {
		item.Field = strings.Trim(path+"/"+item.Params["name"], "/")
		if path == item.Params["name"] {
			item.Field = path
		}
		if where == "body" {
			item.Pointer = "/" + item.Field
		}
	}
	return item
}
