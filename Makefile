# make chat, make test: all that a newcomer needs. Python 3.11 or newer, pip and make are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Versions that were tested together. torch is among them: an open range would pull gigabytes of CUDA libraries.
INSTALL := $(PIP) install --quiet --constraint constraints.txt

# What test-llm runs (all, or a file), and where its model is kept: 1.1 GB, fetched once.
LLM_TESTS ?= tests
GGUF ?= $(HOME)/.cache/pincite/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf

.PHONY: help install chat test fetch-llm test-llm lint fix constraints clean
.DEFAULT_GOAL := help

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Create .venv, whose bin/pincite then works alone

chat: install ## Index docs_corpus/ and open the web chat on http://127.0.0.1:7860
	@$(BIN)/pincite sync docs_corpus
	@$(BIN)/pincite chat

test: $(VENV)/installed-test ## Install the test extras and run the tests
	@$(BIN)/python -m pytest

fetch-llm: $(VENV)/installed-test ## Fetch the chat model of test-llm, 1.1 GB, where it is not there yet
	@$(INSTALL) --editable '.[local-llm]'
	@$(BIN)/python tests/quality/fetch_model.py $(GGUF)

test-llm: fetch-llm ## Run the tests that need a real chat model: some minutes
	@PINCITE_TEST_GGUF=$(GGUF) $(BIN)/python -m pytest -m llm $(LLM_TESTS)

lint: $(VENV)/installed-lint ## Check style, types and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/installed-lint ## Mend style where ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

constraints: install ## Write constraints.txt from what is installed in .venv
	@$(INSTALL) --editable '.[test,lint,local-llm]'
	@$(PIP) freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

clean: ## Remove .venv and the index of this folder
	rm -rf $(VENV) .pincite

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Pincite needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@# Debian's python3 comes without ensurepip, but its pip can put itself into another environment.
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV) && $(PYTHON) -m venv --without-pip $(VENV) \
	  && $(PYTHON) -m pip --quiet --python $(VENV)/bin/python install pip; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Pincite into $(VENV); the first time takes some minutes"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(INSTALL) --editable '.[test]'
	@touch $@

$(VENV)/installed-lint: $(VENV)/installed-test
	@$(INSTALL) --editable '.[lint]'
	@touch $@
