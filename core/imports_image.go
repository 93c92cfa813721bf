package core

import (
	"encoding/json"

	"datchuan/models"
)

// cadreImage is a whole record as kept for undoing, with the fields that never leave through JSON otherwise.
type cadreImage models.Cadre

// cadreCopy is the stored form of a cadreImage. The identity number stays encrypted in it.
type cadreCopy struct {
	models.Cadre
	Search      string `json:"search"`
	SortKey     []byte `json:"sort_key"`
	IdentityEnc []byte `json:"identity_enc"`
	IdentityKey string `json:"identity_key"`
	IdentityEnd string `json:"identity_end"`
	Path        string `json:"path"`
}

// MarshalJSON writes every column.
func (k cadreImage) MarshalJSON() ([]byte, error) {
	return json.Marshal(cadreCopy{models.Cadre(k), k.Search, k.SortKey, k.IdentityEnc, k.IdentityKey, k.IdentityEnd, k.Path})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (k *cadreImage) UnmarshalJSON(data []byte) error {
	var c cadreCopy
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	c.Cadre.Search, c.Cadre.SortKey, c.Cadre.IdentityEnc, c.Cadre.IdentityKey, c.Cadre.IdentityEnd, c.Cadre.Path =
		c.Search, c.SortKey, c.IdentityEnc, c.IdentityKey, c.IdentityEnd, c.Path
	*k = cadreImage(c.Cadre)
	return nil
}
