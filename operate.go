package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"datchuan/core"
	"datchuan/models"
)

func runMigrate(ctx context.Context, std stdio, args []string) (err error) {
	var s settings
	if _, err := parse(newFlags("migrate", &s), args, 0); err != nil {
		return err
	}
	c, err := s.openInTurn(ctx, std)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	ran, copied, err := c.Migrate(ctx)
	if err != nil {
		return err
	}
	if copied != "" {
		fmt.Fprintln(std.out, "copy before migrating:", copied)
	}
	fmt.Fprintln(std.out, strings.TrimSpace(fmt.Sprintf("steps run: %d %s", len(ran), strings.Join(ran, " "))))
	return c.SeedReference(ctx)
}

// turn is how long migrate waits for whoever has the SQLite file; on PostgreSQL it waits under the advisory lock.
const turn = 30 * time.Second

// openInTurn is openOnly that lets others finish first, so that several may be started at once.
func (s settings) openInTurn(ctx context.Context, std stdio) (*core.Core, error) {
	for start, told := time.Now(), false; ; told = true {
		c, err := s.openOnly(std)
		if !errors.Is(err, core.ErrInUse) || time.Since(start) > turn {
			return c, err
		}
		if !told {
			fmt.Fprintln(std.err, "waiting for another datchuan that is using this file")
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func runUserAdd(ctx context.Context, std stdio, args []string) error {
	var s settings
	var in core.NewAccount
	var role, unit string
	fs := newFlags("user add", &s)
	fs.StringVar(&in.Login, "login", "", "name to sign in with")
	fs.StringVar(&in.Name, "name", "", "name shown (default: the login)")
	fs.StringVar(&role, "role", "", "administrator, province_officer, province_viewer, district_officer, commune_officer, school_officer")
	fs.StringVar(&unit, "unit", "", "code of the unit whose subtree she sees")
	fs.StringVar(&in.School, "school", "", "code of the partner school, for a school officer")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	if in.Login == "" || role == "" {
		return fmt.Errorf("%w: --login and --role are needed", errUsage)
	}
	fmt.Fprintln(std.err, "password (one line):")
	line, err := bufio.NewReader(std.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	in.Password, in.Role, in.Language = strings.TrimRight(line, "\r\n"), models.Role(role), models.Vi
	if in.Name == "" {
		in.Name = in.Login
	}
	return with(ctx, std, s.openShared, func(c *core.Core, _ models.Actor) error {
		if in.UnitID, err = unitID(ctx, c, unit); err != nil {
			return err
		}
		account, err := c.AddAccount(ctx, in)
		if err == nil {
			fmt.Fprintf(std.out, "account %d %s %s\n", account.ID, account.Login, account.Role)
		}
		return err
	})
}

func runBackup(ctx context.Context, std stdio, args []string) error {
	var s settings
	rest, err := parse(newFlags("backup", &s), args, 1)
	if err != nil {
		return err
	}
	return with(ctx, std, s.openBeside, func(c *core.Core, _ models.Actor) error {
		info, err := c.Backup(ctx, rest[0])
		if err != nil {
			return err
		}
		return json.NewEncoder(std.out).Encode(info)
	})
}

func runRestore(ctx context.Context, std stdio, args []string) (err error) {
	var s settings
	rest, err := parse(newFlags("restore", &s), args, 1)
	if err != nil {
		return err
	}
	if _, noKey := os.Stat(s.key()); errors.Is(noKey, os.ErrNotExist) {
		defer func() {
			if err != nil { // the key made for nothing would stand in the way of the next try
				_ = os.Remove(s.key())
			}
		}()
	}
	c, err := s.openOnly(std)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if _, _, err := c.Migrate(ctx); err != nil {
		return err
	}
	info, err := c.Restore(ctx, rest[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(std.out).Encode(info)
}

func runDoctor(ctx context.Context, std stdio, args []string) error {
	var s settings
	fs := newFlags("doctor", &s)
	asJSON := fs.Bool("json", false, "print JSON")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	return with(ctx, std, s.openBeside, func(c *core.Core, _ models.Actor) error {
		report, err := c.Doctor(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			err = json.NewEncoder(std.out).Encode(report)
		} else {
			_, err = fmt.Fprintln(std.out, report)
		}
		if err == nil && !report.Healthy() {
			err = errors.New("doctor found problems")
		}
		return err
	})
}

func runAuditVerify(ctx context.Context, std stdio, args []string) error {
	var s settings
	if _, err := parse(newFlags("audit verify", &s), args, 0); err != nil {
		return err
	}
	return with(ctx, std, s.openBeside, func(c *core.Core, _ models.Actor) error {
		check, err := c.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(std.out).Encode(check); err != nil {
			return err
		}
		if check.Problem != "" {
			return fmt.Errorf("the audit chain is broken at row %d: %s", check.BadRow, check.Problem)
		}
		return nil
	})
}

func runSynth(ctx context.Context, std stdio, args []string) error {
	var s settings
	fs := newFlags("synth", &s)
	n := fs.Int("cadres", 0, "how many cadres")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	if *n < 1 {
		return fmt.Errorf("%w: --cadres must be at least 1", errUsage)
	}
	return with(ctx, std, s.open, func(c *core.Core, _ models.Actor) error {
		return c.Synth(ctx, *n, func(done int) { fmt.Fprintf(std.err, "%d of %d\n", done, *n) })
	})
}
