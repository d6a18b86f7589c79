"""What a draft of our own has to say about exactly the provisions that were ordered; no I/O.

A letter written elsewhere is read with more leave: any limb will do, and the title in other words.
"""

from __future__ import annotations

import re
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.ncnd_balance import absolute, qualified
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import FULL_NCND, Asks, Rule, is_draft, unless


def _each_titled(reading: Reading) -> bool:
    # Between number and title stand punctuation and perhaps a limb, never another sentence; or all limbs of
    # section 30(2), of which the title follows the last.
    between = r"(?:[^.]{0,60}?|[^.]{60,160}?\)[^.\w]{0,5})"
    return all(
        reading.says(rf"\bsection {re.escape(each.section)}{between}{re.escape(each.title)}")
        for each in reading.provisions
    )


def _limbs_and_likelihood(reading: Reading) -> bool:
    named = all(_limbs_named(reading, each) for each in reading.provisions if _by_limb(each))
    return named and reading.says(r"\bwould (?:be likely to )?prejudice\b")


def _limbs_named(reading: Reading, provision: Provision) -> bool:
    outer = re.escape(provision.exemption.subsection)
    return all(
        reading.says(re.escape(limb.words))
        and reading.says(rf"\bsection {outer}[^.]{{0,80}}?{re.escape(limb.bracketed)}")
        for limb in provision.limbs
    )


def _by_limb(provision: Provision) -> bool:
    ncnd = provision.exemption.ncnd
    return ncnd is not None and ncnd.limb_required


def _by_prejudice(reading: Reading) -> bool:
    return any(
        each.exemption.ncnd is not None and each.exemption.ncnd.kind == "prejudice"
        for each in reading.provisions
    )


def _both_answers(reading: Reading) -> bool:
    return reading.says(
        r"\ba confirmation\b[^.]{0,200}\bor\b[^.]{0,200}\ba denial\b"
    ) or reading.says(r"\bsection 17\(4\)")


def _weighed(reading: Reading) -> bool:
    return (
        reading.says(r"\bfor confirming or denying\b")
        and reading.says(r"\bagainst confirming or denying\b")
        and reading.says(
            r"\bthe public interest in maintaining the exclusion of the duty to confirm or deny "
            r"outweighs the public interest in disclosing whether\b"
        )
    )


def _absolute_said(reading: Reading) -> bool:
    return reading.says(r"\babsolute\b") and reading.says(r"\bno public interest test\b")


def _draft(
    id: str, name: str, passed: str, why: str, instead: str, met: Asks, concerns: Asks
) -> Rule:
    return Rule(
        id,
        name,
        Severity.ERROR,
        why,
        instead,
        unless(met),
        FULL_NCND,
        concerns=lambda reading: is_draft(reading) and concerns(reading),
        passed=passed,
    )


ORDERED: Final = (
    _draft(
        "N-03",
        "ordered provisions titled",
        "names each provision with its exact title",
        "a provision is not named with its exact title",
        "Restore the list of provisions in the template.",
        _each_titled,
        lambda _: True,
    ),
    _draft(
        "N-04",
        "ordered limbs",
        "names the limbs relied on and how likely the prejudice is",
        "a limb, or how likely the prejudice is ('would be likely to'), is missing",
        "Name every limb of the order by letter and words, and write 'would be likely to prejudice'.",
        _limbs_and_likelihood,
        _by_prejudice,
    ),
    _draft(
        "N-05",
        "ordered reasons",
        "argues from a confirmation and from a denial alike",
        "the reasons do not argue from a confirmation and from a denial alike",
        "Write what 'a confirmation, or a denial,' would show.",
        _both_answers,
        lambda _: True,
    ),
    _draft(
        "N-06",
        "ordered weighing",
        "weighs confirming or denying, for and against, with a conclusion in the words of the Act",
        "factors for and against confirming or denying, or the conclusion, are missing",
        "Write 'for confirming or denying', 'against confirming or denying', and the conclusion as "
        "the Act words it.",
        _weighed,
        qualified,
    ),
    _draft(
        "N-07",
        "ordered absolutes",
        "treats absolute provisions as absolute, without a balance",
        "an absolute provision is not called absolute, or is weighed although it is not to be",
        "Write that it is absolute and that no public interest test applies.",
        _absolute_said,
        absolute,
    ),
)
"""The requirements for drafts alone."""
