# The front door. The work is in the package; these lines set up the environment and call it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup figures site test worlds lab check lint bench clean geo

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Set up .venv from the lock file, and nothing else

figures: $(READY) ## Set up, check the data, run the notebooks a change affects, write figures/
	$(BIN)/crossings build

site: $(READY) ## Make the report site out of notebooks, figures and data, in site/
	$(BIN)/crossings site

test: $(READY) ## Run everything that must hold
	$(BIN)/ruff check .
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder
	$(BIN)/pytest --nbval -p no:cacheprovider notebooks -n 2 --dist loadfile

worlds: $(READY) ## Draw all figures on all invented states of the data (by hand, half an hour)
	CROSSINGS_WORLDS=1 $(BIN)/pytest tests/test_worlds.py -n 2 --dist loadgroup

lab: $(READY) ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

check: $(READY) ## Check the data alone
	$(BIN)/crossings check

lint: $(READY) ## Check style and format of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

geo: $(READY) ## Rebuild the map layers from the pinned packages and compare (needs the network)
	$(BIN)/python scripts/build_geo.py --check

bench: $(READY) ## Time checks and builds against other tools (by hand, half an hour)
	$(BIN)/python benchmarks/bench_check.py
	$(BIN)/uv run --with papermill --with nbmake --with jupyter-cache python benchmarks/bench_build.py

clean: ## Remove the environment and caches; data, notebooks and figures stay
	rm -rf $(VENV) .crossings .pytest_cache .ruff_cache

$(READY): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet "uv>=0.9"
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv sync --locked --inexact --active
	touch $@
