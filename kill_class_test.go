package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"
)

// closing is a class of the demo whose results wait for the province, on a server that dies.
type closing struct {
	place
	token string
	class int64
}

// given is what a class has given and what has become of it; a closing writes all of it or nothing.
type given struct {
	State                                       string
	Outcomes, Qualifications, Valid, Registered int64
}

func (c *closing) read() given {
	c.Helper()
	seats := fmt.Sprintf("(SELECT id FROM enrolments WHERE class_id = %d)", c.class)
	return given{State: c.text(fmt.Sprintf("SELECT state FROM classes WHERE id = %d", c.class)),
		Outcomes:       c.rows(fmt.Sprintf("SELECT COUNT(*) FROM enrolments WHERE class_id = %d AND closing <> 0", c.class)),
		Qualifications: c.rows("SELECT COUNT(*) FROM qualifications WHERE superseded_at > 9000000000000000000 AND enrolment_id IN " + seats),
		Valid:          c.rows(fmt.Sprintf("SELECT COUNT(*) FROM certificates WHERE state = 'valid' AND class_id = %d", c.class)),
		Registered:     c.rows("SELECT COALESCE(SUM(last), 0) FROM certificate_series") - c.rows("SELECT COUNT(*) FROM certificates")}
}

// send posts a step of the class as somebody who has just read it.
func (c *closing) send(s *server, step, body string) error {
	c.Helper()
	version := c.rows(fmt.Sprintf("SELECT version FROM classes WHERE id = %d", c.class))
	req, err := http.NewRequest("POST", fmt.Sprintf("%s/api/v1/classes/%d/%s", s.url, c.class, step), strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", step, res.Status)
	}
	return nil
}

// must is send on a server that lives.
func (c *closing) must(s *server, step, body string) {
	c.Helper()
	if err := c.send(s, step, body); err != nil {
		c.Fatalf("%v\n%s", err, s.tail())
	}
}

// TestKilledClosings: kill -9 of the server while it closes a class, 25 times on each database. After the restart the class is closed with
// everything, or as it was; closing it again gives the whole, with no number of the register lost.
func TestKilledClosings(t *testing.T) {
	if testing.Short() {
		t.Skip("kills fifty servers")
	}
	onBoth(t, func(t *testing.T, p place) {
		s := p.start("demo")
		c := closing{place: p, token: s.login("ban-to-chuc", s.logins()["ban-to-chuc"])}
		c.class = p.rows("SELECT MIN(id) FROM classes WHERE state = 'completed'")
		before, start := c.read(), time.Now()
		c.must(s, "close", "")
		took, whole := time.Since(start), c.read()
		if whole.State != "closed" || whole.Valid == 0 || whole.Qualifications == 0 || whole.Registered != 0 {
			t.Fatalf("undisturbed: %+v, before %+v", whole, before)
		}
		interrupted := 0
		for round := range 25 {
			c.must(s, "reopen", `{"reason":"thử"}`)
			ended := make(chan error, 1)
			go func() { ended <- c.send(s, "close", "") }()
			time.Sleep(time.Duration(rand.Int64N(int64(took))))
			s.kill()
			<-ended
			s = p.start("serve")
			got := c.read()
			if got.State == "completed" {
				interrupted++
				before.Registered = 0
				if got != before {
					t.Fatalf("interrupted, but %+v, want %+v", got, before)
				}
				c.must(s, "close", "")
				got = c.read()
			}
			if got != whole {
				t.Fatalf("closed: %+v, want %+v", got, whole)
			}
			if round%6 == 0 {
				p.done("doctor")
			}
		}
		t.Logf("%d of 25 interrupted; an undisturbed closing takes %v", interrupted, took)
		if interrupted < 3 {
			t.Errorf("only %d of 25 were interrupted, so this shows little", interrupted)
		}
	})
}
