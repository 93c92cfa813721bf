package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"datchuan/core"
	"datchuan/core/demo"
	"datchuan/models"
)

// runDemo serves a fictional province. Without --data it lives in a temporary folder and is gone afterwards; with
// --data it is built once and kept, and the logins stay the same. --today asks for another working date, down to the first
// day of the plan, when nothing has happened yet.
func runDemo(ctx context.Context, std stdio, args []string) (err error) {
	var s serving
	fs := s.flags("demo")
	day := fs.String("today", demo.Today.String(), "working date of a new demonstration, from "+demo.On.String()+" on")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	today, err := models.ParseDate(*day)
	if err != nil || today < demo.On || today > demo.Today {
		return fmt.Errorf("%w: --today: want a date from %s to %s", errUsage, demo.On, demo.Today)
	}
	if err := s.check(); err != nil {
		return err
	}
	kept := s.db != "" || os.Getenv("DATCHUAN_DATA") != ""
	fs.Visit(func(f *flag.Flag) { kept = kept || f.Name == "data" })
	if !kept {
		if s.data, err = os.MkdirTemp("", "datchuan-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(s.data)) }()
	}
	c, err := s.open(ctx, std)
	if err != nil {
		return err
	}
	logins, err := c.BuildDemo(ctx, today)
	if err != nil {
		return errors.Join(err, c.Close())
	}
	return s.listen(ctx, std, c, func(at string) error { return printLogins(std, at, logins) })
}

func printLogins(std stdio, at string, logins []core.DemoLogin) error {
	fmt.Fprintln(std.out, at)
	for _, l := range logins {
		if _, err := fmt.Fprintln(std.out, "login", l.Role, l.Login, l.Password); err != nil {
			return err
		}
	}
	return nil
}
