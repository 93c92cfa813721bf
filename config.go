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
func newFlags(name string, s *settings) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run says what is wrong, once
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
				return nil, helpAsked{fs}
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

// sqlitePath is the file of the embedded database, "" for PostgreSQL.
func (s settings) sqlitePath() string {
	path, ok := strings.CutPrefix(s.dsn(), "sqlite:")
	if !ok {
		return ""
	}
	return strings.TrimPrefix(path, "//")
}

func (s settings) key() string {
	if s.keyFile != "" {
		return s.keyFile
	}
	if path := s.sqlitePath(); path != "" {
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

// openOnly opens the database as it is, and makes the key when there is none.
func (s settings) openOnly(std stdio) (*core.Core, error) {
	if err := os.MkdirAll(filepath.Dir(s.key()), 0o700); err != nil {
		return nil, err
	}
	return core.Open(core.Config{DSN: s.dsn(), KeyFile: s.key(), Log: s.logger(std.err)})
}

// openBeside opens a database that is there, also while a server has it: nothing is made and nothing is migrated, so a
// mistyped path is told and not filled.
func (s settings) openBeside(ctx context.Context, std stdio) (*core.Core, error) {
	if path := s.sqlitePath(); path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("no database: %w; name it with --db or --data", err)
		}
	}
	if _, err := os.Stat(s.key()); err != nil {
		return nil, fmt.Errorf("no key file: %w; name it with --data or --key-file", err)
	}
	c, err := core.Open(core.Config{DSN: s.dsn(), KeyFile: s.key(), Log: s.logger(std.err), NoLock: true})
	if err != nil {
		return nil, err
	}
	if err := c.CheckSchema(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// openShared is open, or openBeside when a server already has the SQLite file.
func (s settings) openShared(ctx context.Context, std stdio) (*core.Core, error) {
	c, err := s.open(ctx, std)
	if errors.Is(err, core.ErrInUse) {
		return s.openBeside(ctx, std)
	}
	return c, err
}

// with runs one command of the operator of the machine on a database, and closes it after.
func with(ctx context.Context, std stdio, open func(context.Context, stdio) (*core.Core, error), do func(*core.Core, models.Actor) error) (err error) {
	c, err := open(ctx, std)
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

// day reads a date of a command line, 0 when none was given.
func day(name, text string) (models.Date, error) {
	var d models.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		return 0, fmt.Errorf("%w: --%s: %q is not a date yyyy-mm-dd", errUsage, name, text)
	}
	return d, nil
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
