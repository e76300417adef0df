# Two commands do all the set-up: `make demo` and `make test`.
# A stamp is written only after its install has ended well, so an interrupted
# set-up is done again by the next make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false
# How long `make fuzz` tries each target.
export SECONDS_EACH ?= 60

.PHONY: demo test check lab bench fuzz clean
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

bench: $(VENV)/.ready-test
	PYTHONHASHSEED=0 OMP_NUM_THREADS=1 $(BIN)/python benchmarks/guard.py

fuzz: $(VENV)/.ready-fuzz
	OMP_NUM_THREADS=1 $(BIN)/python fuzz

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
