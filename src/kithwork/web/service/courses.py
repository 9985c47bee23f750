"""A course on a journey: dates to choose among, the place that was given, its parts, the letter and the calendar."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import ActKind, ItemState
from kithwork.core.schemes import CourseStage
from kithwork.core.verdict import Refused
from kithwork.courses.access import offerings_open_to, place_for
from kithwork.courses.calendars import calendar_of_person
from kithwork.courses.papers import letter_of, outline_of
from kithwork.courses.queries import (
    OfferingRow,
    PartRow,
    PlaceRow,
    PlaceState,
    homework_in,
    may_give_feedback,
    parts_of,
    places_for_purpose,
)
from kithwork.procedures import attending
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.forms import hinted, refusal, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.frame import At, show
from kithwork.web.templatetags.kit import longdate

OPEN = (PlaceState.ASKED, PlaceState.OFFERED, PlaceState.WAITING, PlaceState.CONFIRMED)
STATES = {
    PlaceState.ASKED: StateTag("Asked for", Kind.BLUE),
    PlaceState.OFFERED: StateTag("Offered to you", Kind.AMBER),
    PlaceState.CONFIRMED: StateTag("Your place", Kind.GREEN),
    PlaceState.WAITING: StateTag("On the waiting list", Kind.PURPLE),
    PlaceState.DECLINED: StateTag("Not given", Kind.GREY),
    PlaceState.WITHDRAWN: StateTag("Given back", Kind.GREY),
    PlaceState.CANCELLED: StateTag("Cancelled", Kind.RED),
}
ORDER = ("first", "second", "third")


class Choose(forms.Form):
    """A first choice, and up to two dates that would do as well."""

    def __init__(self, data: object, dates: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's data, or nothing
        self.fields["first"] = forms.ChoiceField(label="Your first choice", choices=dates, widget=forms.RadioSelect())
        for name, label in (("second", "Another date that would do"), ("third", "And another")):
            if len(dates) > ORDER.index(name):
                plain = [("", "None"), *((ref, str(text)) for ref, text in dates)]
                self.fields[name] = forms.ChoiceField(label=label, choices=plain, required=False)

    @property
    def refs(self) -> list[str]:
        return [ref for name in ORDER if (ref := self.cleaned_data.get(name))]


def course(request: Signed, at: At) -> HttpResponse:
    """Choosing, taking up, declining and giving back are all this page's."""
    assert isinstance(at.stage, CourseStage)
    offered = _offerings(request, at)
    form = Choose(request.POST if request.POST.get("do") == "choose" else None, _dates(offered))
    if request.method != "POST":
        return _show(request, at, offered, form)
    try:
        if request.POST.get("do") == "choose":
            if not form.is_valid():
                return _show(request, at, offered, form, 422)
            by_ref = {one.ref: one for one in offered}
            attending.choose(
                journey=at.seen.reading.journey,
                stage=at.stage.id,
                offerings=[by_ref[ref] for ref in form.refs],
                by=request.user,
                now=timezone.now(),
            )
            said = "Your choice has been sent."
        else:
            said = _answer(request, at)
    except Refused as because:
        if request.POST.get("do") == "choose":
            refuse(form, because, at.seen.onward)
            return _show(request, at, offered, form, 409)
        return _show(request, at, offered, form, 409, refused=refusal(because, at.seen.onward))
    messages.success(request, said)
    return doors.go("journey_stage", at.seen.ref, at.stage.id)


def _answer(request: Signed, at: At) -> str:
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "take_up": (attending.take_up, "The place is yours."),
        "decline": (attending.decline, "You have declined this date."),
        "give_back": (attending.give_back, "Your place is given back. Choose other dates."),
    }
    act, said = acts.get(request.POST.get("do", ""), (None, ""))
    place = place_for(request.user, request.POST.get("place", ""))
    if act is None or place.purpose != at.seen.ref:
        raise Http404("No such page.")
    act(place=place, by=request.user, now=timezone.now())
    return said


def _offerings(request: Signed, at: At) -> list[OfferingRow]:
    """Dates of this stage that take requests; none while choosing is not open."""
    if not any(act.what in {ActKind.CHOOSE, ActKind.ARRANGE} for act in at.acts) or (at.mine is None and not at.acts):
        return []
    return _coming(request, at)


def _coming(request: Signed, at: At) -> list[OfferingRow]:
    """The dates of this stage, whether or not one may choose among them yet."""
    edition = at.seen.edition
    body = at.seen.reading.journey.edition.body.slug
    found = offerings_open_to(request.user, at.seen.today, body=body, scheme=edition.scheme.slug, stage=at.stage.id)
    return list(found.prefetch_related("parts"))


def _dates(offerings: Sequence[OfferingRow]) -> list[tuple[str, str]]:
    return [(one.ref, hinted(one.title, _when(list(one.parts.all())))) for one in offerings]


def _when(parts: Sequence[PartRow]) -> str:
    """'3 March 2027, 4 March 2027 and 17 March 2027, Kendal'."""
    *first, last = [*dict.fromkeys(longdate(part.day) for part in parts)] or ["on no day yet"]
    days = f"{', '.join(first)} and {last}" if first else last
    where = next((part.place for part in parts if part.place), "online")
    return f"{days}, {where}"


def _show(
    request: Signed,
    at: At,
    offered: list[OfferingRow],
    form: Choose,
    status: int = 200,
    refused: object = None,
) -> HttpResponse:
    assert isinstance(at.stage, CourseStage)
    places = [one for one in places_for_purpose(at.seen.ref) if one.offering.stage == at.stage.id]
    live = [one for one in places if one.state in OPEN]
    booked = next((one for one in live if one.state == PlaceState.CONFIRMED), None)
    may_choose = at.seen.writes and booked is None and at.now.opened is not None and not at.now.done
    shut = at.now.opened is None and at.now.in_play
    attended = sum(item.state is ItemState.CONFIRMED for item in at.now.items.values())
    return show(
        request,
        at,
        "course",
        _heading(at, booked, live, attended),
        status,
        form=refused or (form if form.errors else None),
        choose=form if may_choose and offered else None,
        none_yet=may_choose and not offered,
        planned=[(one.title, _when(list(one.parts.all()))) for one in _coming(request, at)] if shut else [],
        places=[_card(one, request.user) for one in sorted(live, key=_unanswered) or places[-1:]],
        no_tag=bool(live),
        booked=booked,
        parts=_parts(at, booked),
        outline=at.stage.outline,
        waiting=bool(live) and booked is None,
        offered=any(_unanswered(one) == 0 for one in live),
    )


def _heading(at: At, booked: PlaceRow | None, live: list[PlaceRow], attended: int) -> str:
    title = at.stage.title
    if at.now.done:
        return f"{title}: attended"
    if attended:
        return f"{title}: {attended} of {len(at.now.items)} parts attended"
    if booked and at.now.planned:
        return f"{title}: your place from {longdate(at.now.planned)}"
    if any(one.state == PlaceState.OFFERED for one in live):
        return f"{title}: a place is offered to you"
    return f"{title}: you have chosen" if live else title


def _unanswered(place: PlaceRow) -> int:
    """What waits for the person's own answer comes first."""
    return 0 if place.state == PlaceState.OFFERED else 1


def _card(place: PlaceRow, reader: User) -> dict[str, object]:
    state = PlaceState(place.state)
    return {
        "ref": place.ref,
        "title": place.offering.title,
        "when": _when(parts_of(place.offering)),
        "tag": STATES[state],
        "rank": place.rank,
        "until": place.offer_ends_on if state is PlaceState.OFFERED else None,
        "offered": state is PlaceState.OFFERED,
        "live": state in OPEN,
        "confirmed": state is PlaceState.CONFIRMED,
        "own": place.person_id == reader.pk,
        "feedback": place.person_id == reader.pk and bool(may_give_feedback(place, timezone.now())),
        "reason": place.reason if state not in OPEN else "",
    }


def _parts(at: At, booked: PlaceRow | None) -> list[dict[str, object]]:
    """The days of the place that was given, which of them were attended, and whose homework is in."""
    handed = homework_in(booked) if booked else {}
    return [
        {
            "part": part,
            "homework": part.homework,
            "handed_in": handed.get(part.number),
            "attended": (item := at.now.items.get(str(part.number))) is not None and item.state is ItemState.CONFIRMED,
        }
        for part in (parts_of(booked.offering) if booked else ())
    ]


def _own_place(request: Signed, ref: str, place: str) -> PlaceRow:
    doors.journey(request, ref)
    found = place_for(request.user, place)
    if found.purpose != ref or found.state != PlaceState.CONFIRMED:
        raise Http404("No such page.")
    return found


@page(Desk.SERVICE)
def place_letter(request: Signed, ref: str, place: str) -> HttpResponse:
    """The letter that confirms a place, as PDF."""
    return pdf(letter_of(_own_place(request, ref, place), timezone.localdate()), "confirmation.pdf")


@page(Desk.SERVICE)
def place_outline(request: Signed, ref: str, place: str) -> HttpResponse:
    """The outline of the course, as PDF."""
    return pdf(outline_of(_own_place(request, ref, place).offering, timezone.localdate()), "outline.pdf")


@page(Desk.SERVICE)
def place_calendar(request: Signed, ref: str, place: str) -> HttpResponse:
    """The days of one's own places, for one's own calendar."""
    _own_place(request, ref, place)
    answer = HttpResponse(calendar_of_person(request.user), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="course.ics"'
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
