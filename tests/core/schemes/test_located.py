"""Lines of the pieces of a TOML text: by example, and for random texts whose lines are known as they are written."""

import tomllib
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.core.schemes import Mistakes
from kithwork.core.schemes.located import Place, read

EXAMPLE = '''\
# a comment with [brackets] and "quotes"
top = 1
a.b . "c d" = 2
'lit.eral' = """
one \\""" [not.a.table]
two"""

[scheme] # comment
name = 'x = 1'
list = [
  1, 2,   # with a ] in it
  [3,
   4],
  { k = 1, l.m = [
    5 ] },
]

[[stages]]
id = "a"
[[stages.questions]]
id = "q1"
[[ stages . questions ]]
id = "q2"
quotes = ["""a""""", \'\'\'b
c\'\'\'\'\', "d\\"", 'e']
[stages.more.deep]
x = 1979-05-27T07:32:00Z

[[stages]]
id = "b"
[[stages.questions]]
id = "q3"
[stages.more]
y = true
["quoted.\\u0041"]
z = {}
'''

LINES: dict[Place, int] = {
    ("top",): 2,
    ("a",): 3,
    ("a", "b", "c d"): 3,
    ("lit.eral",): 4,
    ("scheme",): 8,
    ("scheme", "name"): 9,
    ("scheme", "list"): 10,
    ("scheme", "list", 0): 11,
    ("scheme", "list", 1): 11,
    ("scheme", "list", 2): 12,
    ("scheme", "list", 2, 1): 13,
    ("scheme", "list", 3, "k"): 14,
    ("scheme", "list", 3, "l", "m"): 14,
    ("scheme", "list", 3, "l", "m", 0): 15,
    ("stages",): 18,
    ("stages", 0): 18,
    ("stages", 0, "id"): 19,
    ("stages", 0, "questions"): 20,
    ("stages", 0, "questions", 0): 20,
    ("stages", 0, "questions", 1): 22,
    ("stages", 0, "questions", 1, "id"): 23,
    ("stages", 0, "questions", 1, "quotes", 1): 24,
    ("stages", 0, "questions", 1, "quotes", 2): 25,
    ("stages", 0, "more"): 26,
    ("stages", 0, "more", "deep"): 26,
    ("stages", 0, "more", "deep", "x"): 27,
    ("stages", 1): 29,
    ("stages", 1, "questions", 0, "id"): 32,
    ("stages", 1, "more"): 33,
    ("stages", 1, "more", "y"): 34,
    ("quoted.A",): 35,
    ("quoted.A", "z"): 36,
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("place", "line"), LINES.items(), ids=str)
def test_a_piece_has_its_line(place: Place, line: int, ends: str) -> None:
    assert read(EXAMPLE.replace("\n", ends), "x.toml").line(place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("nowhere",), 1),
        (("nowhere", 3, "deep"), 1),
        (("scheme", "title"), 8),
        (("stages", 1, "title"), 29),
        (("stages", 7, "title"), 18),
        (("stages", 0, "questions", 1, "asks", 2), 22),
        (("stages", 0) + ("x",) * 200, 18),
    ],
)
def test_an_unknown_piece_answers_with_its_parents_line(place: Place, line: int) -> None:
    assert read(EXAMPLE, "x.toml").line(place) == line


def test_a_header_of_its_own_counts_more_than_a_deeper_one_before_it() -> None:
    located = read("[a.b]\nx = 1\n[a]\ny = 2\n", "x.toml")
    assert [located.line(place) for place in (("a",), ("a", "b"), ("a", "y"))] == [3, 1, 4]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\n\n\na = 2\n", 4),
        ("a = 1\nb = '''\n\n", 2),
        ("x = [1,\n2,\n", 2),
        ("\x00", 1),
        ("a\n=1", 1),
    ],
)
def test_what_is_not_toml_is_a_mistake_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Mistakes) as caught:
        read(text, "x.toml")
    (mistake,) = caught.value.mistakes
    assert (mistake.path, mistake.line) == ("x.toml", line)


unhurried = settings(deadline=None)  # the machine is shared


@dataclass
class Writer:
    """Writes TOML and remembers on which line each piece began."""

    text: str = ""
    lines: dict[Place, int] = field(default_factory=dict)

    def note(self, place: Place) -> None:
        self.lines.setdefault(place, self.text.count("\n") + 1)

    def add(self, text: str) -> None:
        self.text += text


KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=4),
)
# Between pieces of a list, and between lines: blanks, line ends, comments full of marks.
GAPS = st.sampled_from(["", " ", "\t", "\n", " \n\n  ", ' # "]}\n', "\n#'''\n#\n"])
LINE_GAPS = st.sampled_from(["\n", "\n\n", " # [a.b]\n", "  \n#= '\n\n", '\t# """\n'])
TEXTS = st.sampled_from(
    [
        '"plain"',
        "'lit\\'",
        '"]}\\",#"',
        '""',
        "''",
        '"""a\n"b""\\"""\n"""',
        '""""""',
        '"""q"""""',
        "'''\n'a''\\\n'''",
        "'''q''''",
    ]
)
PLAIN = st.sampled_from(["1", "-2.5e3", "true", "1979-05-27 07:32:00", "0xff", "inf", "1_000"])


def spelt(draw: st.DrawFn, key: str) -> str:
    """A key in one of its spellings."""
    quoted = '"' + "".join(f"\\U{ord(one):08x}" if one in '"\\' else one for one in key) + '"'
    ways = [quoted]
    if key and all(one.isascii() and (one.isalnum() or one in "_-") for one in key):
        ways.append(key)
    if "'" not in key:
        ways.append(f"'{key}'")
    return draw(st.sampled_from(ways))


def write_value(draw: st.DrawFn, writer: Writer, place: Place, depth: int, *, inline: bool = False) -> None:
    kind = draw(st.sampled_from(["text", "plain", "list", "table"] if depth else ["text", "plain"]))
    if kind == "text":
        writer.add(draw(TEXTS))
    elif kind == "plain":
        writer.add(draw(PLAIN))
    elif kind == "list":
        writer.add("[" + draw(GAPS))
        size = draw(st.integers(0, 3))
        for index in range(size):
            writer.note((*place, index))
            write_value(draw, writer, (*place, index), depth - 1)
            writer.add(draw(GAPS))
            if index < size - 1 or draw(st.booleans()):
                writer.add("," + draw(GAPS))
        writer.add("]")
    else:
        writer.add("{ ")
        for index, key in enumerate(draw(st.lists(KEYS, max_size=3, unique=True))):
            writer.add(", " if index else "")
            write_pair(draw, writer, place, key, depth - 1)
        writer.add(" }")


def write_pair(draw: st.DrawFn, writer: Writer, table: Place, key: str, depth: int) -> None:
    keys = [key, *draw(st.lists(KEYS, max_size=2))]
    for count in range(1, len(keys) + 1):
        writer.note((*table, *keys[:count]))
    writer.add(draw(st.sampled_from([".", " . "])).join(spelt(draw, one) for one in keys))
    writer.add(draw(st.sampled_from(["=", " = ", "\t= "])))
    write_value(draw, writer, (*table, *keys), depth)


def write_table(draw: st.DrawFn, writer: Writer, header: list[str], place: Place, depth: int) -> None:
    """What stands below a header: first its pairs, then its own tables, single or several."""
    keys = draw(st.lists(KEYS, max_size=5, unique=True))
    pairs = draw(st.integers(0, len(keys)))
    for key in keys[:pairs]:
        write_pair(draw, writer, place, key, 2)
        writer.add(draw(LINE_GAPS))
    for key in keys[pairs:] if depth else ():
        several = draw(st.booleans())
        inner, here = [*header, key], (*place, key)
        for index in range(draw(st.integers(1, 3)) if several else 1):
            writer.note(here)
            if several:
                writer.note((*here, index))
            blank = draw(st.sampled_from(["", " "]))
            name = f"{blank}.{blank}".join(spelt(draw, one) for one in inner)
            writer.add(f"[[{blank}{name}{blank}]]" if several else f"[{blank}{name}{blank}]")
            writer.add(draw(LINE_GAPS))
            write_table(draw, writer, inner, (*here, index) if several else here, depth - 1)


@st.composite
def written(draw: st.DrawFn) -> Writer:
    writer = Writer()
    writer.add(draw(GAPS))
    write_table(draw, writer, [], (), 3)
    return writer


def places(data: object, place: Place = ()) -> set[Place]:
    """Every place that the data has."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return {place}.union(*(places(value, (*place, key)) for key, value in below))


@unhurried
@given(written(), st.sampled_from(["\n", "\r\n"]))
def test_every_piece_of_a_random_text_has_the_line_it_was_written_on(writer: Writer, ends: str) -> None:
    tomllib.loads(writer.text)  # the writer writes TOML
    located = read(writer.text.replace("\n", ends), "x.toml")
    assert {place: located.line(place) for place in writer.lines} == writer.lines
    assert places(located.data) - {()} == writer.lines.keys(), "all places were written, and all are noted"
    assert located.lines.keys() - {()} == writer.lines.keys()
