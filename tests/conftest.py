"""What holds for every test: no property is judged by how busy the machine is, and only tests are measured."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Lines are counted in the tests' own processes alone: a foibot that a test starts takes half as long again
# when it is measured, and what has to be covered is covered without.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_START", None)
