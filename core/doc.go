// Package core holds the use cases: one method is one thing that somebody wants done, and it checks the permission,
// cuts the data to the actor's scope, runs one transaction and writes the audit row inside it. JSON, pages, commands and
// importers all come through here.
//
// This is the only room that knows gorm and SQL. What must not come here: HTTP, templates, files' formats (sheets,
// certificates), words for the screen.
package core
