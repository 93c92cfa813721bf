package certificates

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"

	"datchuan/models"
)

// A certificate leaves the product as an Open Badge 3.0: a W3C verifiable credential, signed as a JWT with EdDSA. The
// issuer is named by its key (did:key), so that anybody can check it without a server.

// badgeContexts are the vocabularies of the credential.
var badgeContexts = []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}

// badge is the payload: the credential, and what a JWT repeats of it.
type badge struct {
	Context    []string     `json:"@context"`
	ID         string       `json:"id"`
	Type       []string     `json:"type"`
	Name       string       `json:"name"`
	Issuer     badgeIssuer  `json:"issuer"`
	ValidFrom  string       `json:"validFrom"`
	Subject    badgeSubject `json:"credentialSubject"`
	JWTIssuer  string       `json:"iss"`
	JWTID      string       `json:"jti"`
	JWTSubject string       `json:"sub"`
	NotBefore  int64        `json:"nbf"`
}

type badgeIssuer struct {
	ID   string   `json:"id"`
	Type []string `json:"type"`
	Name string   `json:"name"`
}

type badgeSubject struct {
	ID          string            `json:"id"`
	Type        []string          `json:"type"`
	Identifier  []badgeIdentifier `json:"identifier"`
	Achievement badgeAchievement  `json:"achievement"`
	Result      []badgeResult     `json:"result,omitempty"`
	From        string            `json:"activityStartDate,omitempty"`
	To          string            `json:"activityEndDate,omitempty"`
	Number      string            `json:"licenseNumber,omitempty"`
}

type badgeIdentifier struct {
	Type   string `json:"type"`
	Hash   string `json:"identityHash"`
	Kind   string `json:"identityType"`
	Hashed bool   `json:"hashed"`
	Salt   string `json:"salt,omitempty"`
}

type badgeAchievement struct {
	ID          string            `json:"id"`
	Type        []string          `json:"type"`
	Kind        string            `json:"achievementType"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Criteria    map[string]string `json:"criteria"`
}

type badgeResult struct {
	Type  []string `json:"type"`
	Value string   `json:"value"`
}

type badgeHeader struct {
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid"`
	Type      string `json:"typ"`
}

// Badge exports a certificate. It needs the facts' URL, which names the credential.
func Badge(key ed25519.PrivateKey, f models.CertificateFacts) (string, error) {
	if f.URL == "" || f.Code == "" {
		return "", models.Fail(models.Invalid, "certificate.code_bad", "code")
	}
	if err := f.Check(); err != nil {
		return "", err
	}
	issuer := didOf(key.Public().(ed25519.PublicKey))
	head, err := json.Marshal(badgeHeader{"EdDSA", issuer + "#" + strings.TrimPrefix(issuer, "did:key:"), "vc+jwt"})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(badgeOf(issuer, f))
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(body)
	return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(text))), nil
}

func badgeOf(issuer string, f models.CertificateFacts) badge {
	// The person has no address on the web: the credential's own, with a fragment, stands for her.
	holder := f.URL + "#holder"
	from := f.IssuedOn.Time()
	about := models.Word(models.Vi, "certificate.kind."+string(f.Kind))
	subject := badgeSubject{
		ID: holder, Type: []string{"AchievementSubject"}, Number: f.Label(),
		Identifier: []badgeIdentifier{{Type: "IdentityObject", Hash: models.Clean(f.Name), Kind: "name"}},
		Achievement: badgeAchievement{ID: f.URL + "#achievement", Type: []string{"Achievement"}, Kind: "CertificateOfCompletion",
			Name: models.Clean(f.Course), Description: models.Clean(about + ": " + f.Course), Criteria: map[string]string{"narrative": models.Clean(f.Course)}},
		From: moment(f.From), To: moment(f.To),
	}
	if f.Grade != "" {
		subject.Result = []badgeResult{{[]string{"Result"}, models.Clean(f.Grade)}}
	}
	name := f.IssuerName
	if name == "" {
		name = f.Issuer
	}
	return badge{Context: badgeContexts, ID: f.URL, Type: []string{"VerifiableCredential", "OpenBadgeCredential"}, Name: about,
		Issuer: badgeIssuer{issuer, []string{"Profile"}, models.Clean(name)}, ValidFrom: moment(f.IssuedOn), Subject: subject,
		JWTIssuer: issuer, JWTID: f.URL, JWTSubject: holder, NotBefore: from.Unix()}
}

// moment is the start of a day, "" for none.
func moment(d models.Date) string {
	if !d.Valid() {
		return ""
	}
	return d.Time().Format(time.RFC3339)
}

// BadgeFacts is what a checked badge says.
type BadgeFacts struct {
	ID       string `json:"id"` // the address of the certificate
	Issuer   string `json:"issuer"`
	Holder   string `json:"holder"`
	Course   string `json:"course"`
	Grade    string `json:"grade,omitempty"`
	Number   string `json:"number"`
	IssuedOn string `json:"issued_on"`
	Key      string `json:"key"`   // did:key of the issuer
	Known    bool   `json:"known"` // by a key that was given as trusted
}

// CheckBadge checks a badge without asking anybody; false when its signature is wrong or it isn't one of this product.
// Who can make a key can sign with any name: only Known says that the key is the office's.
func CheckBadge(token string, trusted ...ed25519.PublicKey) (BadgeFacts, bool) {
	var out BadgeFacts
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 64<<10 {
		return out, false
	}
	var head badgeHeader
	var body badge
	signature, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || !readPart(parts[0], &head) || !readPart(parts[1], &body) || head.Algorithm != "EdDSA" {
		return out, false
	}
	key, ok := keyOf(body.Issuer.ID)
	named := body.Issuer.ID + "#" + strings.TrimPrefix(body.Issuer.ID, "did:key:")
	if !ok || head.KeyID != named || body.JWTIssuer != body.Issuer.ID || body.JWTID != body.ID || !slices.Contains(body.Type, "OpenBadgeCredential") {
		return out, false
	}
	if !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		return out, false
	}
	out = BadgeFacts{ID: body.ID, Issuer: body.Issuer.Name, Course: body.Subject.Achievement.Name, Number: body.Subject.Number,
		IssuedOn: strings.TrimSuffix(body.ValidFrom, "T00:00:00Z"), Key: body.Issuer.ID}
	for _, i := range body.Subject.Identifier {
		out.Holder = i.Hash
	}
	for _, r := range body.Subject.Result {
		out.Grade = r.Value
	}
	out.Known = slices.ContainsFunc(trusted, func(k ed25519.PublicKey) bool { return bytes.Equal(k, key) })
	return out, true
}

func readPart(part string, into any) bool {
	data, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil && json.Unmarshal(data, into) == nil
}

// The prefix of an Ed25519 key among the multicodecs, and the letters of base 58.
var ed25519Prefix = []byte{0xed, 0x01}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// didOf names a key (did:key). The prefix is never zero, so no leading zeros need care.
func didOf(key ed25519.PublicKey) string {
	n, sixty, rest := new(big.Int).SetBytes(append(slices.Clone(ed25519Prefix), key...)), big.NewInt(58), new(big.Int)
	var out []byte
	for n.Sign() > 0 {
		n.DivMod(n, sixty, rest)
		out = append(out, base58[rest.Int64()])
	}
	slices.Reverse(out)
	return "did:key:z" + string(out)
}

// keyOf is the key that a did:key names.
func keyOf(did string) (ed25519.PublicKey, bool) {
	text, ok := strings.CutPrefix(did, "did:key:z")
	if !ok || len(text) > 60 {
		return nil, false
	}
	n := new(big.Int)
	for _, r := range text {
		digit := strings.IndexRune(base58, r)
		if digit < 0 {
			return nil, false
		}
		n.Add(n.Mul(n, big.NewInt(58)), big.NewInt(int64(digit)))
	}
	key, ok := bytes.CutPrefix(n.Bytes(), ed25519Prefix)
	if !ok || len(key) != ed25519.PublicKeySize || didOf(key) != did {
		return nil, false
	}
	return key, true
}
