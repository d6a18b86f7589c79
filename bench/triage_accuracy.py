"""How often the first suggestion is what an officer would choose: `PYTHONPATH=. python bench/triage_accuracy.py`.

The labelled requests are those in `tests/case/requests/`. Each miss is printed with the words that caused it.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

from foibot.case.suggestions.suggest import suggest

REQUESTS = Path(__file__).parent.parent / "tests" / "case" / "requests"


def main() -> None:
    """Print the misses, then a line for each route, then the whole."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for file in sorted(REQUESTS.glob("*.toml")):
        for one in tomllib.loads(file.read_text("utf-8"))["request"]:
            first = suggest(one["subject"], one["text"], one.get("files", ()))[0]
            total[one["route"]] += 1
            right[one["route"]] += first.route == one["route"]
            if first.route != one["route"]:
                words = ", ".join(signal.words for signal in first.signals)
                sys.stdout.write(
                    f"{one['route']} taken for {first.route}: {words}\n  {one['text']}\n"
                )
    for route, number in total.most_common():
        sys.stdout.write(f"{route:16} {right[route]:3} of {number:3}\n")
    share = right.total() / total.total()
    sys.stdout.write(f"{'all':16} {right.total():3} of {total.total():3}: {share:.0%}\n")


if __name__ == "__main__":
    main()
