package certificates

import (
	"io"

	"datchuan/models"
)

// GapList writes the list of cadres below the standard as a PDF (documents.md section 8): A4 landscape, the heading of
// the office, the totals, the table with its header on each page, "Trang x/y", the closing line and the signature block.
// Equal papers give equal bytes: the date inside the file is p.Date. It fails only when w fails.
func GapList(w io.Writer, p models.Paper) error { return printPapers(across, apart, w, p) }
