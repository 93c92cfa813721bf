package certificates

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"datchuan/models"
)

func badgeKey(n byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed)
}

func TestBadge(t *testing.T) {
	key, f := badgeKey(1), sampleFacts(models.ChungChi, 2)
	token, err := Badge(key, f)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := CheckBadge(token, key.Public().(ed25519.PublicKey))
	want := BadgeFacts{ID: f.URL, Issuer: f.Issuer, Holder: f.Name, Course: f.Course, Grade: "Khá", Number: "003/2013", IssuedOn: "2013-06-14",
		Key: got.Key, Known: true}
	if !ok || got != want || !strings.HasPrefix(got.Key, "did:key:z6Mk") {
		t.Errorf("%v %+v", ok, got)
	}
	if got, ok := CheckBadge(token, badgeKey(2).Public().(ed25519.PublicKey)); !ok || got.Known {
		t.Error("another key counts as known")
	}
	if again, _ := Badge(key, f); again != token {
		t.Error("signed again, other signs")
	}
}

// The payload has the members that Open Badges 3.0 and the credential data model require.
func TestBadgeForm(t *testing.T) {
	token, err := Badge(badgeKey(1), sampleFacts(models.GiayChungNhan, 0))
	if err != nil {
		t.Fatal(err)
	}
	data, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil {
		t.Fatal(err)
	}
	contexts := body["@context"].([]any)
	if contexts[0] != "https://www.w3.org/ns/credentials/v2" || len(contexts) != 2 {
		t.Error(contexts)
	}
	subject := body["credentialSubject"].(map[string]any)
	achievement := subject["achievement"].(map[string]any)
	for _, part := range []struct {
		of   map[string]any
		keys string
	}{{body, "id type issuer validFrom iss jti sub nbf name"}, {subject, "id type identifier achievement"},
		{achievement, "id type name description criteria"}} {
		for _, key := range strings.Fields(part.keys) {
			if v, ok := part.of[key]; !ok || v == "" {
				t.Errorf("%s is missing", key)
			}
		}
	}
	if body["validFrom"] != "2013-06-14T00:00:00Z" || body["iss"] != body["issuer"].(map[string]any)["id"] {
		t.Errorf("%v", body)
	}
}

func TestChangedBadges(t *testing.T) {
	key := badgeKey(1)
	token, err := Badge(key, sampleFacts(models.ChungChi, 2))
	if err != nil {
		t.Fatal(err)
	}
	for i := range token {
		changed := token[:i] + string(token[i]^1) + token[i+1:]
		if _, ok := CheckBadge(changed); ok {
			t.Fatalf("sign %d changed goes unseen", i)
		}
	}
	parts := strings.Split(token, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + parts[1] + "."
	for _, bad := range []string{"", "..", none, token + "=", token + ".", parts[0] + "." + parts[1], strings.Repeat("a.", 9)} {
		if _, ok := CheckBadge(bad); ok {
			t.Errorf("%.30q is accepted", bad)
		}
	}
	if _, err := Badge(key, models.CertificateFacts{}); models.KindOf(err) != models.Invalid {
		t.Errorf("got %v", err)
	}
}

func FuzzCheckBadge(f *testing.F) {
	token, err := Badge(badgeKey(1), sampleFacts(models.ChungChi, 2))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Fuzz(func(t *testing.T, text string) {
		if _, ok := CheckBadge(text); ok && text != token {
			t.Fatal("a badge that nobody signed")
		}
	})
}
