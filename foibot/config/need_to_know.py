"""The section [need_to_know] of config.toml: who minds restricted cases, and who reads what colleagues answered."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from foibot.config.problems import wrong
from foibot.config.section import Section
from foibot.config.values import AsTuple, Line
from foibot.officers.privileged import ANSWER_READERS, WHO_APPROVES, WHO_HAS_IT
from foibot.officers.roster import Role

KEEPER_ROLES: Final = (Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.ADMINISTRATOR)
"""Roles that may be told of a restricted case by its reference alone, and open it to further people."""

_KEEPER_FIX: Final = (
    "Write officer, approver, reviewer, administrator or the address of somebody on the roster"
)
_READER_FIX: Final = (
    "Write who-has-it, who-approves, a role, or the address of somebody on the roster"
)


def _keeper(text: object) -> object:
    if isinstance(text, str) and "@" not in text and text not in set(KEEPER_ROLES):
        raise wrong("is neither a role that works on cases nor an address", _KEEPER_FIX)
    return text


def _reader(text: object) -> object:
    if isinstance(text, str) and "@" not in text and text not in set(ANSWER_READERS):
        raise wrong(
            "is neither one of the words for readers, nor a role, nor an address", _READER_FIX
        )
    return text


class NeedToKnow(Section):
    """Roles or addresses: who is told when a restricted case runs late, and who may read colleagues' answers."""

    keepers: Annotated[
        tuple[Annotated[Line, BeforeValidator(_keeper)], ...], AsTuple, Field(min_length=1)
    ] = (Role.ADMINISTRATOR.value,)
    answers: Annotated[
        tuple[Annotated[Line, BeforeValidator(_reader)], ...], AsTuple, Field(min_length=1)
    ] = (WHO_HAS_IT, WHO_APPROVES)
