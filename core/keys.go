package core

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"datchuan/models"
)

// keys are derived from the office's one secret, which lives in a file outside the database (mode 0600). Without it
// identity numbers can't be read and the audit chain can't be checked.
type keys struct {
	master   []byte
	identity []byte // AES-256-GCM of identity numbers
	index    []byte // HMAC for finding an identity number
	audit    []byte // HMAC of the audit chain
	badge    []byte // seed of the Ed25519 key that signs badges
}

func loadKeys(path string) (keys, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		data, err = makeKey(path)
	}
	if err != nil {
		return keys{}, fmt.Errorf("key file: %w", err)
	}
	return parseKey(string(data))
}

func parseKey(text string) (keys, error) {
	master, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(master) != 32 {
		return keys{}, errors.New("key file: want 32 bytes in base64")
	}
	k := keys{master: master}
	for _, part := range []struct {
		into *[]byte
		info string
	}{{&k.identity, "identity"}, {&k.index, "identity-index"}, {&k.audit, "audit"}, {&k.badge, "badge"}} {
		if *part.into, err = hkdf.Key(sha256.New, master, nil, "datchuan/"+part.info, 32); err != nil {
			return keys{}, err
		}
	}
	return k, nil
}

// makeKey makes the key file and returns what is in it. It is whole from its first moment, and of several processes
// that start together all get the same.
func makeKey(path string) ([]byte, error) {
	master := make([]byte, 32)
	rand.Read(master)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(master) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		if err := os.Rename(f.Name(), path); err != nil { // a file system without links
			return nil, err
		}
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// settingKeyProof holds a value that only the office's key gives.
const settingKeyProof = "key_proof"

// knowKey refuses a key that is not the database's: with it identity numbers could not be read, and every new row would
// break the audit chain. A database without a proof takes that of the key at hand.
func (tx *Tx) knowKey() error {
	proof := tx.core.keys.identityLookup("key proof")
	stored, err := tx.setting(settingKeyProof)
	switch {
	case err != nil || stored == proof:
		return err
	case stored == "":
		return tx.setSetting(settingKeyProof, proof)
	}
	return models.Fail(models.Conflict, "key.other", "", "file", tx.core.keyAt.path)
}

func (k keys) text() string { return base64.StdEncoding.EncodeToString(k.master) }

// sealIdentity encrypts an identity number and returns what is stored: ciphertext, lookup key, masked form.
func (k keys) sealIdentity(number string) (enc []byte, lookup, masked string, err error) {
	if number == "" {
		return nil, "", "", nil
	}
	gcm, err := k.gcm()
	if err != nil {
		return nil, "", "", err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	return gcm.Seal(nonce, nonce, []byte(number), nil), k.identityLookup(number), MaskIdentity(number), nil
}

func (k keys) openIdentity(enc []byte) (string, error) {
	if len(enc) == 0 {
		return "", nil
	}
	gcm, err := k.gcm()
	if err != nil {
		return "", err
	}
	if len(enc) < gcm.NonceSize() {
		return "", errors.New("identity number: too short")
	}
	plain, err := gcm.Open(nil, enc[:gcm.NonceSize()], enc[gcm.NonceSize():], nil)
	return string(plain), err
}

func (k keys) gcm() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k.identity)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (k keys) identityLookup(number string) string {
	if number == "" {
		return ""
	}
	mac := hmac.New(sha256.New, k.index)
	mac.Write([]byte(number))
	return hex.EncodeToString(mac.Sum(nil))[:40]
}

// MaskIdentity shows the first three and the last two digits: 044•••12.
func MaskIdentity(number string) string {
	if len(number) < 6 {
		return strings.Repeat("•", len(number))
	}
	return number[:3] + "•••" + number[len(number)-2:]
}
