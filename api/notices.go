package api

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) noticeRoutes() {
	add(s, get("notices", "/notices", models.ClassesRead), s.notices)
	add(s, get("notices-unread", "/notices/unread", models.ClassesRead), s.unreadNotices)
	add(s, post("notice-read", "/notices/{id}/read", models.ClassesRead), s.readNotice)
	add(s, post("notices-read", "/notices/read", models.ClassesRead), s.readNotices)
	add(s, get("class-message", "/classes/{id}/message", models.ClassesRead), s.classMessage)
	add(s, get("calendar", "/calendar", models.ClassesRead), s.calendar)
	add(s, create("calendar-renew", "/calendar", models.ClassesRead).unkept(), s.renewCalendar)
	add(s, remove("calendar-revoke", "/calendar", models.ClassesRead), s.revokeCalendar)
}

// toldNotice is a notice with its words in the caller's language.
type toldNotice struct {
	core.NoticeLine
	Text    string `json:"text"`
	Message string `json:"message" doc:"Tin nhắn soạn sẵn / ready to be copied"`
}

func (s *server) notices(ctx context.Context, by caller, in *PageQuery) (*page[toldNotice], error) {
	list, next, err := s.core.Notices(ctx, by.actor, in.After, in.Limit)
	out := make([]toldNotice, len(list))
	for i, n := range list {
		out[i] = toldNotice{n, n.Text(by.lang, n.Class.Class.Name), n.Message(by.lang)}
	}
	return answerPage(by, out, next, err)
}

type unread struct {
	Unread int `json:"unread"`
}

func (s *server) unreadNotices(ctx context.Context, by caller, _ *none) (*reply[unread], error) {
	n, err := s.core.UnreadNotices(ctx, by.actor)
	return answer(unread{n}, err)
}

func (s *server) readNotice(ctx context.Context, by caller, in *IDPath) (*reply[models.Notice], error) {
	return answer(s.core.ReadNotice(ctx, by.actor, in.ID))
}

type readUpTo struct {
	Body struct {
		UpTo int64 `json:"up_to" minimum:"0" doc:"id của thông báo mới nhất đã thấy / id of the newest notice seen"`
	}
}

func (s *server) readNotices(ctx context.Context, by caller, in *readUpTo) (*done, error) {
	return answerDone(s.core.ReadNotices(ctx, by.actor, in.Body.UpTo))
}

type message struct {
	Text string `json:"text"`
}

func (s *server) classMessage(ctx context.Context, by caller, in *IDPath) (*reply[message], error) {
	text, err := s.core.ClassMessage(ctx, by.actor, in.ID, by.lang)
	return answer(message{text}, err)
}

func (s *server) calendar(ctx context.Context, by caller, _ *none) (*reply[core.CalendarFeed], error) {
	return answer(s.core.CalendarOf(ctx, by.actor))
}

// calendarSecret is the address of a feed at the only moment when it is known.
type calendarSecret struct {
	Path string `json:"path" doc:"Chỉ hiện một lần / shown once"`
}

func (s *server) renewCalendar(ctx context.Context, by caller, _ *none) (*created[calendarSecret], error) {
	secret, err := s.core.RenewCalendar(ctx, by.actor)
	return answerCreated(calendarSecret{"/calendar/" + secret + ".ics"}, 0, "/calendar", err)
}

func (s *server) revokeCalendar(ctx context.Context, by caller, _ *none) (*done, error) {
	return answerDone(s.core.RevokeCalendar(ctx, by.actor))
}
