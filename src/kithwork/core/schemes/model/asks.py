"""What is asked: requirements, the questions of forms and checklists, interviews, pieces of writing."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from kithwork.core.days import Period
from kithwork.core.schemes.model.kinds import Part, Short, Slug, Text


class Area(Part):
    id: Slug
    title: Short
    summary: Text | None = None


class Check(BaseModel):
    """A named question to a service's records; its parameters are the check's own business (readiness)."""

    model_config = ConfigDict(frozen=True, extra="allow")
    name: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)+$")]


class Requirement(Part):
    """What must be shown. The id is unique in the edition; `number` is what pages print."""

    id: Slug
    number: Short
    level: Slug
    area: Slug
    title: Short
    asks: Text  # our own plain wording
    points: tuple[Text, ...] = ()  # parts that must each be there
    evidence: tuple[Text, ...] = ()  # what usually shows it
    assessed: Slug  # matches `assessed` of an evidence, visit or portfolio stage
    live: StrictBool = False  # casework evidence, which must be redacted
    fresh: Period | None = None  # a document may be at most this old
    worth: StrictInt = Field(default=1, ge=1, le=1000)  # for levels with a share
    renewal: StrictBool = False  # asked again when a renewal asks for the marked ones only
    was: tuple[Slug, ...] = ()  # its forebears in the edition that this one supersedes
    checks: tuple[Check, ...] = ()
    source: Short


class Question(Part):
    id: Slug
    asks: Text
    advice: Text | None = None  # shown when the answer is no
    hint: Text | None = None


class FieldKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YESNO = "yesno"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    LEVEL = "level"
    ROWS = "rows"  # a small table: the same columns asked several times


class Column(Part):
    """One column of a field of the kind rows."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    label: Short
    kind: Literal[FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.CHOICE] = FieldKind.TEXT
    options: tuple[Short, ...] = ()
    recent: Period | None = None  # for a date: not longer ago than this


class FormField(Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    page: Short  # fields with the same page title are asked together
    label: Short
    kind: FieldKind
    hint: Text | None = None
    required: StrictBool = True
    options: tuple[Short, ...] = ()
    must_be_yes: Text | None = None  # for yesno: the message when it is not yes
    max_words: StrictInt | None = Field(default=None, gt=0)
    personal: StrictBool = False
    default: StrictInt | Short | None = None  # what the form offers before anything is typed
    levels: tuple[Slug, ...] = ()  # asked only of those who aim at one of these; empty: of everybody
    recent: Period | None = None  # for a date: not longer ago than this
    columns: tuple[Column, ...] = ()  # for rows
    at_least: StrictInt = Field(default=1, ge=1, le=20)  # for rows: how many are wanted
    varied: Short | None = None  # for rows: the column that must not say the same in every row
    listed: StrictBool = False  # shown in the public register, once the person agrees to be listed


class Milestone(Part):
    what: Short
    areas: StrictInt = Field(default=1, gt=0)  # complete areas wanted by then
    within: Period


class InterviewKind(Part):
    id: Slug
    title: Short
    people: Short  # 'mentees'
    normally: StrictInt = Field(gt=0)  # individual talks
    or_groups: StrictInt | None = Field(default=None, gt=0)
    minutes: StrictInt = Field(gt=0)
    alternative: Text  # what happens when nobody can be interviewed
    rules: tuple[Text, ...] = ()
    questions: tuple[Text, ...]


class Declaration(Part):
    id: Slug
    says: Text


class Piece(Part):
    """Something written and handed in: a case study or an assignment."""

    id: Slug
    title: Short
    asks: Text
    min_words: StrictInt | None = Field(default=None, gt=0)
    max_words: StrictInt | None = Field(default=None, gt=0)
    declarations: tuple[Declaration, ...] = ()
    points: tuple[Text, ...] = ()  # what it is judged by
    performed: StrictBool = False  # shown on the day and judged there, so nothing need be sent
