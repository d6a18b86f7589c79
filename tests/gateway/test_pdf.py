"""The letter as a PDF: tagged, titled, in English, and the same bytes every time."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from foibot.gateway.pdf import LetterheadMustBeFixed, Typesetter
from foibot.gateway.template_files import fonts_folder, letterhead, read_templates
from foibot.letters.facts import RequesterFacts
from foibot.letters.render import Letter, Letterbook
from foibot.letters.samples import SAMPLE, sample, sample_provisions
from foibot.trial import page_problems


@cache
def typesetter() -> Typesetter:
    return Typesetter(letterhead(), fonts_folder())


@cache
def letter(request_text: str = "How many?", name: str = "Sam Smith") -> Letter:
    facts = replace(
        SAMPLE,
        provisions=sample_provisions("23(5) 24(2) 31(3)(a)"),
        case=replace(SAMPLE.case, request_text=request_text),
        requester=RequesterFacts(name),
    )
    return Letterbook(read_templates()).letter("ncnd", facts)


def made(one: Letter) -> bytes:
    return typesetter().pdf(one.blocks_json, title=one.title)


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def tags_of(node: DictionaryObject) -> list[str]:
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = [str(node["/S"])] if "/S" in node else []
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject):
            found += tags_of(kid)
    return found


def test_lines_and_numbers_stand_on_the_pages_as_written() -> None:
    rows = "\n".join(f"row {number}: 7 cars" for number in range(1, 121))
    book = Letterbook(read_templates())
    facts = sample(book.kinds["disclosure"], "foia")
    facts = replace(facts, slots={"answer": f"{rows}\n\n3. three\n4. four\n9. nine"})
    seen: list[str] = []

    def on_the_paper(text: str, page: list[float], line: list[float], *_: object) -> None:
        seen.append(text if line[5] * page[3] + page[5] > 0 else "")

    for page in PdfReader(BytesIO(made(book.letter("disclosure", facts)))).pages:
        page.extract_text(visitor_text=on_the_paper)
    text = " ".join("".join(seen).split())
    assert [number for number in range(1, 121) if f"row {number}: 7 cars" not in text] == []
    assert "3. three 4. four 9. nine" in text


def test_the_same_letter_is_the_same_bytes() -> None:
    first = made(letter())
    assert first == made(letter())
    assert first == Typesetter(letterhead(), fonts_folder()).pdf(
        letter().blocks_json, title=letter().title
    )
    assert first != made(letter("How few?"))


def test_it_has_a_title_and_a_language_and_nothing_else_about_itself() -> None:
    reader = PdfReader(BytesIO(made(letter())))
    about = dict(reader.metadata or {})
    assert about.pop("/Title") == "Your request for information [004078/20]"
    assert str(about.pop("/Creator")).startswith("Typst ")
    assert about == {}
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert b"Date" not in root["/Metadata"].get_object().get_data()


def test_it_is_tagged_with_headings_lists_quotation_and_links() -> None:
    reader = PdfReader(BytesIO(made(letter())))
    tags = tags_of(reader.trailer["/Root"]["/StructTreeRoot"])
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 9
    assert tags.count("/BlockQuote") == 1
    assert {"/H3", "/L", "/LI", "/Link", "/P"} <= set(tags)
    assert "/Figure" not in tags


def test_it_reads_in_order_with_reference_and_page_numbers() -> None:
    text = text_of(made(letter()))
    found = re.search(r"Page 1 of (\d)", text)
    assert found is not None
    assert "4" <= found[1] <= "6"
    places = [
        text.index(words)
        for words in (
            "Exampleshire Police",
            "1 Example Way",
            "refusal notice under section 17(1)",
            "Dear Sam Smith",
            "How many?",
            "can neither confirm nor deny that it holds",
            found[0],
            "Yours sincerely",
            f"Page {found[1]} of {found[1]}",
        )
    ]
    assert places == sorted(places)
    assert text.count("Our reference: 004078/20") == 1 + int(found[1])


@pytest.mark.parametrize("lines", range(0, 60, 3))
def test_no_page_holds_a_signature_alone(lines: int) -> None:
    """Wherever the page ends, the last one has words of the letter above the name."""
    pdf = made(letter("\n".join(f"Question {n}?" for n in range(lines))))
    last = PdfReader(BytesIO(pdf)).pages[-1].extract_text()
    assert "Yours sincerely" in last
    assert "or by post" in last.partition("Yours sincerely")[0].replace("\n", " ")


NASTY = '#panic("x") = Title $x^2$ <label> @ref \\u{1F600} *bold* `raw` // comment\n/* x */ #let y'


def test_typst_code_in_a_request_stays_text() -> None:
    text = text_of(made(letter(NASTY)))
    assert " ".join(NASTY.split()) in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Smile 😀 now", "Smile [grinning face] now"),
        ("Family 👩‍👩‍👧 here", "Family [woman][woman][girl] here"),
        ("Łódź, Ŵyn, Ελλάδα, Київ, Nguyễn", "Łódź, Ŵyn, Ελλάδα, Київ, Nguyễn"),
        ("Zoe\u0308", "Zoë"),
        ("你好 world", "[words in a script this PDF cannot show: please see the email] world"),
        ("a\u2003b", "a b"),
        ("\U0010ffff end", "� end"),
    ],
)
def test_what_the_font_lacks_is_put_into_words(written: str, shown: str) -> None:
    assert shown in text_of(made(letter(written)))


def test_every_sort_of_character_gives_a_pdf() -> None:
    every = "".join(chr(code) for code in range(32, 0x3000) if chr(code).isprintable())
    assert made(letter(every, name=every)).startswith(b"%PDF-")


def test_an_empty_letter_and_numbered_lists_can_be_set() -> None:
    page = {"authority": "A", "address": [], "contact": [], "reference": "1"}
    blocks = [
        {"is": "heading", "level": 1, "inside": [{"is": "words", "text": "T"}]},
        {"is": "list", "first": 3, "items": [[{"is": "paragraph", "inside": []}]]},
        {
            "is": "paragraph",
            "inside": [
                {"is": "strong", "inside": [{"is": "words", "text": "s"}]},
                {"is": "emphasis", "inside": [{"is": "words", "text": "e"}]},
            ],
        },
    ]
    pdf = typesetter().pdf(json.dumps({**page, "blocks": blocks}), title="T")
    assert "3." in text_of(pdf)


def test_several_threads_may_use_it() -> None:
    with ThreadPoolExecutor(4) as threads:
        made_here = list(threads.map(made, [letter(f"Question {n}?") for n in range(8)]))
    assert len(set(made_here)) == 8
    assert all(f"Question {n}?" in text_of(pdf) for n, pdf in enumerate(made_here))


def test_a_broken_letterhead_says_what_to_do() -> None:
    broken = Typesetter("#let x = ", fonts_folder())
    with pytest.raises(
        LetterheadMustBeFixed, match=r"letterhead\.typ cannot be set: expected .*\(line 1\)"
    ):
        broken.pdf(letter().blocks_json, title="x")


@pytest.mark.parametrize(
    ("spoilt", "line", "said"),
    [
        ("#set text(", 1, "unclosed delimiter"),
        ("#let size = 9pt\n#txt(size)", 2, "unknown variable: txt"),
    ],
)
def test_check_sets_a_page_and_names_the_line_that_is_wrong(
    tmp_path: Path, spoilt: str, line: int, said: str
) -> None:
    shipped = letterhead()
    (tmp_path / "letterhead.typ").write_text(f"{shipped}\n{spoilt}\n", "utf-8")
    (one,) = page_problems(Letterbook(read_templates(tmp_path)))
    assert (one.file, one.line) == ("letterhead.typ", len(shipped.splitlines()) + 1 + line)
    assert said in one.what
    assert "Correct that line" in one.fix


def test_check_sets_a_page_in_every_language_that_has_a_letter(tmp_path: Path) -> None:
    assert list(page_problems(Letterbook(read_templates()))) == []
    (tmp_path / "xx").mkdir()
    words = Path(__file__).parents[2] / "templates" / "cy" / "words.toml"
    (tmp_path / "xx" / "words.toml").write_bytes(words.read_bytes())
    only_welsh = letterhead().replace(
        "#let ", '#if sys.inputs.letter.contains("Rydym") { panic("cymraeg") }\n#let ', 1
    )
    (tmp_path / "letterhead.typ").write_text(only_welsh, "utf-8")
    (one,) = page_problems(Letterbook(read_templates(tmp_path)))
    assert "cymraeg" in one.what


def test_a_letterhead_that_is_not_accessible_is_refused() -> None:
    with pytest.raises(LetterheadMustBeFixed, match="title"):
        Typesetter("Hello", fonts_folder()).pdf("{}", title="x")


def test_the_shipped_fonts_may_be_embedded_and_carry_their_licence() -> None:
    assert {path.name for path in fonts_folder().iterdir()} == {
        "LICENSE.txt",
        "OpenSans-Bold.ttf",
        "OpenSans-BoldItalic.ttf",
        "OpenSans-Italic.ttf",
        "OpenSans-Regular.ttf",
        "README.md",
    }


def test_the_letterhead_reads_nothing_but_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("secret", "utf-8")
    reader = Typesetter(f'#read("{tmp_path}/x.txt")', fonts_folder())
    with pytest.raises(LetterheadMustBeFixed):
        reader.pdf("{}", title="x")
