"""Schemes that are nobody's: a page must work for any edition whose stages are of the closed kinds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast
from tests.walking import publish

PLAIN = """
[scheme]
slug = "plain"
edition = "1"
name = "Plain Licence"
body = "The Body"
applicant = "person"
summary = "A licence for a person."
source = "invented"

[words]
requirement = "standard"
requirements = "standards"

[[levels]]
id = "licence"
title = "Licence"

[credential]
kind = "licence"
holds = "Licensed"

[[fees]]
id = "once"
title = "Fee"
amount = 1200

[[stages]]
id = "fit"
kind = "checklist"
title = "Is it for you?"
otherwise = "Read <more> first."
[[stages.questions]]
id = "sure"
asks = "Are you <b>sure</b> & ready?"
hint = "Only if <i>you</i> are"
advice = "Think again."

[[stages]]
id = "pay"
kind = "fee"
title = "Pay"
opens = ["fit answered"]
fee = "once"

[[stages]]
id = "days"
kind = "course"
title = "Course"
opens = ["pay paid"]
parts = 4
hours = 24

[[stages]]
id = "yes"
kind = "decision"
title = "Decision"
decides = "award"
opens = ["days attended"]
within = "15 working days"

[[stages]]
id = "award"
kind = "award"
title = "Licence"
opens = ["yes yes"]
"""


@pytest.fixture
def plain(people: Cast, tmp_path: Path) -> PublishedEdition:
    """A second scheme, for persons: no requirements, no areas, one fee, a course."""
    folder = tmp_path / "plain" / "1"
    folder.mkdir(parents=True)
    (folder / "scheme.toml").write_text(PLAIN, encoding="utf-8")
    return publish(folder, people)


@pytest.fixture
def awarded(short_walk: Callable[..., object]) -> str:
    """The reference of an award that holds today."""
    from kithwork.awards.models import Award

    short_walk("awarded")
    return Award.objects.get().ref
