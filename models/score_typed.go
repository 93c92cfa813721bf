package models

import (
	"regexp"
	"strconv"
	"strings"
)

var scoreForm = regexp.MustCompile(`^(\d{1,2})(?:[.,](\d)0*)?$`)

// ReadScore reads a score as people type it, in tenths of a point: "7,5", "7.5", "7". V (vắng) is who did not come to the test; ""
// is no score, nil.
func ReadScore(text string) (*int, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	switch text {
	case "":
		return nil, nil
	case "V", "VẮNG":
		none := NotTaken
		return &none, nil
	}
	m := scoreForm.FindStringSubmatch(text)
	if m == nil {
		return nil, Fail(Invalid, "score.bad", "", "typed", text)
	}
	whole, _ := strconv.Atoi(m[1])
	tenth, _ := strconv.Atoi(m[2])
	score := whole*10 + tenth
	if score > 100 {
		return nil, Fail(Invalid, "score.bad", "", "typed", text)
	}
	return &score, nil
}

// ScoreText writes a score as people read and type it, V for who did not come.
func ScoreText(tenths int) string {
	if tenths == NotTaken {
		return "V"
	}
	return scoreText(tenths)
}
