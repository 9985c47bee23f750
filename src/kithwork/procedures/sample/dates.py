"""Dated courses and meetings of an awarding body of the sample, said by days from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock
from decimal import Decimal

from kithwork.core.schemes import CourseStage
from kithwork.courses import actions as courses
from kithwork.courses.models import Offering
from kithwork.procedures.sample.houses import House
from kithwork.procedures.sample.work import at

AHEAD = 80  # days before the first of them, on which dates are announced


@dataclass(frozen=True, slots=True)
class Diary:
    """What a body announces. Days are counted from today, those that have been are less than none."""

    house: House
    today: date

    def course(
        self, title: str, stage: CourseStage, days: Sequence[int], *, capacity: int = 12, price_note: str = ""
    ) -> Offering:
        """Dates at which a stage of the scheme is taken, one for each part."""
        hours = Decimal(stage.hours) / len(days) if stage.hours else Decimal(0)
        study = Decimal(stage.self_study) / len(days) if stage.self_study else Decimal(0)
        parts = [
            self._plan(
                days,
                number,
                "",
                hours=hours.quantize(Decimal("0.25")),
                study=study.quantize(Decimal("0.25")),
            )
            for number in range(len(days))
        ]
        return self._announce(title, Offering.Kind(stage.event), days, capacity, parts, stage, price_note)

    def meeting(self, title: str, kind: Offering.Kind, day: int, *, capacity: int = 40) -> Offering:
        """A date that is no part of anybody's road."""
        return self._announce(title, kind, (day,), capacity, [self._plan((day,), 0, "")])

    def _plan(
        self, days: Sequence[int], number: int, title: str, hours: Decimal = Decimal(0), study: Decimal = Decimal(0)
    ) -> courses.PartPlan:
        last = number == len(days) - 1
        return courses.PartPlan(
            day=self.today + timedelta(days=days[number]),
            starts=clock(9, 30),
            ends=clock(16, 30),
            title=title,
            place="The Old Sail Loft, Kendal",
            hours_taught=hours,
            hours_self_study=study,
            homework="" if last else "Read the pages that were handed out, and bring one question.",
        )

    def _announce(
        self,
        title: str,
        kind: Offering.Kind,
        days: Sequence[int],
        capacity: int,
        parts: Sequence[courses.PartPlan],
        stage: CourseStage | None = None,
        price_note: str = "",
    ) -> Offering:
        when = min(self.today, self.today + timedelta(days=days[0] - AHEAD))
        made = courses.make(
            body=self.house.body,
            kind=kind,
            title=title,
            capacity=capacity,
            outline="\n".join(stage.outline) if stage else "",
            scheme=self.house.edition.slug if stage else "",
            stage=stage.id if stage else "",
            price_note=price_note,
            parts=parts,
            by=self.house.officer,
            now=at(when),
        )
        return courses.publish(offering=made, by=self.house.officer, today=when)
