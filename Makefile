# Two commands do it all on a fresh machine: `make nightly` and `make test`.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
BIN := .venv/bin
SIZE ?= medium
SEED ?= 2021
GUIDES ?= 1000000
BENCHES := sandbox_ceiling crawl_ratio reaudit side_by_side store_rates readability_rate probe_cost probe_side_by_side

.DEFAULT_GOAL := help
# Commands, crawlers and workers are processes of their own: without byte-code each of them compiles all over again.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup nightly test lint types unit test-slow serve sandbox bench bench-audit bench-verdicts bench-endurance bench-million bench-score lock clean

help: ## Show what there is to run
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/.installed .venv/.browser ## Install whatever is missing: virtual environment, packages, a browser, Chinese fonts

.venv/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it (Debian: apt-get install python3 python3-venv) and run this again"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "a virtual environment cannot be made: install the venv module (Debian: apt-get install python3-venv) and run this again"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.browser: .venv/.installed
	@$(BIN)/yuece doctor --repair
	@touch $@

nightly: setup ## One night on the sandbox: crawl, audit, probe, score, export (SIZE=small|medium|N, SEED=N)
	@$(BIN)/yuece nightly --portal sandbox --size $(SIZE) --seed $(SEED)

test: setup lint ## Everything that a change must pass: lint, types, tests
	@$(MAKE) --no-print-directory --jobs 2 types unit

lint: .venv/.installed ## Style and import hygiene
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: .venv/.installed ## mypy --strict
	@$(BIN)/mypy

unit: setup ## Unit tests and end-to-end tests in a real browser against the sandbox
	@$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m "not slow" --durations 25

test-slow: setup ## The exhaustive checks
	@$(BIN)/pytest -q -m slow

serve: setup ## The evaluators' workbench on loopback
	@$(BIN)/yuece serve --open

sandbox: setup ## The replica of the three portals on loopback
	@$(BIN)/yuece sandbox --size $(SIZE) --seed $(SEED)

bench: setup .venv-bench/.installed .bench-node/.installed ## The short benchmarks: each prints a ratio or a rate with what it is measured against
	@for name in $(BENCHES); do echo "== benchmarks/$$name.py"; $(BIN)/python -m benchmarks.$$name || exit 1; done

bench-million: setup ## A million stored guides judged again in constant memory (hours; GUIDES=N for fewer)
	@$(BIN)/python -m benchmarks.reaudit --guides $(GUIDES)

bench-score: .venv/.installed ## 1,500,000 guides of 48 bodies scored from the store: seconds and memory (GUIDES=N for fewer)
	@$(BIN)/python -m benchmarks.score_million --guides $(if $(filter command line environment,$(origin GUIDES)),$(GUIDES),1500000)

.venv-bench/.installed: benchmarks/requirements.lock .venv/.installed
	@test -x .venv-bench/bin/python || $(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock \
		&& { .venv-bench/bin/rfbrowser init --skip-browsers >/dev/null 2>&1 || .venv-bench/bin/python -m pip uninstall -q -y robotframework-browser; } \
		&& touch $@ || echo "what others are compared with cannot be installed: those comparisons will be skipped"

.bench-node/.installed: benchmarks/package.json
	@mkdir -p .bench-node && cp benchmarks/package.json .bench-node/ && { command -v npm >/dev/null 2>&1 \
		&& npm install --prefix .bench-node --no-audit --no-fund --no-package-lock --ignore-scripts --silent && touch $@ \
		|| echo "npm cannot install @elastic/synthetics: benchmarks/probe_side_by_side.py goes without it"; }

bench-endurance: setup ## A thousand probes and a hundred forced crashes: memory stays, no browser is left behind
	@$(BIN)/python -m benchmarks.probe_endurance

bench-audit: setup ## Precision and recall of the audit against a freshly planted truth (SEED=N for a known one)
	@$(BIN)/python -m benchmarks.audit_truth $(if $(filter command line environment,$(origin SEED)),--seed $(SEED))

bench-verdicts: setup ## Truth against verdict over the sandbox's fault scenarios (SEED=N for a known one)
	@$(BIN)/python -m benchmarks.verdicts $(if $(filter command line environment,$(origin SEED)),--seed $(SEED))

lock: ## Write requirements.lock anew (needs uv)
	@uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 \
		--extra dev pyproject.toml -o requirements.lock
	@uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 \
		benchmarks/requirements.in -o benchmarks/requirements.lock

clean: ## Remove caches; the store and the evidence stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
