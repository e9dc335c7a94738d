"""A published period stays what it was: same inputs, same text, same bytes of its report, anywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from analytics.period import Period
from analytics.text.comments import Kind
from survey_app import instruments
from survey_app.errors import Conflict, NotFound, StorageError
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import UnitReport, all_passages, unit_report
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.ikm import results
from survey_app.services.ikm.history import history
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Goal, Index, set_target
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import snapshot, unit_publishing
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.services.voices.comment_groups import CommentGroup, group_comments, unit_comments
from survey_app.services.voices.reading import Comment
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.wording import undated_words
from tests import other_bands, printed
from tests.other_bands import other_rules as other_rules
from tests.reports import samples

PERIOD = Period.parse("2019-S1")
COMMENTS = (CommentGroup("waktu", (("keluhan", 2), ("pujian", 1)), ("Antre lama \U0001f44d",)),)


def publish(database: Database, comments: tuple[CommentGroup, ...] | None = COMMENTS) -> Publication:
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    return unit_publishing.publish(database, ADMIN, result, all_passages(result), comments, samples.MADE_AT)


def test_what_is_published_is_read_back_and_gives_the_same_numbers(database: Database) -> None:
    samples.sekadau(database)
    made = publish(database)
    read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE)
    assert (read.version, read.sha256, read.published_at) == (1, made.sha256, samples.MADE_AT)
    assert str(read.snapshot.result.score.ikm) == "78.74"  # the published table's recomputation
    assert read.snapshot.result.current.moments.totals == (138, 139, 150, 177, 159, 163, 161, 143, 159)
    assert (
        read.snapshot.result.respondents
        == results.unit_result(database, "sekadau", PERIOD, within=PROVINCE).respondents
    )
    assert read.snapshot.sheets.tolist() == samples.sekadau_rows()
    assert read.snapshot.comments == COMMENTS


def test_a_publication_carries_its_moment_in_whole_seconds(database: Database) -> None:
    """A PDF, a page and a database each keep other fractions of a second: the moment has none anywhere."""
    samples.sekadau(database)
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    moment = samples.MADE_AT.replace(microsecond=999_999)
    made = unit_publishing.publish(database, ADMIN, result, all_passages(result), None, moment)
    read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE)
    assert made.published_at == read.published_at == samples.MADE_AT
    document = unit_report(UnitReport.of(database, read))
    assert document.made_at.timestamp() == document.timestamp


def test_later_answers_change_nothing_and_a_new_version_stands_beside_the_old(database: Database) -> None:
    samples.sekadau(database)
    first = render_pdf_here(unit_report(UnitReport.of(database, publish(database))))
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    second = publish(database)
    assert second.version == 2
    again = unit_publishing.published(database, "sekadau", PERIOD, version=1, within=PROVINCE)
    assert render_pdf_here(unit_report(UnitReport.of(database, again))) == first
    assert render_pdf_here(unit_report(UnitReport.of(database, second))) != first
    listed = unit_publishing.publications_of(database, "sekadau")
    assert [(str(period), version) for period, version, _ in listed] == [("2019-S1", 1), ("2019-S1", 2)]


def test_one_snapshot_is_the_same_bytes_on_both_databases(sqlite_url: str, fresh_postgres_url: str) -> None:
    made = []
    for i, url in enumerate((sqlite_url, fresh_postgres_url)):
        database = samples.opened(url)
        for n in range(i):  # other row numbers than in the first database
            samples.create_unit(database, f"lain-{n}", "Unit lain")
        samples.sekadau(database)
        publish(database)
        read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE)
        made.append((read.sha256, render_pdf_here(unit_report(UnitReport.of(database, read)))))
        database.close()
    assert made[0] == made[1]


@pytest.mark.parametrize("inside", [None, ADMIN])
def test_a_report_of_a_snapshot_is_the_report_of_the_live_result(
    database: Database, inside: Acting | None
) -> None:
    samples.sekadau(database)
    live = samples.report(database, "sekadau", "2019-S1", inside=inside)
    published = UnitReport.of(database, publish(database, None), "id", inside)
    same_edition = UnitReport(paper=published.paper, made_at=live.made_at, language="id", text=live.text)
    assert unit_report(same_edition) == unit_report(live)


def test_edited_passages_are_locked_in_both_languages(database: Database) -> None:
    samples.sekadau(database)
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    text = all_passages(result, {"id": {"kesimpulan": "Kami akan berbenah."}})
    made = unit_publishing.publish(database, ADMIN, result, text, None, samples.MADE_AT)
    assert made.snapshot.text["id"]["kesimpulan"] == "Kami akan berbenah."
    assert "78.74" in made.snapshot.text["en"]["kesimpulan"]


def test_nothing_can_alter_or_remove_a_publication(database: Database) -> None:
    samples.sekadau(database)
    publish(database)
    for statement in ("UPDATE publication SET sha256 = 'x'", "DELETE FROM publication"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="append-only"),
            database.engine.execution_options(write=True).begin() as connection,
        ):
            connection.execute(sa.text(statement))


def test_answers_that_came_in_since_the_result_refuse_publishing(database: Database) -> None:
    samples.sekadau(database)
    stale = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    samples.insert(database, "sekadau", [[1] * 9], "2019-05")
    with pytest.raises(Conflict) as caught:
        unit_publishing.publish(database, ADMIN, stale, all_passages(stale), None, samples.MADE_AT)
    assert caught.value.code == "publish-outdated"
    assert unit_publishing.publications_of(database, "sekadau") == []


@pytest.mark.usefixtures("other_rules")
def test_a_questionnaire_of_five_answers_is_published_and_read_back(database: Database) -> None:
    """Expected by hand: 100/5 times the mean of nine unsur that are each answered 5, 4, 4, 3 and 5."""
    samples.create_unit(database, "lima", "Unit Lima", instrument=other_bands.FIVE_LEVELS)
    samples.insert(database, "lima", [[score] * 9 for score in (5, 4, 4, 3, 5)], "2019-05")
    result = results.unit_result(database, "lima", PERIOD, within=PROVINCE)
    unit_publishing.publish(database, ADMIN, result, all_passages(result), None, samples.MADE_AT)
    read = unit_publishing.published(database, "lima", PERIOD, within=PROVINCE).snapshot
    assert str(read.result.score.ikm) == "84.00"
    assert read.result.current.moments.levels == 5
    assert read.sheets.tolist() == [[score] * 9 for score in (5, 4, 4, 3, 5)]


def test_a_service_is_not_published_alone(database: Database) -> None:
    samples.sekadau(database)
    result = results.unit_result(database, "sekadau", PERIOD, "umum", within=PROVINCE)
    with pytest.raises(ValueError, match="publish-service"):
        unit_publishing.publish(database, ADMIN, result, {}, None, samples.MADE_AT)


def test_what_was_never_published_is_not_found(database: Database) -> None:
    samples.sekadau(database)
    publish(database)
    for version, period in ((2, PERIOD), (None, Period.parse("2020"))):
        with pytest.raises(NotFound) as caught:
            unit_publishing.published(database, "sekadau", period, version, within=PROVINCE)
        assert caught.value.code == "publication-unknown"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("format",), 4, "snapshot-format"),
        (("instrument", "fingerprint"), "0" * 64, "snapshot-instrument"),
        (("trend", -1, "official", "ikm"), "99.99", "snapshot-result"),
    ],
)
def test_a_snapshot_that_cannot_be_computed_again_is_refused(
    database: Database, path: tuple[str | int, ...], value: object, code: str
) -> None:
    samples.sekadau(database)
    data = json.loads(snapshot.dump(publish(database).snapshot))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(StorageError) as caught:
        snapshot.load(json.dumps(data))
    assert caught.value.code == code


def test_dumping_what_was_loaded_gives_the_same_text(database: Database) -> None:
    samples.sekadau(database)
    text = snapshot.dump(publish(database).snapshot)
    assert snapshot.dump(snapshot.load(text)) == text
    assert (
        catalogue.find_unit(database, "sekadau", PROVINCE).unit.id > 0
    )  # a row number that is not in the text
    assert '"id":0' not in text


def test_comments_of_a_unit_are_redacted_and_grouped_with_a_few_examples(database: Database) -> None:
    samples.sekadau(database)
    for text in ("Antre lama, telepon saya 0812-3456-7890", "Petugas ramah", "Lama sekali"):
        samples.comment(database, "sekadau", text, "2019-06")
    groups = unit_comments(database, results.unit_result(database, "sekadau", PERIOD, within=PROVINCE))
    assert [(g.unsur, g.count) for g in groups] == [("waktu", 2), ("perilaku", 1)]
    assert groups[1] == CommentGroup("perilaku", (("pujian", 1),), ("Petugas ramah",))
    assert not any("3456" in text for text in groups[0].examples)
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    report = drafting.draft(database, result, samples.MADE_AT, inside=ADMIN)
    assert "Petugas ramah" in unit_report(report).files["data.json"]


def test_groups_follow_the_instrument_and_quote_the_first_comments(database: Database) -> None:
    samples.sekadau(database)
    entry = catalogue.find_unit(database, "sekadau", PROVINCE)
    said: list[tuple[str, tuple[str, ...], Kind | None]] = [
        ("Cepat dan ramah", ("waktu", "perilaku"), Kind.PRAISE),
        ("Lama", ("waktu",), Kind.COMPLAINT),
        ("Lama sekali", ("waktu",), Kind.COMPLAINT),
        ("Ok", (), None),
        ("Parkir", ("parkir",), Kind.COMPLAINT),
    ]
    heard = [
        Comment(
            entry=entry,
            service="umum",
            answered_at=samples.MADE_AT,
            received_at=samples.MADE_AT,
            text=text,
            unsur=unsur,
            kind=kind,
        )
        for text, unsur, kind in said
    ]
    assert group_comments(instruments.get("skm-2017@1"), heard, examples=2) == (
        CommentGroup("waktu", (("keluhan", 2), ("pujian", 1)), ("Cepat dan ramah", "Lama")),
        CommentGroup("perilaku", (("pujian", 1),), ("Cepat dan ramah",)),
        CommentGroup(None, (("", 1), ("keluhan", 1)), ("Ok", "Parkir")),
    )


def told(result: UnitResult) -> list[tuple[object, ...]]:
    """What the steps of a trend say; results themselves are equal to themselves alone."""
    return [(s.instrument, s.result.moments, s.result.score, s.breaks) for s in history(result)]


def test_flags_and_periods_of_other_questionnaires_are_locked_too(database: Database) -> None:
    samples.sekadau(database)
    catalogue.choose_instrument(database, ADMIN, "sekadau", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "sekadau", [[3] * 8], "2018-03")
    catalogue.choose_instrument(database, ADMIN, "sekadau", "skm-2017@1")
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    publish(database)
    read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE).snapshot.result
    assert read.quality == result.quality
    assert read.quality is not None
    assert read.quality.effect.everything.n == 49
    (other,) = read.elsewhere
    # Twenty-four of eight answers, all threes.
    assert (str(other.result.period), str(other.result.score.ikm)) == ("2018-S1", "75.00")
    assert told(read) == told(result)


def test_a_period_published_before_answers_were_flagged_can_be_read(database: Database) -> None:
    samples.sekadau(database)
    written = json.loads(snapshot.dump(publish(database).snapshot))
    for name in ("quality", "elsewhere"):
        del written[name]
    read = snapshot.load(json.dumps(written)).result
    assert (read.quality, read.elsewhere, str(read.score.ikm)) == (None, (), "78.74")


def register(database: Database, *actions: Action) -> None:
    for action in actions:
        plans.add(database, Acting(Role.ADMIN), "sekadau", action, samples.NOW)


EARLIER, LATER = Period.parse("2018-S2"), PERIOD
MENDED = Action(
    period=EARLIER,
    unsur="waktu",
    plan="Menambah loket",
    responsible="Kepala Seksi",
    status=Status.DONE,
    realisation="Dua loket dibuka",
    evidence="Foto 12",
    pair=Pair(Text("Antrean lama", "Long queue"), Text("Dua loket", "Two counters")),
    published=True,
)
PLANNED = Action(
    period=LATER,
    unsur="persyaratan",
    plan="Menyederhanakan syarat",
    responsible="Kepala Dinas",
    due=Period.parse("2019-TW4"),
    status=Status.RUNNING,
)


def test_the_register_is_locked_with_the_period(database: Database) -> None:
    samples.sekadau(database)
    samples.insert(database, "sekadau", samples.random_rows(40), "2018-11")
    register(database, MENDED, PLANNED)
    made = publish(database)
    first = render_pdf_here(unit_report(UnitReport.of(database, made)))
    register(database, replace(PLANNED, plan="Sesudah terbit"), replace(MENDED, unsur="biaya"))
    samples.insert(database, "sekadau", [[4] * 9] * 9, "2018-12")
    read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE)
    assert (read.snapshot.follow_up.planned, read.snapshot.follow_up.previous) == ((PLANNED,), (MENDED,))
    assert [f.measured.moments.n for f in read.snapshot.follow_up.findings] == [40]
    assert render_pdf_here(unit_report(UnitReport.of(database, read))) == first
    assert snapshot.dump(read.snapshot) == snapshot.dump(made.snapshot)


def test_a_snapshot_with_a_register_is_the_same_bytes_on_both_databases(
    sqlite_url: str, fresh_postgres_url: str
) -> None:
    made = []
    for i, url in enumerate((sqlite_url, fresh_postgres_url)):
        database = samples.opened(url)
        if i:  # other row numbers than in the first database
            samples.create_unit(database, "lain", "Unit lain")
            plans.add(database, Acting(Role.ADMIN), "lain", PLANNED, samples.NOW)
        samples.sekadau(database)
        samples.insert(database, "sekadau", samples.random_rows(40), "2018-11")
        register(database, MENDED, PLANNED)
        read = publish(database)
        made.append((read.sha256, render_pdf_here(unit_report(UnitReport.of(database, read)))))
        database.close()
    assert made[0] == made[1]


def test_a_snapshot_of_the_first_format_is_still_read(database: Database) -> None:
    samples.sekadau(database)
    data = json.loads(snapshot.dump(publish(database).snapshot))
    old = {key: value for key, value in data.items() if key not in ("follow_up", "rewritten")} | {"format": 1}
    read = snapshot.load(json.dumps(old))
    assert (str(read.result.score.ikm), read.follow_up.planned, dict(read.rewritten)) == ("78.74", (), {})


def test_the_target_is_locked_with_the_period(database: Database) -> None:
    samples.sekadau(database)
    year = Period.parse("2019")
    set_target(database, ADMIN, Scope(unit="sekadau"), Index.IKM, year, Decimal("80"), samples.NOW)
    first = publish(database)
    assert first.snapshot.goal == Goal(year, Decimal("80.00"))
    made = render_pdf_here(unit_report(UnitReport.of(database, first)))
    set_target(database, ADMIN, Scope(unit="sekadau"), Index.IKM, year, Decimal("70"), samples.NOW)
    again = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE)
    assert render_pdf_here(unit_report(UnitReport.of(database, again))) == made
    assert publish(database).snapshot.goal == Goal(year, Decimal("70.00"))
    assert (
        unit_publishing.published(database, "sekadau", PERIOD, version=1, within=PROVINCE).sha256
        == first.sha256
    )


def test_a_snapshot_from_before_targets_is_the_report_it_was(database: Database) -> None:
    samples.sekadau(database)
    before = publish(database)
    data = json.loads(snapshot.dump(before.snapshot))
    old = {key: value for key, value in data.items() if key != "goal"} | {"format": 2}
    # A target set since then is none of the published report's.
    set_target(database, ADMIN, Scope(unit="sekadau"), Index.IKM, PERIOD, Decimal("80"), samples.NOW)
    read = replace(before, snapshot=snapshot.load(json.dumps(old)))
    made = render_pdf_here(unit_report(UnitReport.of(database, read)))
    assert made == render_pdf_here(unit_report(UnitReport.of(database, before)))


def test_answers_without_a_date_are_locked_with_the_period(database: Database) -> None:
    """All 49 of the sample have none. What was published before they were counted says nothing of them."""
    samples.sekadau(database)
    before = publish(database)
    assert before.snapshot.result.undated == (0, 0, 0, 0, 0, 49)
    assert undated_words.OF_PERIOD.format(n=49, all=49).id in words_of(database, before)
    data = json.loads(snapshot.dump(before.snapshot))
    old = json.dumps({key: value for key, value in data.items() if key != "undated"})
    read = replace(before, snapshot=snapshot.load(old))
    assert "tanpa tanggal" not in words_of(database, read)
    assert json.loads(snapshot.dump(read.snapshot)) == json.loads(old)


def words_of(database: Database, publication: Publication) -> str:
    """The words of the report, white space as single spaces."""
    return printed.words(render_pdf_here(unit_report(UnitReport.of(database, publication))))


def test_a_finding_in_the_register_that_cannot_be_computed_again_is_refused(database: Database) -> None:
    samples.sekadau(database)
    samples.insert(database, "sekadau", samples.random_rows(40), "2018-11")
    register(database, MENDED)
    data = json.loads(snapshot.dump(publish(database).snapshot))
    data["follow_up"]["findings"][0]["official"]["n"] = 41
    with pytest.raises(StorageError) as caught:
        snapshot.load(json.dumps(data))
    assert caught.value.code == "snapshot-result"
