"""Crosswalks: read with their mistakes at file and line, asked in both directions, and told in CASE."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.core.schemes import Edition, Mistakes, find, load
from kithwork.core.schemes.case import package
from kithwork.core.schemes.crosswalks import Crosswalk, Kind, alike, crosswalks
from tests.core.journey.test_worked import SCHEMES
from tests.core.schemes.sample import TEXTS

FRAMEWORK = '[framework]\ntitle = "The Heron Guide"\npublisher = "Herons"\nsource = "https://heron.example.org/"\n'
ASKED = '\n[[asked]]\nid = "h1"\nnumber = "H 1"\ntitle = "Cover"\nsource = "https://heron.example.org/1"\n'
LINK = '\n[[link]]\nours = "1"\nkind = "same"\ntheirs = "h1"\nwhy = "Both ask for insurance."\n'


def beside(place: Path, slug: str, edition: str, **texts: str) -> Path:
    """The sample edition under another name, with these crosswalks."""
    folder = place / slug / edition
    (folder / "crosswalks").mkdir(parents=True)
    scheme = TEXTS["scheme.toml"].replace('slug = "kestrel"', f'slug = "{slug}"')
    (folder / "scheme.toml").write_text(scheme.replace('edition = "2024"', f'edition = "{edition}"'))
    (folder / "requirements.toml").write_text(TEXTS["requirements.toml"])
    for name, text in texts.items():
        (folder / "crosswalks" / f"{name}.toml").write_text(text)
    return folder


def read(folder: Path) -> tuple[Edition, tuple[Crosswalk, ...]]:
    edition = load(folder)
    return edition, crosswalks(folder, edition)


def told(folder: Path) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        read(folder)
    return [f"{Path(one.path).name}:{one.line}: {one.message}" for one in caught.value.mistakes]


def test_a_framework_outside_is_read(tmp_path: Path) -> None:
    edition, (one,) = read(beside(tmp_path, "kestrel", "2024", heron=FRAMEWORK + ASKED + LINK))
    assert (one.key, one.name, one.links[0].kind) == ("kestrel/2024", "heron", Kind.SAME)
    assert one.theirs("h1").title == "Cover"
    assert alike([one], edition, "1", edition) == (), "no scheme of ours asks for it"


def test_an_edition_without_any_has_none(tmp_path: Path) -> None:
    assert read(beside(tmp_path, "kestrel", "2024"))[1] == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FRAMEWORK + ASKED + LINK.replace('"1"', '"11"'), "heron.toml:13: kestrel/2024 has no requirement '11'"),
        (FRAMEWORK + ASKED + LINK.replace('"h1"', '"h2"'), "heron.toml:15: the other framework asks for no 'h2'"),
        (FRAMEWORK + ASKED + LINK.replace("same", "sane"), "heron.toml:14: 'kind' must be one of same, covers or part"),
        (FRAMEWORK + ASKED + LINK.replace("why", "because"), "heron.toml:16: unknown key 'because'"),
        (FRAMEWORK + ASKED + LINK.partition("why")[0], "heron.toml:12: missing key 'why'"),
        (FRAMEWORK + ASKED + LINK + LINK, "heron.toml:18: '1' and 'h1' are linked already"),
        (FRAMEWORK + ASKED + ASKED + LINK, "heron.toml:13: another [[asked]] already has the id 'h1'"),
        (FRAMEWORK + ASKED, "heron.toml:1: missing table [[link]]"),
        (FRAMEWORK + "[link]\nours = 1", "heron.toml:5: 'link' is a list of tables"),
        ("link = [[1]]\n" + FRAMEWORK, "heron.toml:1: number 1 of 'link' is a single table"),
        (FRAMEWORK + 'scheme = "heron/1"\n' + ASKED + LINK, "heron.toml:5: there is no edition 'heron/1' beside"),
        (FRAMEWORK + 'scheme = "../.."\n' + LINK, "heron.toml:5: there is no edition '../..' beside"),
        (FRAMEWORK + 'scheme = "kestrel/2024"\n' + LINK, "heron.toml:5: an edition has no crosswalk to itself"),
        ("link = [", "heron.toml:1: this is not TOML"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, text: str, wanted: str) -> None:
    said = told(beside(tmp_path, "kestrel", "2024", heron=text))
    assert any(one.startswith(wanted) for one in said), said


def test_a_scheme_is_asked_what_it_asks_for(tmp_path: Path) -> None:
    beside(tmp_path, "heron", "2020")
    named = FRAMEWORK + 'scheme = "heron/2020"\n'
    folder = beside(tmp_path, "kestrel", "2024", heron=named + LINK)
    assert "heron.toml:10: the other framework asks for no 'h1'" in told(folder)[0]
    (folder / "crosswalks" / "heron.toml").write_text(named + ASKED + LINK)
    assert any("leave [[asked]] out" in one for one in told(folder))


def test_what_is_the_same_is_found_from_either_side_and_what_is_not_is_not(tmp_path: Path) -> None:
    heron = load(beside(tmp_path, "heron", "2020"))
    links = LINK.replace("h1", "2") + LINK.replace('"1"', '"3"').replace("same", "part").replace("h1", "3")
    named = FRAMEWORK + 'scheme = "heron/2020"\n'
    kestrel, known = read(beside(tmp_path, "kestrel", "2024", heron=named + links))
    assert alike(known, kestrel, "1", heron) == ("2",)
    assert alike(known, heron, "2", kestrel) == ("1",)
    assert alike(known, kestrel, "2", heron) == (), "the direction of a link is kept"
    assert alike(known, kestrel, "3", heron) == (), "a part is not the same"


def test_scheme_check_reads_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = beside(tmp_path, "kestrel", "2024", heron=FRAMEWORK + ASKED + LINK.replace('"1"', '"11"'))
    assert cli.main(["scheme", "check", str(folder)]) == 1
    assert "crosswalks/heron.toml:13: kestrel/2024 has no requirement '11'" in capsys.readouterr().out


@pytest.mark.parametrize("folder", find(SCHEMES), ids=lambda one: one.parent.name)
def test_those_that_are_shipped_are_in_order(folder: Path) -> None:
    for one in read(folder)[1]:
        assert {link.theirs for link in one.links} == {asked.id for asked in one.asked}, "nothing is carried over idly"


def test_one_is_shipped_beside_quality_in_mentoring() -> None:
    _, (one,) = read(SCHEMES / "qim" / "2022")
    assert one.name == "eepm"
    assert {link.kind for link in one.links} == {Kind.PART}, "neither text asks for quite what the other does"


def test_in_case_each_link_leads_out_of_the_package(tmp_path: Path) -> None:
    beside(tmp_path, "heron", "2020")
    links = (
        LINK + LINK.replace('"1"', '"2"').replace("same", "covers") + LINK.replace('"1"', '"3"').replace("same", "part")
    )
    scheme = FRAMEWORK + 'scheme = "heron/2020"\n' + LINK.replace("h1", "2")
    edition, known = read(beside(tmp_path, "kestrel", "2024", outside=FRAMEWORK + ASKED + links, ours=scheme))
    changed = datetime(2026, 3, 1, tzinfo=UTC)
    made = package(edition, base="https://a.example.org", changed=changed, crosswalks=known)
    plain = package(edition, base="https://a.example.org", changed=changed)
    assert made["CFItems"] == plain["CFItems"]
    more = made["CFAssociations"][len(plain["CFAssociations"]) :]
    ends = [(one["associationType"], one["originNodeURI"]["title"], one["destinationNodeURI"]["title"]) for one in more]
    assert ends == [
        ("exactMatchOf", "1 Insurance", "The Heron Guide: 2"),
        ("exactMatchOf", "1 Insurance", "H 1 Cover"),
        ("isPartOf", "H 1 Cover", "2 Policies"),
        ("isRelatedTo", "3 Contacts", "H 1 Cover"),
    ]
    other = package(load(tmp_path / "heron" / "2020"), base="https://b.example.org", changed=changed)
    theirs = {item.get("humanCodingScheme"): item["identifier"] for item in other["CFItems"]}
    assert more[0]["destinationNodeURI"]["identifier"] == theirs["2"], "a scheme's identifiers are its own"
    assert more[1]["destinationNodeURI"]["targetType"].startswith("ext:")
    assert more[1]["destinationNodeURI"]["uri"] == "https://heron.example.org/1"
    assert len({one["identifier"] for one in made["CFAssociations"]}) == len(made["CFAssociations"])
