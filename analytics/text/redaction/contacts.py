"""E-mail addresses, links to a person's page, and names of accounts, however they are spelt.

Every expression is bounded, and where an address may reach far to the left it is read backwards from its "@":
the time taken is proportional to the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.text.redaction.plain import Plain
from analytics.text.redaction.spans import Personal, Span, listed

_HOSTS = (
    r"(?:t\.me|telegram\.me|wa\.me|wa\.link|(?:api|chat)\.whatsapp\.com|instagram\.com|facebook\.com|fb\.com|"
    r"fb\.me|tiktok\.com|twitter\.com|x\.com|linkedin\.com|youtube\.com|youtu\.be|threads\.(?:net|com)|line\.me|"
    r"linktr\.ee|(?:drive|docs)\.google\.com|photos\.app\.goo\.gl|maps\.app\.goo\.gl)"
)
_LINK = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:(?:www|m|web|vt|id-id)\.)?{_HOSTS}/[^\s<>\"\x00]{{1,200}}", re.IGNORECASE
)

#: "@", "(at)", "[at]"; and the bare word, which counts before a mail provider or a spelt-out dot only.
_AT = re.compile(
    r"(?P<sign>\s{0,2}(?:@|[(\[{<]\s?(?:at|et|@)\s?[)\]}>])\s{0,2})|(?P<word>\s(?:at|et)(?=\s))",
    re.IGNORECASE,
)
_PROVIDER = (
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|rocketmail|proton(?:mail)?|aol|mail)"
)
_TOP = r"(?:com|id|co|net|org|go|ac|sch|web|my|or|info|gov|edu|desa|biz|io|me|xyz|uk)"
#: A dot that is spelt, set in brackets, a comma, or has space about it: only before what ends an address.
_LOOSE_DOT = r"(?:\s?[(\[{]\s?(?:dot|titik|\.)\s?[)\]}]\s?|\s(?:dot|titik)\s|\s{0,2}[.,]\s{0,2})"
_DOMAIN = re.compile(
    rf"(?P<first>[a-z][\w\-]{{0,62}})(?P<rest>(?:\.[\w\-]{{1,63}}){{0,5}})"
    rf"(?P<loose>(?:{_LOOSE_DOT}{_TOP}(?![\w])){{0,4}})",
    re.IGNORECASE,
)
_OWN_DOMAIN = re.compile(rf"{_PROVIDER}(?:\s{{1,2}}(?:com|co\s?\.?\s?id)(?!\w))?", re.IGNORECASE)
_ENDS = re.compile(rf"\.{_TOP}$", re.IGNORECASE)
_SPELT_DOT = re.compile(r"dot|titik", re.IGNORECASE)
#: What stands before the "@", read from right to left; its dot or underscore may be spelt too.
_LOCAL = re.compile(
    r"[\w.+\-%']{1,64}(?:\s(?:tod|kitit|erocsrednu|hawab\ssirag)\s[\w.+\-%']{1,64}){0,3}", re.IGNORECASE
)
_REACH = 140

_HANDLE = re.compile(r"@\s?(?P<name>[a-z_](?:[\w.]{0,38}\w))", re.IGNORECASE)
_PLACES = listed(
    "loket kantor jam rp idr orang org lembar lbr hari bulan pcs unit ruang rumah pasar mpp samsat"
)
_NETWORK = r"(?:ig|instagram|insta|fb|facebook|tiktok|twitter|telegram|tele|threads|(?:id\s)?line|snapchat)"
#: After a colon any name is an account's; without one it must look like one, with a digit, dot or line.
_NAMED = re.compile(
    rf"(?<![\w\[@./])(?i:{_NETWORK})(?i:\s(?:saya|sy|ulun|aku|kami|akun|nama|nya))?\s?"
    r"(?:[:=]\s?@?(?P<told>(?=[\w.]{0,38}[A-Za-z])\w[\w.]{1,38}\w(?:\s[A-Z][a-z]{1,20}){0,2})"
    r"|\s@?(?P<seen>(?=[a-z]{0,20}[\d_.])[a-z][\w.]{2,38}\w))"
)


def find_contacts(plain: Plain) -> Iterator[Span]:
    """Links first, then addresses, then accounts: each is looked for in what the one before has left."""
    for finder in (_links, _emails, _handles, _accounts):
        found = list(finder(plain.text))
        yield from found
        plain = plain.without((span.start, span.end) for span in found)


def _links(text: str) -> Iterator[Span]:
    for match in _LINK.finditer(text):
        yield Span(match.start(), match.start() + len(match[0].rstrip(".,;:!?)]}'")), Personal.ACCOUNT)


def _emails(text: str) -> Iterator[Span]:
    taken = 0
    for at in _AT.finditer(text):
        domain = _domain(text, at)
        if domain is None or at.start() < taken:
            continue
        before = text[max(taken, at.start() - _REACH) : at.start()]
        local = _LOCAL.match(before[::-1])
        if local is None:
            continue
        taken = domain
        yield Span(at.start() - local.end(), domain, Personal.EMAIL)


def _domain(text: str, at: re.Match[str]) -> int | None:
    """Where the domain after an "@" ends; None where what follows is none."""
    start = at.end() + bool(at["word"])
    match = _DOMAIN.match(text, start)
    if match is None:
        return None
    provider = _OWN_DOMAIN.match(text, start)
    end = max(match.end(), provider.end() if provider else 0)
    if at["word"]:
        return end if provider or _SPELT_DOT.search(match["loose"]) else None
    # "saya @dina.marlina" is an account: across a space only what ends as an address does is one.
    apart = at["sign"] != at["sign"].strip()
    ends = match["loose"] or _ENDS.search(match["rest"])
    return end if ends or provider or not apart else None


def _handles(text: str) -> Iterator[Span]:
    for match in _HANDLE.finditer(text):
        if match["name"].lower() not in _PLACES and " " not in match[0]:
            yield Span(match.start(), match.end(), Personal.ACCOUNT)


def _accounts(text: str) -> Iterator[Span]:
    for match in _NAMED.finditer(text):
        name = "told" if match["told"] else "seen"
        yield Span(match.start(name), match.end(name), Personal.ACCOUNT)
