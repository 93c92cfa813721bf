package api

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"datchuan/models"
)

// reply is an answer with a body.
type reply[T any] struct {
	Body T
}

// tagged is one record with its version as entity tag.
type tagged[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// created is a new record: where it is, and its version.
type created[T any] struct {
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Body     T
}

// page is a list; Next continues it.
type page[T any] struct {
	Link string `header:"Link" doc:"rel=next (RFC 8288)"`
	Body items[T]
}

type items[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Giá trị của after cho trang sau / the cursor of the next page"`
}

// file is a download.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// done is the answer with nothing to say: 204.
type done struct{}

// none is a request without anything but its path.
type none struct{}

// day is a date in a query or path; models.Date, being a number, would be read as one.
type day struct{ models.Date }

// IDPath and its kin are the usual parts of an input. They are exported because the library reads no other fields.
type IDPath struct {
	ID int64 `path:"id" minimum:"0"`
}

// OnQuery is the date of the map.
type OnQuery struct {
	On day `query:"on" doc:"yyyy-mm-dd; mặc định hôm nay / default today"`
}

// PageQuery is where a list goes on and how much of it is wanted.
type PageQuery struct {
	After string `query:"after" maxLength:"400"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func answer[T any](v T, err error) (*reply[T], error) {
	if err != nil {
		return nil, err
	}
	return &reply[T]{Body: v}, nil
}

func answerDone(err error) (*done, error) {
	if err != nil {
		return nil, err
	}
	return &done{}, nil
}

func answerTagged[T any](v T, version int64, err error) (*tagged[T], error) {
	if err != nil {
		return nil, err
	}
	return &tagged[T]{ETag: etag(version), Body: v}, nil
}

func answerCreated[T any](v T, version int64, location string, err error) (*created[T], error) {
	if err != nil {
		return nil, err
	}
	return &created[T]{Location: prefix + location, ETag: etag(version), Body: v}, nil
}

// answerPage is a list; an empty one is [] and not null.
func answerPage[T any](by caller, list []T, next string, err error) (*page[T], error) {
	if err != nil {
		return nil, err
	}
	out := &page[T]{Body: items[T]{Items: list, Next: next}}
	if list == nil {
		out.Body.Items = []T{}
	}
	if next != "" {
		out.Link = by.nextLink(next)
	}
	return out, nil
}

func answerList[T any](by caller, list []T, err error) (*page[T], error) {
	return answerPage(by, list, "", err)
}

// nextLink is the address of the next page: this request with another cursor.
func (by caller) nextLink(cursor string) string {
	query := by.url.Query()
	query.Set("after", cursor)
	target := url.URL{Path: by.url.Path, RawQuery: query.Encode()}
	return "<" + target.String() + `>; rel="next"`
}

// etag is empty for what has no version.
func etag(version int64) string {
	if version == 0 {
		return ""
	}
	return `"` + strconv.FormatInt(version, 10) + `"`
}

// IfMatch is the version that the editor saw. Without it nothing versioned may be changed.
type IfMatch struct {
	Tag string `header:"If-Match" doc:"ETag đã đọc / the ETag that was read"`
}

// version fails with 428 when there is no tag, and with 412 when it is none of ours.
func (m IfMatch) version() (int64, error) {
	if m.Tag == "" {
		return 0, statusError{http.StatusPreconditionRequired, "if_match_required"}
	}
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(m.Tag, "W/"), `"`), 10, 64)
	if err != nil || n < 1 {
		return 0, models.Fail(models.Stale, "edit.stale", "")
	}
	return n, nil
}

// attach is a download under a name; Vietnamese letters travel as RFC 6266 tells, control characters and paths don't.
func attach(contentType, name string, data []byte) *file {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\"`, r) {
			return '_'
		}
		return r
	}, name)
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return '_'
		}
		return r
	}, strings.ReplaceAll(models.Fold(name), " ", "-"))
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": plain}) + "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	return &file{ContentType: contentType, Disposition: disposition, Body: data}
}

// until reads an end that was left out as open.
func until(d models.Date) models.Date {
	if d == 0 {
		return models.Forever
	}
	return d
}

// stale adds the record as it is now to a refusal for being late; any other error passes.
func stale(err error, current func() (any, error)) error {
	if models.KindOf(err) != models.Stale {
		return err
	}
	now, failed := current()
	if failed != nil {
		return failed
	}
	return staleError{err, now}
}
