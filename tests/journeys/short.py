"""Quality in Mentoring with ten of its 84 requirements, so that walking all of its road takes no time.

One or two of each area, online and at the visit, with and without a limit of age, casework and not, two of Excellence.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast, Walk
from tests.walking import publish, walk

QIM = Path(__file__).parents[2] / "schemes" / "qim" / "2022"
KEPT = ("1", "2", "8", "29", "38", "39", "45", "56", "e1", "e11")


def texts(edition: str = "short", name: str = "Quality in Mentoring", ids: tuple[str, ...] = KEPT) -> dict[str, str]:
    """The edition's files by name, with these requirements."""
    scheme = (QIM / "scheme.toml").read_text(encoding="utf-8")
    scheme = scheme.replace('edition = "2022"', f'edition = "{edition}"', 1)
    scheme = scheme.replace('name = "Quality in Mentoring"', f'name = "{name}"', 1)
    _, *blocks = re.split(r"(?m)^\[\[requirement\]\]\n", (QIM / "requirements.toml").read_text(encoding="utf-8"))
    kept = [block for block in blocks if any(block.startswith(f'id = "{one}"\n') for one in ids)]
    return {"scheme.toml": scheme, "requirements.toml": "".join(f"[[requirement]]\n{block}" for block in kept)}


def folder_in(place: Path, edition: str = "short", name: str = "Quality in Mentoring") -> Path:
    """Write the edition to `place`/qim/`edition` and give that folder."""
    made = place / "qim" / edition
    made.mkdir(parents=True, exist_ok=True)
    for file, text in texts(edition, name).items():
        (made / file).write_text(text, encoding="utf-8", newline="\n")
    return made


@pytest.fixture
def short(people: Cast, tmp_path: Path) -> PublishedEdition:
    """The short edition, published by the sample body."""
    return publish(folder_in(tmp_path / "schemes"), people)


@pytest.fixture
def short_walk(people: Cast, short: PublishedEdition, today: date) -> Callable[..., Walk]:
    """short_walk("sent") -> a Walk down the short edition; it began 300 days ago, or on `start`."""

    def go(point: str, *, start: date | None = None, last: date | None = None, **more: object) -> Walk:
        return walk(
            cast=people,
            edition=short,
            to=point,
            start=start or today - timedelta(days=300),
            last=last or today,
            **more,
        )

    return go
