"""What officers are warned of in a draft by an extension before it; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from foibot.case.case import Case
from foibot.case.interim import extended_in_silence
from foibot.case.precedents import tells
from foibot.case.remarks import Remark
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.law.regime import Regime


def around_extension(
    case: Case, kind: str, provisions: Collection[Provision], regime: Regime
) -> Iterator[Remark]:
    """What an extension leaves unsaid, and what is said after one that neither confirmed nor denied (N-16)."""
    if tells(kind, provisions) and extended_in_silence(case, regime):
        yield Remark("N-16", "", _AFTER_SILENCE, _SILENT)
    absolute = [one.cited for one in provisions if not one.needs_public_interest_test]
    if kind == "extension" and absolute:
        # No time is given for what is not weighed, so that it may not be named as the reason for it.
        why = f"{listed(absolute)} is not named in this letter, because there is no public interest to weigh for it"
        yield Remark("L-24", "", why, "Rely on it in the answer.", needs_reason=False)


_AFTER_SILENCE: Final = "the notice of the extension neither confirmed nor denied that anything is held, and this letter does"
_SILENT: Final = (
    "Order the letter that neither confirms nor denies; or say why it may be said after all."
)
