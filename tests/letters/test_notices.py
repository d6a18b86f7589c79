"""Every notice in every shape: it renders, reads on a phone, and can never come back as an order."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest

from foibot import law
from foibot.case.events import Received, Recorded
from foibot.case.lifecycle import apply
from foibot.case.outcome import Listed
from foibot.case.suggestions.looks import Looks
from foibot.commands import ALONE, HELP, VERBS
from foibot.commands.grammar import NotUnderstood, read_order
from foibot.commands.placing import read_placing
from foibot.commands.series import stands_alone
from foibot.letters.body import body_of
from foibot.letters.changes import Change
from foibot.letters.enclosed import with_letter
from foibot.letters.escape import Fragment, paragraphs
from foibot.letters.notice_facts import (
    about_case,
    answer_for_several,
    asked_in,
    listed,
    order_lines,
    own_facts,
)
from foibot.letters.render import Notice
from foibot.mail.reply_text import PLAIN_MARKER, REPLY_MARKER, first_order_line
from foibot.officers.authenticate import Doubt
from foibot.reports.digest import digest
from tests.letters.letters_tools import changed, shipped
from tests.samples import OFFICE

NOW = datetime(2021, 1, 5, 9, 30, tzinfo=UTC)
REPLY_TO = "foi+c-k7f3q2w9xm4tk7f3q2w9xm4t@exampleshire.example"
SUBJECT = "Re: [004078/20] #k7f3q2w9xm4tk7f3"


RECEIVED = Received(
    reference="004078/20",
    number=4078,
    year=2020,
    regime="foia",
    received=date(2020, 12, 8),
    received_at=datetime(2020, 12, 8, 9, 11, tzinfo=UTC),
    receipt_basis="Received by mx.exampleshire.example",
    due=date(2021, 1, 11),
    message_sha256="a" * 64,
    message_id="<m1@citizens.example>",
    references=(),
    requester_address="sam.smith@citizens.example",
    requester_name="Sam Smith",
    subject="Attacks on emergency services",
    request_text="Dear all,\n\nHow many planned attacks were stopped?\n\nSam Smith",
)
CASE = apply(None, Recorded(1, NOW, "004078/20", "requester", "", RECEIVED, "0"))
LINES: tuple[tuple[str, str], ...] = (
    ("approve v1", "sends exactly this letter to sam.smith@citizens.example, 10 minutes later"),
    ("reject v1: your reason", "turns it down and gives the officers your reason"),
    ("hold v1", "keeps anybody but you from approving it"),
    (
        "set harm",
        "what an answer would do in this case, in your own words on the lines below. Say what a denial would tell people.",
    ),
    ("stop", "cancels the sending, as long as it has not left"),
    ("note: your words", "keeps a note on the case"),
    ("ncnd 23(5) 24(2) 31(3)(a)", "drafts a letter that neither confirms nor denies"),
    ("show", "sends you the case and its letter"),
    ("when", "shows how the last day was counted"),
    ("help", "lists every order"),
)
COMMON: Mapping[str, object] = {
    **about_case(CASE, law.regime("foia"), NOW),
    "request": asked_in(CASE),
    "marker": REPLY_MARKER,
    "officer": "Tom Teal",
    "authority": "Exampleshire Police",
}
TOLD: Mapping[str, object] = {
    "version": 1,
    "recipient": "sam.smith@citizens.example",
    "fingerprint": "CA18 798F",
    "by": "Ruth Rose",
    "at": NOW,
    "answer": "250 2.0.0 queued as 000036",
    "from_shown": "sam.smith@citizens.example (Sam Smith)",
    "their_subject": "Re: Attacks on emergency services",
    "text": "Dear all,\n\nthank you.\n\nSam",
    "rule": "D4",
    "original": "The message is attached as it came, as original-message.eml.",
    "attached": "> Lamp posts.msg",
    "evidence": "it answers a mail of this case",
}
FLAGS: tuple[list[str], ...] = ([], ["display name contains a different address"])
FILES: tuple[list[str], ...] = ([], ["question.pdf", "photo.jpg"])
BOTH = (False, True)
A_REPLY: Mapping[str, tuple[object, ...]] = {
    "holder": ("Harry Holder",),
    "asked_on": (NOW.date(),),
    "progress": ("2 asked, 1 replied",),
    "days_late": (0, 1, 2),
}
WITH = ("", "Jane Orange", "Jane Orange, who has not accepted it yet")

LISTED = (
    Listed(
        57,
        "a@b.example, “Away”: automatic (rule A2: Auto-Submitted: auto-replied)",
        (("1", "004078/20"), ("new", ""), ("not foi", "")),
    ),
    Listed(58, "c@d.example: an order that was not obeyed (rule border)"),
)
LOOKS = Looks(
    suggestions=(
        (
            "Probably a request for environmental information: “flooding”. It would be answered under "
            'the environmental regulations. If so, the order is "regime eir".'
        ),
    ),
    checklist=("Section 8(1)(b), the name: none was found.",),
    origin=("Case 004077/20 was asked in the same words. See what was answered there.",),
)

CHANGES = [
    asdict(Change("Where the balance lies", "for an answer carry", "real", "some", "weight, and")),
    asdict(Change("Our decision", "", "these provisions:", "this provision:", "")),
    asdict(Change("", "", "", "No public interest test", "")),
    asdict(Change("What an answer would do", "we looked in every file", "", "and box", "there is")),
    asdict(Change("What an answer would do", "The effect would", "build up", "", "over time.")),
]

# What each notice is given besides; every value that changes what it says stands here.
VARIED: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "new-case": {
        "acknowledged": BOTH,
        "withheld": ("it was sent to a list",),
        "flags": FLAGS,
        "files": FILES,
        "reply_to": ("", "elsewhere@other.example"),
        "suggestions": ([], list(LOOKS.suggestions)),
        "checklist": ([], list(LOOKS.checklist)),
        "origin": ([], list(LOOKS.origin)),
        "questions": ([], ["1: How many?", "2(a): For each year: since when?"]),
        "numbered": ("", "They are numbered like “1.”."),
        "holidays": ([], COMMON["holidays"]),
        "warning": ("", COMMON["warning"]),
        "provisional": BOTH,
        "day": (0, 16),
        "days_late": (0, 1, 2),
    },
    "confirm-order": {
        "about": ("", "004078/20"),
        "read": ("set harm",),
        "has_text": BOTH,
        "text": ("It would tell people.",),
        "doubt": tuple(one.value for one in Doubt),
        "files": FILES,
    },
    "draft": {
        "state": ("awaiting-approval", "lapsed"),
        "days_late": (0, 1, 2),
        "kind": ("Neither confirm nor deny",),
        "drafter": ("Jane Orange",),
        "drafted_at": ("Tuesday 5 January 2021 at 09:30",),
        "with_whom": WITH,
        "held_by": ("Ruth Rose",),
        "approvers": ("", "Ruth Rose", "Ruth Rose or Tom Teal"),
        "several_approvers": BOTH,
        "provisions": ([], ["section 23(5)", "section 31(3), by reference to section 31(1)(a)"]),
        "advice": ([], ["Section 36(3): The qualified person's reasonable opinion comes first."]),
        "enclosed": ([], [{"name": "complaints.csv", "size": "24 bytes", "sha256": "a" * 64}]),
        "files_changed": ([], ["plan.pdf no longer goes with it"]),
        "hints": ([], ["Look at every file in the ZIP."]),
        "warnings": ([], ["N-24: It takes for granted that the information exists."]),
        "unfinished": BOTH,
        "places": ([], [{"line": "set harm", "what": "what an answer would do in this case"}]),
        "reasons_missing": BOTH,
        "agreed": ("", "Tom Teal"),
        "wanted": ("", "two approvers", "an approver and then Ruth Rose"),
        "gave_it": BOTH,
        "opinion_missing": ("", "36(2)(b)(i)"),
        "opinions": (
            [],
            ["Section 36(3): the opinion of Ann Able of 5 January 2021 (o.pdf, 2 KB, SHA-256 aa)"],
        ),
        "is_last": BOTH,
        "checks": ([], ["says that it is a refusal notice under section 17(1)"]),
        "reworded": ("", "for and harm"),
        "pdf_name": ("letter-004078-20.pdf",),
        "may_decide": BOTH,
        "letter_state": (
            "draft",
            "on-hold",
            "approved",
            "sent",
            "uncertain",
            "refused",
            "rejected",
        ),
        "undo_minutes": (0, 1, 10),
        "office_hours": ("", "09:00 to 17:00"),
        "again": BOTH,
        "since": (0, 1),
        "other_kind": ("", "Refusal"),
        "changes": ([], CHANGES),
        "more_changes": (0, 1, 4),
    },
    "approved": {
        "send_after": (NOW, datetime(2021, 1, 5, 9, 40, tzinfo=UTC)),
        "state": ("approved", "lapsed"),
    },
    "agreed": {"wanted": ("an approver and then Ruth Rose",), "days_late": (0, 1, 2)},
    "declined": {
        "state": ("open", "lapsed"),
        "days_late": (0, 1, 2),
        "what": ("rejected", "put on hold", "stopped"),
        "why": ("", "Too general.\n\n- Say what a denial would tell."),
    },
    "letter-sent": {
        "sent_at": (NOW,),
        "in_time": BOTH,
        "dated": BOTH,
        "days_late": (0, 1, 2),
        "from_now": ("", "The last day to answer is now Monday 8 February 2021"),
        "missed": ("", "Monday 11 January 2021"),
    },
    "not-delivered": {
        "later": BOTH,
        "state": ("delivery failed", "lapsed"),
        "days_late": (0, 1, 2),
        "what": ("letter, version 1", "acknowledgement"),
        "certain": BOTH,
        "temporary": BOTH,
        "postal": ((), ("Sam Smith", "12 High Street", "EX2 4AB")),
        "mail_number": (36,),
    },
    "follow-up": {
        "flags": FLAGS,
        "files": FILES,
        "state": ("open", "answered"),
        "with_whom": WITH,
        "text": ("", "x"),
        "review": ([], ["not satisfied with your answer"]),
        "part": ("", "We had asked about a part of the request."),
        "closed": BOTH,
        "left_out": BOTH,
    },
    "not-placed": {
        "flags": FLAGS,
        "files": FILES,
        "guesses": ([], ["1: 004078/20, since it comes from the requester's address"]),
        "passed_on": ("", "It passes on a message from sam.smith@citizens.example (Sam Smith)."),
    },
    "quarantine": {
        "reason": ("it is too deep",),
        "arrived": (NOW,),
        "readable": BOTH,
        "text": ("How many?", ""),
    },
    "urgent": {
        "words": (["kill myself"], []),
        "regulator": ("the Information Commissioner's Office",),
        "opened": ("", "004078/20"),
        "flags": FLAGS,
        "files": FILES,
    },
    "order-refused": {
        "read": ("approve v1", "(nothing)"),
        "why": (["There is more in your message than `approve v1`.", "So nothing was done."],),
    },
    "not-obeyed": {
        "check": ("It was forwarded; a forwarded message is never an order.",),
        "read": ("approve v1",),
    },
    "answer": {
        "title": ("The request as it stands",),
        "paragraphs": ([], ["Reply to any notice about the case."]),
        "facts": ([], ["Subject: Attacks on emergency services"]),
        "lists": ([], [{"title": "Day by day", "lines": ["day 1: Monday 6 July 2026"]}]),
    },
    "help": {
        "groups": ([{"title": title, "orders": list(orders)} for title, orders in HELP],),
    },
    "reminder": {
        "say": ("Draft the answer.",),
        "with_whom": WITH,
        "state": ("open", "reopened"),
        "days_late": (0,),
    },
    "transcript": {
        "orders": (
            [
                {
                    "verdict": "Done",
                    "line": "assign me",
                    "said": ["Reminders about it now come to you."],
                    "facts": [],
                },
                {
                    "verdict": "Refused",
                    "line": "snooze 2 Feb",
                    "said": ["That day is over."],
                    "facts": ["Friday 25 December 2020: Christmas Day"],
                },
            ],
        ),
        "not_tried": ("", "An order that is refused ends the mail."),
        "unread": ("", "Note that I am away"),
        "summary": ("2 done", "1 done, 1 refused, 2 not tried"),
    },
    "restricted": {
        "about": ("000043/20",),
        "what": ("Its answer was due on Monday 11 January 2021.",),
        "readers": ("Jane Orange and Tom Teal", ""),
    },
    "overdue": {
        "say": ("", "Answer today."),
        "days_late": (1, 2),
        "with_whom": WITH,
        "state": ("open", "reopened"),
    },
    "assigned": {"note": ("", "Please, by Friday.\n\nIt is short."), "days_late": (0, 1, 2)},
    "holder-asked": {
        "marker": (PLAIN_MARKER,),
        "until": ("Tuesday 22 December 2020",),
        "note": ("Do we keep these?\n\nThey may be old.", ""),
        "questions": ([], ["1: How many calls did I, […], make?", "2(a): When?"]),
        "again": BOTH,
        "instead_of": ("", "Harry Holder"),
    },
    "holder-answered": {
        **A_REPLY,
        "deputy": ("", "Dora Deputy"),
        "doubt": ("", "Our mail server says nothing about who sent it."),
    },
    "holder-unproven": {
        **A_REPLY,
        "check": ("It answers a notice that was sent to somebody else.",),
    },
    "holder-silent": {**A_REPLY, "until": (NOW.date(),), "deputy": ("", "Dora Deputy")},
    "answers": {"asked": (["Harry Holder, asked by Jane Orange: no reply yet"],)},
    "away": {
        "who": ("Cleo Clerk",),
        "back": (NOW.date(),),
        "about": ("request 004078/20", "the requests of the day"),
        "with_them": ([], ["004078/20, due on Monday 11 January 2021"]),
    },
    "given-back": {"why": ("Licensing has it.",), "days_late": (0, 1, 2)},
    "clarified": {"day_zero": (NOW.date(),)},
    "recounted": {
        "moved": ([], ["004078/20: from 11 January 2021 to 12 January 2021"]),
        "kept": ([], ["004079/20: stays 11 January 2021, though 8 January 2021 would do"]),
    },
    "lapse-near": {
        "asked": (NOW.date(),),
        "what": ("the fee", "an answer to our question"),
        "fee": (True, False),
        "waited_until": (NOW.date(),),
    },
    "lapsed": {
        "what": ("the fee", "an answer to our question"),
        "fee": (True, False),
        "waited_until": (NOW.date(),),
    },
    "closed": {"what": ("withdrawn by the requester",), "why": ("", "A job application.")},
    "date-moved": {
        "why": ("Stamped by the post room.",),
        "was": (NOW.date(),),
        "was_due": (NOW.date(),),
        "now_received": (NOW.date(),),
        "now_due": (NOW.date(),),
    },
    "digest": {
        "today": ("Tuesday 12 January 2021",),
        "open": (0, 1, 7),
        "others": ([], ["000003/20: due in 9 working days, on Monday 11 January 2021; open"]),
        "more_others": (0, 5),
        "overdue": ([], ["004078/20: was due on Monday 11 January 2021, 1 working day ago; open"]),
        "soon": ([], ["004079/20: due today, on Tuesday 12 January 2021; open"]),
        "waiting": (
            [],
            ["004080/20: awaiting approval, version 1; due today, on Tuesday 12 January 2021"],
        ),
        "unclaimed": ([], ["004082/20: nobody has it"]),
        "compared": ("", "The mailbox was compared with the record."),
        "away": ([], ["Cleo Clerk, back on Monday 18 January 2021; Tom Teal stands in"]),
        "trouble": ([], ["004081/20: delivery uncertain, version 2"]),
        "listed": ([], listed(LISTED, REPLY_TO, SUBJECT)),
        "several": (
            "",
            answer_for_several(
                (replace(LISTED[0], number=123456789011), replace(LISTED[0], number=123456789012))
            ),
        ),
        "aside": ([], listed(LISTED, REPLY_TO, SUBJECT)),
        "undecided": ([], listed(LISTED, REPLY_TO, SUBJECT)),
        "more_listed": (0, 3),
        "bare": ([], ["000043/20", "000044/20"]),
        "more_bare": (0, 4),
        "strays": (0, 12),
        "stuck": (0, 1, 2),
        "paused": BOTH,
    },
}
# Only to be read, not to be answered: there is nothing to order.
NO_REPLY = {"urgent", "recounted"}
MOST_SHAPES = 150


def shapes(kind: str) -> Iterator[dict[str, object]]:
    """Every combination of what varies; of a great many, always the same sample."""
    varied = {"lines": ((), LINES), **VARIED[kind]}
    chosen = random.Random(kind)  # noqa: S311 - the same shapes every time is the point
    # By number: the product itself has millions for the notice of a draft.
    every = range(math.prod(len(values) for values in varied.values()))
    for number in chosen.sample(every, min(len(every), MOST_SHAPES)):
        shape: dict[str, object] = {}
        for name, values in varied.items():
            number, at = divmod(number, len(values))
            shape[name] = values[at]
        yield shape


def noticed(kind: str, given: Mapping[str, object] | None = None) -> Notice:
    """The notice from these facts; for the others, the first value that varies."""
    first = {name: values[0] for name, values in VARIED[kind].items()}
    facts: dict[str, object] = {"lines": LINES} | first | dict(given or {})
    lines = order_lines(facts["lines"], REPLY_TO, SUBJECT, stands_alone)  # type: ignore[arg-type]
    told = {**COMMON, **own_facts({**TOLD, **facts}), "lines": lines}
    return shipped().notice(kind, {name: told[name] for name in shipped().notices[kind].facts})


@cache
def every_shape(kind: str) -> tuple[Notice, ...]:
    return tuple(noticed(kind, shape) for shape in shapes(kind))


def own_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield line.lstrip("> -").strip()


def test_there_is_a_notice_for_all_that_the_desk_says_and_none_besides() -> None:
    assert set(shipped().notices) == set(VARIED)
    assert shipped().problems() == ()


@pytest.mark.parametrize("kind", sorted(VARIED))
def test_a_notice_reads_well_in_every_shape(kind: str) -> None:
    for notice in every_shape(kind):
        for line in notice.text.splitlines():
            assert len(line) <= 72, line
            assert not re.search(
                r"\*\*|\\|[{}]|mailto:|\(\)|  |^ ?[.,;:]| [.,;:](?!\w)", line.lstrip()
            ), line
        assert "\n\n\n\n" not in notice.text
        assert "http" not in notice.text + notice.html.partition("<body")[2]
        marker = PLAIN_MARKER if kind == "holder-asked" else REPLY_MARKER
        assert (marker in " ".join(notice.text.split())) == (kind not in NO_REPLY)


@pytest.mark.parametrize("kind", sorted(VARIED))
def test_no_line_of_a_notice_is_an_order_when_it_comes_back(kind: str) -> None:
    for text in {notice.text for notice in every_shape(kind)}:
        for line in own_lines(text):
            assert isinstance(read_order(line, "", VERBS, ALONE), NotUnderstood), line
            assert read_placing(line, 57) is None, line
        if kind not in NO_REPLY:
            assert first_order_line(text) == ("", "")
        quoted = "\n".join(f"> {line}" for line in text.splitlines())
        assert first_order_line(quoted) == ("", "")
        assert first_order_line(
            f"On Tuesday foibot <foi@exampleshire.example> wrote:\n{quoted}"
        ) == ("", "")


@pytest.mark.parametrize("kind", sorted(set(VARIED) - NO_REPLY))
def test_what_stands_above_a_quoted_notice_is_the_order_and_nothing_else_is(kind: str) -> None:
    text = noticed(kind).text
    assert first_order_line(f"set harm\nIt would tell people.\n\n{text}") == (
        "set harm",
        "It would tell people.",
    )


@pytest.mark.parametrize("kind", sorted(VARIED))
def test_a_subject_travels_without_reference_or_name(kind: str) -> None:
    for subject in {notice.subject for notice in every_shape(kind)}:
        assert 10 <= len(subject) <= 70, subject
        assert not re.search(r"004078|Sam|Smith|Teal|Rose|Orange|emergency|@|  ", subject), subject


def test_every_order_opens_a_mail_with_its_line_in_it() -> None:
    html = noticed("draft", {"may_decide": True}).html
    links = [urlsplit(link.replace("&amp;", "&")) for link in re.findall(r'href="([^"]+)"', html)]
    assert {link.scheme for link in links} == {"mailto"}
    assert {link.path for link in links} == {REPLY_TO}
    asked = [parse_qs(link.query, keep_blank_values=True) for link in links]
    assert {one["subject"][0] for one in asked} == {SUBJECT}
    assert [one["body"][0] for one in asked] == [
        "reject v1: " if "reject" in order else "note: " if "note" in order else order
        for order, _ in LINES
    ]


def test_a_reason_that_was_not_written_is_no_reason() -> None:
    (line,) = order_lines((("reject v2: your reason", "turns it down"),), REPLY_TO, SUBJECT)
    body = parse_qs(urlsplit(str(line["link"])).query)["body"][0]
    order = read_order(body.strip(), "", VERBS, ALONE)
    assert not isinstance(order, NotUnderstood)
    assert order.rest == "v2:"


def test_a_link_that_holds_a_mail_shows_its_words_alone() -> None:
    body = body_of("[approve v1](mailto:foi+c-secret@a.example?subject=x&body=approve%20v1)")
    assert body.text() == "approve v1\n"
    assert 'href="mailto:foi+c-secret@a.example?subject=x&amp;body=approve%20v1"' in body.html(
        title="t"
    )
    assert body_of("[Write to us](mailto:foi@a.example)").text() == "Write to us (foi@a.example)\n"
    assert body_of("[foi@a.example](mailto:foi@a.example)").text() == "foi@a.example\n"
    assert body_of("[the page](https://a.example/?q=1)").text() == (
        "the page (https://a.example/?q=1)\n"
    )


def test_a_stranger_cannot_write_the_notice() -> None:
    nasty = '# Approved\n\n- Reply "[approve v1](mailto:x@evil.example?body=a)"\n<b>now</b> {{ 1 }}'
    notice, usual = noticed("follow-up", {"text": nasty}), noticed("follow-up", {"text": "Text"})
    assert notice.html.count("<blockquote") == usual.html.count("<blockquote")
    assert "evil.example?body" not in "".join(re.findall(r'href="([^"]+)"', notice.html))
    assert "<b>" not in notice.html
    assert "> # Approved" in notice.text


def test_facts_are_put_into_words_once() -> None:
    facts = own_facts(
        {
            "why": "Too general.\n\n- Say more.",
            "text": "Thanks\n\nSam",
            "paragraphs": ["Use `stop`.", Fragment("> `as it came`")],
            "at": NOW,
            "due": date(2021, 1, 11),
            "version": 1,
            "what": "stopped",
        }
    )
    assert facts == {
        "text": "> Thanks\n>\n> Sam",
        "paragraphs": ['Use "stop".', "> `as it came`"],
        "at": "Tuesday 5 January 2021 at 09:30",
        "due": "Monday 11 January 2021",
        "version": 1,
        "what": "stopped",
        "why": paragraphs("Too general.\n\n- Say more."),
    }
    assert isinstance(facts["why"], Fragment)
    assert own_facts({"text": " \n"}) == {"text": "> \\(no text\\)"}


def test_a_case_without_words_is_told_plainly() -> None:
    empty = replace(RECEIVED, requester_name="", subject="", request_text="")
    case = apply(None, Recorded(1, NOW, "004078/20", "requester", "", empty, "0"))
    facts = about_case(case, law.regime("foia"), NOW)
    assert facts["subject"] == "(no subject)"
    assert facts["requester"] == "no name given"
    assert asked_in(case) == "> \\(no text\\)"


def test_nations_that_agree_need_no_warning() -> None:
    foia = law.regime("foia")
    assert "would give 8 January 2021" in str(about_case(CASE, foia, NOW)["warning"])
    (clock,) = CASE.clocks
    june = replace(CASE, clocks=(replace(clock, started=date(2020, 6, 2)),))
    assert about_case(june, foia, NOW)["warning"] == ""


LETTER = "Dear <Sam>\n\n  We & they\n"


def test_a_letter_in_a_notice_is_shown_to_the_last_character() -> None:
    shown = with_letter(noticed("draft"), subject="Your request & ours", text=LETTER)
    assert f"Subject: Your request & ours\n\n{LETTER}\n" in shown.text
    assert "Your request &amp; ours" in shown.html
    assert "Dear &lt;Sam&gt;\n\n  We &amp; they\n</div><p>" in shown.html


@pytest.mark.parametrize(
    ("html", "ends"),
    [
        ("<main>a</main>", "ends ------------------------</p></main>"),
        ("just words", "------------------------</p>"),
    ],
)
def test_a_letter_is_shown_in_any_page(html: str, ends: str) -> None:
    assert with_letter(Notice("s", "t", html), subject="s", text=LETTER).html.endswith(ends)


def test_the_quiet_morning() -> None:
    facts, lines, _ = digest(
        (), law.regime("foia"), date(2021, 1, 12), (), 0, paused=False, people=OFFICE
    )
    notice = noticed("digest", {**facts, "lines": lines})
    assert " ".join(notice.text.split()).endswith(
        "Nothing is late, close to its last day or waiting for approval. Requests open at Exampleshire Police: 0."
    )


def test_several_messages_are_answered_in_one_line_where_there_are_several() -> None:
    one = Listed(57, "a", (("new", ""), ("not foi", "")))
    two, filed = replace(one, number=58), Listed(59, "c", (("new", ""),))
    assert answer_for_several((one, filed, two)) == "m57 m58 not foi"
    assert answer_for_several((one, filed)) == ""
    several = noticed("digest", {"listed": listed((one, two), REPLY_TO, SUBJECT), "several": "m57 m58 not foi"})  # fmt: skip
    assert "\nSeveral at once, as in: m57 m58 not foi" in several.text
    single = noticed("digest", {"listed": listed((one,), REPLY_TO, SUBJECT)})
    assert "Several at once" not in single.text


def test_the_busy_morning_names_what_is_late() -> None:
    today = date(2021, 1, 13)
    facts, lines, _ = digest((CASE,), law.regime("foia"), today, (), 0, paused=False, people=OFFICE)
    notice = noticed("digest", {**facts, "lines": lines})
    assert "- 004078/20: was due on Monday 11 January 2021, 2 working days ago" in notice.text
    assert '- Reply "004078/20 show": sends you this case and its letter' in notice.text
    assert "Nothing is late" not in notice.text


def test_an_office_may_word_its_own_notices() -> None:
    book = changed({"notices/reminder/subject.txt": "Don't forget {{ due }} {{ nobody }}"})
    assert next(str(problem) for problem in book.problems()).startswith(
        "notices/reminder/subject.txt:1: unknown name 'nobody'."
    )
