// Package certificates makes every printed paper (PDF): the registry of documents, the layout of the page, the fonts.
// Values come in, bytes go out. It is the only room that knows the PDF library. No database, no clock, no permission
// and no counting of people here: what a paper says is decided before it arrives.
package certificates
