package web

func (s *server) standardRoutes() {}
