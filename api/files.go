package api

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"datchuan/models"
)

// maxEvidence is the size of a scanned paper, maxRoster of a workbook, in bytes.
const (
	maxEvidence = 5 << 20
	maxRoster   = 10 << 20
)

func (s *server) fileRoutes() {
	add(s, create("file-upload", "/cadres/{id}/files", models.CadresWrite).upload(maxEvidence), s.uploadFile)
	add(s, get("file", "/files/{id}", models.CadresRead).downloads("application/pdf", "image/jpeg", "image/png"), s.downloadFile)
}

// oneFile is a form with one file in it.
type oneFile struct {
	File huma.FormFile `form:"file" required:"true"`
}

type fileUpload struct {
	IDPath
	RawBody huma.MultipartFormFiles[oneFile]
}

func (s *server) uploadFile(ctx context.Context, by caller, in *fileUpload) (*created[models.File], error) {
	name, data, err := readUpload(in.RawBody.Data().File, maxEvidence)
	if err != nil {
		return nil, err
	}
	f, err := s.core.AttachFile(ctx, by.actor, in.ID, name, data)
	return answerCreated(f, 0, fmt.Sprintf("/files/%d", f.ID), err)
}

func (s *server) downloadFile(ctx context.Context, by caller, in *IDPath) (*file, error) {
	f, err := s.core.FileBytes(ctx, by.actor, in.ID)
	if err != nil {
		return nil, err
	}
	return attach(f.Type, f.Name, f.Bytes), nil
}

// readUpload reads an uploaded file wholly; one byte too many is refused.
func readUpload(f huma.FormFile, most int64) (name string, data []byte, err error) {
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", nil, err
	}
	if int64(len(data)) > most {
		return "", nil, statusError{http.StatusRequestEntityTooLarge, "body_too_large"}
	}
	return f.Filename, data, nil
}
