"""Things in a configuration that work, and that somebody should look at all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from foibot.config.approval import FourEyesKind
from foibot.config.dated import old_facts
from foibot.config.load import Config
from foibot.config.problems import Problem
from foibot.config.standing_in import about_delegates
from foibot.officers.roster import Role


def advice(
    config: Config, today: date, pages_of_templates: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """What `foibot check` says beyond errors; `today` is the date in London.

    `pages_of_templates` are the web pages that letters point to besides those of the configuration.
    """
    return (
        *_approval(config),
        *_letters(config),
        *old_facts(config, today, pages_of_templates),
        *_trust(config),
        *about_delegates(config.officers, today),
    )


def _approval(config: Config) -> Iterator[Problem]:
    drafters = {one.address for one in config.officers if Role.OFFICER in one.roles}
    approvers = {one.address for one in config.officers if Role.APPROVER in one.roles}
    if any(approvers <= {drafter} for drafter in drafters):
        kinds = ", ".join(sorted({FourEyesKind.NCND, *config.approval.four_eyes}))
        yield Problem(
            "approval.four_eyes",
            f"the only approver also drafts, and nobody may approve a letter of their own here: {kinds}",
            "Give a second person the role approver",
        )


def _letters(config: Config) -> Iterator[Problem]:
    if not config.authority.address:
        yield Problem(
            "authority.address",
            "is empty, so that letters give no postal address for a review",
            "Write the authority's postal address",
        )
    if not config.authority.privacy_url:
        yield Problem(
            "authority.privacy_url",
            "is empty, so that the acknowledgement cannot say where the privacy notice is",
            "Write the web address of the privacy notice",
        )


_NO_BORDER = {
    True: "is empty, so that officers have to confirm every single order",
    False: "is empty, so that no officer's order can be believed",
}


def _trust(config: Config) -> Iterator[Problem]:
    if not config.trust.authserv_id:
        yield Problem(
            "trust.authserv_id",
            _NO_BORDER[config.trust.confirm],
            "Write the name your mail server puts after Authentication-Results:",
        )
