# Two commands do all the set-up: `make demo` and `make test`.
# A stamp is written only after its install has ended well, so an interrupted
# set-up is done again by the next make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: demo test check lab bench clean
.DELETE_ON_ERROR:

demo: $(VENV)/.ready
	$(BIN)/claim-compare run fixtures/helmand-2020 --out out/helmand-2020

test: $(VENV)/.ready-test
	$(BIN)/python -m pytest

check: $(VENV)/.ready-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: $(VENV)/.ready-lab
	$(BIN)/jupyter lab notebooks

clean:
	rm -rf $(VENV) out build dist

$(VENV)/.venv:
	$(PYTHON) -m venv --clear $(VENV)
	touch $@

$(VENV)/.ready: pyproject.toml | $(VENV)/.venv
	$(PIP) --editable .
	touch $@

$(VENV)/.ready-%: $(VENV)/.ready pyproject.toml
	$(PIP) --editable ".[$*]"
	touch $@
