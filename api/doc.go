// Package api is the JSON face: OpenAPI 3.1 over gin, RFC 9457 errors, one short handler per operation. Here live the
// translation of requests and answers, their validation, paging, entity tags and idempotency keys.
//
// What must not come here: rules, permissions of single records, scope and transactions (they are core's), pages (web),
// the drawing of papers (certificates) and the reading of workbooks (sheets). api and web never import each other.
package api
