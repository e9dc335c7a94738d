# One local command equals CI: `make check` here is what a change must pass.
VENV   := .venv
# An environment of its own, so that the tool does not look at itself.
AUDIT  := .venv-audit
PY     := $(VENV)/bin/python
# The first interpreter that is really 3.11 or newer; a shim that only prints an error is passed over.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run demo browser test soak check audit format pictures bench reference clean

help:            ## this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(VENV)/.runtime    ## set up and serve on http://127.0.0.1:8501
	$(VENV)/bin/streamlit run streamlit_app.py

demo: $(VENV)/.runtime   ## the same with the demo province, and people who sign in without a password
	$(PY) -m survey_app demo --if-empty
	SURVEY_DEMO=1 $(VENV)/bin/streamlit run streamlit_app.py

# Before the tests, because they run in several processes and one machine installs one thing at a time.
browser: $(VENV)/.dev    ## get this machine a Chromium for the browser tests
	$(PY) -m tests.browser.chromium

test: browser            ## set up and run every test
	$(PY) -m pytest

soak: browser            ## every test on both kinds of database, with as many answers as in a long day
	$(PY) -m pytest --soak

check: browser           ## format, lint, types, import contracts, tests
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest

# Not among the tests: it asks PyPI what has become known since, so that its answer changes while nothing here does.
audit: $(VENV)/.dev $(AUDIT)/.made  ## ask PyPI for known holes in what is installed
	$(PY) -m tests.architecture.audit $(AUDIT)/bin/pip-audit

format: $(VENV)/.dev     ## rewrite the code in the house format
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

pictures: browser        ## take the pictures of the README anew, of the demonstration
	$(PY) -m tests.browser.pictures

bench: $(VENV)/.dev      ## measure; every figure is a ratio within one run
	$(PY) -m benchmarks

reference: $(VENV)/.dev  ## regenerate the values of R that the tests compare with
	tests/analytics/reference/regenerate

clean:
	rm -rf $(VENV) $(AUDIT) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Debian splits venv from python3: as root its package is installed, otherwise the message says what to ask for.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found on PATH." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || { \
	  echo "Python's venv module is missing. Ask for it: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/.runtime

$(AUDIT)/.made: requirements-audit.txt | $(VENV)/bin/python
	$(PY) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install -q --disable-pip-version-check -r requirements-audit.txt
	touch $@
