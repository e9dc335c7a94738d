"""What the words before a number say it is."""

from __future__ import annotations

import re
from enum import StrEnum


class Cue(StrEnum):
    """What a number is said to be."""

    PHONE = "phone"
    BANK = "bank"
    IDENTITY = "identity"
    NONE = "none"


#: Words that may stand between what a number is called and the number.
BETWEEN = (
    r"(?:saya|sy|sya|ku|aku|ulun|kami|ini|nya|ke|di|no|nomor|nomer|nmr|rumah|kantor|adalah|yaitu|istri|suami|anak|an"
    r"|baru|lama|dinas|bri|bni|bca|btn|bsi|mandiri|bpd|dgn|dengan|langsung|aja|saja|ya|anda|lah)"
)
_CALLED = {
    Cue.PHONE: (
        r"w\.?a|whats?\s?app?|hp|hape|handphone|telp?|tlp|tlpn|tel|telepon|telpon|telfon|phone|hub|hubungi|hubungin"
        r"|kontak|contact|cp|call|sms|fax|faks"
    ),
    Cue.BANK: r"rek|rekening|norek|bri|bni|bca|btn|bsi|mandiri|bankaltimtara|transfer|tf|va|dana|ovo|gopay",
    Cue.IDENTITY: r"nik|kk|ktp|e-ktp|nip|npwp|bpjs|jkn|sim|paspor|passport|nisn|nuptk|karpeg|kis",
}
_BEFORE = {
    # In square brackets it is the mark of something found before, not a word of the writer.
    cue: re.compile(rf"(?<![\w\[])(?:{called})(?:\W{{1,3}}{BETWEEN}){{0,3}}\W{{0,4}}$", re.IGNORECASE)
    for cue, called in _CALLED.items()
}
_REACH = 40


def before(text: str, at: int) -> Cue:
    """What the words right before `at` call the number there; where several do, the nearest."""
    window = text[max(0, at - _REACH) : at]
    found = [(match.start(), cue) for cue, known in _BEFORE.items() if (match := known.search(window))]
    return max(found)[1] if found else Cue.NONE
