package web

import (
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// NoticeRow is one notice.
type NoticeRow struct {
	ID                       int64
	Text, When, Days, People string
	Href, ReadHref           string // ReadHref is "" once it is read
	Message                  string // to be copied
}

// NoticesPage is what one was told, unread first.
type NoticesPage struct {
	Page
	Rows        []NoticeRow
	UpTo        int64 // the newest notice of the page
	Next, First string
	Empty       *Empty
}

// Bell is the sign in the head of a page that there is something to be read.
type Bell struct{ Unread int }

// Shown is the count as far as there is room for it.
func (b *Bell) Shown() string {
	if b.Unread > 99 {
		return "99+"
	}
	return figure(int64(b.Unread))
}

// MessageBox is a text to be copied into a talk, on a page.
type MessageBox struct {
	*Page
	ID   int64
	Text string
}

// MessageBox gives a text the page that it stands on.
func (p *Page) MessageBox(id int64, text string) MessageBox { return MessageBox{p, id, text} }

// Rows is how high the box is.
func (m MessageBox) Rows() int { return min(strings.Count(m.Text, "\n")+2, 14) }

func (s *server) noticeRoutes() {
	s.get("/notices", models.ClassesRead, s.notices)
	s.post("/notices/read", models.ClassesRead, s.readNotices)
	s.post("/notices/:id/read", models.ClassesRead, s.readNotice)
}

const noticeRows = 20

func (s *server) notices(q *request) error {
	list, next, err := s.core.Notices(q.Request.Context(), q.actor, q.text("after"), noticeRows)
	if err != nil {
		return err
	}
	v := &NoticesPage{Page: q.base("nav.notices")}
	for _, n := range list {
		v.Rows = append(v.Rows, v.noticeRow(n))
		v.UpTo = max(v.UpTo, n.ID)
	}
	if next != "" {
		v.Next = v.With("after", next)
	}
	if q.text("after") != "" {
		v.First = v.With()
	}
	if len(v.Rows) == 0 {
		v.Empty = &Empty{Title: v.T("notice.none"), Text: v.T("notice.none_text")}
	}
	return q.show("notices", v)
}

func (v *NoticesPage) noticeRow(n core.NoticeLine) NoticeRow {
	row := NoticeRow{ID: n.ID, Text: n.Text(v.Lang, n.Class.Class.Name), When: moment(n.At), Href: n.Href(), People: joined("; ", n.People...), Message: n.Message(v.Lang)}
	if n.Class.Class.From != 0 {
		row.Days = v.ClassDays(n.Class.Class)
	}
	if n.ReadAt == 0 {
		row.ReadHref = "/notices/" + figure(n.ID) + "/read"
	}
	return row
}

// readNotice marks a notice as read, and opens what it is about when that was asked for.
func (s *server) readNotice(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	n, err := s.core.ReadNotice(q.Request.Context(), q.actor, id)
	if err != nil {
		return err
	}
	if q.text("open") != "" {
		return q.goTo(n.Href(), "")
	}
	return q.goTo("/notices", "")
}

func (s *server) readNotices(q *request) error {
	upTo := q.number("up_to")
	if err := q.findings(); err != nil {
		return err
	}
	if err := s.core.ReadNotices(q.Request.Context(), q.actor, upTo); err != nil {
		return err
	}
	return q.goTo("/notices", "notice.all_done")
}

// bell counts what the visitor has not read; nil for who is told of nothing.
func (q *request) bell() *Bell {
	if !q.actor.May(models.ClassesRead) {
		return nil
	}
	n, err := q.s.core.UnreadNotices(q.Request.Context(), q.actor)
	if err != nil { // a page is worth more than its bell
		q.s.opt.Log.Error("notices not counted", "request_id", RequestID(q.Context), "error", err)
	}
	return &Bell{n}
}
