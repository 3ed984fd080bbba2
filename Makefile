# The four commands of a working day; each sets up what it needs first.
.PHONY: run setup test soak bench requirements

run: setup
	@exec .venv/bin/python manage.py serve

setup:
	@bin/setup

test:
	@bin/setup --tests
	@exec .venv/bin/python bin/test.py

# The long forms: full race counts, a hundred thousand fuzz cases.
soak:
	@bin/setup --tests
	@SOAK=1 exec .venv/bin/python bin/test.py

# Times against hand-written SQL in the same run, on PostgreSQL; the goals stand in the README.
bench:
	@bin/setup --tests
	@exec .venv/bin/python bench/run.py

# Pin the newest versions that requirements.in and requirements-dev.in allow.
requirements:
	@bin/setup
	.venv/bin/uv pip compile -q --upgrade requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --upgrade requirements-dev.in -o requirements-dev.txt
