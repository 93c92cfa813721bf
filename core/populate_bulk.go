package core

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"datchuan/models"
)

// bulk writes many rows of one transaction fast: COPY on PostgreSQL, prepared statements of many rows on SQLite. The
// columns are those of the row's type, so a new column needs nothing here.
type bulk struct {
	*Tx
	conn *sql.Conn // of the transaction, for COPY
}

// bulkRows is how many rows one SQLite statement inserts at most, bulkParams how many values.
const (
	bulkRows   = 100
	bulkParams = 2000
)

// transactBulk is transact with room for COPY: the whole transaction runs on one connection.
func (c *Core) transactBulk(ctx context.Context, actor models.Actor, fn func(*bulk) error) error {
	err := c.write.WithContext(ctx).Connection(func(db *gorm.DB) error {
		conn, ok := db.Statement.ConnPool.(*sql.Conn)
		if !ok {
			return fmt.Errorf("database: no connection of its own: %T", db.Statement.ConnPool)
		}
		return c.transactOn(db, actor, func(tx *Tx) error {
			if err := tx.withOthers(); err != nil {
				return err
			}
			return fn(&bulk{tx, conn})
		})
	})
	c.trees.drop()
	return err
}

// reserve takes n row ids of a table and returns the first; only for writers that have the database to themselves.
func (b *bulk) reserve(table string, n int) (int64, error) {
	if n == 0 {
		return 1, nil
	}
	var last int64
	query := "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = ?"
	args := []any{table}
	if b.core.isPostgres() {
		query = "SELECT setval(pg_get_serial_sequence(?, 'id'), nextval(pg_get_serial_sequence(?, 'id')) + ? - 1) - ?"
		args = []any{table, table, n, n}
	}
	err := b.Raw(query, args...).Scan(&last).Error
	return last + 1, err
}

// insertAll writes rows. Those with an id of 0 get one from the database; all or none must have one.
func insertAll[T any](b *bulk, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	stmt := &gorm.Statement{DB: b.DB}
	if err := stmt.Parse(&rows[0]); err != nil {
		return err
	}
	ctx := b.Statement.Context
	var fields []*schema.Field
	var columns []string
	for _, f := range stmt.Schema.Fields {
		if f.DBName == "" {
			continue
		}
		if _, zero := f.ValueOf(ctx, reflect.ValueOf(&rows[0]).Elem()); f.PrimaryKey && zero {
			continue
		}
		fields, columns = append(fields, f), append(columns, f.DBName)
	}
	values := func(i int) []any {
		v := reflect.ValueOf(&rows[i]).Elem()
		out := make([]any, len(fields))
		for k, f := range fields {
			out[k] = plain(f.ReflectValueOf(ctx, v))
		}
		return out
	}
	if b.core.isPostgres() {
		return b.copyIn(stmt.Table, columns, len(rows), values)
	}
	return b.insertIn(stmt.Table, columns, len(rows), values)
}

// plain is the value as the drivers know it.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		return v.Bytes()
	}
	return v.Interface()
}

func (b *bulk) copyIn(table string, columns []string, n int, values func(int) []any) error {
	return b.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(b.Statement.Context, pgx.Identifier{table}, columns,
			pgx.CopyFromSlice(n, func(i int) ([]any, error) { return values(i), nil }))
		return err
	})
}

func (b *bulk) insertIn(table string, columns []string, n int, values func(int) []any) error {
	head := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES "
	row := "(" + strings.Repeat("?, ", len(columns)-1) + "?)"
	for at := 0; at < n; {
		size := min(n-at, bulkRows, bulkParams/len(columns))
		end := n - (n-at)%size
		if err := b.insertSame(head+strings.Repeat(row+", ", size-1)+row, size, at, end, values); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		at = end
	}
	return nil
}

// insertSame runs one prepared statement of size rows over the rows from at to end.
func (b *bulk) insertSame(query string, size, at, end int, values func(int) []any) (err error) {
	ctx := b.Statement.Context
	stmt, err := b.Statement.ConnPool.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stmt.Close()) }()
	var args []any
	for ; at < end; at += size {
		args = args[:0]
		for i := at; i < at+size; i++ {
			args = append(args, values(i)...)
		}
		if _, err := stmt.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}
