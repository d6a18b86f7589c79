"""What a neither-confirm-nor-deny letter cannot lack under FOIA 2000 s.17, each as a question; no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from foibot.law.provisions import Provision
from foibot.law.regime import Kind


@dataclass(frozen=True, slots=True)
class Decision:
    """The authority's own words of a letter on one line, and what the letter is about."""

    text: str
    provisions: tuple[Provision, ...]
    authority_name: str

    def says(self, pattern: str) -> bool:
        """Whether the pattern is found, upper and lower case alike."""
        return re.search(pattern, self.text, re.IGNORECASE) is not None

    @property
    def qualified(self) -> tuple[Provision, ...]:
        """The provisions for which the public interest has to be weighed."""
        return tuple(each for each in self.provisions if each.needs_public_interest_test)

    @property
    def absolute(self) -> tuple[Provision, ...]:
        """The provisions for which nothing is weighed."""
        return tuple(each for each in self.provisions if not each.needs_public_interest_test)


@dataclass(frozen=True, slots=True)
class MustHave:
    """One requirement. `passed` is the line that tells officers it is met, `why` what is missing.

    `concerns` says whether a letter on these provisions has to meet it at all.
    """

    rule: str
    passed: str
    why: str
    is_met: Callable[[Decision], bool]
    concerns: Callable[[Decision], bool] = lambda _: True


_CONCLUSION: Final = (
    r"\bthe public interest in maintaining the exclusion of the duty to confirm or deny "
    r"outweighs the public interest in disclosing whether\b"
)

# The two rights are told apart at "section 50", or one mailbox would pass for both.
_SECTION_50: Final = re.compile(r"\bsection 50\b", re.IGNORECASE)
_MAILBOX: Final = re.compile(r"\S@\S")


def _neither(decision: Decision) -> bool:
    name = re.escape(decision.authority_name)
    return decision.says(rf"\b{name} can neither confirm nor deny (?:that|whether) it holds\b")


def _duty_excluded(decision: Decision) -> bool:
    return decision.says(r"\bsection 1\(1\)\(a\)[^.]{0,80}\bdoes not (?:apply|arise)\b")


def _each_titled(decision: Decision) -> bool:
    # Between number and title stand punctuation and perhaps a limb, never another sentence.
    return all(
        decision.says(rf"\bsection {re.escape(each.section)}[^.]{{0,60}}?{re.escape(each.title)}")
        for each in decision.provisions
    )


def _limbs_named(decision: Decision) -> bool:
    return all(
        decision.says(re.escape(limb.words))
        and decision.says(
            rf"\bsection {re.escape(each.exemption.subsection)}[^.]{{0,40}}?{re.escape(limb.bracketed)}"
        )
        for each in decision.provisions
        for limb in each.limbs
        if _by_limb(each)
    )


def _by_limb(provision: Provision) -> bool:
    ncnd = provision.exemption.ncnd
    return ncnd is not None and ncnd.limb_required


def _by_prejudice(decision: Decision) -> bool:
    return any(
        each.exemption.ncnd is not None and each.exemption.ncnd.kind is Kind.PREJUDICE
        for each in decision.provisions
    )


def _limbs_and_likelihood(decision: Decision) -> bool:
    return _limbs_named(decision) and decision.says(r"\bwould (?:be likely to )?prejudice\b")


def _both_answers(decision: Decision) -> bool:
    return decision.says(
        r"\ba confirmation[^.]{0,200}\bor\b[^.]{0,200}\ba denial\b"
    ) or decision.says(r"\bsection 17\(4\)")


def _weighed(decision: Decision) -> bool:
    return (
        decision.says(r"\bfor confirming or denying\b")
        and decision.says(r"\bagainst confirming or denying\b")
        and decision.says(_CONCLUSION)
    )


def _absolute_said(decision: Decision) -> bool:
    return (
        decision.says(r"\babsolute\b")
        and decision.says(r"\bno public interest test\b")
        and not any(_weighed_wrongly(decision, each) for each in decision.absolute)
    )


def _weighed_wrongly(decision: Decision, provision: Provision) -> bool:
    section = re.escape(provision.section)
    return decision.says(rf"\b(?:for|against) confirming or denying\W{{1,3}}section {section}")


def _both_ways(decision: Decision) -> bool:
    return decision.says(
        r"\bshould not be taken as an indication that [^.]{0,200}\bexists or does not exist\b"
    )


def _review(decision: Decision) -> bool:
    return any(
        re.search(r"\binternal review\b", piece, re.IGNORECASE)
        and re.search(r"\b\d+ working days\b", piece)
        and _MAILBOX.search(piece)
        for piece in _SECTION_50.split(decision.text)
    )


def _regulator(decision: Decision) -> bool:
    return any(
        re.search(r"\bCommission(?:er)?\b", piece) and _MAILBOX.search(piece)
        for piece in _SECTION_50.split(decision.text)[1:]
    )


def _refusal_notice(decision: Decision) -> bool:
    return decision.says(r"\brefusal notice\b[^.]{0,80}\bsection 17\(1\)")


MUST_HAVE: Final = (
    MustHave(
        "N-01",
        "neither confirms nor denies, in one sentence under the authority's one name",
        "no sentence says that the authority can neither confirm nor deny that it holds it",
        _neither,
    ),
    MustHave(
        "N-02",
        "says that the duty in section 1(1)(a) does not apply",
        "it does not say that the duty in section 1(1)(a) does not apply",
        _duty_excluded,
    ),
    MustHave(
        "L-23",
        "says that it is a refusal notice under section 17(1)",
        "it does not say that it is a refusal notice under section 17(1)",
        _refusal_notice,
    ),
    MustHave(
        "N-03",
        "names each provision with its exact title",
        "a provision is not named with its exact title",
        _each_titled,
    ),
    MustHave(
        "N-04",
        "names the limbs relied on and how likely the prejudice is",
        "a limb, or how likely the prejudice is ('would be likely to'), is missing",
        _limbs_and_likelihood,
        _by_prejudice,
    ),
    MustHave(
        "N-05",
        "argues from a confirmation and from a denial alike",
        "the reasons do not argue from a confirmation and from a denial alike",
        _both_answers,
    ),
    MustHave(
        "N-06",
        "weighs confirming or denying, for and against, with a conclusion in the words of the Act",
        "factors for and against confirming or denying, or the conclusion, are missing",
        _weighed,
        lambda decision: bool(decision.qualified),
    ),
    MustHave(
        "N-07",
        "treats absolute provisions as absolute, without a balance",
        "an absolute provision is not called absolute, or is weighed although it is not to be",
        _absolute_said,
        lambda decision: bool(decision.absolute),
    ),
    MustHave(
        "N-08",
        "may not be read as saying that the information exists or does not exist",
        "no sentence says that it is no indication that the information exists or does not exist",
        _both_ways,
    ),
    MustHave(
        "L-06",
        "tells how to ask for an internal review, where and by when",
        "how to ask for an internal review (address and working days) is missing",
        _review,
    ),
    MustHave(
        "L-07",
        "tells of the right under section 50 with the regulator's particulars",
        "the right under section 50 with the regulator's particulars is missing",
        _regulator,
    ),
)
"""Every requirement, in the order in which officers are told of it."""
