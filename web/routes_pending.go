package web

func (s *server) standardRoutes() {}
func (s *server) unitRoutes()     {}
func (s *server) auditRoutes()    {}
