# From a clone: `make demo` runs it, `make test` tests it. Both need Python 3.11 or later and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
INSTRUMENT ?=

# exec and the variable: stopping or killing make stops what it started.
LAUNCH = @exec env AFTERWARD_UNDER_MAKE=1 $(PYTHON) -m clinic.launcher

.PHONY: help demo demo-reset test drills lint try bench lock

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

demo: ## Run the demo clinic at http://127.0.0.1:$(PORT)
	$(LAUNCH) demo

demo-reset: ## Remove the demo's data and start it afresh
	$(LAUNCH) demo-reset

test: ## Run the suite; ARGS="tests/clinic -k audit" runs a part
	$(LAUNCH) test $(ARGS)

drills: ## Run the failure drills: kills, full ports, half-made folders
	$(LAUNCH) drills $(ARGS)

lint: ## Check style, types, deployment settings and migrations
	$(LAUNCH) lint

try: ## Show the form of one instrument; INSTRUMENT=phq9
	$(LAUNCH) try $(INSTRUMENT)

bench: ## Measure against the limits
	$(LAUNCH) bench $(ARGS)

LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --no-header

lock: ## Pin the dependencies anew (needs uv)
	$(LOCK) -o requirements.lock
	$(LOCK) --extra test -c requirements.lock -o requirements-test.lock

export PORT
