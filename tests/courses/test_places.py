"""Asking, confirming, waiting in order, offers that run out, alternatives, cancelling; and who is to be told."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.courses import actions
from kithwork.courses.models import Offering, Place
from kithwork.courses.queries import seats, waiting_list
from kithwork.ledger.models import Record
from kithwork.ledger.queries import verify
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.procedures.sample import Cast
from tests.courses.conftest import TODAY, ask, noon, states

pytestmark = pytest.mark.django_db

S = Place.State
Offer = Callable[..., Offering]
Crowd = Callable[[int], list[User]]


def test_asking_ranks_the_choices_under_one_request(offer: Offer, people: Cast) -> None:
    first, second = offer(), offer()
    one, two = ask(people.ada, first, second)
    assert (one.offering, one.rank, two.offering, two.rank) == (first, 1, second, 2)
    assert one.request == two.request
    assert states(one, two) == [S.ASKED, S.ASKED]
    assert one.purpose == "bcdfg"


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda o: o.update(published_on=None), "not open"),
        (lambda o: o.update(closed_on=TODAY), "no more requests"),
        (lambda o: o.update(cancelled_on=TODAY), "cancelled"),
    ],
)
def test_what_is_not_open_cannot_be_asked_for(offer: Offer, people: Cast, change, because: str) -> None:  # type: ignore[no-untyped-def]
    offering = offer()
    change(Offering.objects.filter(pk=offering.pk))
    with pytest.raises(Refused, match=because):
        ask(people.ada, offering)
    assert not Place.objects.exists()


def test_what_has_begun_cannot_be_asked_for(offer: Offer, people: Cast) -> None:
    offering = offer(days=(0, 14))
    with pytest.raises(Refused, match="begun"):
        ask(people.ada, offering)


def test_asking_twice_for_one_offering_is_refused(offer: Offer, people: Cast) -> None:
    offering, other = offer(), offer()
    ask(people.ada, offering)
    with pytest.raises(Refused, match="already"):
        ask(people.ada, other, offering)
    assert Place.objects.count() == 1, "nothing half-written"
    with pytest.raises(Refused, match="twice"):
        ask(people.ada, other, other)


def test_choices_of_two_bodies_are_two_requests(offer: Offer, people: Cast) -> None:
    other = organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=people.eve)
    with pytest.raises(Refused, match="one body"):
        ask(people.ada, offer(), offer(body=other))
    with pytest.raises(Refused, match="at least one"):
        actions.ask(person=people.ada, offerings=(), by=people.ada, now=noon())


def test_a_full_offering_has_a_waiting_list_in_order_of_arrival(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (c,) = ask(cat, offering, minute=3)
    (b,) = ask(bob, offering, minute=4)
    assert states(a, b, c) == [S.CONFIRMED, S.WAITING, S.WAITING]
    assert list(waiting_list(offering)) == [c, b]


def test_confirming_the_last_seat_puts_those_who_asked_in_line(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1)
    ann, bob, cat = crowd(3)
    (a,), (b,) = ask(ann, offering, minute=1), ask(bob, offering, minute=2)
    happened = actions.confirm(place=b, by=people.olu, now=noon(minute=3))
    assert [place.ref for place in happened.queued] == [a.ref]
    (c,) = ask(cat, offering, minute=4)
    assert list(waiting_list(offering)) == [a, c], "who asked first stands first, whenever the list began"


def test_a_full_offering_confirms_nobody_more(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=2)
    for person in crowd(2):
        (place,) = ask(person, offering)
        actions.confirm(place=place, by=people.olu, now=noon())
    (late,) = ask(people.ada, offering)
    with pytest.raises(Refused, match="2 of 2 places are taken"):
        actions.confirm(place=late, by=people.olu, now=noon())
    assert seats(offering, TODAY).free == 0


def test_a_freed_place_is_offered_to_the_first_in_line(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1, offer_days=5)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (b,), (c,) = ask(bob, offering, minute=3), ask(cat, offering, minute=4)
    happened = actions.withdraw(place=a, by=ann, now=noon(minute=5))
    assert [place.ref for place in happened.moved_up] == [b.ref]
    assert states(a, b, c) == [S.WITHDRAWN, S.OFFERED, S.WAITING]
    assert (b.offered_on, b.offer_ends_on) == (TODAY, TODAY + timedelta(days=5))
    assert seats(offering, TODAY).free == 0, "an offer holds its seat"
    assert Record.objects.filter(act="course.offered", actor="system").count() == 1


def test_an_offer_is_taken_up_on_its_last_day(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1, offer_days=5)
    (a,) = ask(people.ada, offering)
    actions.confirm(place=a, by=people.olu, now=noon())
    (b,) = ask(people.bea, offering)
    actions.withdraw(place=a, by=people.ada, now=noon())
    happened = actions.take_up(place=b, by=people.bea, now=noon(TODAY + timedelta(days=5)))
    assert happened.place.ref == b.ref
    assert (states(b), b.end, happened.lapsed) == ([S.CONFIRMED], "", ())
    assert b.confirmed_on == TODAY + timedelta(days=5)


def test_an_offer_that_ran_out_goes_to_the_next_in_line(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1, offer_days=5)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (b,), (c,) = ask(bob, offering, minute=3), ask(cat, offering, minute=4)
    actions.withdraw(place=a, by=ann, now=noon(minute=5))
    late = noon(TODAY + timedelta(days=6))
    with pytest.raises(Refused, match="ran out on 6 March 2027"):
        actions.take_up(place=b, by=bob, now=late)
    assert actions.lapse(now=noon(TODAY + timedelta(days=5))).moved == ()
    happened = actions.lapse(now=late)
    assert [place.ref for place in happened.lapsed] == [b.ref]
    assert [place.ref for place in happened.moved_up] == [c.ref]
    assert states(b, c) == [S.DECLINED, S.OFFERED]
    assert (b.end, c.offer_ends_on) == (Place.End.LAPSED, TODAY + timedelta(days=11))


def test_any_act_on_an_offering_clears_offers_that_ran_out(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1, offer_days=5)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (b,) = ask(bob, offering, minute=3)
    actions.withdraw(place=a, by=ann, now=noon(minute=5))
    happened = actions.ask(person=cat, offerings=[offering], by=cat, now=noon(TODAY + timedelta(days=8)))
    assert [place.ref for place in happened.lapsed] == [b.ref]
    assert states(b, happened.place) == [S.DECLINED, S.ASKED], "nobody waited, so the seat is free again"


def test_an_offer_ends_before_the_first_day(offer: Offer, people: Cast) -> None:
    offering = offer(capacity=1, days=(3, 20), offer_days=7)
    (a,) = ask(people.ada, offering)
    actions.confirm(place=a, by=people.olu, now=noon())
    (b,) = ask(people.bea, offering)
    actions.withdraw(place=a, by=people.ada, now=noon())
    b.refresh_from_db()
    assert b.offer_ends_on == TODAY + timedelta(days=2)


def test_once_begun_nobody_is_moved_up_but_the_body_may_confirm(offer: Offer, people: Cast) -> None:
    offering = offer(capacity=1, days=(3, 20))
    (a,) = ask(people.ada, offering)
    actions.confirm(place=a, by=people.olu, now=noon())
    (b,) = ask(people.bea, offering)
    happened = actions.withdraw(place=a, by=people.ada, now=noon(TODAY + timedelta(days=3)))
    assert happened.moved_up == ()
    actions.confirm(place=b, by=people.olu, now=noon(TODAY + timedelta(days=4)))
    assert states(b) == [S.CONFIRMED]


def test_declining_an_offer_moves_the_next_one_up(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (b,), (c,) = ask(bob, offering, minute=3), ask(cat, offering, minute=4)
    actions.withdraw(place=a, by=ann, now=noon(minute=5))
    happened = actions.decline(place=b, by=bob, now=noon(minute=6))
    assert [place.ref for place in happened.moved_up] == [c.ref]
    assert (states(b), b.end) == ([S.DECLINED], Place.End.PERSON)
    with pytest.raises(Refused, match="No offer"):
        actions.decline(place=b, by=bob, now=noon())


def test_confirming_one_choice_lets_the_others_go(offer: Offer, crowd: Crowd, people: Cast) -> None:
    first, second, third = offer(capacity=1), offer(capacity=1), offer(capacity=1)
    ann, bob, cat = crowd(3)
    (a,) = ask(ann, first, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    one, two, three = ask(bob, first, second, third, minute=3)
    (c,) = ask(cat, third, minute=4)
    assert states(one, two, three) == [S.WAITING, S.ASKED, S.ASKED]
    actions.offer_alternative(place=one, offering=third, by=people.olu, now=noon(minute=5))
    assert states(three, c) == [S.OFFERED, S.WAITING], "what was ranked is offered, not asked for twice"
    happened = actions.confirm(place=two, by=people.olu, now=noon(minute=6))
    assert states(one, two, three) == [S.WITHDRAWN, S.CONFIRMED, S.WITHDRAWN]
    assert {place.ref for place in happened.settled} == {one.ref, three.ref}
    assert [place.ref for place in happened.moved_up] == [c.ref], "the seat held for the third choice is offered on"
    assert one.end == Place.End.SETTLED


def test_the_body_turns_a_request_down_with_a_reason(offer: Offer, people: Cast) -> None:
    (one,) = ask(people.ada, offer())
    with pytest.raises(Refused, match="reason"):
        actions.turn_down(place=one, reason="", by=people.olu, now=noon())
    actions.turn_down(place=one, reason="Not approved yet", by=people.olu, now=noon())
    assert (states(one), one.end, one.reason) == ([S.DECLINED], Place.End.BODY, "Not approved yet")
    with pytest.raises(Refused, match="settled"):
        actions.turn_down(place=one, reason="Again", by=people.olu, now=noon())


def test_the_body_withdraws_a_place_with_a_reason(offer: Offer, people: Cast) -> None:
    (one,) = ask(people.ada, offer())
    actions.confirm(place=one, by=people.olu, now=noon())
    with pytest.raises(Refused, match="reason"):
        actions.withdraw(place=one, by=people.olu, now=noon())
    actions.withdraw(place=one, by=people.olu, now=noon(), reason="Rang to say so")
    assert (states(one), one.end) == ([S.WITHDRAWN], Place.End.BODY)
    with pytest.raises(Refused, match="ended"):
        actions.withdraw(place=one, by=people.ada, now=noon())
    ask(people.ada, one.offering)


def test_more_room_moves_people_up(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1)
    first, *others = crowd(4)
    (a,) = ask(first, offering)
    actions.confirm(place=a, by=people.olu, now=noon())
    waiting = [ask(person, offering, minute=n)[0] for n, person in enumerate(others, 1)]
    happened = actions.change(offering=offering, capacity=3, by=people.olu, now=noon())
    assert [place.ref for place in happened.moved_up] == [place.ref for place in waiting[:2]]
    with pytest.raises(Refused, match="3 places are taken"):
        actions.change(offering=offering, capacity=2, by=people.olu, now=noon())
    assert actions.change(offering=offering, title="Another name", by=people.olu, now=noon()).moved == ()


def test_the_ledger_tells_the_act_and_nothing_of_the_person(offer: Offer, people: Cast) -> None:
    (one,) = ask(people.ada, offer(title="Secret title"))
    actions.turn_down(place=one, reason="Secret reason", by=people.olu, now=noon())
    rows = Record.objects.filter(act__startswith="course.")
    assert [row.act for row in rows] == ["course.made", "course.published", "course.asked", "course.declined"]
    said = " ".join(f"{row.subject} {row.facts}" for row in rows)
    assert "Secret" not in said
    assert "Ada" not in said
    assert {row.subject for row in rows} == {f"offering:{one.offering.ref}"}
    assert {row.organisation for row in rows} == {people.body.ref}
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["confirm", "ask"])
def test_at_the_very_same_time_no_seat_is_given_twice(offer: Offer, crowd: Crowd, people: Cast, what: str) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory is one connection")
    offering = offer(capacity=2)
    anybody = crowd(6)
    if what == "confirm":
        places = [ask(person, offering, minute=n)[0] for n, person in enumerate(anybody)]
        tries = [lambda p=place: actions.confirm(place=p, by=people.olu, now=noon(minute=30)) for place in places]
    else:
        tries = [
            lambda p=person: actions.confirm(place=ask(p, offering)[0], by=people.olu, now=noon()) for person in anybody
        ]
    start = threading.Barrier(len(tries))
    refusals: list[str] = []
    faults: list[BaseException] = []

    def run(one: Callable[[], object]) -> None:
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
    assert Place.objects.filter(state=S.CONFIRMED).count() == 2
    assert Place.objects.filter(state=S.WAITING).count() == 4
    assert len(refusals) == 4
    assert all("2 of 2 places are taken" in refusal for refusal in refusals)
    assert verify().fault is None
