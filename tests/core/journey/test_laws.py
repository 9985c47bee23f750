"""Laws of the fold, tried on random walks through a real scheme."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.journey import ActKind, Answer, Entry, EntryKind, ItemState, Position, StageState, Status, fold, may
from kithwork.core.schemes import Edition, EvidenceStage, InterviewStage, Role, VisitStage, load, load_texts
from tests.core.schemes.sample import TEXTS
from tests.examples import at_most

QIM = load(Path(__file__).parents[3] / "schemes" / "qim" / "2022")
START = date(2026, 1, 5)
KINDS = [kind for kind in EntryKind if kind is not EntryKind.OPENED]


def small(edition: Edition) -> Edition:
    """The same scheme with one requirement an area and level, so that random walks reach its end."""
    kept = [
        requirement
        for requirement in edition.requirements
        if [r.id for r in edition.requirements if (r.area, r.level) == (requirement.area, requirement.level)].index(
            requirement.id
        )
        < 1
    ]
    parts = {name: getattr(edition, name) for name in Edition.model_fields}
    return Edition(**{**parts, "requirements": tuple(kept)})


SMALL = small(QIM)
KESTREL = load_texts(TEXTS, "kestrel/2024")  # every kind of stage
EDITIONS = [SMALL, KESTREL]
Walk = tuple[Edition, list[Entry]]


def acts_as_entries(edition: Edition, position: Position, today: date) -> list[Entry]:
    """The entries that would do what is open: a journey that goes well."""
    found: list[Entry] = []
    for act in position.acts:
        stage = act.stage
        items = position.stages[stage].items if stage else {}
        match act.what.value:
            case "answer":
                found.append(Entry(today, EntryKind.ANSWERED, act.role, stage, outcome=Answer.YES))
            case "fill_in" | "renew":
                found.append(Entry(today, EntryKind.SUBMITTED, act.role, stage))
            case "recommend":
                found.append(Entry(today, EntryKind.RECOMMENDED, act.role, stage, outcome=Answer.YES))
            case "decide":
                found.append(Entry(today, EntryKind.DECIDED, act.role, stage, outcome=Answer.YES))
            case "invoice":
                found.append(Entry(today, EntryKind.INVOICED, act.role, stage, amount=1))
            case "pay":
                found.append(Entry(today, EntryKind.PAID, Role.OFFICER, stage))
            case "arrange":
                found.append(Entry(today, EntryKind.ARRANGED, act.role, stage, until=today))
            case "hold":
                found.append(Entry(today, EntryKind.HELD, act.role, stage))
            case "send" | "supplement":
                owed = {ItemState.BLANK, ItemState.RETURNED, ItemState.BREACHED}
                if act.what.value == "supplement":
                    owed -= {ItemState.BLANK}
                found.extend(
                    Entry(today, EntryKind.SUBMITTED, act.role, stage, "" if i.id == stage else i.id)
                    for i in items.values()
                    if i.state in owed
                )
            case "assess" | "report_findings":
                open_states = {ItemState.SENT} if act.what.value == "assess" else {ItemState.BLANK}
                found.extend(
                    Entry(today, EntryKind.CONFIRMED, Role.ASSESSOR, stage, "" if i.id == stage else i.id)
                    for i in items.values()
                    if i.state in open_states
                )
            case "interview":
                found.append(Entry(today, EntryKind.HELD, act.role, stage, act.item, detail="individual"))
            case "appoint":
                found.append(Entry(today, EntryKind.APPOINTED, act.role))
            case "ask":
                found.append(Entry(today, EntryKind.INVITED, act.role, stage))
            case "choose":
                found.append(Entry(today, EntryKind.CHOSEN, act.role, stage))
            case "attend":
                found.extend(
                    Entry(today, EntryKind.ATTENDED, act.role, stage, i.id)
                    for i in items.values()
                    if i.state is ItemState.BLANK
                )
            case "sign":
                found.append(Entry(today, EntryKind.SIGNED, act.role, stage))
            case "keep":
                found.append(Entry(today, EntryKind.KEPT, act.role, item=act.item))
            case "resume":
                found.append(Entry(today, EntryKind.RESUMED, act.role))
            case "grant":
                from kithwork.core.journey import term

                level = position.level
                found.append(
                    Entry(today, EntryKind.GRANTED, act.role, stage, level=level, until=term(edition, position, today))
                )
    return found


@st.composite
def crooked(draw: st.DrawFn, edition: Edition, position: Position, today: date) -> Entry:
    """Anything at all, sensible or not."""
    stage = draw(st.sampled_from(["", *position.stages]))
    items = [*position.stages[stage].items] if stage else []
    return Entry(
        today,
        draw(st.sampled_from(KINDS)),
        draw(st.sampled_from(list(Role))),
        stage,
        draw(st.sampled_from(["", "1", *items])),
        draw(st.sampled_from([None, *Answer])),
        draw(st.sampled_from(["", *(level.id for level in edition.levels)])),
        draw(st.sampled_from([None, today + timedelta(days=20), today + timedelta(days=1000)])),
        draw(st.sampled_from([None, 200])),
        draw(st.sampled_from(["", "individual", "group", "on site"])),
    )


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """A journey of allowed entries, mostly going well, sometimes not; now and then a renewal."""
    edition = draw(st.sampled_from(EDITIONS))
    entries = [Entry(START, EntryKind.OPENED, Role.APPLICANT, level=edition.levels[0].id)]
    if draw(st.integers(0, 4)) == 0:
        entries = [replace(entries[0], detail="renewal", until=START + timedelta(days=60))]
    today = START
    for _ in range(draw(st.integers(0, 60))):
        today += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5, 40])))
        position = fold(edition, entries, today)
        well = acts_as_entries(edition, position, today)
        if well and draw(st.integers(0, 9)) < 8:
            entry = draw(st.sampled_from(well))
        else:
            entry = draw(crooked(edition, position, today))
        if may(edition, position, entry):
            entries.append(entry)
    return edition, entries


def check(position: Position) -> None:
    """What holds of every position there can be."""
    over = position.status.is_over
    assert not over or all(act.what is ActKind.RENEW for act in position.acts), "only what expired can be renewed"
    for stage in position.stages.values():
        if stage.state is StageState.OPEN:
            assert stage.opened is not None
            assert stage.opened <= position.today
        assert not (stage.overdue and position.clock.stopped)
    for act in position.acts:
        assert act.since <= position.today
        assert act.count > 0
        assert not act.overdue or (act.due is not None and act.due < position.today)
    total = position.total()
    assert total.total == total.blank + total.sent + total.returned + total.breached + total.confirmed
    if position.status is Status.AWARDED:
        assert position.granted is not None
        assert position.listed == "holder"


@given(walks())
def test_every_reachable_position_makes_sense(walk: Walk) -> None:
    edition, entries = walk
    for number in range(len(entries) + 1):
        today = entries[number - 1].on if number else START
        check(fold(edition, entries[:number], today))
    check(fold(edition, entries, entries[-1].on + timedelta(days=400)))


@at_most(40)
@given(walks(), st.data())
def test_looking_back_shows_what_was_seen_then(walk: Walk, data: st.DataObject) -> None:
    """Entries after a day change nothing about how things stood on it: the fold never goes back in time."""
    edition, entries = walk
    day = data.draw(st.sampled_from(entries)).on
    until_then = [entry for entry in entries if entry.on <= day]
    assert fold(edition, entries, day) == fold(edition, until_then, day)


@at_most(40)
@given(walks(), st.integers(0, 60))
def test_the_same_entries_in_any_batching_give_the_same_position(walk: Walk, cut: int) -> None:
    edition, entries = walk
    batches: Sequence[Sequence[Entry]] = (entries[:cut], entries[cut:])
    joined = tuple(entry for batch in batches for entry in batch)
    assert fold(edition, joined, entries[-1].on) == fold(edition, entries, entries[-1].on)


@at_most(40)
@given(walks())
def test_nothing_is_granted_before_everything_is_confirmed(walk: Walk) -> None:
    edition, entries = walk
    for number, entry in enumerate(entries):
        if entry.kind is EntryKind.GRANTED:
            before = fold(edition, entries[:number], entry.on)
            total = before.total()
            assert total.confirmed == total.total
            for stage in edition.stages:
                if isinstance(stage, EvidenceStage | VisitStage) or (
                    edition is SMALL and isinstance(stage, InterviewStage)
                ):
                    assert before.stages[stage.id].state is StageState.DONE


@at_most(40)
@given(st.integers(1, 120), st.integers(0, 100))
def test_a_stop_moves_every_due_date_by_its_days(days: int, after: int) -> None:
    entries = [Entry(START, EntryKind.OPENED, Role.APPLICANT, level="award")]
    today = START
    while fold(SMALL, entries, today).stages["online"].state is not StageState.OPEN:
        entries.extend(acts_as_entries(SMALL, fold(SMALL, entries, today), today)[:1])
    due = fold(SMALL, entries, today).stages["online"].due
    assert due is not None
    stop = today + timedelta(days=after)
    go_on = stop + timedelta(days=days)
    stopped = [*entries, Entry(stop, EntryKind.STOPPED, Role.OFFICER, until=go_on)]
    standing = fold(SMALL, stopped, go_on)
    assert all(act.due is None for act in standing.acts if act.what.value != "resume")
    resumed = [*stopped, Entry(go_on, EntryKind.RESUMED, Role.OFFICER)]
    assert fold(SMALL, resumed, go_on).stages["online"].due == due + timedelta(days=days)


def test_a_journey_that_goes_well_reaches_the_award() -> None:
    entries = [Entry(START, EntryKind.OPENED, Role.APPLICANT, level="award")]
    for number in range(200):
        today = START + timedelta(days=number)
        position = fold(QIM, entries, today)
        if position.status is Status.AWARDED:
            break
        for entry in acts_as_entries(QIM, position, today):
            if may(QIM, fold(QIM, entries, today), entry):
                entries.append(entry)
    assert position.status is Status.AWARDED
    assert position.total().confirmed == 61


def test_excellence_asks_for_all_84() -> None:
    entries = [Entry(START, EntryKind.OPENED, Role.APPLICANT, level="excellence")]
    position = fold(QIM, entries, START)
    assert position.total().total == 84
    assert position.total("award").total == 61
    assert position.total("excellence").total == 23
