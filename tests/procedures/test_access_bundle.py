"""What is held about one person, handed to them: all of it, and nobody else."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from kithwork.caseload.actions import equalities
from kithwork.caseload.models import (
    Concern,
    Contact,
    Mentee,
    Mentor,
    Pause,
    Practice,
    Referral,
    Review,
    Supervision,
)
from kithwork.core.verdict import Refused
from kithwork.governance.models import Staff, StaffSupervision, StaffVetting
from kithwork.ledger.models import Record
from kithwork.procedures.access_bundle import Apart, Because, Person, _reach, bundle, hand_over
from kithwork.procedures.other_bundles import referrer_copy, staff_copy
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def pair(practice: Practice, people: Cast, today: date) -> tuple[Mentee, Mentor]:
    """Cai and Mab, with what was written about them, and a third whom the words name."""
    service, ada = people.service, people.ada
    cai = a_mentee(service, today, "Cai Rowan", carer="Gwen Rowan", born=date(2009, 3, 5), interests=["chess", "walks"])
    mab = a_mentor(service, ada, today, "Mab Sorrel", skills=["listening"])
    a_mentee(service, today, "Ola Finch", profile="Nobody else reads this")
    match = a_match(cai, mab, ada, today)
    Contact.objects.create(
        service=service,
        kind="meeting",
        mentee=cai,
        mentor=mab,
        match=match,
        on=today,
        by=ada,
        words="Cai and MAB played chess. Ola Finch joined, <b>late</b>. Gwen fetched Cai.",
    )
    Referral.objects.create(
        mentee=cai,
        source="agency",
        came_on=cai.came_on,
        name="Nerys Pugh",
        organisation="Ysgol Glan",
        why="Nerys thinks that Cai is alone.",
    )
    Review.objects.create(match=match, on=today, of_service="Kind people.", outcome="All goes on.")
    Supervision.objects.create(mentor=mab, on=today, notes="Worries about the bus.", by=ada)
    Pause.objects.create(mentee=cai, begins=today, reason="Examinations", by=ada)
    Concern.objects.create(service=service, mentee=cai, urgency="worry", words="Bruises.", raised_as="mentor")
    return cai, mab


def text_of(practice: Practice, person: Person, *, concerns: bool = False) -> str:
    out = io.BytesIO()
    hand_over(practice=practice, person=person, concerns=concerns, out=out, by=None, now=timezone.now())
    with zipfile.ZipFile(out) as archive:
        assert set(archive.namelist()) == {"everything.html", "everything.json"}
        assert json.loads(archive.read("everything.json"))["left_out"]
        return archive.read("everything.html").decode()


def test_a_mentee_gets_what_is_about_them_and_nobody_else(practice: Practice, pair: tuple[Mentee, Mentor]) -> None:
    page = text_of(practice, pair[0])
    for said in ("Cai Rowan", "05/03/2009", "chess; walks", "Ysgol Glan", "Kind people.", "Examinations", "in person"):
        assert said in page, said
    assert "Cai and [another person] played chess." in page
    assert "[another person] joined, &lt;b&gt;late&lt;/b&gt;. [another person] fetched Cai." in page
    assert "[another person] thinks that Cai is alone." in page
    for hidden in ("Mab", "Sorrel", "Ola", "Finch", "Nerys", "Pugh", "Gwen", "Worries about the bus", "Bruises"):
        assert hidden not in page, hidden
    assert "Names of other people in what was written." in page
    assert "whoever answers for safeguarding decides" in page


def test_concerns_go_with_it_when_it_was_decided_so(practice: Practice, pair: tuple[Mentee, Mentor]) -> None:
    assert "Bruises." in text_of(practice, pair[0], concerns=True)


def test_a_mentor_gets_no_reference_and_nothing_of_the_mentee(practice: Practice, pair: tuple[Mentee, Mentor]) -> None:
    page = text_of(practice, pair[1])
    for said in (
        "Mab Sorrel",
        "listening",
        "Worries about the bus.",
        "Listens well",
        "Received on",
    ):
        assert said in page, said
    assert "enhanced" not in page
    assert "Checks of criminal records" in page
    for hidden in ("Cai", "Rowan", "Fern", "Abbot", "colleague", "Kind people", "Examinations", "Ola Finch"):
        assert hidden not in page, hidden
    assert "Data Protection Act 2018" in page


def test_vetting_and_equalities_go_with_it_when_it_is_ticked_and_said_why(
    practice: Practice, pair: tuple[Mentee, Mentor], people: Cast, today: date
) -> None:
    mab, out = pair[1], io.BytesIO()
    equalities.take_down(person=mab, given={"age": "25-34"}, by=people.ada, today=today)
    given = {"practice": practice, "person": mab, "concerns": False, "by": None, "now": timezone.now()}
    with pytest.raises(Refused, match="why"):
        hand_over(out=out, apart=[Apart.VETTING], **given)
    assert not Record.objects.filter(act="caseload.exported").exists()
    hand_over(out=out, apart=[Apart.VETTING, Apart.EQUALITIES], because=Because.THEY_ASK, **given)
    with zipfile.ZipFile(out) as archive:
        page = archive.read("everything.html").decode()
    assert "enhanced" in page
    assert "Your equalities answers" in page
    record = Record.objects.get(act="caseload.exported")
    assert (record.facts["apart"], record.facts["because"]) == (["equalities", "vetting"], "they-ask")
    assert "Your equalities answers" not in text_of(practice, mab)


def test_a_member_of_staff_and_a_referrer_get_theirs(
    practice: Practice, pair: tuple[Mentee, Mentor], people: Cast, today: date
) -> None:
    ida = Staff.objects.create(service=people.service, name="Ida Penn", role="Lead", began_on=today)
    StaffVetting.objects.create(staff=ida, level="enhanced", on=today, by=people.ada)
    StaffSupervision.objects.create(staff=ida, on=today, supervisor="Pat Holm", minutes="Time to write.", by=people.ada)
    out = io.BytesIO()
    staff_copy(practice=practice, staff=ida, out=out, by=people.ada, now=timezone.now())
    with zipfile.ZipFile(out) as archive:
        page = archive.read("everything.html").decode()
    for said in ("Ida Penn", "Time to write.", "P. H.", "Checks of criminal records"):
        assert said in page
    assert "Pat Holm" not in page
    assert "enhanced" not in page
    out = io.BytesIO()
    referrer_copy(practice=practice, referral=Referral.objects.get(), out=out, by=people.ada, now=timezone.now())
    with zipfile.ZipFile(out) as archive:
        page = archive.read("everything.html").decode()
    for said in ("Nerys Pugh", "Ysgol Glan", "Nerys thinks that C. is alone.", "C. R."):
        assert said in page
    for hidden in ("Cai", "Rowan", "Mab", "chess"):
        assert hidden not in page
    assert Record.objects.filter(act="caseload.exported").count() == 2


def test_the_ledger_says_for_whom_and_no_more(practice: Practice, pair: tuple[Mentee, Mentor]) -> None:
    text_of(practice, pair[0])
    record = Record.objects.order_by("seq").last()
    assert record is not None
    assert (record.act, record.facts["what"], record.facts["person"]) == ("caseload.exported", "bundle", pair[0].ref)
    assert "Cai" not in str(record.facts)


def test_every_kind_of_row_that_names_a_person_is_looked_into() -> None:
    of_mentee, of_mentor = ({model.__name__ for model, _ in _reach(kind)} for kind in (Mentee, Mentor))
    assert {
        "Referral",
        "Consent",
        "RiskAssessment",
        "Match",
        "Review",
        "Goal",
        "Contact",
        "Reply",
        "Ending",
        "Pause",
        "Measurement",
        "OneTimeLink",
        "Concern",
        "ConcernStep",
        "Questionnaire",
        "DropoutRisk",
    } <= of_mentee
    assert {"MentorStep", "Reference", "Vetting", "Attendance", "Supervision", "Exemption", "Invited"} <= of_mentor
    assert not of_mentor & {"Review", "Plan", "Goal", "DropoutRisk", "RiskAssessment"}
    assert not of_mentee & {"Vetting", "Supervision", "Training", "Measure", "Staff"}


def test_as_many_queries_for_many_rows(
    practice: Practice, pair: tuple[Mentee, Mentor], people: Cast, today: date, django_assert_max_num_queries: object
) -> None:
    cai, mab = pair
    Contact.objects.bulk_create(
        Contact(service=practice.service, kind="meeting", mentee=cai, mentor=mab, on=today, words="Chess.")
        for _ in range(30)
    )
    with django_assert_max_num_queries(45):  # type: ignore[operator]  # pytest-django's own
        found = bundle(practice=practice, person=cai, concerns=False)
    assert sum(len(section.rows) for section in found.sections if section.title == "Contacts") == 31
