package core

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"datchuan/models"
)

func TestLetterheadIsInherited(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		province, district, commune, other := accessUnits(t, c)
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		_, officer := accessLogin(t, c, "officer", models.DistrictOfficer, district)
		head := func(unit int64) models.Letterhead {
			h, err := c.Letterhead(ctx, officer, unit)
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		if h := head(commune); h.ParentLine != "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH" || h.IssuerLine != "BAN TỔ CHỨC" || h.Place != "Đồng Hới" || len(h.Recipients) == 0 {
			t.Errorf("default: %+v", h)
		}
		set := func(unit int64, issuer string) {
			if err := c.SetLetterhead(ctx, admin, unit, models.Letterhead{IssuerLine: "  " + issuer + " ", Recipients: []string{"Như trên", " "}}); err != nil {
				t.Fatal(err)
			}
		}
		for unit, issuer := range map[int64]string{0: "CẢ CƠ QUAN", province: "HỘI TỈNH", district: "HỘI HUYỆN"} {
			set(unit, issuer)
		}
		set(district, "HỘI HUYỆN LỆ THỦY")
		want := models.Letterhead{IssuerLine: "HỘI HUYỆN LỆ THỦY", Recipients: []string{"Như trên"}}
		for _, unit := range []int64{commune, district, 0} {
			if h := head(unit); !reflect.DeepEqual(h, want) {
				t.Errorf("unit %d: %+v", unit, h)
			}
		}
		if h, err := c.Letterhead(ctx, admin, other); err != nil || h.IssuerLine != "HỘI TỈNH" {
			t.Errorf("beside: %+v %v", h, err)
		}
		_, err := c.Letterhead(ctx, officer, other)
		wantCode(t, "out of scope", err, models.NotFound, "not_found")
		wantCode(t, "no such unit", c.SetLetterhead(ctx, admin, 9999, models.Letterhead{}), models.NotFound, "not_found")
		wantCode(t, "too long", c.SetLetterhead(ctx, admin, 0, models.Letterhead{Post: strings.Repeat("x", 201)}), models.Invalid, "letterhead.long")
		wantCode(t, "not hers", c.SetLetterhead(ctx, officer, district, want), models.Forbidden, "auth.forbidden")
		rows, err := c.Audits(ctx, admin, AuditFilter{Object: "setting", ObjectID: district})
		if err != nil || len(rows) != 2 || !strings.Contains(rows[0].Detail, `"before":{`) || !strings.Contains(rows[0].Detail, "HỘI HUYỆN LỆ THỦY") {
			t.Errorf("%+v %v", rows, err)
		}
	})
}
