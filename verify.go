package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"datchuan/api"
	"datchuan/core"
	"datchuan/models"
)

// maxPaper is how large a file to verify may be, in bytes.
const maxPaper = 64 << 20

// runVerify checks a signed paper without asking anybody: whole or changed, by whom, which number. The office's own key is known from its
// database when there is one at hand, else from --trust.
func runVerify(ctx context.Context, std stdio, args []string) error {
	var s settings
	fs := newFlags("verify", &s)
	asJSON := fs.Bool("json", false, "print JSON")
	trust := fs.String("trust", "", "file with certificates (PEM) of the office or of an authority above it")
	rest, err := parse(fs, args, 1)
	if err != nil {
		return err
	}
	pdf, err := readAtMost(rest[0], maxPaper)
	if err != nil {
		return err
	}
	trusted, err := s.trusted(ctx, std, *trust)
	if err != nil {
		return err
	}
	verdict := api.VerifyPaper(pdf, trusted)
	if *asJSON {
		err = json.NewEncoder(std.out).Encode(verdict)
	} else {
		_, err = fmt.Fprintln(std.out, sayVerdict(verdict))
	}
	if err == nil && !verdict.Sound(len(trusted) > 0) {
		err = errors.New("the paper does not hold")
	}
	return err
}

// trusted are the certificates that count as the office's.
func (s settings) trusted(ctx context.Context, std stdio, file string) ([]byte, error) {
	if file != "" {
		return readAtMost(file, 1<<20)
	}
	if path := s.sqlitePath(); path != "" {
		if _, err := os.Stat(path); err != nil && s.db == "" {
			return nil, nil // whoever verifies need not be the office
		}
	}
	var pem []byte
	err := with(ctx, std, s.openBeside, func(c *core.Core, _ models.Actor) (err error) {
		pem, err = c.SigningCertificates(ctx)
		return err
	})
	return pem, err
}

func readAtMost(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s: larger than %d MB", path, most>>20)
	}
	return data, err
}

// sayVerdict is the verdict for a terminal, in Vietnamese: those who check papers read it.
func sayVerdict(v api.PaperVerdict) string {
	word := func(key string) string { return models.Word(models.Vi, key) }
	lines := []string{word("verdict." + string(v.Standing))}
	if v.Standing == api.PaperIntact {
		lines = append(lines, word("verdict.issuer")+": "+v.Stamp.Issuer, word("verdict.number")+": "+v.Stamp.Number, word("verdict.code")+": "+v.Stamp.Code,
			word("verdict.signed_at")+": "+v.Stamp.At.Time().In(models.Hanoi).Format("15:04 02/01/2006"), word("verdict.signer")+": "+v.Signer.Name,
			word("verdict.fingerprint")+": "+v.Signer.Fingerprint)
		if v.Known {
			lines = append(lines, word("verdict.known"))
		} else {
			lines = append(lines, word("verdict.unknown"))
		}
		if !v.InTime {
			lines = append(lines, word("verdict.late"))
		}
	}
	return strings.Join(lines, "\n")
}
