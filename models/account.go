package models

import (
	"net/mail"
	"slices"
)

// Role is what an account may do; where is its scope (a unit's subtree, or a school).
type Role string

// The roles.
const (
	Administrator   Role = "administrator"    // system: accounts, audit, settings; reads no personal data
	ProvinceOfficer Role = "province_officer" // Ban Tổ chức
	ProvinceViewer  Role = "province_viewer"
	DistrictOfficer Role = "district_officer"
	CommuneOfficer  Role = "commune_officer"
	SchoolOfficer   Role = "school_officer"
)

// Roles in the order of a menu.
var Roles = []Role{Administrator, ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer, SchoolOfficer}

// Permission is one thing an account may do. Every route and every use case names one.
type Permission string

// The permissions.
const (
	Public             Permission = "public"    // no login: login page, health, verification
	SignedIn           Permission = "signed_in" // any account: own password, help, catalogues
	UnitsRead          Permission = "units.read"
	UnitsWrite         Permission = "units.write"   // split, merge, rename, flags
	FiguresWrite       Permission = "figures.write" // what units report of themselves: members, women
	CadresRead         Permission = "cadres.read"
	CadresWrite        Permission = "cadres.write"
	CadresSensitive    Permission = "cadres.sensitive" // ethnicity, religion, Party
	CadresIdentity     Permission = "cadres.identity"  // the full identity number, each reading logged
	CadresMerge        Permission = "cadres.merge"
	FactsVerify        Permission = "facts.verify" // verify or reject qualifications
	GapsRead           Permission = "gaps.read"
	StandardsRead      Permission = "standards.read"
	StandardsWrite     Permission = "standards.write"
	TargetsWrite       Permission = "targets.write"
	ImportsRun         Permission = "imports.run"
	Export             Permission = "export"
	AccountsManage     Permission = "accounts.manage"
	AuditRead          Permission = "audit.read"
	SettingsWrite      Permission = "settings.write"
	CoursesRead        Permission = "courses.read" // courses, schools, instructors, venues, sources of money
	CoursesWrite       Permission = "courses.write"
	ClassesRead        Permission = "classes.read" // those of the scope, or of the school
	ClassesWrite       Permission = "classes.write"
	Nominate           Permission = "nominations.send"
	DecideSeats        Permission = "nominations.decide"
	TakeRoll           Permission = "roll.write"    // rolls and scores
	CloseClasses       Permission = "classes.close" // results stand, papers are issued; and the way back
	CertificatesRead   Permission = "certificates.read"
	CertificatesIssue  Permission = "certificates.issue"  // issue, reissue, ask for a revocation, blanks
	CertificatesRevoke Permission = "certificates.revoke" // confirm what another person asked for
)

// grants is the one permission table. A school officer reads no cadre lists; her own pages come with classes.
var grants = map[Permission][]Role{
	SignedIn:           {Administrator, ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer, SchoolOfficer},
	UnitsRead:          {Administrator, ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	UnitsWrite:         {Administrator, ProvinceOfficer},
	FiguresWrite:       {ProvinceOfficer, DistrictOfficer, CommuneOfficer},
	CadresRead:         {ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	CadresWrite:        {ProvinceOfficer, DistrictOfficer, CommuneOfficer},
	CadresSensitive:    {ProvinceOfficer, DistrictOfficer},
	CadresIdentity:     {ProvinceOfficer, DistrictOfficer},
	CadresMerge:        {ProvinceOfficer, DistrictOfficer},
	FactsVerify:        {ProvinceOfficer, DistrictOfficer},
	GapsRead:           {ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	StandardsRead:      {Administrator, ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	StandardsWrite:     {ProvinceOfficer},
	TargetsWrite:       {ProvinceOfficer},
	ImportsRun:         {ProvinceOfficer, DistrictOfficer},
	Export:             {ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	AccountsManage:     {Administrator},
	AuditRead:          {Administrator},
	SettingsWrite:      {Administrator},
	CoursesRead:        {Administrator, ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer, SchoolOfficer},
	CoursesWrite:       {ProvinceOfficer},
	ClassesRead:        {ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer, SchoolOfficer},
	ClassesWrite:       {ProvinceOfficer, DistrictOfficer},
	Nominate:           {ProvinceOfficer, DistrictOfficer},
	DecideSeats:        {ProvinceOfficer, DistrictOfficer},
	TakeRoll:           {ProvinceOfficer, DistrictOfficer, SchoolOfficer},
	CloseClasses:       {ProvinceOfficer, DistrictOfficer},
	CertificatesRead:   {ProvinceOfficer, ProvinceViewer, DistrictOfficer, CommuneOfficer},
	CertificatesIssue:  {ProvinceOfficer, DistrictOfficer},
	CertificatesRevoke: {ProvinceOfficer},
}

// Permissions lists the table's rows, for tests and for the help page.
func Permissions() []Permission {
	out := make([]Permission, 0, len(grants))
	for p := range grants {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// May tells whether a role has a permission.
func (r Role) May(p Permission) bool { return p == Public || slices.Contains(grants[p], r) }

// Account is somebody who signs in. UnitID is the root of her scope; 0 is no scope at all, never the whole tree.
type Account struct {
	ID        int64   `json:"id" gorm:"primaryKey"`
	Login     string  `json:"login" gorm:"size:60;not null;uniqueIndex"`
	Name      string  `json:"name" gorm:"size:120;not null"`
	Role      Role    `json:"role" gorm:"size:20;not null"`
	UnitID    int64   `json:"unit_id" gorm:"not null"`
	School    string  `json:"school,omitempty" gorm:"size:40;not null"` // code of the partner school of a school officer
	Hash      string  `json:"-" gorm:"size:200;not null"`               // Argon2id
	Disabled  bool    `json:"disabled" gorm:"not null"`
	Language  Lang    `json:"language" gorm:"size:2;not null"`
	Email     string  `json:"email,omitempty" gorm:"size:200;not null"` // where notices are sent to, "" = nowhere
	Version   int64   `json:"version" gorm:"not null;default:1"`
	CreatedAt Instant `json:"created_at" gorm:"not null;autoCreateTime:false"`
	LastLogin Instant `json:"last_login" gorm:"not null"`
}

// Actor is who asks: an account with its scope resolved on today's map. Path "" means no scope: nothing is visible.
type Actor struct {
	AccountID int64
	Login     string
	Name      string
	Role      Role
	UnitID    int64
	Path      string
	School    string
	Language  Lang
	Token     bool         // came with an API token
	Limit     []Permission // of the token; nil = all that the role may
}

// May tells whether the actor has a permission; a token may only narrow her role.
func (a Actor) May(p Permission) bool {
	return a.Role.May(p) && (a.Limit == nil || p == Public || p == SignedIn || slices.Contains(a.Limit, p))
}

// EmailValid tells whether a text is a plain address that mail can be sent to; an empty one is no address and allowed.
func EmailValid(text string) bool {
	if text == "" {
		return true
	}
	for _, r := range text {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && a.Address == text && len(text) <= 200
}
