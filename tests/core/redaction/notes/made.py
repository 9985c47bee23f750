"""Development notes made of phrases and made-up people. The same number gives the same notes."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kithwork.core.redaction.words import bare
from tests.core.redaction.notes import phrases
from tests.core.redaction.notes.bank import Person, bank, person


@dataclass
class Note:
    """A text and its names: where each begins and ends, of which category and origin."""

    text: str = ""
    spans: list[tuple[int, int, str, str]] = field(default_factory=list)
    register: str = "note"
    known: list[tuple[str, str]] = field(default_factory=list)  # name, also called
    source: str = ""  # notes of one source are alike


HAND = (
    "hand.txt", "hand_more.txt", "hand_third.txt", "hand_fourth.txt",
    "hand_nicknames.txt", "hand_words.txt", "hand_origins.txt",
)  # fmt: skip
_SERVICE = 120  # notes by hand that are one service's
_UNLISTED = {"damage", "initials", "file", "address", "property", "reversed", "possessive", "public", "plain"}

_SLOT = re.compile(r"<([A-Za-z]+)(\d?)>")
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_COUNTRIES = phrases.COUNTRIES.split(";")


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice([2024, 2025, 2026])
    return rng.choice(
        [
            f"{day} {_MONTHS[month - 1]}", f"{day} May", f"{day}/{month:02}/{year}",
            f"{day:02}/{month:02}/{year % 100}",
            f"{day} {_MONTHS[month - 1]} {year}", f"{_MONTHS[month - 1]} {day}", f"{year}-{month:02}-{day:02}",
            f"{day}th {_MONTHS[month - 1][:3]}", "Monday", "next Tuesday", f"{day} April {year}",
        ]
    )  # fmt: skip


def _address(one: Person, rng: random.Random) -> list[tuple[str, bool]]:
    given, family = (re.sub(r"[^a-z]", "", bare(part).lower()) or "x" for part in (one.given, one.family))
    year = str(rng.randint(1, 99))
    return rng.choice(
        [
            [(given, True), (".", False), (family, True)], [(given[0] + family, True)], [(given + family, True)],
            [(given, True), ("_", False), (family, True)], [(given, True), (year, False)], [(given, True)],
            [(given, True), (".", False), (family[0], False)], [(given[0], False), (".", False), (family, True)],
            [(given, True), ("-", False), (family, True), (year, False)],
        ]
    )  # fmt: skip


def _filed(one: Person, rng: random.Random) -> list[tuple[str, bool]]:
    given, family = one.given, one.family
    return rng.choice(
        [
            [(given + family, True)], [(given, True), ("_", False), (family, True)], [(given.lower(), True)],
            [(given, True)], [(given, True), (" ", False), (family, True)],
            [(family, True), ("_", False), (given, True)],
            [(given.lower(), True), ("-", False), (family.lower(), True)], [(given.upper(), True)],
            [(family, True), ("-", False), (given[0], False)],
        ]
    )  # fmt: skip


def _damaged(name: str, rng: random.Random) -> str:
    """As a reader of pictures, a tired typist or a keyboard without marks writes it."""
    ways = [
        ("m", "rn"), ("l", "I"), ("I", "l"), ("rn", "m"), ("o", "0"), ("i", "l"), ("e", "c"), ("h", "li"), ("S", "5"),
        ("B", "8"), ("w", "vv"), ("d", "cl"), ("O", "0"), ("a", "o"), ("u", "v"), ("n", "ri"), ("i", "1"), ("l", "1"),
        ("E", "F"), ("c", "e"), ("t", "f"), ("g", "q"), ("y", "v"),
    ]  # fmt: skip
    rng.shuffle(ways)
    draw = rng.random()
    if draw < 0.08 and not name.isascii():  # letters of two bytes read as two letters
        try:
            return name.encode().decode("cp1252")
        except UnicodeDecodeError:
            return bare(name)
    if draw < 0.5:
        for old, new in ways:
            if old in name:
                return name.replace(old, new, 1)
    at = rng.randrange(1, len(name) - 1)
    if draw < 0.58:
        return name[:at] + rng.choice([" ", "-", "\n", "- ", "-\n"]) + name[at:]  # split
    if draw < 0.66 and bare(name) != name:
        return bare(name)
    if draw < 0.72:
        lost = rng.choice("??\ufffd")
        return "".join(lost if not sign.isascii() else sign for sign in name)
    if draw < 0.8:
        return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    if draw < 0.88:
        return name[:at] + name[at + 1 :]
    if draw < 0.94:
        return name[:at] + rng.choice("aeioustnr") + name[at:]
    return name[:at] + name[at] + name[at:]


def fill(template: str, rng: random.Random, people: list[Person], note: Note, *, damage: float = 0.0) -> None:
    """Write a phrase at the end of a note, its names told."""
    at = 0
    for slot in _SLOT.finditer(template):
        note.text += template[at : slot.start()]
        at = slot.end()
        _slot(slot.group(1), people[int(slot.group(2) or 1) - 1], rng, note, damage)
    note.text += template[at:]


def _slot(kind: str, one: Person, rng: random.Random, note: Note, damage: float) -> None:
    plain = {
        "P": lambda: rng.choice(phrases.PLACES), "O": lambda: rng.choice(phrases.ORGANISATIONS),
        "C": lambda: rng.choice(_COUNTRIES),
        "D": lambda: _date(rng), "M": lambda: rng.choice([*_MONTHS, "May", "April"]),
        "T": lambda: rng.choice(["10am", "4 pm", "14:30", "3.15pm", "noon", "9:05"]),
        "REF": lambda: f"{rng.randint(10000, 99999)}/{rng.randint(10, 99)}",
    }  # fmt: skip
    if kind in plain:
        note.text += plain[kind]()
        return
    words = bank()["word"][0]
    spoken = {
        "G": (one.given, "given"), "S": (one.family, "surname"), "F": (f"{one.given} {one.family}", "full"),
        "N": (one.nick, "nickname"), "I": (f"{one.given[0]}. {one.family}", "initials"),
        "J": (f"{one.given} {one.family[0]}", "initials"), "R": (f"{one.family}, {one.given}", "reversed"),
        "g": (one.given.lower(), "lower"), "s": (one.family.lower(), "lower"), "n": (one.nick.lower(), "nickname"),
        "f": (f"{one.given} {one.family}".lower(), "lower"), "j": (f"{one.given} {one.family[0]}".lower(), "initials"),
    }  # fmt: skip
    if kind in ("E", "X"):
        for text, named in (_address if kind == "E" else _filed)(one, rng):
            begin = len(note.text)
            note.text += text
            if named:
                note.spans.append((begin, len(note.text), "address" if kind == "E" else "file", one.origin))
        return
    if kind in ("W", "w"):
        pick = sum(map(ord, one.given + one.family))
        words = words if pick % 5 else bank()["word"][1]
        name = words[pick // 5 % len(words)]
        text, category = (name if kind == "W" else name.lower()), "word"
    else:
        text, category = spoken[kind]
    if kind == "I" and rng.random() < 0.4:
        text = rng.choice([f"{one.given[0]} {one.family}", f"{one.given[0]}.{rng.choice('ABJKM')}. {one.family}"])
    if kind == "R" and rng.random() < 0.3:
        text = text.upper()
    if damage and rng.random() < damage and len(text) > 3:
        text, category = _damaged(text, rng), "damage"
    begin = len(note.text)
    note.text += text
    note.spans.append((begin, len(note.text), category, one.origin))


def _title(template: str, rng: random.Random) -> str:
    return re.sub(r"<T\d>", lambda _: rng.choice(phrases.TITLES), template)


class _Phrases:
    """The lists of phrases, less a share of each or that share alone."""

    def __init__(self, parts: int, part: int) -> None:
        self._parts, self._part = parts, part

    def __getattr__(self, name: str) -> Sequence[str]:
        told: Sequence[str] = getattr(phrases, name)
        if not self._parts:
            return told
        out = -self._part - 1 if self._part < 0 else self._part
        return [one for at, one in enumerate(told) if (at % self._parts == out) == (self._part < 0)]


_REGISTERS = [
    "note", "note", "note", "words", "form", "form", "table", "chat", "chat", "mail", "file", "address", "law", "law",
    "enron", "news", "plain", "caps", "damage", "damage", "letter", "rough", "rough", "rough", "rough", "hardfile",
    "scan",
]  # fmt: skip


def one(rng: random.Random, circle: Sequence[Person] = (), parts: int = 0, part: int = -1) -> Note:
    """One note of a register drawn by chance; three of five of its people out of a circle, where one is given. Of
    `parts` shares of each list of phrases `part` is left out; the part below zero, -2 say for the second, is all there
    is: phrases that were not learned from.
    """
    phrases = _Phrases(parts, part)
    people = [rng.choice(circle) if circle and rng.random() < 0.6 else person(rng) for _ in range(5)]
    register = rng.choice(_REGISTERS)
    note = Note(register=register)
    damage = 0.5 if register in ("damage", "scan") else 0.02

    def say(template: str) -> None:
        fill(_title(template, rng), rng, people, note, damage=damage)

    if register in ("note", "damage", "caps"):
        if rng.random() < 0.3:
            say(rng.choice(phrases.FORMS).replace("|", rng.choice(["\n", " ", "\n"])) + "\n")
        for _ in range(rng.randint(1, 4)):
            say(rng.choice(rng.choice([phrases.NOTES, phrases.NOTES, phrases.PLAIN, phrases.WORDS])) + " ")
    elif register == "words":
        for _ in range(rng.randint(1, 3)):
            say(rng.choice(phrases.WORDS) + rng.choice([" ", "\n"]))
            if rng.random() < 0.6:
                say(rng.choice(phrases.PLAIN) + " ")
    elif register == "form":
        for _ in range(rng.randint(1, 2)):
            say(rng.choice(phrases.FORMS).replace("|", rng.choice(["\n", "\n", " | ", "\t", "  "])) + "\n")
        if rng.random() < 0.5:
            say(rng.choice(phrases.NOTES))
    elif register == "table":
        say(rng.choice(phrases.TABLES).replace("||", "\n"))
    elif register == "chat":
        for _ in range(rng.randint(1, 4)):
            say(rng.choice(phrases.CHATS) + "\n")
    elif register in ("mail", "letter"):
        say(rng.choice(phrases.STARTS).replace("|", "\n") + rng.choice(["\n", " "]))
        for _ in range(rng.randint(1, 3)):
            say(rng.choice([*phrases.NOTES, *phrases.PLAIN]) + " ")
        say("\n" + rng.choice(phrases.ENDS).replace("|", "\n"))
    elif register == "scan":
        for _ in range(rng.randint(1, 3)):
            say(rng.choice(phrases.DAMAGED).replace("|", "\n") + rng.choice(["\n", " "]))
    elif register == "rough":
        for _ in range(rng.randint(1, 4)):
            say(rng.choice(phrases.ROUGH) + rng.choice(["\n", " ", ". "]))
        if rng.random() < 0.15:
            say(rng.choice(phrases.PLAIN))
        if rng.random() < 0.3:
            lower = note.text.lower()
            note.text = lower if len(lower) == len(note.text) else note.text
    elif register == "hardfile":
        say(rng.choice(phrases.HARD_FILES))
    elif register == "file":
        say(rng.choice(phrases.FILES))
    elif register == "address":
        say(rng.choice(phrases.ADDRESSES))
    elif register in ("law", "news"):
        for _ in range(rng.randint(1, 4)):
            say(rng.choice(phrases.LAW if register == "law" else phrases.NEWS) + rng.choice([" ", "\n"]))
    elif register == "enron":
        for _ in range(rng.randint(1, 3)):
            say(rng.choice(phrases.MAILS).replace("|", "\n") + "\n")
    else:
        for _ in range(rng.randint(1, 3)):
            say(rng.choice(phrases.PLAIN) + " ")
    if register == "caps":
        upper = note.text.upper()
        if len(upper) == len(note.text):
            note.text = upper
    note.known = _list_of(circle)
    return note


def many(count: int, seed: int, *, each: int = 60, parts: int = 0, part: int = -1) -> list[Note]:
    """Notes of several services, `each` of one, whose people are known together."""
    rng = random.Random(seed)
    notes: list[Note] = []
    while len(notes) < count:
        circle = [person(rng) for _ in range(rng.randint(60, 240))]
        notes += [one(rng, circle, parts, part) for _ in range(each)]
    return notes[:count]


def _parts(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip("\n").split("\n%%\n")


def carried(each: int, seed: int, part: int = -1) -> list[Note]:
    """Whole notes of `carriers.txt`, each written `each` times with other people; those after `!scan` are damaged. Of
    four shares `part` is left out; the part below zero, -2 say for the second, is all there is; -1 is all.
    """
    rng = random.Random(seed)
    notes: list[Note] = []
    told = _parts("carriers.txt")
    for turn in range(each):
        circle = [person(rng) for _ in range(rng.randint(60, 240))]
        for at, carrier in enumerate(told):
            if part != -1 and (at % 4 == part if part >= 0 else at % 4 != -part - 2):
                continue
            note = Note(register="carrier")
            people = [rng.choice(circle) if rng.random() < 0.6 else person(rng) for _ in range(5)]
            scan = carrier.startswith("!scan\n")
            damage = 0.6 if scan else 0.15 if turn % 4 == 3 else 0.02
            fill(_title(carrier.removeprefix("!scan\n"), rng), rng, people, note, damage=damage)
            _roughly(note, turn)
            note.known = _list_of(circle)
            notes.append(note)
    return notes


def _roughly(note: Note, turn: int) -> None:
    """One in six as somebody writes who leaves the key for capitals alone, or never lets go of it."""
    other = note.text.lower() if turn % 6 == 4 else note.text.upper() if turn % 12 == 5 else note.text
    if len(other) == len(note.text):
        note.text = other


def _list_of(circle: Sequence[Person]) -> list[tuple[str, str]]:
    return [(f"{who.given} {who.family}", who.nick if at % 5 < 2 else "") for at, who in enumerate(circle)]


def by_hand() -> list[Note]:
    """The notes of `hand.txt` and those after it, [[marked]] by hand: a name, of which category if that matters, how it
    should be spelt if it is not. The notes of a service stand together; three of five of their people are known.
    """
    found: list[Note] = []
    for name in HAND:
        told = _parts(name)
        for begin in range(0, len(told), _SERVICE):
            found += _service(told[begin : begin + _SERVICE], random.Random(f"{name} {begin}"))
    return found


def _service(told: Sequence[str], rng: random.Random) -> list[Note]:
    notes: list[Note] = []
    names: dict[str, str] = {}
    for one in told:
        note, at = Note(register="hand"), 0
        for mark in re.finditer(r"\[\[(.*?)\]\]", one, re.DOTALL):
            name, category, spelt, *_ = [*mark.group(1).split("|"), "", ""]
            note.text += one[at : mark.start()]
            note.spans.append((len(note.text), len(note.text) + len(name), category or "hand", ""))
            note.text += name
            at = mark.end()
            if spelt or category not in _UNLISTED:
                names.setdefault(spelt or name, category)
        note.text += one[at:]
        notes.append(note)
    known = [_listed(name, category, rng) for name, category in names.items() if rng.random() < 0.6]
    known += _list_of([person(rng) for _ in range(rng.randint(20, 90))])
    for note in notes:
        note.known = known
    return notes


def _listed(name: str, category: str, rng: random.Random) -> tuple[str, str]:
    """As a service's list has somebody of whom a note gives one name."""
    other = person(rng)
    name = name if not (name.islower() or name.isupper()) else name.title()
    if category == "nickname":
        return f"{other.given} {other.family}", name
    if category == "surname":
        return f"{other.given} {name}", ""
    return (name, "") if " " in name or rng.random() < 0.1 else (f"{name} {other.family}", "")
