package models

import (
	"fmt"
	"strconv"
	"strings"
)

// ClassMessage is what a ready text about a class says, for pasting where people of an office talk to one another.
type ClassMessage struct {
	Head          string // the first line; "" = by the state of the class
	Class         Class
	School, Venue string
	People        []string // those whom the sender may name
}

// messageHeads are the first lines by state; in states that are not here nobody is invited any more.
var messageHeads = map[ClassState]string{ClassNominating: "message.invite", ClassApproved: "message.attend", ClassSeated: "message.attend", ClassRunning: "message.attend"}

// Text is the message, a fact a line.
func (m ClassMessage) Text(lang Lang) string {
	head, c := m.Head, m.Class
	if head == "" {
		head = Word(lang, "message.about")
		if key, ok := messageHeads[c.State]; ok {
			head = Word(lang, key)
		}
	}
	lines := []string{head}
	add := func(key, text string) {
		if text != "" {
			lines = append(lines, Word(lang, key, "text", text))
		}
	}
	add("message.class", c.Name)
	if c.From != 0 && c.State != ClassPostponed {
		add("message.days", days(c))
	}
	add("message.place", strings.Join(present(m.Venue, c.Room), ", "))
	add("message.school", m.School)
	if c.State == ClassNominating && c.NominateBy != 0 {
		add("message.by", c.NominateBy.VN())
	}
	if len(m.People) > 0 {
		lines = append(lines, Word(lang, "message.people", "n", strconv.Itoa(len(m.People))))
		for i, name := range m.People {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, name))
		}
	}
	add("message.contact", c.Contact)
	return strings.Join(lines, "\n")
}

// days is when a class takes place, its last day included.
func days(c Class) string {
	last := c.To.AddDays(-1)
	if last <= c.From {
		return c.From.VN()
	}
	return c.From.VN() + " – " + last.VN()
}

func present(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
