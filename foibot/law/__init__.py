"""Which access laws foibot knows: the registry; a new one is a file here and a line in `REGIMES`."""

from __future__ import annotations

from foibot.errors import OfficerMustReword
from foibot.law.eir import EIR
from foibot.law.eisr import EISR
from foibot.law.foia import FOIA
from foibot.law.foisa import FOISA
from foibot.law.regime import Regime

REGIMES: tuple[Regime, ...] = (FOIA, EIR, FOISA, EISR)

_BY_KEY = {regime.key: regime for regime in REGIMES}


class UnknownRegime(OfficerMustReword):
    """foibot does not know that access law."""


# The name of the function hides the submodule `foibot.law.regime` as an attribute; import from the
# submodule by its full path, which still works.
def regime(key: str) -> Regime:
    """The law of that key, in any case: "foia", "eir", "foisa" or "eisr"."""
    found = _BY_KEY.get(key.strip().lower())
    if found is None:
        raise UnknownRegime(
            f"foibot does not know that access law. Use one of: {', '.join(_BY_KEY)}."
        )
    return found
