"""Writes the golden notices anew: `PYTHONPATH=. python tests/golden/notices/write.py`, then read the difference."""

from tests.desk.test_notices_by_mail import GOLDEN, as_read

for name, text in as_read().items():
    (GOLDEN / f"{name}.txt").write_text(text, "utf-8")
