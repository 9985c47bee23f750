"""What the gate's pages show: a document as text and marks, what is found in groups of alike, how a file stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from kithwork.core.redaction.passages import Place
from kithwork.gate.queries import OriginalRow, State
from kithwork.gate.scans import Choice, Document, Mark, place_of
from kithwork.procedures.gating.engine import reduced
from kithwork.procedures.gating.known import STAFF
from kithwork.procedures.gating.working import OWN
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.gating import KINDS
from kithwork.web.templatetags.kit import plural

AROUND = 50  # letters on each side of a place
PLACES = 30  # of one find that are listed one by one
SHEET = 60  # passages on one of our pages, where a file has no pages of its own

WHERE = {
    Place.BODY: "",
    Place.CELL: "in a cell",
    Place.HEADER: "in a header or footer",
    Place.NOTE: "in a note",
    Place.COMMENT: "in a comment",
    Place.CHANGE: "in a tracked change",
    Place.FIELD: "in a form’s field",
    Place.BOX: "in a drawing",
    Place.LINK: "in where a link leads",
    Place.ALTERNATIVE: "in the description of a picture",
    Place.PICTURE: "read from a picture",
    Place.OUTLINE: "in a bookmark",
    Place.SHEET: "in the name of a sheet",
    Place.PROPERTY: "in the file’s properties",
    Place.ATTACHMENT: "in an attachment’s name",
    Place.FILE: "in the file’s name",
}

STATES = {
    State.WAITING: StateTag("Waits to be read", Kind.GREY),
    State.SCANNING: StateTag("Being read", Kind.BLUE),
    State.FAILED: StateTag("Could not be read", Kind.RED),
    State.READY: StateTag("Look through it", Kind.AMBER),
    State.COPYING: StateTag("Copy being made", Kind.BLUE),
    State.APPROVED: StateTag("Approved", Kind.GREEN),
    State.WITHDRAWN: StateTag("Withdrawn", Kind.GREY),
}


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a passage: plain text, or a find with what becomes of it."""

    text: str
    key: str = ""
    anchor: str = ""
    what: str = ""  # 'a name'
    outcome: str = ""  # '', 'reduce', 'keep', 'decide'
    becomes: str = ""

    @property
    def said(self) -> str:
        """What becomes of it, in words for those who do not see colours."""
        match self.outcome:
            case "reduce":
                return f"{self.what}, becomes {self.becomes}"
            case "keep":
                return f"{self.what}, kept"
            case _:
                return f"perhaps {self.what}, decide"


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page."""

    bits: tuple[Bit, ...]
    where: str
    label: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of a find, among the words around it."""

    place: str
    before: str
    words: str
    after: str
    where: str
    choice: str  # of this place alone
    page: int = 0  # of the file, where it has several


@dataclass(frozen=True, slots=True)
class Group:
    """All finds alike, with what is decided of them."""

    key: str
    words: str
    what: str
    becomes: str
    choice: str  # keep, reduce, or '' while somebody has to say so
    doubtful: bool
    why: str
    places: tuple[PlaceRow, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the pages on which a document is shown."""

    number: int
    name: str
    of_file: int  # the file's page; 0 where it has none


def heading(document: Document, *, title: str) -> str:
    """What is to be done, as a finding."""
    undecided, reducing = document.undecided, document.reducing
    if undecided:
        return f"{undecided} to decide, {plural(reducing, 'place,places')} will be reduced"
    if reducing:
        return f"{plural(reducing, 'place,places')} will be reduced"
    if document.living:
        return f"All that was found in ‘{title}’ is kept"
    return f"Nothing to reduce was found in ‘{title}’"


_WHY = {
    "known": "in your records",
    "pattern": "by its shape",
    "model": "by the language model",
    "cue": "by what stands around it",
    "hand": "marked by a colleague",
}


def groups(document: Document, *, doubtful: bool | None = None) -> list[Group]:
    """What was found in what stays, alike together; doubtful first, then the most frequent."""
    alike: dict[str, list[Mark]] = {}
    for mark in document.living:
        alike.setdefault(document.key(mark), []).append(mark)
    everything = document.decided(dict.fromkeys(alike, Choice.REDUCE))
    _, becomes = reduced(everything, {})
    made = [_group(document, key, marks, becomes.get(key, "")) for key, marks in alike.items()]
    found = [one for one in made if doubtful is None or one.doubtful is doubtful]
    return sorted(found, key=lambda one: (bool(one.choice), not one.doubtful, -one.number, one.words.casefold()))


def _group(document: Document, key: str, marks: list[Mark], becomes: str) -> Group:
    first = next((mark for mark in marks if not mark.here), marks[0])
    outcome = first.outcome
    why = "taught for this case" if first.find.whose.startswith("taught") else _WHY[first.find.sources[0]]
    if first.find.whose.startswith(STAFF):
        why += ", of your staff"
    return Group(
        key,
        document.text(first),
        KINDS.get(first.find.kind, first.find.kind),
        becomes,
        outcome or "",
        not any(mark.find.confidence >= 0.45 for mark in marks),
        why,
        tuple(_row(document, mark) for mark in marks[:PLACES]),
        len(marks),
    )


def _row(document: Document, mark: Mark) -> PlaceRow:
    passage, find = document.passages[mark.passage], mark.find
    before = passage.text[max(0, find.start - AROUND) : find.start].split("\n")[-1]
    after = passage.text[find.end : find.end + AROUND].split("\n")[0]
    where = " ".join(part for part in (f"page {passage.page}" if passage.page else "", WHERE[passage.place]) if part)
    choice = mark.choice.value if mark.here and mark.choice else ""
    page = passage.page if document.pages > 1 else 0
    return PlaceRow(place_of(mark), before, document.text(mark), after, where, choice, page)


def sheets(document: Document) -> list[Sheet]:
    """The pages on which the document is shown: its own, or so many passages each."""
    if document.pages > 1:
        return [Sheet(number, f"Page {number}", number) for number in range(1, document.pages + 1)]
    many = max(1, -(-_count(document) // SHEET))
    return [Sheet(number, f"Part {number}", document.pages) for number in range(1, many + 1)]


def _count(document: Document) -> int:
    return sum(passage.stays for passage in document.passages)


def shown(document: Document, sheet: Sheet) -> list[Shown]:
    """What stands on one of those pages, in order; what is not in the copy is not on it."""
    _, becomes = reduced(document, {})
    marks: dict[int, list[Mark]] = {}
    for mark in document.living:
        marks.setdefault(mark.passage, []).append(mark)
    own = len(document.passages) - len(OWN)
    staying = [at for at, passage in enumerate(document.passages) if passage.stays and passage.text.strip()]
    if document.pages > 1:
        here = [at for at in staying if document.passages[at].page == sheet.of_file]
        if sheet.number == 1:
            here += [at for at in staying if document.passages[at].page == 0]
    else:
        here = staying[(sheet.number - 1) * SHEET : sheet.number * SHEET]
    here.sort(key=lambda at: (at < own, at))  # its title first
    found = []
    for at in here:
        passage = document.passages[at]
        label = passage.label if at >= own else ""
        where = "" if at >= own else WHERE[passage.place]
        found.append(Shown(tuple(_bits(document, at, marks.get(at, []), becomes)), where, label))
    return found


def _bits(document: Document, at: int, marks: list[Mark], becomes: dict[str, str]) -> Iterator[Bit]:
    text, done = document.passages[at].text, 0
    for mark in marks:
        if mark.find.start > done:
            yield Bit(text[done : mark.find.start])
        key = document.key(mark)
        outcome = mark.outcome.value if mark.outcome else "decide"
        what = KINDS.get(mark.find.kind, mark.find.kind)
        said = text[mark.find.start : mark.find.end]
        yield Bit(said, key, place_of(mark), what, outcome, becomes.get(key, ""))
        done = mark.find.end
    if done < len(text):
        yield Bit(text[done:])


def gone(document: Document) -> list[str]:
    """What is not in the copy whatever is decided, in words."""
    many: dict[Place, int] = {}
    for passage in document.passages:
        if not passage.stays and passage.text.strip():
            many[passage.place] = many.get(passage.place, 0) + 1
    return [f"{plural(number, 'text,texts')} {WHERE[place]}".strip() for place, number in many.items()]


def href(original: OriginalRow) -> str:
    return reverse("gate_one", args=[original.journey, original.ref])
