"""Nothing on this desk knows one scheme: every kind of stage, act and entry has its words, and a person may apply."""

import pytest

from kithwork.core.journey import Act, ActKind, EntryKind, fold
from kithwork.core.schemes import Role, load_texts
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import as_entry
from kithwork.web.body.wording import act_title, history, stage_hint, stage_state
from tests.core.schemes import sample as kestrel

TEXTS = {"scheme.toml": kestrel.SCHEME, "requirements.toml": kestrel.REQUIREMENTS}


@pytest.fixture(scope="module")
def edition():
    return load_texts(TEXTS, "kestrel/2024")


def test_every_act_has_words_in_every_stage(edition, today):
    for stage in edition.stages:
        for what in ActKind:
            for role in Role:
                words = act_title(Act(stage.id, what, role, today, count=2, item="x"), edition)
                assert words.startswith(f"{stage.title}: ")
    assert act_title(Act("", ActKind.APPOINT, Role.OFFICER, today), edition) == "Appoint an assessor"


def test_every_entry_has_words_in_every_stage(edition, today):
    for stage in edition.stages:
        for kind in EntryKind:
            row = EntryRow(
                on=today,
                kind=kind.value,
                stage=stage.id,
                item="x",
                outcome="yes",
                level="bronze",
                until=today,
                amount=5,
            )
            (event,) = history([row], edition)
            assert len(str(event.title)) > len(stage.title) + 5


def test_what_belongs_to_no_stage_has_words_of_its_own(edition, today):
    """Duties, and what a renewal asks for again, are written without a stage: the journey's page fell over them."""
    rows = [EntryRow(on=today, kind=kind, item="x") for kind in ("kept", "reported", "asked")]
    titles = [str(event.title) for event in history(rows, edition)]
    assert titles == [
        "Asked for again, as recommended last time: standard",
        "X: a change was told",
        "X confirmed",
    ]


def test_only_what_is_closed_is_called_closed(edition, today):
    stage = edition.stages[0].id
    said = {
        kind: str(history([EntryRow(on=today, kind=kind.value, stage=stage, item="x")], edition)[0].title)
        for kind in EntryKind
    }
    assert [kind for kind, words in said.items() if words.endswith("closed")] == [EntryKind.CLOSED]


def test_a_run_of_like_entries_is_one_event(edition, today):
    rows = [
        EntryRow(
            on=today, kind="submitted", stage=next(s.id for s in edition.stages if s.kind == "evidence"), item=slot
        )
        for slot in ("a", "b", "c")
    ]
    (event,) = history(rows, edition)
    assert "3 standards sent" in event.title


def test_every_stage_has_a_state(edition, today):
    position = fold(edition, [as_entry(today, "opened", "applicant", "", "", "", "bronze", None, None, "")], today)
    for stage in position.stages.values():
        assert stage_state(stage, today, stopped=False).word
        assert isinstance(stage_hint(stage, today, edition), str)


@pytest.mark.django_db
def test_a_person_may_apply(people, olu, at, tmp_path, today):
    folder = tmp_path / "kestrel" / "2024"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text.replace('applicant = "service"', 'applicant = "person"'))
    edition = journeys.publish(folder=folder, body=people.body, by=people.olu)
    journey = journeys.begin(edition=edition, by=people.eve, today=today)
    for name, args in (
        ("body_home", ()),
        ("body_journey", (journey.ref,)),
        ("appoint", (journey.ref,)),
        ("clock", (journey.ref,)),
        ("close", (journey.ref,)),
        ("body_ledger", ()),
    ):
        answer = olu.get(at(name, *args))
        assert answer.status_code == 200, name
        assert people.eve.name in answer.content.decode(), name
