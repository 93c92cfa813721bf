package web

import "datchuan/models"

func (s *server) helpRoutes() {
	s.get("/help", models.SignedIn, s.help)
}

// helpTopics are the main jobs in the order of a working day, each with the permission it takes: nobody reads how to
// do what she can't.
var helpTopics = []struct {
	id, title string
	need      models.Permission
	steps     []string
}{
	{"gaps", "help.gaps", models.GapsRead, []string{"help.gaps_1", "help.gaps_2", "help.gaps_3", "help.gaps_4"}},
	{"targets", "help.targets", models.GapsRead, []string{"help.targets_1", "help.targets_2"}},
	{"import", "help.import", models.ImportsRun, []string{"help.import_1", "help.import_2", "help.import_3", "help.import_4"}},
	{"cadre", "help.cadre", models.CadresWrite, []string{"help.cadre_1", "help.cadre_2", "help.cadre_3"}},
	{"duplicates", "help.duplicates", models.CadresMerge, []string{"help.duplicates_1", "help.duplicates_2"}},
	{"standards", "help.standards", models.StandardsWrite, []string{"help.standards_1", "help.standards_2"}},
	{"units", "help.units", models.UnitsWrite, []string{"help.units_1", "help.units_2"}},
	{"accounts", "help.accounts", models.AccountsManage, []string{"help.accounts_1", "help.accounts_2", "help.accounts_3"}},
	{"audit", "help.audit", models.AuditRead, []string{"help.audit_1"}},
	{"notices", "help.notices", models.ClassesRead, []string{"help.notices_1", "help.notices_2", "help.notices_3"}},
	{"own", "help.own", models.SignedIn, []string{"help.own_1", "help.own_2"}},
}

// helpers says whom a role asks: the office above, at last the papers.
var helpers = map[models.Role]string{
	models.CommuneOfficer: "help.ask_district", models.DistrictOfficer: "help.ask_province", models.SchoolOfficer: "help.ask_province",
	models.ProvinceOfficer: "help.ask_administrator", models.ProvinceViewer: "help.ask_administrator", models.Administrator: "help.ask_guide",
}

func (s *server) help(q *request) error {
	v := &HelpPage{Page: q.base("nav.help"), Contact: word(q.lang, helpers[q.actor.Role]), Version: s.opt.Version}
	for _, t := range helpTopics {
		if !q.actor.May(t.need) {
			continue
		}
		topic := HelpTopic{ID: t.id, Title: word(q.lang, t.title)}
		for _, step := range t.steps {
			topic.Steps = append(topic.Steps, word(q.lang, step))
		}
		v.Topics = append(v.Topics, topic)
	}
	return q.show("help", v)
}
