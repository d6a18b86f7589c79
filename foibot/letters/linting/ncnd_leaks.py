"""What gives away, in a letter that neither confirms nor denies, whether the information is held (N-20 to N-35); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot import law
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import ncnd_provisions
from foibot.letters.linting.mentions import is_limb, is_only_mentioned
from foibot.letters.linting.ncnd_elsewhere import points_elsewhere
from foibot.letters.linting.ncnd_holding import CAN_CONFIRM, told_held
from foibot.letters.linting.ncnd_outright import told_outright
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FULL_NCND,
    Hit,
    Look,
    Rule,
    either,
    wording,
)
from foibot.letters.linting.threat_words import threat_level_named


def _relied_on_to_withhold(reading: Reading) -> Iterator[Hit]:
    # In Scotland the exemption itself has to be named beside section 18.
    if reading.regime != "foia":
        return
    known = ncnd_provisions(law.regime(reading.regime))
    for each in reading.cited:
        if (
            each.subsection in _ASSERTS_HELD
            and each.subsection not in known
            and not is_only_mentioned(each)
            and not is_limb(each, reading)
        ):
            yield Hit(each.line, each.text)


_ASSERTS_HELD: Final = frozenset(
    [
        "21",
        "21(1)",
        "22(1)",
        "23(1)",
        "24(1)",
        "26(1)",
        "27(1)",
        "27(2)",
        "28(1)",
        "29(1)",
        "30(1)",
        "30(2)",
        "31(1)",
        "32(1)",
        "32(2)",
        "33(2)",
        "35(1)",
        "36(2)",
        "37(1)",
        "38(1)",
        "40(1)",
        "40(2)",
        "41(1)",
        "42(1)",
        "43(1)",
        "43(2)",
        "43",
        "44(1)",
        "12(1)",
        "14(2)",
    ]
)


def _numbers(reading: Reading) -> Iterator[Hit]:
    request = reading.request.casefold()
    for match in reading.find(_FIGURE):
        words = match.text.strip(" .,")
        known = all(
            each in request
            for each in ignoring_case(r"\d+|operation [\w-]+").findall(words.casefold())
        )
        if not known and not _in_frame(match.sentence.passage.text):
            yield Hit(match.line, words)


_FIGURE: Final = (
    r"(?<![\w(/.£@\-–])\d[\d,]*(?:\.\d+)? (?=(?:such )?(?:attacks?|incidents?|operations?|arrests?|officers?"
    r"|cases?|occasions?|people|persons?|offences?|plots?|records?|items?|documents?"
    r"|files?|searches|visits?|times|complaints?|vehicles?|devices?|cameras?|warrants?|applications?"
    r"|investigations?|individuals?|suspects?|plans?|deployments?|requests)\b)"
    r"|\b(?-i:Operation [A-Z][\w-]+)\b|\b(?:between|since|during|in) (?:(?-i:January|February|March|April|May"
    r"|June|July|August|September|October|November|December) )?(?:19|20)\d\d\b(?: and (?:19|20)\d\d)?"
)


def _in_frame(passage: str) -> bool:
    return (
        ignoring_case(
            r"\b(?:Acts?|Regulations|Code|review|working days|received|request (?:of|dated)|dated|UKSC|UKUT|EWCA|EA/"
            r"|\[\d{4}\]|guidance|Parliament|published)\b"
        ).search(passage)
        is not None
    )


def _rule(
    id: str, name: str, why: str, instead: str, look: Look, *defects: str, warns: bool = False
) -> Rule:
    severity = Severity.WARNING if warns else Severity.ERROR
    # For a part of a request, other parts may be answered: only what is about the test itself counts.
    types = ANY_NCND if id in _IN_PARTS_TOO else FULL_NCND
    return Rule(id, name, severity, why, instead, look, types, defects=defects)


_IN_PARTS_TOO: Final = frozenset({"N-26", "N-27", "N-28", "N-34", "N-35"})
_COLLEAGUES: Final = (
    r"(?:our|the|colleagues|staff|officers|its|his|her|(?-i:[A-Z])\w+)\b(?! (?:\w+ )?(?:question|same|ourselves))[^.;]{0,60}?"
    r"\b(?:(?-i:Branch|Unit|Department|Directorate|Team|Command|Office|Service|Intelligence|Policing)|unit|department|team"
    r"|branch|directorate|colleagues|officers|staff)\b"
)
_READER: Final = r"\b(?:response|reply|letter|decision|notice|complaints? procedure|review procedure|your rights)\b"

_NOT_FOR_AN_ANSWER: Final = r"(?:(?!\b(?:disclosing|in favour|favouring|(?:for|in) (?:confirm\w*|an answer|openness|transparen\w*|the duty))\b)[^.;])"
_UPHOLDS_LOSES: Final = (
    r"\b(?:maintaining (?:the )?(?:exclu\w+|exempt\w+)|neither confirming nor denying|not confirming|excluding the duty"
    r"|upholding the exclusion|(?:factors?|considerations?|arguments?|case|points|those|reasons|harm) against)\b"
    rf"{_NOT_FOR_AN_ANSWER}{{0,160}}?(?:\b(?:do|does|did|can|could|will|would) ?not (?:\w+ )?outweigh"
    r"|\b(?:doesn't|don't|didn't|cannot|can't) outweigh|\bfail(?:s|ed)? to outweigh|\bnever outweighs?\b"
    r"|\b(?:is|are) (?:\w+ )?(?:weaker|less|lighter|smaller|(?:no|not) (?:stronger|greater|weightier))\b)"
)
"""What speaks for silence is found not to be the greater: "outweighs" turned round with one word."""

LEAKS: Final = (
    _rule(
        "N-20",
        "says whether it is held",
        "it says that the information is, or is not, held",
        "Say only that the authority can neither confirm nor deny that it holds the information.",
        either(told_held, told_outright, CAN_CONFIRM),
    ),
    _rule(
        "N-21",
        "tells of a search",
        "it tells of a search, and so of what was or was not found",
        "Leave the search out; the decision does not rest on one.",
        wording(
            r"\b(?:search(?:es)?|enquir(?:y|ies)|checks?) (?:was|were|has been|have been|are being|is being) "
            r"(?:conducted|carried out|undertaken|made|completed)\b"
            r"|\b(?:checked|searched) (?:its|their|our|the|all) (?:files|records|systems?|databases?|papers|archives?)\b"
            r"|\benquir(?:y|ies)\b[^.]{0,60}\b(?:revealed|established|showed|shown|found|confirmed|indicated)\b"
            r"|\b(?:we|i) (?:have )?(?:located|found|identified|retrieved)\b(?! (?:that|no reason|it))"
            r"|\b(?:units?|departments?|teams?|branch|division|directorate|staff|officers) (?:has |have )?(?:checked"
            r"|searched|looked (?:for|through|into)|confirmed|told us|found)\b"
            r"|\b(?:located|retrieved|identified) (?:the|relevant|some|any) "
            r"|\b(?:we|i|officers|staff|colleagues) (?:(?:was|were|am|are|have been) unable to|(?:could|did|can|do) ?not|couldn't"
            r"|didn't|failed to) (?:find|locate|trace|retrieve|identify)\b"
            r"(?! (?:any|a|an|the|no|that)? ?(?:\w+ )?(?:factors?|reasons?|arguments?|grounds|way|basis|authority|case|public|need|interests?)\b)"
            r"|\b(?:we|i) (?:have )?(?:asked|spoken (?:to|with)|spoke (?:to|with)|contacted|been in touch with|written to|wrote to) "
            rf"{_COLLEAGUES}"
            r"|\bnil (?:return|response|result)\b|\b(?:came|come|got|reported) back to us\b"
            r"|\b(?:we|i|officers|staff|colleagues|the (?:\w+ ){1,3}(?:department|unit|team)) (?:have |has )?"
            r"(?:(?:carried out|conducted|undertook|undertaken|made|completed|done) (?:\w+ ){0,3}?(?:search\w*|enquir\w+|checks?)"
            r"|searched|checked (?:our|the|all|with)|looked (?:for|through|into)|interrogated|consulted (?:the|our))"
            r"|\b(?:our|the|a|these|those) (?:\w+ )?(?:search(?:es)?|enquiries|checks) (?:of|have|has|did|found|show\w*|establish\w*"
            r"|locat\w+|reveal\w*|identif\w+|return\w*|indicat\w+)\b",
            after=r"\b(?:whether|if|without|not|no|never|neither)\b[^,;]{0,40}$",
        ),
        "D-03",
    ),
    _rule(
        "N-22",
        "speaks of something supplied",
        "it speaks as if information were being given",
        "Take out everything that belongs to a letter with information in it.",
        either(
            wording(
                r"\b(?:enclosed|attached|attachments?|please find)\b"
                r"|\b(?:i|we) (?:also |now |hereby )?(?:attach|enclose)\b(?! (?:\w+ )?(?:weight|importance|value|significance|conditions?))|\breleased? the\b(?! (?:fact|answer))",
                but=_READER,
                after=r"\b(?:weight|importance|value|significance|conditions?)\b[^,;]{0,20}$",
            ),
            wording(
                r"\bcop(?:y|ies) of\b[^.]{0,60}\b(?:accompan\w+|(?:is|are) (?:included|sent) with)\b"
            ),
        ),
        "D-02",
    ),
    _rule(
        "N-23",
        "keeps something back",
        "keeping information back says that there is some",
        "Speak of the duty to confirm or deny, which does not apply, and of nothing else.",
        either(
            wording(
                r"\bwithh(?:old|eld)\w*|\bredact\w*|\bexempt from (?:disclosure|release)\b"
                r"|\b(?:information|data|records?|documents?)\b[^.,;]{0,40}\b(?:is|are) (?:therefore "
                r"|also )?exempt (?:under|from|by|pursuant)\b"
                r"|(?<!we )\bare (?:therefore |also )?exempt (?:under|by)\b"
                r"|\b(?:unable|not able|refus\w+|declin\w+|not prepared) to (?:provide|release|supply|disclose"
                r"|give)\b(?! (?:whether|an answer|a confirmation))"
                r"|\b(?:cannot|will not) (?:provide|release|supply|disclose) (?:the|this|that|you)\b",
                but=r"\bnot\b[^.]{0,40}\b(?:indication|inference|taken|implies|imply)\b|\bwould (?:itself )?be exempt\b",
                after=r"\b(?:if|whether)\b[^,;]{0,60}$",
            ),
            wording(
                r"\b(?:cannot|can't|can not|will not|won't|are not able to|are not going to) (?:give|share|send|let)"
                r" (?:you )?(?:have )?(?:it|them|(?:the|this|that|any|such|these|what|copies|your)\b[^.,;]{0,30}?"
                r"\b(?:information|data|records?|documents?|figures?|details|material|files?|numbers?))\b"
                r"|\b(?:it|this|that|everything|all) is (?:therefore |also |all )?exempt(?:ed)? (?:under|from|by|pursuant)\b",
                but=r"\b(?:duty|obligation|confirm\w*|deny\w*|whether)\b",
                after=r"\bif\b[^,;]{0,60}$",
            ),
        ),
    ),
    _rule(
        "N-24",
        "takes existence for granted",
        "it takes for granted that the information exists",
        "Write 'if it were held', or speak of 'any' information.",
        wording(
            r"\b(?:this|such|the requested|these) (?:information|data|records?|documents?|material) "
            r"(?:would|may|might|will|could|can|is|was|are|were|relates?|concerns?|contains?|reveals?|shows?)\b"
            r"|\bthe information (?:(?:you )?(?:requested|sought|asked for|have requested) )?(?:relates|concerns"
            r"|contains|includes|reveals|shows|will|may|might)\b"
            r"|\bthe (?:information|data|records?|documents?|files?|material|papers|reports?|footage|e?mails?) (?:in"
            r" question|concerned|at issue|you (?:seek|describe|refer to)) (?:would|may|might|will|could|can|is|was"
            r"|are|were|relates?|concerns?|contains?|includes?|names?|reveals?|shows?)\b",
            but=r"\bif (?:it|they|any|held|the|this|such|that|we)\b[^.]{0,40}\b(?:held|hold|exist\w*|were)\b|, if (?:held|any),|\bif held\b",
            after=r"\b(?:whether|if|where|any)\b[^,;]{0,30}$",
        ),
        "D-14",
        warns=True,
    ),
    _rule(
        "N-25",
        "any other information",
        "'other' information implies that there is some; it belongs in a partial answer only",
        "Write 'the information you requested exists or does not exist'.",
        wording(r"\bany other information\b(?! (?:you|about (?:how|your)))"),
        "D-05",
        warns=True,
    ),
    _rule(
        "N-26",
        "weighs one answer only",
        "only one of the two answers is weighed",
        "Write 'confirming or denying' in every factor.",
        wording(
            r"\bfavours? (?:disclosure|releas\w+)\b"
            r"|\b(?:favour\w*|in favour of|for|against|supporting) (?:confirming|a confirmation|confirmation)\b"
            r"(?!,? ?/|,? (?:or|nor|and|whether or not)\b)"
            r"|\b(?:factors?|considerations?|arguments?|reasons|points|public interest"
            r"|balance)\b[^.]{0,40}\b(?:favouring|in favour of|for|supporting|against)"
            r" (?:the )?(?:disclosure|disclosing|release|releasing|non-disclosure|withholding)\b(?! (?:of )?whether)",
            but=r"\bneither favours\b",
            after=r"\b(?:neither|reasons?|time)\b[^,;]{0,30}$|\bpart of $",
        ),
        "D-04",
    ),
    _rule(
        "N-27",
        "weighs the wrong thing",
        "what is weighed is disclosing whether the information is held",
        "Weigh the public interest in maintaining the exclusion of the duty to confirm or deny against "
        "that in disclosing whether the information is held.",
        wording(
            r"\bpublic interest (?:in|of|for|lies in|favours) (?:the )?(?:disclosing|releasing|disclosure of|release of"
            r"|withholding|providing) (?!whether)(?:of )?(?:the |this |that |any |such )?(?:requested )?(?:information"
            r"|data|records?)\b(?! (?:is|was) held)"
            r"|\bpublic interest (?:in|lies in|favours) (?:maintaining|withholding|upholding) the exemptions?\b"
            r"|\bpublic interest (?:in|favours) (?:non-)?disclosure\b"
        ),
        warns=True,
    ),
    _rule(
        "N-28",
        "concludes the wrong way",
        "the conclusion is upside down: it finds for confirming",
        "Conclude that the public interest in maintaining the exclusion of the duty outweighs that in "
        "disclosing whether the information is held.",
        either(
            wording(
                r"\bbalanc\w+(?: test)?\b[^.]{0,60}\bfor confirm[^.]{0,80}\b(?:is|has been) (?:made out|met|satisfied)\b"
                r"|\bpublic interest in (?:disclosing whether|confirming)[^.]{0,160}\boutweighs?\b"
                r"|\bmaintaining the exclusion\b[^.]{0,160}\b(?:is|are) outweighed\b"
                r"|\b(?:balance|public interest)\b[^.]{0,60}\b(?:lies in|favours|falls in favour of|is in favour of"
                r"|lies with|in favour of) (?:confirm|disclos|the disclos)\w*(?! (?:is|are|include|has|have|would|but)\b)"
                r"|\bfactors (?:for|favouring|in favour of) confirm\w+(?: or den\w+)?\b[^.]{0,40}\boutweigh",
                but=r"\bnot (?:been )?(?:made out|met|satisfied|outweigh\w*)\b|\bdoes not (?:lie|fall|favour)\b|\bhowever\b",
                after=r"\b(?:whether|unless|if|where|when|as to)\b[^,;]{0,80}$",
            ),
            wording(
                _UPHOLDS_LOSES,
                after=r"\b(?:whether|unless|if|where|when|as to|not that)\b[^,;]{0,80}$",
            ),
        ),
        "D-01",
    ),
    _rule(
        "N-29",
        "relies on what withholds",
        "an exemption for keeping information back asserts that it is held",
        "Cite the subsection that lifts the duty to confirm or deny, such as 24(2) in place of 24(1).",
        _relied_on_to_withhold,
    ),
    _rule(
        "N-30",
        "says more than the request",
        "a number, a date or the name of an operation that is not in the request may say more than it did",
        "Take it out, or use the words of the request.",
        _numbers,
        warns=True,
    ),
    _rule(
        "N-31",
        "speaks of cost",
        "cost presupposes that there is something to find",
        "Leave cost out; section 12 has a letter of its own.",
        wording(
            r"\b(?:appropriate|cost|costs) limit\b|£\s?\d|\b\d+(?:\.\d+)? hours\b(?! (?:a|per) day)|\b(?:eighteen|twenty-four) hours\b"
            r"|\b(?:cost|time)s? (?:of|to|in) (?:comply\w*|locat\w+|retriev\w+|search\w*|extract\w*|find\w*|answering your)\b"
        ),
    ),
    _rule(
        "N-32",
        "points elsewhere",
        "sending the requester elsewhere says that it is not held here",
        "Leave it out; if help is to be given, point only to what others have published.",
        points_elsewhere,
    ),
    _rule(
        "N-33",
        "argues from disclosure",
        "the harm must come from confirming or denying, not from giving information",
        "Say what a confirmation, and what a denial, would tell people.",
        wording(
            r"\b(?:impact of providing|disclosure of (?:the|this|such|any)(?: requested)? (?!fact|answer|whether)"
            r"|any (?:release|disclosure)|FOI disclosure"
            r"|(?:providing|releasing|disclosing) (?:the |this |such |any )?(?:requested )?information(?! (?:as to"
            r"|about|on|that) whether)"
            r"|release of (?:the|this|such|any) |(?:information|details) (?:that|which) (?:is|are) (?:released|disclosed)"
            r"|(?:information|data)\b[^.,;]{0,40}\bshould (?:not )?be (?:disclosed|released)"
            r"|if (?:the|this|such) information (?:was|were) (?:to be )?(?:released|disclosed))\b",
            but=r"\bwhether or not (?:the|any|such|this) information is held\b",
            after=r"\b(?:not|rather than)\b[^,;]{0,16}$",
        ),
        "D-13",
        warns=True,
    ),
    _rule(
        "N-34",
        "misdescribes the duty",
        "the duty is to say whether information is held, not what; and nothing in the letter may be told as a fact",
        "Write 'confirm whether the information is held', and 'any operation' for 'the operation'.",
        either(
            wording(
                r"\bconfirm what (?:information|data|records)\b|\bwhat information (?:is|was) held\b"
            ),
            wording(
                r"\bthe (?:operations?|investigations?|attacks?|plots?|informants?|suspects?|surveillance|deployments?|warrants?"
                r"|referrals?|allegations?|arrests?|incidents?)"
                r" (?:was|were|took place|has been|have been|involved|remains?|led to"
                r"|(?:is|are) about|relates? to|concerns?|names)\b",
                after=r"\b(?:if|whether|would|could|any|unless)\b[^;]{0,80}$",
            ),
        ),
        "D-15",
        warns=True,
    ),
    _rule(
        "N-35",
        "names the threat level",
        "the threat level changes, and is one for all terrorism; a letter that names it is soon wrong",
        "Leave it out, link to where it is published, or use the dated wording of [threat_level] in config.toml.",
        threat_level_named,
        "D-16",
        warns=True,
    ),
)
"""Every leak that can be told from the words of the letter alone."""
