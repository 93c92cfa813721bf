package models

import "testing"

func TestReadPartialDate(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " 1/3/2013 ": "01/03/2013", "01.03.2013": "01/03/2013", "01-03-2013": "01/03/2013", "01032013": "01/03/2013",
		"2013-03-01": "01/03/2013", "2013-03": "03/2013", "3/2013": "03/2013", "1975": "1975", "29/2/2012": "29/02/2012",
		"31/2/2013": "!", "29/2/2013": "!", "1/13/2013": "!", "0/3/2013": "!", "1/0/2013": "!", "13": "!", "1/3/13": "!", "mai": "!", "1/3/2013x": "!",
	} {
		got, err := ReadPartialDate(text)
		if (err != nil) != (want == "!") || (err == nil && got.VN() != want) {
			t.Errorf("%q: %q %v, want %q", text, got.VN(), err, want)
		}
	}
	for text, want := range map[string]Date{"": 0, "1/3/2013": 20130301} {
		if got, err := ReadDate(text); err != nil || got != want {
			t.Errorf("%q: %d %v", text, got, err)
		}
	}
	for _, text := range []string{"2013", "3/2013", "x"} {
		if _, err := ReadDate(text); err == nil {
			t.Errorf("%q is no whole date", text)
		}
	}
}
