// Command datchuan is the training and cadre-development system "Đạt Chuẩn" in one program: server, importer, lists and
// the operator's tools.
//
// Here live the subcommands and the wiring of the rooms, nothing else: rules are in models, use cases in core.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"datchuan/models"
)

// version is set by the build (-ldflags "-X main.version=…").
var version = "dev"

// command is one subcommand. run returns an error for the user; errUsage ends with code 2.
type command struct {
	name string // may be two words: "user add"
	args string
	help string
	run  func(ctx context.Context, std stdio, args []string) error
}

// stdio is where a command speaks: results on out, messages and errors on err.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// errUsage says that the command line itself is wrong.
var errUsage = errors.New("usage")

// helpAsked is the "error" of a command line with -h: the flags of its command.
type helpAsked struct{ flags *flag.FlagSet }

func (helpAsked) Error() string { return "help" }

func commands() []command {
	return []command{
		{"demo", "[--addr 127.0.0.1:8080] [--data DIR] [--today 2013-03-01]", "start with a fictional province and print the address and the logins", runDemo},
		{"serve", "[--addr HOST:PORT] [--data DIR | --db DSN]", "serve pages and API", runServe},
		{"import", "FILE.xlsx [--unit CODE] [--dry-run] [--json]", "read a roster (danh sách trích ngang)", runImport},
		{"gaps", "--position CODE --standard CODE --as-of DATE [--unit CODE] [--count-studying=true|false] --format csv|json|xlsx|pdf [--out FILE]", "list who is not up to standard", runGaps},
		{"targets", "--as-of DATE [--unit CODE] --format json", "progress of the targets", runTargets},
		{"synth", "--cadres N", "fill an empty database with N fictional cadres, for measuring", runSynth},
		{"migrate", "", "bring the schema up to this program", runMigrate},
		{"user add", "--login NAME --role ROLE [--unit CODE]", "create an account; the password is read from standard input", runUserAdd},
		{"backup", "FILE", "write everything into one file", runBackup},
		{"restore", "FILE", "read a backup into an empty database", runRestore},
		{"doctor", "[--json]", "check integrity, derived standings, the register and the audit chain", runDoctor},
		{"audit verify", "", "check the audit chain", runAuditVerify},
		{"verify", "FILE.pdf [--trust CERT.pem] [--json]", "check a signed certificate: issuer, number, signature, any change of a byte", runVerify},
		{"version", "", "print the version", runVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, stdio{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
}

// run is main without the process: 0 done, 1 failed, 2 wrong usage.
func run(ctx context.Context, std stdio, args []string) int {
	if len(args) > 0 && slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		printHelp(std.out)
		return 0
	}
	cmd, rest, ok := findCommand(args)
	if !ok {
		if len(args) > 0 {
			fmt.Fprintf(std.err, "datchuan: no command %q\n\n", strings.Join(args[:min(2, len(args))], " "))
		}
		printHelp(std.err)
		return 2
	}
	err := cmd.run(ctx, std, rest)
	var asked helpAsked
	switch {
	case err == nil:
		return 0
	case errors.As(err, &asked):
		fmt.Fprintf(std.out, "datchuan %s %s\n%s\n\n", cmd.name, cmd.args, cmd.help)
		asked.flags.SetOutput(std.out)
		asked.flags.PrintDefaults()
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(std.err, "datchuan: %v\ndatchuan %s %s\n", err, cmd.name, cmd.args)
		return 2
	}
	fmt.Fprintln(std.err, "datchuan:", explain(err))
	return 1
}

func findCommand(args []string) (command, []string, bool) {
	for _, cmd := range commands() {
		words := strings.Fields(cmd.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return cmd, args[len(words):], true
		}
	}
	return command{}, nil, false
}

func printHelp(w io.Writer) {
	fmt.Fprint(w, "datchuan, training and cadre development\n\n")
	for _, cmd := range commands() {
		fmt.Fprintf(w, "  datchuan %s %s\n        %s\n", cmd.name, cmd.args, cmd.help)
	}
	fmt.Fprint(w, "\nEvery command takes --db sqlite:PATH or --db postgres://… (default: sqlite in --data, ./data), and reads\n"+
		"DATCHUAN_DB, DATCHUAN_DATA and DATCHUAN_KEY_FILE from the environment; `datchuan COMMAND -h` lists its flags.\n"+
		"It ends with 0 when done, 1 when it failed or found something wrong, 2 when it was called wrongly.\n")
}

// explain writes a domain error as the sentence a user of the pages would read; other errors stay as they are.
func explain(err error) string {
	var many models.Errors
	if errors.As(err, &many) {
		lines := make([]string, len(many))
		for i, e := range many {
			lines[i] = e.Message(models.Vi)
		}
		return strings.Join(lines, "\n")
	}
	var one *models.Error
	if errors.As(err, &one) {
		return one.Message(models.Vi)
	}
	return err.Error()
}

func runVersion(_ context.Context, std stdio, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: no arguments", errUsage)
	}
	_, err := fmt.Fprintln(std.out, version)
	return err
}
