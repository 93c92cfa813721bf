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
	fs := newFlags("gaps", std, &s)
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
	for _, d := range []struct {
		text string
		into *models.Date
	}{{asOf, &f.AsOf}, {knownOn, &f.KnownOn}, {mapOn, &f.Map}} {
		if err := d.into.UnmarshalText([]byte(d.text)); err != nil {
			return fmt.Errorf("%w: %q is not a date yyyy-mm-dd", errUsage, d.text)
		}
	}
	return s.with(ctx, std, func(c *core.Core, actor models.Actor) (err error) {
		if f.UnitID, err = unitID(ctx, c, unit); err != nil {
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
	fs := newFlags("targets", std, &s)
	fs.StringVar(&asOf, "as-of", "", "yyyy-mm-dd")
	fs.StringVar(&unit, "unit", "", "code of a unit: only its subtree")
	fs.StringVar(&format, "format", "json", "json")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	var on models.Date
	if err := on.UnmarshalText([]byte(asOf)); err != nil || format != "json" {
		return fmt.Errorf("%w: --as-of is yyyy-mm-dd, --format json", errUsage)
	}
	return s.with(ctx, std, func(c *core.Core, actor models.Actor) error {
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
