"""Writes the golden letters anew: `PYTHONPATH=. python tests/golden/write.py`, then read the difference."""

from tests.letters.test_golden_letters import GOLDEN, ORDERS, whole

for name in ORDERS:
    for form, text in whole(name).items():
        (GOLDEN / f"{name}.{form}").write_text(text, "utf-8")
