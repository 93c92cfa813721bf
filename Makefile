# make without a target lists what there is.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# Pure Go: one static binary. Only the race detector needs C.
export CGO_ENABLED ?= 0
export GOTOOLCHAIN ?= local

ADDR ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# Without the table of debugging, and without asking git, which refuses a checkout that another user owns.
BUILD = go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'
FUZZTIME ?= 20s
BENCH ?= .
# Where goroutines meet. With -short: what takes long is run without the race detector by `test`.
RACE ?= ./certificates ./core/... ./api/... ./web/...

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: bin ## build, fill a demo province and serve it (ADDR=127.0.0.1:8080)
	bin/datchuan demo --addr $(ADDR)

.PHONY: build
build: bin bin-windows ## bin/datchuan (static) and bin/datchuan.exe

.PHONY: bin
bin:
	$(BUILD) -o bin/datchuan .

.PHONY: bin-windows
bin-windows:
	GOOS=windows GOARCH=amd64 $(BUILD) -o bin/datchuan.exe .

.PHONY: test
test: setup check static bin-windows test-all test-race ## everything: style, builds, all tests on SQLite and PostgreSQL and in a browser

.PHONY: setup
setup: ## install what the tests need (PostgreSQL, Chromium, poppler, qpdf)
	scripts/setup-test

.PHONY: check
check: ## quick: gofmt, go vet, and golangci-lint where it is installed
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt -w is needed on:" $$unformatted; exit 1; fi
	go vet ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run; fi

.PHONY: static
static: bin
	@if ldd bin/datchuan >/dev/null 2>&1; then echo "bin/datchuan is not static"; exit 1; fi

.PHONY: test-all
test-all: ## all tests, without the race detector
	scripts/with-postgres go test -timeout 40m ./...

.PHONY: test-race
test-race: ## the short tests again under the race detector
	CGO_ENABLED=1 scripts/with-postgres go test -race -short -timeout 40m $(RACE)

.PHONY: bench
bench: ## the benchmarks, PostgreSQL with a real disk (BENCH=regexp)
	scripts/with-postgres --durable go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 0 ./...

.PHONY: fuzz
fuzz: ## each fuzz target for FUZZTIME=20s
	scripts/fuzz $(FUZZTIME)

.PHONY: golden
golden: ## write the golden files anew
	scripts/golden
