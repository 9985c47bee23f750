"""Who takes part, in numbers that tell of nobody (indicator 36). See docs/decisions for why it is done so.

People answer for themselves. What is published of a group's answers is, for each characteristic, the size of each
answer in steps of five, and nothing under five. How many would rather not say is never published: whatever is missing
may be they, so nobody can be worked out from what is left over.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "CHARACTERISTICS",
    "GROUP",
    "OWN",
    "PREFER_NOT",
    "STEP",
    "Characteristic",
    "Figures",
    "Stage",
    "cleaned",
    "grouped",
    "published",
    "stepped",
    "words_key",
]

STEP = 5  # sizes are told in steps of so many, and nothing smaller
GROUP = 20  # answers, at least, in a group of which anything is published
OWN = "own"
PREFER_NOT = "prefer-not"


class Stage(StrEnum):
    """How far somebody had come by the end of a year."""

    APPLIED = "applied"
    WAITING = "waiting"
    MATCHED = "matched"


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One of the nine that the Equality Act 2010 protects: its name, the question, the answers (id -> words).

    `own`: one may describe oneself in other words.
    """

    id: str
    name: str
    question: str
    choices: Mapping[str, str]
    own: bool = False
    hint: str = ""


# worded as the 2021 census of England and Wales asks, where it asks
CHARACTERISTICS: tuple[Characteristic, ...] = (
    Characteristic(
        "age",
        "Age",
        "How old are you?",
        {
            "under-18": "Under 18",
            "18-24": "18 to 24",
            "25-34": "25 to 34",
            "35-44": "35 to 44",
            "45-54": "45 to 54",
            "55-64": "55 to 64",
            "65-74": "65 to 74",
            "75": "75 or over",
        },
    ),
    Characteristic(
        "disability",
        "Disability",
        "Does a physical or mental health condition limit what you can do day to day?",
        {"lot": "Yes, a lot", "little": "Yes, a little", "no": "No"},
        hint="One that has lasted, or will last, 12 months or more.",
    ),
    Characteristic(
        "ethnicity",
        "Ethnic group",
        "What is your ethnic group?",
        {
            "asian": "Asian, Asian British or Asian Welsh",
            "black": "Black, Black British, Black Welsh, Caribbean or African",
            "mixed": "Mixed or multiple ethnic groups",
            "white-british": "White: English, Welsh, Scottish, Northern Irish or British",
            "white-other": "White: any other background, such as Irish, Roma or Traveller",
            "arab": "Arab",
        },
        own=True,
    ),
    Characteristic("sex", "Sex", "What is your sex?", {"female": "Female", "male": "Male"}, own=True),
    Characteristic(
        "gender",
        "Gender identity",
        "Is the gender you identify with the same as your sex registered at birth?",
        {"same": "Yes", "other": "No"},
        own=True,
    ),
    Characteristic(
        "orientation",
        "Sexual orientation",
        "Which of these describes you best?",
        {"straight": "Straight or heterosexual", "gay": "Gay or lesbian", "bi": "Bisexual"},
        own=True,
    ),
    Characteristic(
        "religion",
        "Religion or belief",
        "What is your religion or belief?",
        {
            "none": "No religion",
            "buddhist": "Buddhist",
            "christian": "Christian",
            "hindu": "Hindu",
            "jewish": "Jewish",
            "muslim": "Muslim",
            "sikh": "Sikh",
        },
        own=True,
    ),
    Characteristic(
        "marriage",
        "Marriage and civil partnership",
        "Are you married or in a civil partnership?",
        {
            "never": "No, and never have been",
            "married": "Married",
            "civil": "In a civil partnership",
            "separated": "Separated",
            "divorced": "Divorced, or a partnership dissolved",
            "widowed": "Widowed, or a partner has died",
        },
    ),
    Characteristic(
        "pregnancy",
        "Pregnancy and maternity",
        "Are you pregnant, or have you had a baby within the last 26 weeks?",
        {"yes": "Yes", "no": "No"},
    ),
)


def words_key(characteristic: str) -> str:
    """Under which key an answer's own words stand."""
    return f"{characteristic}-{OWN}"


def cleaned(given: Mapping[str, str]) -> dict[str, str]:
    """What is kept of a form: known answers alone; own words only where one describes oneself in them, 80 letters."""
    kept: dict[str, str] = {}
    for one in CHARACTERISTICS:
        answer = given.get(one.id, "")
        words = " ".join(given.get(words_key(one.id), "").split())[:80]
        if answer in one.choices or answer == PREFER_NOT:
            kept[one.id] = answer
        elif one.own and answer == OWN:
            kept[one.id] = OWN
            if words:
                kept[words_key(one.id)] = words
    return kept


def stepped(number: int) -> int:
    """A size as it is published: the multiple of five at or under it. Nought stands for 'fewer than five'."""
    return number - number % STEP


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published of one group. `people` and every size are multiples of five; what is not in a table is fewer
    than five, or nobody: the two look alike. A key of a table is an answer's id, or own words that five or more gave.
    """

    stages: tuple[Stage, ...]
    people: int
    tables: Mapping[str, Mapping[str, int]]


def grouped(sizes: Mapping[Stage, int]) -> tuple[tuple[Stage, ...], ...]:
    """Which stages are published together: each group has at least `GROUP` answers. None when all have not so many.

    Decided by the sizes alone, never by an answer. A stage too small by itself goes with the next, the last with the
    one before: the groups do not overlap, so none can be taken from another.
    """
    groups: list[tuple[Stage, ...]] = []
    held: tuple[Stage, ...] = ()
    for stage in Stage:
        held += (stage,)
        if sum(sizes.get(one, 0) for one in held) >= GROUP:
            groups.append(held)
            held = ()
    if held and groups:
        groups[-1] += held
    return tuple(groups)


def published(answers: Iterable[tuple[Stage, Mapping[str, str]]]) -> tuple[Figures, ...]:
    """All that is ever shown of these answers. Empty when they are too few."""
    by_stage: dict[Stage, list[Mapping[str, str]]] = {}
    for stage, given in answers:
        by_stage.setdefault(stage, []).append(given)
    groups = grouped({stage: len(given) for stage, given in by_stage.items()})
    return tuple(_figures(stages, [one for stage in stages for one in by_stage.get(stage, [])]) for stages in groups)


def _figures(stages: tuple[Stage, ...], answers: Sequence[Mapping[str, str]]) -> Figures:
    tables = {}
    for one in CHARACTERISTICS:
        sizes = {key: stepped(size) for key, size in _sizes(one, answers).items()}
        tables[one.id] = {key: size for key, size in sizes.items() if size}
    return Figures(stages, stepped(len(answers)), tables)


def _sizes(one: Characteristic, answers: Sequence[Mapping[str, str]]) -> Counter[str]:
    """How often each answer was given; own words stand for themselves where five or more gave the same."""
    found = Counter(given.get(one.id, PREFER_NOT) for given in answers)
    said = Counter(given.get(words_key(one.id), "").casefold() for given in answers if given.get(one.id) == OWN)
    for words, size in said.items():
        if words and size >= STEP and words not in one.choices and words not in {OWN, PREFER_NOT}:
            found[words] = size
            found[OWN] -= size
    del found[PREFER_NOT]
    return found
