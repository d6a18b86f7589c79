"""Whole mails as the world's clients, servers and forms write them, one for each row about a message (mail rules A to D)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

MAILBOX = "foi@exampleshire.example"
ASKED = (
    "Dear Sir or Madam,\n\nUnder the Freedom of Information Act 2000, please tell me how many lamp posts "
    "were repaired in {} in 2019 and 2020, and at what cost.\n\nYours faithfully\n{}\n"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail, what it has to be taken for, and words that officers have to read of it at once.

    `acknowledged` is whether its sender gets an acknowledgement without anybody's order.
    """

    raw: bytes
    disposition: str
    acknowledged: bool = False
    words: tuple[str, ...] = ()


def delivered(sender: str, host: str, text: str, *, results: str = "") -> bytes:
    """A mail with what the border puts on top of it."""
    domain = sender.rpartition("@")[2]
    verdict = results or f"dmarc=pass (p=quarantine) header.from={domain}"
    top = (
        f"Return-Path: <{sender}>\nDelivered-To: {MAILBOX}\n"
        f"Received: from mx.exampleshire.example ([192.0.2.3]) by store.exampleshire.example with LMTP id 8Jk2;\n"
        f" Tue, 8 Dec 2020 09:02:14 +0000\n"
        f"Authentication-Results: mx.exampleshire.example; {verdict}\n"
        f"Received: from {host} ({host} [198.51.100.7])\n"
        f"\tby mx.exampleshire.example (Postfix) with ESMTPS id 4CqvXk2Y34z9sT\n"
        f"\tfor <{MAILBOX}>; Tue,  8 Dec 2020 09:02:13 +0000 (GMT)\n"
    )
    return (top + text).replace("\n", "\r\n").encode("utf-8", "surrogateescape")


def gmail(sender: str, subject: str, body: str, *, name: str = "", extra: str = "") -> bytes:
    """As Gmail sends it: both versions, a DKIM signature, the thread's own headers."""
    shown = f"{name} <{sender}>" if name else sender
    html = body.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n")
    return delivered(
        sender,
        "mail-wm1-f44.google.com",
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n        d=gmail.example; s=20161025;\n"
        "        h=mime-version:from:date:message-id:subject:to;\n        bh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=;\n"
        "        b=Qm1x0Zt8nY2d4u\nX-Google-DKIM-Signature: v=1; a=rsa-sha256; d=1e100.net; s=20161025; b=ab12\n"
        "X-Gm-Message-State: AOAM531xk5mW6b0c9s\nX-Received: by 2002:a7b:cf30:: with SMTP id m16mr2642;\n"
        f"        Tue, 08 Dec 2020 01:02:12 -0800 (PST)\nMIME-Version: 1.0\n{extra}From: {shown}\n"
        "Date: Tue, 8 Dec 2020 09:02:01 +0000\n"
        f"Message-ID: <CAJ7v3q0Zt8{abs(hash_of(subject + body + extra))}@mail.gmail.example>\nSubject: {subject}\n"
        f'To: {MAILBOX}\nContent-Type: multipart/alternative; boundary="000000000000b5f1e2"\n\n'
        f'--000000000000b5f1e2\nContent-Type: text/plain; charset="UTF-8"\n\n{body}\n'
        f'--000000000000b5f1e2\nContent-Type: text/html; charset="UTF-8"\n\n<div dir="ltr">{html}</div>\n'
        "--000000000000b5f1e2--\n",
    )


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return sum((at + 1) * ord(letter) for at, letter in enumerate(text))


def outlook(sender: str, head: str, body: str, *, results: str = "") -> bytes:
    """As Exchange Online hands it on, in plain text; `head` has From, Subject and what the row is about."""
    return delivered(
        sender,
        "mail-eopbgr80051.outbound.protection.outlook.example",
        f"{head}Thread-Topic: Lamp posts\nThread-Index: AdbNQ0sHq2p2c1mTQm2o1x8b1wZ3Rg==\n"
        "Date: Tue, 8 Dec 2020 09:02:11 +0000\n"
        f"Message-ID: <DB7PR04MB{abs(hash_of(head + body))}@DB7PR04MB5178.eurprd04.prod.outlook.example>\n"
        f"Accept-Language: en-GB, en-US\nContent-Language: en-GB\nX-MS-Has-Attach:\n"
        f"x-originating-ip: [203.0.113.9]\nx-ms-publictraffictype: Email\nTo: {MAILBOX}\n"
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\nMIME-Version: 1.0\n'
        f"\n{body}",
        results=results,
    )


def parts(*inner: str, kind: str = "mixed") -> str:
    """A multipart body under its header lines."""
    joined = "".join(f"--=_b1_7f\n{one}\n" for one in inner)
    return f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="=_b1_7f"\n\n{joined}--=_b1_7f--\n'


PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
WEBMAIL = (
    "From: Ann Archer <ann.archer@citizens.example>\nTo: foi@exampleshire.example\n"
    "Subject: Lamp posts\nDate: Tue, 8 Dec 2020 09:01:58 +0000\nMessage-ID: <{}@webmail.citizens.example>\n"
    "User-Agent: Roundcube Webmail/1.4.9\nX-Sender: ann.archer@citizens.example\n"
)
ANN = "ann.archer@citizens.example"


def webmail(number: str, body: str, *, head: str = WEBMAIL) -> bytes:
    """As Roundcube sends it; the body brings its own MIME header."""
    return delivered(ANN, "out.citizens.example", head.format(number) + body)


_SINGLE = f"MIME-Version: 1.0\n{PLAIN}"
_MAN = "Max Mann <max.mann@citizens.example>"
_PDF = base64.encodebytes(b"%PDF-1.4 lamp posts " * 20).decode()

AUTOMATIC = {
    "A2 Exchange's own answer": Shown(
        outlook(
            "records@council.example",
            "From: Records <records@council.example>\nSubject: Automatic reply: Lamp posts\n"
            "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"
            "In-Reply-To: <x1@exampleshire.example>\nReferences: <x1@exampleshire.example>\n",
            "I am out of the office until 14 December and will reply to your email when I am back.\n",
        ),
        "auto",
    ),
    "A2 forwarded by a rule": Shown(
        gmail("bo.black@gmail.example", "Lamp posts", ASKED.format("Bow", "Bo Black"), name="Bo Black",
              extra="Auto-Submitted: auto-forwarded\n"),
        "request",
    ),
    "A3 GroupWise, without Auto-Submitted": Shown(
        webmail("A3", _SINGLE + "Thank you for your email. I am away and will answer on my return.\n",
                head=WEBMAIL + "X-Mailer: Novell GroupWise Internet Agent\nX-POST-MessageClass: 9; Autoresponder\n"),
        "auto",
    ),
    "A5 cPanel's autoresponder": Shown(
        webmail("A5", _SINGLE + "We have your message and will look at it soon. The lamp posts are ours.\n",
                head=WEBMAIL + "X-Autorespond: Lamp posts\nPrecedence: auto_reply\nX-Precedence: auto_reply\n"),
        "auto",
    ),
    "A5 a person behind a bulk mailer": Shown(
        webmail("A5b", _SINGLE + ASKED.format("Avon", "Ann Archer"),
                head=WEBMAIL + "X-Mailer: PHPMailer 6.1.8\nPrecedence: first-class\nPrecedence: bulk\n"),
        "request", words=("Precedence: bulk",),
    ),
    "A6 a newsletter": Shown(
        delivered("bounce-mc.us7_1234@mail12.suw11.mcsv.example", "mail12.suw11.mcsv.example",
                  'From: "Local Gov Weekly" <news@localgov.example>\nReply-To: <news@localgov.example>\n'
                  "To: <foi@exampleshire.example>\nSubject: This week: lamp posts\nDate: Tue, 8 Dec 2020 08:30:00 +0000\n"
                  "Message-ID: <0c6d8f21.20201208@mail12.suw11.mcsv.example>\nX-Mailer: Mailchimp Mailer\n"
                  "X-Campaign: mailchimp0c6d\nList-ID: 0c6dmc list <0c6d.271.list-id.mcsv.example>\n"
                  "List-Unsubscribe: <https://localgov.example/u?id=1>, <mailto:u@localgov.example>\n"
                  "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n" + _SINGLE + "Lamp posts are in the news.\n"),
        "auto",
    ),
    "A6 a request platform": Shown(
        delivered("wdtk-return@whatdotheyknow.com", "owl.ukcod.org.example",
                  "From: Dee Dunn <request-712345-0a1b2c3d@whatdotheyknow.com>\nTo: FOI requests at Exampleshire "
                  "<foi@exampleshire.example>\nSubject: Freedom of Information request - Lamp posts\n"
                  "Date: Tue, 8 Dec 2020 09:00:01 +0000\nMessage-ID: <ogm-1234567+5fcf41a9-8d@whatdotheyknow.com>\n"
                  "List-Id: requests <requests.whatdotheyknow.com>\nX-Mailer: Alaveteli\n"
                  + _SINGLE + ASKED.format("Dee", "Dee Dunn")
                  + "\n-------------------------------------------------------------------\n\n"
                  "Please use this email address for all replies to this request:\n"
                  "request-712345-0a1b2c3d@whatdotheyknow.com\n",
                  results="dmarc=pass header.from=whatdotheyknow.com"),
        "request", acknowledged=True,
    ),
    "A7 an address that nobody reads": Shown(
        delivered("noreply@forms.example", "out.forms.example",
                  'From: "Online forms" <noreply@forms.example>\nTo: foi@exampleshire.example\n'
                  "Subject: New submission: information request\nDate: Tue, 8 Dec 2020 09:00:00 +0000\n"
                  "Message-ID: <form.99812@forms.example>\nX-Mailer: FormMailer 3\n"
                  + _SINGLE + "Name: Eve Earl\n\n" + ASKED.format("Eden", "Eve Earl")),
        "request", words=("noreply@forms.example",),
    ),
    "A19 a subscription to confirm": Shown(
        delivered("bounces+55-foi=exampleshire.example@em1.shop.example", "o1.em1.shop.example",
                  'From: "The Shop" <hello@shop.example>\nTo: foi@exampleshire.example\n'
                  "Subject: Confirm your subscription\nDate: Tue, 8 Dec 2020 09:00:00 +0000\n"
                  "Message-ID: <xyz123@geopod-ismtpd-3-2>\nList-Unsubscribe: <https://shop.example/u>\n"
                  "X-SG-EID: ab12\n" + _SINGLE + "Click here to confirm: https://shop.example/c?x=1\n"),
        "auto",
    ),
}  # fmt: skip

WHO_IT_IS = {
    "B2 an officer's address before the real one": Shown(
        outlook("evil@evil.example", "From: jane.orange@exampleshire.example <evil@evil.example>\nSubject: Lamp posts\n",
                "approve v1\n", results="dmarc=pass header.from=evil.example"),
        "unmatched", words=("no single clean sender",),
    ),
    "B3 a comma in an encoded word": Shown(
        outlook("evil@evil.example",
                "From: =?utf-8?Q?jane=2Eorange=40exampleshire=2Eexample=2C?= evil@evil.example\nSubject: Lamp posts\n",
                "approve v1\n", results="dmarc=pass header.from=evil.example"),
        "unmatched",
    ),
    "B4 an officer's address for a name": Shown(
        gmail("max.mann@gmail.example", "Lamp posts", ASKED.format("Mere", "Max Mann"),
              name='"jane.orange@exampleshire.example"'),
        "request", acknowledged=True, words=("display name contains a different address",),
    ),
    "B5 replies asked for elsewhere": Shown(
        gmail("max.mann@gmail.example", "Lamp posts", ASKED.format("Moor", "Max Mann"), name="Max Mann",
              extra="Reply-To: Max Mann <max@elsewhere.example>\n"),
        "request", acknowledged=True, words=("max@elsewhere.example",),
    ),
    "B6 two From headers": Shown(
        outlook(ANN, f"From: Ann Archer <{ANN}>\nFrom: {_MAN}\nSubject: Lamp posts\n", ASKED.format("Ambleby", "Ann")),
        "unmatched", words=("no single clean sender", "Ambleby"),
    ),
    "B7 a verdict of the sender's own": Shown(
        outlook("jane.orange@exampleshire.example",
                "Authentication-Results: mx.exampleshire.example; dmarc=pass header.from=exampleshire.example\n"
                "From: Jane Orange <jane.orange@exampleshire.example>\nSubject: Lamp posts\n",
                "Could somebody look at the lamp posts?\n",
                results="dmarc=fail (p=none) header.from=exampleshire.example"),
        "unmatched",
    ),
    "B11 letters of another alphabet": Shown(
        outlook("foi@xn--exmpleshire-tni.example",
                "From: Jane Orange <jane@xn--exmpleshire-v6h.example>\nSubject: Lamp posts\n",
                ASKED.format("Homoglyph Hill", "Jane")),
        "request", acknowledged=True,
    ),
    "B12 a line end in an encoded subject": Shown(
        outlook(ANN, f"From: Ann Archer <{ANN}>\nSubject: =?utf-8?Q?Lamp_posts=0D=0ABcc:_victim@elsewhere.example?=\n",
                ASKED.format("Crlf Cross", "Ann")),
        "request", acknowledged=True,
    ),
    "B13 a subject that no codec takes": Shown(
        outlook(ANN, f"From: Ann Archer <{ANN}>\nSubject: =?utf-7?Q?+2AA-?= =?x-none?B?/w==?= lamps\n",
                ASKED.format("Surrogate Sands", "Ann")),
        "request", acknowledged=True,
    ),
    "B19 headers in our own name": Shown(
        outlook(ANN, f"From: Ann Archer <{ANN}>\nSubject: Lamp posts\nX-Foibot-Id: 0123456789abcdef\n"
                "X-Foibot-Command: approve v1\n", ASKED.format("Forgeham", "Ann")),
        "request", acknowledged=True,
    ),
}  # fmt: skip

CONTENT = {
    "C2 a date of many digits": Shown(
        webmail("C2", _SINGLE + ASKED.format("Datchet", "Ann"),
                head=WEBMAIL.replace("Tue, 8 Dec 2020 09:01:58 +0000", "Wed, 4 Jun 207777777777777777777714 17:50:01 0")),
        "request", acknowledged=True,
    ),
    "C3 no date": Shown(
        webmail("C3", _SINGLE + ASKED.format("Timeless Tarn", "Ann"),
                head=WEBMAIL.replace("Date: Tue, 8 Dec 2020 09:01:58 +0000\n", "")),
        "request", acknowledged=True,
    ),
    "C4 no Message-ID": Shown(
        webmail("C4", _SINGLE + ASKED.format("Idless Isle", "Ann"),
                head=WEBMAIL.replace("Message-ID: <{}@webmail.citizens.example>\n", "")),
        "request", acknowledged=True,
    ),
    "C5 a charset that nobody has": Shown(
        webmail("C5", "MIME-Version: 1.0\nContent-Type: text/plain; charset=X-UNKNOWN\n\n" + ASKED.format("Caf\xe9 Cove", "Ann")),
        "request", acknowledged=True, words=("charset guessed", "Caf\xe9 Cove"),
    ),
    "C7 eight bits in the headers": Shown(
        webmail("C7", _SINGLE + ASKED.format("Bitford", "Ann"),
                head=WEBMAIL.replace("Subject: Lamp posts", "Subject: Lamp posts at the Caf\xe9")),
        "request", acknowledged=True, words=("Caf\xe9",),
    ),
    "C14 HTML alone, as Word writes it": Shown(
        webmail("C14", "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
                '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--\np.MsoNormal {margin:0cm}\n--></style>'
                '<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head><body><p class="MsoNormal">'
                'How many lamp posts are in Wordsley?<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
                '<p class="MsoNormal">See <a href="https://lamps.example/list">the list</a>.</p></body></html>\n'),
        "request", acknowledged=True, words=("How many lamp posts are in Wordsley?", "the list"),
    ),
    "C15 other words for a filter than for a reader": Shown(
        webmail("C15", parts(PLAIN + "How many lamp posts are in Trickford?\n",
                             "Content-Type: text/html; charset=utf-8\n\n<p>Please pay this invoice by Friday, or our lawyers "
                             "will write to you about it, with costs and interest from the first of January.</p>\n",
                             kind="alternative")),
        "request", acknowledged=True, words=("parts differ",),
    ),
    "C16 an empty text beside full HTML": Shown(
        webmail("C16", parts(PLAIN + " \n", "Content-Type: text/html\n\n<p>How many lamp posts are in Emptyham?</p>\n",
                             kind="alternative")),
        "request", acknowledged=True, words=("How many lamp posts are in Emptyham?",),
    ),
    "C17 the request is in a file": Shown(
        webmail("C17", parts(PLAIN + "\n", 'Content-Type: application/pdf; name="request.pdf"\n'
                             'Content-Disposition: attachment; filename="request.pdf"\nContent-Transfer-Encoding: base64\n\n'
                             + _PDF)),
        "request", acknowledged=True, words=("text in attachment", "request.pdf"),
    ),
    "C20 encrypted with PGP/MIME": Shown(
        webmail("C20", 'MIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted";\n'
                '\tboundary="=_b1_7f"\n\n--=_b1_7f\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n'
                '--=_b1_7f\nContent-Type: application/octet-stream; name="encrypted.asc"\n\n-----BEGIN PGP MESSAGE-----\n\n'
                "hQEMA1xk5mW6b0c9AQf/ZjQ0\n-----END PGP MESSAGE-----\n--=_b1_7f--\n"),
        "request", words=("encrypted or sealed",),
    ),
    "C21 an invitation": Shown(
        webmail("C21", parts(PLAIN + "Lamp post meeting\n", 'Content-Type: text/calendar; charset="utf-8"; method=REQUEST\n\n'
                             "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@x\nSUMMARY:Lamp posts\nEND:VEVENT\nEND:VCALENDAR\n",
                             kind="alternative")),
        "unmatched", words=("an invitation to a meeting",),
    ),
    "C22 base64 that breaks off, and no last boundary": Shown(
        webmail("C22", parts(PLAIN + ASKED.format("Breakford", "Ann"),
                             'Content-Type: image/jpeg; name="lamp.jpg"\nContent-Transfer-Encoding: base64\n\n'
                             "/9j/4AAQSkZJRgABA*QAASABIAAD/4QBMRXhpZ\n").replace("--=_b1_7f--\n", "")),
        "request", acknowledged=True, words=("lamp.jpg",),
    ),
    "C23 a file that would climb out": Shown(
        webmail("C23", parts(PLAIN + ASKED.format("Pathway", "Ann"),
                             "Content-Type: application/octet-stream\nContent-Disposition: attachment;\n"
                             " filename*=utf-8''..%2F..%2Fetc%2Fpass%E2%80%AEfdp.exe\nContent-Transfer-Encoding: base64\n\n"
                             "TVqQAAMAAAAEAAAA\n")),
        "request", acknowledged=True, words=("pass fdp.exe",),
    ),
    "C26 NULs": Shown(
        webmail("C26", _SINGLE + ASKED.format("Nul\0land", "Ann")),
        "request", acknowledged=True, words=("Nulland",),
    ),
    "C30 nothing at all": Shown(
        webmail("C30", _SINGLE + "\n\n"),
        "unmatched", words=("no text and no attachment",),
    ),
    "C30 nothing but a signature": Shown(
        webmail("C30b", _SINGLE + "-- \nAnn Archer\nSent from my iPhone\n"),
        "unmatched", words=("only a quote or a signature",),
    ),
    "D6 forty thousand references": Shown(
        webmail("D6", _SINGLE + ASKED.format("Reference Ridge", "Ann"),
                head=WEBMAIL + "References: " + "\n ".join(f"<r{number}@x.example>" for number in range(4_000)) + "\n"),
        "request", acknowledged=True,
    ),
    "D11 addressed only by the envelope": Shown(
        webmail("D11", _SINGLE + ASKED.format("Undisclosed Under", "Ann"),
                head="X-Original-To: foi@exampleshire.example\nEnvelope-To: foi@exampleshire.example\n"
                + WEBMAIL.replace("To: foi@exampleshire.example", "To: undisclosed-recipients:;")),
        "request", acknowledged=True,
    ),
}  # fmt: skip

SAMPLES = {
    "A4": "0022", "A11": "0011", "A12": "0014", "A14": "0012", "A15": "0015", "A17": "0016", "A18": "0023",
    "B8": "0026", "B9": "0026", "C19": "0030",
}  # fmt: skip
"""Rows whose whole mail is a file in tests/emails, by its number."""

OF_MORE_THAN_ONE_MAIL = frozenset(
    [
        "A1",
        "A9",
        "A10",
        "A13",
        "A20",
        "B1",
        "B10",
        "B14",
        "B15",
        "B16",
        "B17",
        "B20",
        "B21",
        "C1",
        "C6",
        "C8",
        "C9",
        "C10",
        "C11",
        "C12",
        "C13",
        "C18",
        "C24",
        "C28",
        "D1",
        "D2",
        "D3",
        "D4",
        "D5",
        "D7",
        "D9",
        "D10",
    ]
)
"""Rows of A to D about several mails, about ours, or about bytes that no program writes; they have tests of their own."""

EVERY = {**AUTOMATIC, **WHO_IT_IS, **CONTENT}
