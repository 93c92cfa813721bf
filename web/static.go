package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

//go:embed static
var staticFiles embed.FS

// assets are the static files under names that carry a hash of their content, so that browsers may keep them forever.
type assets struct {
	byURL  map[string]*asset // "/static/app.0f3a….css"
	byName map[string]string // "app.css" -> URL
}

type asset struct {
	body, zipped []byte
	kind, etag   string
}

func loadAssets() *assets {
	a := &assets{byURL: map[string]*asset{}, byName: map[string]string{}}
	var late []string
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".md", ".txt":
			return nil
		case ".css":
			late = append(late, name) // names fonts: after them
			return nil
		}
		data, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		a.add(strings.TrimPrefix(name, "static/"), data)
		return nil
	})
	if err != nil {
		panic(err)
	}
	for _, name := range late {
		data, err := staticFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		css := string(data)
		for short, url := range a.byName {
			css = strings.ReplaceAll(css, "url("+short+")", "url("+url+")")
		}
		a.add(strings.TrimPrefix(name, "static/"), []byte(css))
	}
	return a
}

func (a *assets) add(name string, data []byte) {
	sum := sha256.Sum256(data)
	tag := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	kind := mime.TypeByExtension(ext)
	if ext == ".woff2" {
		kind = "font/woff2"
	}
	f := &asset{body: data, kind: kind, etag: `"` + tag + `"`}
	if ext != ".woff2" && ext != ".png" {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if _, err := w.Write(data); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		f.zipped = b.Bytes()
	}
	url := "/static/" + strings.TrimSuffix(name, ext) + "." + tag + ext
	a.byURL[url], a.byName[name] = f, url
}

// url is the address of a static file; an unknown name is a mistake in a template and stops the start.
func (a *assets) url(name string) string {
	u, ok := a.byName[name]
	if !ok {
		panic("no static file " + name)
	}
	return u
}

// serve hands out a static file for a year; its address changes when it does.
func (a *assets) serve(c *gin.Context) {
	f, ok := a.byURL[c.Request.URL.Path]
	if !ok {
		c.Header("Cache-Control", "no-store")
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	h := c.Writer.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	if c.GetHeader("If-None-Match") == f.etag {
		c.Status(http.StatusNotModified)
		return
	}
	body := f.body
	if f.zipped != nil && acceptsGzip(c.GetHeader("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = f.zipped
	}
	c.Data(http.StatusOK, f.kind, body)
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(weight, " ", "") != "q=0"
		}
	}
	return false
}
