package core

import (
	"context"

	"datchuan/models"
)

// ClassMessage is a text about a class, ready to be copied into a talk: when, where, and who of the actor's own people has a seat.
func (c *Core) ClassMessage(ctx context.Context, actor models.Actor, classID int64, lang models.Lang) (string, error) {
	class, err := c.Class(ctx, actor, classID)
	if err != nil {
		return "", err
	}
	people, err := c.ClassPeople(ctx, actor, classID)
	if err != nil {
		return "", err
	}
	m := models.ClassMessage{Class: class.Class, School: class.SchoolName, Venue: class.Venue}
	for _, l := range people.Seated {
		m.People = append(m.People, l.Name+" ("+l.Unit+")")
	}
	return m.Text(lang), nil
}

// Message is the text of a notice, ready to be copied into a talk.
func (n NoticeLine) Message(lang models.Lang) string {
	c := n.Class
	m := models.ClassMessage{Head: n.Text(lang, c.Class.Name), Class: c.Class, School: c.SchoolName, Venue: c.Venue, People: n.People}
	return m.Text(lang)
}
