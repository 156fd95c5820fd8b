# The front door. The work is in the package; these lines set up the environment and call it.
PYTHON ?= python3
VENV := .venv
# Not the scripts in .venv/bin: their first line holds the path, which may have a space or a quote.
RUN := $(VENV)/bin/python -m
READY := $(VENV)/.ready
# What a user has set for other environments must not lead packages or imports elsewhere.
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX UV_PROJECT_ENVIRONMENT UV_PYTHON
export PIP_USER := 0
# No half-made environment stays behind, which the next run would take for a whole one.
NO_VENV = { rm -rf $(VENV); echo "$(PYTHON) cannot make an environment in this folder. It must be Python 3.11" \
  "or later with venv and pip (Debian, Ubuntu: 'sudo apt install python3-venv'), or name another:" \
  "make setup PYTHON=python3.12"; exit 1; }
# What uv fetches is kept for the next time, where there is a place for it.
KEPT = $${UV_CACHE_DIR:-$${XDG_CACHE_HOME:-$$HOME/.cache}/uv}
CACHE = $$(mkdir -p "$(KEPT)" 2>/dev/null && test -w "$(KEPT)" || echo --no-cache)

.DEFAULT_GOAL := help
.PHONY: help setup figures site test worlds lab check lint bench torture clean geo

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Set up .venv from the lock file, and nothing else

figures: $(READY) ## Set up, check the data, run the notebooks a change affects, write figures/
	$(RUN) helpers build

site: $(READY) ## Make the report site out of notebooks, figures and data, in site/
	$(RUN) helpers site

test: $(READY) ## Run everything that must hold
	$(RUN) ruff check .
	$(RUN) pytest -n 2 --dist loadgroup --no-loadscope-reorder
	$(RUN) pytest --nbval -p no:cacheprovider notebooks/[0-9][0-9]_*.ipynb -n 2 --dist loadfile

worlds: $(READY) ## Draw all figures on all invented states of the data (by hand, half an hour)
	CROSSINGS_WORLDS=1 $(RUN) pytest tests/test_worlds.py -n 2 --dist loadgroup

lab: $(READY) ## Open the project in JupyterLab
	$(RUN) jupyterlab --config=scripts/jupyter_lab_config.py

check: $(READY) ## Check the data alone
	$(RUN) helpers check

lint: $(READY) ## Check style and format of the code
	$(RUN) ruff check .
	$(RUN) ruff format --check .

geo: $(READY) ## Rebuild the map layers from the pinned packages and compare (needs the network)
	$(VENV)/bin/python scripts/build_geo.py --check

bench: $(READY) ## Time checks and builds against other tools (by hand, half an hour)
	$(VENV)/bin/python benchmarks/bench_check.py
	$(RUN) uv run --with papermill --with nbmake --with jupyter-cache python benchmarks/bench_build.py

torture: $(READY) ## Kill commands, feed random bytes, make slips and mutants (by hand, see benchmarks/)
	$(RUN) benchmarks.torture kills
	$(RUN) benchmarks.torture reader
	$(RUN) benchmarks.torture importer
	$(RUN) benchmarks.hostile
	$(VENV)/bin/python benchmarks/slips.py
	$(VENV)/bin/python benchmarks/mutants.py

clean: ## Remove the environment and caches; data, notebooks and figures stay
	rm -rf $(VENV) .crossings .pytest_cache .ruff_cache

$(READY): pyproject.toml uv.lock
	@test -w . || { echo "You may not write in this folder: make a copy of it that is yours."; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) || $(NO_VENV)
	@$(RUN) uv --version >/dev/null 2>&1 || $(RUN) pip --version >/dev/null 2>&1 || $(RUN) ensurepip || $(NO_VENV)
	@$(RUN) uv --version >/dev/null 2>&1 || $(RUN) pip install --quiet "uv>=0.9"
	VIRTUAL_ENV="$$PWD/$(VENV)" $(RUN) uv sync --locked --inexact --active $(CACHE)
	@touch $@
