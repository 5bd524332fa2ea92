# Xinyan (心颜). Needs Rust (rustup), a C compiler, make and Node; installs the rest itself, below target/ as far as it can.
#
# One set of flags per target, so that no command rebuilds what another has built: the host always builds the whole workspace (which
# gives `app` its server half), the browser always builds `frontend` under a profile of its own (so that both build side by side).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PORT ?= 3000
DATA ?= xinyan-data/demo

CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# Cargo takes its turns from make's: two cargos at once use no more cores than one.
PARALLEL = +@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(CORES))

WASM_PROFILE ?= wasm-dev
SITE ?= target/site
WASM := target/wasm32-unknown-unknown/$(WASM_PROFILE)/frontend.wasm
SITE_TOOL := target/tools/debug/site
NPM := end2end/node_modules/.package-lock.json
STYLES := $(shell find style -name '*.scss' 2>/dev/null)

## help      says what there is
.PHONY: help
help:
	@sed -n 's/^## /make /p' Makefile

## run       shows the demo salon on http://localhost:3000        PORT=3000 DATA=xinyan-data/demo
.PHONY: run
run:
	@[ -d target ] || echo 'The first build takes about eight minutes on two cores, later ones seconds.'
	$(PARALLEL) server site
	@exec target/debug/xinyan serve --demo --data $(DATA) --listen 127.0.0.1:$(PORT)

## dev       the same, built and started anew whenever a source file is saved
.PHONY: dev
dev:
	@MAKE="$(MAKE)" PORT=$(PORT) DATA=$(DATA) .tools/dev

## test      runs every test, the browser's included
.PHONY: test
test:
	@.tools/phase 'packages of the system' .tools/system
	$(PARALLEL) .built-for-tests
	@.tools/phase 'tests of the crates' .tools/postgres cargo test --workspace
	@.tools/phase 'tests in the browser' .tools/postgres .tools/end2end

SEEDS ?= 1000
FIRST ?= 1
## simulate  lets tablets, networks and servers fail by chance         SEEDS=1000 FIRST=1
.PHONY: simulate
simulate:
	@SIMULATOR_SEEDS=$(SEEDS) SIMULATOR_FIRST=$(FIRST) cargo test --quiet -p sync --test simulator nothing_is_lost -- --nocapture 2>&1 >/dev/null

## lint      checks the layout of the code and asks clippy, for the server and for the browser
.PHONY: lint
lint: $(NPM)
	@.tools/wasm-target
	@.tools/phase 'layout' sh -c 'cargo fmt --check && cargo fmt --check --manifest-path .tools/site/Cargo.toml'
	@.tools/phase 'types of the browser tests' sh -c 'cd end2end && npm run --silent check'
	@.tools/phase 'clippy, server' cargo clippy --workspace --all-targets -- -D warnings
	@.tools/phase 'clippy, browser' cargo clippy -p frontend --target wasm32-unknown-unknown --profile wasm-dev -- -D warnings

## bench     measures the optimised program, and ends with one table   XINYAN_BENCH_CUSTOMERS=10000,100000
.PHONY: bench
bench: export XINYAN_BENCH_LINES = $(CURDIR)/target/bench.tsv
bench: release
	@.tools/phase 'packages of the system' .tools/system
	@rm -f $(XINYAN_BENCH_LINES)
	@.tools/phase 'what a person waits for' env XINYAN_PROGRAM=$(CURDIR)/target/release/xinyan .tools/end2end --config bench.config.ts
	cargo bench --workspace --bench store
	@cargo bench --quiet --workspace --bench road

## release   makes target/release/xinyan: one optimised program with the site in it
.PHONY: release
release: $(NPM)
	@rm -rf target/site-release
	@$(MAKE) --no-print-directory site WASM_PROFILE=wasm-release SITE=target/site-release
	end2end/node_modules/.bin/wasm-opt -Oz target/site-release/pkg/frontend_bg.wasm -o target/site-release/pkg/frontend_bg.wasm
	cargo clean --quiet -p server --release # a file new to the site is no reason for cargo to build again
	cargo build --workspace --bins --release --features server/embed
	@ls -l target/release/xinyan target/site-release/pkg/frontend_bg.wasm

## clean     takes away everything that was built or installed here; a salon's data stays
.PHONY: clean
clean:
	rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report

# What the goals above are made of.

.PHONY: .built-for-tests server tests site gate
.built-for-tests: server tests site gate $(NPM)

server:
	+@.tools/phase 'server' cargo build --workspace --bins

tests: server
	+@.tools/phase 'tests' cargo test --workspace --no-run --quiet

site: $(SITE)/pkg/frontend_bg.wasm $(SITE)/pkg/xinyan.css
	@mkdir -p $(SITE) && cp -R frontend/public/. $(SITE)/

$(SITE)/pkg/frontend_bg.wasm: $(WASM) $(SITE_TOOL)
	@$(SITE_TOOL) bind $(WASM) $(@D)

# The gate as the browser runs it, by itself: after the site, so that two cargos never build the same crates for the browser at once.
gate: site $(SITE_TOOL)
	+@.tools/phase 'gate for the browser' cargo build -p domain --example gate --target wasm32-unknown-unknown --profile wasm-dev
	@$(SITE_TOOL) bind target/wasm32-unknown-unknown/wasm-dev/examples/gate.wasm target/gate
	@echo '{ "type": "module" }' > target/gate/package.json

$(SITE)/pkg/xinyan.css: $(STYLES) $(SITE_TOOL)
	@mkdir -p $(@D) && $(SITE_TOOL) style style/main.scss $@

$(WASM): FORCE
	+@.tools/wasm-target
	+@.tools/phase 'browser' cargo build -p frontend --target wasm32-unknown-unknown --profile $(WASM_PROFILE)

# Cargo knows best whether these are up to date; only a file that it changed makes anything else anew.
$(SITE_TOOL): Cargo.lock .tools/site-tool $(wildcard .tools/site/Cargo.* .tools/site/src/*)
	+@.tools/phase 'site tool' .tools/site-tool
	@touch $@

$(NPM): end2end/package.json end2end/package-lock.json
	cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
	@touch $@

.PHONY: FORCE
FORCE:
