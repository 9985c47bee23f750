"""Making, checking, publishing and describing editions from the shell; a stranger needs no Python."""

import json
import shutil
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.core.schemes import load
from kithwork.core.schemes.reference import reference
from kithwork.journeys.models import PublishedEdition
from kithwork.ledger.models import Record
from kithwork.organisations.models import Membership, Organisation, Role
from kithwork.procedures.sample import Cast

QIM = Path(__file__).parents[2] / "schemes" / "qim" / "2022"
Out = pytest.CaptureFixture[str]


@pytest.fixture
def schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITHWORK_SCHEMES", str(tmp_path / "schemes"))
    return tmp_path / "schemes"


def new(*more: str) -> int:
    return cli.main(["scheme", "new", "kind-gardens", "--edition", "2027", *more])


# New


def test_a_new_scheme_is_in_order_at_once(schemes: Path, capsys: Out) -> None:
    assert new("--name", "Kind Gardens", "--body", "The Garden Council", "--applicant", "person") == 0
    folder = schemes / "kind-gardens" / "2027"
    assert str(folder) in capsys.readouterr().out
    assert cli.main(["scheme", "check", str(folder)]) == 0
    for file in (folder / "journeys").glob("*.toml"):
        assert cli.main(["journey", "replay", str(file)]) == 0
    about = load(folder).scheme
    assert (about.name, about.body, about.applicant) == ("Kind Gardens", "The Garden Council", "person")


def test_a_new_scheme_never_writes_over_one(schemes: Path, capsys: Out) -> None:
    assert new() == 0
    file = schemes / "kind-gardens" / "2027" / "scheme.toml"
    file.write_text("mine")
    assert new() == 1
    assert "there already; nothing was written" in capsys.readouterr().err
    assert file.read_text() == "mine"


@pytest.mark.parametrize("slug", ["../elsewhere", "Kind Gardens", "", "x" * 61, "a/b"])
def test_a_name_that_no_folder_should_have_is_refused(schemes: Path, capsys: Out, slug: str) -> None:
    assert cli.main(["scheme", "new", slug]) == 1
    assert "'slug'" in capsys.readouterr().err
    assert not schemes.exists()


def test_another_folder_of_schemes(tmp_path: Path, schemes: Path) -> None:
    assert new("--dir", str(tmp_path / "mine")) == 0
    assert (tmp_path / "mine" / "kind-gardens" / "2027" / "scheme.toml").exists()
    assert not schemes.exists()


# An edition that supersedes another


def superseding(schemes: Path, was: str) -> Path:
    """A second edition of a scheme; its first requirement names a forebear."""
    new()
    old, made = schemes / "kind-gardens" / "2027", schemes / "kind-gardens" / "2028"
    shutil.copytree(old, made)
    scheme, requirements = made / "scheme.toml", made / "requirements.toml"
    scheme.write_text(scheme.read_text().replace('edition = "2027"', 'edition = "2028"\nsupersedes = "2027"'))
    text = requirements.read_text().replace('id = "1"\n', f'id = "1a"\nwas = ["{was}"]\n')
    requirements.write_text(text.replace("Everybody who does this work has somebody", "Everybody has somebody"))
    return made


def test_check_follows_each_forebear(schemes: Path, capsys: Out) -> None:
    folder = superseding(schemes, "1")
    capsys.readouterr()
    assert cli.main(["scheme", "check", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder}: 3 requirements, in order\n"
    assert cli.main(["scheme", "check", "--mapping", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "kind-gardens/2027 -> kind-gardens/2028: 2 same, 1 changed",
        "  same     1 -> 1a",
        "  same     3 -> 3",
        "  changed  2 -> 2 (other: asks)",
    ]


def test_a_forebear_that_never_was_is_a_mistake(schemes: Path, capsys: Out) -> None:
    folder = superseding(schemes, "7")
    capsys.readouterr()
    assert cli.main(["scheme", "check", "--mapping", str(folder)]) == 1
    said = capsys.readouterr().out
    assert f"{folder}/requirements.toml:11: edition 2027 has no requirement '7'" in said
    assert "  dropped  1 -> (nothing)" in said
    assert "  added    (nothing) -> 1a" in said


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (shutil.rmtree, "whose folder does not lie beside it"),
        (lambda folder: (folder / "scheme.toml").write_text("x"), "which has mistakes of its own"),
    ],
)
def test_without_the_edition_before_there_is_nothing_to_follow(
    schemes: Path, capsys: Out, spoil: object, said: str
) -> None:
    folder = superseding(schemes, "7")
    assert callable(spoil)
    spoil(schemes / "kind-gardens" / "2027")
    capsys.readouterr()
    assert cli.main(["scheme", "check", "--mapping", str(folder)]) == 0
    assert said in capsys.readouterr().out


def test_an_edition_that_supersedes_none_says_so(schemes: Path, capsys: Out) -> None:
    assert cli.main(["scheme", "check", "--mapping", str(QIM)]) == 0
    assert "it supersedes no edition" in capsys.readouterr().out


# Publishing


def test_a_stranger_sets_up_a_body_and_publishes(people: Cast, schemes: Path, capsys: Out) -> None:
    new()
    assert cli.main(["body", "new", "Garden Council", "--officer", people.eve.email, "--address", "1 Bed\nLawn"]) == 0
    assert "its slug is garden-council" in capsys.readouterr().out
    body = Organisation.objects.get(slug="garden-council")
    assert (body.kind, body.address) == (Organisation.Kind.BODY, "1 Bed\nLawn")
    assert Membership.objects.get(organisation=body).role == Role.OFFICER
    folder = str(schemes / "kind-gardens" / "2027")
    assert cli.main(["scheme", "publish", folder, "--body", "garden-council"]) == 0
    published = PublishedEdition.objects.get()
    assert published.body == body
    record = Record.objects.get(act="journey.edition_published")
    assert record.actor == people.eve.actor
    assert cli.main(["scheme", "publish", folder, "--body", "garden-council"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "kind-gardens/2027 is published by Garden Council",
        "kind-gardens/2027 was published by Garden Council before",
    ]


def test_another_text_is_not_published_under_the_same_name(people: Cast, schemes: Path, capsys: Out) -> None:
    new()
    file = schemes / "kind-gardens" / "2027" / "scheme.toml"
    words = ["scheme", "publish", str(file.parent), "--body", people.body.slug]
    assert cli.main(words) == 0
    file.write_text(file.read_text().replace("Standard", "Usual"))
    assert cli.main(words) == 1
    assert "Give the new text a new edition name" in capsys.readouterr().err


def test_a_faulty_folder_is_not_published(people: Cast, schemes: Path, capsys: Out) -> None:
    new()
    file = schemes / "kind-gardens" / "2027" / "scheme.toml"
    file.write_text(file.read_text().replace('kind = "award" #', 'kind = "prize" #'))
    assert cli.main(["scheme", "publish", str(file.parent), "--body", people.body.slug]) == 1
    assert "scheme.toml:" in capsys.readouterr().err
    assert not PublishedEdition.objects.exists()


def test_whoever_publishes_is_an_officer_of_the_body(people: Cast, capsys: Out) -> None:
    words = ["scheme", "publish", str(QIM), "--body"]
    assert cli.main([*words, "nobody"]) == 1
    assert f"There is no awarding body 'nobody'. There is: {people.body.slug}." in capsys.readouterr().err
    assert cli.main([*words, people.provider.slug]) == 1, "a provider is no awarding body"
    capsys.readouterr()
    assert cli.main([*words, people.body.slug, "--by", people.ada.email]) == 1
    assert "is no officer of" in capsys.readouterr().err
    Membership.objects.create(organisation=people.body, user=people.eve, role=Role.OFFICER)
    assert cli.main([*words, people.body.slug]) == 1
    assert "several officers" in capsys.readouterr().err
    assert not PublishedEdition.objects.exists()
    assert cli.main([*words, people.body.slug, "--by", people.eve.email.upper()]) == 0


def test_a_body_is_founded_once_and_by_somebody(people: Cast, capsys: Out) -> None:
    words = ["body", "new", "Garden Council", "--officer"]
    assert cli.main([*words, "nobody@example.org"]) == 1
    assert "Let the person sign up first" in capsys.readouterr().err
    assert cli.main([*words, people.eve.email]) == 0
    assert cli.main(["body", "new", "garden council ", "--officer", people.eve.email]) == 1
    assert "There is a body of this name already" in capsys.readouterr().err
    assert cli.main(["body", "new", " ", "--officer", people.eve.email]) == 1


# CASE


def test_there_and_back_by_way_of_a_file(tmp_path: Path, schemes: Path, capsys: Out) -> None:
    new()
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    words = ["--base", "https://kithwork.example.org", "--changed", "2027-03-01"]
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(one), *words]) == 0
    assert "8 items, 11 associations" in capsys.readouterr().out
    other = tmp_path / "other"
    assert cli.main(["scheme", "import", str(one), "--dir", str(other)]) == 0
    folder = other / "kind-gardens" / "2027"
    assert f"{folder}: a draft of 3 requirements in 2 areas" in capsys.readouterr().out
    assert cli.main(["scheme", "check", str(folder)]) == 0
    shutil.rmtree(schemes)
    shutil.copytree(other, schemes)
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(two), *words]) == 0
    assert one.read_text() == two.read_text()
    assert json.loads(one.read_text())["CFDocument"]["lastChangeDateTime"] == "2027-03-01T00:00:00Z"


def test_an_import_never_writes_over_an_edition(tmp_path: Path, schemes: Path, capsys: Out) -> None:
    new()
    before = {file: file.read_text() for file in schemes.rglob("*.toml")}
    file = tmp_path / "one.json"
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(file)]) == 0
    assert cli.main(["scheme", "import", str(file)]) == 1
    assert "there already" in capsys.readouterr().err
    assert {one: one.read_text() for one in schemes.rglob("*.toml")} == before
    assert cli.main(["scheme", "import", str(file), "--edition", "2028"]) == 0
    assert load(schemes / "kind-gardens" / "2028").requirements == load(schemes / "kind-gardens" / "2027").requirements


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"CFDocument": {"identifier": "x", "title": "x"}}'])
def test_what_is_not_case_leaves_nothing_behind(tmp_path: Path, schemes: Path, capsys: Out, content: bytes) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    assert cli.main(["scheme", "import", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"{file}: ")
    assert not schemes.exists()


def test_files_and_editions_that_are_not_there(tmp_path: Path, schemes: Path, capsys: Out) -> None:
    assert cli.main(["scheme", "import", str(tmp_path / "none.json")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(tmp_path / "x.json")]) == 1
    new()
    assert cli.main(["scheme", "export", "kind-gardens", "--edition", "1", "--case", str(tmp_path / "x.json")]) == 1
    assert "there is 2027" in capsys.readouterr().err
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(tmp_path / "no" / "x.json")]) == 1
    assert cli.main(["scheme", "export", "kind-gardens", "--case", str(tmp_path / "x.json"), "--base", "here"]) == 1
    assert "is no address" in capsys.readouterr().err
    assert not (tmp_path / "x.json").exists()


def test_the_reference_is_printed(capsys: Out) -> None:
    assert cli.main(["scheme", "reference"]) == 0
    assert capsys.readouterr().out == reference()
