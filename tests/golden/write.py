"""Writes the golden letters anew: `PYTHONPATH=. python tests/golden/write.py`, then read the difference."""

from tests.letters.test_golden_letters import FILES, GOLDEN, whole

for file in FILES:
    (GOLDEN / file).write_text(whole(file), "utf-8")
