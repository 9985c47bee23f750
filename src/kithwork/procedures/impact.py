"""What a body's schemes came to, year by year: facts to be counted, each with the person or service behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from kithwork.awards.queries import awards_of_body
from kithwork.core.journey import EntryKind
from kithwork.core.schemes import CourseStage, DecisionStage, Edition, FormStage, Role
from kithwork.courses.occasions import extra_attendance
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import journeys_with_names, moves_of_body, read_all
from kithwork.organisations.models import Organisation


class Figure(StrEnum):
    """What is counted."""

    APPLIED = "applied"  # an application was handed in, the first time or to renew
    TRAINED = "trained"  # a course of the scheme's road was attended whole
    QUALIFIED = "qualified"  # granted, the first time; by level
    RENEWED = "renewed"
    EXTRA = "extra"  # one session attended besides the road
    WITHDRAWN = "withdrawn"  # by the applicant


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened on a day, to one applicant. `days` is how long it took from applying to the award."""

    figure: Figure
    scheme: str
    on: date
    name: str
    journey: str = ""
    level: str = ""
    what: str = ""
    days: int | None = None

    @property
    def year(self) -> int:
        return self.on.year


def facts_of(body: Organisation, today: date) -> list[Fact]:
    """Everything countable of a body, newest first. The same number of queries however much there is."""
    moves = moves_of_body(body, (EntryKind.SUBMITTED, EntryKind.ATTENDED, EntryKind.WITHDRAWN))
    rows = journeys_with_names(Journey.objects.filter(pk__in={move.journey_id for move in moves}))
    journeys = {row.pk: row for row in rows.defer("edition__texts")}
    applied: dict[int, date] = {}
    found: list[Fact] = []
    for move in moves:
        journey = journeys[move.journey_id]
        if move.kind == EntryKind.WITHDRAWN:
            found.append(_fact(Figure.WITHDRAWN, journey, move.on))
        elif journey.pk not in applied and move.stage in application_forms(edition_of(journey.edition)):
            applied[journey.pk] = move.on
            found.append(_fact(Figure.APPLIED, journey, move.on))
    found += _trained([journeys[pk] for pk in {m.journey_id for m in moves if m.kind == EntryKind.ATTENDED}], today)
    found += _awards(body, applied)
    for scheme, day, name, title in extra_attendance(body):
        found.append(Fact(Figure.EXTRA, scheme, day, name, what=title))
    return sorted(found, key=lambda one: (one.on, one.name), reverse=True)


def _fact(figure: Figure, journey: Journey, on: date, what: str = "") -> Fact:
    name = journey.service.name if journey.service else str(journey.person)
    return Fact(figure, journey.edition.slug, on, name, journey.ref, what=what)


def application_forms(edition: Edition) -> frozenset[str]:
    """The forms with which one applies: those that a decision about applications waits for; else the applicant's first.
    Of a renewal, its own forms.
    """
    forms = [one for one in edition.stages if isinstance(one, FormStage) and one.by is Role.APPLICANT]
    own = {one.id for one in forms}
    decided = [
        {condition.stage for condition in one.opens} & own
        for one in edition.stages
        if isinstance(one, DecisionStage) and one.decides != "award"
    ]
    wanted = next((some for some in decided if some), {forms[0].id} if forms else set())
    return frozenset(wanted | {one.id for one in forms if one.when == "renewal"})


def _trained(journeys: Iterable[Journey], today: date) -> list[Fact]:
    return [
        _fact(Figure.TRAINED, reading.journey, done, stage.title)
        for reading in read_all(journeys, today)
        for stage in reading.edition.stages
        if isinstance(stage, CourseStage) and (done := reading.position.stages[stage.id].done)
    ]


def _awards(body: Organisation, applied: dict[int, date]) -> list[Fact]:
    found: list[Fact] = []
    for award in awards_of_body(body):
        renews = award.journey.renews_id is not None
        began = applied.get(award.journey_id)
        found.append(
            Fact(
                Figure.RENEWED if renews else Figure.QUALIFIED,
                award.journey.edition.slug,
                award.granted_on,
                award.holder,
                award.journey.ref,
                award.level,
                award.level_title,
                (award.granted_on - began).days if began else None,
            )
        )
    return found


def typical_days(facts: Iterable[Fact]) -> int | None:
    """The middle one of the times from applying to a first award; None where there was none."""
    taken = [one.days for one in facts if one.figure is Figure.QUALIFIED and one.days is not None]
    return round(median(taken)) if taken else None
