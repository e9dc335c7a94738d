"""Plates of vehicles, and addresses that a number makes somebody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.text.redaction.plain import Plain
from analytics.text.redaction.spans import Personal, Span, listed

#: Codes of registration (Perpol 7/2021, with older ones still on the road).
_REGIONS = listed(
    "AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT DW EA"
    " EB ED KB KH KT KU PA PB PG PS PY RI A B D E F G H K L M N P R S T W Z"
)
_PLATE = re.compile(
    rf"(?<![\w-])(?P<region>{'|'.join(sorted(_REGIONS))})(?P<gap>[\s.\-]{{0,2}})(?P<digits>[1-9]\d{{0,3}})"
    r"(?:[\s.\-]{0,2}(?P<series>[a-z]{1,3}))?(?![\w])",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"(?:plat|pelat|nopol|tnkb|mobil|motor|kendaraan|angkot|bus|truk|truck|taksi|ojol|nomor\spolisi|no\spol)"
    r"(?:\W{1,3}(?:dinas|saya|ulun|kami|nomor|no|nya|merah|hitam|putih|dengan|plat|nopol)){0,3}\W{0,3}$",
    re.IGNORECASE,
)
#: Short words that stand behind a letter and a number as often as a plate's series does.
_NO_SERIES = listed(
    "an dan di ke dr dgn jam ada yg tdk hr hari bln thn th rb jt kg km cm mm ml gr m org or x wib wit "
    "kk ktp kia sim skm ikm asn pns uu pp va kali lt rt rw no ini itu dll dst bis bs ac gb mb tb kwh w "
    "v s d sd"
)

_HEAD = re.compile(
    r"(?<![\w\[])(?P<head>jl|jln|jalan|gg|gang|lr|lorong|perum|perumahan|komplek|kompleks|komp|blok|rumah|rt)(?![a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<number>\d+[a-z]?(?![\w]))|(?P<mark>[^\w\s])|(?P<line>\n)", re.IGNORECASE
)
_REACH = 140
_MOST_WORDS = 5
#: Words that begin a number of an address, and which of them may begin the address itself.
_MARKERS = frozenset(["no", "nomor", "nomer", "nmr", "rt", "rw", "gg", "gang", "blok"])
_LETTERED = frozenset({"blok"})
_WARDS = frozenset(["kel", "kelurahan", "desa", "kec", "kecamatan", "dusun"])
#: What may have a name in the place of a number.
_LANES = frozenset(["gg", "gang", "lr", "lorong"])
#: After these a number follows at once; a street has a name.
_NUMBERED = frozenset(["gg", "gang", "lr", "lorong", "blok", "rt"])
#: What no name of a street holds: the sentence goes on.
_GOES_ON = listed(
    "di ke dari yang yg dan sampai selama untuk saya tidak ada rusak macet banjir kaki terus menuju "
    "loket lewat pulang pergi kami sudah belum masih sambil dengan dgn bolak lagi saja cuma hanya "
    "sekitar kurang lebih itu ini jauh kantor harus setelah sebelum karena antri kok lampu lampunya "
    "sekarang sini sana keluar masuk"
)
_UNITS = listed(
    "kali jam hari km meter m orang tahun bulan minggu menit detik arah lajur lubang persen kilo rumah warga"
)


def find_places(plain: Plain) -> Iterator[Span]:
    """Plates first, then addresses."""
    plates = list(_plates(plain.text))
    yield from plates
    yield from _addresses(plain.without((span.start, span.end) for span in plates).text)


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        if _is_plate(match, _VEHICLE.search(text[max(0, match.start() - 40) : match.start()]) is not None):
            yield Span(match.start(), match.end(), Personal.PLATE)


def _is_plate(match: re.Match[str], told: bool) -> bool:
    """`told`: the words before speak of a vehicle. Else a queue number or a grade could be meant."""
    region, digits, series = match["region"], match["digits"], match["series"] or ""
    if not series:
        return told and len(digits) > 1
    if series.lower() in _NO_SERIES and not (told and len(digits) > 2):
        return False
    capitals = region.isupper() and series.isupper()
    enough = len(digits) > 2 or (len(digits) == 2 and len(region) == 2)
    return told or (enough and (capitals or (len(digits) == 4 and len(region) == 2 and len(series) > 1)))


def _addresses(text: str) -> Iterator[Span]:
    taken = 0
    for head in _HEAD.finditer(text):
        if head.start() < taken:
            continue
        end = _address_end(text, head)
        if end is not None:
            taken = end
            yield Span(head.start(), end, Personal.ADDRESS)


def _address_end(text: str, head: re.Match[str]) -> int | None:
    reading = _Reading(head["head"].lower())
    for token in _TOKEN.finditer(text, head.end(), head.end() + _REACH):
        if not reading.take(token, text):
            break
    return reading.end


class _Reading:
    """An address being read, word by word; `end` is where it ends if nothing more belongs to it."""

    def __init__(self, head: str) -> None:
        self.end: int | None = None
        self._head = head
        self._marker = head if head in _NUMBERED else ""
        self._names = 0
        self._proper = True  # every word of the name so far begins with a capital
        self._alone = head == "rt"  # a neighbourhood alone is nobody's address
        self._first: int | None = None

    def take(self, token: re.Match[str], text: str) -> bool:
        """Whether the token may belong to the address."""
        if token["number"]:
            return self._number(token, text)
        if token["word"]:
            return self._word(token)
        if token["line"]:
            return self.end is None
        # Marks may stand between the parts, and a full stop after a part ends the sentence.
        return token["mark"] in (",", "/", "-", ":", "#", "(", ")", "'") or (
            token["mark"] == "." and self._open()
        )

    def _open(self) -> bool:
        return bool(self._marker) or self.end is None

    def _number(self, token: re.Match[str], text: str) -> bool:
        if len(token["number"]) > 5:
            return False
        if self._marker:
            self._accept(token)
            return True
        named = self._names > 0 and self._proper
        if self._head not in ("jl", "jln", "jalan") or not named or _unit_follows(text, token.end()):
            return False
        self._accept(token)
        return True

    def _accept(self, token: re.Match[str]) -> None:
        if self._alone:
            self._alone, self._first = False, token.end()
        else:
            self.end = token.end()
        self._marker, self._names = "", 0

    def _word(self, token: re.Match[str]) -> bool:
        word, open_ = token["word"].lower(), self._marker
        if word in _MARKERS:
            self._marker = word
            return open_ in ("", *_LANES, *_LETTERED)
        if open_ in _LETTERED and len(word) <= 2:
            return True
        if self._head == "rt" and word in _WARDS:
            self.end = self._first
        if self._head in ("rumah", "rt") or self.end is not None or word in _GOES_ON:
            return False
        if open_ and open_ not in _LANES:
            return False
        self._marker = ""
        self._names += 1
        self._proper = self._proper and token["word"][0].isupper()
        return self._names <= _MOST_WORDS


def _unit_follows(text: str, at: int) -> bool:
    following = _TOKEN.match(text, at + 1) if text[at : at + 1] == " " else None
    return following is not None and (following["word"] or "").lower() in _UNITS
