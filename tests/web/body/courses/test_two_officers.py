"""Two officers change one course: who comes second is told, loses nothing they typed, and undoes nobody's change."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client

from kithwork.courses.models import Offering, Part

pytestmark = pytest.mark.django_db
TOLD = "Somebody changed this while you were writing."


def form_on(client: Client, url: str) -> dict[str, object]:
    """What the form of a page says, as a browser would send it back."""
    form = client.get(url).context["form"]
    given: dict[str, object] = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "day"):
            given |= {f"{bound.html_name}_day": value.day, f"{bound.html_name}_month": value.month,
                      f"{bound.html_name}_year": value.year}  # fmt: skip
        elif isinstance(value, time):
            given[bound.html_name] = f"{value:%H:%M}"
        elif value is not None:
            given[bound.html_name] = value
    return given


@pytest.mark.parametrize(
    ("page", "part", "first", "second"),
    [
        ("course_change", (), {"title": "Five days"}, {"outline": "Typed by the second"}),
        ("part_change", (1,), {"title": "Listening"}, {"homework": "Typed by the second"}),
        ("part_move", (1,), {"place": "Another hall"}, {"place": "Typed by the second"}),
    ],
)
def test_who_comes_second_is_told(
    page: str, part: tuple[int, ...], first: dict[str, str], second: dict[str, str], olu: Client,
    at: Callable[..., str], offer: Callable[..., Offering],
) -> None:  # fmt: skip
    offering = offer()
    url = at(page, offering.ref, *part)
    before = form_on(olu, url)
    assert before["seen"]
    answer = olu.post(url, before | first)
    assert answer.status_code == 303
    answer = olu.post(url, before | second)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert TOLD in text
    assert "Typed by the second" in text
    name, value = next(iter(first.items()))
    row: Offering | Part = offering if not part else offering.parts.get(number=1)
    row.refresh_from_db()
    assert getattr(row, name) == value, "the first one's change stands"
    assert olu.post(url, form_on(olu, url) | second).status_code == 303, "and after a second look it goes"
