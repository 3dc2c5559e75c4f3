# Everything is installed into .venv, from the pins in requirements.txt; the
# machine needs Python ≥ 3.11, git and make.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/ready
UV := uv==0.13.8
NOTEBOOKS := $(shell find book -name '*.ipynb' -not -path '*/.*' | sort)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Images of containers tend to forbid bytecode: then half of each build is compiling.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help book test lint audit bench refresh serve lab lock clean bench-engine \
  audit-repeat audit-processors audit-torch audit-mutation audit-lighthouse

help: ## say what can be made
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 10

# uv installs in seconds what takes pip a minute; where it cannot, pip does. And a pip
# that is there spares making one, which takes as long as all the rest.
$(READY): requirements.txt pyproject.toml book/_ext/package-lock.json tests/package-lock.json
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed")'
	$(PYTHON) -m venv --without-pip .venv
	-@$(PYTHON) -m pip --python $(BIN)/python install --quiet $(UV) 2> /dev/null \
	  || { $(BIN)/python -m ensurepip && $(BIN)/python -m pip install --quiet $(UV); }
	$(BIN)/uv pip install --quiet --python $(BIN)/python pip -r requirements.txt \
	  || { $(BIN)/python -m ensurepip; $(BIN)/python -m pip install --quiet -r requirements.txt; }
	$(BIN)/python book/_ext/npm.py book/_ext tests
	@touch $@

book: $(READY) ## build the pages, and say where they are
	@rm -rf _build
	$(BIN)/jupyter-book build -W -n --keep-going --quiet .
	@echo "Open file://$(CURDIR)/_build/html/index.html"

test: $(READY) lint ## re-run every notebook, test the library and the pages
	-$(BIN)/python tests/browser.py
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder \
	  --cov=lstm_lib --cov-branch --cov-fail-under=100

lint: $(READY) ## check style; `make lint FIX=1` mends it
	$(BIN)/ruff check $(if $(FIX),--fix) .
	$(BIN)/ruff format $(if $(FIX),,--check) --quiet --exclude '*.ipynb' .
	$(BIN)/ruff format $(if $(FIX),,--check) --quiet --line-length 72 $(NOTEBOOKS)

audit: $(READY) ## measure what is slow or bound to the machine; go on with `make -k`
audit: audit-repeat audit-processors audit-torch audit-mutation audit-lighthouse

audit-repeat: $(READY)
	$(BIN)/python tests/audit/repeat.py

audit-processors: $(READY)
	$(BIN)/python tests/audit/processors.py

audit-torch:
	$(PYTHON) -m venv .venv-torch
	.venv-torch/bin/pip install --quiet torch==2.13.0 pytest hypothesis -e .
	.venv-torch/bin/pytest -q -o addopts= tests/audit/test_torch*.py

audit-mutation:
	$(PYTHON) -m venv .venv-mutation
	.venv-mutation/bin/pip install --quiet mutmut==3.8.1 -r requirements.txt
	.venv-mutation/bin/python tests/audit/mutation.py

audit-lighthouse: book
	$(BIN)/python tests/audit/lighthouse.py

bench: $(READY) ## time the library and the pages against their peers
	$(BIN)/python tests/benchmarks/activations.py
	$(BIN)/python tests/benchmarks/clip.py
	$(MAKE) bench-engine
	$(BIN)/python tests/benchmarks/pages.py

bench-engine: $(READY)
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet torch==2.13.0 'jax[cpu]==0.10.2' -e . \
	  $(shell grep -E '^(matplotlib|numpy|tqdm)==' requirements.txt)
	.venv-peers/bin/python tests/benchmarks/engine.py
	$(BIN)/python tests/benchmarks/scaling.py

refresh: $(READY) ## run all notebooks and store their outputs
	$(BIN)/python book/_ext/refresh.py

serve: book ## build, and serve the pages at PORT (8000)
	$(BIN)/python -m http.server --directory _build/html $(PORT)

lab: $(READY) ## open the notebooks in JupyterLab
	$(BIN)/jupyter trust $(NOTEBOOKS)
	$(BIN)/jupyter lab book

lock: $(READY) ## resolve the pins anew from pyproject.toml
	$(BIN)/python -m pip install --quiet $(UV)
	@sed '/^[^#]/,$$d' requirements.txt > .lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --fork-strategy fewest --no-header --no-annotate --no-emit-index-url \
	  --all-extras --upgrade pyproject.toml >> .lock
	@echo '-e .' >> .lock
	@mv .lock requirements.txt

clean: ## remove everything that make has made
	rm -rf _build .venv .venv-* book/_ext/node_modules tests/node_modules \
	  tests/audit/node_modules tests/benchmarks/node_modules .pytest_cache .ruff_cache .hypothesis .coverage \
	  lstm_lib.egg-info
