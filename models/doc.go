// Package models holds the words and the pure rules of the domain: units in time, cadres, what they hold and have
// learnt, position standards and their evaluation, targets, Vietnamese text, dates, roles and permissions.
//
// Here live: plain values (the structs are also database rows: their gorm tags are strings) and functions without side
// effects. What must not come here: a database, a clock, files, HTTP, or any import besides the standard library and
// golang.org/x/text (Unicode tables; docs/adr/0002).
package models
