package web

import (
	"fmt"
	"net/http"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// SettingsPage changes what heads and signs the papers of a unit.
type SettingsPage struct {
	Page
	Unit    Field // whose letterhead
	UnitID  int64
	Fields  []Field
	Preview models.Letterhead
	Mail    core.MailReport
	MailBox Field
}

func (s *server) settingRoutes() {
	s.get("/settings", models.SettingsWrite, s.settings)
	s.post("/settings", models.SettingsWrite, s.saveSettings)
	s.post("/settings/mail", models.SettingsWrite, s.saveMail)
	s.post("/settings/mail/retry", models.SettingsWrite, s.retryMail)
}

func (s *server) settings(q *request) error {
	unit := q.number("unit_id")
	if q.findings() != nil {
		return models.Fail(models.NotFound, "not_found", "")
	}
	head, err := s.core.Letterhead(q.Request.Context(), q.actor, unit)
	if err != nil {
		return err
	}
	return s.showSettings(q, unit, head, nil)
}

// showSettings shows the letterhead of a unit, or what was typed for it.
func (s *server) showSettings(q *request, unit int64, head models.Letterhead, wrong error) error {
	v := &SettingsPage{Page: q.base("nav.settings"), UnitID: unit, Preview: head}
	v.Fail(wrong)
	units, err := s.allUnits(q.Request.Context(), v.T("setting.everybody"), unit)
	if err != nil {
		return err
	}
	v.Unit = v.Field(Field{Name: "unit_id", Label: v.T("setting.unit"), Type: "select", Required: true, Options: units})
	for _, f := range []struct{ name, label, value string }{
		{"parent_line", "setting.parent_line", head.ParentLine}, {"issuer_line", "setting.issuer_line", head.IssuerLine}, {"place", "setting.place", head.Place},
		{"authority", "setting.authority", head.Authority}, {"post", "setting.post", head.Post}, {"signer", "setting.signer", head.Signer},
	} {
		v.Fields = append(v.Fields, v.Field(Field{Name: f.name, Label: v.T(f.label), Value: f.value, MaxLength: 200, Autocomplete: "off"}))
	}
	v.Fields = append(v.Fields, v.Field(Field{Name: "recipients", Label: v.T("setting.recipients"), Type: "textarea", Value: strings.Join(head.Recipients, "\n"), Hint: v.T("setting.recipients_hint")}))
	if v.Mail, err = s.core.MailReport(q.Request.Context(), q.actor); err != nil {
		return err
	}
	v.MailBox = Field{Name: "mail", Label: v.T("setting.mail_on"), Type: "checkbox", Checked: v.Mail.Enabled}
	if wrong != nil {
		return q.again(wrong, "settings", v)
	}
	s.render.HTML(q.Context, http.StatusOK, "settings", v)
	return nil
}

func (s *server) saveSettings(q *request) error {
	unit := q.number("unit_id")
	head := models.Letterhead{ParentLine: q.text("parent_line"), IssuerLine: q.text("issuer_line"), Place: q.text("place"), Authority: q.text("authority"),
		Post: q.text("post"), Signer: q.text("signer"), Recipients: strings.FieldsFunc(q.text("recipients"), func(r rune) bool { return r == '\n' || r == '\r' })}
	err := q.findings()
	if err == nil {
		err = s.core.SetLetterhead(q.Request.Context(), q.actor, unit, head)
	}
	if err != nil {
		return s.showSettings(q, unit, head, err)
	}
	if unit == 0 {
		return q.goTo("/settings", "setting.saved")
	}
	return q.goTo(fmt.Sprintf("/settings?unit_id=%d", unit), "setting.saved")
}

func (s *server) saveMail(q *request) error {
	on := q.checked("mail")
	if err := s.core.SetMail(q.Request.Context(), q.actor, on); err != nil {
		return err
	}
	return q.goTo("/settings", map[bool]string{true: "setting.mail_is_on", false: "setting.mail_is_off"}[on])
}

func (s *server) retryMail(q *request) error {
	if err := s.core.RetryMail(q.Request.Context(), q.actor); err != nil {
		return err
	}
	return q.goTo("/settings", "setting.mail_again")
}
