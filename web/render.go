package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"html/template"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

//go:embed layout/*.html pages/*.html
var templateFiles embed.FS

// Renderer holds the parsed templates and the static files; it is safe for many goroutines.
type Renderer struct {
	pages  map[string]*template.Template
	assets *assets
}

// NewRenderer parses every page over the layout. A template that does not parse is a programming error: it panics.
func NewRenderer() *Renderer {
	r := &Renderer{pages: map[string]*template.Template{}, assets: loadAssets()}
	layout := template.Must(template.New("layout").Funcs(template.FuncMap{
		"asset": r.assets.url,
		"icon":  r.icon,
	}).ParseFS(templateFiles, "layout/*.html"))
	names, err := templateFiles.ReadDir("pages")
	if err != nil {
		panic(err)
	}
	for _, n := range names {
		t := template.Must(layout.Clone())
		r.pages[strings.TrimSuffix(n.Name(), ".html")] = template.Must(t.ParseFS(templateFiles, path.Join("pages", n.Name())))
	}
	return r
}

// icon is a picture of the sprite; it says nothing to a screen reader, words stand beside it.
func (r *Renderer) icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true" width="20" height="20"><use href="` + //nolint:gosec // names come from templates and our own structs
		r.assets.url("icons.svg") + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
}

// Execute writes a page. The page is complete or an error is returned and nothing was written.
func (r *Renderer) Execute(w io.Writer, name string, v Viewer) error {
	var b bytes.Buffer
	if err := r.pages[name].ExecuteTemplate(&b, "base", v); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

var gzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return w
}}

// HTML answers with a page, compressed when the browser takes it, never stored by a cache.
func (r *Renderer) HTML(c *gin.Context, status int, name string, v Viewer) {
	var b bytes.Buffer
	if err := r.Execute(&b, name, v); err != nil {
		_ = c.Error(err)
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	h := c.Writer.Header()
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding, Cookie, Accept-Language")
	h.Set("Content-Language", string(v.page().Lang))
	if b.Len() < 1024 || !acceptsGzip(c.GetHeader("Accept-Encoding")) {
		c.Data(status, "text/html; charset=utf-8", b.Bytes())
		return
	}
	var z bytes.Buffer
	w := gzips.Get().(*gzip.Writer)
	defer gzips.Put(w)
	w.Reset(&z)
	if _, err := w.Write(b.Bytes()); err != nil {
		_ = c.Error(err)
		return
	}
	if err := w.Close(); err != nil {
		_ = c.Error(err)
		return
	}
	h.Set("Content-Encoding", "gzip")
	c.Data(status, "text/html; charset=utf-8", z.Bytes())
}
