# `make run` and `make test` set up whatever is missing; they need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export GRADIO_ANALYTICS_ENABLED = False
export ANONYMIZED_TELEMETRY = False
export TOKENIZERS_PARALLELISM = false

.PHONY: run test test-fast lint content check coverage format bench constraints clean

run: $(STAMP)
	$(BIN)/python app.py

test: $(STAMP)
	$(BIN)/pytest -m "not real"
	$(BIN)/pytest -m real --durations=15

test-fast: $(STAMP)
	$(BIN)/pytest -m "not real"

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

content: $(STAMP)
	$(BIN)/python -m interviewer.evaluation.content

check: lint content
	$(BIN)/pytest -m "not real"

coverage: $(STAMP)
	$(BIN)/pytest --cov --cov-report=term:skip-covered

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	for bench in benchmarks/*.py; do $(BIN)/python $$bench || exit 1; done

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

# Needs uv. Writes no index addresses and no local version suffixes, so that the file fits every machine.
constraints:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --constraint constraints.in -o constraints.txt --upgrade
	sed -i 's/+cpu//' constraints.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
