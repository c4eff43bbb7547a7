# Each target is one line of known tools. `make lab` and `make test` set up what they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TESTING := .venv/testing
GRADING := .venv/grading
SITE := .venv/site
HUB := .venv/hub
AUDIT := pip-audit@2.10.1
MUTATION := .venv/mutation
PROXY := configurable-http-proxy@5.3.0
LATEST := .venv/latest
OLDEST := .venv/oldest
FIRST := notebooks/00-start-here.ipynb
LESSONS := $(wildcard notebooks/*.ipynb notebooks/[1-4]-*/*.ipynb)

.PHONY: help lab test test-latest test-oldest prove lint derived data pools record codebook readme launch lessons assignments grading grade feedback marks site site-environment pins audit licences bench mutate hub trial clean

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */make \1\t/'

lab: $(READY)  ## open the course in JupyterLab
	$(BIN)/jupyter lab --LabApp.default_url=/lab/workspaces/trotsky/tree/$(FIRST) $(if $(filter 0,$(shell id -u)),--allow-root)

# Where nothing compiled is kept, each worker compiles and rewrites all tests in each run anew.
KEEP = PYTHONDONTWRITEBYTECODE=

test: $(TESTING)  ## run all tests, every lesson included
	$(KEEP) $(BIN)/pytest $(if $(CI),,-m "not proof and not long")

prove: $(GRADING)/ready $(SITE)/ready $(TESTING)  ## run the long proofs that make test leaves out: grading, data, every page of the site
	$(KEEP) CI=true $(BIN)/pytest -m "proof or long" tests

# An environment of its own for other versions than those of requirements-test.txt; these are chosen
# anew each time. The tests that hold this environment against the pins are left out.
define other_versions
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) $(1)
	$(BIN)/uv pip install --quiet --python $(1)/bin/python --compile-bytecode $(2) --requirement pyproject.toml --extra test
	$(BIN)/uv pip install --quiet --python $(1)/bin/python --no-build-isolation --no-deps --editable .
	$(1)/bin/pytest --deselect tests/test_environment.py::test_what_runs_here_is_what_is_pinned $(3)
endef

test-latest: $(READY)  ## run all tests on the newest releases: make test-latest PYTHON=python3.13
	$(call other_versions,$(LATEST),--upgrade)

test-oldest: $(READY)  ## run tests and lessons on the lowest releases that pyproject.toml allows
	$(call other_versions,$(OLDEST),--resolution lowest-direct,--ignore=tests/browser --ignore=tests/grading --ignore=tests/test_site.py)

lint: $(TESTING)  ## put code and notebooks into the one style
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

derived: data pools record codebook lessons readme launch  ## write anew all that is made from data, in this order

data: $(READY)  ## check the tables of data/, name each fault, write their checksums
	$(BIN)/python -m helpers.integrity

pools: $(READY)  ## work out the variants of all questions, and store them
	$(BIN)/python -m grading.work_out

record: $(READY)  ## write notebooks/9-the-record/ from data/
	$(BIN)/python -m helpers.record notebooks/9-the-record

codebook: $(READY)  ## write docs/codebook.csv, what each column of each table holds, from data/
	$(BIN)/python docs/codebook.py

readme: $(READY)  ## write picture, course map and skills of the README from the lessons
	$(BIN)/python docs/readme.py

launch: $(READY)  ## write the links that open each lesson: make launch ADDRESS=... REF=... HUB=...
	$(BIN)/python docs/launch.py $(foreach name,ADDRESS REF HUB IMAGE,$(if $($(name)),--$(shell echo $(name) | tr A-Z a-z) "$($(name))"))

lessons: $(READY)  ## run every lesson from top to bottom and store its outputs
	TROTSKY_ANSWERS=.venv/no-answers.csv $(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False $(LESSONS)

assignments: $(GRADING)/ready  ## make a course to hand out: make assignments COURSE=history-101-2027
	$(GRADING)/bin/python -m grading.course "$(COURSE)" $(if $(OUT),--out "$(OUT)")

grading: $(GRADING)/ready  ## make the second environment, with nbgrader, that teachers need

grade: $(GRADING)/ready  ## grade what was handed in: make grade COURSE=... ASSIGNMENT=early-life
	$(GRADING)/bin/python -m grading.grade "$(COURSE)" "$(ASSIGNMENT)" $(if $(UNSAFE),--unsafe)

feedback: $(GRADING)/ready  ## write a page for each student: make feedback COURSE=... ASSIGNMENT=...
	$(GRADING)/bin/python -m grading.feedback "$(COURSE)" "$(ASSIGNMENT)"

marks: $(GRADING)/ready  ## write marks for Moodle and Canvas: make marks COURSE=... ASSIGNMENT=... ROSTER=...
	$(GRADING)/bin/python -m grading.export "$(COURSE)" "$(ASSIGNMENT)" $(if $(ROSTER),--roster "$(ROSTER)") $(if $(CANVAS),--canvas-name "$(CANVAS)") $(if $(UNREAD),--unread)

site: $(SITE)/ready  ## make the web site of the course in dist/site/
	$(SITE)/bin/python docs/site/build.py

site-environment: $(SITE)/ready  ## make the environment that the site is built in

hub: $(HUB)/ready  ## make the environment with which one machine serves a class: docs/hub/README.md

trial: $(HUB)/ready  ## try a class on a JupyterHub here: make trial STUDENTS=24
	$(HUB)/bin/python docs/hub/trial.py $(or $(STUDENTS),24) $(if $(LESSON),--lesson $(LESSON)) $(if $(OUT),--out $(OUT))

UPGRADE = --upgrade
COMPILE = $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --generate-hashes --python-version 3.11

pins: $(READY)  ## choose the versions in the files of requirements anew; UPGRADE= keeps those that fit
	$(COMPILE) --group installer --output-file requirements-uv.txt
	$(COMPILE) --extra local --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra test --constraint requirements.txt --output-file requirements-test.txt pyproject.toml
	$(COMPILE) --extra grading --constraint requirements.txt --output-file requirements-grading.txt pyproject.toml
	$(COMPILE) --extra hub --constraint requirements.txt --output-file requirements-hub.txt pyproject.toml
	$(COMPILE) --extra site --constraint requirements.txt --output-file requirements-site.txt pyproject.toml

PINS := requirements.txt requirements-test.txt requirements-grading.txt requirements-hub.txt requirements-site.txt

audit: $(READY)  ## look up known faults of all pinned versions; OFFLINE=1 only checks that each can be looked up
	$(BIN)/uv tool run $(AUDIT) --strict --disable-pip --require-hashes $(if $(OFFLINE),--dry-run) $(foreach file,requirements-uv.txt $(PINS),--requirement $(file))

licences: $(READY)  ## write docs/licences.csv from what the pinned versions say of themselves
	$(BIN)/python docs/licences.py

bench: $(TESTING)  ## time lessons, helpers, figures: make bench PART=loads, STORE=1, STRICT=1
	PYTHONPATH=tests $(BIN)/python -m bench $(if $(PART),--part $(PART)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(STORE),--store) $(if $(STRICT),--strict)

mutate: $(MUTATION)/ready  ## put faults into code and data and count those noticed: make mutate WHAT=code, MOST=100
	PYTHONPATH=$(MUTATION):tests:docs nice -n 15 $(BIN)/python -m mutation $(if $(WHAT),--what $(WHAT)) $(if $(MOST),--most $(MOST))

clean:  ## remove the environments and the site
	rm -rf .venv dist/site dist/site-work

$(READY): requirements-uv.txt requirements.txt pyproject.toml docs/jupyterlab.json $(wildcard docs/labextension/*)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "The course needs Python 3.11, 3.12 or 3.13. Name one: make lab PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python cannot make environments here. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --requirement requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q src
	@$(BIN)/python -c 'import matplotlib.font_manager'
	@touch $(READY)

$(TESTING): requirements-test.txt $(READY)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --requirement requirements-test.txt
	@touch $@

$(MUTATION)/ready: tests/mutation/requirements.txt $(TESTING)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --target $(MUTATION) --requirement $<
	@touch $@

$(GRADING)/ready: requirements-grading.txt | $(READY)
	$(BIN)/python -m venv --without-pip $(GRADING)
	$(BIN)/uv pip install --quiet --python $(GRADING)/bin/python --compile-bytecode --requirement requirements-grading.txt
	$(BIN)/uv pip install --quiet --python $(GRADING)/bin/python --no-build-isolation --no-deps --editable .
	@touch $@

$(SITE)/ready: requirements-site.txt | $(READY)
	$(BIN)/python -m venv --without-pip $(SITE)
	$(BIN)/uv pip install --quiet --python $(SITE)/bin/python --compile-bytecode --requirement requirements-site.txt
	$(BIN)/uv pip install --quiet --python $(SITE)/bin/python --no-build-isolation --no-deps --editable .
	@touch $@

$(HUB)/ready: requirements-hub.txt docs/jupyterlab.json $(wildcard data/*.csv src/helpers/*.py) | $(READY)
	@npm --version >/dev/null || { echo "The hub's proxy needs Node.js and npm. On Debian or Ubuntu: sudo apt install npm"; exit 1; }
	$(BIN)/python -m venv --without-pip $(HUB)
	$(BIN)/uv pip install --quiet --python $(HUB)/bin/python --compile-bytecode --requirement requirements-hub.txt
	$(BIN)/uv pip install --quiet --python $(HUB)/bin/python --compile-bytecode --no-build-isolation --no-deps --reinstall .
	MPLCONFIGDIR=$(HUB)/share/matplotlib $(HUB)/bin/python -c 'import matplotlib.font_manager'
	npm install --silent --no-fund --no-audit --prefix $(HUB) $(PROXY)
	@touch $@
