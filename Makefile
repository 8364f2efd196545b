# The verbs of this project; `make` alone tells them. What takes more than a line is a script in .make/.

# Where `make run` and `make watch` listen.
ADDR ?= 127.0.0.1:4700
run watch: export NADWA_ADDR = $(ADDR)

# Asked anew for each recipe: set-up may have chosen another toolchain just before.
CARGO = cargo $(shell cat target/.toolchain 2>/dev/null)
# One hot crate: unoptimised, it compresses for longer than it takes to compile it well.
BUNDLE = $(CARGO) run --package nadwa-bundle --config 'profile.dev.package.brotli.opt-level=3' --

.DEFAULT_GOAL := help
.PHONY: help run test build watch bench size pictures fmt clean setup bundle bundle-quick

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: bundle ## a conference to try, at ADDR=127.0.0.1:4700
	$(CARGO) run --package nadwa -- demo

test: ## everything that must hold: style, rules, journeys, browsers, bytes
	@.make/test

build: bundle ## the server as one file: target/release/nadwa
	$(CARGO) build --release --package nadwa

watch: setup ## builds and serves again on every change
	@.make/watch

bench: build ## a hall full of phones, ballots, a cheap phone, clocks, a large programme, hints: every number that is promised
	$(CARGO) run --release --package nadwa-tests --bin crowd
	$(CARGO) test --quiet --release --package nadwa-tests --test journeys -- --nocapture a_large_conference fifty_papers
	NADWA_BIN=target/release/nadwa node tests/browser/slow.mjs
	NADWA_BIN=target/release/nadwa node tests/browser/upload.mjs
	NADWA_BIN=target/release/nadwa node tests/browser/clocks.mjs
	npm install --no-save --ignore-scripts --no-audit --no-fund --silent lighthouse@12.8.2
	NADWA_BIN=target/release/nadwa node tests/browser/lighthouse.mjs
	$(CARGO) test --quiet --package nadwa-domain --test it hints -- --nocapture

size: bundle ## the bytes of a phone's first visit, against the budget
	@$(CARGO) build --quiet --package nadwa
	@.make/size

pictures: bundle ## takes the pictures of every page
	$(CARGO) build --package nadwa
	node tests/browser/pictures.mjs

fmt: ## formats the Rust
	$(CARGO) fmt

clean: ## removes what was made
	rm -rf target node_modules

setup:
	@.make/setup build

bundle: setup
	@$(BUNDLE)

bundle-quick: setup
	@$(BUNDLE) --dev
