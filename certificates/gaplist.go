package certificates

import (
	"io"

	"datchuan/models"
)

// gapList is the paper of documents.md section 8, per district or for the whole province.
var gapList = Document{Code: "gap-list", Title: titled("gap-list"), Render: GapList}

// GapList writes the list of cadres below the standard as a PDF: A4 landscape, the heading of the office, the totals,
// the table with its header on each page, "Trang x/y", the closing line and the signature block. Equal papers give
// equal bytes: the date inside the file is p.Date. It fails only when w fails.
func GapList(w io.Writer, p models.Paper) error {
	s := newSheet(p.Title, p.Date)
	s.heading(p.Letterhead, p.Date)
	s.titles(p.Title, p.Subtitles)
	s.summary(p.Summary)
	s.table(p.Table, s.closing(p.Closing, p.Letterhead))
	return s.finish(w)
}
