package web

import (
	"net/url"

	"datchuan/models"
)

// samples is every page with data as it may really come, the state of mistakes included. Names are made up.
func samples(lang models.Lang) map[string]Viewer {
	out := map[string]Viewer{}
	for _, add := range []func(func(path string) Page, map[string]Viewer){
		sampleDoors, sampleOverview, sampleGaps, sampleCadres, sampleUnits, sampleStandards, sampleImports, sampleDuplicates, sampleOffice, sampleClasses, sampleNotices,
		sampleCertificates,
	} {
		add(func(path string) Page { return samplePage(lang, path) }, out)
	}
	return out
}

func samplePage(lang models.Lang, path string) Page {
	p := Page{Title: "Danh sách", Lang: lang, Path: path, Query: url.Values{"standard": {"ke-hoach-2013"}},
		User: &User{Name: "Nguyễn Thị Hoài", Role: "Cán bộ huyện", Unit: "Hội LHPN huyện Lệ Thủy"},
		Bell: &Bell{3},
		Nav:  Navigation(path, func(models.Permission) bool { return true })}
	if path != "/" {
		p.Crumbs = []Crumb{{word(lang, "nav.overview"), "/"}, {"Huyện Lệ Thủy", ""}}
	}
	return p
}

func options(labels ...string) []Option {
	out := []Option{}
	for i, l := range labels {
		out = append(out, Option{Value: string(rune('a' + i)), Label: l, Selected: i == 0})
	}
	return out
}

func choose(name, label string, labels ...string) Field {
	return Field{Name: name, Label: label, Type: "select", Options: options(labels...)}
}

func text(name, label, value string) Field {
	return Field{Name: name, Label: label, Type: "text", Value: value}
}

func sampleDoors(page func(string) Page, out map[string]Viewer) {
	p := page("/login")
	p.User, p.Nav, p.Crumbs, p.Bell = nil, nil, nil, nil
	out["login"] = NewLogin(p, "/", "")
	wrong := p
	wrong.Errors = []FieldError{{"login", "Tên đăng nhập hoặc mật khẩu không đúng."}}
	out["login wrong"] = NewLogin(wrong, "/", "hoai")
	lost := NewLogin(p, "/", "")
	lost.NoCookie, lost.Insecure = true, true
	out["login lost"] = lost
	out["expired"] = &ExpiredPage{Page: p, Action: "/cadres/1/edit", Hidden: []Field{{Name: "name", Value: "Nguyễn Thị Ánh"}}}
	out["setup"] = NewSetup(p, "ABC", "", "")
	late := NewSetup(p, "ABC", "", "")
	late.Expired = true
	out["setup late"] = late
	for name, status := range map[string]int{"error 403": 403, "error 404": 404, "error 413": 413, "error 422": 422,
		"error 429": 429, "error 500": 500} {
		v := NewError(page("/x"), status)
		v.RequestID = "K3VZ7Q"
		out[name] = v
	}
}
