package sheets

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"datchuan/models"
)

var (
	oleMagic  = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	encrypted = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// Open reads an .xlsx file wholly into memory, within the limits. Every refusal is a *models.Error of kind Invalid with
// a code of its own: sheets.empty, too_large, xls, encrypted, not_xlsx, damaged, bomb, macro, external_links, embedded,
// forbidden_xml, too_many_rows, too_many_columns, too_many_cells, no_sheet.
func Open(data []byte) (*Workbook, error) {
	if err := looksLikeXLSX(data); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("damaged")
	}
	p := &parts{files: map[string]*zip.File{}, left: MaxUnzip}
	wb := &Workbook{}
	err = p.check(archive)
	if err == nil {
		err = wb.load(p)
	}
	if err != nil {
		var known *models.Error
		if errors.As(err, &known) {
			return nil, known
		}
		return nil, refuse("damaged")
	}
	for name, f := range p.files {
		if !strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml" && !strings.HasPrefix(name, "xl/media/") {
			wb.besides += int64(f.UncompressedSize64)
		}
	}
	for _, s := range wb.sheets {
		wb.finish(s)
	}
	return wb, nil
}

func looksLikeXLSX(data []byte) error {
	switch {
	case len(data) == 0:
		return refuse("empty")
	case len(data) > MaxFile:
		return refuse("too_large", "limit", strconv.Itoa(MaxFile>>20))
	case bytes.HasPrefix(data, oleMagic) && bytes.Contains(data, encrypted):
		return refuse("encrypted")
	case bytes.HasPrefix(data, oleMagic):
		return refuse("xls")
	case !bytes.HasPrefix(data, []byte("PK")):
		return refuse("not_xlsx")
	}
	return nil
}

// parts hands out the parts of the package and counts what was unpacked: sizes in the directory can lie.
type parts struct {
	files map[string]*zip.File
	left  int64
}

func (p *parts) check(archive *zip.Reader) error {
	var total uint64
	if len(archive.File) > 2000 {
		return refuse("bomb")
	}
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/"))
		total += f.UncompressedSize64
		if f.UncompressedSize64 > MaxUnzip || total > MaxUnzip {
			return refuse("bomb")
		}
		if f.Flags&1 != 0 {
			return refuse("encrypted")
		}
		switch {
		case strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "xl/macrosheets/"):
			return refuse("macro")
		case strings.HasPrefix(name, "xl/externallinks/"):
			return refuse("external_links")
		case strings.HasPrefix(name, "xl/embeddings/"):
			return refuse("embedded")
		}
		p.files[name] = f
	}
	if p.files["[content_types].xml"] == nil || p.files["xl/workbook.xml"] == nil {
		return refuse("not_xlsx")
	}
	types, err := p.open("[content_types].xml", MaxPart)
	if err != nil {
		return err
	}
	defer types.Close()
	text, err := io.ReadAll(types)
	if err != nil {
		return err
	}
	if bytes.Contains(text, []byte("macroEnabled")) {
		return refuse("macro")
	}
	return nil
}

type part struct {
	io.Reader
	io.Closer
}

// open unpacks a part behind the guard. A missing part is an error.
func (p *parts) open(name string, limit int64) (io.ReadCloser, error) {
	f := p.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, errors.New("missing part " + name)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, refuse("bomb")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return part{&guard{from: r, left: limit, total: &p.left}, r}, nil
}

// each walks the start tags, end tags and text of a part.
func (p *parts) each(name string, limit int64, visit func(xml.Token) error) error {
	r, err := p.open(name, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	for {
		tok, err := dec.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := visit(tok); err != nil {
			return err
		}
	}
}

// maxToken bounds what stands between two tags: a cell holds at most 32,767 characters.
const maxToken = 256 << 10

// guard refuses what no office program writes into a workbook: document types, entities, CDATA, comments, endless
// text, and more bytes than allowed. The XML decoder behind it then needs little memory whatever the file.
type guard struct {
	from  io.Reader
	left  int64
	total *int64
	since int
	open  bool // the byte before was '<'
}

func (g *guard) Read(b []byte) (int, error) {
	n, err := g.from.Read(b)
	g.left -= int64(n)
	*g.total -= int64(n)
	if g.left < 0 || *g.total < 0 {
		return 0, refuse("bomb")
	}
	for _, c := range b[:n] {
		if g.open && c == '!' {
			return 0, refuse("forbidden_xml")
		}
		g.open = c == '<'
		g.since++
		if g.open {
			g.since = 0
		}
	}
	if g.since > maxToken {
		return 0, refuse("bomb")
	}
	return n, err
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
