# The one door to mdw: people and CI run the same targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

SOURCES := Package.swift Benchmarks Demo Sources Tests migrations/Migrations.swift
# Imports of modules that a target does not declare are errors.
BUILD := swift build --explicit-target-dependency-import-check error

.PHONY: help run test check fmt lint bench api-check chaos-check crash-check ssh-check demo tsan asan coverage release install clean screenshots system-packages test-packages

help: ## show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: system-packages ## build mdw and open the console
	@$(BUILD) --product mdw
	@exec "$$(swift build --show-bin-path)/mdw" $(ARGS)

test: test-packages ## build and run every test
	@$(BUILD) --build-tests
	@scripts/test-suites.sh swift test --skip-build

check: lint test api-check ## what CI runs: lint, every test, and the API against its own description

fmt: ## format all sources in place
	swift format --in-place --parallel --recursive $(SOURCES)

lint: ## check the formatting of all sources and the imports between modules
	swift format lint --strict --parallel --recursive $(SOURCES)
	@scripts/check-imports.sh

bench: system-packages ## measure what has a budget
	@scripts/bench.sh
	@scripts/bench-http.sh --no-build --growth
	@scripts/bench-console.sh --no-build --large

crash-check: test-packages ## kill the worker 50 times in a backfill of 500,000 candles; two processes for a minute
	@$(BUILD) --build-tests
	MDW_CRASH_ROUNDS=50 MDW_CONCURRENT_ROUNDS=60 MDW_CONTENTION_SECONDS=60 \
		swift test --skip-build --filter "CommandsTests|EndToEndTests"

api-check: test-packages ## let schemathesis look for answers that /openapi.json does not allow
	@$(BUILD) --product mdw
	@scripts/api-check.sh

chaos-check: release ## revoke keys under load 100 times, kill the server under load 20 times
	@mdw="$$(scripts/build-release.sh)/mdw"; \
		python3 -B scripts/http-chaos.py --mdw "$$mdw" revocation && \
		python3 -B scripts/http-chaos.py --mdw "$$mdw" completeness

tsan: test-packages ## run the tests under the thread sanitizer
	swift test --sanitize=thread --scratch-path .build-tsan --skip CommandsTests

asan: test-packages ## run the tests under the address sanitizer
	swift test --sanitize=address --disable-xctest --scratch-path .build-asan --skip CommandsTests

coverage: test-packages ## print the line coverage of each module
	@scripts/coverage.sh

ssh-check: ## measure the console over SSH on loopback (installs openssh-server)
	@scripts/bench-console.sh --ssh

demo: system-packages ## open the console on a store in which everything moves; leaves nothing behind
	@scripts/demo.sh

screenshots: system-packages ## draw the pictures of the README
	@scripts/screenshots.sh

release: system-packages ## build the optimised mdw, with the Swift runtime in it
	@scripts/build-release.sh mdw

install: release ## install mdw under $PREFIX (default /usr/local)
	install -D -m 755 "$$(scripts/build-release.sh)/mdw" "$(DESTDIR)$${PREFIX:-/usr/local}/bin/mdw"

clean: ## remove everything that was built
	rm -rf .build .build-*

system-packages:
	@scripts/install-packages.sh libncurses-dev libsqlite3-dev libssl-dev zlib1g-dev

test-packages:
	@scripts/install-packages.sh libncurses-dev libsqlite3-dev libssl-dev zlib1g-dev openssl tmux sqlite3 util-linux
