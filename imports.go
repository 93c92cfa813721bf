package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"datchuan/api"
	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// importing is the wizard of the pages on one command line: what there is asked on a page is here a flag or a file.
type importing struct {
	settings
	unit, asOf, sheet        string
	mappingFile, choicesFile string
	createUnits, dry, asJSON bool
	path                     string
	unitID                   int64
	data                     []byte
	mapping                  sheets.Mapping
	source                   string // of the mapping: proposed, remembered, given
	choices                  core.ImportChoices
	rows                     []models.RosterRow
	findings                 []models.Finding // of the file; the rows carry their own
}

func (in *importing) flags() *flag.FlagSet {
	fs := newFlags("import", &in.settings)
	fs.StringVar(&in.unit, "unit", "", "code of the unit below which the people belong (default: everything)")
	fs.StringVar(&in.asOf, "as-of", "", "yyyy-mm-dd: the day the roster speaks of (default: as the file says, else the working date)")
	fs.StringVar(&in.sheet, "sheet", "", "name of the sheet (default: the one with the people)")
	fs.StringVar(&in.mappingFile, "mapping", "", "JSON file: what each column means; --dry-run --json prints one under \"mapping\"")
	fs.StringVar(&in.choicesFile, "choices", "", "JSON file: answers to the questions of a dry run")
	fs.BoolVar(&in.createUnits, "create-units", false, "make branches and groups that are missing below their commune")
	fs.BoolVar(&in.dry, "dry-run", false, "show what would happen and write nothing")
	fs.BoolVar(&in.asJSON, "json", false, "print JSON")
	return fs
}

func runImport(ctx context.Context, std stdio, args []string) error {
	var in importing
	rest, err := parse(in.flags(), args, 1)
	if err != nil {
		return err
	}
	in.path = rest[0]
	if in.choices.AsOf, err = day("as-of", in.asOf); err != nil {
		return err
	}
	if in.sheet != "" && in.mappingFile != "" {
		return fmt.Errorf("%w: a mapping names its sheet, so --sheet and --mapping exclude one another", errUsage)
	}
	if err := in.load(); err != nil {
		return err
	}
	open := in.openShared
	if in.dry {
		open = in.openBeside
	}
	return with(ctx, std, open, func(c *core.Core, actor models.Actor) error {
		if err := in.read(ctx, c, actor); err != nil {
			return err
		}
		if in.dry {
			return in.preview(ctx, std, c, actor)
		}
		return in.apply(ctx, std, c, actor)
	})
}

// load reads the files of the command line.
func (in *importing) load() error {
	f, err := os.Open(in.path)
	if err != nil {
		return err
	}
	defer f.Close()
	const tooMuch = 64 << 20 // the rooms behind have tighter limits and better words
	if in.data, err = io.ReadAll(io.LimitReader(f, tooMuch)); err != nil {
		return err
	}
	asOf := in.choices.AsOf
	for _, side := range []struct {
		path string
		into any
	}{{in.mappingFile, &in.mapping}, {in.choicesFile, &in.choices}} {
		if side.path == "" {
			continue
		}
		text, err := os.ReadFile(side.path)
		if err != nil {
			return err
		}
		dec := json.NewDecoder(strings.NewReader(string(text)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(side.into); err != nil {
			return fmt.Errorf("%s: %w", side.path, err)
		}
	}
	in.choices.AsOf = cmp.Or(asOf, in.choices.AsOf)
	in.choices.CreateUnits = in.choices.CreateUnits || in.createUnits
	return nil
}

// read finds the unit and reads the people of the file.
func (in *importing) read(ctx context.Context, c *core.Core, actor models.Actor) (err error) {
	if in.unitID, err = unitID(ctx, c, in.unit); err != nil {
		return err
	}
	if err := in.propose(ctx, c, actor); err != nil {
		return err
	}
	api.AlignDays(ctx, c, &in.mapping, &in.choices)
	in.rows, _, in.findings, err = api.ReadRoster(in.data, &in.mapping)
	return err
}

// propose settles the mapping: as given, for the sheet that was named, or as remembered or proposed.
func (in *importing) propose(ctx context.Context, c *core.Core, actor models.Actor) error {
	if in.mappingFile != "" {
		in.source = "given"
		return nil
	}
	in.source = "proposed"
	if in.sheet == "" {
		m, remembered, err := api.ProposeMapping(ctx, c, actor, in.data)
		if remembered {
			in.source = "remembered"
		}
		in.mapping = m
		return err
	}
	wb, err := sheets.Open(in.data)
	if err != nil {
		return err
	}
	var names []string
	for _, s := range wb.Sheets() {
		names = append(names, s.Name)
	}
	if !slices.Contains(names, in.sheet) {
		return fmt.Errorf("the file has no sheet %q, only %q", in.sheet, names)
	}
	in.mapping = wb.Propose(in.sheet)
	return nil
}

// dryRun is what --dry-run --json prints: the plan of the API, and how the file was read.
type dryRun struct {
	core.ImportPlan
	Mapping sheets.Mapping `json:"mapping"`
	Source  string         `json:"source"`
}

func (in *importing) preview(ctx context.Context, std stdio, c *core.Core, actor models.Actor) error {
	plan, err := c.PlanRoster(ctx, actor, in.data, in.unitID, in.rows, in.choices)
	if err != nil {
		return err
	}
	plan.Findings = append(in.findings, plan.Findings...)
	if in.asJSON {
		err = json.NewEncoder(std.out).Encode(dryRun{plan, in.mapping, in.source})
	} else {
		err = in.printPlan(std.out, plan)
	}
	if err == nil && (plan.Errors > 0 || in.unreadable()) {
		err = fmt.Errorf("dry run: the import would be refused, %d row(s) have errors", plan.Errors)
	}
	return err
}

// unreadable tells whether the file as a whole can't be read.
func (in *importing) unreadable() bool {
	return len(in.rows) == 0 || slices.ContainsFunc(in.findings, func(f models.Finding) bool { return f.Blocking && f.Row == 0 })
}

func (in *importing) apply(ctx context.Context, std stdio, c *core.Core, actor models.Actor) error {
	if in.unreadable() {
		printFindings(std.err, in.findings)
		return errors.New("no people could be read from the file; nothing was written")
	}
	if err := c.RecoverImports(ctx); err != nil {
		return err
	}
	im, err := c.ImportUpload(ctx, actor, filepath.Base(in.path), in.data, in.unitID)
	if err != nil {
		return err
	}
	text, err := json.Marshal(in.mapping)
	if err != nil {
		return err
	}
	header := "" // only what somebody decided is remembered
	if in.source == "given" {
		header = in.mapping.Key()
	}
	if err := c.SetImportMapping(ctx, actor, im.ID, header, string(text)); err != nil {
		return err
	}
	stop := in.follow(ctx, std, c, actor, im.ID)
	report, err := c.ApplyImport(ctx, actor, im.ID, in.rows, in.choices)
	stop()
	report.Findings = append(in.findings, report.Findings...)
	if err != nil {
		printFindings(std.err, report.Findings)
		return errors.Join(err, c.DiscardImport(context.WithoutCancel(ctx), actor, im.ID))
	}
	if in.asJSON {
		return json.NewEncoder(std.out).Encode(report)
	}
	printFindings(std.out, report.Findings)
	_, err = fmt.Fprintf(std.out, "import %d, as of %s: %d rows: new %d, changed %d, unchanged %d, skipped %d\n", report.ImportID, report.AsOf, report.Rows,
		report.New, report.Changed, report.Unchanged, report.Skipped)
	return err
}

// follow tells every few seconds how far an import is, until it is stopped.
func (in *importing) follow(ctx context.Context, std stdio, c *core.Core, actor models.Actor, id int64) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(2 * time.Second):
			}
			if p, _, _, err := c.ImportProgress(ctx, actor, id); err == nil && p.Total > 0 {
				fmt.Fprintf(std.err, "%d of %d\n", p.Done, p.Total)
			}
		}
	}()
	return func() { cancel(); <-ended }
}
