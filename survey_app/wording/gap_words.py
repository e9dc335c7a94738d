"""What is said of what respondents leave open."""

from __future__ import annotations

from analytics.comparison import Counted, ShareBeside
from analytics.disclosure import is_few
from survey_app.text import Text
from survey_app.wording.voice import Voice

MORE = Text(
    "{group} lebih sering tidak mengisi {what} daripada responden lain.",
    "{group} leave {what} open more often than other respondents.",
)
LESS = Text(
    "{group} lebih jarang tidak mengisi {what} daripada responden lain.",
    "{group} leave {what} open less often than other respondents.",
)
NOTHING = Text(
    "Tidak ada kelompok responden yang jelas lebih sering tidak mengisi suatu unsur.",
    "No group of respondents clearly leaves a service element open more often.",
)
NO_WAY = Text(
    "Tidak ada cara menjawab yang profilnya jelas lebih sering tidak diisi.",
    "There is no way of answering in which the profile clearly stays open more often.",
)
PROFILE = Text("seluruh profil", "the whole profile")
WHY = Text(
    "Jika satu kelompok sering tidak mengisi, nilai unsur itu lebih sedikit menyuarakan kelompok tersebut.",
    "Where one group often leaves an element open, its score speaks less for that group.",
)


def sentence(found: ShareBeside, group: str, what: str, voice: Voice) -> str:
    """Who leaves what open more or less often."""
    return voice.text((MORE if found.more else LESS).format(group=group, what=what))


def shares(counted: Counted, voice: Voice, hidden: str) -> tuple[str, str]:
    """The shares of the group and of the others in percent; `hidden` where any who did or did not are a few.

    Both, as a page tells how many left it open in all, and how many there are of each.
    """
    pairs = (counted.part, counted.n), (counted.others_part, counted.others)
    if any(is_few(part) or is_few(n - part) for part, n in pairs):
        return hidden, hidden
    return voice.percent(*pairs[0], 0), voice.percent(*pairs[1], 0)
