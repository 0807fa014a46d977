# Each target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check lock bench audit effort screenshots i18n help

run: $(VENV)/run.done ## set up and serve on http://localhost:8000
	$(BIN)/acupwa serve

test: $(VENV)/test.done ## set up and run every test
	$(BIN)/python -m pytest -n $${WORKERS:-3} --dist worksteal

check: $(VENV)/test.done ## lint, types, templates, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/acupwa content check

lock: $(VENV)/test.done ## re-lock what we depend on, with hashes
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --build-deps-for editable --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

bench: $(VENV)/test.done ## benchmarks, each with a peer in the same run
	$(BIN)/python -m benchmarks

audit: $(VENV)/test.done ## Lighthouse, axe and the HTML validator over the main pages
	$(BIN)/python -m tools.audit

effort: $(VENV)/test.done ## taps, words, phone screens and seconds of each way, for five people, beside what they may be
	$(BIN)/python -m tools.effort

screenshots: $(VENV)/test.done ## take the pictures of the README and of the manifest anew
	$(BIN)/python -m tools.screenshots

i18n: $(VENV)/test.done ## collect the sentences, bring the catalogues up to date, check them
	$(BIN)/python -m tools.i18n

help: ## this list
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: $(VENV)/run.done requirements-dev.txt
	$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	sh .ci/system-packages
	@touch $@
