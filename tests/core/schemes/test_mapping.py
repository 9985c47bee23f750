"""How requirements follow from those of the edition before, and what of them carries over."""

from pathlib import Path

import pytest

from kithwork.core.schemes import Edition, load, load_texts
from kithwork.core.schemes.mapping import Fate, Link, carried, mapping, mistakes, mistakes_in, told
from tests.core.schemes.sample import SCHEME, TEXTS

OLD = load_texts(TEXTS, "kestrel/2024")
PLAIN = {"1": "You are insured.", "2": "Each is reviewed.", "3": "You keep in touch.", "s1": "You reflect."}
AREAS = {"1": "people", "2": "papers", "3": "practice", "s1": "people"}


def edition(name: str, requirements: str, supersedes: str = "") -> Edition:
    scheme = SCHEME.replace('edition = "2024"', f'edition = "{name}"\n{supersedes}').replace('asks = "marked"\n', "")
    return load_texts({"scheme.toml": scheme, "requirements.toml": requirements}, f"kestrel/{name}")


def one(id_: str, asks: str, *, was: str = "", level: str = "bronze", way: str = "online", area: str = "people") -> str:
    return (
        f'[[requirement]]\nid = "{id_}"\nnumber = "{id_}"\nlevel = "{level}"\narea = "{area}"\ntitle = "T{id_}"\n'
        f'asks = "{asks}"\nassessed = "{way}"\nsource = "made up"\n{was}\n'
    )


# every area and every way of assessing has something, so that each edition is in order
BASE = [
    one("b1", "First.", area="people"),
    one("b2", "Second.", area="papers"),
    one("b3", "Third.", way="visited", area="practice"),
    one("b4", "Fourth.", level="silver", way="folder"),
]
BEFORE = edition("2023", "".join(BASE))


def after(*requirements: str) -> Edition:
    return edition("2024", "".join(requirements), 'supersedes = "2023"')


def test_an_id_that_stays_stands_for_itself() -> None:
    links = mapping(BEFORE, after(*BASE))
    assert [link.fate for link in links] == [Fate.SAME] * 4
    assert links[0] == Link(Fate.SAME, ("b1",), ("b1",))


def test_each_fate_is_told() -> None:
    new = after(
        one("n1", "First.", was='was = ["b1"]'),  # the same under another id
        one("b2", "Second, and more.", area="papers"),  # changed
        one("n3", "Third, on paper.", way="visited", area="practice", was='was = ["b3"]'),
        one("n4", "Third, in person.", way="visited", area="practice", was='was = ["b3"]'),
        one("n5", "Quite new."),
        one("b5", "For silver.", level="silver", way="folder"),
    )
    assert mapping(BEFORE, new) == (
        Link(Fate.SAME, ("b1",), ("n1",), ("number", "title")),
        Link(Fate.CHANGED, ("b2",), ("b2",), ("asks",)),
        Link(Fate.SPLIT, ("b3",), ("n3", "n4")),
        Link(Fate.ADDED, (), ("n5",)),
        Link(Fate.ADDED, (), ("b5",)),
        Link(Fate.DROPPED, ("b4",), ()),
    )
    assert [fate for fate, links in told(mapping(BEFORE, new)).items() if links] == [
        *(Fate.SAME, Fate.CHANGED, Fate.SPLIT, Fate.DROPPED, Fate.ADDED)
    ]


def test_several_become_one() -> None:
    new = after(one("n", "Both.", was='was = ["b1", "b2"]', area="papers"), one("p", "Other."), *BASE[2:])
    links = mapping(BEFORE, new)
    assert links[0] == Link(Fate.MERGED, ("b1", "b2"), ("n",))
    assert links[1].fate is Fate.ADDED


def test_an_id_named_by_another_does_not_stand_for_itself_as_well() -> None:
    """Numbers moved up by one: each names its forebear, and nothing is taken for a split."""
    new = after(one("b1", "Brand new."), one("b2", "First.", was='was = ["b1"]', area="papers"), *BASE[2:])
    links = mapping(BEFORE, new)
    assert links[0] == Link(Fate.ADDED, (), ("b1",))
    assert links[1].old == ("b1",)
    assert Link(Fate.DROPPED, ("b2",), ()) in links


def test_every_requirement_is_there_exactly_once() -> None:
    new = after(
        one("x", "A.", was='was = ["b1", "b2"]', area="papers"),
        one("y", "B.", was='was = ["b2", "b3"]', way="visited", area="practice"),
        one("z", "C.", was='was = ["b3", "b1"]'),
        one("w", "D.", level="silver", way="folder"),
    )
    links = mapping(BEFORE, new)
    assert sorted(name for link in links for name in link.old) == ["b1", "b2", "b3", "b4"]
    assert sorted(name for link in links for name in link.new) == ["w", "x", "y", "z"]
    assert links[0].fate is Fate.MERGED, "three of three hang together"


def test_only_what_asks_for_the_same_carries_over() -> None:
    new = after(
        one("n1", "First.", was='was = ["b1"]'),
        one("b2", "Second, and more.", area="papers"),
        *BASE[2:],
    )
    assert carried(BEFORE, new, {"b1", "b2", "b3"}) == {"b1": "n1", "b3": "b3"}
    assert carried(BEFORE, new, {"b2"}) == {}
    assert carried(BEFORE, new, ()) == {}


@pytest.mark.parametrize("change", ["fresh = '1 year'", "live = true", "points = ['And this.']"])
def test_whatever_must_be_shown_anew_does_not_carry_over(change: str) -> None:
    new = after(one("b1", "First.", was=change), *BASE[1:])
    assert carried(BEFORE, new, {"b1"}) == {}
    link = mapping(BEFORE, new)[0]
    assert link.fate is Fate.CHANGED
    assert link.differs == (change.split(maxsplit=1)[0],)


def test_a_name_that_leads_nowhere_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "kestrel" / "2024"
    folder.mkdir(parents=True)
    texts = {
        "scheme.toml": SCHEME.replace('edition = "2024"', 'edition = "2024"\nsupersedes = "2023"').replace(
            'asks = "marked"\n', ""
        ),
        "requirements.toml": "".join([*BASE, one("n", "New.", was='was = [\n  "b1",\n  "b33",\n]')]),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    new = load(folder)
    assert list(mistakes(BEFORE, new)) == [(4, 1, "edition 2023 has no requirement 'b33', did you mean 'b3'?")]
    (mistake,) = mistakes_in(folder, BEFORE, new)
    assert (folder / "requirements.toml").read_text().splitlines()[mistake.line - 1] == '  "b33",'
    assert mapping(BEFORE, new)[0].fate is Fate.ADDED, "'b1' stands for nothing: the new one names it"
