"""What the letters after a section stand for, among those that the law has there."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from foibot.law.regime import Exemption, Limb


@dataclass(frozen=True, slots=True)
class Named:
    """What a letter after a section stands for: a row, and a limb of it unless the letter is the row's own."""

    row: Exemption
    limb: Limb | None

    @property
    def words(self) -> str:
        """What an officer is told that it stands for."""
        return self.limb.words if self.limb else self.row.title


def limbs_of(row: Exemption) -> dict[str, Named]:
    """Every limb of one row by its letter."""
    return {limb.letter: Named(row, limb) for limb in row.limbs}


def take(letters: tuple[str, ...], choices: Mapping[str, Named]) -> tuple[list[Named], list[str]]:
    """What `letters` name among `choices`, and those that name nothing. "b", "i", "ii" is (b)(i) and (b)(ii)."""
    taken: list[Named] = []
    unknown: list[str] = []
    outer = ""
    rest = deque(letters)
    while rest:
        letter = rest.popleft()
        if rest and f"{letter}({rest[0]})" in choices:
            outer = letter
            taken.append(choices[f"{outer}({rest.popleft()})"])
        elif f"{outer}({letter})" in choices:
            taken.append(choices[f"{outer}({letter})"])
        elif letter in choices:
            outer = letter
            taken.append(choices[letter])
        else:
            unknown.append(letter)
    return taken, unknown
