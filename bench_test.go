package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkDemoReady is the time from the start of the built program until /readyz answers: of a demonstration that is
// built first, and of a server on a database that is there. Memory is that of the process when it is ready, and its peak.
func BenchmarkDemoReady(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run("demo/"+kind, func(b *testing.B) {
			benchReady(b, "demo", func() place { return newPlace(b, kind) })
		})
		b.Run("serve/"+kind, func(b *testing.B) {
			p := newPlace(b, kind)
			p.start("demo").stop(syscall.SIGTERM)
			benchReady(b, "serve", func() place { return p })
		})
	}
}

func benchReady(b *testing.B, command string, at func() place) {
	var rss, peak float64
	var ready time.Duration
	for b.Loop() {
		b.StopTimer()
		p := at()
		b.StartTimer()
		s := p.start(command)
		b.StopTimer()
		ready += s.took
		rss, peak = max(rss, s.memory("VmRSS")), max(peak, s.memory("VmHWM"))
		s.stop(syscall.SIGTERM)
		b.StartTimer()
	}
	info, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(ready.Milliseconds())/float64(b.N), "ms-to-ready")
	b.ReportMetric(rss, "MB-rss")
	b.ReportMetric(peak, "MB-peak")
	b.ReportMetric(float64(info.Size())/(1<<20), "MB-binary")
	b.ReportMetric(0, "ns/op") // holds the reading of the output too
}

// memory is a figure of Linux about the process, in MB; 0 elsewhere.
func (s *server) memory(what string) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(what + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0
	}
	kb, err := strconv.Atoi(string(found[1]))
	if err != nil {
		s.Fatal(err)
	}
	return float64(kb) / 1024
}
