package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// ward is an office whose server dies: a database with a few people, an officer of its province, a roster to import.
type ward struct {
	place
	token  string
	file   string
	unit   int64
	base   int64            // active cadres without the roster
	traces map[string]int64 // rows that one whole import leaves, by table
	took   time.Duration    // of one undisturbed import
}

const (
	rosterSize = 400
	officerPW  = "thuyen-buom-ghe-luoi-cheo-27"
)

// factTables hold rows that carry the id of the import they came with.
var factTables = []string{"holdings", "qualifications", "studies", "successions", "import_changes"}

func newWard(p place) *ward {
	p.Helper()
	p.done("synth", "--cadres", "200")
	w := &ward{place: p, file: p.file("danh sách.xlsx")}
	top := p.text("SELECT MIN(code) FROM units WHERE id IN (SELECT unit_id FROM unit_spans WHERE kind = 'province')")
	w.unit = p.rows("SELECT id FROM units WHERE code = '" + top + "'")
	if a := p.feed(officerPW, "user", "add", "--login", "can-bo", "--role", "province_officer", "--unit", top); a.code != 0 {
		p.Fatalf("%+v", a)
	}
	people(p, w.file, "Cứu", rosterSize, p.communes(5))
	w.base = w.active()
	return w
}

// communes are names of communes that no other commune of the province has.
func (p place) communes(n int) []string {
	p.Helper()
	var out []string
	for i := range n {
		out = append(out, p.text(fmt.Sprintf(`SELECT style || ' ' || name FROM unit_spans WHERE kind = 'commune' AND style = 'xã'
			GROUP BY style, name HAVING COUNT(*) = 1 ORDER BY name LIMIT 1 OFFSET %d`, i)))
	}
	return out
}

func (w *ward) active() int64 {
	w.Helper()
	return w.rows("SELECT COUNT(*) FROM cadres WHERE state = 'active'")
}

// left counts what an import left in each table.
func (w *ward) left(id int64) map[string]int64 {
	w.Helper()
	out := map[string]int64{}
	for _, table := range factTables {
		out[table] = w.rows(fmt.Sprintf("SELECT COUNT(*) FROM %s WHERE import_id = %d", table, id))
	}
	return out
}

// begin uploads the roster and lets the server import it behind the scenes.
func (w *ward) begin(s *server) int64 {
	w.Helper()
	if w.token == "" {
		w.token = s.login("can-bo", officerPW)
	}
	data, err := os.ReadFile(w.file)
	if err != nil {
		w.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "danh sách.xlsx")
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = form.WriteField("unit_id", fmt.Sprint(w.unit))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		w.Fatal(err)
	}
	id := decode[struct{ ID int64 }](w, s.ask(http.StatusCreated, w.token, "POST", "/api/v1/imports", form.FormDataContentType(), &body)).ID
	s.ask(http.StatusAccepted, w.token, "POST", fmt.Sprintf("/api/v1/imports/%d/apply?background=true", id), "application/json", strings.NewReader("{}"))
	return id
}

func (w *ward) state(s *server, id int64) string {
	w.Helper()
	return decode[struct{ Import struct{ State string } }](w, s.get(fmt.Sprintf("/api/v1/imports/%d", id), w.token)).Import.State
}

// await waits for an import to end.
func (w *ward) await(s *server, id int64) string {
	w.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if state := w.state(s, id); state != "applying" {
			return state
		}
	}
	w.Fatalf("import %d does not end\n%s", id, s.tail())
	return ""
}

// whole runs one import undisturbed, notes its traces and its time, and takes it back.
func (w *ward) whole(s *server) {
	w.Helper()
	id := w.begin(s)
	start := time.Now()
	if state := w.await(s, id); state != "applied" {
		w.Fatalf("undisturbed: %s", state)
	}
	w.took, w.traces = time.Since(start), w.left(id)
	if w.active() != w.base+rosterSize || w.traces["import_changes"] != rosterSize || w.traces["holdings"] != rosterSize || w.traces["qualifications"] == 0 {
		w.Fatalf("undisturbed: %d active of %d, %v", w.active(), w.base, w.traces)
	}
	w.undo(s, id)
}

func (w *ward) undo(s *server, id int64) {
	w.Helper()
	s.ask(http.StatusOK, w.token, "POST", fmt.Sprintf("/api/v1/imports/%d/undo", id), "application/json", nil)
	if n := w.active(); n != w.base {
		w.Errorf("after the undo %d active, want %d", n, w.base)
	}
}

// consistent wants all of an import or nothing of it, and a sound database.
func (w *ward) consistent(s *server, id int64) (state string) {
	w.Helper()
	switch state = w.state(s, id); state {
	case "applied":
		if got := w.left(id); !maps.Equal(got, w.traces) || w.active() != w.base+rosterSize {
			w.Errorf("applied, but %v, %d active; whole is %v, %d", got, w.active(), w.traces, w.base+rosterSize)
		}
	case "failed":
		for table, n := range w.left(id) {
			if n != 0 {
				w.Errorf("interrupted, but %d rows in %s", n, table)
			}
		}
		if w.active() != w.base {
			w.Errorf("interrupted, but %d active, want %d", w.active(), w.base)
		}
	default:
		w.Errorf("import %d is %q after the restart", id, state)
	}
	w.done("doctor") // beside the server
	return state
}

// TestKilledImports: kill -9 of the server during an import, 25 times on each database. After the restart nothing is
// half-written, the import shows as interrupted, and it can be run again.
func TestKilledImports(t *testing.T) {
	if testing.Short() {
		t.Skip("kills fifty servers")
	}
	onBoth(t, func(t *testing.T, p place) {
		w := newWard(p)
		s := p.start("serve")
		w.whole(s)
		interrupted, again := 0, 0
		for range 25 {
			id := w.begin(s)
			time.Sleep(time.Duration(rand.Int64N(int64(w.took))))
			s.kill()
			s = p.start("serve")
			state := w.consistent(s, id)
			if state == "failed" {
				if interrupted++; interrupted%5 == 1 {
					again++
					s.ask(http.StatusOK, w.token, "POST", fmt.Sprintf("/api/v1/imports/%d/apply", id), "application/json", strings.NewReader("{}"))
					state = w.consistent(s, id)
				}
			}
			if state == "applied" {
				w.undo(s, id)
			}
			if t.Failed() {
				t.FailNow()
			}
		}
		t.Logf("%d of 25 interrupted, %d run again; an undisturbed import takes %v", interrupted, again, w.took)
		if interrupted < 8 || again == 0 {
			t.Errorf("only %d of 25 were interrupted, so this shows little", interrupted)
		}
	})
}

// TestKilledImportCommand: the same for the command, which simply is run again.
func TestKilledImportCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	onBoth(t, func(t *testing.T, p place) {
		w := newWard(p)
		top := p.text(fmt.Sprintf("SELECT code FROM units WHERE id = %d", w.unit))
		arguments := []string{"import", w.file, "--unit", top}
		start := time.Now()
		p.done(append(arguments, "--dry-run")...)
		took := time.Since(start)
		for round := range 3 {
			people(p, w.file, []string{"Một", "Hai", "Ba"}[round], rosterSize, p.communes(5))
			before := w.active()
			cmd := exec.Command(program, append(arguments, "--db", p.dsn, "--data", p.dir)...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(took/2 + time.Duration(rand.Int64N(int64(took))))
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			// PostgreSQL may need a moment to notice that its client is gone; the next command waits for it.
			p.done("doctor")
			out := p.done(arguments...)
			if n := w.active() - before; n != rosterSize {
				t.Errorf("%d new people of %d: %s", n, rosterSize, out)
			}
			if n := p.rows("SELECT COUNT(*) FROM imports WHERE state = 'applying'"); n != 0 {
				t.Errorf("%d imports seem to be under way", n)
			}
			p.done("doctor")
		}
	})
}
