package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) auditRoutes() {
	s.get("/audit", models.AuditRead, s.audit)
}

const auditRows = 50

func (s *server) audit(q *request) error {
	ctx := q.Request.Context()
	f := core.AuditFilter{Object: q.text("object"), ObjectID: q.number("object_id"), Action: q.text("action"), From: q.day("from"), To: q.day("to"), Before: q.number("after"), Limit: auditRows}
	f.AccountID, _ = strconv.ParseInt(q.text("account_id"), 10, 64) // the machine's owner is -1; what is no number is everybody
	v := &AuditPage{Page: q.base("nav.audit")}
	v.Fail(q.findings())
	accounts, err := s.core.Accounts(ctx, q.actor)
	if err != nil && models.KindOf(err) != models.Forbidden { // who may read the log but no accounts chooses by deed and day
		return err
	}
	v.filter(q, f, accounts)
	if err := s.verdict(q, v); err != nil {
		return err
	}
	if len(v.Errors) > 0 {
		s.render.HTML(q.Context, http.StatusUnprocessableEntity, "audit", v)
		return nil
	}
	list, err := s.core.Audits(ctx, q.actor, f)
	if err != nil {
		return err
	}
	tell, err := q.teller()
	if err != nil {
		return err
	}
	for _, a := range list {
		v.Rows = append(v.Rows, q.auditRow(a, accounts, tell))
	}
	if len(list) == auditRows {
		v.Next = v.With("after", list[len(list)-1].ID)
	}
	if f.Before != 0 {
		v.First = v.With()
	}
	return q.show("audit", v)
}

// filter builds the inputs above the log.
func (v *AuditPage) filter(q *request, f core.AuditFilter, accounts []models.Account) {
	who := []Option{{Value: "", Label: v.T("audit.everybody")}}
	for _, a := range accounts {
		who = append(who, Option{Value: strconv.FormatInt(a.ID, 10), Label: a.Name + " (" + a.Login + ")", Selected: a.ID == f.AccountID})
	}
	who = append(who, Option{Value: "-1", Label: v.T("audit.operator"), Selected: f.AccountID == -1})
	what := []Option{}
	for key := range models.Words(v.Lang) {
		if action, ok := strings.CutPrefix(key, "action."); ok {
			what = append(what, Option{Value: action, Label: v.Word(key), Selected: action == f.Action})
		}
	}
	slices.SortFunc(what, func(a, b Option) int {
		return strings.Compare(models.Fold(a.Label)+a.Value, models.Fold(b.Label)+b.Value)
	})
	v.Who = v.Field(Field{Name: "account_id", Label: v.T("audit.who"), Type: "select", Options: who})
	v.Action = v.Field(Field{Name: "action", Label: v.T("audit.what"), Type: "select", Options: append([]Option{{Value: "", Label: v.T("audit.everything")}}, what...)})
	v.From = v.Field(Field{Name: "from", Label: v.T("audit.from"), Type: "date", Value: q.text("from")})
	v.To = v.Field(Field{Name: "to", Label: v.T("audit.to"), Type: "date", Value: q.text("to")})
	if f.Object != "" {
		v.Kept = []Field{{Name: "object", Type: "hidden", Value: f.Object}, {Name: "object_id", Type: "hidden", Value: strconv.FormatInt(f.ObjectID, 10)}}
	}
}

// verdict says whether the chain of the log holds.
func (s *server) verdict(q *request, v *AuditPage) error {
	check, err := s.core.VerifyAudit(q.Request.Context())
	if err != nil {
		return err
	}
	v.ChainOK = check.Problem == ""
	if v.ChainOK {
		v.Chain = v.T("audit.chain_whole", "n", check.Rows)
	} else {
		v.Chain = v.T("audit.chain_broken", "n", check.BadRow, "problem", v.Word(check.Problem))
	}
	return nil
}

func (q *request) auditRow(a core.Audit, accounts []models.Account, tell teller) AuditRow {
	row := AuditRow{Number: a.ID, When: moment(a.At), Who: a.Login, What: models.Word(q.lang, "action."+a.Action), On: models.Word(q.lang, "object."+a.Object), Changes: tell.logged(a.Object, a.Detail)}
	if a.AccountID == -1 {
		row.Who = word(q.lang, "audit.operator")
	}
	named := func(id int64) (models.Account, bool) {
		i := slices.IndexFunc(accounts, func(x models.Account) bool { return x.ID == id })
		if i < 0 {
			return models.Account{}, false
		}
		return accounts[i], true
	}
	if who, ok := named(a.AccountID); ok {
		row.Who, row.Role = who.Name, models.Word(q.lang, "role."+string(who.Role))
	}
	name := ""
	switch a.Object {
	case "account":
		who, _ := named(a.ObjectID)
		name = who.Name
	case "unit":
		name = q.unitName(a.ObjectID)
	}
	if name != "" {
		row.On += ": " + name
	} else if a.ObjectID != 0 {
		row.On += fmt.Sprintf(" #%d", a.ObjectID)
	}
	if to, ok := objectPages[a.Object]; ok && a.ObjectID != 0 && q.actor.May(to.need) {
		row.OnHref = fmt.Sprintf(to.path, a.ObjectID)
	}
	return row
}

// objectPages are the pages of what the log speaks of, for who may open them.
var objectPages = map[string]struct {
	path string
	need models.Permission
}{
	"account": {"/accounts/%d", models.AccountsManage}, "cadre": {"/cadres/%d", models.CadresRead}, "unit": {"/units/%d", models.UnitsRead}, "import": {"/imports/%d", models.ImportsRun},
}

// ownWords are the labels of fields that only the log shows.
var ownWords = map[string]string{"role": "account.role", "school": "account.school", "disabled": "account.disabled", "login": "login.name", "language": "account.language",
	"name": "account.full_name", "unit_id": "account.unit"}

// logged are the changes of a detail. Values that the reader may not see stand as dots on both sides: the field is named.
func (t teller) logged(object, detail string) []FieldDiff {
	var d struct{ Before, After json.RawMessage }
	if err := json.Unmarshal([]byte(detail), &d); err != nil {
		return nil
	}
	before, after := members(d.Before), members(d.After)
	all := maps.Clone(before)
	maps.Copy(all, after)
	var out []FieldDiff
	for _, field := range slices.Sorted(maps.Keys(all)) {
		label := models.Word(t.lang, "field."+field)
		if object == "import" && field == "state" { // that word is for records
			continue
		}
		if key := ownWords[field]; object == "account" && key != "" {
			label = word(t.lang, key)
		}
		was, is := t.say(field, before), t.say(field, after)
		if object == "account" && field == "role" {
			was, is = roleWord(t.lang, before[field]), roleWord(t.lang, after[field])
		}
		if label != "field."+field && (was != is || was != "" && before[field] == unseen) {
			out = append(out, FieldDiff{label, was, is})
		}
	}
	return out
}

// unseen is what core puts in the place of a value that the reader may not see.
const unseen = "•••"

func roleWord(lang models.Lang, role string) string {
	if role == "" {
		return ""
	}
	return models.Word(lang, "role."+role)
}
