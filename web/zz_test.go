package web

import "testing"

func TestZZ(t *testing.T) {
	w := newSite(t)
	m := w.landmarks()
	for _, size := range []struct{ width, height int64 }{{1280, 900}, {360, 740}} {
		h := w.browse(size.width, size.height)
		h.signIn(w, "le-thuy")
		for name, path := range map[string]string{"notices": "/notices", "tokens": "/tokens", "class": classTab(m.class, "people")} {
			h.open(path)
			h.axe(name)
			h.fits(name)
			h.picture(name + figure(size.width))
			if name != "tokens" {
				h.tap("details.message summary")
				h.picture(name + "-open" + figure(size.width))
			}
		}
		a := w.browse(size.width, size.height)
		a.signIn(w, "quan-tri")
		a.open("/settings")
		a.axe("settings")
		a.picture("settings" + figure(size.width))
	}
}
