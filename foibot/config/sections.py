"""The sections of config.toml, one frozen class each, with every default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum, unique
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from foibot.case.steps import Step as Words
from foibot.config.problems import wrong
from foibot.config.section import Section
from foibot.config.values import (
    EMBEDDED,
    FOUND_BY_FOIBOT,
    AsTuple,
    DatabaseUrl,
    Day,
    Email,
    Folders,
    Host,
    ImapServer,
    LanguageFolder,
    Line,
    Lines,
    ListenAddress,
    OptionalEmail,
    OptionalLine,
    Reference,
    Requester,
    SmtpServer,
    ThreatWording,
    TimeOfDay,
    Web,
)
from foibot.officers.delegation import Powers
from foibot.officers.roster import Role
from foibot.officers.signing import Signs


@unique
class AuthorityKind(StrEnum):
    """What the authority is; some exemptions and the cost limit depend on it (FOIA 2000 sch.1)."""

    POLICE = "police"
    COUNCIL = "council"
    HEALTH = "health"
    EDUCATION = "education"
    FIRE = "fire"
    GOVERNMENT = "government"
    LEGISLATURE = "legislature"
    ARMED_FORCES = "armed-forces"
    OTHER = "other"


@unique
class RegimeKey(StrEnum):
    """An information law the authority answers under."""

    FOIA = "foia"
    EIR = "eir"
    FOISA = "foisa"
    EISR = "eisr"

    @property
    def is_scottish(self) -> bool:
        """Answered by a Scottish public authority, with the Scottish Information Commissioner."""
        return self in {RegimeKey.FOISA, RegimeKey.EISR}


@unique
class SentCopy(StrEnum):
    """Whether foibot puts a copy of what it sent into the mailbox's Sent folder."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Authority(Section):
    """Who answers; `address` and `review_address` are lines of a postal address."""

    name: Line = Field(examples=['"Exampleshire Police"'])
    kind: AuthorityKind = Field(examples=['"police"'])
    regimes: Annotated[tuple[RegimeKey, ...], AsTuple, Field(min_length=1)] = (
        RegimeKey.FOIA,
        RegimeKey.EIR,
    )
    languages: Annotated[tuple[LanguageFolder, ...], AsTuple] = ()
    reference: Reference = "{number:06}/{year:02}"
    first_number: Annotated[StrictInt, Field(ge=1, le=99_999_999)] = 1
    unit: Line = "Information Management"
    address: Lines = ()
    email: OptionalEmail = ""
    phone: OptionalLine = ""
    website: Web = ""
    privacy_url: Web = ""
    review_title: Line = "Internal Review Officer"
    review_address: Lines = ()
    review_email: OptionalEmail = ""
    review_window_days: Annotated[StrictInt, Field(ge=1, le=365)] = 40
    review_target_days: Annotated[StrictInt, Field(ge=1, le=40)] = 20


class Regulator(Section):
    """Who hears complaints (FOIA 2000 s.17(7)(b)), as last `checked` by a person."""

    name: Line
    address: Annotated[Lines, Field(min_length=1)]
    email: Email
    phone: OptionalLine
    website: Web
    complaint_url: Web
    checked: Day


UK_REGULATOR = Regulator(
    name="Information Commissioner's Office",
    address=("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
    email="icocasework@ico.org.uk",
    phone="0303 123 1113",
    website="https://ico.org.uk",
    complaint_url="https://ico.org.uk/make-a-complaint/",
    checked=date(2026, 4, 7),
)
"""England, Wales, Northern Ireland and the UK-wide bodies (FOIA 2000 s.50)."""

SCOTTISH_REGULATOR = Regulator(
    name="Scottish Information Commissioner",
    address=("Kinburn Castle", "Doubledykes Road", "St Andrews", "Fife", "KY16 9DS"),
    email="enquiries@foi.scot",
    phone="01334 464610",
    website="https://www.foi.scot",
    complaint_url="https://www.foi.scot/appeal",
    checked=date(2026, 4, 7),
)
"""Scottish public authorities (FOISA 2002 s.47)."""


class ThreatLevel(Section):
    """How letters may word the national threat level (N-35), as last `checked` by a person; "" if they may not."""

    wording: ThreatWording = ""
    checked: Day | None = None


class Links(Section):
    """When a person last opened the web pages that letters point to."""

    checked: Day | None = None


class Mailbox(Section):
    """The one mailbox; `imap` and `smtp` are server addresses or "embedded"."""

    address: Email = Field(examples=['"foi@exampleshire.example"'])
    imap: ImapServer = Field(examples=['"imaps://foi@imap.exampleshire.example"'])
    smtp: SmtpServer = Field(examples=['"smtp+starttls://foi@smtp.exampleshire.example:587"'])
    folder: Line = "INBOX"
    junk: Folders = (FOUND_BY_FOIBOT,)
    since: Day = date(2005, 1, 1)
    sent: SentCopy = SentCopy.AUTO
    plus_addressing: StrictBool = True
    tls_ca_file: OptionalLine = ""
    poll_seconds: Annotated[StrictInt, Field(ge=5, le=3600)] = 60
    max_message_mb: Annotated[StrictInt, Field(ge=1, le=150)] = 30
    smtp_connections: Annotated[StrictInt, Field(ge=1, le=20)] = 4

    def folders(self, for_spam: Sequence[str]) -> list[str]:
        """Every folder that is read, once, the inbox last; `for_spam` are those the server calls so, if it is asked."""
        named = [name for name in self.junk if name != FOUND_BY_FOIBOT]
        return [
            *dict.fromkeys(one for one in (*named, *for_spam) if one != self.folder),
            self.folder,
        ]

    @property
    def finds_junk(self) -> bool:
        """Whether the server is asked which folders are for spam."""
        return FOUND_BY_FOIBOT in self.junk

    @property
    def embedded(self) -> bool:
        """Both servers run inside foibot."""
        return self.imap == EMBEDDED

    @property
    def domain(self) -> str:
        """The part of the address after the @, in lower case."""
        return self.address.rpartition("@")[2]


class OAuth(Section):
    """The application registered with Microsoft Entra that foibot logs in as; without a tenant, passwords are used."""

    tenant: OptionalLine = ""
    client_id: OptionalLine = ""
    authority: Web = "https://login.microsoftonline.com"
    scope: Web = "https://outlook.office365.com/.default"


class Trust(Section):
    """Whose word about a sender is believed, and whose about the time of arrival."""

    authserv_id: Host = ""
    servers: Annotated[tuple[Host, ...], AsTuple] = ()
    own_domains: Annotated[tuple[Host, ...], AsTuple] = ()
    shared_mailboxes: Annotated[tuple[Email, ...], AsTuple] = ()
    confirm: StrictBool = True
    exchange_internal: StrictBool = False
    arc_sealers: Annotated[tuple[Host, ...], AsTuple] = ()


class Database(Section):
    """Where everything is kept; after loading, a SQLite path is absolute."""

    url: DatabaseUrl = "sqlite:///foibot.db"

    @property
    def one_process(self) -> bool:
        """Whether only one process at a time can work an office in it."""
        return self.url.startswith("sqlite:")


_DELEGATE_FIX = (
    'Write {to = "ruth.rose@exampleshire.example", first = 2026-12-03, last = 2027-01-10}'
)


def _delegate(given: object) -> object:
    if not isinstance(given, dict) or not {"to", "first", "last"} <= given.keys():
        raise wrong("does not say who stands in, and on which days", _DELEGATE_FIX)
    return given


class Delegate(Section):
    """Somebody of the roster stands in for the person from the day `first` to the day `last`."""

    to: Email
    first: Day
    last: Day
    powers: Powers = Powers.BOTH


class OfficerConfig(Section):
    """One person of the roster; `aliases` are further addresses they write from, `deputy` answers in their place.

    `certificates` are files with the certificates they sign with; after loading their paths are absolute.
    """

    address: Email = Field(examples=['"jane.orange@exampleshire.example"'])
    name: Line = Field(examples=['"Jane Orange"'])
    title: OptionalLine = ""
    roles: Annotated[tuple[Role, ...], AsTuple, Field(min_length=1)] = (
        Role.OFFICER,
        Role.APPROVER,
    )
    aliases: Annotated[tuple[Email, ...], AsTuple] = ()
    deputy: OptionalEmail = ""
    conflicts: Annotated[tuple[Requester, ...], AsTuple] = ()
    signs: Signs = Signs.NOTHING
    certificates: Annotated[tuple[Line, ...], AsTuple] = ()
    delegates: Annotated[tuple[Annotated[Delegate, BeforeValidator(_delegate)], ...], AsTuple] = ()


STEPS: dict[int, tuple[str, str]] = {
    3: ("officers", Words.AGREE.value),
    8: ("officers", Words.CHASE.value),
    12: ("officers", Words.DRAFT.value),
    15: ("approvers", Words.LOOK.value),
    18: ("officers", Words.SETTLE.value),
    20: ("officers", Words.SEND.value),
}
"""The words of a step written as a number alone, by working day (W-03); others come where these are not so."""


class Step(Section):
    """One reminder: at working day `day` after receipt, or, 0 and below, counted to the last day.

    Day 1 is the first working day after receipt; 0 is the last lawful day, -2 two working days
    before it.
    """

    day: Annotated[StrictInt, Field(ge=-60, le=120)]
    to: Line = "officers"
    say: Line = "This request is still open."


def _step(given: object) -> object:
    if isinstance(given, int) and not isinstance(given, bool):
        to, say = STEPS.get(given, ("officers", "This request is still open."))
        return {"day": given, "to": to, "say": say}
    if not isinstance(given, dict) or "day" not in given:
        raise wrong("is not a reminder", _STEP_FIX)
    return given


_STEP_FIX = (
    "Write a working day alone, such as 15, or "
    '{day = 15, to = "approvers", say = "Review the draft."}'
)


def _ladder(given: object) -> object:
    if not isinstance(given, list):
        raise wrong("must be a list", "Write working days in square brackets: [3, 8, 12, 15]")
    return tuple(given)


class Reminders(Section):
    """When people are reminded; `overdue_every` and `lapse_warning` are in working days.

    `lapse_months` is how long a requester may take to answer a question (T-47; no law says it).
    """

    digest_at: TimeOfDay = time(8, 0)
    ladder: Annotated[
        tuple[Annotated[Step, BeforeValidator(_step)], ...], BeforeValidator(_ladder)
    ] = tuple(Step(day=day, to=to, say=say) for day, (to, say) in STEPS.items())
    overdue_every: Annotated[StrictInt, Field(ge=1, le=20)] = 1
    escalate_to: OptionalLine = ""
    lapse_months: Annotated[StrictInt, Field(ge=1, le=24)] = 3
    lapse_warning: Annotated[StrictInt, Field(ge=1, le=60)] = 10


class Holders(Section):
    """How long colleagues have to answer, in working days, and when they are written to again.

    `days` 0 leaves it to the last day to answer. The steps of `chase` are working days after the day by
    which an answer was wanted: the first goes to the colleague, the second to the deputy too, from the
    third on the officer who asked hears as well.
    """

    days: Annotated[StrictInt, Field(ge=0, le=60)] = 0
    chase: Annotated[tuple[Annotated[StrictInt, Field(ge=-20, le=60)], ...], AsTuple] = (0, 2, 4)


class Limits(Section):
    """How much foibot sends, so that a loop or a flood ends; and how large one letter may be."""

    acks_per_address_per_day: Annotated[StrictInt, Field(ge=1, le=100)] = 3
    mails_per_hour: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 20_000
    letter_mb: Annotated[StrictInt, Field(ge=1, le=100)] = 10


class Health(Section):
    """Where monitoring on this machine may ask how the office does; "" for nowhere."""

    listen: ListenAddress = ""


class Templates(Section):
    """Letters and notices of the authority's own, laid over the shipped ones file by file.

    After loading `folder` is absolute, or "" for the shipped letters alone.
    """

    folder: OptionalLine = ""
