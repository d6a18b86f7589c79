"""A coverage-guided run over parse, triage and compose, by hand: `python -m tests.fuzz.run FOLDER -max_total_time=600`.

It needs atheris (pip install atheris; not among the test's requirements). FOLDER keeps what it learnt, and
every mail that raised, hung for 10 s or needed more than 512 MB. Copy such a mail to tests/crashers/, where
a test replays it for ever.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["foibot.mail", "foibot.commands.grammar", "foibot.case.questions"]
):
    from tests.fuzz.way_of_a_mail import walk

ROOT = Path(__file__).parent.parent


def once(raw: bytes) -> None:
    """One mail, in seconds of this process: a machine with other work would be blamed for slowness."""
    began = time.process_time()
    walk(raw)
    assert time.process_time() - began < 10


def main() -> None:
    folder, *options = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    seeds = [str(one) for one in (ROOT / "emails", ROOT / "crashers") if one.is_dir()]
    bounds = [
        "-timeout=300",
        "-rss_limit_mb=512",
        "-max_len=65536",
        f"-artifact_prefix={folder}/raised-",
    ]
    bounds.append(f"-dict={Path(__file__).parent / 'mail.dict'}")
    atheris.Setup([sys.argv[0], *bounds, *options, folder, *seeds], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
