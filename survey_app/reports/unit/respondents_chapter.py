"""Responden: who answered, by every question of the profile; small groups are hidden."""

from __future__ import annotations

from analytics.disclosure import MINIMUM
from survey_app.reports.statements import hidden_words, official
from survey_app.reports.typesetting.blocks import Block, Gallery, Heading, Paragraph
from survey_app.reports.typesetting.figures import Figure, respondent_bars
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.text import Text
from survey_app.wording import plots
from survey_app.wording.voice import Voice


def blocks(paper: UnitPaper, voice: Voice) -> list[Block]:
    """Section 3.3."""
    heading = Heading(2, voice.say("3.3 Responden", "3.3 Respondents"))
    return [heading, *_body(paper, voice)]


def respondent_figure(profile: ShownProfile, n: int, voice: Voice) -> Figure:
    """Respondents by one profile question, with percentages of all `n`."""
    return respondent_bars(plots.of_profile(profile, n, Text("Tidak diisi", "Not stated")), voice)


def _body(paper: UnitPaper, voice: Voice) -> list[Block]:
    n = paper.result.score.n
    if paper.hidden:
        who = Text("Profil responden", "the profiles are")
        return [Paragraph(official.not_shown(who, paper.result.score, voice))]
    if not n:
        return [Paragraph(voice.say("Belum ada responden.", "There are no respondents yet."))]
    if n < MINIMUM:
        words = voice.say(
            "Profil tidak ditampilkan, karena jumlah responden kurang dari {least}.",
            "Profiles are not shown, because there are fewer than {least} respondents.",
            least=MINIMUM,
        )
        return [Paragraph(words)]
    figures = tuple(respondent_figure(profile, n, voice) for profile in paper.profiles)
    caption = voice.say(
        "Responden menurut profil, jumlah dan persen", "Respondents by profile, number and percent"
    )
    note = [Paragraph(hidden_words.small_groups(voice))] if any(p.hides for p in paper.profiles) else []
    return [Gallery(figures, caption), *note]
