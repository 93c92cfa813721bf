package web

import "datchuan/models"

// Foot is the row of buttons that closes a form.
type Foot struct{ Yes, No, Back string }

// Foot names the button that sends the form and the way back.
func (p *Page) Foot(yesKey, back string) Foot {
	return Foot{Yes: p.T(yesKey), No: p.T("form.cancel"), Back: back}
}

// mainNav is the main navigation with the permission each line needs.
var mainNav = []struct {
	href, key, icon string
	need            models.Permission
}{
	{"/", "nav.overview", "home", models.SignedIn},
	{"/gaps", "nav.gaps", "gap", models.GapsRead},
	{"/classes", "nav.classes", "class", models.ClassesRead},
	{"/certificates", "nav.certificates", "star", models.CertificatesRead},
	{"/courses", "nav.catalogue", "book", models.CoursesRead},
	{"/people", "nav.people", "people", models.CadresRead},
	{"/units", "nav.units", "tree", models.UnitsRead},
	{"/standards", "nav.standards", "scale", models.StandardsRead},
	{"/targets", "nav.targets", "target", models.GapsRead},
	{"/imports", "nav.imports", "import", models.ImportsRun},
	{"/duplicates", "nav.duplicates", "twin", models.CadresMerge},
	{"/baseline", "nav.baseline", "check", models.GapsRead},
	{"/accounts", "nav.accounts", "key", models.AccountsManage},
	{"/audit", "nav.audit", "log", models.AuditRead},
	{"/settings", "nav.settings", "pen", models.SettingsWrite},
	{"/help", "nav.help", "help", models.SignedIn},
}

// Navigation lists the lines that a person may open; the current one is marked by the start of the address.
func Navigation(path string, may func(models.Permission) bool) []NavItem {
	var out []NavItem
	for _, n := range mainNav {
		if !may(n.need) {
			continue
		}
		out = append(out, NavItem{Href: n.href, Key: n.key, Icon: n.icon, Current: under(path, n.href)})
	}
	return out
}

// schoolNavigation is all that a school has: its classes of today, all of them, and help.
func schoolNavigation(path string) []NavItem {
	return []NavItem{{"/", "nav.today", "home", path == "/"}, {"/classes", "nav.classes", "class", under(path, "/classes")}, {"/help", "nav.help", "help", path == "/help"}}
}

// alsoUnder are addresses that belong to a line of the navigation without beginning like it.
var alsoUnder = map[string][]string{"/people": {"/cadres"}, "/courses": {"/schools", "/instructors", "/venues", "/fundings"}, "/gaps": {"/nominate"}, "/certificates": {"/blanks", "/issuers", "/templates"}}

func under(path, href string) bool {
	for _, also := range alsoUnder[href] {
		if under(path, also) {
			return true
		}
	}
	return path == href || (href != "/" && len(path) > len(href) && path[:len(href)+1] == href+"/")
}
