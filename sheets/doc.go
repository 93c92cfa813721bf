// Package sheets is Excel and CSV in and out: bytes in, rows and findings out, and back. Here live the limits against
// hostile files, the old 8-bit encodings, the finding of headers, the reading of rosters cell by cell, the template,
// the annotated error file and the exports. It is the only room that knows excelize.
//
// What must not come here: the database, units looked up by name (a roster row carries names as written), HTTP, a
// clock. Nothing is logged; nothing stays on disk (an export of very many rows passes through a temporary file that is
// removed at once).
package sheets
