"""The verbs about letters: preview."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import ConfigFile, is_configured, load_config
from foibot.errors import AdministratorMustFix, OfficerMustReword

if TYPE_CHECKING:
    from foibot.config import Config
    from foibot.law.provisions import Provision
    from foibot.law.regime import Regime
    from foibot.letters.facts import LetterFacts
    from foibot.letters.kind import LetterKind
    from foibot.letters.render import Letter, Letterbook

app = typer.Typer()


@app.command()
def preview(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            help="The kind of letter: ncnd, refusal, disclosure ...; a wrong name lists them all."
        ),
    ],
    reference: Annotated[
        str,
        typer.Argument(
            metavar="[REF]", help="A case to write it on; left out, everything in it is invented."
        ),
    ] = "",
    config: ConfigFile = None,
    provisions: Annotated[
        str,
        typer.Option("--provisions", help='What it relies on, as in an order: "31(1)(a) 40(2)".'),
    ] = "",
    regime_key: Annotated[
        str,
        typer.Option(
            "--regime", help="foia, eir, foisa or eisr; the case's own law if there is a case."
        ),
    ] = "",
    language: Annotated[
        str, typer.Option("--language", help="en, or a language the letter has been put into: cy.")
    ] = "en",
    html: Annotated[
        bool, typer.Option("--html", help="Print the page instead of the text.")
    ] = False,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Set the letter and write it here.")
    ] = None,
) -> None:
    """Show what a letter would look like. Nothing is drafted, kept or sent.

    What only an officer can write is filled with an example.
    """
    from dataclasses import replace

    settings = load_config(context, config) if reference or is_configured(context, config) else None
    book = _letterbook(settings)
    if kind not in book.kinds:
        known = ", ".join(book.kinds)
        raise OfficerMustReword(f"There is no letter '{kind}'. There are: {known}.")
    facts = _facts(book.kinds[kind], settings, book, reference, regime_key, provisions)
    if language not in {"en", *book.translations}:
        known = ", ".join(("en", *book.translations))
        raise OfficerMustReword(f"There is no language '{language}'. There are: {known}.")
    letter = book.letter(kind, replace(facts, language=language))
    if pdf is not None:
        _set(letter, settings, pdf)
    else:
        typer.echo(letter.html if html else f"Subject: {letter.subject}\n\n{letter.text}", nl=False)


def _letterbook(settings: Config | None) -> Letterbook:
    from foibot.gateway.template_files import read_templates
    from foibot.letters.render import Letterbook
    from foibot.wiring import usable_letterbook

    return usable_letterbook(settings) if settings else Letterbook(read_templates())


def _facts(
    kind: LetterKind,
    settings: Config | None,
    book: Letterbook,
    reference: str,
    regime_key: str,
    provisions: str,
) -> LetterFacts:
    """The facts of the case as far as there is one, and invented ones for the rest."""
    from dataclasses import replace

    from foibot.law import regime
    from foibot.letters.samples import sample, sample_of_any, sample_on

    known = _of_case(settings, book, reference) if settings and reference else None
    law = known.regime if known else regime(kind.regimes[0])
    if regime_key and regime_key != law.key:
        law = regime(regime_key)
    if not provisions:
        invented = sample(kind, law.key)
    elif known:
        found = _provisions(kind, provisions, law, known.authority.kind)
        invented = sample_on(kind, law.key, found)
    else:
        # What is invented is from an authority that may rely on whatever is named.
        found = _provisions(kind, provisions, law, "government")
        invented = sample_of_any(kind, law.key, found)
    if known is None:
        return invented
    return replace(
        invented,
        authority=known.authority,
        regulator=known.regulator,
        case=known.case,
        requester=known.requester,
        officer=known.officer,
        today=known.today,
        threat_level=known.threat_level,
    )


def _of_case(settings: Config, book: Letterbook, reference: str) -> LetterFacts:
    from foibot.gateway.system_clock import SystemClock
    from foibot.officers.roster import Role
    from foibot.wiring import build_office, open_store

    clock = SystemClock()
    _, store = open_store(settings)
    try:
        with store.view() as tx:
            case = tx.cases.find(reference)
        if case is None:
            raise OfficerMustReword(
                f"There is no case {reference}; `foibot cases` lists the open ones."
            )
        office = build_office(settings, clock, book, store)
        signs = next((one for one in office.roster if one.may(Role.OFFICER)), None)
        return office.letter_facts(case, signs, clock.now())
    finally:
        store.close()


def _provisions(
    kind: LetterKind, text: str, law: Regime, authority_kind: str
) -> tuple[Provision, ...]:
    """The provisions typed, read in the way this kind of letter needs them."""
    from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
    from foibot.letters.kind import Relies

    if kind.relies is Relies.NOTHING:
        raise OfficerMustReword(f"The letter '{kind.title}' takes no provisions.")
    if law.key in kind.regimes and not {"provisions", "parts"}.intersection(kind.needs_in(law.key)):
        raise OfficerMustReword(f"The letter '{kind.title}' takes no provisions under {law.short}.")
    read = read_ncnd if kind.relies is Relies.NCND else read_withheld
    answer = read(text, law, authority_kind=authority_kind)
    if kind.relies in {Relies.WEIGHED, Relies.EACH} and isinstance(answer[0], Problem):
        silent = read_ncnd(text, law, authority_kind=authority_kind)
        answer = answer if isinstance(silent[0], Problem) else silent
    problems = [one for one in answer if isinstance(one, Problem)]
    if problems:
        raise OfficerMustReword(" ".join(one.why for one in problems))
    found = tuple(one for one in answer if isinstance(one, Provision))
    if kind.relies is Relies.WEIGHED and not any(one.needs_public_interest_test for one in found):
        raise OfficerMustReword(
            f"The letter '{kind.title}' is for weighing the public interest, and it is not weighed for: "
            f"{', '.join(one.cited for one in found)}."
        )
    return found


def _set(letter: Letter, settings: Config | None, file: Path) -> None:
    from foibot.gateway.pdf import Typesetter
    from foibot.gateway.template_files import fonts_folder, letterhead

    folder = Path(settings.templates.folder) if settings and settings.templates.folder else None
    made = Typesetter(letterhead(folder), fonts_folder()).pdf(
        letter.blocks_json, title=letter.title
    )
    try:
        file.write_bytes(made)
    except OSError as error:
        raise AdministratorMustFix(f"{file} cannot be written: {error.strerror}.") from error
    typer.echo(f"Written: {file}", err=True)
