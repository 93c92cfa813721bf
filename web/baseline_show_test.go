package web

import (
	"net/http"
	"strings"
	"testing"
)

// The plan's figures stand beside the computed ones; those with people behind them open their list, which has as many.
func TestBaselinePage(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	got := v.get("/baseline")
	w.want(got, http.StatusOK, "Chủ tịch Hội cơ sở", "72,3%", "14,5%", "Nguồn làm tròn", "Khớp")
	if strings.Contains(got.html, "p-differs") {
		t.Error("the demonstration differs from the plan")
	}
	w.want(w.as("quan-tri").get("/baseline"), http.StatusForbidden)
	if got := w.anybody().get("/baseline"); got.status != http.StatusSeeOther {
		t.Errorf("a stranger: %d", got.status)
	}
}
