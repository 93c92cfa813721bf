package core

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite" // the cgo-free driver behind DriverName "sqlite"

	"datchuan/models"
)

// ErrInUse says that a server, or a command that needs the database to itself, has the SQLite file.
var ErrInUse = errors.New("database: another datchuan is using this file; stop it first")

// Config is what a Core is opened with.
type Config struct {
	DSN     string           // sqlite:PATH or postgres://…
	KeyFile string           // the office's key; "" = beside the SQLite file, or datchuan.key
	Now     func() time.Time // nil = the real clock
	Log     *slog.Logger     // nil = discarded
	NoLock  bool             // for a command beside a running server on the same SQLite file; it must not migrate
}

// Core is the opened system: every use case is a method of it. It is safe for concurrent use.
type Core struct {
	write   *gorm.DB // SQLite: one connection, immediate transactions; PostgreSQL: the pool
	read    *gorm.DB // SQLite: a pool of readers beside the writer (WAL)
	sqlite  string   // path of the file, "" on PostgreSQL
	lock    *fileLock
	keys    keys
	keyAt   keyPlace
	now     func() time.Time
	log     *slog.Logger
	trees   treeCache
	land    *Tree // the map of a Core bound to a transaction that leaves it as it is; else nil
	outer   *Tx   // that transaction
	totals  totalsCache
	jobs    jobs
	mailing atomic.Bool   // a sender of e-mail is at work in this process
	public  pace          // of the check of certificates
	feeds   pace          // of calendar feeds
	hashes  chan struct{} // bounds parallel password hashing (memory)
}

// Open connects without migrating: see Migrate. A second server on the same SQLite file is refused.
func Open(cfg Config) (*Core, error) {
	c := &Core{now: cfg.Now, log: cfg.Log, hashes: make(chan struct{}, runtime.NumCPU())}
	if c.now == nil {
		c.now = time.Now
	}
	if c.log == nil {
		c.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	var err error
	switch kind, rest, _ := strings.Cut(cfg.DSN, ":"); kind {
	case "sqlite":
		err = c.openSQLite(rest, cfg.NoLock)
	case "postgres", "postgresql":
		err = c.openPostgres(cfg.DSN)
	default:
		err = errors.New("database: want sqlite:PATH or postgres://…")
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	keyFile := cfg.KeyFile
	if keyFile == "" {
		keyFile = "datchuan.key"
		if c.sqlite != "" {
			keyFile = filepath.Join(filepath.Dir(c.sqlite), keyFile)
		}
	}
	c.keyAt = keyPlace{path: keyFile, fresh: missing(keyFile)}
	if c.keys, err = loadKeys(keyFile); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// Close ends all work on the database.
func (c *Core) Close() error {
	c.jobs.wait()
	var errs []error
	for _, db := range []*gorm.DB{c.write, c.read} {
		if db == nil || (db == c.read && c.read == c.write && len(errs) > 0) {
			continue
		}
		if pool, err := db.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, c.lock.release())...)
}

// gormConfig leaves PrepareStmt off: with it, a statement that waits for a connection of a full pool holds up the
// transactions that own the connections. pgx keeps prepared statements by itself.
func gormConfig() *gorm.Config {
	return &gorm.Config{Logger: logger.Discard, TranslateError: true, SkipDefaultTransaction: true,
		NowFunc: func() time.Time { return time.Time{} }}
}

func (c *Core) openSQLite(path string, noLock bool) error {
	path = strings.TrimPrefix(path, "//")
	if path == "" {
		return errors.New("database: sqlite: needs a path")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	c.sqlite = path
	if !noLock {
		lock, err := takeFileLock(path + ".lock")
		if err != nil {
			return err
		}
		c.lock = lock
	}
	// busy_timeout first: the next pragmas may already meet a lock.
	const pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-65536)&_pragma=temp_store(MEMORY)"
	uri := "file:" + strings.NewReplacer("?", "%3f", "#", "%23", "%", "%25").Replace(filepath.ToSlash(path)) + pragmas
	var err error
	if c.write, err = gorm.Open(sqliteDialector{sqlite.Dialector{DriverName: "sqlite", DSN: uri + "&_txlock=immediate"}}, gormConfig()); err != nil {
		return err
	}
	if c.read, err = gorm.Open(sqliteDialector{sqlite.Dialector{DriverName: "sqlite", DSN: uri + "&_pragma=query_only(1)"}}, gormConfig()); err != nil {
		return err
	}
	if pool, err := c.write.DB(); err == nil {
		pool.SetMaxOpenConns(1)
	}
	if pool, err := c.read.DB(); err == nil {
		pool.SetMaxOpenConns(max(4, runtime.NumCPU()))
		pool.SetMaxIdleConns(max(4, runtime.NumCPU()))
	}
	return nil
}

func (c *Core) openPostgres(dsn string) error {
	db, err := gorm.Open(postgres.Open(dsn), gormConfig())
	if err != nil {
		return errors.New("database: cannot reach PostgreSQL") // the driver's text may hold the password
	}
	c.write, c.read = db, db
	pool, err := db.DB()
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(max(16, 4*runtime.NumCPU()))
	pool.SetMaxIdleConns(8)
	pool.SetConnMaxLifetime(time.Hour)
	return nil
}

// Ready tells whether the database answers and has the schema of this program.
func (c *Core) Ready(ctx context.Context) error {
	var n int64
	if err := c.read.WithContext(ctx).Raw("SELECT COUNT(*) FROM settings").Scan(&n).Error; err != nil {
		return errors.New("database does not answer")
	}
	return nil
}

// Now is the present moment on the second time axis.
func (c *Core) Now() models.Instant { return models.InstantOf(c.now()) }

// isPostgres tells the dialect where SQL must differ.
func (c *Core) isPostgres() bool { return c.sqlite == "" }

// sqliteDialector translates the driver's errors, so that a broken constraint reads the same on both databases.
type sqliteDialector struct{ sqlite.Dialector }

// Translate maps SQLite's extended codes to gorm's errors.
func (d sqliteDialector) Translate(err error) error {
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		return err
	}
	switch coded.Code() {
	case 2067, 1555: // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
		return gorm.ErrDuplicatedKey
	case 787, 1811: // SQLITE_CONSTRAINT_FOREIGNKEY, _TRIGGER (RESTRICT)
		return gorm.ErrForeignKeyViolated
	case 275: // SQLITE_CONSTRAINT_CHECK
		return gorm.ErrCheckConstraintViolated
	}
	return err
}

// jobs are long tasks (imports) that a shutdown waits for, with their progress.
type jobs struct {
	mu      sync.Mutex
	running sync.WaitGroup
	state   map[int64]Progress
}

// Progress is how far a long task has come.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

func (j *jobs) set(id int64, p Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.state == nil {
		j.state = map[int64]Progress{}
	}
	j.state[id] = p
}

func (j *jobs) get(id int64) Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state[id]
}

func (j *jobs) drop(id int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.state, id)
}

func (j *jobs) wait() { j.running.Wait() }

// rawDB is the pool for bulk statements that gorm would slow down.
func rawDB(db *gorm.DB) (*sql.DB, error) {
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("database pool: %w", err)
	}
	return pool, nil
}
