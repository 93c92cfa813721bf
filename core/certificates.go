package core

import (
	"cmp"
	"context"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// CertificateQuery narrows the register.
type CertificateQuery struct {
	Issuer  string                  // key, "" = all
	Kind    models.CertificateKind  // "" = all
	State   models.CertificateState // "" = all
	Year    int                     // 0 = all
	ClassID int64                   // 0 = all
	CadreID int64                   // 0 = all
	Asked   bool                    // only those whose revocation waits for a second person
	Text    string                  // in the name, without accents, or the number
	Page    int                     // from 1
	Size    int                     // lines of a page, at most 5000
}

// RegisterPage is a page of the register, by number.
type RegisterPage struct {
	Lines []models.Certificate `json:"lines"`
	Total int64                `json:"total"`
	Page  int                  `json:"page"`
	Size  int                  `json:"size"`
}

const maxRegisterPage = 5000

// certificatesOf cuts a query to what an actor may see: certificates of the classes held in her scope, and of her own people.
func certificatesOf(db *gorm.DB, actor models.Actor) *gorm.DB {
	if actor.Path == "" {
		return db.Where("1 = 0")
	}
	end := models.PathEnd(actor.Path)
	return db.Joins("JOIN classes ON classes.id = certificates.class_id").Joins("JOIN cadres ON cadres.id = certificates.cadre_id").
		Where("(classes.path >= ? AND classes.path < ?) OR (cadres.path >= ? AND cadres.path < ?)", actor.Path, end, actor.Path, end)
}

// Certificates is the register, as far as the actor may see it.
func (c *Core) Certificates(ctx context.Context, actor models.Actor, q CertificateQuery) (RegisterPage, error) {
	out := RegisterPage{Lines: []models.Certificate{}, Page: max(q.Page, 1), Size: min(max(q.Size, 0), maxRegisterPage)}
	if out.Size == 0 {
		out.Size = 50
	}
	if err := allow(actor, models.CertificatesRead); err != nil {
		return out, err
	}
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		found := q.narrow(certificatesOf(db.Model(&models.Certificate{}), actor))
		if err := found.Session(&gorm.Session{}).Count(&out.Total).Error; err != nil {
			return err
		}
		return found.Order("certificates.year DESC, certificates.issuer, certificates.kind, certificates.number").Select("certificates.*").
			Offset((out.Page - 1) * out.Size).Limit(out.Size).Find(&out.Lines).Error
	})
	return out, err
}

func (q CertificateQuery) narrow(db *gorm.DB) *gorm.DB {
	for column, value := range map[string]string{"issuer": q.Issuer, "kind": string(q.Kind), "state": string(q.State)} {
		if value != "" {
			db = db.Where("certificates."+column+" = ?", value)
		}
	}
	for column, value := range map[string]int64{"year": int64(q.Year), "class_id": q.ClassID, "cadre_id": q.CadreID} {
		if value != 0 {
			db = db.Where("certificates."+column+" = ?", value)
		}
	}
	if q.Asked {
		db = db.Where("certificates.asked_by <> 0 AND certificates.state IN ?", []models.CertificateState{models.CertificateValid, models.CertificateSuspended})
	}
	if text := models.Clean(q.Text); text != "" {
		name := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(models.Fold(text))
		db = db.Where(`' ' || cadres.search LIKE ? ESCAPE '\' OR certificates.label = ? OR certificates.serial = ?`, "% "+name+"%", text, text)
	}
	return db
}

// CertificateCard is one certificate with what happened to it and what the actor may do.
type CertificateCard struct {
	models.Certificate
	Events     []models.CertificateEvent `json:"events"`
	MayReissue bool                      `json:"may_reissue"`
	MayAsk     bool                      `json:"may_ask"`     // for a revocation
	MayConfirm bool                      `json:"may_confirm"` // somebody else's request
}

// Certificate is one line of the register.
func (c *Core) Certificate(ctx context.Context, actor models.Actor, id int64) (CertificateCard, error) {
	var out CertificateCard
	if err := allow(actor, models.CertificatesRead); err != nil {
		return out, err
	}
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		err := certificatesOf(db.Model(&models.Certificate{}), actor).Select("certificates.*").Where("certificates.id = ?", id).Take(&out.Certificate).Error
		if err != nil {
			return lookup(err, "certificate")
		}
		if err := db.Where("certificate_id = ?", id).Order("id").Find(&out.Events).Error; err != nil {
			return err
		}
		var class models.Class
		if err := db.Take(&class, out.ClassID).Error; err != nil {
			return lookup(err, "class")
		}
		standing := out.State == models.CertificateValid
		own := holds(actor, class)
		out.MayReissue = own && standing && out.AskedBy == 0 && actor.May(models.CertificatesIssue)
		out.MayAsk = own && standing && out.AskedBy == 0 && actor.May(models.CertificatesIssue)
		out.MayConfirm = own && out.AskedBy != 0 && out.AskedBy != actor.AccountID && out.State != models.CertificateRevoked && actor.May(models.CertificatesRevoke)
		return nil
	})
	return out, err
}

// CertificatePrint is a certificate with the template that it was issued with.
type CertificatePrint struct {
	models.Certificate
	Design models.CertificateTemplate
}

// CertificatesToPrint are valid certificates with their templates, by number: those of a class, or the one of an id. Who may see a
// certificate may print it; a revoked or replaced one can't be printed. Each taking is noted in the audit log, so a reprint leaves a trace.
func (c *Core) CertificatesToPrint(ctx context.Context, actor models.Actor, classID, id int64) ([]CertificatePrint, error) {
	if err := allow(actor, models.CertificatesRead); err != nil {
		return nil, err
	}
	var out []CertificatePrint
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		found := certificatesOf(db.Model(&models.Certificate{}), actor).Where("certificates.state = ?", models.CertificateValid)
		if id != 0 {
			found = found.Where("certificates.id = ?", id)
		} else {
			found = found.Where("certificates.class_id = ?", classID)
		}
		var rows []models.Certificate
		if err := found.Order("certificates.year, certificates.number").Select("certificates.*").Find(&rows).Error; err != nil {
			return err
		}
		designs := map[certificateDesign]models.CertificateTemplate{}
		for _, r := range rows {
			key := certificateDesign{r.Template, r.TemplateVersion}
			if _, ok := designs[key]; !ok {
				design, err := templateOf(db, key.code, key.version)
				if err != nil {
					return err
				}
				designs[key] = design
			}
			out = append(out, CertificatePrint{Certificate: r, Design: designs[key]})
		}
		if len(out) == 0 {
			return models.Fail(models.NotFound, "certificate.none_valid", "")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, c.change(ctx, actor, models.CertificatesRead, func(tx *Tx) error {
		if id != 0 {
			return tx.audit("certificate.print", "certificate", id, nil)
		}
		return tx.audit("certificate.print", "class", classID, map[string]any{"n": len(out)})
	})
}

// certificateDesign names a version of a template.
type certificateDesign struct {
	code    string
	version int
}

// PublicCertificate is what anybody learns who holds a code: name, class, dates and number, nothing more (quality.md B8).
type PublicCertificate struct {
	State    models.CertificateState `json:"state"`
	Kind     models.CertificateKind  `json:"kind"`
	Name     string                  `json:"name"`
	Course   string                  `json:"course"`
	Class    string                  `json:"class"`
	From     models.Date             `json:"from,omitempty"`
	To       models.Date             `json:"to,omitempty"`
	Issuer   string                  `json:"issuer"`
	IssuedOn models.Date             `json:"issued_on"`
	Number   string                  `json:"number"`
	Newer    string                  `json:"newer,omitempty"` // number of the certificate that stands in its place
}

// CheckCertificate looks a code up for somebody at an address. An unknown code and a malformed one read the same; who asks too often has to
// wait.
func (c *Core) CheckCertificate(ctx context.Context, addr, typed string) (PublicCertificate, error) {
	if err := c.public.take(addr, c.now()); err != nil {
		return PublicCertificate{}, err
	}
	unknown := models.Fail(models.NotFound, "certificate.unknown_code", "code")
	code, ok := models.ParseCode(typed)
	if !ok {
		return PublicCertificate{}, unknown
	}
	db := c.read.WithContext(ctx)
	var row models.Certificate
	if err := db.Where("code = ?", code).Limit(1).Find(&row).Error; err != nil {
		return PublicCertificate{}, err
	}
	if row.ID == 0 {
		return PublicCertificate{}, unknown
	}
	f := row.Facts
	out := PublicCertificate{State: row.State, Kind: row.Kind, Name: f.Name, Course: f.Course, Class: f.Class, From: f.From, To: f.To, Issuer: cmp.Or(f.IssuerName, f.Issuer),
		IssuedOn: row.IssuedOn, Number: row.Label}
	if row.ReplacedBy != 0 {
		return out, db.Model(&models.Certificate{}).Where("id = ?", row.ReplacedBy).Pluck("label", &out.Newer).Error
	}
	return out, nil
}
