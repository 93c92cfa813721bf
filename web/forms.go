package web

// Foot is the row of buttons that closes a form.
type Foot struct{ Yes, No, Back string }

// Foot names the button that sends the form and the way back.
func (p *Page) Foot(yesKey, back string) Foot {
	return Foot{Yes: p.T(yesKey), No: p.T("form.cancel"), Back: back}
}

// mainNav is the main navigation with the permission each line needs ("" = everybody who is signed in).
var mainNav = []struct{ href, key, icon, need string }{
	{"/", "nav.overview", "home", ""},
	{"/gaps", "nav.gaps", "gap", "gaps.read"},
	{"/people", "nav.people", "people", "cadres.read"},
	{"/units", "nav.units", "tree", "units.read"},
	{"/standards", "nav.standards", "scale", "standards.read"},
	{"/targets", "nav.targets", "target", "targets.read"},
	{"/imports", "nav.imports", "import", "imports.write"},
	{"/duplicates", "nav.duplicates", "twin", "cadres.merge"},
	{"/baseline", "nav.baseline", "check", "targets.read"},
	{"/accounts", "nav.accounts", "key", "accounts.write"},
	{"/audit", "nav.audit", "log", "audit.read"},
	{"/help", "nav.help", "help", ""},
}

// Navigation lists the lines that a person may open; the current one is marked by the start of the address.
func Navigation(path string, may func(permission string) bool) []NavItem {
	var out []NavItem
	for _, n := range mainNav {
		if n.need != "" && !may(n.need) {
			continue
		}
		out = append(out, NavItem{Href: n.href, Key: n.key, Icon: n.icon, Current: under(path, n.href)})
	}
	return out
}

func under(path, href string) bool {
	if href == "/people" && under(path, "/cadres") {
		return true
	}
	return path == href || (href != "/" && len(path) > len(href) && path[:len(href)+1] == href+"/")
}
