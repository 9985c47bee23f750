"""What checks of referrals and mentees say, and which parameters they refuse."""

import pytest

from kithwork.core.readiness.catalogue import read


@pytest.mark.parametrize(
    ("name", "given", "met", "total", "figure"),
    [
        ("mentees.contacted", {"every": "3 months"}, 41, 43, "41 of 43 mentees heard from us in the last 3 months"),
        ("mentees.contacted", {"every": "1 year"}, 0, 1, "0 of 1 mentee heard from us in the last year"),
        ("referrers.contacted", {"every": "1 month"}, 1, 1, "1 of 1 referrer heard from us in the last month"),
        ("waiting_list.timed", {}, 1, 1, "1 of 1 person on the waiting list has the day since when"),
        ("waiting_list.timed", {}, 1, 2, "1 of 2 people on the waiting list have the day since when"),
        ("capacity.kept", {}, 0, 1, "More matches run than the service has said it can support"),
        ("waiting_list.managed", {}, 1, 1, "The number who wait is under control"),
    ],
)
def test_figures_read_as_english(name: str, given: dict[str, object], met: int, total: int, figure: str) -> None:
    (asked,) = read(name, given)
    assert asked.figure(met, total) == figure


@pytest.mark.parametrize(
    ("name", "given", "words", "not_said"),
    [
        ("mentees.contacted", {"every": "1 year", "who": ["unmatched"]}, "on the waiting list, within", "matched or"),
        ("mentees.contacted", {"every": "1 year"}, "matched or on the waiting list", "1 year"),
        ("referrals.assessed", {"of": ["eligibility"]}, "against the criteria", "risk"),
        ("referrals.assessed", {"of": ["risk"]}, "assessed for risk", "criteri"),
        ("consents.given", {"of": "mentors", "to": ["hold-personal-data"]}, "selected or not", "A no counts"),
        ("consents.given", {"of": "mentees", "to": ["share-risks"]}, "A no counts", "not withdrawn"),
        ("mentees.reviewed", {"every": "3 months", "topics": ["outcome"]}, "what follows", "Where the mentor"),
    ],
)
def test_a_definition_says_what_its_parameters_ask_and_no_more(
    name: str, given: dict[str, object], words: str, not_said: str
) -> None:
    (asked,) = read(name, given)
    assert words in asked.definition()
    assert not_said not in asked.definition()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("consents.given", {"of": "mentees", "to": []}),
        ("consents.given", {"of": "mentees", "to": ["to-everything"]}),
        ("consents.given", {"to": ["share-risks"]}),
        ("referrals.assessed", {"of": []}),
        ("referrals.assessed", {"of": ["charm"]}),
        ("mentees.contacted", {"every": "3 months", "who": []}),
        ("mentees.reviewed", {"every": "often"}),
        ("risks.assessed", {"of": "homes", "before": "breakfast"}),
    ],
)
def test_a_parameter_that_is_not_known_is_refused(name: str, given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        read(name, given)
