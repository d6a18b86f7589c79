"""What the authority's own border said about who sent a mail (RFC 8601); what is not clear is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, unique

from foibot.mail.addresses import domain, same_address
from foibot.mail.headers import LONGEST, safe_line, without_comments
from foibot.mail.message import IncomingMail
from foibot.mail.received_at import added_by

M365 = "m365"  # Exchange Online writes no authserv-id (mail rule B8)

_WORD = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s"])+', re.DOTALL)
_SEGMENT = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^;"])+', re.DOTALL)
_LOOSE = re.compile(r'("(?:[^"\\]|\\.)*")|[ \t]*([=/])[ \t]*|[ \t]+(\.)[ \t]+', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@unique
class Verdict(Enum):
    """Whether the border vouches for the address in From."""

    PASS = "pass"  # noqa: S105 - the word of RFC 8601
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Authentication:
    """The verdict, the method that decided ("dmarc", "auth" or ""), and the words it rests on.

    `logins` are the accounts that the border saw handing the mail in, as addresses where they can be
    made one: DMARC vouches for a domain alone, and a colleague may write under an officer's name.
    """

    verdict: Verdict
    method: str
    evidence: str
    logins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    value: str
    properties: dict[str, str]

    def __str__(self) -> str:
        given = [f"{name}={value}" for name, value in self.properties.items()]
        return safe_line(" ".join([f"{self.method}={self.value}", *given]), 200)


def border_verdict(
    mail: IncomingMail,
    authserv_id: str,
    servers: tuple[str, ...] = (),
    own_domain: str = "",
    *,
    exchange_internal: bool = False,
    sealers: tuple[str, ...] = (),
) -> Authentication:
    """Judge the sender by the Authentication-Results of our own border alone (mail rule B7).

    Only the topmost block counts: above the first Received that none of our `servers` added. In
    it one `dmarc=fail` or `auth=fail` outweighs any pass. PASS takes `dmarc=pass` whose
    header.from is the sender's domain, or `auth=pass` whose smtp.auth (else smtp.mailfrom) is
    the sender, without its domain if that is `own_domain`. A `dmarc=pass` for a domain that has
    nothing to do with the sender's is a FAIL: the border read another From than we do. The authserv-id "m365" means
    Microsoft's form without an id, believed only beside an X-MS-Exchange-Organization header.

    With `exchange_internal`, and only for "m365", mail that Exchange Online calls its own tenant's is a
    PASS unless something failed (mail rule B9). `sealers` are domains whose ARC seal is believed where
    our border says `arc=pass`: what the first of them saw takes the place of what forwarding broke.
    """
    if not authserv_id:
        return Authentication(Verdict.UNKNOWN, "", "no border is configured")
    results: list[_Result] = []
    clear = True
    found = False
    for value in _block(mail, authserv_id, servers):
        found = True
        parsed = _results(value, authserv_id)
        clear &= parsed is not None
        results += parsed or []
    said = (
        _judge(mail, results, own_domain, clear=clear)
        if found
        else Authentication(Verdict.UNKNOWN, "", f"no result by {authserv_id}")
    )
    if said.verdict is Verdict.UNKNOWN and exchange_internal and authserv_id == M365:
        return _within_the_tenant(mail) or said
    if said.verdict is not Verdict.PASS and clear and sealers:
        return _before_forwarding(mail, results, sealers) or said
    return said


def _within_the_tenant(mail: IncomingMail) -> Authentication | None:
    """Exchange's own mark; its border takes this header off whatever comes from outside."""
    marks = [value.strip().lower() for value in mail.all("x-ms-exchange-organization-authas")]
    if marks != ["internal"] or mail.sender is None:
        return None
    evidence = "X-MS-Exchange-Organization-AuthAs: Internal"
    return Authentication(Verdict.PASS, "exchange-internal", evidence)


def _before_forwarding(
    mail: IncomingMail, results: list[_Result], sealers: tuple[str, ...]
) -> Authentication | None:
    """What the first sealer saw, where our border found every seal whole (RFC 8617); else None.

    Only if every seal is a trusted one: any of them may have changed the mail and sealed it anew.
    """
    told = [one.value for one in results if one.method == "arc"]
    failed_login = any(one.method == "auth" and one.value == "fail" for one in results)
    first = _first_sealer(mail, sealers)
    if told != ["pass"] or failed_login or not first:
        return None
    seen = _first_results(mail)
    then = _judge(mail, [one for one in seen if one.method == "dmarc"], "", clear=True)
    if then.verdict is not Verdict.PASS:
        return None
    return Authentication(
        Verdict.PASS, "arc", safe_line(f"sealed by {first}: {then.evidence}", 200)
    )


def _first_sealer(mail: IncomingMail, sealers: tuple[str, ...]) -> str:
    """The domain of the first seal, "" unless they are numbered without a gap and all believed."""
    seals = {
        tags.get("i", ""): tags.get("d", "").lower() for tags in map(_tags, mail.all("arc-seal"))
    }
    numbered = set(seals) == {str(number) for number in range(1, len(mail.all("arc-seal")) + 1)}
    believed = set(seals.values()) <= {one.lower() for one in sealers}
    return seals.get("1", "") if numbered and believed else ""


def _first_results(mail: IncomingMail) -> list[_Result]:
    """What the first sealer saw; nothing if that is not there exactly once, or cannot be read."""
    parts = [value.partition(";") for value in mail.all("arc-authentication-results")]
    first = [rest for instance, _, rest in parts if "".join(instance.split()) == "i=1"]
    return (_results(first[0], "") or []) if len(first) == 1 else []


def _tags(value: str) -> dict[str, str]:
    """The tags of a seal, `i=1; a=rsa-sha256; d=x.example`; of two equal ones neither is believed."""
    tags: dict[str, str] = {}
    for pair in value[:LONGEST].split(";"):
        name, equals, given = pair.partition("=")
        if equals:
            name = name.strip().lower()
            tags[name] = "" if name in tags else given.strip()
    return tags


def _judge(
    mail: IncomingMail, results: list[_Result], own_domain: str, *, clear: bool
) -> Authentication:
    telling = [result for result in results if result.method in {"dmarc", "auth"}]
    for result in telling:
        if result.value == "fail":
            return Authentication(Verdict.FAIL, result.method, str(result))
    if not clear:
        return Authentication(Verdict.UNKNOWN, "", "a result could not be read")
    passed = [result for result in telling if result.value == "pass"]
    logins = tuple(_login(one, own_domain) for one in passed if one.method == "auth")
    for result in passed:
        if _vouches(mail, result, own_domain):
            return Authentication(Verdict.PASS, result.method, str(result), logins)
    for result in passed:
        if _is_for_another(mail, result):
            return Authentication(Verdict.FAIL, "dmarc", f"for another sender: {result}", logins)
    said = "; ".join(str(result) for result in telling) or "neither dmarc nor auth"
    return Authentication(Verdict.UNKNOWN, "", safe_line(said, 200), logins)


def _vouches(mail: IncomingMail, result: _Result, own_domain: str) -> bool:
    if mail.sender is None:
        return False
    addr = mail.sender.addr
    if result.method == "dmarc":
        return result.properties.get("header.from", "").lower() == domain(addr)
    return same_address(_login(result, own_domain), addr)


def _is_for_another(mail: IncomingMail, result: _Result) -> bool:
    named = result.properties.get("header.from", "").lower()
    ours = domain(mail.sender.addr) if mail.sender else ""
    if result.method != "dmarc" or not named or not ours:
        return False
    # Some borders name the organisation's domain for a mail from one below it.
    return not (ours.endswith(f".{named}") or named.endswith(f".{ours}"))


def _login(result: _Result, own_domain: str) -> str:
    login = result.properties.get("smtp.auth") or result.properties.get("smtp.mailfrom", "")
    return f"{login}@{own_domain}" if "@" not in login and own_domain else login


def _block(mail: IncomingMail, authserv_id: str, servers: tuple[str, ...]) -> Iterator[str]:
    """Our border's headers, top down, until a Received under them or one that is not ours."""
    if authserv_id == M365:
        ours = any(name.startswith("x-ms-exchange-organization-") for name, _ in mail.headers)
        top = mail.header("authentication-results")
        yield from [top] if ours and top and _identity(top) == "" else []
        return
    hosts = {host.lower() for host in (*servers, authserv_id)}
    begun = False
    for name, value in mail.headers:
        if name == "authentication-results" and _identity(value) == authserv_id.lower():
            begun = True
            yield value
        elif name == "received" and (begun or added_by(value) not in hosts):
            return


def authserv_ids(mail: IncomingMail) -> tuple[str, ...]:
    """Who wrote results on this mail, topmost first, believed or not; "m365" for Microsoft's form without an id."""
    found = [_identity(value) for value in mail.all("authentication-results")]
    return tuple(dict.fromkeys(safe_line(one, 100) or M365 for one in found if one is not None))


def _identity(value: str) -> str | None:
    """The authserv-id in lower case; "" for Microsoft's form without one; None if unreadable."""
    plain = without_comments(value[:LONGEST])
    words = plain.partition(";")[0].split() if plain else []
    if not words:
        return None
    return "" if "=" in words[0] else _unquoted(words[0]).lower()


def _results(value: str, authserv_id: str) -> list[_Result] | None:
    """Every result of one header, None if it cannot be read (mail rule B10)."""
    plain = without_comments(value) if len(value) <= LONGEST else None
    if plain is None:
        return None
    tight = _LOOSE.sub(lambda found: found[1] or found[2] or found[3], plain)
    segments = [text.strip() for text in _SEGMENT.findall(tight)]
    if authserv_id != M365:
        segments = segments[1:]
    results = []
    for segment in segments:
        if segment and segment.lower() != "none":
            result = _result(_WORD.findall(segment))
            if result is None:
                return None
            results.append(result)
    return results


def _result(words: list[str]) -> _Result | None:
    method, equals, value = words[0].partition("=") if words else ("", "", "")
    method = method.partition("/")[0].lower()
    if not method or not equals or not value:
        return None
    properties: dict[str, str] = {}
    for word in words[1:]:
        name, equals, given = word.partition("=")
        if not equals or (name.lower() in properties and method in {"dmarc", "auth"}):
            if method in {"dmarc", "auth"}:
                return None
            continue
        properties[name.lower()] = _unquoted(given)
    return _Result(method, _unquoted(value).lower(), properties)


def _unquoted(text: str) -> str:
    if len(text) >= 2 and text.startswith('"') and text.endswith('"'):
        return _ESCAPED.sub(r"\1", text[1:-1])
    return text
