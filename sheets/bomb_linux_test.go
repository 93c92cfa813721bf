//go:build linux

package sheets

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"datchuan/models"
)

// bombs are small files that unpack to very much.
func bombs(t testing.TB) map[string][]byte {
	zeros := strings.Repeat(`<row><c><v>1</v></c></row>`, 80<<20/26)
	out := map[string][]byte{
		"sheet of 80 MB":   pack(t, sheetOf(zeros)),
		"shared strings":   pack(t, map[string]string{"xl/sharedStrings.xml": `<sst>` + strings.Repeat(`<si><t>aaaaaaaaaa</t></si>`, 40<<20/26) + `</sst>`}),
		"text in a string": pack(t, sheetOf(`<row><c t="inlineStr"><is><t>`+strings.Repeat("a", 60<<20)+`</t></is></c></row>`)),
		"wide rows":        pack(t, sheetOf(strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 190)+`</row>`, 20_000))),
	}
	entries := map[string]string{}
	for i := 0; i < 10_000; i++ {
		entries[fmt.Sprintf("xl/x%d.xml", i)] = "x"
	}
	out["10.000 entries"] = pack(t, entries)
	return out
}

// TestBombs opens each bomb in a process of its own and reads what it cost.
func TestBombs(t *testing.T) {
	if file := os.Getenv("SHEETS_BOMB"); file == "none" {
		printPeak(t)
		return
	} else if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		began := processorTime(t)
		_, err = Open(data)
		if models.KindOf(err) != models.Invalid {
			t.Fatalf("not refused: %v", err)
		}
		if took := processorTime(t) - began; took > time.Second {
			t.Fatalf("took %v", took)
		}
		printPeak(t)
		return
	}
	idle := childPeak(t, "none")
	for name, data := range bombs(t) {
		file := t.TempDir() + "/bomb.xlsx"
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if cost := childPeak(t, file) - idle; cost > 64<<10 {
			t.Errorf("%s: %d KB above an idle process", name, cost)
		}
	}
}

// printPeak prints the peak memory of this process since its start.
func printPeak(t *testing.T) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(regexp.MustCompile(`VmHWM:\s*[0-9]+`).FindString(string(status)))
}

// childPeak is the peak memory in KB of a test process that opens the file.
func childPeak(t *testing.T, file string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestBombs$")
	cmd.Env = append(os.Environ(), "SHEETS_BOMB="+file)
	out, err := cmd.CombinedOutput()
	peak := regexp.MustCompile(`VmHWM:\s*([0-9]+)`).FindSubmatch(out)
	if err != nil || peak == nil {
		t.Errorf("%s: %v: %s", file, err, out)
		return 0
	}
	kb, err := strconv.Atoi(string(peak[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kb
}

// processorTime is what this process used of the processors: a busy machine doesn't count.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
