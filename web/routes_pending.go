package web

func (s *server) standardRoutes() {}
func (s *server) auditRoutes()    {}
