"""One match: what is due, and every act from the proposal to the ending, through its pages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from kithwork.caseload.actions import agreements, endings
from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Consent,
    Contact,
    Dispute,
    DropoutRisk,
    Ending,
    ExtraSupport,
    Goal,
    OneTimeLink,
    Plan,
    Review,
)
from kithwork.ledger.models import Record
from kithwork.notices.actions import send_waiting
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


def acts_of(row, kind):
    return list(Record.objects.filter(subject__startswith=f"{kind}:").values_list("act", flat=True))


def test_the_page_says_first_what_is_due(room, ada, at, turned_away):
    page = ada.get(at("match", room.match.ref)).content.decode()
    assert "Cai Rowan and Mab Sorrel:" in page
    for words in ("Ask Cai Rowan how the first meeting was", "Make a development plan", "What happened", "Introduced"):
        assert words in page
    assert page.index("What is due") < page.index("The match") < page.index("What happened")
    turned_away(at("match", room.match.ref))


def test_the_page_costs_the_same_for_one_row_and_for_thirty(room, people, today, at, queries):
    def more(count):
        for number in range(count):
            on = today - timedelta(days=number)
            Review.objects.create(match=room.match, on=on, outcome="Goes on.", by=people.ada)
            BoundaryChange.objects.create(match=room.match, noticed_on=today, what="A present.", by=people.ada)
            Contact.objects.create(
                service=room.service, kind="mentor", mentor=room.mab, match=room.match, on=today, by=people.ada
            )

    more(1)
    one = queries(at("match", room.match.ref))
    more(29)
    assert queries(at("match", room.match.ref)) == one <= 32


# the proposal


def test_an_answer_is_noted_with_the_day_the_reasons_were_explained(asked, ada, at, day, today, turned_away):
    url = at("match_answer", asked.match.ref, "mentee")
    assert ada.get(url).status_code == 200
    early = ada.post(url, {**day("told_on", today - timedelta(days=1)), "answer": "yes"})
    assert early.status_code == 409
    assert ada.post(url, {**day("told_on", today), "answer": "yes"}).status_code == 303
    asked.match.refresh_from_db()
    assert (asked.match.mentee_told_on, asked.match.mentee_answer, asked.match.mentee_answered_on) == (
        today,
        "yes",
        today,
    )
    again = ada.post(url, {**day("told_on", today), "answer": "no", "because": "Changed my mind"})
    page = refused_with(again, "answered already", at("match", asked.match.ref))
    assert typed(page, "because") == "Changed my mind"
    assert ada.post(url, {"answer": "yes"}).status_code == 422
    turned_away(url, "post", answer="yes")


def test_both_are_introduced_once_both_said_yes(asked, ada, at, day, today, turned_away):
    url = at("match_introduce", asked.match.ref)
    typed_in = {"introduced_by": "Ada", **day("on", today), "met": "yes", "meets": "Fridays, at the library"}
    refused_with(ada.post(url, typed_in), "Both have to say yes")
    for side in ("mentee", "mentor"):
        ada.post(at("match_answer", asked.match.ref, side), {**day("told_on", today), "answer": "yes"})
    assert ada.post(url, typed_in).status_code == 303
    asked.match.refresh_from_db()
    assert (asked.match.introduced_on, asked.match.first_met_on, asked.match.introduced_by) == (today, today, "Ada")
    assert ada.post(url, typed_in).status_code == 409
    turned_away(url, "post", **typed_in)


def test_nobody_is_introduced_when_the_mentor_is_no_longer_cleared(asked, ada, at, day, today):
    asked.match.mentee_answer = asked.match.mentor_answer = "yes"
    asked.match.save()
    asked.mab.vettings.update(expires_on=today - timedelta(days=1))
    answer = ada.post(
        at("match_introduce", asked.match.ref), {"introduced_by": "Ada", **day("on", today), "met": "yes"}
    )
    refused_with(answer, "Missing: vetting")


def test_a_bank_agrees_in_writing_before_anybody_is_introduced(asked, people, ada, at, day, today):
    asked.practice.agreement_first = True
    asked.practice.save()
    asked.match.mentee_answer = asked.match.mentor_answer = "yes"
    asked.match.save()
    url, typed_in = at("match_introduce", asked.match.ref), {"introduced_by": "Ada", **day("on", today), "met": "no"}
    refused_with(ada.post(url, typed_in), "agrees in writing first")
    signed = {"mentee_on": today, "mentor_on": today}
    agreement = Agreement.objects.create(match=asked.match, drawn_up_on=today, by=people.ada, **signed)
    assert ada.post(url, typed_in).status_code == 409
    agreements.sign(
        agreement=agreement, match=asked.match, who=agreements.Signs.SERVICE, on=today, by=people.ada, today=today
    )
    assert ada.post(url, typed_in).status_code == 303


def test_a_proposal_is_withdrawn_with_its_reason(asked, ada, at, turned_away):
    url = at("match_withdraw", asked.match.ref)
    assert ada.post(url, {"because": ""}).status_code == 422
    assert ada.post(url, {"because": "Moved away"}).status_code == 303
    asked.match.refresh_from_db()
    assert asked.match.withdrawn_because == "Moved away"
    assert ada.get(url).status_code == 409
    turned_away(url, "post", because="x")


def test_a_link_asks_without_a_name(asked, ada, at, today, turned_away):
    assert ada.post(at("match_ask", asked.match.ref, "mentee")).status_code == 303
    send_waiting(now=timezone.now())
    sent = mail.outbox[-1]
    assert sent.to == ["cai@people.example"]
    assert "/meet/" in sent.body
    assert not [name for name in ("Cai", "Mab", "Rowan", "Sorrel") if name in sent.body + sent.subject]
    assert ada.get(at("match_ask", asked.match.ref, "mentee")).status_code == 405
    asked.cai.email = ""
    asked.cai.save()
    assert ada.post(at("match_ask", asked.match.ref, "mentee")).status_code == 409
    turned_away(at("match_ask", asked.match.ref, "mentor"), "post")


# while it runs


def test_the_small_acts_each_leave_their_row(room, ada, at, day, today, turned_away):
    ref = room.match.ref
    for name, args, data in (
        ("match_met", (), day("on", today)),
        ("match_contact", ("mentee",), {**day("on", today), "way": "phone", "reached": "yes", "words": "Fine."}),
        ("match_arrange", (), {"meets": "Fridays", "looks_after": ""}),
        ("match_watch", (), {"closely": "yes"}),
        ("match_support", (), {"to": "both", **day("on", today), "what": "Two calls."}),
        ("match_boundary", (), {**day("on", today), "what": "A present."}),
        ("match_dropout", (), {"level": "some", **day("on", today), "signs": "Late.", **day("look_again_on", today)}),
        ("match_plan", (), {**day("on", today), "aims": "Friends.", "goal_1": "Join a club", **day("by_1", today)}),
        ("match_dispute", (), {**day("on", today), "raised_by": "mentor", "what": "Times."}),
    ):
        url = at(name, ref, *args)
        assert ada.get(url).status_code == 200, name
        assert ada.post(url, data).status_code == 303, (name, ada.post(url, data).content.decode())
        faulty = ada.post(url, {})
        assert faulty.status_code in ({303, 409} if name == "match_arrange" else {422}), name
        turned_away(url, "post", **data)
    room.match.refresh_from_db()
    assert (room.match.first_met_on, room.match.difficult_since) == (today, today)
    assert Contact.objects.get().match == room.match
    assert (ExtraSupport.objects.count(), BoundaryChange.objects.count(), Dispute.objects.count()) == (1, 1, 1)
    assert DropoutRisk.objects.get().look_again_on == today
    assert Goal.objects.get(plan=Plan.objects.get()).what == "Join a club"
    assert acts_of(room.match, "contact") == ["caseload.recorded"]


def test_what_was_noted_is_acted_on(room, people, ada, at, day, today):
    change = BoundaryChange.objects.create(match=room.match, noticed_on=today, what="A present.", by=people.ada)
    url = at("match_boundary_done", room.match.ref, str(change.pk))
    assert ada.post(url, {"done": "Talked about presents."}).status_code == 303
    assert ada.post(url, {"done": "Again"}).status_code == 409
    assert ada.get(at("match_boundary_done", room.match.ref, "not-a-number")).status_code == 404
    dispute = Dispute.objects.create(
        match=room.match, raised_on=today, raised_by="mentor", what="Times.", by=people.ada
    )
    url = at("match_dispute_one", room.match.ref, dispute.ref)
    settle = {"do": "settle", "outcome": "Fridays it is.", **day("on", today)}
    refused_with(ada.post(url, settle), "who arbitrates")
    refused_with(ada.post(url, {"do": "arbiter", "arbiter": "mab sorrel", **day("on", today)}), "Somebody else")
    assert ada.post(url, {"do": "arbiter", "arbiter": "Ivor, a trustee", **day("on", today)}).status_code == 303
    assert ada.post(url, settle).status_code == 303
    assert ada.post(url, settle).status_code == 409
    plan = Plan.objects.create(match=room.match, on=today, aims="Friends.")
    goal = Goal.objects.create(plan=plan, what="Join a club")
    assert ada.post(at("match_goal", room.match.ref, goal.ref), {"state": "met"}).status_code == 303
    goal.refresh_from_db()
    assert (goal.state, goal.settled_on) == ("met", today)


REVIEW = {
    "mentor_there": "no",
    "achieved": "mostly",
    "goes_on": "yes",
    "needed": "yes",
    "of_service": "Kind people.",
    "outcome": "All goes on.",
}


def test_a_review_needs_its_outcome_and_is_shared_only_with_consent(room, people, ada, at, day, today, turned_away):
    url = at("match_review", room.match.ref)
    assert ada.post(url, {**REVIEW, **day("on", today), "outcome": ""}).status_code == 422
    assert ada.post(url, {**REVIEW, **day("on", today)}).status_code == 303
    review = Review.objects.get()
    page = at("match_review_one", room.match.ref, review.ref)
    assert "has not agreed" in ada.get(page).content.decode()
    share = at("match_review_share", room.match.ref, review.ref, "mentor")
    assert ada.post(share).status_code == 409
    Consent.objects.create(mentee=room.cai, kind="reviews", answer="given", on=today, wording="You may.")
    assert ada.post(share).status_code == 303
    review.refresh_from_db()
    assert review.mentor_shared_on == today
    Consent.objects.create(mentee=room.cai, kind="reviews", answer="withdrawn", on=today, wording="You may.")
    assert ada.post(at("match_review_share", room.match.ref, review.ref, "referrer")).status_code == 409
    turned_away(share, "post")
    turned_away(page)
    turned_away(url, "post", **REVIEW)


def test_an_agreement_is_drawn_up_and_signed(room, ada, at, day, today, turned_away):
    room.practice.longest_months = 36
    room.practice.save()
    assert "Nothing is agreed" in ada.get(at("match_agreement", room.match.ref)).content.decode()
    url = at("match_draw_up", room.match.ref)
    words = {
        "time": "2 hours",
        "face_to_face": "80",
        "roles": "r",
        "boundaries": "b",
        "disputes": "d",
        "notice": "14 days",
    }
    typed_in = {**words, **day("on", today)}
    refused_with(ada.post(url, {**typed_in, **day("until", today + timedelta(days=4 * 366))}), "36 months at most")
    assert ada.post(url, {**typed_in, **day("until", today + timedelta(days=700))}).status_code == 303
    agreement = Agreement.objects.get()
    for who in ("mentee", "mentor", "service"):
        assert ada.post(at("match_sign", room.match.ref, who), day("on", today)).status_code == 303
    assert ada.post(at("match_sign", room.match.ref, "service"), day("on", today)).status_code == 409
    agreement.refresh_from_db()
    assert (agreement.mentee_on, agreement.mentor_on, agreement.service_on) == (today, today, today)
    assert "signed by all three" in ada.get(at("match_agreement", room.match.ref)).content.decode()
    turned_away(url, "post", **words)
    turned_away(at("match_sign", room.match.ref, "mentee"), "post")


# the ending


def ending_of(room, people, today, **more):
    given = {"kind": Ending.Kind.SUDDEN, "known_on": today, "last_day": today, "reason": "Moved.", "short_because": ""}
    return endings.end(
        match=room.match, practice=room.practice, bad=False, by=people.ada, today=today, **{**given, **more}
    )


def test_a_planned_ending_has_its_notice_or_a_reason(room, ada, at, day, today, turned_away):
    url = at("match_end", room.match.ref)
    typed_in = {"kind": "planned", **day("known_on", today), "reason": "Aims are met.", "bad": "no"}
    for days, status in ((13, 409), (14, 303)):
        answer = ada.post(url, {**typed_in, **day("last_day", today + timedelta(days=days))})
        assert answer.status_code == status
    room.match.refresh_from_db()
    assert room.match.ended_on == today + timedelta(days=14)
    page = ada.get(at("match", room.match.ref)).content.decode()
    assert "Ending" in page
    assert "Tell Cai Rowan why the match ends" in page
    assert ada.get(url).status_code == 409
    assert ada.post(at("match_goes_on", room.match.ref)).status_code == 303
    assert not Ending.objects.exists()
    short = {**typed_in, **day("last_day", today + timedelta(days=2)), "short_because": "She moves on Friday."}
    assert ada.post(url, short).status_code == 303
    assert Ending.objects.get().short_because == "She moves on Friday."
    turned_away(url, "post", **typed_in)


def test_everything_that_belongs_to_an_ending(room, people, ada, at, day, today, turned_away):
    ending = ending_of(room, people, today)
    ref = room.match.ref
    refused_with(ada.post(at("match_confirm", ref, "mentee"), day("on", today)), "Say first what follows")
    assert ada.get(at("match_letter", ref, "mentee")).status_code == 404
    for name, args, data in (
        *(("match_told", (who,), day("on", today)) for who in ("mentee", "mentor", "carer", "referrer")),
        ("match_look_back", (), {**day("on", today), "words": "A walk by the sea."}),
        ("match_follows", (), {"follows": "You may write to each other.", "offered": "The choir"}),
        ("match_confirm", ("mentee",), day("on", today)),
        ("match_confirm", ("mentor",), day("on", today)),
        ("match_exit", (), {"whom": "family", "email": "kin@people.example"}),
    ):
        url = at(name, ref, *args)
        assert ada.get(url).status_code == 200, name
        assert ada.post(url, {}).status_code == 422, name
        assert ada.post(url, data).status_code == 303, name
        turned_away(url, "post", **data)
    ending.refresh_from_db()
    assert None not in (
        ending.mentee_told_on,
        ending.referrer_told_on,
        ending.mentor_confirmed_on,
        ending.asked_exit_on,
    )
    assert OneTimeLink.objects.get(purpose="exit").side == "family"
    letter = ada.get(at("match_letter", ref, "mentee"))
    text = PdfReader(BytesIO(letter.content)).pages[0].extract_text()
    assert "You may write to each other." in text
    assert "Moved." not in text  # the reason is told, not printed
    turned_away(at("match_letter", ref, "mentee"))


def test_a_mentee_waits_again_from_the_end(room, people, ada, at, day, today, turned_away):
    url = at("match_wait", room.match.ref)
    assert ada.get(url).status_code == 409
    last = today - timedelta(days=3)
    ending_of(room, people, today, known_on=last, last_day=last)
    assert ada.post(url, day("on", last - timedelta(days=1))).status_code == 409
    assert ada.post(url, day("on", last)).status_code == 303
    room.cai.refresh_from_db()
    assert room.cai.waiting_since == last
    assert ada.post(url, day("on", today)).status_code == 409
    turned_away(url, "post")


def test_a_foreign_match_is_not_there(room, people, today, ada, at):
    assert ada.get(at("match", "zzzzzzzzzzzz")).status_code == 404
    assert ada.get(at("match_told", room.match.ref, "neighbour")).status_code == 404
    assert ada.get(at("match_contact", room.match.ref, "carer")).status_code == 404
