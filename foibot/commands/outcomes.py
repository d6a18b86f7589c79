"""Reads the outcomes of single questions from an officer's lines: "2 refuse 40(2)", with the words under each; no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.parts import PartOutcome
from foibot.commands.numbered import Key, begins, keys_in, shown
from foibot.law.citation import Citation, read_citations
from foibot.law.combinations import combination_problems
from foibot.law.grounds import GROUNDS, Ground, Instead
from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
from foibot.law.regime import Regime

ANSWER: Final = "answer"
"""The word on a line of its own that asks for the letter."""

_WORDS: Final = {
    "disclose": PartOutcome.DISCLOSE,
    "give": PartOutcome.DISCLOSE,
    "part": PartOutcome.SOME,
    "refuse": PartOutcome.REFUSE,
    "withhold": PartOutcome.REFUSE,
    "ncnd": PartOutcome.NCND,
    "not held": PartOutcome.NOT_HELD,
}
_PREFIX: Final = re.compile(r"(?:parts?|questions?)\s{1,3}(?=[\w(])", re.IGNORECASE)
_EVERY: Final = re.compile(r"(all|rest)\s?:?\s{1,3}", re.IGNORECASE)
_OUTCOME: Final = re.compile(rf"({'|'.join(_WORDS)})(?![\w-])\s?:?\s{{0,3}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """An outcome as it was written: the numbers, what stood after its word on the line, the lines under it."""

    numbers: str
    outcome: PartOutcome
    rest: str
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlocksRead:
    """The outcomes in some lines, and the first words that belong to none."""

    blocks: tuple[Block, ...]
    unplaced: str = ""


def outcome_in(line: str) -> Block | None:
    """The outcome that a line begins with; None if it is no such line."""
    flat = " ".join(line.split())
    prefix = _PREFIX.match(flat)
    flat = flat[prefix.end() :] if prefix else flat
    every = _EVERY.match(flat)
    if every:
        numbers, rest = every[1].casefold(), flat[every.end() :]
    else:
        begun = begins(flat)
        if begun is None:
            return None
        numbers, rest = begun.numbers, begun.rest
    word = _OUTCOME.match(rest)
    if word is None:
        return None
    return Block(numbers, _WORDS[word[1].casefold()], rest[word.end() :].strip())


def blocks_in(lines: Sequence[str]) -> BlocksRead:
    """The outcomes in an officer's lines; a line that begins none belongs to the one above it."""
    found: list[tuple[Block, list[str]]] = []
    unplaced = ""
    for line in lines:
        begun = outcome_in(line)
        if begun is not None:
            found.append((begun, []))
        elif line.strip().casefold().rstrip(".!") == ANSWER:
            continue
        elif found:
            found[-1][1].append(line)
        elif line.strip() and not unplaced:
            unplaced = line.strip()
    blocks = tuple(Block(one.numbers, one.outcome, one.rest, tuple(u)) for one, u in found)
    return BlocksRead(blocks, unplaced)


def numbers_of(block: Block, known: Sequence[Key], open_: Sequence[Key]) -> list[Key]:
    """The questions an outcome is for: those named, all `known` ones, or the `open_` rest of them."""
    if block.numbers == "all":
        return list(known)
    if block.numbers == "rest":
        return list(open_)
    return list(keys_in(block.numbers, known))


def provisions_in(
    block: Block, law: Regime, authority_kind: str
) -> tuple[tuple[Provision, ...], str, list[str]]:
    """The provisions of an outcome, its words on the same line, and what is wrong with the provisions."""
    if not block.outcome.cites:
        return (), block.rest, []
    cited, _, words = block.rest.partition(":")
    own = _whole_request(cited, law) if block.outcome.withholds else ""
    if own:
        return (), "", [own]
    reader = read_ncnd if block.outcome is PartOutcome.NCND else read_withheld
    read = reader(cited, law, authority_kind=authority_kind)
    provisions = tuple(one for one in read if isinstance(one, Provision))
    problems = [one for one in read if isinstance(one, Problem)]
    problems = problems or list(combination_problems(provisions))
    return () if problems else provisions, words.strip(), [one.in_words for one in problems]


def _whole_request(cited: str, law: Regime) -> str:
    """Why a section cannot stand for one question among others; "" if it can."""
    for one in read_citations(cited):
        ground = GROUNDS[law.key].get(one.text) if isinstance(one, Citation) else None
        if isinstance(ground, Instead):
            return ground.why
        if isinstance(ground, Ground) and not ground.relies_on:
            return (
                f"Section {cited.strip()} refuses a whole request, in a letter of its own: "
                f"“refuse {cited.strip()}”."
            )
    return ""


def unknown_in(keys: Sequence[Key], known: Sequence[Key]) -> list[str]:
    """The numbers among these that no question has, as a letter writes them."""
    return [shown(key) for key in dict.fromkeys(keys) if key not in known]
