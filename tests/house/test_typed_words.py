"""Words typed into a page that the other side reads go through the privacy gate: every form of the desks of services,
applicants and assessors with a free text is on one of the lists below, and a new one makes this fail until it is.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import kithwork.web

WEB = Path(kithwork.web.__file__).parent
PLACES = (
    *sorted((WEB / "service").rglob("*.py")),
    *sorted((WEB / "assessor").rglob("*.py")),
    WEB / "kit" / "observing.py",
    WEB / "kit" / "reporting.py",
)
TEXTS = {"CharField", "LongText", "WhenWanted", "prose"}
THROUGH = {"through", "looked_through"}

# a form, the file in which it is let through, and the fields that are looked through there
GATED: dict[str, tuple[str, ...]] = {
    "AddLink": ("service/adding.py", "title"),
    "AddStatement": ("service/adding.py", "title", "text"),
    "SendNote": ("service/requirements.py", "note"),
    "RemarkForm": ("service/requirements.py", "text"),
    "WritePiece": ("service/pieces.py", "text"),
    "Words": ("service/gate/again.py", "title", "text"),
    "PieceForm": ("service/portfolio/pieces.py", "title", "text"),
    "TextPiece": ("service/portfolio/pieces.py", "title", "text"),
    "_Shown": ("service/portfolio/pieces.py", "title", "text"),
    "LinksForm": ("service/portfolio/pieces.py", "says-"),
    "HandInNote": ("service/portfolio/handing.py", "note"),
    "Reason": ("service/journey.py", "reason"),
    "FeedbackForm": ("service/feedback.py", "helped", "change"),
    "ReplyForm": ("service/happenings.py", "text"),
    "WriteUpForm": ("assessor/observe.py", "seen", "next_steps", "note-"),
    "JudgementForm": ("assessor/judge.py", "advice"),
    "BreachForm": ("assessor/judge.py", "words"),
    "FindingsForm": ("assessor/visit.py", "note-"),
    "InterviewForm": ("assessor/interviews.py", "reason", "note-"),
    "AlternativeForm": ("assessor/interviews.py", "words"),
    "RecommendForm": ("assessor/recommend.py", "summary", "strengths", "next_time"),
    "DecideForm": ("assessor/decide.py", "reason"),
    "MarkForm": ("assessor/marking.py", "feedback"),
    "AgreeForm": ("assessor/marking.py", "reason", "feedback"),
    "AnotherSample": ("assessor/records.py", "why"),
}
# the same form, sent from another page too
ALSO = {
    ("RemarkForm", "assessor/judge.py", "text"),
    ("RemarkForm", "service/pieces.py", "text"),
    ("SendNote", "service/pieces.py", "note"),
    ("JudgementForm", "assessor/portfolio.py", "advice"),
    ("WriteUpForm", "service/happenings.py", "seen"),
    ("BreachForm", "kit/reporting.py", "words"),
}
# why a form's words do not go through it
ASIDE = {
    "AddFile": "its title goes with the file, which waits at the gate",
    "Missed": "the gate's own: nobody outside the service reads it",
    "Changes": "a new name or address of the holder, which the body asks for",
    "Day": "where to meet",
    "ArrangeForm": "where to meet",
    "NewService": "what the service is called, and where it is",
    "HoursForm": "nobody else reads its words: the body is shown the sums",
    "Ask": "whom the applicant asks for support: the name is what is asked for",
    "FilterForm": "a search; nothing is kept",
    "ConflictForm": "to the awarding body alone, of people whom the assessor knows: who they are is the point",
}
# the awarding body's own words, which go through nothing (docs/decisions/011): who reads them
OF_THE_BODY = {
    "EndForm": "the assessor whose work on a case ends",
    "ExtendForm": "the applicant",
    "StopForm": "the applicant",
    "ResumeForm": "the applicant",
    "CloseForm": "the applicant",
    "DecisionForm": "the applicant",
    "ReasonForm": "the holder of an award, or whoever had a place on a course",
    "AnswerForm": "whoever asked about their own data",
    "NoteForm": "the panel, and the body",
    "RecordForm": "the panel, and the body",
    "HoldForm": "the body",
    "CaughtUpForm": "the body",
    "PaymentForm": "the body",
    "InvoiceForm": "the applicant: an amount",
    "DetailsForm": "everybody: what a course is about",
    "AboutPartForm": "everybody: what a course is about",
    "WhenWhereForm": "everybody: where a course meets",
    "DossierForm": "the auditor who is named in it, and the ledger's readers",
    "ChangedForm": "who has a place: what has changed about a course",
}


def forms_with_texts(places: Iterable[Path] = PLACES) -> Iterator[str]:
    """Every class with a field into which somebody can type freely."""
    for path in places:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and any(_is_text(one) for one in ast.walk(node)):
                yield node.name


def _is_text(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in TEXTS and "HiddenInput" not in ast.unparse(node)


def looked_at(file: str) -> str:
    """What a file lets through, as it is written there."""
    calls = (one for one in ast.walk(ast.parse((WEB / file).read_text())) if isinstance(one, ast.Call))
    return " ".join(ast.unparse(one) for one in calls if getattr(one.func, "id", "") in THROUGH)


def test_every_form_with_free_text_is_on_a_list() -> None:
    known = {*GATED, *ASIDE}
    assert set(forms_with_texts()) <= known, "say where its words go through the gate, or why they do not"
    assert known <= set(forms_with_texts()), "a form that is not there any more"
    assert GATED.keys().isdisjoint(ASIDE)


@pytest.mark.parametrize(
    ("form", "file", "field"),
    [*((form, file, field) for form, (file, *fields) in GATED.items() for field in fields), *sorted(ALSO)],
)
def test_its_words_are_looked_through_where_it_is_sent(form: str, file: str, field: str) -> None:
    said = looked_at(file)
    assert f"'{field}'" in said or (field.endswith("-") and field in said)


def test_of_every_form_of_the_body_it_is_said_who_reads_it() -> None:
    found = {one for one in forms_with_texts(sorted((WEB / "body").rglob("*.py"))) if not one.endswith("Filter")}
    assert found == set(OF_THE_BODY)
