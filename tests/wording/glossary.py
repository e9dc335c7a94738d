"""The words that nobody is to read, and the texts that use them; run as a module it names them by concept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import survey_app
from survey_app.text import Language, Text
from tests.wording import elsewhere, golden, refusals

DOCUMENT = Path(__file__).parents[2] / "data" / "reference" / "glossary.json"
CITIZENS, STAFF, REPORTS = "citizens", "staff", "reports"
#: What only staff open at a kiosk.
_AT_THE_BACK = ("operator", "state_", "pair", "new_pin", "pin", "leave", "stopped", "insecure", "no_storage")
#: Who reads a text, by how its name begins; the longest beginning that fits counts, and staff read the rest.
_READ_BY = {
    "docs.panduan.": STAFF,
    "instruments.": STAFF,
    "instruments.skm-2017": CITIZENS,
    "instruments.spak": CITIZENS,
    "pages.survei.": CITIZENS,
    "reports.": REPORTS,
    "reports.prints.": CITIZENS,
    "services.answers.checks.check_": CITIZENS,
    # The form sends it right: who reads this writes a program.
    "services.answers.checks.check_identity": STAFF,
    "web.submissions._bad_id": STAFF,
    "storage.queue_codes.": CITIZENS,
    "ui.choosing.": CITIZENS,
    "ui.choosing.METHODS": STAFF,
    "ui.choosing.NO_SERVICE": STAFF,
    "ui.troubles.": CITIZENS,
    "services.places.catalogue.UNIT_UNKNOWN": CITIZENS,
    "web.": CITIZENS,
    # Whoever works with the files of open data knows the words of the trade.
    "web.open_": STAFF,
    "web.api.": STAFF,
    "web/": CITIZENS,
    # Citizens do not sign in.
    **dict.fromkeys(("web.account", "web.first_link.", "web.one_time_link.", "web.sign_in."), STAFF),
    "web/templates/account": STAFF,
    "web/templates/public_data.html": STAFF,
    **{f"web.kiosk_words.json[{key}": STAFF for key in _AT_THE_BACK},
}
#: What is filled in, typed, or opened: an address, an option, the name of a file.
_NO_WORDS = re.compile(
    r"\{[^}]*\}|‹[^›]*›|https?://\S+|(?<!\w)--[a-z][\w-]*(?:=\S+| (?:form|narrative)\b)?|(?<!\w)-[a-z]\b"
    r"|\w[\w.-]*/[\w.-]+[/.][\w./-]+|\w+\.(?:json|csv|html|py)\b"
)


@dataclass(frozen=True)
class Never:
    """A word that is not to be read, unless within a phrase; by `to`, or by everybody."""

    concept: str
    word: str
    language: Language
    to: tuple[str, ...]
    but: tuple[str, ...]

    def is_in(self, text: Text, reader: str) -> bool:
        if reader not in self.to:
            return False
        wording = _words_of(text.in_language(self.language))
        for phrase in self.but:
            wording = _whole(phrase).sub(" ", wording)
        return bool(_whole(self.word).search(wording))


def nevers() -> list[Never]:
    concepts = json.loads(DOCUMENT.read_text(encoding="utf-8"))["concepts"]
    return [
        Never(
            concept=concept["concept"],
            word=never["word"],
            language=never.get("language", "id"),
            to=tuple(never.get("to", (CITIZENS, STAFF, REPORTS))),
            but=tuple(never.get("but", ())),
        )
        for concept in concepts
        for never in concept["never"]
    ]


def reader_of(name: str) -> str:
    return max(
        ((len(start), who) for start, who in _READ_BY.items() if name.startswith(start)), default=(0, STAFF)
    )[1]


def used(texts: Mapping[str, Text]) -> dict[tuple[str, str], list[str]]:
    """The names of the texts that use a word, by its concept and itself."""
    found = {
        (never.concept, never.word): [
            name for name, text in texts.items() if never.is_in(text, reader_of(name))
        ]
        for never in nevers()
    }
    return {which: names for which, names in found.items() if names}


def everything() -> Mapping[str, Text]:
    """Every text for people: those of the code, those outside it, and what commands say in one language."""
    said = refusals.said_by_commands(Path(survey_app.__file__).parent / "cli")
    spoken = {f"cli.{at}": Text(words, "") for at, words in said.items()}
    return {**golden.everything(), **elsewhere.everything(), **spoken}


@cache
def _words_of(wording: str) -> str:
    return _NO_WORDS.sub(" ", wording).replace("**", "")


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    """As words of their own, also with -nya, -kah, -lah, and as an English plural."""
    return re.compile(rf"(?<![\w-]){re.escape(phrase)}(?:nya|kah|lah|s)?(?![\w-])", re.IGNORECASE)


if __name__ == "__main__":
    for (concept, word), names in used(everything()).items():
        print(f"{len(names):4} {word} ({concept}): {', '.join(names[:40])}")
