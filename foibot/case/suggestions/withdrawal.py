"""The words in a further message by which a request may be taken back (T-50); no I/O."""

from __future__ import annotations

from typing import Final

from foibot.case.suggestions.phrases import Phrasebook

_REQUEST: Final = "my|our|the|this|that foi|freedom? of? information? request|requests"
_TAKE_BACK: Final = "withdraw|withdrawing|withdrawn|cancel|cancelling"
_WISH: Final = "hereby|now|will|would|wish|want|am|are|have? like|decided|going|to? to?"
_INFORMATION: Final = "information|answer|reply|response|data|figures|request"
_BOOK: Final = Phrasebook(
    {
        True: (
            f"i|we|id|ill|im {_WISH} {_TAKE_BACK} {_REQUEST}",
            f"i|we|id|ill|im {_WISH} withdraw|withdrawing it",
            f"please|kindly withdraw|cancel|close|disregard|ignore {_REQUEST}",
            f"{_TAKE_BACK} my|our foi|freedom? of? information? request|requests",
            "my|our request|requests is|are|has|have been? withdrawn|cancelled",
            f"no longer need|require|want the|this|that|any|an|it {_INFORMATION}",
            f"dont|not need|require|want the|this|that|any|an {_INFORMATION} any? more|anymore|longer",
        ),
        # The longest phrase from where it begins wins, so that these hide the ones in them.
        False: (
            f"not|dont|never|didnt|wont|cannot|cant wish|want|going|asked|decided|intend|like? to? {_TAKE_BACK} {_REQUEST}",
        ),
    }
)


def withdrawal_words(text: str) -> tuple[str, ...]:
    """The words that plainly take a request back, each wording once: "I withdraw my request"."""
    return tuple(dict.fromkeys(one.words for one in _BOOK.find(text) if one.means))
