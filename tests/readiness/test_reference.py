"""What the database answers to every check, laid beside a plain reference written from the definitions alone."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithwork.caseload.models import Practice
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import KINDS, read
from kithwork.core.schemes import load
from kithwork.procedures.sample import Cast
from kithwork.readiness.counting import Answering, questions
from tests.examples import at_most
from tests.journeys.short import QIM
from tests.readiness import reference
from tests.readiness.making import Maker

# kinds that Quality in Mentoring does not ask, and other parameters of those that it does
OTHERS: tuple[tuple[str, dict[str, object]], ...] = (
    ("policies.reviewed", {"topic": "protocol", "within": "1 year"}),
    ("policies.reviewed", {"topic": "code-of-practice", "within": "2 months", "covers": ["volunteers"]}),
    ("policies.reviewed", {"topic": "information-handling"}),
    ("resources.shared", {}),
    ("insurance.current", {"covers": ["volunteers"]}),
    ("risks.assessed", {"of": "service"}),
    ("risks.assessed", {"of": "service", "actions": ["due-date"]}),
    ("risks.assessed", {"of": "service", "actions": ["owner"]}),
    ("reports.published", {"every": "6 months"}),
    ("evaluations.completed", {"every": "1 year", "stakeholders": ["clients"]}),
    ("references.taken", {"of": ["staff", "mentors"], "count": 1}),
    ("training.completed", {"of": "staff", "topics": ["training-for-trainers", "challenges"]}),
    ("supervision.held", {"of": "staff", "every": "6 months"}),
    ("appraisals.held", {"of": "staff", "every": "3 months"}),
    ("training_needs.assessed", {"of": "staff", "every": "4 weeks"}),
    ("referrals.assessed", {"of": ["eligibility"]}),
    ("referrals.assessed", {"of": ["risk"]}),
    ("consents.given", {"of": ["mentees", "mentors"], "to": ["hold-personal-data", "share-risks"]}),
    ("mentees.contacted", {"every": "4 weeks", "who": ["matched"]}),
    ("mentees.contacted", {"every": "1 year", "who": ["unmatched"]}),
    ("referrers.contacted", {"every": "1 month"}),
    ("risks.reviewed", {"of": "activities", "every": "2 months"}),
    ("mentees.reviewed", {"every": "6 months"}),
    ("mentees.reviewed", {"every": "1 month", "topics": ["aims"]}),
    ("mentors.counted", {"stages": ["applied"]}),
    ("mentors.counted", {"stages": ["trained"]}),
    ("mentors.counted", {"stages": ["matched"]}),
    ("vetting.cleared", {"of": "mentors"}),
    ("vetting.cleared", {"of": "mentors", "before": "acceptance"}),
    ("training.completed", {"of": "mentors", "kind": "refresher", "sessions": 1}),
    ("training.completed", {"of": "mentors", "sessions": 1}),
    ("training.outlined", {"of": "mentors", "kind": "refresher"}),
    ("training.offered", {"of": "mentors", "kind": "specific", "every": "6 months"}),
    ("supervision.held", {"of": "mentors", "every": "2 months", "topics": ["boundaries"]}),
    ("mentors.contacted", {"every": "4 weeks", "who": ["matched"]}),
    ("mentors.contacted", {"between": "supervision", "who": ["unmatched"]}),
    ("mentors.followed_up", {"who": ["new"]}),
    ("mentors.followed_up", {"who": ["in-difficulty"]}),
    ("wellbeing.followed", {"of": "mentors", "every": "3 months"}),
    ("events.held", {"of": "mentors", "kind": "peers", "count": 2, "within": "6 months"}),
    ("events.held", {"of": "mentors", "kind": "standards", "within": "2 months"}),
    ("newsletters.sent", {"of": "mentors"}),
    ("newsletters.sent", {"of": "mentors", "count": 3, "within": "3 months"}),
    ("standardisation.attended", {"of": "mentors"}),
    ("matches.explained", {"of": ["mentees"]}),
    ("matches.agreed", {"of": ["mentors"]}),
    ("matches.followed_up", {"of": ["mentees"], "within": "2 weeks", "meetings": 1}),
    ("agreements.signed", {"within": "2 months"}),
    ("agreements.signed", {"of": ["mentors"], "within": "1 week", "matches": "all"}),
    (
        "agreements.signed",
        {
            "before": "first-meeting",
            "matches": "all",
            "states": ["time", "face-to-face", "roles", "boundaries", "disputes"],
        },
    ),
    ("matches.not_managed", {}),
    ("matches.not_assessed", {}),
    ("dropout.looked_at", {"every": "1 month"}),
    ("dropout.acted_on", {}),
    ("matches.kept", {"through": "3 years"}),
    ("matches.kept", {"through": "2 months"}),
    ("endings.explained", {"of": ["carers", "referrers"]}),
    ("endings.confirmed", {"of": ["mentees"]}),
    ("endings.surveyed", {"of": ["carers"]}),
    ("endings.surveyed", {"of": ["referrers"]}),
)


def every() -> list[Asked]:
    """All that is asked, each once."""
    qim = (asked for one in load(QIM).requirements for asked in questions(one))
    others = (asked for name, more in OTHERS for asked in read(name, more))
    return list(dict.fromkeys((*qim, *others)))


EVERY = every()
DAYS = (
    date(2026, 11, 22),
    date(2028, 2, 29),
    date(2027, 2, 28),
    date(2028, 3, 1),
    date(2027, 3, 1),
    date(2025, 2, 28),
    date(2029, 2, 28),
    date(2027, 5, 31),
    date(2027, 1, 1),
    date(2026, 12, 31),
    date(2027, 4, 30),
    date(2027, 3, 31),
)


def differences(practice: Practice, at: date, every: Iterable[Asked]) -> list[str]:
    """Where database and reference disagree: the question, and what each of them says."""
    world, service = reference.World(practice, at), Answering(practice, at)
    rules = {asked: service.rule(asked) for asked in every}
    found = []
    for asked, answer in ask(rules, at).items():
        rows = reference.rows(world, asked)
        plain = reference.answer(world, rows)
        if answer != plain:
            found.append(f"{asked!r} on {at}: {answer}, by the reference {plain}")
        listed = Counter(
            (row.ref, row.holds, row.day if row.holds else None) for row in told(rules[asked], behind(rules[asked], at))
        )
        expected = Counter((row.ref, not row.fails(at), None if row.fails(at) else row.until) for row in rows)
        if listed != expected:
            found.append(
                f"{asked!r} on {at}: {sorted(map(str, listed - expected))}, by the reference "
                f"{sorted(map(str, expected - listed))}"
            )
    return found


def test_every_kind_is_asked() -> None:
    assert {type(asked) for asked in EVERY} == set(KINDS.values()) == set(reference.ANSWERS)


@settings(at_most(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), at=st.sampled_from(DAYS), size=st.integers(0, 24))
def test_the_database_says_what_the_reference_says(people: Cast, seed: int, at: date, size: int) -> None:
    """A quarter of the questions of each service, for it is these that take time and not the rows. The services of the
    examples before stand beside it: nothing of theirs is counted.
    """
    some = random.Random(seed).sample(EVERY, len(EVERY) // 4)  # by the example's own seed
    assert differences(Maker(people.ada, at, seed, size).make(), at, some) == []
