// Package scheduler finds what stands in the way of classes and of those who are to sit in them, and proposes timetables.
//
// It is pure: values in, problems and proposals out; no database, no clock, and the same input gives the same answer. What
// must not come here: permissions, storage, words for the screen.
package scheduler
