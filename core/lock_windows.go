//go:build windows

package core

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// fileLock keeps a second process off the same SQLite file; the system releases it when the process dies.
type fileLock struct{ f *os.File }

func takeFileLock(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		return nil, errors.Join(ErrInUse, f.Close())
	}
	return &fileLock{f}, nil
}

func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.f.Close()
}
