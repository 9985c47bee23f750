"""What `kithwork demo` holds: people on every stage of every scheme, and accounts for each desk that lead somewhere."""

import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pypdf
import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.awards.models import Award
from kithwork.caseload.models import Mentor, Practice
from kithwork.caseload.queries.matches import candidates, waiting_for_match
from kithwork.core.journey import StageState, Status
from kithwork.core.schemes import AwardStage, DecisionStage, Edition, Stage
from kithwork.courses.models import Offering, Place
from kithwork.evidence.models import Item
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition, Support
from kithwork.journeys.queries import Reading, read_all
from kithwork.ledger.queries import verify
from kithwork.procedures import demo
from kithwork.procedures.sample import PASSWORD
from tests.conftest import SCHEMES

ROOT = SCHEMES.parent
ACCOUNTS = [email for _, accounts in demo.ACCOUNTS for email, _ in accounts]
# an account, the pages that its desk leads to, and what must be found on each
PAGES = (
    ("pia@independent.example", "/applying/", "Renewal workshop"),
    ("gwen@fellside.example", "/applying/", "Portfolio"),
    ("edda@college.example", "/applying/", "Two assignments"),
    ("ted@plumbline.example", "/assess/", "Tomas Wick"),
    ("mo@tworivers.example", "/assess/", "Gita Noble"),
    ("nia@plumbline.example", "/body/plumbline-evaluation-sample/", "Zadie Poole"),
    ("nia@plumbline.example", "/body/plumbline-evaluation-sample/courses/", "Mentor course, spring"),
    ("pat@tarnvalley.example", "/body/tarn-valley-partnership-sample/panel/", "Isla Reed"),
    ("cleo@tarnvalley.example", "/body/tarn-valley-partnership-sample/panel/", "Jude Marsh"),
    ("win@tarnvalley.example", "/body/tarn-valley-partnership-sample/", "Kira Bloom"),
    ("hal@tworivers.example", "/body/two-rivers-training-sample/", "Ines Kemp"),
    ("una@mentorbank.example", "/run/mentor-bank/mentors/", "Wyn Harrow"),
)


def given_at_once(edition: Edition, stage: Stage) -> bool:
    """Whether a stage is never open by itself: what the officers decide is granted in the same act."""
    return isinstance(stage, AwardStage) and any(
        isinstance(edition.stage(one.stage), DecisionStage) for one in stage.opens
    )


def nobody_on(row: PublishedEdition, readings: list[Reading]) -> list[str]:
    """The stages of an edition that no journey stands at now."""
    edition = edition_of(row)
    here = [one.position.stages for one in readings if one.journey.edition_id == row.pk]
    there = Counter(stage for stages in here for stage, now in stages.items() if now.state is StageState.OPEN)
    done = Counter(stage for stages in here for stage, now in stages.items() if now.state is StageState.DONE)
    return [
        stage.id
        for stage in edition.stages
        if not (there[stage.id] or (given_at_once(edition, stage) and done[stage.id]))
    ]


@pytest.mark.django_db
def test_there_is_somebody_on_every_stage_and_an_account_for_every_desk(
    today: date, as_user: Callable[[User], Client]
) -> None:
    """One long test, for making it takes long."""
    assert demo.make(SCHEMES)
    readings = list(read_all(Journey.objects.select_related("edition__body", "service", "person"), today))
    editions = list(PublishedEdition.objects.all())
    assert {row.slug for row in editions} == {folder.parent.parent.name for folder in SCHEMES.glob("*/*/scheme.toml")}
    assert len({row.body_id for row in editions}) == len(editions), "each has a body of its own"
    assert {row.slug: nobody_on(row, readings) for row in editions} == {row.slug: [] for row in editions}

    standings = {reading.position.status for reading in readings}
    assert standings >= {Status.ACTIVE, Status.AWARDED, Status.SUSPENDED, Status.LAPSED, Status.REFUSED}
    assert {place.state for place in Place.objects.all()} >= {"asked", "waiting", "confirmed"}
    assert Offering.objects.filter(cancelled_on__isnull=False).exists()
    assert Support.objects.filter(declined_on__isnull=False).exists()
    half_built = Journey.objects.get(person__email="gwen@fellside.example")
    assert Item.objects.filter(journey=half_built, portfolio="portfolio").count() == 2
    assert Mentor.objects.filter(joined_by__startswith="journey:").count() >= 2, "the bank has taken some in"
    daily = Practice.objects.select_related("service").get(service__slug="lanternside-mentoring")
    waiting = list(waiting_for_match(daily.service, today))
    assert waiting
    for one in waiting:
        ready = [each for each in candidates(one, daily, today) if not each.why_not]
        assert len(ready) >= 3, "whoever proposes a match has a choice of mentors"

    for email in ACCOUNTS:
        user = User.objects.get(email=email)
        assert user.check_password(PASSWORD), email
        assert as_user(user).get("/home/", follow=True).status_code == 200, email
    for email, page, found in PAGES:
        answer = as_user(User.objects.get(email=email)).get(page)
        assert answer.status_code == 200, page
        assert found in answer.content.decode(), f"{found} on {page} for {email}"
    kept = Award.objects.get(journey__person__email="wyn@college.example")
    worth = "10 credits at level 4"
    assert worth in Client().get(f"/awards/{kept.ref}/").content.decode()
    paper = pypdf.PdfReader(io.BytesIO(Client().get(f"/awards/{kept.ref}/certificate.pdf").content))
    assert worth in paper.pages[0].extract_text()
    assert verify().fault is None
    assert demo.make(SCHEMES) is False, "and it is made once"


def test_the_readme_names_the_accounts_that_are_printed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    printed = set(re.findall(r"\S+@\S+\.example", demo.tour("http://localhost")))
    assert printed == set(ACCOUNTS)
    assert set(re.findall(r"[\w.]+@[\w.]+\.example", readme)) <= printed
    for scheme, accounts in demo.ACCOUNTS:
        assert any(email in readme for email, _ in accounts), scheme
