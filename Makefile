# Everything a newcomer needs: `make demo` and `make test`. Each sets up .venv by itself; Python 3.10-3.13 and make are enough.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# the first interpreter that is in range and can make virtual environments; `make PYTHON=/path/to/python3.12 demo` overrides
CHECK_PYTHON := import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.10 python3 python; do \
	if "$$p" -c '$(CHECK_PYTHON)' >/dev/null 2>&1; then echo "$$p"; break; fi; done)
VENV ?= .venv
PY := $(VENV)/bin/python
# processes for tests; TensorFlow takes about 1 GB in each
JOBS ?= 2

export TF_CPP_MIN_LOG_LEVEL ?= 3
export TF_ENABLE_ONEDNN_OPTS ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1

.PHONY: help setup demo test test-fast lint types format fuzz conformance bench bench-export goldens coverage lessons clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: $(VENV)/.installed ## create .venv with everything pinned in requirements.txt

$(VENV)/.requirements: requirements.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "tf2kit needs Python 3.10, 3.11, 3.12 or 3.13 (TensorFlow 2.21 has no others) with the venv module;" >&2; \
		echo "none was found on PATH. Install one, then: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
		echo "(On Debian and Ubuntu: apt install python3 python3-venv.)" >&2; exit 1; fi
	@"$(PYTHON)" -c '$(CHECK_PYTHON)' || { echo "$(PYTHON) is not Python 3.10-3.13 with venv; set PYTHON to one that is." >&2; exit 1; }
	@echo "setting up $(VENV) with $$("$(PYTHON)" --version); the first time downloads about 700 MB"
	@# an environment that works is brought up to date, so that what runs in it meanwhile goes on
	@$(PY) -c '$(CHECK_PYTHON)' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.requirements pyproject.toml
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# what runs models of TensorFlow.js, into the environment; without npm its tests are left out
$(VENV)/.node: $(VENV)/.installed tfjs/runtime/package-lock.json
	@if command -v npm >/dev/null; then $(PY) -m tf2kit.tfjs.nodejs && touch $@; \
	else echo "no npm on PATH: tests of TensorFlow.js are left out" >&2; fi

demo: setup ## migrate examples/legacy and prove three of the results against TensorFlow 1.15
	@$(PY) -m examples.demo

test: lint types $(VENV)/.node ## everything: lint, types and all tests (CI runs this)
	$(PY) -m pytest -n $(JOBS) --dist loadgroup

test-fast: lint types ## the same without the tests that start TensorFlow
	$(PY) -m pytest -n $(JOBS) -m "not slow"

lint: setup ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

# mypy cannot follow a package whose parts lie in two folders, so it reads a tree of links, made afresh each time
types: setup ## mypy --strict on src/tf2kit, migrate, tflite and tfjs
	@rm -rf build/types && mkdir -p build/types/tf2kit
	@ln -s "$(CURDIR)"/src/tf2kit/* build/types/tf2kit/ && for room in migrate tflite tfjs; do ln -s "$(CURDIR)/$$room" build/types/tf2kit/$$room; done
	MYPYPATH=build/types $(PY) -m mypy --strict -p tf2kit | sed -E -e 's#^build/types/tf2kit/(migrate|tflite|tfjs)/#\1/#' -e 's#^build/types/#src/#'

format: setup ## let ruff rewrite what it can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

fuzz: setup ## property tests with at least 10,000 cases each
	$(PY) -m pytest -n $(JOBS) -m fuzz --hypothesis-profile=fuzz

conformance: setup ## compare our official pass with tf_upgrade_v2 on a folder: make conformance DIR=path
	$(PY) -m tests.conformance $(or $(DIR),examples/legacy)

bench: setup ## time and memory side by side with tf_upgrade_v2; what `tf2kit run` and `verify` cost
	$(PY) -m tests.bench $(DIR)

bench-export: setup $(VENV)/.node ## exports side by side with other converters: make bench-export MODELS="mlp cnn"
	$(PY) -m tests.bench_export $(MODELS)

goldens: setup ## record what programs compute on TensorFlow 1.15: make goldens LEGACY_PYTHON=/path/to/python3.7
	@if [ -z "$(LEGACY_PYTHON)" ]; then echo "set LEGACY_PYTHON to a Python 3.7 with tensorflow==1.15.5 and scikit-learn" >&2; exit 1; fi
	$(LEGACY_PYTHON) -m examples.record
	$(PY) -m examples.catalogue
	$(PY) -m examples.goldens $(LEGACY_PYTHON)
	$(PY) -m tests.verify.programs $(LEGACY_PYTHON)

coverage: setup ## write examples/modern, prove it and the programs of PUBLIC=folder; writes docs/coverage.md
	$(PY) -m examples.native
	$(PY) -m examples.coverage $(if $(PUBLIC),--public $(PUBLIC))

lessons: setup ## make the notebooks and execute all lessons, solutions filled in: make lessons ONLY="4 7"
	$(PY) -m tf2kit.lessons.generate $(ONLY)
	$(PY) -m tests.lessons --jobs $(JOBS) $(ONLY)

clean: ## remove .venv, build and caches
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
