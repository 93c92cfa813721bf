package certificates

import (
	"bytes"
	"errors"
	"strconv"
)

// errForm says that a file is not of the plain form that this package writes: one table of references, classic.
var errForm = errors.New("certificates: not a plain file of this product")

// crossReference reads the table at the end of a file that was written in one go: where each object begins, 0 for
// none.
func crossReference(pdf []byte) ([]int, error) {
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	if at < 0 {
		return nil, errForm
	}
	number, _, _ := bytes.Cut(pdf[at+len("startxref\n"):], []byte("\n"))
	start, err := strconv.Atoi(string(number))
	if err != nil || start < 0 || start >= at || !bytes.HasPrefix(pdf[start:], []byte("xref\n0 ")) {
		return nil, errForm
	}
	number, rows, _ := bytes.Cut(pdf[start+len("xref\n0 "):at], []byte("\n"))
	count, err := strconv.Atoi(string(number))
	if err != nil || count < 1 || count > len(rows)/20 {
		return nil, errForm
	}
	offsets := make([]int, count)
	for n := range offsets {
		row := rows[n*20 : n*20+20]
		if row[17] != 'n' {
			continue
		}
		if offsets[n], err = strconv.Atoi(string(row[:10])); err != nil || offsets[n] >= start {
			return nil, errForm
		}
	}
	return offsets, nil
}

// objectBody is what object n says, nil when there is none.
func objectBody(pdf []byte, offsets []int, n int) []byte {
	if n <= 0 || n >= len(offsets) || offsets[n] == 0 {
		return nil
	}
	end := len(pdf)
	for _, o := range offsets { // it ends before the next one begins
		if o > offsets[n] && o < end {
			end = o
		}
	}
	_, rest, found := bytes.Cut(pdf[offsets[n]:end], []byte(" obj\n"))
	if at := bytes.LastIndex(rest, []byte("endobj")); found && at >= 0 {
		return bytes.TrimSpace(rest[:at])
	}
	return nil
}
