"""The letters and notices the templates give."""

import json
import re
from dataclasses import fields, replace
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foibot import law
from foibot.law.provisions import read_ncnd
from foibot.letters.environment import TemplateMustBeFixed
from foibot.letters.escape import lines_of, one_line, quotation
from foibot.letters.facts import LetterFacts, RequesterFacts
from foibot.letters.lint import Severity, check_draft
from foibot.letters.linting.document import Document
from foibot.letters.render import NoSuchLetter, NoSuchSlot, NoticeFactsDiffer
from foibot.letters.samples import SAMPLE, sample_on, sample_provisions
from tests.letters.letters_tools import asked, changed, facts_on, shipped

NASTY = (
    "{{ case.reference }} {% include 'shared/signature.md' %} {# x #} # Heading\n"
    "# Heading\n> quoted\n- list\n* * *\n\n</blockquote><script>alert(1)</script>\n"
    "[link](https://evil.example) ![p](https://evil.example/p.png) **bold** `code` $x$\n"
    "#panic() \\u{1F600} @ref <label> = Title ==\nEND\\"
)
ANY_TEXT = st.text(max_size=300) | st.text(
    alphabet="{}%#*_[]()<>\\`\"'&=-+~|!:/.@$^ \n\tab1😀\u202e\x00", max_size=120
)
NCND_ORDERS = sorted(
    {
        f"{each.ncnd.provision}{'(a)' if each.ncnd.limb_required else ''}"
        for each in law.regime("foia").exemptions
        if each.ncnd is not None and not each.ncnd.provision.startswith("37")
    }
)


def quoted_in(text: str) -> str:
    return "\n".join(line[2:] for line in text.splitlines() if line.startswith(">"))


def own_words(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(">"))


def test_a_requests_words_appear_once_quoted_and_harmless() -> None:
    letter = shipped().letter("ncnd", asked(NASTY))
    plain = shipped().letter("ncnd", asked("A plain question?"))
    assert own_words(letter.text) == own_words(plain.text)
    for line in lines_of(NASTY):
        assert " ".join(line.split()) in " ".join(quoted_in(letter.text).split())
    assert "<script" not in letter.html
    assert "evil.example/p.png" in unescape(letter.html)
    assert '"https://evil.example' not in letter.html
    assert letter.html.count("<h1>") == 1
    blocks = json.loads(letter.blocks_json)["blocks"]
    assert sum(block["is"] == "quotation" for block in blocks) == 1
    assert len(blocks) == len(json.loads(plain.blocks_json)["blocks"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(request=ANY_TEXT, name=ANY_TEXT, subject=ANY_TEXT)
def test_nothing_a_stranger_writes_changes_our_words(request: str, name: str, subject: str) -> None:
    facts = asked(request)
    facts = replace(
        facts, requester=RequesterFacts(name), case=replace(facts.case, subject=subject)
    )
    plain = shipped().letter("ncnd", replace(asked("A?"), requester=RequesterFacts("")))
    letter = shipped().letter("ncnd", facts)
    greeting = f"Dear {one_line(name)[:200].strip() or 'requester'}".split()
    ours = own_words(letter.text).split()
    start = ours.index("Dear")
    assert ours[start : start + len(greeting)] == greeting
    theirs = own_words(plain.text).split()
    assert ours[:start] + ours[start + len(greeting) :] == theirs[:start] + theirs[start + 2 :]
    assert letter.subject == plain.subject
    acknowledged = shipped().letter("acknowledgement", facts)
    assert acknowledged.subject == "We have received your request for information [004078/20]"
    assert "://" not in acknowledged.text.replace("https://www.exampleshire.example/privacy", "")


@settings(max_examples=40, deadline=None)
@given(text=ANY_TEXT.filter(str.strip))
def test_an_officers_text_cannot_touch_the_locked_words(text: str) -> None:
    plain = shipped().letter("ncnd", facts_on(slots={"balance": "MARK"}))
    before, after = plain.html.split("<p>MARK</p>")
    html = shipped().letter("ncnd", facts_on(slots={"balance": text})).html
    assert html.startswith(before)
    assert html.endswith(after)
    assert "<h" not in html[len(before) : len(html) - len(after)]


def test_the_same_facts_give_the_same_bytes() -> None:
    assert shipped().letter("ncnd", facts_on()) == changed({}).letter("ncnd", facts_on())


def test_no_fact_says_whether_the_information_is_held() -> None:
    names = {field.name for field in fields(LetterFacts)}
    for facts in (SAMPLE.case, SAMPLE.authority, SAMPLE.requester, SAMPLE.officer):
        names |= {field.name for field in fields(facts)}
    assert not {name for name in names if re.search("held|hold|note|search|exist", name)}


@pytest.mark.parametrize("order", NCND_ORDERS)
def test_every_lawful_provision_gives_a_complete_letter(order: str) -> None:
    provisions = tuple(
        each
        for each in read_ncnd(order, law.regime("foia"), authority_kind="government")
        if hasattr(each, "section")
    )
    assert provisions, order
    facts = sample_on(shipped().kinds["ncnd"], "foia", provisions)
    findings = check_draft("ncnd", Document(shipped().letter("ncnd", facts).text), facts)
    assert [each for each in findings if each.severity is Severity.ERROR] == []


def test_absolute_provisions_alone_are_not_weighed() -> None:
    text = shipped().letter("ncnd", facts_on("23(5)")).text
    assert "Factors" not in text
    assert "outweighs" not in text
    assert "no public interest test" in " ".join(text.split())
    assert [slot.name for slot in shipped().slots("ncnd", sample_provisions("23(5)"))] == [
        "reasons"
    ]


def test_provisions_stand_in_the_order_of_the_order() -> None:
    text = shipped().letter("ncnd", facts_on("31(3)(a) 24(2) 23(5)")).text
    places = [text.index(f"- Section {section}") for section in ("31(3)", "24(2)", "23(5)")]
    assert places == sorted(places)


def test_one_provision_is_spoken_of_as_one() -> None:
    text = " ".join(shipped().letter("ncnd", facts_on("24(2)")).text.split())
    assert "because of this provision:" in text
    assert "Why this provision applies" in text
    assert "Section 24(2) is qualified. Section 2(1)(b) of the Act therefore" in text
    assert "used together" not in text


def test_slots_keep_their_default_until_an_officer_fills_them() -> None:
    default = shipped().letter("ncnd", facts_on()).text
    filled = shipped().letter("ncnd", facts_on(slots={"harm": "Either answer would tell."})).text
    blank = shipped().letter("ncnd", facts_on(slots={"harm": "  \n"})).text
    assert "The effect would build up." in default
    assert "The effect would build up." not in filled
    assert "Either answer would tell." in filled
    assert blank == default
    assert "More about our reasons" not in default
    reasons = shipped().letter("ncnd", facts_on(slots={"reasons": "Because."})).text
    assert "More about our reasons\n\nBecause." in reasons


def test_a_slot_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NoSuchSlot, match=r"no slot 'ham'\. Open slots: reasons, harm, for"):
        shipped().letter("ncnd", facts_on(slots={"ham": "x"}))
    with pytest.raises(NoSuchSlot, match="Open slots: none"):
        shipped().letter("acknowledgement", facts_on(slots={"harm": "x"}))


def test_a_requester_without_a_name_is_still_addressed() -> None:
    nameless = facts_on(requester=RequesterFacts(""))
    assert "Dear requester" in shipped().letter("ncnd", nameless).text
    linked = facts_on(requester=RequesterFacts("win at evil.example"))
    assert "Dear requester" in shipped().letter("acknowledgement", linked).text
    assert "Dear win at evil.example" in shipped().letter("ncnd", linked).text


def test_the_acknowledgement_repeats_little_and_no_link() -> None:
    facts = asked("https://evil.example " + "word " * 100)
    facts = replace(facts, case=replace(facts.case, subject="see www.evil.example " + "s" * 100))
    text = " ".join(shipped().letter("acknowledgement", facts).text.split())
    quoted = text.partition("It begins: “")[2].partition("”")[0]
    assert quoted.startswith("[link removed] word")
    assert len(quoted) <= 200
    subject = text.partition("The subject of your email: ")[2].partition(" It begins")[0]
    assert len(subject) == 78
    assert "evil.example" not in text


def test_the_acknowledgement_says_nothing_it_must_not() -> None:
    text = shipped().letter("acknowledgement", facts_on()).text.lower()
    for word in ("held", "hold", "search", "exempt", "fee", "vexatious", "department", "why you"):
        assert not re.search(rf"\b{word}", text), word


def test_the_acknowledgement_shows_how_the_days_are_counted() -> None:
    text = shipped().letter("acknowledgement", facts_on()).text
    assert "- Monday 4 January 2021: New Year Holiday, substitute day (Scotland)" in text
    working = replace(SAMPLE.case.working, not_counted=(), provisional=True)  # type: ignore[type-var]
    facts = facts_on(case=replace(SAMPLE.case, working=working))
    provisional = shipped().letter("acknowledgement", facts).text
    assert "have not all been announced" in " ".join(provisional.split())
    assert "public holidays, which" not in " ".join(provisional.split())


def test_a_scottish_acknowledgement_names_the_scottish_acts() -> None:
    facts = replace(SAMPLE, regime=law.regime("foisa"))
    text = " ".join(shipped().letter("acknowledgement", facts).text.split())
    assert "Freedom of Information (Scotland) Act 2002 or, where it applies, the" in text
    assert "Environmental Information (Scotland) Regulations 2004" in text
    eir = shipped().letter("acknowledgement", replace(SAMPLE, regime=law.regime("eir"))).text
    assert "where it applies" not in eir


def test_subjects_and_titles_are_neutral() -> None:
    letter = shipped().letter("ncnd", facts_on())
    assert letter.subject == letter.title == "Your request for information [004078/20]"


NOTICE = {
    "notices/sample/notice.toml": 'facts = ["requester", "subject", "request", "received", "days"]',
    "notices/sample/subject.txt": "From {{ requester }}: {{ subject }}",
    "notices/sample/body.md": (
        "# {{ subject }}\n\nFrom: **{{ requester }}**\\\nReceived: {{ received }}\n\n"
        "{{ request }}\n\n{% for day in days %}\n- {{ day }}\n{% endfor %}\n"
    ),
}


def test_a_notice_escapes_plain_words_and_takes_fragments() -> None:
    notice = changed(NOTICE).notice(
        "sample",
        {
            "requester": "Sam *Smith* <sam.smith@requester.example>",
            "subject": "# Question\r\nBcc: x@evil.example",
            "request": quotation("How many?\nAnd why?"),
            "received": SAMPLE.case.received,
            "days": ["Friday", "- Saturday"],
        },
    )
    assert notice.subject == (
        "From Sam *Smith* <sam.smith@requester.example>: # Question Bcc: x@evil.example"
    )
    assert notice.text == (
        "# Question Bcc: x@evil.example\n\n"
        "From: Sam *Smith* <sam.smith@requester.example>\nReceived: 8 December 2020\n\n"
        "> How many?\n> And why?\n\n- Friday\n- - Saturday\n"
    )
    assert "<strong>Sam *Smith* &lt;sam.smith@requester.example&gt;</strong>" in notice.html


def test_a_notice_takes_exactly_its_facts() -> None:
    with pytest.raises(NoticeFactsDiffer, match="differ in: days, more, received, request"):
        changed(NOTICE).notice("sample", {"requester": "", "subject": "", "more": ""})
    with pytest.raises(NoSuchLetter):
        shipped().notice("nothing", {})
    with pytest.raises(NoSuchLetter):
        shipped().letter("nothing", facts_on())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("one\n{{ authority }}", "a dict cannot be written"),
        ("one\n{{ several }}", "true and false cannot be written"),
        ("one\n{{ nobody }}", "'nobody' is undefined"),
        ("one\n{{ authority.__class__.__mro__ }}", "access to attribute '__class__'"),
        (
            "one\n{{ today.upper() }}{{ authority.name.format() }}{{ provisions.append(1) }}",
            "access to attribute 'append'",
        ),
        ("one\n{{ cycler() }}", "'cycler' is undefined"),
    ],
)
def test_a_template_that_fails_names_its_line(body: str, reason: str) -> None:
    with pytest.raises(TemplateMustBeFixed, match=re.escape(reason)) as caught:
        changed({"letters/ncnd/body.md": body}).letter("ncnd", facts_on())
    assert (caught.value.path, caught.value.line) == ("letters/ncnd/body.md", 2)


def test_numbers_are_written() -> None:
    book = changed({"letters/ncnd/body.md": "{{ review.window_days }}"})
    assert book.letter("ncnd", facts_on()).text == "40\n"
