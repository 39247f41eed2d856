# What this repository can do. The programs it needs beside Node, Go and a shell it gets itself: see `make engine`.
SHELL := /bin/sh
TSX := node_modules/.bin/tsx

.PHONY: help deps build docs engine engine-status quickstart quickstart-down pipeline test test-long test-all test-times chaos bench lint format clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

deps: node_modules/.package-lock.json ## Install the npm packages of the lock file

dist/.built: node_modules/.package-lock.json tsconfig.json $(shell find src -name '*.ts')
	@npm run --silent build
	@touch $@

build: dist/.built ## Compile the package

engine: deps ## Get the real programs: pulumi, its language host, etcd, kube-apiserver, kube-controller-manager, kubectl
	@$(TSX) tools/engine/main.ts ensure

engine-status: deps ## Say which programs are used, and where each comes from
	@$(TSX) tools/engine/main.ts status

quickstart: build ## Make a compute environment, for real, on this machine
	@$(TSX) tools/quickstart/main.ts up

quickstart-down: build ## Remove everything that the quickstart made
	@$(TSX) tools/quickstart/main.ts down

pipeline: build ## Run a real pipeline: a real Nextflow, on a real node of this machine (needs root)
	@$(TSX) tools/pipeline/main.ts

test: build ## Check and test: everything that takes a quarter of an hour on two cores
	@$(TSX) tools/test/main.ts

test-long: build ## What `make test` leaves out, or a part of it: SHARD=3/8
	@$(TSX) tools/test/main.ts --long $(if $(SHARD),--shard $(SHARD))

test-all: build ## Both
	@$(TSX) tools/test/main.ts --all

test-times: deps ## Commit the measured times, which divide the work, to tests/times.json
	@$(TSX) tools/test/main.ts times

chaos: build ## Seeded trouble, then one clean run: SCHEDULES=1000 SEED=1, CLI=100, KILLS=100, HISTORIES=200, FROM=120 to go on, ONLY=17 for one
	@[ "$(SCHEDULES)" = 0 ] || $(TSX) tests/chaos/main.ts
	@[ -z "$(CLI)$(KILLS)$(HISTORIES)" ] || CLI=$(or $(CLI),0) KILLS=$(or $(KILLS),0) HISTORIES=$(or $(HISTORIES),0) node_modules/.bin/mocha tests/engine/chaos.long.test.ts

lint: build ## Check style, types, imports and format
	@$(TSX) tools/test/main.ts checks

docs: deps ## Write docs/reference.md from the types and the rules
	@$(TSX) docs/generate/main.ts

format: deps ## Format everything
	@npm run --silent format

clean: ## Remove what was built here
	@rm -rf dist build

bench: build ## Measure, side by side; N=1,10,50,100 takes an hour and a half; CHECKPOINTS=no without state written at each step
	@node bench/importCost.mjs
	@node_modules/.bin/mocha --reporter dot 'bench/*.bench.ts'
