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

# torch's CPU build for Python 3.11 on x86-64 Linux, which is not on PyPI.
TORCH_CPU := 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
GPU := nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 \
	nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx \
	cuda-bindings cuda-pathfinder cuda-toolkit triton

.PHONY: demo test check lab bench fuzz lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/.ready
	$(BIN)/claim-compare run fixtures/helmand-2020 --out out/helmand-2020

test: $(VENV)/.ready-test
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

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

lock: $(VENV)/.ready-lock
	$(BIN)/uv pip compile pyproject.toml --extra lab --extra test --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --quiet \
		$(addprefix --no-emit-package ,$(GPU)) --output-file requirements.lock
	sed -i -e '/$(TORCH_CPU)/d' -e '/^torch==/a\    --hash=sha256:$(TORCH_CPU) \\' requirements.lock

clean:
	rm -rf $(VENV) out build dist

$(VENV)/.venv:
	$(PYTHON) -m venv --clear $(VENV)
	touch $@

$(VENV)/.ready: pyproject.toml | $(VENV)/.venv
	$(PIP) --editable .
	touch $@

# The tests try the engine on Dask too.
$(VENV)/.ready-test: $(VENV)/.ready pyproject.toml
	$(PIP) --editable ".[test,cluster]"
	touch $@

$(VENV)/.ready-%: $(VENV)/.ready pyproject.toml
	$(PIP) --editable ".[$*]"
	touch $@
