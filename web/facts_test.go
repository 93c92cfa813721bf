package web

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"datchuan/core"
)

// sendFile posts a form with a file.
func (v *visitor) sendFile(path, name string, data []byte, pairs ...string) page {
	v.site.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			v.site.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		v.site.t.Fatal(err)
	}
	return v.send(http.MethodPost, path, form.FormDataContentType(), body.String())
}

// editOf is the address of the last fact of a kind on a card.
func (w *site) editOf(card page, kind string) string {
	w.t.Helper()
	all := regexp.MustCompile(`href="(/cadres/\d+/facts/`+kind+`/\d+)"`).FindAllStringSubmatch(card.html, -1)
	if len(all) == 0 {
		w.t.Fatalf("no %s on the card", kind)
	}
	return all[0][1]
}

// plainCadre is somebody new without facts, and the address of her card.
func (w *site) plainCadre(v *visitor, name string) string {
	w.t.Helper()
	made := v.post("/cadres/new", "name", name, "birth", "1980", "unit_id", fmt.Sprint(w.unit(w.communeOf("457"))), "confirmed", "1")
	if made.status != http.StatusSeeOther {
		w.t.Fatalf("%d %s", made.status, made.text())
	}
	return made.location
}

func TestFactsOfEachKind(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	card := w.plainCadre(v, "Ngô Thị Dữ Kiện")
	unit := fmt.Sprint(w.unit(w.communeOf("457")))
	for _, c := range []struct {
		kind      string
		form      []string
		shows     string
		field     string
		bad, code string // a refused value of the field, and what is said
	}{
		{"holding", []string{"position", "uy-vien-bch-xa", "unit_id", unit, "from", "01/02/2012", "term", "2011-2016"}, "nhiệm kỳ 2011-2016", "from", "31/02/2012", "không phải là ngày"},
		{"succession", []string{"position", "chu-tich-xa", "unit_id", unit, "term", "2011-2016"}, "Quy hoạch", "term", "2011", "Nhiệm kỳ phải viết dạng"},
		{"qualification", []string{"level", "profession.2", "school", "Trường Trung cấp Huế", "earned", "01/06/2010"}, "Chuyên môn: trung cấp", "earned", "01/06/2030", "không được sau hôm nay"},
		{"study", []string{"level", "political.2", "course", "Lớp LLCT K5", "from", "01/09/2012", "to", "01/09/2014"}, "Lớp LLCT K5", "to", "01/09/2011", "phải sau ngày bắt đầu"},
		{"award", []string{"title", "Cán bộ Hội cơ sở giỏi", "year", "2012"}, "Cán bộ Hội cơ sở giỏi", "title", "", "danh hiệu"},
		{"rating", []string{"year", "2012", "grade", "xuat-sac"}, "Hoàn thành xuất sắc", "year", "1900", "Năm không hợp lý"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			w.t = t
			path := card + "/facts/" + c.kind + "/new"
			w.want(v.get(path), http.StatusOK, `name="_key"`)
			w.want(v.post(path, with(c.form, c.field, c.bad)...), http.StatusUnprocessableEntity, c.code, `id="summary"`)
			keyed := append(c.form, "_key", "mot-lan-"+c.kind)
			for range 2 { // a double click
				if got := v.post(path, keyed...); got.location != card {
					t.Fatalf("%d %s", got.status, got.text())
				}
			}
			shown := v.get(card)
			w.want(shown, http.StatusOK, c.shows)
			edit := w.editOf(shown, c.kind)
			form := w.editValues(v.get(edit))
			if got := v.post(edit, form...); got.location != card {
				t.Fatalf("saved again: %d %s", got.status, got.text())
			}
			w.want(v.post(edit, with(form, "do", "withdraw")...), http.StatusPreconditionFailed)
			fresh := w.editValues(v.get(edit))
			if got := v.post(edit, with(fresh, "do", "withdraw")...); got.location != card {
				t.Fatalf("withdrawn: %d %s", got.status, got.text())
			}
			w.want(v.get(edit), http.StatusNotFound)
		})
	}
}

func TestFactConflict(t *testing.T) {
	w := newSite(t)
	a, b := w.as("le-thuy"), w.as("ban-to-chuc")
	card := w.plainCadre(a, "Ngô Thị Song Song")
	a.post(card+"/facts/award/new", "title", "Bằng khen", "year", "2010")
	edit := w.editOf(a.get(card), "award")
	mine, theirs := w.editValues(a.get(edit)), w.editValues(b.get(edit))
	b.post(edit, with(theirs, "giver", "Tỉnh Hội")...)
	got := a.post(edit, with(mine, "number", "12/QĐ")...)
	w.want(got, http.StatusPreconditionFailed, "Tỉnh Hội", "12/QĐ")
	if done := a.post(edit, w.choices(got)...); done.location != card {
		t.Fatalf("%d %s", done.status, done.text())
	}
	w.want(a.get(card), http.StatusOK, "Tỉnh Hội, 12/QĐ")
}

func TestTakenSeatIsAsked(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	card := w.plainCadre(v, "Ngô Thị Kế Nhiệm")
	form := []string{"position", "chu-tich-xa", "unit_id", fmt.Sprint(w.unit(w.communeOf("457"))), "from", "01/02/2013"}
	w.want(v.post(card+"/facts/holding/new", form...), http.StatusUnprocessableEntity, "đang có người giữ", `name="shared"`)
	if got := v.post(card+"/facts/holding/new", append(form, "shared", "1")...); got.location != card {
		t.Fatalf("%d %s", got.status, got.text())
	}
}

func TestEvidenceAndReview(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	card := w.plainCadre(v, "Ngô Thị Minh Chứng")
	path := card + "/facts/qualification/new"
	form := []string{"level", "profession.2", "school", "Trường <Huế>", "earned", "01/06/2010"}
	w.want(v.sendFile(path, "x.exe", []byte("MZ..."), form...), http.StatusUnprocessableEntity, "Chỉ nhận tệp PDF", "Trường &lt;Huế&gt;", `id="e-file"`)
	w.want(v.sendFile(path, "to.pdf", append([]byte("%PDF-"), make([]byte, core.MaxFileSize)...), form...), http.StatusUnprocessableEntity, "Tệp quá lớn")
	w.want(v.sendFile(path, "to.pdf", make([]byte, scanForm+1), form...), http.StatusRequestEntityTooLarge)
	w.want(v.sendFile(path, "bằng.pdf", []byte("%PDF-1.4"), with(form, "earned", "hôm qua")...), http.StatusUnprocessableEntity, "hôm qua")
	if shown := v.get(card); strings.Contains(shown.html, "/files/") {
		t.Fatal("a refused form has left a file")
	}
	if got := v.sendFile(path, "bằng.pdf", []byte("%PDF-1.4"), form...); got.location != card {
		t.Fatalf("%d %s", got.status, got.text())
	}
	shown := v.get(card)
	file := regexp.MustCompile(`/files/\d+`).FindString(shown.html)
	got := v.get(file)
	if got.status != http.StatusOK || got.html != "%PDF-1.4" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("download: %d %v", got.status, got.header)
	}
	w.sameAsUnknown(w.as("dong-hoi"), file, "/files/999999")
	review := w.editOf(shown, "qualification") + "/review"
	page := v.get(review)
	w.want(page, http.StatusOK, "Trường &lt;Huế&gt;", "Không công nhận", file)
	etag := page.hidden("etag")
	w.want(v.post(review, "etag", etag, "review", "rejected"), http.StatusUnprocessableEntity, "Hãy ghi lý do không công nhận")
	if got := v.post(review, "etag", etag, "review", "verified"); got.location != card {
		t.Fatalf("%d %s", got.status, got.text())
	}
	w.want(v.get(card), http.StatusOK, "Đã xác minh")
	w.want(v.post(review, "etag", etag, "review", "rejected", "note", "cũ"), http.StatusPreconditionFailed)
	w.want(w.as("xa-my-thuy").get(review), http.StatusForbidden)
}

func TestFactsKeepScope(t *testing.T) {
	w := newSite(t)
	v := w.as("dong-hoi")
	id := w.chair(w.communeOf("457"))
	card, err := w.core.Cadre(context.Background(), w.actor("ban-to-chuc"), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	fact := card.Holdings[0].FactID
	w.sameAsUnknown(v, fmt.Sprintf("/cadres/%d/facts/holding/%d", id, fact), "/cadres/9999999/facts/holding/9999999")
	w.want(v.post(fmt.Sprintf("/cadres/%d/facts/holding/%d", id, fact), "do", "withdraw", "etag", fmt.Sprint(card.Holdings[0].ID)), http.StatusNotFound)
	w.want(v.post(fmt.Sprintf("/cadres/%d/facts/award/new", id), "title", "x", "year", "2012"), http.StatusNotFound)
	w.want(w.as("le-thuy").get(fmt.Sprintf("/cadres/%d/facts/secret/new", id)), http.StatusNotFound)
	w.want(w.as("xem-tinh").get(fmt.Sprintf("/cadres/%d/facts/award/new", id)), http.StatusForbidden)
	// a fact of one record is not found under another
	other := w.chair(w.communeOf("450"))
	w.want(w.as("ban-to-chuc").get(fmt.Sprintf("/cadres/%d/facts/holding/%d", other, fact)), http.StatusNotFound)
}
