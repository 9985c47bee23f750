"""What assessors do besides evidence: observe and sign, decide together, mark the same script, fill in their own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.assessment.models import AgreedMark, Mark, WriteUp
from kithwork.core.journey import ActKind, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Feedback
from kithwork.journeys.models import Appointment, EntryRow, Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, assessing, sample
from kithwork.procedures.sample import Cast
from kithwork.procedures.sample.words import let_go
from tests.journeys.made import journey_at, publish_texts

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
K, DAY = EntryKind, date(2026, 3, 2)

SCHEME = """
[scheme]
slug = "skylark"
edition = "1"
name = "Skylark"
body = "The Skylark Trust"
applicant = "person"
summary = "Made up."
source = "made up"
assessor_from = "form submitted"
assessors = 2
[words]
assessor = "listener"
[[levels]]
id = "one"
title = "One"
[credential]
kind = "award"
holds = "Holds"
[[areas]]
id = "song"
title = "Song"
[[stages]]
id = "form"
kind = "form"
title = "Form"
fields = [{ id = "why", page = "P", label = "Why", kind = "text" }]
[[stages]]
id = "watch"
kind = "observation"
title = "A joint look"
of = "A lesson."
opens = ["form submitted"]
[[stages]]
id = "check"
kind = "checklist"
title = "In order"
by = "assessor"
opens = ["form submitted"]
otherwise = "Ask."
questions = [{ id = "a", asks = "Is it signed?" }]
[[stages]]
id = "note"
kind = "form"
title = "A note"
by = "assessor"
opens = ["form submitted"]
fields = [{ id = "said", page = "P", label = "What was said?", kind = "long" }]
[[stages]]
id = "script"
kind = "assignment"
title = "Script"
opens = ["form submitted"]
standardised = true
[[stages.pieces]]
id = "essay"
title = "Essay"
asks = "Write."
min_words = 3
max_words = 5
points = ["It is clear.", "It is yours."]
[[stages]]
id = "verdict"
kind = "decision"
title = "Verdict"
by = "assessor"
deciders = 2
decides = "award"
opens = ["form submitted"]
[[stages]]
id = "badge"
kind = "award"
title = "Badge"
opens = ["verdict yes"]
[[stages]]
id = "folder"
kind = "portfolio"
title = "Folder"
assessed = "folder"
opens = ["form submitted"]
"""
REQUIREMENTS = """
[[requirement]]
id = "trill"
number = "1"
level = "one"
area = "song"
title = "Trill"
asks = "You trill."
points = ["High.", "Long."]
assessed = "folder"
source = "made up"
"""


@pytest.fixture
def edition(people: Cast, tmp_path: Path) -> PublishedEdition:
    texts = {"scheme.toml": SCHEME, "requirements.toml": REQUIREMENTS}
    return publish_texts(texts, people, tmp_path / "skylark" / "1")


@pytest.fixture
def fay(people: Cast) -> User:
    fay = sample.person("Fay Brook", "fay@assessors.example")
    organisations.join(organisation=people.body, user=fay, role=Member.ASSESSOR, by=people.olu)
    return fay


@pytest.fixture
def journey(edition: PublishedEdition, people: Cast, fay: User, today: date) -> Journey:
    entries = [
        Entry(DAY, K.OPENED, Role.APPLICANT, level="one"),
        Entry(DAY, K.SUBMITTED, Role.APPLICANT, "form"),
        Entry(DAY, K.APPOINTED, Role.OFFICER),
        Entry(DAY, K.APPOINTED, Role.OFFICER),
        Entry(DAY, K.ARRANGED, Role.ASSESSOR, "watch", until=DAY),
    ]
    return journey_at(edition, people, (entries, DAY), today, [people.dot, fay])


@pytest.fixture
def faye(fay: User, as_user: As) -> Client:
    return as_user(fay)


def to(name: str, journey: Journey, *args: str) -> str:
    return reverse(name, args=[journey.ref, *args])


def acts(journey: Journey, today: date, stage: str) -> set[tuple[Role, ActKind]]:
    return {(act.role, act.what) for act in read(journey, today).position.acts if act.stage == stage}


# A joint observation


def test_an_observation_is_written_up_answered_changed_and_signed(
    journey: Journey, dot: Client, people: Cast, as_user: As, today: date
) -> None:
    url, ada = to("observe", journey, "watch"), as_user(people.ada)
    stage = to("journey_stage", journey, "watch")
    assert "Write up what was observed" in dot.get(url).content.decode()
    assert dot.post(url, {"do": "sign"}).status_code == 409, "nothing is written yet"
    assert dot.post(url, {"do": "write", "seen": ""}).status_code == 422
    assert dot.post(url, {"do": "write", "seen": "It sang.", "note-trill": "High and long."}).status_code == 303
    assert Message.objects.filter(kind="written-up", to=people.ada).count() == 1
    assert dot.post(url, {"do": "sign", "version": "1"}).status_code == 303
    page = ada.get(stage).content.decode()
    for words in ("It sang.", "1 Trill", "High and long.", "Dot Lindqvist, ", "Not signed yet"):
        assert words in page
    assert ada.post(stage, {"do": "reply", "text": ""}).status_code == 422
    assert ada.post(stage, {"do": "reply", "text": "I coughed once.", "version": "1"}).status_code == 303
    assert "I coughed once." in dot.get(url).content.decode()
    assert acts(journey, today, "watch") == {(Role.APPLICANT, ActKind.SIGN)}
    same = dot.post(url, {"do": "write", "seen": "It sang.", "note-trill": "High and long."})
    assert same.status_code == 409, "what has not changed takes no signature away"
    assert dot.post(url, {"do": "write", "seen": "It sang, with a cough."}).status_code == 303
    assert acts(journey, today, "watch") == {(Role.APPLICANT, ActKind.SIGN), (Role.ASSESSOR, ActKind.SIGN)}
    old = ada.post(stage, {"do": "sign", "version": "1", "text": "Typed"})
    assert old.status_code == 409, "the version that was read is not the newest"
    assert "Typed" in old.content.decode()
    assert ada.post(stage, {"do": "sign", "version": "2", "text": "Thank you."}).status_code == 303
    assert dot.post(url, {"do": "sign", "version": "2"}).status_code == 303
    assert read(journey, today).position.stages["watch"].done == today
    assert dot.post(url, {"do": "write", "seen": "Later"}).status_code == 409
    page = dot.get(url).content.decode()
    for words in ("Signed by everybody", "Ada Marsh, ", "Thank you.", "Earlier versions (1)"):
        assert words in page
    assert WriteUp.objects.count() == 2


@pytest.mark.parametrize("name", ["observe", "assess_decide", "assess_stage"])
def test_these_pages_are_for_the_cases_own_assessors(
    name: str, journey: Journey, people: Cast, as_user: As, dot: Client
) -> None:
    url = to(name, journey, {"observe": "watch", "assess_decide": "verdict", "assess_stage": "check"}[name])
    for user in (people.ada, people.bea, people.olu, people.eve):
        assert as_user(user).get(url).status_code == 404
        assert as_user(user).post(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert dot.put(url).status_code == 405
    assert dot.get(to(name, journey, "form")).status_code == 404
    assert EntryRow.objects.filter(journey=journey).count() == 5


# The assessor's own checklist and form


def test_a_checklist_and_a_form_of_the_assessors_are_filled_in(journey: Journey, dot: Client, today: date) -> None:
    check, note = to("assess_stage", journey, "check"), to("assess_stage", journey, "note")
    page = dot.get(to("case", journey)).content.decode()
    assert check in page
    assert note in page
    assert dot.post(check, {}).status_code == 422
    assert dot.post(check, {"a": "yes"}).status_code == 303
    assert dot.post(check, {"a": "yes"}).status_code == 409
    assert dot.post(note, {"said": "All well."}).status_code == 303
    assert "All well." in dot.get(note).content.decode()
    assert {"check", "note"} <= {s.id for s in read(journey, today).position.stages.values() if s.done}


# Two who must agree


def test_each_decides_alone_and_sees_the_other_afterwards(
    journey: Journey, dot: Client, faye: Client, people: Cast, as_user: As, olu: Client, today: date
) -> None:
    url = to("assess_decide", journey, "verdict")
    assert url in dot.get(to("case", journey)).content.decode()
    assert dot.post(url, {"outcome": "no", "reason": ""}).status_code == 422
    assert dot.post(url, {"outcome": "yes", "reason": "A clear voice."}).status_code == 303
    twice = dot.post(url, {"outcome": "no", "reason": "Changed my mind"})
    assert twice.status_code == 409
    assert "Changed my mind" in twice.content.decode()
    page = faye.get(url).content.decode()
    assert "A clear voice." not in page, "nobody reads another's voice before giving their own"
    assert "1 of 2 have decided" in page
    told = as_user(people.ada).get(to("journey_stage", journey, "verdict")).content.decode()
    assert "A clear voice." not in told, "one voice is not yet a decision"
    assert "the answer is yes" not in told
    body = olu.get(reverse("decide", args=[people.body.slug, journey.ref, "verdict"])).content.decode()
    assert "A clear voice." not in body
    assert faye.post(url, {"outcome": "no", "reason": "Too soft."}).status_code == 303
    page = dot.get(url).content.decode()
    for words in ("They disagreed", "A clear voice.", "Too soft.", "decide again"):
        assert words in page
    assert set(Message.objects.filter(kind="voices-differ").values_list("to__name", flat=True)) == {
        "Dot Lindqvist",
        "Fay Brook",
    }
    for client in (dot, faye):
        assert client.post(url, {"outcome": "yes", "reason": "Heard again."}).status_code == 303
    assert acts(journey, today, "badge") == {(Role.OFFICER, ActKind.GRANT)}, "who assesses grants nothing"
    told = as_user(people.ada).get(to("journey_stage", journey, "verdict")).content.decode()
    assert "the answer is yes" in told
    assert "Too soft." not in told, "what did not count is not the applicant's to read"


@pytest.fixture
def olu(people: Cast, as_user: As) -> Client:
    return as_user(people.olu)


# A script that both mark

GOOD = {"do": "mark", "point-0": "met", "point-1": "met", "outcome": "pass", "feedback": "It sings.", "round": "1"}
POOR = {"do": "mark", "point-0": "not", "point-1": "met", "outcome": "again", "feedback": "It hums.", "round": "1"}
AGREE = {"do": "agree", "outcome": "again", "reason": "The clearer reading.", "feedback": "Sing out.", "round": "1"}


@pytest.fixture
def sent(journey: Journey, people: Cast, today: date) -> Journey:
    return hand_in(journey, people, today, "One two three four")


def hand_in(journey: Journey, people: Cast, today: date, text: str) -> Journey:
    evidence.write_piece(
        journey=journey,
        stage="script",
        piece_id="essay",
        text=text,
        declared=[],
        by=people.ada,
        passing=let_go(people.ada),
        today=today,
    )
    assessing.send_evidence(journey=journey, stage="script", slots=["essay"], by=people.ada, today=today)
    return journey


def test_markers_mark_alone_compare_and_agree(
    sent: Journey, dot: Client, faye: Client, people: Cast, today: date
) -> None:
    url = to("assess_mark", sent, "essay")
    page = dot.get(to("assess", sent, "essay")).content.decode()
    assert url in page
    assert "As long as asked" in page
    assert "Confirm and next" not in page
    with pytest.raises(Refused, match="Several mark this"):
        assessing.give_feedback(
            journey=sent, stage="script", slot="essay", outcome=Feedback.Outcome.CONFIRMED, advice="", by=people.dot,
            today=today,
        )  # fmt: skip
    assert dot.post(url, GOOD | {"feedback": ""}).status_code == 422
    assert dot.post(url, GOOD).status_code == 303
    assert dot.post(url, GOOD).status_code == 409, "a mark is given once"
    assert dot.post(url, AGREE).status_code == 409, "not before all have marked"
    assert "It sings." not in faye.get(url).content.decode()
    assert faye.post(url, POOR).status_code == 303
    assert Message.objects.filter(kind="script-marked").values_list("to__name", flat=True).get() == "Dot Lindqvist"
    page = dot.get(url).content.decode()
    for words in ("say different things", "It sings.", "It hums.", "Fay Brook", "Not met"):
        assert words in page
    assert dot.post(url, AGREE | {"reason": ""}).status_code == 422
    assert dot.post(url, AGREE).status_code == 303
    agreed = AgreedMark.objects.get()
    assert (agreed.by, agreed.on, agreed.marks.count()) == (people.dot, today, 2)
    assert Feedback.objects.get(journey=sent, slot="essay").advice == "Sing out."
    assert Message.objects.filter(kind="feedback-given", to=people.ada).exists()
    assert "The clearer reading." in faye.get(url).content.decode()
    hand_in(sent, people, today, "One two three four five")
    stale = faye.post(url, GOOD)
    assert stale.status_code == 409, "the page was opened on the earlier script"
    assert faye.post(url, GOOD | {"round": "2"}).status_code == 303
    assert Mark.objects.count() == 3


def test_one_marker_alone_confirms_as_ever(sent: Journey, fay: User, dot: Client) -> None:
    Appointment.objects.filter(assessor=fay).update(state="ended")
    assert dot.get(to("assess_mark", sent, "essay")).status_code == 404
    assert "Confirm and next" in dot.get(to("assess", sent, "essay")).content.decode()


# As many as the edition wants


def test_as_many_are_asked_as_the_edition_wants(
    edition: PublishedEdition, people: Cast, fay: User, olu: Client, today: date
) -> None:
    entries = [Entry(DAY, K.OPENED, Role.APPLICANT, level="one"), Entry(DAY, K.SUBMITTED, Role.APPLICANT, "form")]
    journey = journey_at(edition, people, (entries, DAY), today)
    url = reverse("appoint", args=[people.body.slug, journey.ref])
    gus = sample.person("Gus Lane", "gus@assessors.example")
    organisations.join(organisation=people.body, user=gus, role=Member.ASSESSOR, by=people.olu)
    for user in (people.dot, fay):
        assert olu.post(url, {"assessor": user.ref}).status_code == 303
    late = olu.post(url, {"assessor": gus.ref})
    assert late.status_code == 409
    assert "2 assessors are appointed, or have been asked" in late.content.decode()
    for appointment in Appointment.objects.all():
        applying.declare(appointment=appointment, conflict=False, wording="None.", today=today)
    assert read(journey, today).position.assessor
    one = Appointment.objects.get(assessor=fay)
    page = olu.get(url).content.decode()
    assert f"?end={one.ref}" in page
    assert "2 of 2 listeners appointed" in page
    assert olu.post(url, {"do": "end", "reason": "Moved", "appointment": one.ref}).status_code == 303
    assert read(journey, today).position.assessors == 1
    again = olu.post(url, {"do": "end", "reason": "Twice", "appointment": one.ref})
    assert again.status_code == 409
    assert Appointment.objects.get(assessor=people.dot).state == "appointed"
