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
	return class.Message(people.Seated).Text(lang), nil
}

// Message is what such a text says of the class and of these people.
func (d ClassDetail) Message(people []Learner) models.ClassMessage {
	m := models.ClassMessage{Class: d.Class, School: d.SchoolName, Venue: d.Venue}
	for _, l := range people {
		m.People = append(m.People, l.Name+" ("+l.Unit+")")
	}
	return m
}

// Message is the text of a notice, ready to be copied into a talk.
func (n NoticeLine) Message(lang models.Lang) string {
	c := n.Class
	m := models.ClassMessage{Head: n.Text(lang, c.Class.Name), Class: c.Class, School: c.SchoolName, Venue: c.Venue, People: n.People}
	return m.Text(lang)
}
