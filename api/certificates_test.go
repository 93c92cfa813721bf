package api

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"datchuan/certificates"
	"datchuan/core"
	"datchuan/models"
)

// testCertificates prints, checks, replaces and revokes what a closed class has given.
func testCertificates(t *testing.T, w *world, class string) {
	t.Helper()
	ask := func(who, method, path, body string, status int, must ...string) answered {
		t.Helper()
		r := request{as: who, method: method, path: path, body: body}
		if strings.Contains(path, "/certificates/") && method == "POST" {
			at, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/certificates/"), "/")
			r.header = map[string]string{"If-Match": w.send(request{as: who, method: "GET", path: "/api/v1/certificates/" + at}).header.Get("ETag")}
		}
		got := w.want(status, r)
		for _, m := range must {
			if !strings.Contains(got.body, m) {
				t.Errorf("%s %s: no %q in %s", method, path, m, got.body)
			}
		}
		return got
	}
	list := decode[core.RegisterPage](t, ask("district-b", "GET", "/api/v1/certificates?kind=giay-chung-nhan&state=valid&year=2013&q=canarybe&class="+strings.TrimPrefix(class, "/api/v1/classes/"), "", 200))
	if len(list.Lines) != 1 {
		t.Fatalf("%d certificates of one graduate", len(list.Lines))
	}
	cert := list.Lines[0]
	at := fmt.Sprintf("/api/v1/certificates/%d", cert.ID)
	ask("district-b", "GET", at, "", 200, cert.Label, `"may_reissue":true`)
	pdf := ask("district-b", "GET", at+"/pdf", "", 200).body
	trusted := ask("", "GET", "/api/v1/signing/certificate", "", 200, "BEGIN CERTIFICATE").body
	if verdict := certificates.Verify([]byte(pdf), []byte(trusted)); !verdict.Sound(true) || verdict.Stamp.Number != cert.Label || verdict.Stamp.Code != cert.Code {
		t.Errorf("verdict %+v", verdict)
	}
	ask("district-b", "GET", at+"/pdf?blank=true&x=1.5&y=-2", "", 200, "%PDF")
	ask("district-b", "GET", at+"/badge", "", 200, "eyJ")
	ask("", "GET", "/api/v1/verify/"+cert.Code, "", 200, `"state":"valid"`, cert.Label)
	ask("", "GET", "/api/v1/verify/khong-co", "", 404, "certificate.unknown_code")
	ask("district-b", "GET", class+"/certificates", "", 200, "%PDF")
	testZip(t, ask("district-b", "GET", class+"/certificates?format=zip", "", 200).body)
	ask("district-b", "GET", "/api/v1/certificates/register?year=2013", "", 200, "%PDF")
	for _, paper := range []string{"opening-decision", "summons", "learner-list", "roll", "scores", "register"} {
		ask("district-b", "GET", class+"/papers/"+paper+"?filled=true", "", 200, "%PDF")
	}
	ask("district-b", "GET", class+"/papers/learner-list?format=xlsx", "", 200, "PK")
	ask("district-b", "GET", class+"/papers/summons?format=xlsx", "", 404)
	ask("teacher", "GET", class+"/papers/scores", "", 200, "%PDF")
	ask("teacher", "GET", class+"/papers/opening-decision", "", 403, "class.not_yours")
	testStationery(w, class, ask)
	ask("district-b", "POST", at+"/reissue", `{"cause":"lost","reason":""}`, 422, "certificate.reason_required")
	next := decode[models.Certificate](t, ask("district-b", "POST", at+"/reissue", `{"cause":"lost","reason":"mất trong lũ"}`, 201, `"kind":"thay-the"`))
	ask("", "GET", "/api/v1/verify/"+cert.Code, "", 200, `"state":"replaced"`, next.Label)
	at = fmt.Sprintf("/api/v1/certificates/%d", next.ID)
	ask("district-b", "POST", at+"/revocation", `{"reason":"thi hộ"}`, 200, `"asked_by"`)
	ask("district-b", "POST", at+"/revocation/decision", `{"confirm":true}`, 403)
	ask("province", "POST", at+"/revocation/decision", `{"confirm":true}`, 200, `"state":"revoked"`)
	ask("district-b", "GET", at+"/pdf", "", 404, "certificate.none_valid")
}

func testZip(t *testing.T, body string) {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil || len(archive.File) != 1 {
		t.Fatalf("%v", err)
	}
	f, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err != nil || !bytes.HasPrefix(data, []byte("%PDF")) {
		t.Errorf("%v", err)
	}
}

// testStationery goes through blanks, issuers, templates and the key.
func testStationery(w *world, class string, ask func(who, method, path, body string, status int, must ...string) answered) {
	w.t.Helper()
	issuer := models.UnitIssuer(w.foreign.unit)
	ask("district-b", "GET", "/api/v1/issuers", "", 200, issuer)
	ask("district-b", "PUT", "/api/v1/issuers/"+issuer, `{"issuer":"BAN THƯỜNG VỤ","numbers":{"chung-chi":"{n"},"version":0}`, 422, "certificate.pattern_bad")
	ask("district-b", "PUT", "/api/v1/issuers/"+issuer, `{"issuer":"BAN THƯỜNG VỤ","numbers":{"thay-the":"{n}/TT-{year}"},"version":0}`, 200, `"version":1`)
	ask("district-b", "PUT", "/api/v1/issuers/"+issuer, `{"issuer":"BAN THƯỜNG VỤ","version":0}`, 412)
	ask("district-b", "POST", "/api/v1/blanks", `{"issuer":"`+issuer+`","first":"A 01","count":2}`, 201, `"received":2`)
	ask("district-b", "POST", class+"/blanks", "", 200, `"changed":1`)
	ask("district-b", "POST", "/api/v1/blanks/spoilt", `{"issuer":"`+issuer+`","serial":"A 01","reason":"kẹt giấy"}`, 200, `"spoiled":1`)
	ask("district-b", "GET", "/api/v1/blanks", "", 200, `"A 02"`)
	ask("viewer", "GET", "/api/v1/certificate-templates", "", 200, "chung-chi")
	design := decode[models.CertificateTemplate](w.t, ask("viewer", "GET", "/api/v1/certificate-templates/chung-chi", "", 200))
	design.Name = "Chứng chỉ, mẫu mới"
	body, err := json.Marshal(design)
	if err != nil {
		w.t.Fatal(err)
	}
	ask("province", "PUT", "/api/v1/certificate-templates/chung-chi", string(body), 200, `"version":2`)
	ask("province", "PUT", "/api/v1/certificate-templates/chung-chi", string(body), 412)
	ask("province", "POST", "/api/v1/certificate-templates/preview", string(body), 200, "%PDF")
	key, err := certificates.NewKey("Hội thử", 20130301, 5)
	if err != nil {
		w.t.Fatal(err)
	}
	pem, err := json.Marshal(map[string]string{"pem": string(key)})
	if err != nil {
		w.t.Fatal(err)
	}
	ask("admin", "PUT", "/api/v1/signing/key", `{"pem":"x"}`, 422)
	ask("admin", "PUT", "/api/v1/signing/key", string(pem), 200, "Hội thử")
}
