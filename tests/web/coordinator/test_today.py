"""Today: what needs the coordinator, in the order of harm, each line on the form on which it is done."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from kithwork.caseload.models import (
    BoundaryChange,
    Concern,
    Contact,
    Dispute,
    DropoutRisk,
    Ending,
    Exemption,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Reference,
    Referral,
    Reply,
    Review,
    RiskAssessment,
    Vetting,
)
from kithwork.caseload.queries.today import Matter, needed
from kithwork.governance.actions.policies import approve, begin_policy
from kithwork.governance.models import Insurance, Risk, Staff
from kithwork.web.coordinator.todo import task
from kithwork.web.templatetags.kit import longdate
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.referrals.conftest import at, cora, desk, practice, queries, sage, turned_away

__all__ = ["at", "cora", "desk", "practice", "queries", "sage", "turned_away"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def insured(practice, today):
    """Nothing about the service itself is due."""
    Insurance.objects.create(service=practice.service, cover="both", insurer="Oak", begins=today - timedelta(days=30),
                             ends=today + timedelta(days=300), volunteers=True)  # fmt: skip
    return practice


@pytest.fixture
def settled(insured, people, today):
    """A match of which everything is in order, introduced 30 days ago."""
    cai, mab = a_mentee(people.service, today), a_mentor(people.service, people.ada, today)
    match = a_match(cai, mab, people.ada, today)
    RiskAssessment.objects.create(mentee=cai, kind="activity", on=today, level="low", by=people.ada)
    Contact.objects.create(service=people.service, kind="mentee", mentee=cai, on=today, by=people.ada)
    Contact.objects.create(service=people.service, kind="mentor", mentor=mab, on=today, by=people.ada)
    match.plans.create(on=today, aims="To get out more")
    match.agreements.create(drawn_up_on=today, mentee_on=today, mentor_on=today, service_on=today, by=people.ada)
    return match


def lines(page: str) -> dict[str, tuple[str, str]]:
    """Title -> (address, state) of every line."""
    tree = html.fromstring(page)
    found = {}
    for row in tree.xpath("//li[contains(@class, 'govuk-task-list__item')]"):
        link, tag = row.xpath(".//a"), row.xpath(".//*[contains(@class, 'govuk-tag')]")
        title = (link or row.xpath("./div/div"))[0].text_content().strip()
        found[title] = (link[0].get("href") if link else "", tag[0].text_content().strip() if tag else "")
    return found


def seen(desk, at) -> dict[str, tuple[str, str]]:
    return lines(desk.get(at("today")).content.decode())


def test_a_service_without_anybody_is_offered_the_first_step(desk, at, insured):
    page = desk.get(at("today")).content.decode()
    assert "Nothing needs you today" in page
    assert at("referral_new") in page


def test_when_all_is_done_it_says_so_and_offers_no_first_step(desk, at, settled):
    page = desk.get(at("today")).content.decode()
    assert "Nothing needs you today" in page
    assert "heard, reviewed and supervised in time" in page
    assert at("referral_new") not in page


def test_contact_review_and_supervision_stand_overdue_first_and_then_what_is_soon(desk, at, settled, people, today):
    long = today - timedelta(days=200)
    cai, mab = settled.mentee, settled.mentor
    Match.objects.update(introduced_on=long, first_met_on=long)
    Contact.objects.all().delete()
    Mentee.objects.update(came_on=long, accepted_on=today - timedelta(days=85))
    Mentor.objects.update(applied_on=long, accepted_on=long)
    page = desk.get(at("today")).content.decode()
    found = lines(page)
    assert found["Review the match of Cai Rowan and Mab Sorrel"][0] == at("match_review", settled.ref)
    assert found["Be in touch with Mab Sorrel, mentor"] == (at("mentor_contact", mab.ref), "Overdue by about 4 months")
    assert found["Supervise Mab Sorrel"] == (at("supervise", mab.ref), "Overdue by 2 weeks")
    assert found["Be in touch with Cai Rowan"][0] == at("mentee_contact", cai.ref)
    assert found["Be in touch with Cai Rowan"][1].startswith("Due in")
    assert "4 things need you, 3 are overdue" in page
    assert page.index("Overdue</h2>") < page.index("Due within two weeks</h2>")


@pytest.mark.parametrize(("days", "state"), [(-1, "Due in 1 day"), (0, "Due today"), (1, "Overdue by 1 day")])
def test_what_is_due_on_a_day_is_overdue_from_the_next(practice, settled, days, state):
    """A match is looked at three months after it began, the day before, and the day after."""
    begun = date(2026, 1, 15)
    Match.objects.update(introduced_on=begun, first_met_on=begun, proposed_on=begun)
    day = date(2026, 4, 15) + timedelta(days=days)
    found = needed(practice, day)[Matter.REVIEW]
    assert (found.late, found.lines[0].day) == (int(days > 0), date(2026, 4, 15))
    assert str(task(Matter.REVIEW, found.lines[0], practice.service.slug, day).state.word) == state


def test_what_falls_due_in_more_than_two_weeks_is_left_out(practice, settled):
    begun = date(2026, 1, 15)
    Match.objects.update(introduced_on=begun, first_met_on=begun, proposed_on=begun)
    assert Matter.REVIEW in needed(practice, date(2026, 4, 1))
    assert Matter.REVIEW not in needed(practice, date(2026, 3, 31))


def test_a_check_that_has_lapsed_while_somebody_is_matched_stands_first(desk, at, settled, today, people):
    Vetting.objects.update(expires_on=today - timedelta(days=1))
    a_mentee(people.service, today, "Ola Finch", call_me_at=timezone.now())
    page = desk.get(at("today")).content.decode()
    found = lines(page)
    assert found["Renew the check of Mab Sorrel, who is matched"] == (
        at("vetting_ask", settled.mentor.ref), "Lapsed 1 day ago",
    )  # fmt: skip
    assert found["Ring Ola Finch"][0] == at("mentee_contact", Mentee.objects.get(name="Ola Finch").ref)
    assert page.index("Renew the check") < page.index("Ring Ola Finch")


def test_a_check_that_was_asked_for_leads_to_its_outcome(desk, at, settled, today, people):
    Vetting.objects.update(expires_on=today - timedelta(days=1))
    asked = Vetting.objects.create(mentor=settled.mentor, level="enhanced", asked_on=today, by=people.ada)
    title = "Note the outcome of the check of Mab Sorrel, who is matched"
    assert seen(desk, at)[title][0] == at("vetting", settled.mentor.ref, asked.ref)


def test_a_lapsed_check_of_somebody_exempt_or_not_matched_is_no_alarm(practice, settled, today, people):
    Vetting.objects.update(expires_on=today - timedelta(days=1))
    other = a_mentor(people.service, people.ada, today, "Nye Marlow")
    Vetting.objects.filter(mentor=other).update(expires_on=today - timedelta(days=1))
    assert [line.name for line in needed(practice, today)[Matter.VETTING].lines] == ["Mab Sorrel"]
    Exemption.objects.create(mentor=settled.mentor, missing="vetting", reason="The new one is on its way.",
                             begins=today, until=today + timedelta(days=60), by=people.ada)  # fmt: skip
    assert Matter.VETTING not in needed(practice, today)


def test_grace_is_shown_but_counts_as_overdue_only_when_it_is_over(practice, settled, today):
    practice.vetting_grace_days = 10
    for days, late in ((1, 0), (10, 0), (11, 1)):
        Vetting.objects.update(expires_on=today - timedelta(days=days))
        assert needed(practice, today)[Matter.VETTING].late == late, days


def test_concerns_are_told_to_those_who_answer_for_them_alone(desk, at, as_user, people, practice, cora):
    Concern.objects.create(
        service=people.service, urgency="danger", words="A bruise", raised_as="staff", raised_by=cora
    )
    assert "concern" not in desk.get(at("today")).content.decode().lower()
    found = seen(as_user(people.ada), at)
    assert found["1 concern about safety is open"] == (at("concerns"), "Somebody in danger")


def test_new_matches_are_followed_up(practice, desk, at, settled, people, today):
    first = today - timedelta(days=8)
    Match.objects.update(introduced_on=first, first_met_on=first)
    Contact.objects.all().delete()
    settled.plans.all().delete()
    found = seen(desk, at)
    assert found["Ask Cai Rowan how the first meeting was"] == (
        at("match_contact", settled.ref, "mentee"), "Overdue by 1 day",
    )  # fmt: skip
    assert found["Ask Mab Sorrel how the first meeting with Cai Rowan was"][0] == at(
        "match_contact", settled.ref, "mentor"
    )
    assert found["Make a development plan with Cai Rowan"][0] == at("match_plan", settled.ref)
    for number in range(5):
        Contact.objects.create(service=people.service, kind="meeting", mentee=settled.mentee, mentor=settled.mentor,
                               match=settled, on=first + timedelta(days=number), by=people.ada,
                               read_at=timezone.now())  # fmt: skip
    found = seen(desk, at)
    assert found["Ask Cai Rowan how it goes after five meetings"][0] == at("match_contact", settled.ref, "mentee")


def test_every_other_kind_has_its_line_and_its_form(practice, desk, at, settled, people, today, as_user):
    """Everything that can need a coordinator, each once."""
    ago, service = today - timedelta(days=3), people.service
    ref, mentee = settled.ref, settled.mentee.ref
    dispute = Dispute.objects.create(match=settled, raised_on=ago, raised_by="staff", what="About times", by=people.ada)
    change = BoundaryChange.objects.create(match=settled, noticed_on=ago, what="A present", by=people.ada)
    DropoutRisk.objects.create(match=settled, level="some", on=ago, look_again_on=today, by=people.ada)
    review = Review.objects.create(match=settled, on=ago, by=people.ada)
    risk = RiskAssessment.objects.create(mentee=settled.mentee, kind="person", on=ago, level="low", by=people.ada,
                                         actions="Ring first", actions_due=ago)  # fmt: skip
    for number in (1, 2):
        Contact.objects.create(service=service, kind="meeting", mentee=settled.mentee, mentor=settled.mentor,
                               match=settled, on=today - timedelta(days=number), reached=False,
                               read_at=timezone.now())  # fmt: skip
    logged = Contact.objects.create(service=service, kind="meeting", mentee=settled.mentee, mentor=settled.mentor,
                                    match=settled, on=today - timedelta(days=4))  # fmt: skip
    Reply.objects.create(contact=logged, text="How long?", flagged=True, by=people.ada)
    new = a_mentee(service, today, "Eda Moss", accepted_on=None, waiting_since=None)
    referral = Referral.objects.create(mentee=new, source="self", came_on=ago)
    gone = a_mentee(service, today, "Ray Dell", accepted_on=None, waiting_since=None, left_on=ago)
    told = Referral.objects.create(mentee=gone, source="self", came_on=ago, outcome="signposted", decided_on=ago,
                                   reason="Needs a lawyer.", signposted_to="The law centre",
                                   at=timezone.now() - timedelta(days=4))  # fmt: skip
    before = a_mentee(service, today, "Gil Ash", left_on=ago)  # from a spreadsheet: decided before it was here
    Referral.objects.create(mentee=before, source="self", came_on=ago, outcome="accepted", decided_on=ago)
    applicant = a_mentor(service, people.ada, today, "Nye Marlow", ready=False)
    reference = Reference.objects.create(mentor=applicant, name="Fern", relation="friend", received_on=ago)
    refused = a_mentor(service, people.ada, today, "Ivo Lark", ready=False)
    MentorStep.objects.create(mentor=refused, kind="selection", on=ago, outcome="no", note="No time", by=people.ada)
    exempted = a_mentor(service, people.ada, today, "Una Reed", call_me_at=timezone.now())
    Exemption.objects.create(mentor=exempted, missing="badge", reason="Lost", begins=ago, until=today, by=people.ada)
    Vetting.objects.filter(mentor=exempted).update(expires_on=today + timedelta(days=59))
    a_mentee(service, today, "Ola Finch")
    asked = a_match(a_mentee(service, today, "Tam Gill"), exempted, people.ada, today, running=False)
    found = seen(desk, at)
    wanted = {
        "Settle the dispute of Cai Rowan and Mab Sorrel": at("match_dispute_one", ref, dispute.ref),
        "Act on a change of boundaries: Cai Rowan and Mab Sorrel": at("match_boundary_done", ref, str(change.pk)),
        "Look again whether Cai Rowan may give up": at("match_dropout", ref),
        "Say what follows from the review with Cai Rowan": at("match_review_one", ref, review.ref),
        "Do what the risk assessment of Cai Rowan says": at("mentee_risk_done", mentee, risk.ref),
        "Ask why Cai Rowan and Mab Sorrel missed two meetings": at("match_contact", ref, "mentor"),
        "Mab Sorrel has not answered your question": at("contact", logged.ref),
        "Read what mentors logged": at("inbox"),
        "Decide the referral of Eda Moss": at("referral", referral.ref),
        "Say what was decided to whoever referred Ray Dell": at("referral_tell", told.ref),
        "Answer Nye Marlow, who offers to mentor": at("mentor", applicant.ref),
        "Read a reference for Nye Marlow": at("reference", applicant.ref, reference.ref),
        "Tell Ivo Lark why they were not selected": at("mentor_feedback", refused.ref),
        "Ring Una Reed, mentor": at("mentor_contact", exempted.ref),
        "The exemption of Una Reed ends: the ID badge": at("mentor_step", exempted.ref, "badge"),
        "Renew the check of Una Reed": at("vetting_ask", exempted.ref),
        "Find a mentor for those who wait": at("proposals"),
        "Explain the reasons for Una Reed to Tam Gill, and note the answer": at("match_answer", asked.ref, "mentee"),
    }
    assert {title: found.get(title, ("", ""))[0] for title in wanted} == wanted
    assert not [title for title in found if "Gil Ash" in title]
    for title, (href, _) in found.items():
        assert desk.get(href).status_code == 200, title


def test_a_proposal_leads_from_answer_to_introduction(desk, at, insured, people, today):
    match = a_match(
        a_mentee(people.service, today), a_mentor(people.service, people.ada, today), people.ada, today, running=False
    )
    Match.objects.update(mentee_answer="yes")
    assert at("match_answer", match.ref, "mentor") in [href for href, _ in seen(desk, at).values()]
    Match.objects.update(mentor_answer="yes")
    assert seen(desk, at)["Introduce Cai Rowan and Mab Sorrel"][0] == at("match_introduce", match.ref)


def test_an_ending_leads_to_what_comes_first(desk, at, settled, people, today):
    last = today - timedelta(days=1)
    Match.objects.update(ended_on=last)
    Ending.objects.create(match=settled, kind="planned", known_on=last - timedelta(days=20), last_day=last,
                          reason="Aims met", by=people.ada)  # fmt: skip
    steps = []
    for done in (
        {"mentee_told_on": last}, {"mentor_told_on": last}, {"follows": "A call in May"}, {"looked_back_on": last},
        {"mentee_confirmed_on": last}, {"mentor_confirmed_on": last},
    ):  # fmt: skip
        found = seen(desk, at)
        steps += [title for title in found if "ending" in title or "ends" in title or "follows" in title
                  or "Look back" in title]  # fmt: skip
        assert found["Decide whether Cai Rowan waits for another mentor"][0] == at("match_wait", settled.ref)
        Ending.objects.update(**done)
    assert steps == [
        "Tell Cai Rowan why the match of Cai Rowan and Mab Sorrel ends",
        "Tell Mab Sorrel why the match of Cai Rowan and Mab Sorrel ends",
        "Say what follows for Cai Rowan and Mab Sorrel",
        "Look back with Cai Rowan and Mab Sorrel",
        "Give Cai Rowan the ending of Cai Rowan and Mab Sorrel in writing",
        "Give Mab Sorrel the ending of Cai Rowan and Mab Sorrel in writing",
    ]


def test_what_belongs_to_an_ending_is_to_be_done_by_its_last_day_and_waits_from_then_on(
    desk, at, settled, people, today
):
    told = {"mentee_told_on": today, "mentor_told_on": today}
    Ending.objects.create(match=settled, kind="planned", known_on=today - timedelta(days=9),
                          last_day=today + timedelta(days=3), reason="Aims met", by=people.ada, **told)  # fmt: skip
    title = "Say what follows for Cai Rowan and Mab Sorrel"
    assert seen(desk, at)[title][1] == "Due in 3 days"
    assert f"By {longdate(today + timedelta(days=3))}" in desk.get(at("today")).content.decode()
    Ending.objects.update(last_day=today - timedelta(days=3))
    assert seen(desk, at)[title][1] == "3 days"


def test_what_was_agreed_against_a_risk_stands_there_from_a_month_before_its_day_until_it_is_done(
    desk, at, settled, people, today
):
    risk = Risk.objects.create(service=people.service, what="A coordinator is away", reviewed_on=today,
                               due_on=today + timedelta(days=31))  # fmt: skip
    assert seen(desk, at) == {}
    Risk.objects.update(due_on=today + timedelta(days=30))
    title = "Act against a risk: A coordinator is away"
    assert seen(desk, at)[title] == (at("register_risks_one", risk.ref), "Due in 4 weeks")
    Risk.objects.update(due_on=today - timedelta(days=1))
    assert seen(desk, at)[title][1] == "Overdue by 1 day"
    assert "1 thing needs you, 1 is overdue" in desk.get(at("today")).content.decode()
    Risk.objects.update(done_on=today)
    assert seen(desk, at) == {}


def test_what_is_due_about_the_service_stands_last(desk, at, settled, people, today, as_user):
    policy = begin_policy(service=people.service, subject="driving", by=people.ada)
    approve(policy=policy, approved_on=today - timedelta(days=1200), approved_by="The board", changed=True,
            affects_people=False, summary="", upload=None, by=people.ada)  # fmt: skip
    away = Staff.objects.create(service=people.service, name="Cora Lyle", role="Coordinator", began_on=today,
                                away_from=today)  # fmt: skip
    page = desk.get(at("today")).content.decode()
    found = lines(page)
    assert found[f"Review: {policy.title}"][0] == at("policy", policy.ref)
    assert found["Say who covers for Cora Lyle"] == ("", "Not covered")
    assert seen(as_user(people.ada), at)["Say who covers for Cora Lyle"][0] == at("note_staff", away.ref, "away")


def test_at_most_five_of_a_kind_and_the_list_of_all(desk, at, insured, people, today):
    long = today - timedelta(days=200)
    for number in range(11):
        a_mentee(people.service, today, f"Person {number:02}", came_on=long, accepted_on=long, waiting_since=long)
    page = desk.get(at("today")).content.decode()
    assert page.count("Be in touch with Person") == 5
    assert "All 11 mentees to hear from you" in page
    everything = desk.get(at("today_all", "contact-mentee")).content.decode()
    assert everything.count("Be in touch with Person") == 11
    assert "11 mentees to hear from you" in everything
    assert desk.get(at("today_all", "contact-mentee") + "?q=person+07").content.decode().count("Be in touch") == 1
    answer = desk.get(at("today_all", "contact-mentee") + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 11
    assert rows[0]["Who"] == "Person 00"


@pytest.mark.parametrize("matter", [*Matter, "nothing"])
def test_the_list_of_each_kind_opens(desk, at, practice, matter, settled):
    status = 404 if matter in ("nothing", "waiting", "unread", "risk-home") else 200
    assert desk.get(at("today_all", str(matter))).status_code == status


def test_it_costs_the_same_for_one_and_thirty(queries, at, people, practice, today):
    long = today - timedelta(days=200)

    def one(number: int) -> None:
        mentee = a_mentee(people.service, today, f"Person {number}", came_on=long, accepted_on=long,
                          call_me_at=timezone.now())  # fmt: skip
        mentor = a_mentor(people.service, people.ada, today, f"Mentor {number}")
        a_match(mentee, mentor, people.ada, today)

    one(0)
    first = queries(at("today"))
    for number in range(1, 30):
        one(number)
    assert queries(at("today")) == first <= 13
    assert queries(at("today_all", "call-mentee")) <= 9


def test_others_are_turned_away(turned_away, at, settled):
    turned_away(at("today"))
    turned_away(at("today_all", "review"))


def test_it_is_only_looked_at(desk, at, practice):
    assert desk.post(at("today")).status_code == 405
