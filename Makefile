# Two commands on a fresh machine: `make run` and `make test`. Everything lives in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench extracted schema lock clean

run: .venv/run.stamp
	$(BIN)/tally run corpus --out extracted

test: .venv/test.stamp
	$(BIN)/python -m pytest

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test.stamp
	$(BIN)/python -m tests.bench

# Writes extracted/ anew after a change that was meant; look at `git diff extracted` before it is committed.
extracted: .venv/test.stamp
	TALLY_UPDATE_EXTRACTED=1 $(BIN)/python -m pytest tests/test_extracted.py

schema: .venv/test.stamp
	$(BIN)/python scripts/make_schema.py

# pip compiles bytecode as it installs; without it spaCy and Prefect start several times slower.
.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25"

.venv/run.stamp: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

.venv/test.stamp: requirements-dev.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@ .venv/run.stamp

# The lock names no index: uv writes hashes only.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --all-extras pyproject.toml -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml -c requirements-dev.txt -o requirements.txt

clean:
	rm -rf .venv build *.egg-info
