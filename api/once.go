package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"datchuan/models"
)

// idempotencyKey lets a client send a POST again without its being done twice.
const idempotencyKey = "Idempotency-Key"

// errNotKept says that an answer is no success and must not be kept: the next try is a new one.
var errNotKept = errors.New("answer not kept")

// humaContext lets a type embed the context beside its method Context.
type humaContext huma.Context

// recorder holds an answer back until it is stored.
type recorder struct {
	humaContext
	status int
	body   bytes.Buffer
}

func (r *recorder) SetStatus(code int)    { r.status = code }
func (r *recorder) Status() int           { return r.status }
func (r *recorder) BodyWriter() io.Writer { return &r.body }
func (r *recorder) Unwrap() huma.Context  { return r.humaContext }

// once answers a repeated POST from the store; another request under the same key is refused (draft-ietf-httpapi-idempotency-key-header).
func (s *server) once(ctx huma.Context, next func(huma.Context)) {
	by, o, key := callerOf(ctx.Context()), operationOf(ctx), ctx.Header(idempotencyKey)
	if key == "" || o.method != http.MethodPost || o.secret || by.actor.AccountID == 0 {
		next(ctx)
		return
	}
	if strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }) {
		s.refuse(ctx, by, models.Fail(models.Invalid, "idempotency.key", ""))
		return
	}
	hash, err := requestHash(ctx)
	if err != nil {
		s.refuse(ctx, by, err)
		return
	}
	rec := &recorder{humaContext: ctx}
	status, body, replayed, err := s.core.Once(ctx.Context(), by.actor, key, hash, func() (int, []byte, error) {
		next(rec)
		if rec.status >= http.StatusMultipleChoices {
			return rec.status, rec.body.Bytes(), errNotKept
		}
		return rec.status, rec.body.Bytes(), nil
	})
	switch {
	case errors.Is(err, errNotKept):
		status, body = rec.status, rec.body.Bytes()
	case err != nil:
		s.refuse(ctx, by, keyRefusal(err))
		return
	case replayed:
		ctx.SetHeader("Idempotency-Replayed", "true")
		ctx.SetHeader("Content-Type", "application/json")
	}
	ctx.SetStatus(status)
	// A client that went away asks again under the same key.
	_, _ = ctx.BodyWriter().Write(body)
}

// keyRefusal gives a key that came with another request the status that the draft wants.
func keyRefusal(err error) error {
	var known *models.Error
	if errors.As(err, &known) && known.Code == "idempotency.mismatch" {
		return statusError{http.StatusUnprocessableEntity, known.Code}
	}
	return err
}

// requestHash tells whether two requests are the same; the boundary of a form is the client's whim and doesn't count.
func requestHash(ctx huma.Context) (string, error) {
	request := humagin.Unwrap(ctx).Request
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return "", statusError{http.StatusRequestEntityTooLarge, "body_too_large"}
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	if _, params, err := mime.ParseMediaType(ctx.Header("Content-Type")); err == nil && params["boundary"] != "" {
		body = bytes.ReplaceAll(body, []byte(params["boundary"]), nil)
	}
	sum := sha256.Sum256(append([]byte(request.Method+" "+request.URL.RequestURI()+"\n"), body...))
	return hex.EncodeToString(sum[:]), nil
}
