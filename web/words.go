package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"

	"datchuan/models"

	"golang.org/x/text/language"
)

//go:embed words/vi/*.json words/en/*.json
var wordFiles embed.FS

// pageWords holds the sentences of the pages by language and key; read-only after start.
var pageWords = loadPageWords()

var langMatcher = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

func loadPageWords() map[models.Lang]map[string]string {
	out := map[models.Lang]map[string]string{}
	for _, lang := range []models.Lang{models.Vi, models.En} {
		out[lang] = map[string]string{}
		dir := path.Join("words", string(lang))
		files, err := wordFiles.ReadDir(dir)
		if err != nil {
			panic(err)
		}
		for _, f := range files {
			data, err := wordFiles.ReadFile(path.Join(dir, f.Name()))
			if err != nil {
				panic(err)
			}
			part := map[string]string{}
			if err := json.Unmarshal(data, &part); err != nil {
				panic(fmt.Sprintf("%s/%s: %v", dir, f.Name(), err))
			}
			for k, v := range part {
				if _, twice := out[lang][k]; twice {
					panic("page word defined twice: " + k)
				}
				out[lang][k] = v
			}
		}
	}
	return out
}

// word is the sentence of a page key, its {names} filled from name, value pairs. Integers are written with the
// thousands mark of the language. An unknown key shows itself, which the tests forbid.
func word(lang models.Lang, key string, params ...any) string {
	s, ok := pageWords[lang][key]
	if !ok {
		return key
	}
	for i := 0; i+1 < len(params); i += 2 {
		s = strings.ReplaceAll(s, "{"+fmt.Sprint(params[i])+"}", plain(lang, params[i+1]))
	}
	return s
}

func plain(lang models.Lang, v any) string {
	switch v := v.(type) {
	case int:
		return number(lang, int64(v))
	case int64:
		return number(lang, v)
	case models.Date:
		return v.VN()
	}
	return fmt.Sprint(v)
}

// number groups digits by three: 1.323 in Vietnamese, 1,323 in English.
func number(lang models.Lang, n int64) string {
	if n < 0 {
		return "−" + number(lang, -n)
	}
	s := strconv.FormatInt(n, 10)
	mark := "."
	if lang == models.En {
		mark = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// percent is num/den in per cent, half up to one decimal, with the decimal mark of the language; a dash without a base.
func percent(lang models.Lang, num, den int) string {
	if den <= 0 {
		return "–"
	}
	tenths := (num*2000 + den) / (2 * den)
	mark := ","
	if lang == models.En {
		mark = "."
	}
	return fmt.Sprintf("%d%s%d%%", tenths/10, mark, tenths%10)
}

// chooseLang takes the cookie when it names a language of ours, else the best of Accept-Language, else Vietnamese.
func chooseLang(cookie, accept string) models.Lang {
	switch models.Lang(cookie) {
	case models.Vi, models.En:
		return models.Lang(cookie)
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return models.Vi
	}
	if _, i, confidence := langMatcher.Match(tags...); i == 1 && confidence >= language.High {
		return models.En
	}
	return models.Vi
}
