"""Another date than the one that was asked for, and what is done when one is cancelled."""

from collections.abc import Callable

import pytest

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.courses import actions
from kithwork.courses.models import Offering, Place
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.procedures.sample import Cast
from tests.courses.conftest import TODAY, ask, noon, states

pytestmark = pytest.mark.django_db

S = Place.State
Offer = Callable[..., Offering]
Crowd = Callable[[int], list[User]]


def test_an_alternative_is_offered_and_taken_up(offer: Offer, people: Cast) -> None:
    first, second = offer(), offer(capacity=1)
    (one,) = ask(people.ada, first)
    happened = actions.offer_alternative(place=one, offering=second, by=people.olu, now=noon())
    other = happened.place
    assert (other.request, other.rank, other.state) == (one.request, 2, S.OFFERED)
    assert (other.person, other.purpose, other.asked_at) == (people.ada, one.purpose, one.asked_at)
    assert states(one) == [S.ASKED], "the first choice stays until the alternative is taken up"
    with pytest.raises(Refused, match="1 of 1 place is taken"):
        actions.offer_alternative(place=ask(people.bea, first)[0], offering=second, by=people.olu, now=noon())
    actions.take_up(place=other, by=people.ada, now=noon())
    assert states(one, other) == [S.WITHDRAWN, S.CONFIRMED]


def test_an_alternative_that_is_declined_leaves_the_first_choice(offer: Offer, people: Cast) -> None:
    first, second = offer(), offer()
    (one,) = ask(people.ada, first)
    other = actions.offer_alternative(place=one, offering=second, by=people.olu, now=noon()).place
    actions.decline(place=other, by=people.ada, now=noon())
    assert states(one, other) == [S.ASKED, S.DECLINED]
    again = actions.offer_alternative(place=one, offering=second, by=people.olu, now=noon()).place
    assert again.ref == other.ref, "the same line, offered again"
    assert (again.state, again.end, again.ended_on) == (S.OFFERED, "", None)


@pytest.mark.parametrize("which", ["draft", "cancelled", "begun", "same", "foreign"])
def test_alternatives_that_cannot_be(offer: Offer, people: Cast, which: str) -> None:
    (one,) = ask(people.ada, first := offer())
    others: dict[str, Callable[[], Offering]] = {
        "draft": lambda: offer(published=False),
        "cancelled": offer,
        "begun": lambda: offer(days=(0,)),
        "same": lambda: first,
        "foreign": lambda: offer(
            body=organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=people.eve)
        ),
    }
    other = others[which]()
    if which == "cancelled":
        actions.cancel(offering=other, reason="No tutor", by=people.olu, now=noon())
    with pytest.raises(Refused):
        actions.offer_alternative(place=one, offering=other, by=people.olu, now=noon())
    assert Place.objects.count() == 1


def test_who_has_a_confirmed_place_needs_no_alternative(offer: Offer, people: Cast) -> None:
    one, two = ask(people.ada, offer(), offer())
    actions.confirm(place=one, by=people.olu, now=noon())
    for place in (one, two):
        with pytest.raises(Refused, match="confirmed place"):
            actions.offer_alternative(place=place, offering=offer(), by=people.olu, now=noon())


def test_cancelling_frees_everybody_and_tells_who(offer: Offer, crowd: Crowd, people: Cast) -> None:
    offering = offer(capacity=1)
    ann, bob = crowd(2)
    (a,) = ask(ann, offering, minute=1)
    actions.confirm(place=a, by=people.olu, now=noon(minute=2))
    (b,) = ask(bob, offering, minute=3)
    gone = ask(people.ada, offering, minute=4)[0]
    actions.withdraw(place=gone, by=people.ada, now=noon(minute=5))
    before = offering.parts.get().sequence
    happened = actions.cancel(offering=offering, reason="The tutor is ill.", by=people.olu, now=noon(minute=6))
    assert {(move.place.ref, move.was) for move in happened.moved} == {(a.ref, S.CONFIRMED), (b.ref, S.WAITING)}
    assert [place.ref for place in happened.cancelled] == [a.ref, b.ref]
    assert states(a, b, gone) == [S.CANCELLED, S.CANCELLED, S.WITHDRAWN]
    offering.refresh_from_db()
    assert (offering.cancelled_on, offering.cancelled_because) == (TODAY, "The tutor is ill.")
    assert offering.parts.get().sequence == before + 1, "calendars must notice"
    other = actions.offer_alternative(place=a, offering=offer(), by=people.olu, now=noon()).place
    actions.take_up(place=other, by=ann, now=noon())
    assert states(a, other) == [S.CANCELLED, S.CONFIRMED]


def test_cancelling_needs_a_reason_and_happens_once(offer: Offer, people: Cast) -> None:
    offering = offer()
    with pytest.raises(Refused, match="reason"):
        actions.cancel(offering=offering, reason=" ", by=people.olu, now=noon())
    actions.cancel(offering=offering, reason="No tutor", by=people.olu, now=noon())
    with pytest.raises(Refused, match="already"):
        actions.cancel(offering=offering, reason="No tutor", by=people.olu, now=noon())
