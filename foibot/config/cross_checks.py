"""Checks that need more than one key: the roster, the ladder, the servers and the regimes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from foibot.config.approval import Approval, Signatures
from foibot.config.need_to_know import NeedToKnow
from foibot.config.problems import Problem
from foibot.config.sections import (
    Authority,
    Holders,
    Mailbox,
    OAuth,
    OfficerConfig,
    Reminders,
    ThreatLevel,
)
from foibot.config.values import EMBEDDED
from foibot.officers.roster import Officer, Role
from foibot.officers.signing import Signs
from foibot.outbox.approval_rules import ApprovalRule, can_be_met

NEEDED = (Role.OFFICER, Role.APPROVER)
"""The roles without which no letter is ever drafted or sent."""


def regimes(authority: Authority) -> Iterator[Problem]:
    """An authority answers under the UK's laws or under Scotland's, never both."""
    key = "authority.regimes"
    if len({regime.is_scottish for regime in authority.regimes}) > 1:
        yield Problem(
            key,
            "mixes the UK's laws with Scotland's",
            'Write ["foia", "eir"], or for a Scottish public authority ["foisa", "eisr"]',
        )
    if repeated(authority.regimes):
        yield Problem(key, "names a regime twice", "Name each once")


def threat_level(given: ThreatLevel) -> Iterator[Problem]:
    """Words that grow old within weeks are worth nothing without the day they were true."""
    if given.wording and given.checked is None:
        yield Problem(
            "threat_level.checked",
            "is missing",
            "Add under [threat_level] the day on which the wording was true, as in checked = 2026-11-22",
        )


def servers(mailbox: Mailbox) -> Iterator[Problem]:
    """Real mail answered through the embedded server would be recorded as sent and reach nobody."""
    if (mailbox.imap == EMBEDDED) != (mailbox.smtp == EMBEDDED):
        yield Problem(
            "mailbox.smtp" if mailbox.smtp == EMBEDDED else "mailbox.imap",
            "is embedded and the other server is not",
            "Make both embedded, or give the address of both",
        )


def plus_address(mailbox: Mailbox) -> Iterator[Problem]:
    """foibot puts a plus of its own into the address of each case."""
    if mailbox.plus_addressing and "+" in mailbox.address:
        yield Problem(
            "mailbox.address",
            "already holds a plus, where foibot would put its own",
            "Use an address without a plus, or set plus_addressing = false",
        )


def tokens(oauth: OAuth, mailbox: Mailbox) -> Iterator[Problem]:
    """Who logs in with tokens names the application whole, and a server to log in to."""
    if not oauth.tenant:
        if oauth.client_id:
            yield Problem(
                "oauth.tenant", "is missing beside client_id", "Write the directory's number"
            )
        return
    if not oauth.client_id:
        yield Problem(
            "oauth.client_id", "is missing beside tenant", "Write the application's number"
        )
    if mailbox.embedded:
        yield Problem(
            "oauth.tenant",
            "is set, and the mail servers are embedded",
            "Give the address of real servers, or leave [oauth] out",
        )


def addresses(
    officers: Sequence[tuple[str, OfficerConfig]], mailbox: str, shared_mailboxes: Sequence[str]
) -> Iterator[Problem]:
    """Every address belongs to one person; the officers come with their places in the file."""
    owners = [(place, address) for place, one in officers for address in _addresses(one)]
    twice = repeated([address.lower() for _, address in owners])
    own = mailbox.lower()
    shared = {one.lower() for one in shared_mailboxes}
    for place, address in owners:
        if address.lower() in twice:
            yield Problem(f"{place}.address", _TWICE, "Give every person addresses of their own")
        if address.lower() == own:
            yield Problem(
                f"{place}.address", "is the mailbox's own", "Give the person's own address"
            )
        if address.lower() in shared:
            yield Problem(
                f"{place}.address",
                "is among trust.shared_mailboxes, so that nobody could tell who wrote",
                "Give the person's own address, or take it off that list",
            )


def needed_roles(officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """Somebody drafts and somebody approves, or the office cannot work."""
    for role in NEEDED:
        if not any(role in one.roles for one in officers):
            yield Problem(
                "officers",
                f"nobody has the role {role}",
                f'Add "{role}" to the roles of at least one person',
            )


def one_block_each(officers: Sequence[tuple[str, OfficerConfig]]) -> Iterator[Problem]:
    """Two blocks for one person would let that person approve what they drafted (four eyes)."""
    names = [" ".join(one.name.casefold().split()) for _, one in officers]
    twice = repeated(names)
    for (place, one), name in zip(officers, names, strict=True):
        if name in twice:
            yield Problem(
                f"{place}.name",
                f"stands on the roster twice: {one.name}",
                "Put all addresses of one person into one block, as aliases; "
                "tell two people of one name apart by adding what they do",
            )


_TWICE = "stands on the roster twice, so that nobody could tell who wrote"


def recipients(reminders: Reminders, officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """A reminder names a case, so it goes to people of the roster only, and to somebody."""
    yield from _recipient("reminders.escalate_to", reminders.escalate_to, officers)
    for number, step in enumerate(reminders.ladder, start=1):
        yield from _recipient(f"reminders.ladder[{number}].to", step.to, officers)


def _recipient(key: str, to: str, officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    groups = {f"{role}s": role for role in Role}
    if to in groups:
        missing = not any(groups[to] in one.roles for one in officers)
        if missing and groups[to] not in NEEDED:
            yield Problem(key, f"would reach nobody: no one has the role {groups[to]}", _WHOM)
    elif to and to.lower() not in {a.lower() for one in officers for a in _addresses(one)}:
        yield Problem(key, "is neither a role nor the address of somebody on the roster", _WHOM)


_WHOM = "Write officers, approvers, administrators or the address of somebody on the roster"


def deputies(officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """A deputy is asked what the colleague was asked, so it is somebody else who is known."""
    known = {address.lower() for one in officers for address in _addresses(one)}
    for place, one in _numbered(officers):
        deputy = one.deputy.lower()
        if deputy and deputy in {address.lower() for address in _addresses(one)}:
            yield Problem(f"{place}.deputy", "is the person's own address", "Name somebody else")
        elif deputy and deputy not in known:
            yield Problem(
                f"{place}.deputy",
                "is not on the roster",
                'Add an [[officers]] block for that person, with roles = ["holder"] if they do nothing else',
            )


def approvals(approval: Approval, officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """Every row of the table names people who may approve, and there are enough of them."""
    people = [
        Officer(one.address, one.name, "", frozenset(one.roles), one.aliases) for one in officers
    ]
    for number, row in enumerate(approval.rules, start=1):
        if not can_be_met(ApprovalRule(by=row.by), people):
            yield Problem(
                f"approval.rules[{number}].by",
                "asks for more people than there are: each entry needs another person with the role approver, and the role or address it names",
                "Give more people these roles, or shorten the list",
            )


def signatures(signing: Signatures, officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """Whoever has to sign can be known by a certificate, or by an authority that issues them."""
    if signing.authorities:
        return
    for place, one in _numbered(officers):
        if one.signs is not Signs.NOTHING and not one.certificates:
            yield Problem(
                f"{place}.certificates",
                "is empty, and this person has to sign",
                "Name the file with their certificate, or the authority that issues it in signatures.authorities",
            )
    if signing.letters and not any(
        one.certificates for one in officers if Role.APPROVER in one.roles
    ):
        yield Problem(
            "signatures.letters",
            "lists letters that only a signed mail approves, and no approver has a certificate",
            "Name their certificates under [[officers]], or the authority that issues them in signatures.authorities",
        )


def need_to_know(given: NeedToKnow, officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """Addresses are those of people on the roster who work on cases; roles are somebody's."""
    for key, names in (("keepers", given.keepers), ("answers", given.answers)):
        for number, name in enumerate(names, start=1):
            place = f"need_to_know.{key}[{number}]"
            if "@" in name:
                own = [one for one in officers if name.lower() in _in_lower_case(one)]
                if not own:
                    yield Problem(place, "is not the address of somebody on the roster", _READER)
                elif set(own[0].roles) <= {Role.HOLDER}:
                    yield Problem(place, "is the address of somebody who works on no case", _READER)
    # Left as it is, an office without an administrator has its officers told, as for everything else.
    stated = "keepers" in given.model_fields_set
    roles = {role for one in officers for role in one.roles}
    if stated and not any("@" in one or Role(one) in roles for one in given.keepers):
        yield Problem("need_to_know.keepers", "would reach nobody: no one has such a role", _READER)


_READER = "Name a role that somebody has, or the address of somebody who works on cases"


def _in_lower_case(one: OfficerConfig) -> set[str]:
    return {address.lower() for address in _addresses(one)}


def ladder(holders: Holders) -> Iterator[Problem]:
    """Each step of the ladder comes after the one before it."""
    if list(holders.chase) != sorted(set(holders.chase)):
        yield Problem(
            "holders.chase",
            "is not in order, or names a day twice",
            "Write the working days from the first to the last, as in [0, 2, 4]",
        )


def repeated(things: Sequence[str]) -> set[str]:
    """Those that stand there more than once."""
    return {thing for thing, count in Counter(things).items() if count > 1}


def _numbered(officers: Sequence[OfficerConfig]) -> Iterator[tuple[str, OfficerConfig]]:
    return ((f"officers[{number}]", one) for number, one in enumerate(officers, start=1))


def _addresses(one: OfficerConfig) -> tuple[str, ...]:
    return (one.address, *one.aliases)
