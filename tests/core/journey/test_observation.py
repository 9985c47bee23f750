"""A joint observation: arranged, written up, signed by each; a signature falls with the words it stood under."""

import pytest

from kithwork.core.journey import ActKind, Entry, EntryKind, StageState
from tests.core.journey.road import APPLICANT, ASSESSOR, OFFICER, Road, days, edition, stage

K = EntryKind
WATCH = edition(
    stage("watch", "observation", 'of = "A lesson"', opens="form submitted"),
    award="watch signed",
    scheme='assessor_from = "form submitted"\n',
)


@pytest.fixture
def road() -> Road:
    return Road(WATCH).applied().does(days(1), K.APPOINTED, OFFICER)


def written(road: Road) -> Road:
    return road.does(days(2), K.ARRANGED, ASSESSOR, "watch", until=days(9)).does(days(9), K.HELD, ASSESSOR, "watch")


def test_it_is_arranged_then_written_up_then_signed(road: Road) -> None:
    assert road.acts(days(1), "watch") == [(ASSESSOR, ActKind.ARRANGE, 1)]
    road.does(days(2), K.ARRANGED, ASSESSOR, "watch", until=days(9))
    assert road.acts(days(2), "watch") == [(ASSESSOR, ActKind.HOLD, 1)]
    road.does(days(9), K.HELD, ASSESSOR, "watch")
    assert road.acts(days(9), "watch") == [(APPLICANT, ActKind.SIGN, 1), (ASSESSOR, ActKind.SIGN, 1)]
    road.does(days(9), K.SIGNED, ASSESSOR, "watch").does(days(12), K.SIGNED, APPLICANT, "watch")
    assert road.at(days(12)).stages["watch"].done == days(12)
    assert road.at(days(12)).stages["badge"].state is StageState.OPEN


def test_writing_it_up_anew_takes_the_signatures_away(road: Road) -> None:
    written(road).does(days(9), K.SIGNED, ASSESSOR, "watch").does(days(10), K.HELD, ASSESSOR, "watch")
    assert road.acts(days(10), "watch") == [(APPLICANT, ActKind.SIGN, 1), (ASSESSOR, ActKind.SIGN, 1)]
    road.does(days(11), K.SIGNED, APPLICANT, "watch")
    assert road.at(days(11)).stages["watch"].done is None, "the assessor has not signed what is written now"


def test_what_all_have_signed_is_not_changed_any_more(road: Road) -> None:
    written(road).does(days(9), K.SIGNED, ASSESSOR, "watch").does(days(9), K.SIGNED, APPLICANT, "watch")
    assert "is done" in road.refuses(days(10), K.HELD, ASSESSOR, "watch")


def test_moving_the_day_leaves_what_is_written_alone(road: Road) -> None:
    written(road).does(days(9), K.ARRANGED, ASSESSOR, "watch", until=days(15))
    assert road.acts(days(9), "watch") == [(APPLICANT, ActKind.SIGN, 1), (ASSESSOR, ActKind.SIGN, 1)]


def test_what_was_signed_before_write_ups_were_kept_stays_signed(road: Road) -> None:
    """Journeys of older days have signatures and no write-up: they stand."""
    road.does(days(2), K.ARRANGED, ASSESSOR, "watch", until=days(2))
    road.entries += [Entry(days(3), K.SIGNED, role, "watch") for role in (ASSESSOR, APPLICANT)]
    assert road.at(days(3)).stages["watch"].done == days(3)
