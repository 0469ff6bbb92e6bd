# Fieldwell. Needs Python 3.11 or later; everything else is fetched into .venv and pwa/node_modules.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: design soak help run test build check conformance fuzz simulate netfault mutants bench bench-desk bench-forms bench-sync bench-resident bench-phone try-forms crash messages crawl-all gallery browsers proxies office

VENV := .venv
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
VECTORS := tests/vectors/*.json

# The first Python that is new enough; `make PYTHON=/path/to/python …` chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)
PIP := python -m pip --disable-pip-version-check --quiet install --constraint deploy/constraints.txt
NPM := python hatch_build.py npm

# Recipes, and the programs that they start, use the Python and the tools of .venv.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONUTF8 := 1

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: build ## start the demo on http://localhost:8000, with made-up responses and printed sign-ins
	@fieldwell demo --data .demo

test: $(TEST_READY) build browsers proxies office check conformance ## run every check and test
	$(NPM) run test
	python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

build: $(RUN_READY) ## build the field app, and put styles and catalogues in their places, where out of date
	@python hatch_build.py build

check: $(TEST_READY) build ## formatting, lint and types of Python and TypeScript
	ruff check .
	ruff format --check .
	mypy server sync
	$(NPM) run check

conformance: $(RUN_READY) ## run the shared form vectors through both engines
	python -m server.formlogic.conformance $(VECTORS)
	$(NPM) run conformance -- $(VECTORS)

fuzz: $(TEST_READY) build ## play FUZZ random forms (300) in both engines, from FUZZ_SEED on
	python -m tests.fuzz

simulate: $(TEST_READY) build ## play SEEDS virtual worlds (300) in which everything goes wrong, from START on
	SEEDS="$(or $(SEEDS),300)" START="$(or $(START),1)" python -m tests.simulate

netfault: $(TEST_READY) build browsers ## every fault of a network on every request, at the speeds of bad lines
	NETFAULT=all python -m pytest -q -rP tests/netfault

mutants: $(TEST_READY) build ## plant each fault of tests/mutants (or ONLY those) in a copy; the suite must notice it
	ONLY="$(ONLY)" JOBS="$(JOBS)" python -m tests.mutants

bench: $(TEST_READY) build browsers ## measure Fieldwell beside its peers; takes long, wants a quiet machine
	python -m tests.bench

bench-forms: $(TEST_READY) build browsers ## measure form clients side by side; takes half an hour, QUICK=1 less
	python -m tests.bench --parts forms

bench-sync: $(TEST_READY) build ## measure sync beside PouchDB and SQLite alone; QUICK=1 measures once
	python -m tests.bench --parts sync

bench-phone: $(TEST_READY) build browsers ## measure a worker's phone at a sixth of this machine's speed; QUICK=1 measures once
	python -m tests.bench --parts phone

bench-desk: $(TEST_READY) ## measure the console at 1,000, 100,000 and a million generated responses; takes an hour and 4 GB
	python -m tests.bench --parts desk

bench-resident: $(TEST_READY) build browsers ## measure a poster's first question beside Enketo, then a hall of 500; QUICK=1 less
	python -m tests.bench --parts resident

try-forms: $(TEST_READY) build browsers ## go through every form of the folder DIR on a phone
	python -m tests.try_forms "$(DIR)"

crash: $(TEST_READY) build ## kill a server KILLS times (200), then at every crash point; takes long
	python -m tests.crash $(KILLS)

soak: $(TEST_READY) build ## MINUTES (10) with 20 phones behind bad lines and 3 coordinators; a kill each minute, nothing lost
	MINUTES="$(MINUTES)" python -m tests.soak

design: $(RUN_READY) ## serve the page of every component in every state on http://127.0.0.1:8300
	$(NPM) run design
	$(NPM) run serve-design

crawl-all: $(TEST_READY) build browsers ## look at every screen in every language and size; faults and pictures go to DIR (.crawl), ONLY=words narrows
	ONLY="$(ONLY)" python -m tests.screens.crawl "$(or $(DIR),.crawl)"

gallery: $(TEST_READY) build browsers ## draw docs/gallery.md (the main screens in three languages, light and dark), and the pictures of README
	python -m tests.screens.gallery
	python -m tests.screens.story_pictures

messages: $(RUN_READY) ## collect the sentences that people see into the catalogues
	python translations/extract.py

browsers: $(TEST_READY)
	@python -m tests.browsers

proxies: $(TEST_READY)
	@python -m tests.proxies

office: $(TEST_READY)
	@python -m tests.office

# The build step asks for Node from PyPI only on a machine without one; it runs before the package so that it can be seen.
$(RUN_READY): pyproject.toml deploy/constraints.txt | $(VENV)
	$(PIP) hatchling babel
	@needed=$$(python hatch_build.py requirements) && { [ -z "$$needed" ] || $(PIP) "$$needed"; }
	python hatch_build.py build
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(RUN_READY)
	$(PIP) --no-build-isolation --editable '.[test]'
	@touch $@

$(VENV):
	@[ -n "$(PYTHON)" ] || { echo "Fieldwell needs Python 3.11 or later, and none was found. Install it, then run make again." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make an environment. On Debian and Ubuntu, install python3-venv, then run make again." >&2; exit 1; }
