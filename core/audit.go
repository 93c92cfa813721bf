package core

import (
	"context"
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

const (
	auditPage  = 50
	auditLimit = 500
)

// AuditFilter chooses audit rows; zero members choose all. From and To are civil dates in Vietnam, both included.
type AuditFilter struct {
	Object    string
	ObjectID  int64
	AccountID int64
	Action    string
	From, To  models.Date
	Before    int64 // id of the last row seen: the page after it
	Limit     int   // 0 = 50, at most 500
}

// Audits are the rows of the log, newest first. What the actor may not read of a cadre is struck out of the details.
func (c *Core) Audits(ctx context.Context, actor models.Actor, f AuditFilter) ([]Audit, error) {
	if err := allow(actor, models.AuditRead); err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx)
	if f.Object != "" {
		db = db.Where("object = ?", f.Object)
	}
	if f.ObjectID != 0 {
		db = db.Where("object_id = ?", f.ObjectID)
	}
	if f.AccountID != 0 {
		db = db.Where("account_id = ?", f.AccountID)
	}
	if f.Action != "" {
		db = db.Where("action = ?", f.Action)
	}
	if f.From != 0 {
		db = db.Where("at >= ?", dayStart(f.From))
	}
	if f.To != 0 {
		db = db.Where("at < ?", dayEnd(f.To))
	}
	if f.Before != 0 {
		db = db.Where("id < ?", f.Before)
	}
	if f.Limit <= 0 {
		f.Limit = auditPage
	}
	return readAudits(db.Limit(min(f.Limit, auditLimit)), actor)
}

// History is the life of one record, newest first, for whoever may see the record: a cadre or a unit in scope, a
// standard or a target, an import into one's scope, a class that one holds, an account or a row of the catalogue for who manages them.
func (c *Core) History(ctx context.Context, actor models.Actor, object string, id int64) ([]Audit, error) {
	if err := c.maySee(ctx, actor, object, id); err != nil {
		return nil, err
	}
	return readAudits(c.read.WithContext(ctx).Where("object = ? AND object_id = ?", object, id).Limit(auditLimit), actor)
}

func (c *Core) maySee(ctx context.Context, actor models.Actor, object string, id int64) error {
	db := c.read.WithContext(ctx)
	switch object {
	case "cadre":
		if err := allow(actor, models.CadresRead); err != nil {
			return err
		}
		return lookup(under(db.Select("id"), "path", actor.Path).First(&models.Cadre{}, id).Error, object)
	case "unit":
		if err := allow(actor, models.UnitsRead); err != nil {
			return err
		}
		return c.unitInScope(ctx, actor, id)
	case "import":
		if err := allow(actor, models.ImportsRun); err != nil {
			return err
		}
		var i Import
		if err := db.Select("id", "unit_id").First(&i, id).Error; err != nil {
			return lookup(err, object)
		}
		if err := c.unitInScope(ctx, actor, i.UnitID); models.KindOf(err) != models.NotFound {
			return err
		}
		return models.Fail(models.NotFound, "not_found", "", "object", object) // as for one that is not there
	case "course", "school", "instructor", "venue", "funding":
		return allow(actor, models.CoursesWrite)
	case "class":
		if err := allow(actor, models.ClassesRead); err != nil {
			return err
		}
		var class models.Class
		err := classesOf(db.Where("classes.id = ?", id), actor).Take(&class).Error
		if err == nil && !holds(actor, class) { // money and decisions on people of others
			err = gorm.ErrRecordNotFound
		}
		return lookup(err, object)
	case "standard":
		if err := allow(actor, models.StandardsRead); err != nil {
			return err
		}
		return lookup(db.Select("id").First(&models.Standard{}, id).Error, object)
	case "target":
		if err := allow(actor, models.StandardsRead); err != nil {
			return err
		}
		return lookup(db.Select("id").First(&models.Target{}, id).Error, object)
	case "account":
		if err := allow(actor, models.AccountsManage); err != nil {
			return err
		}
		return lookup(db.Select("id").First(&models.Account{}, id).Error, object)
	}
	return models.Fail(models.NotFound, "not_found", "", "object", object)
}

// unitInScope looks at the unit where it stands today, or last stood.
func (c *Core) unitInScope(ctx context.Context, actor models.Actor, id int64) error {
	tree, err := c.Tree(ctx)
	if err != nil {
		return err
	}
	span, ok := tree.Nearest(id, c.Today(ctx))
	if !ok || actor.Path == "" || !models.UnderPath(span.Path, actor.Path) {
		return models.Fail(models.NotFound, "not_found", "", "object", "unit")
	}
	return nil
}

func readAudits(db *gorm.DB, actor models.Actor) ([]Audit, error) {
	var out []Audit
	if err := db.Order("id DESC").Find(&out).Error; err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Detail = readable(out[i].Object, out[i].Detail, actor)
	}
	return out, nil
}

// hidden stands for a value that the reader may not see.
const hidden = "•••"

// readable is a stored detail as this actor may read it. Details of people (instructors too) and of imports lose the
// restricted fields for a role without cadres.sensitive; a role that reads no cadres (the administrator) sees which fields
// changed, but no value. The stored row keeps all, for the chain.
func readable(object, detail string, actor models.Actor) string {
	if object != "cadre" && object != "import" && object != "instructor" {
		return detail
	}
	sensitive, people := actor.May(models.CadresSensitive), actor.May(models.CadresRead)
	if sensitive && people {
		return detail
	}
	dec := json.NewDecoder(strings.NewReader(detail))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return "{}"
	}
	if !sensitive {
		v = dropRestricted(v)
	}
	if !people {
		v = hideValues(v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "{}"
	}
	return string(text)
}

// restricted tells whether a field is one of cadres.sensitive, however it is spelled (party_date, PartyDate).
func restricted(field string) bool {
	switch name := strings.ReplaceAll(strings.ToLower(field), "_", ""); name {
	case "ethnicity", "religion", "party", "partydate":
		return true
	default:
		return strings.HasPrefix(name, "identity")
	}
}

// dropRestricted takes out restricted members, and entries of lists that are about a restricted field
// ({"field": "religion", "before": …}).
func dropRestricted(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if restricted(key) {
				delete(v, key)
				continue
			}
			v[key] = dropRestricted(value)
		}
	case []any:
		kept := v[:0]
		for _, item := range v {
			if !aboutRestricted(item) {
				kept = append(kept, dropRestricted(item))
			}
		}
		return kept
	}
	return v
}

func aboutRestricted(v any) bool {
	item, ok := v.(map[string]any)
	if !ok {
		name, ok := v.(string)
		return ok && restricted(name)
	}
	for key, value := range item {
		if name, ok := value.(string); ok && strings.EqualFold(key, "field") && restricted(name) {
			return true
		}
	}
	return false
}

func hideValues(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = hideValues(value)
		}
		return v
	case []any:
		for i := range v {
			v[i] = hideValues(v[i])
		}
		return v
	case nil:
		return nil
	}
	return hidden
}
