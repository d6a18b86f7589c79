"""How fast a full mailbox becomes cases and acknowledgements, beside other programs and a floor.

    PYTHONPATH=. python bench/compare.py HARNESS [--mails 1000] [--runs 3] [--peers NAME,NAME] [--rtt MS] [--old N]

HARNESS is the folder of the peer benchmark: the servers, the mails, the drivers of the other programs and
`floor-compat32`, the least work that is still the job. It runs everybody in turn against the same mailbox;
this script tells it how to run foibot, then prints the medians, what each is of the others, and the memory.
`--rtt` puts that many milliseconds of network between the programs and the mail servers, `--old` that many
finished cases into foibot's database first (only foibot is run then).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

_HERE = Path(__file__).resolve().parent
_FOIBOT = "foibot"
_BESIDES = ("django-helpdesk-wal", "floor-compat32")

Run = Mapping[str, float | str]


def main() -> None:
    """Run the harness and print what it measured."""
    asked = _arguments()
    results = Path(asked.folder) / "results" / "peers.jsonl"
    seen = len(_lines(results))
    peers = "cmd" if asked.old else f"cmd,{asked.peers}"
    subprocess.run(  # noqa: S603 - the harness that was named
        [
            *(sys.executable, asked.harness / "run_peers.py", "--peer", peers),
            *("-n", str(asked.mails), "--runs", str(asked.runs), "--seeded", str(asked.old)),
            "--verify",
        ],
        cwd=asked.harness,
        env=os.environ | _how_to_run_foibot(asked),
        check=True,
    )
    runs: dict[str, list[Run]] = defaultdict(list)
    for line in _lines(results)[seen:]:
        run = json.loads(line)
        runs[str(run["peer"])].append(run)
    print("\n".join(_table(runs, asked)))  # noqa: T201


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("harness", type=Path)
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default=",".join(_BESIDES))
    parser.add_argument("--rtt", type=float, default=0)
    parser.add_argument("--old", type=int, default=0)
    parser.add_argument("--once", action="store_true", help="run foibot with --once, not for good")
    folder = os.environ.get("BENCH_DIR", str(Path(tempfile.gettempdir()) / "bench"))
    parser.add_argument("--folder", default=folder, help="where the harness keeps its servers")
    return parser.parse_args()


def _how_to_run_foibot(asked: argparse.Namespace) -> dict[str, str]:
    office = f"{sys.executable} {_HERE / 'office.py'}"
    return {
        "BENCH_DIR": asked.folder,
        "BENCH_RTT_MS": f"{asked.rtt:g}",
        "PYTHONPATH": str(_HERE.parent),
        "PEER_NAME": _FOIBOT,
        "PEER_MODE": "once" if asked.once else "daemon",
        "PEER_SETUP": f"{office} open",
        "PEER_SEED": f"{office} fill",
        "PEER_COUNT": f"{office} count",
        "PEER_CMD": f"{office} {'once' if asked.once else 'run'}",
    }


def _lines(results: Path) -> list[str]:
    return results.read_text().splitlines() if results.exists() else []


def _table(runs: Mapping[str, Sequence[Run]], asked: argparse.Namespace) -> Iterator[str]:
    yield f"\n{asked.mails} mails, {asked.rtt:g} ms away, {asked.old} cases before; {_machine()}\n"
    yield "| program | runs | mails/s | slowest | fastest | foibot is | cases | acknowledged | peak MB |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    ours = _median(runs[_FOIBOT], "rate")
    for name, each in runs.items():
        rates = [float(run["rate"]) for run in each if run.get("rate")] or [0.0]
        times = f"{ours / median(rates):.2f} times it" if median(rates) else "-"
        yield (
            f"| {name} | {len(each)} | {median(rates):.0f} | {min(rates):.0f} | {max(rates):.0f} | {times} "
            f"| {min(int(run['cases']) for run in each)} | {min(int(run['distinct_rcpts']) for run in each)} "
            f"| {_median(each, 'rss_mb'):.0f} |"
        )


def _median(runs: Sequence[Run], name: str) -> float:
    return median([float(run[name]) for run in runs if run.get(name)] or [0.0])


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the end"


if __name__ == "__main__":
    main()
