package web

func (s *server) overviewRoutes()  {}
func (s *server) targetRoutes()    {}
func (s *server) standardRoutes()  {}
func (s *server) baselineRoutes()  {}
func (s *server) unitRoutes()      {}
func (s *server) importRoutes()    {}
func (s *server) auditRoutes()     {}
