# make run, make test: both set themselves up in .venv. Nothing is written outside this folder but Debian packages
# that are missing (Python's venv; for the tests Chromium, PostgreSQL and LibreOffice).
SHELL := /bin/bash
PYTHON ?= python3
# One more than processors: browsers, servers that start and disks are waited for. 14 minutes on two, where 2 took 19.
JOBS ?= 3
UV := uv==0.13.9
CATALOGUE := translations/en/LC_MESSAGES/messages

export XDG_CACHE_HOME := $(CURDIR)/.cache
# The locks name every package with its hash; a constraint file of the machine could only contradict them.
export PIP_CONSTRAINT := /dev/null
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_CACHE_DIR := 1

.DELETE_ON_ERROR:
.PHONY: run test fuzz coverage bench faults soak screenshots lock translations clean

run: .venv/installed-run $(CATALOGUE).mo
	@exec .venv/bin/flask serve

test: .venv/installed-test $(CATALOGUE).mo
	@scripts/need chromium -- command -v chromium || test "$$CI" != true
	@scripts/need postgresql -- scripts/postgresql-is-there || test "$$CI" != true
	@scripts/need libreoffice-calc-nogui libreoffice-writer-nogui -- command -v soffice || test "$$CI" != true
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet survey/templates
	.venv/bin/pytest -n $(JOBS) --dist loadgroup

# Which lines no test reaches. Not part of `make test`: tracing costs two thirds more processor time (195 s, not 116 s).
coverage: .venv/installed-test $(CATALOGUE).mo
	.venv/bin/pytest -n $(JOBS) --dist loadgroup --cov --cov-report term:skip-covered

# Ten thousand made-up calls and as many forms, where `make test` has 500 of each: twenty minutes.
fuzz: .venv/installed-test $(CATALOGUE).mo
	FUZZ_REQUESTS=10000 .venv/bin/pytest -n $(JOBS) --timeout 7200 tests/attacks/test_fuzzed_calls.py tests/attacks/test_fuzzed_forms.py

bench: .venv/installed-test $(CATALOGUE).mo
	@scripts/need wrk -- command -v wrk
	@.venv/bin/python -m tests.bench $(ARGS)

# Everything that can break is broken under load, and counted. ARGS=--write puts the table into survey/docs/faults.md.
faults: .venv/installed-test $(CATALOGUE).mo
	@scripts/need postgresql -- scripts/postgresql-is-there
	@SURVEY_FAULTS_WRITE=$(filter --write,$(ARGS)) .venv/bin/pytest -n 0 -m "" tests/faults --ignore tests/faults/test_soak.py

# A busy hour in ten minutes, or in so many seconds: make soak SURVEY_SOAK_SECONDS=180
soak: export SURVEY_SOAK_SECONDS ?= 600
soak: .venv/installed-test $(CATALOGUE).mo
	@scripts/need postgresql -- scripts/postgresql-is-there
	@.venv/bin/pytest -n 0 -s -m "" tests/faults/test_soak.py

# The pictures of the README, from a demonstration database of their own.
screenshots: .venv/installed-test $(CATALOGUE).mo
	@scripts/need chromium -- command -v chromium
	@.venv/bin/python -m tests.screenshots

# --- set-up: each stamp is as new as the lock that it installed ---

.venv/bin/python:
	@scripts/need python3 python3-venv -- $(PYTHON) -c 'import ensurepip, venv'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed-run: requirements.txt | .venv/bin/python
	@echo "Installing the pinned packages into .venv: a minute or two, once …"
	@.venv/bin/pip install --quiet --require-hashes -r $<
	@touch $@

.venv/installed-test: tests/requirements.txt requirements.txt | .venv/bin/python
	@echo "Installing the pinned packages and test tools into .venv: two minutes or so, once …"
	@.venv/bin/pip install --quiet --require-hashes -r $<
	@touch .venv/installed-run $@

# --- translations: messages are Vietnamese in the source, English in the catalogue ---

$(CATALOGUE).mo: $(CATALOGUE).po | .venv/installed-run
	@.venv/bin/pybabel --quiet compile --directory translations

translations: .venv/installed-run
	@mkdir -p .cache
	.venv/bin/pybabel --quiet extract -F pyproject.toml -k N_ --no-location --sort-output \
	  --project 'Khảo sát hài lòng' --version 1 -o .cache/messages.pot .
	.venv/bin/pybabel --quiet update -i .cache/messages.pot -o $(CATALOGUE).po -l en \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120
	.venv/bin/pybabel compile --directory translations --statistics

# --- the locks: versions and hashes for every platform and Python that we support ---

LOCK = .cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
  --no-annotate --no-emit-index-url --custom-compile-command 'make lock'

lock: .cache/uv/bin/uv
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) tests/requirements.in -o tests/requirements.txt

.cache/uv/bin/uv:
	@scripts/need python3 python3-venv -- $(PYTHON) -c 'import ensurepip, venv'
	@$(PYTHON) -m venv .cache/uv && .cache/uv/bin/pip install --quiet '$(UV)'

# instance/ holds the data and the secret of this checkout: it is yours to delete.
clean:
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* messages.pot
	find survey tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(CATALOGUE).mo
