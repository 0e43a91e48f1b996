# The first run of each target prepares what it needs; later runs find it and start at once.
.DEFAULT_GOAL := help
.PHONY: help demo run test check bench screenshots strings lock setup setup-dev clean

SHELL := /bin/sh
PYTHON := .venv/bin/python
THIDUA := .venv/bin/thidua
# Tests to run: make test ONLY=tests/kernel
ONLY :=
# make demo SERVE=no ends once the files are written; OUT=folder writes them elsewhere.
SERVE := yes
OUT := out

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

demo: setup ## The whole path with made-up people, files under out/, then the pages (SERVE=no: without)
	@$(THIDUA) demo --out $(OUT)
ifneq ($(SERVE),no)
	@exec $(THIDUA) serve
endif

run: setup ## Only the pages, on the database that is there
	@exec $(THIDUA) serve

test: setup-dev ## All tests, real browser included (ONLY=tests/kernel: some)
	@.ci/system-packages test
	@$(PYTHON) -m pytest --numprocesses auto --dist worksteal $(ONLY)

check: setup-dev ## Formatting, lint, types, import arrows, migration drift, untranslated strings
	@.ci/system-packages run
	@.ci/check

bench: setup-dev ## Speed as ratios against the plain way (BENCH_STRICT=1: a miss fails)
	@.ci/system-packages run
	@$(PYTHON) -m tests.bench

screenshots: setup-dev ## The pictures in the README, from the running demo
	@.ci/system-packages test
	@$(PYTHON) -m tests.screenshots

strings: setup-dev ## Bring new texts of code and templates into the English catalogue
	@$(PYTHON) -m tests.strings update

lock: ## Pin all packages anew from pyproject.toml
	@.ci/lock

setup: ## Only the environment and the system libraries
	@.ci/setup run
	@.ci/system-packages run

setup-dev:
	@.ci/setup dev

clean: ## Remove the environment, caches and out/ (the data under var/ stays)
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find app tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
