// Package web is the face of the product in a browser: server-rendered pages over the same use cases as the JSON API.
//
// Here live: templates, static files, the words of the pages (vi, en), page structs, security headers, cookies, and
// one short handler per page. What must not come here: rules of the domain (models), permissions and transactions
// (core), or anything of package api.
package web
