# Kithwork. `make demo` and `make test` do all set-up on a machine with Python 3.11 or later.
.PHONY: demo run test check bench install install-dev front verifier fast lint types contract lock clean

PYTHON ?= python3
PORT ?= 8000
# tests that ask a database anything; the rest is the same on any
WITH_DATABASE := $(filter-out tests/core tests/browser tests/bench tests/verifier,$(patsubst %/,%,$(wildcard tests/*/)))
BIN := .venv/bin
# some containers forbid it, and then every process that the tests start compiles all that it imports anew
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes

demo: install front ## a working site with sample people; prints the address and the accounts
	$(BIN)/kithwork demo --port $(PORT)

run: install front ## the site on your own data (KITHWORK_DATA)
	$(BIN)/kithwork run --port $(PORT)

install: .venv/.installed ## leaves the command at .venv/bin/kithwork

install-dev: .venv/.installed-dev

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.lock
	$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation -e .
	touch $@

.venv/.installed-dev: requirements-dev.lock tests/programs.py .venv/.installed
	$(PIP) -r requirements-dev.lock
	$(BIN)/python -m tests.programs
	touch $@

# Node comes from the system, or else from the PyPI wheel.
front: build/.built

build/.built: package.json package-lock.json $(wildcard front/*) | .venv/.installed
	@command -v npm >/dev/null 2>&1 || test -x $(BIN)/npm || $(PIP) -r requirements-front.lock
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent build
	rm -rf build/collected
	KITHWORK_DATA=build/scratch $(BIN)/python -m django collectstatic --noinput --settings kithwork.settings -v 0
	touch $@

# Digital Bazaar's libraries, which check in tests what we sign; the site needs none of them
verifier: tests/verifier/node_modules/.installed

tests/verifier/node_modules/.installed: tests/verifier/package.json tests/verifier/package-lock.json | build/.built
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --prefix tests/verifier --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

test: install-dev front verifier lint types contract ## everything: all tests on SQLite with a real browser, then every statement on a real PostgreSQL
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 --dist worksteal --hypothesis-profile deep -p tests.statements --keep-statements tests
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not slow" \
		-p tests.statements --each-statement-once $(WITH_DATABASE)

check: install-dev front verifier lint types contract fast ## what every commit must pass

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contract:
	$(BIN)/lint-imports --no-logo

fast:
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not slow" tests

bench: install-dev front ## the figures
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.service
	$(BIN)/python -m tests.bench.names
	$(BIN)/python -m tests.bench.files
	$(BIN)/python -m tests.bench.gate
	$(BIN)/python -m tests.bench.matching
	$(BIN)/python -m tests.bench.credentials
	$(BIN)/python -m tests.bench.pairing
	$(BIN)/python -m tests.bench.readiness --data build/bench
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.bench.readiness --data build/bench

lock: | .venv/bin/python ## renew the pinned requirements
	$(BIN)/python -m pip -q install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra names --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra names --group build --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:front -o requirements-front.lock

clean:
	rm -rf .venv node_modules tests/verifier/node_modules build .mypy_cache .ruff_cache
