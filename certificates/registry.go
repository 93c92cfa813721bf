package certificates

import (
	"io"

	"datchuan/models"
)

// Document is one kind of paper the product prints.
type Document struct {
	Code   string                              // stable name: file names, addresses, goldens
	Title  func(models.Lang) string            // what the paper is called on screen
	Render func(io.Writer, models.Paper) error // writes the PDF; equal papers give equal bytes
}

// Documents lists every paper. To add one: a file with its Document, and a line here.
func Documents() []Document {
	return []Document{
		gapList,
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

// titled translates the title of a document: its key in models/words is "paper.<code>".
func titled(code string) func(models.Lang) string {
	return func(lang models.Lang) string { return models.Word(lang, "paper."+code) }
}
