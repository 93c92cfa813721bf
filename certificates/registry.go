package certificates

import (
	"io"

	"datchuan/models"
)

// Document is one kind of paper the product prints.
type Document struct {
	Code   string                                 // stable name: file names, addresses, goldens
	Title  func(models.Lang) string               // what the paper is called on screen
	Render func(io.Writer, ...models.Paper) error // writes one PDF of all; equal papers give equal bytes
}

// Documents lists every paper. To add one: a line here, and what it says in models.
func Documents() []Document {
	return []Document{
		document("gap-list", across, apart),
		document("opening-decision", upright, apart),
		document("summons", upright, apart),
		document("learner-list", across, apart),
		document("roll", across, apart),
		document("scores", across, apart),
		document("register", across, together),
	}
}

// Find gives the document of a code; false when there is none.
func Find(code string) (Document, bool) {
	for _, d := range Documents() {
		if d.Code == code {
			return d, true
		}
	}
	return Document{}, false
}

// document titles a paper with its word in models/words, "paper.<code>".
func document(code string, form format, count counting) Document {
	return Document{
		Code:   code,
		Title:  func(lang models.Lang) string { return models.Word(lang, "paper."+code) },
		Render: func(w io.Writer, papers ...models.Paper) error { return printPapers(form, count, w, papers...) },
	}
}
