"""Named reads for reminders: what begins, what homework is due, whose feedback is wanted."""

from datetime import date

from django.db.models import Max

from kithwork.courses.models import Attendance, Offering, Part, Place
from kithwork.courses.queries import homework_of, places_of
from kithwork.organisations.models import Organisation

_CAME = (Attendance.State.PRESENT, Attendance.State.PARTLY)


def extra_attendance(body: Organisation) -> list[tuple[str, date, str, str]]:
    """Who came to what serves no stage of a scheme: (scheme's slug or '', day, person's name, title). One query."""
    rows = Attendance.objects.filter(part__offering__body=body, part__offering__stage="", state__in=_CAME)
    return list(rows.values_list("part__offering__scheme", "part__day", "place__person__name", "part__offering__title"))


def joining(today: date, until: date) -> list[tuple[Place, Part]]:
    """Confirmed places of what begins between tomorrow and that day, or goes on then after a pause as long."""
    parts = Part.objects.filter(day__gt=today, day__lte=until, offering__cancelled_on__isnull=True)
    pause = until - today
    found: list[tuple[Place, Part]] = []
    for part in parts.select_related("offering__body").order_by("day", "starts"):
        before = Part.objects.filter(offering=part.offering, day__lt=part.day, day__gte=part.day - pause)
        same = Part.objects.filter(offering=part.offering, day=part.day, starts__lt=part.starts)
        if before.exists() or same.exists():
            continue
        found += [(place, part) for place in _confirmed_at(part.offering)]
    return found


def _confirmed_at(offering: Offering) -> list[Place]:
    places = list(places_of(offering).filter(state=Place.State.CONFIRMED))
    for place in places:
        place.offering = offering
    return places


def homework_due(today: date, until: date) -> list[tuple[Place, Part]]:
    """Confirmed places whose homework of a part is due between today and that day, and not in."""
    parts = Part.objects.exclude(homework="").filter(
        homework_due__gte=today, homework_due__lte=until, offering__cancelled_on__isnull=True
    )
    found: list[tuple[Place, Part]] = []
    for part in parts.select_related("offering__body"):
        handed = homework_of(part)
        found += [(place, part) for place in _confirmed_at(part.offering) if place.ref not in handed]
    return found


def feedback_owed(since: date, today: date) -> list[Place]:
    """Places that were confirmed at what was over between those days, and somebody came to, without feedback yet."""
    rows = Offering.objects.filter(cancelled_on__isnull=True).annotate(last_day=Max("parts__day"))
    over = rows.filter(last_day__gte=since, last_day__lt=today).values("pk")
    came = Attendance.objects.filter(place__offering__in=over, state__in=_CAME).values("place")
    places = Place.objects.filter(pk__in=came, state=Place.State.CONFIRMED, feedback__isnull=True)
    return list(places.select_related("offering__body", "person").order_by("pk"))
