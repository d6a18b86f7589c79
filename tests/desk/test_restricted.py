"""A case restricted to named people: everybody else sees its reference, wherever it shows, and nobody is late for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from foibot.case.need_to_know import is_restricted
from foibot.config.approval import ApprovalRow, RuledKind
from foibot.config.sections import OfficerConfig, Step
from foibot.demo.correspondent import Person
from foibot.gateway.smtp import Answer
from foibot.officers.roster import Role
from tests.desk.test_recount import imports
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office, office

CLEO = Person("Cleo Clerk", "cleo.clerk@exampleshire.example")
HARRY = Person("Harry Holder", "harry.holder@exampleshire.example")
EVE = Person("Eve Else", "eve@elsewhere.example")
STAFF = (JANE, TOM, RUTH, CLEO, HARRY)
REF = "000001/20"
ALIKE = (
    "How many planned attacks on emergency services, please, were stopped in the last five years?"
)


def staffed(opened: Office) -> Office:
    clerk = OfficerConfig(address=CLEO.address, name=CLEO.name, roles=(Role.OFFICER,))
    holder = OfficerConfig(address=HARRY.address, name=HARRY.name, roles=(Role.HOLDER,))
    opened.staff([*opened.config.officers, clerk, holder])
    return opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with a second officer and a holder."""
    with office(tmp_path) as opened:
        yield staffed(opened)


@pytest.fixture
def notices(desk: Office) -> dict[str, Mail]:
    """A request has come, Jane has restricted it to Tom and herself; the notices that the officers have of it."""
    desk.asks()
    found = {who.name: desk.one_for(who, "new-case") for who in (JANE, CLEO)}
    desk.discards(*STAFF, SAM)
    assert desk.orders(JANE, found[JANE.name], "restrict tom: it names a colleague") == "command"
    found[TOM.name] = desk.one_for(TOM)
    found["told"] = desk.one_for(JANE)
    assert not desk.unread
    return found


def bare(mail: Mail) -> Mail:
    """The mail, which says nothing of the case but its reference."""
    for words in (
        mail.raw.decode("latin-1").replace("MIME-Version", ""),
        mail.text,
        mail.html,
        mail.subject,
    ):
        assert not re.search(
            "emergency|attack|sam.smith|sam smith|citizens|awaiting|version", words, re.IGNORECASE
        ), words
    return mail


def read_by_all(desk: Office, *people: Person) -> list[Mail]:
    return [mail for who in people for mail in desk.post_for(who)]


def test_its_mails_go_to_the_list_alone_with_the_bare_reference_as_subject(
    desk: Office, notices: dict[str, Mail]
) -> None:
    assert desk.orders(JANE, notices[JANE.name], ORDER) == "command"
    draft = desk.one_for(TOM, "draft")
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.later(minutes=11)
    desk.one_for(SAM, "letter")
    desk.asks("Thank you very much.", subject="Re: [000001/20] Attacks on emergency services")
    read = read_by_all(desk, JANE, TOM)
    mine = [notices["told"], draft, *(one for one in read if one.kind != "digest")]
    assert {"follow-up", "letter-sent", "approved"} <= {one.kind for one in mine}
    for one in mine:
        assert re.fullmatch(r"(Re: )?\[000001/20\] #\w+", one.subject), one.subject
    assert {bare(one).kind for one in read_by_all(desk, RUTH, CLEO)} == {"digest"}


def test_orders_of_others_are_refused_and_say_nothing(
    desk: Office, notices: dict[str, Mail]
) -> None:
    for line in ("show", "why", "when", "answers", "accept", ORDER, "approve v1", "note: hello",
                 "restrict cleo: me too", "restrict off", "conflict: a friend", "nonsense of mine"):  # fmt: skip
        assert desk.orders(CLEO, notices[CLEO.name], line) == "command-refused", line
        refused = bare(desk.one_for(CLEO))
        if line != "nonsense of mine":
            assert "open to named people alone, and you are not one of them" in refused.words
        assert "Jane" not in refused.words
    assert desk.orders(CLEO, notices[CLEO.name], "help") == "command"
    bare_of_help = desk.one_for(CLEO)
    assert "Attacks" not in bare_of_help.text
    assert not desk.unread
    assert desk.orders(JANE, notices[JANE.name], "restrict off: it was another Smith") == "command"
    assert "read this case again" in desk.one_for(JANE).words
    desk.discards(TOM)
    assert desk.orders(CLEO, notices[CLEO.name], "show") == "command"
    assert "Attacks on emergency services" in desk.one_for(CLEO).words


def test_the_digest_of_others_lists_the_reference_and_the_ladder_reaches_somebody(
    desk: Office, notices: dict[str, Mail]
) -> None:
    desk.asks("Out of the office.", who=EVE, subject="Re: [000001/20] Attacks")  # not placed
    assert "1: 000001/20" in desk.one_for(JANE, "not-placed").words
    assert "not-placed" in {one.kind for one in desk.post_for(TOM)}
    assert not desk.unread
    seen: dict[str, list[str]] = {}
    for day in range(9, 32):
        desk.at(f"2020-12-{day:02} 08:01")
        for who in STAFF:
            for mail in desk.post_for(who):
                seen.setdefault(who.name, []).append(mail.kind)
                if who in {CLEO, RUTH} and "eve@" not in mail.text:
                    assert "Not open to you" in bare(mail).text
                    assert REF in mail.text
                if who in {JANE, TOM} and mail.kind == "digest":
                    assert f"{REF}: " in mail.text
                    assert "Not open to you" not in mail.text
    assert {"reminder", "digest"} <= set(seen[JANE.name])
    assert set(seen[CLEO.name]) == set(seen[RUTH.name]) == {"digest"}

    desk.at("2021-01-11 08:01")
    keeper = bare(desk.one_for(RUTH, "restricted"))
    assert "Its answer is due today, Monday 11 January 2021." in keeper.words
    assert "open to Jane Orange and Tom Teal alone" in keeper.words
    assert {one.kind for one in desk.post_for(JANE)} == {"reminder", "digest"}
    desk.discards(*STAFF)
    desk.at("2021-01-12 08:01")
    late = bare(desk.one_for(RUTH, "restricted"))
    assert "Its answer was due on Monday 11 January 2021." in late.words
    assert {one.kind for one in desk.post_for(TOM)} == {"overdue", "digest"}
    assert {one.kind for one in desk.post_for(CLEO)} == {"digest"}
    desk.discards(*STAFF)

    # The keeper cannot read it, and can let somebody in, which everybody on the list hears of.
    assert desk.orders(RUTH, late, "show") == "command-refused"
    assert '"restrict NAME: your reason"' in bare(desk.one_for(RUTH)).words
    assert desk.orders(RUTH, late, "restrict cleo: Jane and Tom are ill") == "command"
    bare(desk.one_for(RUTH))
    told = {who.name: desk.one_for(who) for who in (JANE, TOM, CLEO)}
    for mail in told.values():
        assert "Ruth Rose, who does not read restricted cases, has opened this one to Cleo Clerk" in mail.words  # fmt: skip
    assert desk.orders(CLEO, told[CLEO.name], "show") == "command"
    assert "Attacks on emergency services" in desk.one_for(CLEO).words


@pytest.mark.usefixtures("notices")
def test_a_case_whose_readers_have_left_is_shown_to_its_keepers(desk: Office) -> None:
    jane, tom, *others = desk.config.officers
    boss = OfficerConfig(address="bo@exampleshire.example", name="Bo", roles=(Role.OFFICER, Role.APPROVER))  # fmt: skip
    desk.staff([boss, *others])
    desk.at("2020-12-10 08:01")
    digest = bare(desk.one_for(RUTH, "digest"))
    assert "000001/20: restricted, and nobody is left who may read it" in digest.words
    assert "nobody is left" not in desk.one_for("bo@exampleshire.example", "digest").words
    desk.discards(CLEO)
    assert desk.orders(RUTH, digest, "000001/20 restrict bo: all others have left") == "command"
    desk.discards(RUTH)
    assert "has opened this one to Bo" in desk.one_for("bo@exampleshire.example").words
    desk.at("2021-01-12 08:01")
    assert {one.kind for one in desk.post_for("bo@exampleshire.example")} == {"overdue", "digest"}
    assert "open to Bo alone" in desk.one_for(RUTH, "restricted").words
    desk.discards(CLEO)
    assert jane.address != tom.address


def test_a_message_after_the_answer_reaches_a_keeper_when_the_readers_have_left(
    desk: Office, notices: dict[str, Mail]
) -> None:
    assert desk.orders(JANE, notices[JANE.name], "withdrawn") == "command"
    desk.discards(*STAFF)
    _, _, *others = desk.config.officers
    desk.staff(others)
    for _ in range(2):
        desk.asks("Please review it.", subject="Re: [000001/20] Attacks on emergency services")
    told = bare(desk.one_for(RUTH, "restricted"))
    assert "Something has happened on it of which nobody could be told." in told.words
    assert "Nobody is left who may read it." in told.words
    assert f'"restrict {RUTH.address}: your reason"' in told.words
    assert not desk.unread
    assert desk.orders(RUTH, told, f"restrict {RUTH.address}: all have left") == "command"
    desk.discards(RUTH)
    assert desk.orders(RUTH, told, "why") == "command"
    assert "Message filed as a message about a request" in desk.one_for(RUTH).words


def test_the_digest_names_cases_of_others_by_reference_where_an_interest_was_declared(
    desk: Office,
) -> None:
    desk.asks()
    notice = desk.one_for(CLEO, "new-case")
    desk.discards(*STAFF, SAM)
    desk.orders(CLEO, notice, "conflict: my brother asked")
    desk.discards(*STAFF)
    desk.at("2020-12-09 08:01")
    mine = bare(desk.one_for(CLEO, "digest"))
    assert "Not open to you" in mine.text
    assert REF in mine.text
    assert "Not open to you" not in desk.one_for(RUTH, "digest").text
    desk.discards(*STAFF)


def test_a_message_on_it_is_listed_and_placed_by_those_who_may_read_it(
    desk: Office, notices: dict[str, Mail]
) -> None:
    ack = b"Auto-Submitted: auto-replied\r\n"
    raw = (
        b"From: sam.smith@citizens.example\r\nTo: foi@exampleshire.example\r\nSubject: Re: [000001/20] Attacks\r\n"
        b"Message-ID: <auto@citizens.example>\r\n" + ack + b"\r\nI am away.\r\n"
    )
    assert desk.arrives(desk.border(raw, SAM.address)) == "auto"
    desk.at("2020-12-09 08:01")
    theirs, mine = desk.one_for(CLEO, "digest"), desk.one_for(JANE, "digest")
    assert "a message perhaps on 000001/20, which is not open to you" in bare(theirs).words
    assert "Re: [000001/20] Attacks" in mine.words
    desk.discards(*STAFF)
    desk.asks("A further word.", subject="Re: [000001/20] Attacks on emergency services")
    number = max(desk.numbers())
    assert desk.orders(CLEO, theirs, f"m{number} new") == "command-refused"
    assert f"m{number} is on a request that is not open to you." in bare(desk.one_for(CLEO)).words
    desk.discards(*STAFF)
    assert desk.orders(JANE, notices[JANE.name], "split\nHow many of them were at night?") == "command"  # fmt: skip
    second = desk.case("000002/20")
    assert is_restricted(second)
    assert second.keeping.readers == desk.case(REF).keeping.readers
    desk.discards(JANE)
    assert not [one for one in desk.unread if "tom.teal" not in one]
    desk.discards(TOM)


@pytest.mark.usefixtures("notices")
def test_a_request_like_it_is_pointed_out_without_a_word_of_it(desk: Office) -> None:
    desk.asks(ALIKE, who=EVE, subject="A question")
    desk.discards(EVE)
    notice = desk.one_for(CLEO, "new-case")
    assert "Case 000001/20 may be like it. It is restricted" in notice.words
    assert "of 100" not in notice.words
    desk.discards(*STAFF)
    assert desk.orders(CLEO, notice, f"link {REF}") == "command-refused"
    assert "There is no other case 000001/20 that is open to you." in desk.one_for(CLEO).words
    assert desk.orders(CLEO, notice, "disclose\nNone were.") == "command"
    draft = desk.one_for(TOM, "draft")
    assert "Case 000001/20, which is restricted, may have asked something like it" in draft.words
    desk.discards(*STAFF)
    assert desk.orders(CLEO, notice, ORDER) == "command"
    assert "N-14: Case 000001/20, which is restricted" in desk.one_for(TOM, "draft").words
    desk.discards(*STAFF)


@pytest.mark.usefixtures("notices")
def test_a_moved_date_and_a_letter_that_waits_are_told_to_those_who_may_know(
    desk: Office, notices: dict[str, Mail]
) -> None:
    desk.asks("What is your policy on bicycles?", who=EVE, subject="Bicycles")
    desk.discards(*STAFF, EVE)
    imports(desk, date(2021, 1, 7))
    desk.tick()
    assert "000002/20" in desk.one_for(CLEO, "recounted").words
    toms = [one for one in desk.post_for(TOM) if one.kind == "recounted"]
    assert [REF in one.words for one in toms] == [True, False]
    assert "000002/20" in desk.one_for(RUTH, "recounted").words
    desk.discards(*STAFF)

    desk.orders(JANE, notices[JANE.name], ORDER)
    assert desk.orders(TOM, desk.one_for(TOM, "draft"), "approve v1") == "command"
    desk.discards(*STAFF)
    desk.post.script.extend(
        [(Answer.RETRY, 451, "4.7.1 greylisted sam.smith@citizens.example")] * 2
    )
    for minutes in (11, 13, 3):
        desk.later(minutes=minutes)
    keeper = bare(desk.one_for(RUTH, "restricted"))
    assert "An approved letter has not left" in keeper.words
    assert "to leave on" in desk.one_for(TOM).words
    desk.later(minutes=120)
    desk.discards(*STAFF, SAM)


def test_what_colleagues_said_is_for_those_the_configuration_names(tmp_path: Path) -> None:
    with office(tmp_path) as opened:
        desk = staffed(opened)
        desk.asks()
        notice, cleos = desk.one_for(JANE, "new-case"), desk.one_for(CLEO, "new-case")
        desk.discards(*STAFF, SAM)
        desk.orders(CLEO, cleos, "ask harry\nDo we keep these?")
        desk.discards(CLEO)
        question = desk.one_for(HARRY)
        assert desk.orders(HARRY, question, "nil\nWe looked everywhere.") == "holder"
        assert b"looked everywhere" in desk.one_for(CLEO).files["original-message.eml"]
        assert not desk.unread

        desk.orders(JANE, notice, "accept")
        desk.discards(*STAFF)
        assert desk.orders(CLEO, cleos, "answers") == "command-refused"
        refused = desk.one_for(CLEO)
        assert "open to Jane Orange, Tom Teal and Ruth Rose alone" in refused.words
        assert not refused.files
        assert desk.orders(HARRY, question, "hours 6\nOne more thing.") == "holder"
        assert desk.one_for(JANE, "holder-answered").files
        # A reply that is not proven is shown to the same people, and to nobody else.
        assert desk.orders(HARRY, question, "nil", login=False) == "holder-unproven"
        desk.one_for(JANE)
        assert not desk.unread


def test_a_colleague_who_is_silent_is_told_of_to_somebody_who_may_read_it(desk: Office) -> None:
    desk.asks()
    notice, cleos = desk.one_for(JANE, "new-case"), desk.one_for(CLEO, "new-case")
    desk.discards(*STAFF, SAM)
    desk.orders(CLEO, cleos, "ask harry\nDo we keep these?")
    desk.orders(JANE, notice, "restrict tom")
    desk.discards(*STAFF)
    kinds: dict[str, set[str]] = {}
    for day in range(9, 32):
        desk.at(f"2020-12-{day:02} 08:01")
        for who in STAFF:
            kinds.setdefault(who.name, set()).update(one.kind for one in desk.post_for(who))
    assert "holder-silent" in kinds[JANE.name]
    assert kinds[CLEO.name] == {"digest"}


def test_a_step_for_one_person_who_may_not_read_it_reaches_those_who_may(tmp_path: Path) -> None:
    step = Step(day=3, to=CLEO.address)
    with office(tmp_path, reminders={"ladder": (step,), "escalate_to": CLEO.address}) as opened:
        desk = staffed(opened)
        desk.asks()
        notice = desk.one_for(JANE, "new-case")
        desk.asks("What is your policy on bicycles?", who=EVE, subject="Bicycles")
        desk.discards(*STAFF, SAM, EVE)
        desk.orders(JANE, notice, "restrict tom")
        desk.discards(*STAFF)
        desk.at("2020-12-11 08:01")
        assert "000002/20" in desk.one_for(CLEO, "reminder").words
        assert REF in desk.one_for(JANE, "reminder").words
        desk.discards(*STAFF)
        desk.at("2021-01-12 08:01")
        assert "000002/20" in desk.one_for(CLEO, "overdue").words
        desk.discards(*STAFF)


def test_a_letter_that_those_on_the_list_cannot_approve_says_whom_to_add(tmp_path: Path) -> None:
    rule = ApprovalRow(by=("approver", "approver"), letters=(RuledKind.NCND,))
    with office(tmp_path, approval={"rules": (rule,)}) as desk:
        desk.asks()
        notice = desk.one_for(JANE, "new-case")
        desk.orders(JANE, notice, "restrict tom")
        desk.discards()
        assert desk.orders(JANE, notice, ORDER) == "command"
        mine = desk.one_for(JANE, "draft")
        line = "restrict tom.teal@exampleshire.example, ruth.rose@exampleshire.example"
        assert f'Reply "{line}": lets Ruth Rose read the case' in mine.words
        assert "could approve the letter" in desk.one_for(TOM, "draft").words
        assert desk.orders(JANE, mine, line) == "command"
        desk.discards()
        assert desk.orders(JANE, notice, "show") == "command"
        assert "could approve the letter" not in desk.one_for(JANE, "draft").words
