"""A database adds a period to a day as `core.days` does."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from kithwork.checks import Later
from kithwork.core.days import Period
from kithwork.governance.models import Risk
from kithwork.procedures.sample import Cast

ENDS = [date(2027, 2, 26) + timedelta(days=number) for number in range(400)]  # month ends, and 29 February 2028

MADE = "2026-01-01T00:00Z"


@pytest.mark.parametrize(
    "period", [Period(1, "day"), Period(2, "week"), Period(1, "month"), Period(11, "month"), Period(1, "year")], ids=str
)
def test_the_day_after_a_period_is_the_same_in_the_database(people: Cast, period: Period) -> None:
    Risk.objects.bulk_create(Risk(service=people.service, what=str(day), reviewed_on=day, made_at=MADE) for day in ENDS)
    rows = Risk.objects.annotate(later=Later(F("reviewed_on"), period)).values_list("reviewed_on", "later")
    assert len(rows) == len(ENDS)
    assert [(day, later) for day, later in rows if later != period.after(day)] == []


def test_nothing_is_later_than_no_day_and_working_days_are_refused(people: Cast) -> None:
    Risk.objects.create(service=people.service, what="a", reviewed_on=ENDS[0], due_on=None, made_at=MADE)
    month = Later(F("due_on"), Period(1, "month"))
    assert Risk.objects.annotate(later=month).values_list("later", flat=True).get() is None
    with pytest.raises(ValueError, match="working days"):
        Later(F("reviewed_on"), Period(3, "working day"))
