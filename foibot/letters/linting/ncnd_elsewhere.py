"""What points, in a letter that neither confirms nor denies, to somebody else who may hold it (N-32); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.ncnd_holding import of_its_own
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import Hit, either, wording
from foibot.letters.linting.statements import hypothetical

_US_OR_REGULATOR: Final = (
    r"(?!us\b|me\b|our\b|the (?:uk )?(?:scottish )?(?:information )?commission|the ico\b|ico\b|this office|the (?:foi|freedom)"
    r"|(?:information )?commission)"
)

_MAY_HOLD: Final = (
    r" (?:may|might|could|should|(?:is|are) likely to|will probably)(?: also| well| instead| perhaps)*"
    r" (?:(?:hold|have) (?:this|it|them|some of|such|that|the|any|relevant|(?:more )?information|records|data)\b"
    r"|be able to (?:help|assist|answer|provide|tell|give|supply|advise))"
)
_OTHERS_MAY_HOLD: Final = (
    rf"\b(?:the )?(?-i:[A-Z])[\w&'’]+(?: (?:of|and|the|for|(?-i:[A-Z])[\w&]+)){{0,6}}{_MAY_HOLD}"
    rf"|\b(?:another|other|a different) (?:\w+ )?(?:authorit\w+|forces?|bod(?:y|ies)|departments?|organisations?|agenc\w+){_MAY_HOLD}"
)
_NOBODY_NAMED: Final = ignoring_case(
    r"(?:the )?(?:we|you|i|it|he|she|they|people|some\w*|any\w*|no\w*|every\w*|who\w*|each|either|neither|that|this|these"
    r"|those|such|if|a|an|its?|act|section|parliament|information commissioner|commissioner|scottish information"
    r"|head of|individuals|members|offenders|criminals|terrorists|confirming|denying)\b"
)


def _names_a_holder(reading: Reading) -> Iterator[Hit]:
    own = reading.authority.casefold().removeprefix("the ")
    for match in reading.find_bare(_OTHERS_MAY_HOLD):
        named = match.text.casefold().removeprefix("the ")
        ours = own and named.startswith(own)
        if (
            not ours
            and not _NOBODY_NAMED.match(match.text)
            and not hypothetical(of_its_own(match.before))
        ):
            yield Hit(match.line, match.text)


points_elsewhere: Final = either(
    _names_a_holder,
    wording(
        r"\b(?:may|might|could|would|is|are) (?:\w+ )?(?:more )?(?:likely to )?be held by\b(?! (?:us|this))"
        rf"|\b(?:you (?:may|might|could|can|should)|please|we (?:suggest|advise"
        rf"|recommend)(?: that)? you) (?:wish to |want to |like to |also )?(?:contact|approach|try|write to|redirect"
        rf"|direct|re-direct|ask|submit) {_US_OR_REGULATOR}"
        r"(?:the |your |a |an |request to )*(?-i:[A-Z])\w+|\byou may wish to contact (?!us|the information comm"
        r"|the ico|the comm|our|me)"
        r"|\btransfer(?:red|ring)? (?:your|the|this) request\b|\b(?:redirect|forward|pass)(?:ed|ing)? (?:your|the|this) request\b"
        r"|\b(?:better|best) (?:directed|addressed|placed)\b",
        but=r"\b(?:review|look(?:ed)? at\b.{0,40}\b(?:again|afresh)|complain|dissatisfied|not satisfied|information commissioner|published)\b",
    ),
    wording(
        r"\b(?:is|are) held by (?!us\b|this\b)(?:the |an? )?(?-i:[A-Z])\w+"
        r"|\b(?:ask|apply|enquire|look|try|write) there\b",
        after=r"\b(?:whether|if|nor|deny\w*)\b[^;]{0,80}$",
    ),
)
"""Look for whom the requester is sent to, or told of."""
