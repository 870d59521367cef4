# Two commands matter: `make run` and `make test`. The environment is made by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test bench check messages pictures clean

run: $(VENV)/.installed  ## open the app on the demonstration country
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/.installed-dev check  ## everything that must hold, under 12 minutes on 2 cores
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not bench"

check: $(VENV)/.installed-dev  ## lint, format, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.installed-dev  ## slow and large checks; their figures are kept in docs/benchmarks.md
	@$(BIN)/python -m pytest -m bench -s

messages: $(VENV)/.installed-dev  ## bring the catalogues up to date with the sources
	@$(BIN)/python -m tests.tools.messages

pictures: $(VENV)/.installed-dev  ## take the pictures of docs/images again (needs Chromium)
	@$(BIN)/python -m tests.tools.pictures

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mirador needs Python 3.11 or newer; found $$($(PYTHON) --version). Set PYTHON=python3.12, for example."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing Mirador (about a minute, only this once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements.txt requirements-dev.txt $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
