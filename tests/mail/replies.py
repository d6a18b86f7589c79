"""How well the new words of a reply are told from what it quotes, on a labelled set; run it to print the table.

Each `tests/replies/NNN-client-style.eml` has its own words beside it, as a person reads them: greeting and
name included, without the quote, without a signature under "-- " and without what a phone adds.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.reply_text import new_words

REPLIES = Path(__file__).parent.parent / "replies"


@dataclass(frozen=True, slots=True)
class Reply:
    """One labelled mail: what was found, and what a person says is new."""

    name: str
    found: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """The same words in the same order."""
        return self.found == self.expected

    @property
    def leaks(self) -> bool:
        """Words that are not the sender's own are shown as if they were."""
        return bool(set(self.found) - set(self.expected))

    @property
    def loses(self) -> bool:
        """Words of the sender are left out."""
        return bool(set(self.expected) - set(self.found))


def labelled() -> Iterator[Reply]:
    """Every reply of the set."""
    for file in sorted(REPLIES.glob("*.eml")):
        mail = parse(file.read_bytes())
        assert isinstance(mail, IncomingMail), file
        found = new_words(mail.text).replace("\ufeff", "").split()
        expected = file.with_suffix(".txt").read_text("utf-8").split()
        yield Reply(file.stem, tuple(found), tuple(expected))


CLIENTS = (
    "outlook-desktop", "outlook-web", "gmail", "apple-mail", "phone", "thunderbird", "bottom", "inline",
    "german", "french", "webmail",
)  # fmt: skip


def by_client() -> dict[str, list[Reply]]:
    """The replies of each client."""
    found: dict[str, list[Reply]] = defaultdict(list)
    for one in labelled():
        client = next(client for client in CLIENTS if one.name[4:].startswith(f"{client}-"))
        found[client].append(one)
    return {client: found[client] for client in CLIENTS}


def table() -> str:
    """The table, as Markdown."""
    rows = [(client, replies) for client, replies in by_client().items()]
    rows.append(("all", [one for _, replies in rows for one in replies]))
    lines = [
        "| Client | Replies | Exact | Quoted words shown | Own words lost |",
        "|---|---|---|---|---|",
    ]
    for client, replies in rows:
        exact = sum(one.exact for one in replies)
        lines.append(
            f"| {client} | {len(replies)} | {exact} ({100 * exact / len(replies):.0f} %)"
            f" | {sum(one.leaks for one in replies)} | {sum(one.loses for one in replies)} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
    for one in labelled():
        if not one.exact:
            sys.stdout.write(f"{one.name}: {' '.join(one.found)[:100]!r}\n")
