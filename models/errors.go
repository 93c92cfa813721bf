package models

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Kind is what went wrong in the large; the faces turn it into an HTTP status or an exit code.
type Kind string

// The kinds of domain error.
const (
	Invalid      Kind = "invalid"      // the input breaks a rule: 422
	NotFound     Kind = "not_found"    // no such thing, or not in your scope: 404
	Forbidden    Kind = "forbidden"    // your role may not do this at all: 403
	Conflict     Kind = "conflict"     // another fact stands in the way: 409
	Stale        Kind = "stale"        // somebody changed it first: 412
	Unauthorized Kind = "unauthorized" // not signed in: 401
	TooMany      Kind = "too_many"     // slow down: 429
)

// Error is a domain error. Code is stable ("cadre.name_required"): test target, translation key and member of the
// problem document. Field names the input at fault. Params fill the translated sentence.
type Error struct {
	Kind   Kind              `json:"kind"`
	Code   string            `json:"code"`
	Field  string            `json:"field,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

func (e *Error) Error() string { return string(e.Kind) + ": " + e.Code }

// Errors are several findings on one input, shown together.
type Errors []*Error

func (e Errors) Error() string {
	codes := make([]string, len(e))
	for i, x := range e {
		codes[i] = x.Code
	}
	return strings.Join(codes, ", ")
}

// Unwrap lets errors.As reach the single findings.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, x := range e {
		out[i] = x
	}
	return out
}

// OrNil returns the findings as an error, or nil when there are none.
func (e Errors) OrNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// Fail makes a domain error; params come as name, value pairs.
func Fail(kind Kind, code, field string, params ...string) *Error {
	e := &Error{Kind: kind, Code: code, Field: field}
	for i := 0; i+1 < len(params); i += 2 {
		if e.Params == nil {
			e.Params = map[string]string{}
		}
		e.Params[params[i]] = params[i+1]
	}
	return e
}

// KindOf is the kind of a domain error, or "" for anything else, which is then an internal error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Lang is a language of the product.
type Lang string

// Vietnamese comes first, English second.
const (
	Vi Lang = "vi"
	En Lang = "en"
)

//go:embed words/*.json
var wordFiles embed.FS

var words = loadWords()

func loadWords() map[Lang]map[string]string {
	out := map[Lang]map[string]string{}
	for _, lang := range []Lang{Vi, En} {
		names, err := wordFiles.ReadDir("words")
		if err != nil {
			panic(err)
		}
		out[lang] = map[string]string{}
		for _, name := range names {
			if !strings.HasSuffix(name.Name(), "."+string(lang)+".json") {
				continue
			}
			data, err := wordFiles.ReadFile("words/" + name.Name())
			if err != nil {
				panic(err)
			}
			part := map[string]string{}
			if err := json.Unmarshal(data, &part); err != nil {
				panic(fmt.Sprintf("words/%s: %v", name.Name(), err))
			}
			for k, v := range part {
				if _, twice := out[lang][k]; twice {
					panic("word defined twice: " + k)
				}
				out[lang][k] = v
			}
		}
	}
	return out
}

// Word translates a key of the domain (error codes, statuses, enumerations), filling {name} from params given as
// name, value pairs. An unknown key returns itself, which the tests forbid.
func Word(lang Lang, key string, params ...string) string {
	s, ok := words[lang][key]
	if !ok {
		return key
	}
	for i := 0; i+1 < len(params); i += 2 {
		s = strings.ReplaceAll(s, "{"+params[i]+"}", params[i+1])
	}
	return s
}

// Words lists the keys of a language, for the faces and for the tests that compare languages.
func Words(lang Lang) map[string]string {
	out := make(map[string]string, len(words[lang]))
	for k, v := range words[lang] {
		out[k] = v
	}
	return out
}

// Message is the sentence of a domain error in a language.
func (e *Error) Message(lang Lang) string { return sentence(lang, e.Code, e.Params) }

// sentence fills a word from parameters; a level among them is a key itself.
func sentence(lang Lang, code string, params map[string]string) string {
	list := make([]string, 0, 2*len(params))
	for k, v := range params {
		if k == "level" {
			v = Word(lang, v)
		}
		list = append(list, k, v)
	}
	return Word(lang, code, list...)
}
