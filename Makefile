# make briefing   set up and print the briefing of seeds/
# make test       set up and run every test
# make check      lint, types and the code of the docs
# make bench      quality, speed and growth; DATA=folder of clusters
# make encoder    make the packaged encoder again
# make salience   fit the packaged salience weights again; DATA=folder of clusters
# make fuser      train a fuser into build/fuser; DATA=folder of pairs

PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/data
WORDS ?= 150
WORKERS ?= 2
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: briefing test check bench gate readme encoder salience fuser pins clean
.DELETE_ON_ERROR:

briefing: .venv/base
	@$(BIN)/summarizer brief seeds --max-words $(WORDS)

# In WORKERS processes side by side; `make test WORKERS=0` runs them one by one. Threads of numpy and torch would only
# wait for one another there. The plugin left out is another package's and is imported for a second in each.
# What fails beside others runs once more by itself, and has to pass: browsers and servers are slow on a machine that is shared.
test: .venv/dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal -p no:langsmith_plugin \
		--cov --cov-report=term:skip-covered \
	|| OMP_NUM_THREADS=1 $(BIN)/python -m pytest --quiet --last-failed --last-failed-no-failures none -p no:langsmith_plugin

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet --doctest-modules summarizer tests/test_readme.py

bench: .venv/dev
	$(BIN)/python -m benchmarks run --data $(DATA) --set neus_val
	$(BIN)/python -m benchmarks run --data $(DATA) --set multi_news_val
	$(BIN)/python -m benchmarks run --data $(DATA) --set background_val
	$(BIN)/python -m benchmarks ablate --data $(DATA) --set neus_val --system crossbrief_coverage_tfidf
	$(BIN)/python -m benchmarks ablate --data $(DATA) --set multi_news_val --system crossbrief_coverage_tfidf --limit 116
	$(BIN)/python -m benchmarks ablate --data $(DATA) --set background_val --system crossbrief_coverage_tfidf --limit 30
	$(BIN)/python -m benchmarks measure robustness --data $(DATA) --write
	$(BIN)/python -m benchmarks faithfulness --data $(DATA)
	$(BIN)/python -m benchmarks fusion --data $(DATA)
	$(BIN)/python -m benchmarks briefings --data $(DATA)
	$(BIN)/python -m benchmarks comparison
	$(BIN)/python -m benchmarks comparison --clusters 50 --data $(DATA)
	$(BIN)/python -m benchmarks updates --data $(DATA)
	$(BIN)/python -m benchmarks query --data $(DATA)
	$(BIN)/python -m benchmarks compress --data $(DATA)
	$(BIN)/python -m benchmarks events --data $(DATA) --write
	$(BIN)/python -m benchmarks scale --data $(DATA)
	$(BIN)/python -m benchmarks serve
	$(BIN)/python -m benchmarks growth --data $(DATA)
	$(BIN)/python -m benchmarks speed --data $(DATA)
	$(BIN)/python -m benchmarks plot
	$(BIN)/python -m benchmarks report --write

# The briefing and the figures in README.md, from the code and benchmarks/results.
readme: .venv/dev
	$(BIN)/python -m benchmarks.readme

gate: .venv/dev
	$(BIN)/python -m benchmarks gate --data $(DATA)

encoder: .venv/dev
	$(BIN)/python -m summarizer.training encoder --force

# Five minutes on two cores; two without --cross-validate.
salience: .venv/dev
	$(BIN)/python -m summarizer.training salience --data $(DATA) --cross-validate --force --folds-out benchmarks/folds

# About an hour on one core.
fuser: .venv/dev
	$(BIN)/python -m summarizer.training fuser --data $(DATA) --out build/fuser

# The versions of the .venv at hand become those of the next set-up.
pins: .venv/dev
	{ sed '/^[^#]/d' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//'; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Only what the command needs: no torch.
.venv/base: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@test -x $(BIN)/python || { echo "Setting up .venv (once, about half a minute) ..." >&2; $(PYTHON) -m venv .venv; }
	@$(PIP) --editable .
	@touch $@

.venv/dev: .venv/base
	@echo "Adding the tools for development (once, about two minutes) ..." >&2
	@$(PIP) --editable '.[dev]'
	@touch $@
