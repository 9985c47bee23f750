"""Two people do the same thing: the second is refused with a reason, and nothing is half-written.

First with what the second one had on their screen; then, where the database is one that several can write to, really at
the same time.
"""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection

from kithwork.assessment.models import Decision, Recommendation
from kithwork.awards.models import Award
from kithwork.core.journey import Answer
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import add_file
from kithwork.evidence.models import Feedback, Item, Round
from kithwork.journeys.models import Appointment, EntryRow, Invoice, Journey
from kithwork.ledger.models import Record
from kithwork.ledger.queries import verify
from kithwork.notices.models import Message
from kithwork.procedures import applying, assessing, deciding
from kithwork.procedures.sample import DECLARED, Cast, Walk
from kithwork.procedures.sample.words import let_go

Walking = Callable[..., Walk]
Act = Callable[[], object]
MODELS = (
    EntryRow,
    Record,
    Message,
    Decision,
    Award,
    Recommendation,
    Invoice,
    Item,
    Round,
    Feedback,
    Appointment,
    Journey,
)


def counts() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in MODELS)


def seen(way: Walk) -> Journey:
    """The journey as somebody has it on their screen: their own copy, soon out of date."""
    return Journey.objects.get(pk=way.journey.pk)


def decision(way: Walk, outcome: Answer) -> Act:
    journey, day = seen(way), way.today
    return lambda: assessing.decide_award(
        journey=journey, stage="decision", outcome=outcome, reason="So be it.", by=way.cast.olu, today=day
    )


def payment(way: Walk) -> Act:
    invoice, day = Invoice.objects.get(journey=way.journey, paid_on__isnull=True), way.today
    return lambda: applying.take_payment(invoice=invoice, by=way.cast.olu, today=day, paid_on=day)


def invoicing(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: applying.issue_invoice(journey=journey, stage="registration", by=way.cast.olu, today=day)


def asking(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: applying.ask_assessor(journey=journey, assessor=way.cast.dot, by=way.cast.olu, today=day)


def sending(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: assessing.send_evidence(journey=journey, stage="online", slots=["8"], by=way.cast.ada, today=day)


def uploading(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: add_file(
        journey=journey, slots=["1"], title="Minutes", upload=SimpleUploadedFile("minutes.txt", b"Agreed. " * 99),
        dated=day, casework=False, declared=False, by=way.cast.ada, passing=let_go(way.cast.ada), today=day,
    )  # fmt: skip


def judging(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: assessing.give_feedback(
        journey=journey, stage="online", slot="1", outcome=Feedback.Outcome.CONFIRMED, advice="", by=way.cast.dot,
        today=day,
    )  # fmt: skip


def beginning(way: Walk) -> Act:
    edition, day = way.journey.edition, way.today
    return lambda: applying.begin(edition=edition, service=way.cast.service, by=way.cast.ada, today=day)


def recommending(way: Walk) -> Act:
    journey, day = seen(way), way.today
    return lambda: deciding.recommend(
        journey=journey, stage="decision", outcome=Answer.YES, summary="All is met.", strengths="", next_time="",
        by=way.cast.dot, today=day,
    )  # fmt: skip


def at_money(short_walk: Walking) -> Walk:
    way = short_walk("eligible")
    invoicing(way)()
    return way


def at_evidence(short_walk: Walking) -> Walk:
    way = short_walk("sent")
    way.offer(way.edition.requirement("8"))
    return way


def given_up(short_walk: Walking) -> Walk:
    way = short_walk("applied")
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    return way


TWICE: dict[str, tuple[Callable[[Walking], Walk], Callable[[Walk], Act], str]] = {
    "decide yes": (lambda walk: walk("recommended"), lambda way: decision(way, Answer.YES), "is done"),
    "decide no": (lambda walk: walk("recommended"), lambda way: decision(way, Answer.NO), "the decision was no"),
    "decide more": (lambda walk: walk("recommended"), lambda way: decision(way, Answer.MORE), "been recommended"),
    "recommend": (lambda walk: walk("ready"), recommending, "No recommendation is awaited"),
    "pay": (at_money, payment, "is done"),
    "invoice": (lambda walk: walk("eligible"), invoicing, "invoiced already"),
    "ask an assessor": (lambda walk: walk("eligible"), asking, "has been asked, already"),
    "send": (at_evidence, sending, "with the assessor"),
    "upload": (lambda walk: walk("registered"), uploading, "added this file already"),
    "judge": (at_evidence, judging, "confirmed already"),
    "begin": (given_up, beginning, "already"),
}


@pytest.mark.parametrize("what", TWICE)
def test_the_second_is_refused_and_nothing_is_half_written(short_walk: Walking, what: str) -> None:
    stand, act, because = TWICE[what]
    way = stand(short_walk)
    first, second = act(way), act(way)
    first()
    before, row = counts(), Journey.objects.order_by("pk").values().last()
    with pytest.raises(Refused, match=because):
        second()
    assert counts() == before
    assert Journey.objects.order_by("pk").values().last() == row
    assert verify().fault is None


@pytest.mark.parametrize(
    ("first", "second", "status", "because"),
    [
        (Answer.YES, Answer.NO, "awarded", "is done"),
        (Answer.NO, Answer.YES, "refused", "the decision was no"),
        (Answer.MORE, Answer.YES, "active", "been recommended"),
    ],
)
def test_of_two_decisions_the_first_holds(
    short_walk: Walking, first: Answer, second: Answer, status: str, because: str
) -> None:
    way = short_walk("recommended")
    one, other = decision(way, first), decision(way, second)
    one()
    with pytest.raises(Refused, match=because):
        other()
    assert Journey.objects.get().status == status
    assert Award.objects.count() == (first is Answer.YES)
    assert [row.outcome for row in Decision.objects.filter(stage="decision")] == [first]


def test_a_decision_whose_award_cannot_be_made_is_not_kept_either(short_walk: Walking) -> None:
    way = short_walk("recommended")
    Award.objects.create(  # the very number that comes next
        journey=way.journey,
        number=f"QIM-{way.today.year}-0002",
        level="award",
        granted_on=way.today,
        starts_on=way.today,
    )
    act, before = decision(way, Answer.YES), counts()
    with pytest.raises(IntegrityError):
        act()
    assert counts() == before
    assert Journey.objects.get().status == "active"


def test_a_form_left_open_past_a_decision_is_refused(short_walk: Walking, people: Cast) -> None:
    way = short_walk("recommended")
    late = [sending(way), judging(way), recommending(way)]
    decision(way, Answer.NO)()
    before = counts()
    for act in late:
        with pytest.raises(Refused, match="This journey has ended"):
            act()
    with pytest.raises(Refused, match="This journey has ended"):
        way.offer(way.edition.requirement("1"))
    assert counts() == before


def test_an_assessor_asked_before_the_service_withdrew_appoints_nobody(short_walk: Walking, people: Cast) -> None:
    way = short_walk("eligible")
    appointment = applying.ask_assessor(journey=way.journey, assessor=people.dot, by=people.olu, today=way.today)
    applying.withdraw(journey=way.journey, by=people.ada, today=way.today)
    with pytest.raises(Refused, match="was taken back"):
        applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=way.today)
    appointment.refresh_from_db()
    assert appointment.state == "ended", "not half appointed"


def test_a_stop_and_a_resumption_are_each_done_once(short_walk: Walking, people: Cast) -> None:
    way = short_walk("registered")
    stop = {"journey": seen(way), "by": people.olu, "today": way.today}
    until = way.today + timedelta(days=30)
    applying.stop_clock(**stop, expected=until, reason="Ill.")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="stands still already"):
        applying.stop_clock(**stop, expected=until, reason="Ill.")  # type: ignore[arg-type]
    applying.resume_clock(**stop)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="running"):
        applying.resume_clock(**stop)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["decide yes", "pay", "invoice", "ask an assessor", "send", "upload", "begin"])
def test_at_the_very_same_time_one_of_them_wins(short_walk: Walking, what: str, today: date) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory is one connection")
    stand, act, because = TWICE[what]
    way = stand(short_walk)
    tries = [act(way) for _ in range(4)]
    start = threading.Barrier(len(tries))
    refusals: list[str] = []
    faults: list[BaseException] = []

    def run(one: Act) -> None:
        try:
            start.wait()
            one()
        except Refused as refused:
            refusals.append(str(refused))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(refusals) == len(tries) - 1
    assert all(because in refusal for refusal in refusals), refusals
    assert verify().fault is None
