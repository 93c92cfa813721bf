package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"datchuan/api"
	"datchuan/core"
	"datchuan/models"
)

func runGaps(ctx context.Context, std stdio, args []string) error {
	var s settings
	var f models.GapFilter
	var asOf, knownOn, mapOn, unit, counting, format, out string
	fs := newFlags("gaps", &s)
	fs.StringVar(&f.Position, "position", "", "code of the position")
	fs.StringVar(&f.Standard, "standard", "", "code of the standard (default: the position's own on the date)")
	fs.StringVar(&f.Requirement, "requirement", "", "code of one requirement")
	fs.StringVar(&asOf, "as-of", "", "yyyy-mm-dd")
	fs.StringVar(&knownOn, "known-on", "", "yyyy-mm-dd: as the system knew it at the end of that day")
	fs.StringVar(&mapOn, "map", "", "yyyy-mm-dd: cut on the map of that day")
	fs.StringVar(&unit, "unit", "", "code of a unit: only its subtree")
	fs.StringVar(&counting, "count-studying", "", "true or false (default: the standard's own rule)")
	fs.BoolVar(&f.Everyone, "everyone", false, "also those up to standard")
	fs.StringVar(&format, "format", "csv", "csv, json, xlsx or pdf")
	fs.StringVar(&out, "out", "", "file to write (default: standard output)")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	if !slices.Contains([]string{"", "true", "false"}, counting) || !slices.Contains(api.GapFormats, format) {
		return fmt.Errorf("%w: --count-studying is true or false, --format one of %v", errUsage, api.GapFormats)
	}
	f.CountStudy = map[string]models.Tristate{"true": models.Yes, "false": models.No}[counting]
	var err error
	for _, d := range []struct {
		name, text string
		into       *models.Date
	}{{"as-of", asOf, &f.AsOf}, {"known-on", knownOn, &f.KnownOn}, {"map", mapOn, &f.Map}} {
		if *d.into, err = day(d.name, d.text); err != nil {
			return err
		}
	}
	return with(ctx, std, s.openBeside, func(c *core.Core, actor models.Actor) (err error) {
		if f.UnitID, err = unitID(ctx, c, unit); err != nil {
			return err
		}
		if err := knownPosition(ctx, c, f.Position); err != nil {
			return err
		}
		if f.AsOf == 0 {
			f.AsOf = c.Today(ctx)
		}
		var file bytes.Buffer
		if err := api.WriteGaps(ctx, c, actor, &file, f, format, models.Vi); err != nil {
			return err
		}
		return deliver(std.out, out, file.Bytes())
	})
}

// knownPosition refuses a mistyped code, which would make an empty list that looks like good news.
func knownPosition(ctx context.Context, c *core.Core, code string) error {
	all, err := c.Positions(ctx)
	if err != nil || code == "" || slices.ContainsFunc(all, func(p models.Position) bool { return p.Code == code }) {
		return err
	}
	return fmt.Errorf("no position has the code %q", code)
}

// deliver writes a finished file, to standard output or whole to a path.
func deliver(w io.Writer, path string, data []byte) error {
	if path == "" {
		_, err := w.Write(data)
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

func runTargets(ctx context.Context, std stdio, args []string) error {
	var s settings
	var asOf, unit, format string
	fs := newFlags("targets", &s)
	fs.StringVar(&asOf, "as-of", "", "yyyy-mm-dd")
	fs.StringVar(&unit, "unit", "", "code of a unit: only its subtree")
	fs.StringVar(&format, "format", "json", "json")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	on, err := day("as-of", asOf)
	if err != nil {
		return err
	}
	if format != "json" {
		return fmt.Errorf("%w: --format is json", errUsage)
	}
	return with(ctx, std, s.openBeside, func(c *core.Core, actor models.Actor) error {
		id, err := unitID(ctx, c, unit)
		if err != nil {
			return err
		}
		if on == 0 {
			on = c.Today(ctx)
		}
		progress, err := c.Targets(ctx, actor, id, on)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(std.out)
		enc.SetIndent("", "  ")
		return enc.Encode(progress)
	})
}
