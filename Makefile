# `make` builds what is stale; `make help` lists the rest. Every target is safe to run twice.
# VENV is the folder of the virtual environment; `make VENV=` takes the python on PATH (conda).

VENV    ?= .venv
PYTHON  := $(if $(VENV),$(VENV)/bin/python,python)
READY   := $(if $(VENV),$(VENV)/.ready)
STUDIES := $(filter-out atelier decouvrir,$(patsubst notebooks/%.ipynb,%,$(wildcard notebooks/*.ipynb)))

TARGETS := all help test docs notebooks verify manifest crate lab exercises atelier bench clean
NEED     = echo "$(1)" >&2; exit 2

.DEFAULT_GOAL := all
.PHONY: $(TARGETS) $(STUDIES)

all: $(READY) ## installe ce qui manque, puis construit les pages qui ne sont plus à jour (cible par défaut)
	@$(if $(ANSWERS),$(call NEED,ANSWERS est pour une étude : make $(firstword $(STUDIES)) ANSWERS=$(ANSWERS) ; études : $(STUDIES)))
	@$(PYTHON) -m relecture build

$(STUDIES): $(READY)
	@$(PYTHON) -m relecture build $@ $(if $(ANSWERS),--answers "$(ANSWERS)")

# A page by its file. The command judges by content; make, which judges by the age of files, always asks.
outputs/index.html: all ;
outputs/%.html: $(READY) FORCE
	@$(PYTHON) -m relecture build $*
FORCE:

test: $(READY) ## vérifie le style, l'architecture, les calculs, les exemples et les carnets
	$(PYTHON) -m ruff check .
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PYTHON) -m pytest -m "not timed" --numprocesses=logical --maxprocesses=4 --dist=loadfile \
	  --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks/sanitize.cfg tests lib notebooks
	$(PYTHON) -m pytest -m timed tests

docs: $(READY) ## écrit docs/relations.md et les images du README, d'après les vérifications
	@$(PYTHON) docs/relations_reference.py
	@$(PYTHON) docs/verdicts_picture.py

notebooks: $(READY) ## exécute à nouveau les carnets sur place, avant de les enregistrer dans git
	@$(PYTHON) -m jupyter nbconvert --to notebook --execute --inplace --log-level=WARN \
	  --ExecutePreprocessor.record_timing=False $(STUDIES:%=notebooks/%.ipynb) notebooks/decouvrir.ipynb

verify: $(READY) ## reconstruit tout dans d'autres conditions et compare à l'octet près, ici puis avec les auteurs
	@$(PYTHON) -m relecture verify

manifest: $(READY) ## met à jour data/manifest.json, à enregistrer dans git après make notebooks
	@$(PYTHON) -m relecture manifest

crate: $(READY) ## réunit sources et pages dans outputs/crate, un dossier RO-Crate à déposer dans une archive
	@rm -rf outputs/crate
	@$(PYTHON) -m relecture crate outputs/crate

lab: $(READY) ## ouvre le carnet de découverte dans JupyterLab, en français
	@$(PYTHON) -m relecture lab

exercises: $(READY) ## écrit les exercices, leurs fiches et leurs diapositives, à ouvrir sans réseau
	@$(PYTHON) -m relecture exercises

atelier: $(READY) ## ouvre l'atelier : des curseurs, et les réponses d'une salle mises ensemble
	@JUPYTER_PATH=lib/relecture/teaching $(PYTHON) -m voila --template=relecture notebooks/atelier.ipynb

bench: $(READY) .bench/.ready ## compare justesse et vitesse à d'autres outils (pages dans outputs/bench)
	@$(PYTHON) benchmarks/audit.py --peers .bench/bin/python
	@$(PYTHON) benchmarks/false_alarms.py
	@$(PYTHON) benchmarks/against_r.py
	@$(PYTHON) benchmarks/answers.py
	@$(PYTHON) benchmarks/respondents.py
	@$(PYTHON) benchmarks/own_page.py
	@$(PYTHON) benchmarks/disclosure.py
	@$(PYTHON) benchmarks/text.py
	@$(PYTHON) benchmarks/build.py

clean: ## efface les pages construites et les caches ; garde .venv, les carnets et les données
	@find outputs -mindepth 1 ! -path outputs/README.md -delete
	@find lib tests -name __pycache__ -prune -exec rm -rf {} +
	@rm -rf .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@echo "Pages et caches effacés ; .venv, les carnets et les données sont gardés."

# A name that is none of these targets: the nearest, without what is not installed yet.
.DEFAULT:
	@[ -e "$@" ] || PYTHONPATH=lib PYTHONDONTWRITEBYTECODE=1 python3 -c "import sys; from relecture.core.errors import unknown; \
	  sys.exit(str(unknown(sys.argv[1], sys.argv[2:], 'une étude ni une cible d’ici', more='make help les dit toutes.')))" \
	  "$@" $(STUDIES) $(TARGETS)

help: ## affiche cette liste
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile
	@echo "make ÉTUDE	construit une seule page : $(STUDIES)"

# The peers of the benchmark have an environment of their own.
.bench/.ready: benchmarks/requirements.txt
	@python3 -m venv .bench
	@.bench/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# The environment, rebuilt when the lock or the package's own description changes. Bytecode is
# compiled here, once: where PYTHONDONTWRITEBYTECODE is set, no later run would write it.
ifneq ($(VENV),)
$(READY): requirements.lock pyproject.toml
	@command -v python3 >/dev/null || { echo "Relecture demande Python 3.11 ou plus récent : python3 est introuvable." >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Relecture demande Python 3.11 ou plus récent ; ici : $$(python3 --version)." >&2; exit 1; }
	@echo "Installation des dépendances dans $(VENV) (quelques minutes la première fois)…"
	@if command -v uv >/dev/null; then \
	  { [ -x $(PYTHON) ] || uv venv --quiet --python python3 $(VENV); } && \
	  uv pip sync --quiet --python $(PYTHON) --require-hashes --compile-bytecode requirements.lock && \
	  uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation -e .; \
	else \
	  { [ -x $(PYTHON) ] || python3 -m venv $(VENV); } && \
	  $(PYTHON) -m pip install --quiet --no-compile --no-deps --require-hashes -r requirements.lock && \
	  $(PYTHON) -m pip install --quiet --no-deps --no-build-isolation -e . && \
	  { $(PYTHON) -m compileall -qq -j 0 $(VENV)/lib || true; }; \
	fi
	@$(PYTHON) -m compileall -qq lib
	@$(PYTHON) -c "import matplotlib.font_manager" # its cache of fonts, or the first page would tell of it
	@touch $@
endif
