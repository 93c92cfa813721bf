package core

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

func issuerKey(key string) string { return "certificate_issuer:" + key }

// issuerOf is how an issuer heads, signs and numbers its certificates: as the office has said, else as its name and place give it
// (documents.md section 6).
func issuerOf(db *gorm.DB, tree *Tree, key string, on models.Date) (models.CertificateIssuer, error) {
	out, err := derivedIssuer(db, tree, key, on)
	if err != nil {
		return out, err
	}
	var s setting
	if err := db.Where("key = ?", issuerKey(key)).Limit(1).Find(&s).Error; err != nil || s.Value == "" {
		return out, err
	}
	return out, json.Unmarshal([]byte(s.Value), &out)
}

func derivedIssuer(db *gorm.DB, tree *Tree, key string, on models.Date) (models.CertificateIssuer, error) {
	kind, rest, _ := strings.Cut(key, ":")
	if kind == "school" {
		school, err := rowWith[models.School](db, "school", "code", rest)
		return models.CertificateIssuer{Key: key, Parent: school.Parent, Issuer: school.Name, IssuerName: school.Name, Place: school.Town,
			SignerPost: school.SignerPost, Signer: school.Signer}, err
	}
	id, err := strconv.ParseInt(rest, 10, 64)
	unit, ok := tree.Nearest(id, on)
	if kind != "unit" || err != nil || !ok {
		return models.CertificateIssuer{}, models.Fail(models.NotFound, "not_found", "", "object", "issuer")
	}
	hoi := models.Word(models.Vi, "certificate.hoi", "unit", unit.FullName())
	var shipped letterheadDefault
	if err := json.Unmarshal(shippedLetterhead, &shipped); err != nil {
		return models.CertificateIssuer{}, err
	}
	place := shipped.Places[unit.Name]
	if place == "" {
		place = unit.Name
	}
	board := models.Word(models.Vi, "certificate.board")
	return models.CertificateIssuer{Key: key, Parent: strings.ToUpper(hoi), Issuer: strings.ToUpper(board), IssuerName: board + " " + hoi, Place: place,
		Authority: models.Word(models.Vi, "certificate.authority"), SignerPost: models.Word(models.Vi, "certificate.signer_post")}, nil
}

// issuerKeys are the issuers that an actor looks after: the units and schools of the classes that she holds.
func issuerKeys(db *gorm.DB, actor models.Actor) ([]string, error) {
	var rows []models.Class
	err := under(db.Model(&models.Class{}).Distinct("unit_id", "school"), "path", actor.Path).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	keys := []string{models.UnitIssuer(actor.UnitID)}
	for _, r := range rows {
		keys = append(keys, models.UnitIssuer(r.UnitID))
		if r.School != "" {
			keys = append(keys, models.SchoolIssuer(r.School))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// Issuers are those whose certificates the actor's own classes give.
func (c *Core) Issuers(ctx context.Context, actor models.Actor) ([]models.CertificateIssuer, error) {
	if err := allow(actor, models.CertificatesRead); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx)
	keys, err := issuerKeys(db, actor)
	if err != nil {
		return nil, err
	}
	out := []models.CertificateIssuer{}
	for _, key := range keys {
		i, err := issuerOf(db, tree, key, c.Today(ctx))
		if models.KindOf(err) == models.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// Issuer is one of them.
func (c *Core) Issuer(ctx context.Context, actor models.Actor, key string) (models.CertificateIssuer, error) {
	all, err := c.Issuers(ctx, actor)
	if err != nil {
		return models.CertificateIssuer{}, err
	}
	if i := slices.IndexFunc(all, func(x models.CertificateIssuer) bool { return x.Key == key }); i >= 0 {
		return all[i], nil
	}
	return models.CertificateIssuer{}, models.Fail(models.NotFound, "not_found", "", "object", "issuer")
}

// ownIssuer refuses an issuer that is not the actor's.
func (tx *Tx) ownIssuer(key string) error {
	keys, err := issuerKeys(tx.DB, tx.actor)
	if err == nil && !slices.Contains(keys, key) {
		err = models.Fail(models.NotFound, "not_found", "", "object", "issuer")
	}
	return err
}

// SaveIssuer changes how an issuer heads, signs and numbers its certificates from now on. A school's is the province's to change.
func (c *Core) SaveIssuer(ctx context.Context, actor models.Actor, in models.CertificateIssuer) (models.CertificateIssuer, error) {
	tidy(&in.Parent, &in.Issuer, &in.IssuerName, &in.Place, &in.Authority, &in.SignerPost, &in.Signer)
	numbers := map[models.CertificateKind]string{}
	for kind, pattern := range in.Numbers {
		numbers[kind] = models.Clean(pattern)
	}
	in.Numbers = numbers
	if err := in.Check(); err != nil {
		return in, err
	}
	err := c.changeRules(ctx, actor, models.CertificatesIssue, func(tx *Tx) error {
		if err := tx.ownIssuer(in.Key); err != nil {
			return err
		}
		if in.Gives() == models.ChungChi && !actor.May(models.CoursesWrite) {
			return models.Fail(models.Forbidden, "auth.forbidden", "")
		}
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		before, err := issuerOf(tx.DB, tree, in.Key, tx.today())
		if err != nil {
			return err
		}
		if err := checkVersion(in.Version, before.Version); err != nil {
			return err
		}
		in.Version++
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		if err := tx.setSetting(issuerKey(in.Key), string(text)); err != nil {
			return err
		}
		return tx.audit("issuer.save", "issuer", 0, change{Before: before, After: in})
	})
	return in, err
}
