"""Whether a further message says thank you and nothing else, so that nobody has to say what it is; no I/O."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 200
_THANKS: Final = re.compile(
    r"\b(?:thanks|thank you|thankyou|many thanks|much appreciated|cheers|diolch)\b"
)
# Whoever asks, doubts or goes on wants more than to say thank you.
_MORE: Final = re.compile(
    r"\?|\b(?:but|however|although|though|not|n't|still|yet|also|another|review|complain\w*|appeal|please|could"
    r"|can|would|will you|when|why|what|which|who|how|where|unhappy|disappoint\w*|dissatisf\w*|wrong|missing"
    r"|request\w*|information|ond|adolygiad)\b"
)


def is_thanks(text: str) -> bool:
    """Whether these own words of a requester only thank: short, and without anything that asks or doubts.

    "Many thanks for your help." does; "Thanks, but where is the second table?" does not.
    """
    said = " ".join(text.casefold().split()).replace("\u2019", "'")
    return len(said) <= _LONGEST and bool(_THANKS.search(said)) and not _MORE.search(said)
