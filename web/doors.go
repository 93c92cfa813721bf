package web

import (
	"net/http"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) doorRoutes() {
	s.get("/login", models.Public, s.loginForm)
	s.post("/login", models.Public, s.login)
	s.post("/logout", models.Public, s.logout)
	s.get("/setup", models.Public, s.setupForm)
	s.post("/setup", models.Public, s.setup)
	s.post("/language", models.Public, s.language)
}

func (s *server) loginForm(q *request) error {
	if q.signedIn() {
		return q.goTo(next(q), "")
	}
	v := NewLogin(q.base("login.title"), next(q), "")
	v.NoCookie = !s.cookies.Usable(q.Request)
	return q.show("login", v)
}

// next is where to go after signing in.
func next(q *request) string {
	if to := local(q.text("next")); to != "" {
		return to
	}
	return "/"
}

func (s *server) login(q *request) error {
	if !s.cookies.Usable(q.Request) {
		return s.loginForm(q)
	}
	token, actor, err := s.core.Login(q.Request.Context(), q.text("login"), q.Request.PostForm.Get("password"), q.ClientIP())
	if kind := models.KindOf(err); kind == models.Unauthorized || kind == models.TooMany {
		v := NewLogin(q.base("login.title"), next(q), q.text("login"))
		v.Fail(err)
		status := map[models.Kind]int{models.Unauthorized: http.StatusUnauthorized, models.TooMany: http.StatusTooManyRequests}[kind]
		s.render.HTML(q.Context, status, "login", v)
		return nil
	} else if err != nil {
		return err
	}
	q.enter(token, actor)
	return q.goTo(next(q), "")
}

// enter gives the browser the session; one that it had before ends.
func (q *request) enter(token string, actor models.Actor) {
	if q.session != "" {
		if err := q.s.core.Logout(q.Request.Context(), q.session); err != nil {
			q.s.opt.Log.Error("old session not ended", "request_id", RequestID(q.Context), "error", err)
		}
	}
	q.s.cookies.SetSession(q.Context, token)
	if actor.Language != "" {
		q.s.cookies.SetLanguage(q.Context, string(actor.Language))
	}
}

func (s *server) logout(q *request) error {
	if q.session != "" {
		if err := s.core.Logout(q.Request.Context(), q.session); err != nil {
			return err
		}
	}
	s.cookies.SetSession(q.Context, "")
	return q.goTo("/login", "login.out")
}

func (s *server) setupForm(q *request) error {
	return q.show("setup", NewSetup(q.base("setup.title"), q.text("token"), "", ""))
}

func (s *server) setup(q *request) error {
	form := q.Request.PostForm
	var err error
	if form.Get("password") != form.Get("password_again") {
		err = models.Fail(models.Invalid, "form.password_again", "password_again")
	} else {
		_, err = s.core.Setup(q.Request.Context(), q.text("token"), core.NewAccount{Login: q.text("login"), Name: q.text("name"), Password: form.Get("password"),
			Language: q.lang}, core.FirstMap{Reference: q.text("map") == mapQuangBinh, Province: q.text("province")})
	}
	if err == nil {
		return q.goTo("/login", "setup.done")
	}
	p := q.base("setup.title")
	p.Fail(err)
	v := NewSetup(p, q.text("token"), q.text("name"), q.text("login"))
	v.startMap(q.text("map"), q.text("province"))
	if models.KindOf(err) == models.NotFound {
		v.Expired, v.Errors = true, nil
		s.render.HTML(q.Context, http.StatusNotFound, "setup", v)
		return nil
	}
	return q.again(err, "setup", v)
}

// language changes the language of the pages, and remembers it with the account.
func (s *server) language(q *request) error {
	lang := models.Lang(q.text("lang"))
	if lang != models.Vi && lang != models.En {
		return models.Fail(models.Invalid, "language.unknown", "lang")
	}
	s.cookies.SetLanguage(q.Context, string(lang))
	if q.signedIn() {
		if err := s.core.SetLanguage(q.Request.Context(), q.actor, lang); err != nil {
			return err
		}
	}
	to := local(q.text("back"))
	if to == "" {
		to = "/"
	}
	return q.goTo(to, "")
}
