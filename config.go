package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// settings are the flags that all commands share; a flag wins over the environment, the environment over the default.
type settings struct {
	db, data, keyFile, logForm string
}

// newFlags makes the flag set of a command with the shared flags in it.
func newFlags(name string, std stdio, s *settings) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(std.err)
	fs.StringVar(&s.db, "db", os.Getenv("DATCHUAN_DB"), "sqlite:PATH or postgres://…")
	fs.StringVar(&s.data, "data", fromEnv("DATCHUAN_DATA", "data"), "folder of the embedded database and of the key")
	fs.StringVar(&s.keyFile, "key-file", os.Getenv("DATCHUAN_KEY_FILE"), "the office's key (default: datchuan.key in --data or beside the SQLite file)")
	fs.StringVar(&s.logForm, "log", fromEnv("DATCHUAN_LOG", "text"), "text or json")
	return fs
}

func fromEnv(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// parse reads flags that may stand before or after the arguments, and wants exactly n arguments.
func parse(fs *flag.FlagSet, args []string, n int) ([]string, error) {
	var rest []string
	for {
		if err := fs.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, fmt.Errorf("%w: %v", errUsage, err)
		}
		if fs.NArg() == 0 {
			break
		}
		rest = append(rest, fs.Arg(0))
		args = fs.Args()[1:]
	}
	if len(rest) != n {
		return nil, fmt.Errorf("%w: want %d argument(s), got %d", errUsage, n, len(rest))
	}
	return rest, nil
}

func (s settings) dsn() string {
	if s.db != "" {
		return s.db
	}
	return "sqlite:" + filepath.Join(s.data, "datchuan.db")
}

func (s settings) key() string {
	if s.keyFile != "" {
		return s.keyFile
	}
	if path, ok := strings.CutPrefix(s.dsn(), "sqlite:"); ok {
		return filepath.Join(filepath.Dir(path), "datchuan.key")
	}
	return filepath.Join(s.data, "datchuan.key")
}

func (s settings) logger(w io.Writer) *slog.Logger {
	if s.logForm == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// open opens and migrates the database, and fills in the reference data that every installation has.
func (s settings) open(ctx context.Context, std stdio) (*core.Core, error) {
	c, err := s.openOnly(std)
	if err != nil {
		return nil, err
	}
	_, copied, err := c.Migrate(ctx)
	if err == nil && copied != "" {
		fmt.Fprintln(std.err, "copied the database before changing its schema:", copied)
	}
	if err == nil {
		err = c.SeedReference(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (s settings) openOnly(std stdio) (*core.Core, error) {
	if err := os.MkdirAll(filepath.Dir(s.key()), 0o700); err != nil {
		return nil, err
	}
	return core.Open(core.Config{DSN: s.dsn(), KeyFile: s.key(), Log: s.logger(std.err)})
}

// with opens the database for one command run by the operator of the machine, and closes it after.
func (s settings) with(ctx context.Context, std stdio, do func(*core.Core, models.Actor) error) (err error) {
	c, err := s.open(ctx, std)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	actor, err := c.Operator(ctx)
	if err != nil {
		return err
	}
	return do(c, actor)
}

// unitID turns the code of a unit into its id; "" means the whole scope.
func unitID(ctx context.Context, c *core.Core, code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return 0, err
	}
	id, ok := tree.ByCode(code)
	if !ok {
		return 0, fmt.Errorf("no unit has the code %q", code)
	}
	return id, nil
}
