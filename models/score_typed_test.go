package models

import "testing"

func TestReadScore(t *testing.T) {
	for typed, want := range map[string]int{"7,5": 75, "7.5": 75, " 8 ": 80, "10": 100, "10,0": 100, "0": 0, "7,50": 75, "v": NotTaken, "Vắng": NotTaken} {
		got, err := ReadScore(typed)
		if err != nil || got == nil || *got != want {
			t.Errorf("%q: %v %v, want %d", typed, got, err, want)
			continue
		}
		if again, err := ReadScore(ScoreText(*got)); err != nil || *again != want {
			t.Errorf("%q written and read again: %v", typed, err)
		}
	}
	if got, err := ReadScore(""); got != nil || err != nil {
		t.Errorf("nothing typed: %v %v", got, err)
	}
	for _, typed := range []string{"10,1", "11", "-1", "7,25", "bảy", "7;5", "100", ",5"} {
		if got, err := ReadScore(typed); err == nil {
			t.Errorf("%q is read as %d", typed, *got)
		}
	}
}
