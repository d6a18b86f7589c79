"""However many threads work, the C library keeps one heap for them."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

SCRIPT = """
import sys, threading
from pathlib import Path
from foibot.gateway.one_heap import share_one_heap

if sys.argv[1] == "one":
    share_one_heap()
kept = []
threads = [threading.Thread(target=lambda: kept.append(bytearray(5_000))) for _ in range(3)]
for one in threads:
    one.start()
for one in threads:
    one.join()
spans = (line.split()[0].split("-") for line in Path("/proc/self/maps").read_text().splitlines()
         if "---p" in line)
# glibc reserves 64 MB of addresses for each further heap.
print(sum(int(last, 16) - int(first, 16) > 60_000_000 for first, last in spans))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="not glibc")
@pytest.mark.parametrize(("asked", "more"), [("one", False), ("usual", True)])
def test_threads_share_a_heap_once_that_was_asked_for(asked: str, more: bool) -> None:
    command = [sys.executable, "-c", SCRIPT, asked]
    heaps = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert (int(heaps) > 0) is more
