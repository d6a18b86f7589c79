"""One office for each test of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office, office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office whose post the test must read to the last mail."""
    with office(tmp_path) as opened:
        yield opened
