"""Editions from folders and from texts: the same ones, and nothing but Mistakes when they are wrong."""

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from kithwork.core.schemes import (
    EvidenceStage,
    Mistake,
    Mistakes,
    digest,
    find,
    load,
    load_texts,
    texts,
)
from tests.core.schemes.sample import REQUIREMENTS, SCHEME, TEXTS

OURS = find(Path(__file__).parents[3] / "schemes")

unhurried = settings(deadline=None)  # the machine is shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "schemes" / "kestrel" / "2024"
    made.mkdir(parents=True)
    for file, text in TEXTS.items():
        (made / file).write_text(text, encoding="utf-8", newline="\n")
    return made


def said(folder: Path) -> list[Mistake]:
    with pytest.raises(Mistakes) as caught:
        load(folder)
    return list(caught.value.mistakes)


def test_an_edition_is_read_from_its_folder(folder: Path) -> None:
    edition = load(folder)
    assert edition.key == "kestrel/2024"
    assert [requirement.id for requirement in edition.requirements] == ["1", "2", "3", "s1"]
    online = edition.stage("online")
    assert isinstance(online, EvidenceStage)
    assert [str(milestone.within) for milestone in online.milestones] == ["2 months", "4 months"]
    assert [str(condition) for condition in online.opens] == ["registration paid", "briefing attended"]


def test_a_relative_folder_will_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert load(Path()) == load(folder) == load(Path("../2024"))
    (folder / "scheme.toml").write_text("x", encoding="utf-8")
    assert [mistake.path for mistake in said(Path())] == ["scheme.toml"]


def test_an_edition_without_a_framework_needs_no_requirements(folder: Path) -> None:
    (folder / "requirements.toml").unlink()
    assert {mistake.message for mistake in said(folder)} == {
        "no requirement is assessed 'online'",
        "no requirement is assessed 'visited'",
        "no requirement is assessed 'folder'",
        "the area 'people' has no requirement",
        "the area 'papers' has no requirement",
        "the area 'practice' has no requirement",
    }


def test_other_files_of_the_folder_are_left_alone(folder: Path) -> None:
    (folder / "journeys").mkdir()
    (folder / "journeys" / "one.toml").write_text("not = [toml", encoding="utf-8")
    (folder / "notes.txt").write_text("?", encoding="utf-8")
    assert load(folder).key == "kestrel/2024"
    assert texts(folder) == TEXTS


def test_the_folder_is_called_what_the_file_says(folder: Path) -> None:
    moved = folder.parent.parent / "merlin" / "2023"
    shutil.copytree(folder, moved)
    path = f"{moved.as_posix()}/scheme.toml"
    assert said(moved) == [
        Mistake(path, 4, "'slug' is 'kestrel', but the folder is called 'merlin'"),
        Mistake(path, 5, "'edition' is '2024', but the folder is called '2023'"),
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert said(tmp_path / "no" / "where") == [
        Mistake(f"{tmp_path.as_posix()}/no/where/scheme.toml", 1, "there is no such file")
    ]


def test_a_scheme_that_is_a_folder(folder: Path) -> None:
    (folder / "scheme.toml").unlink()
    (folder / "scheme.toml").mkdir()
    assert said(folder) == [Mistake(f"{folder.as_posix()}/scheme.toml", 1, "this is not a file")]


def test_a_missing_scheme_does_not_hide_broken_requirements(folder: Path) -> None:
    (folder / "scheme.toml").unlink()
    (folder / "requirements.toml").write_text("[[requirement]]\nid = \n", encoding="utf-8")
    assert [(Path(mistake.path).name, mistake.line) for mistake in said(folder)] == [
        ("scheme.toml", 1),
        ("requirements.toml", 2),
    ]


def test_a_name_no_file_can_have() -> None:
    assert [mistake.message for mistake in said(Path("a\0b"))] == ["there is no such file"]


def test_text_in_another_encoding_is_told_at_its_line(folder: Path) -> None:
    (folder / "requirements.toml").write_bytes(REQUIREMENTS.replace("Policies", "Polic\xefes").encode("latin-1"))
    line = REQUIREMENTS.split("\n").index('title = "Policies"') + 1
    mistake = Mistake(
        f"{folder.as_posix()}/requirements.toml",
        line,
        "the text is not UTF-8: save the file with the encoding UTF-8",
    )
    assert said(folder) == [mistake]
    with pytest.raises(Mistakes) as caught:
        texts(folder)
    assert caught.value.mistakes == (mistake,)


def test_a_file_of_more_than_a_megabyte_is_not_read(folder: Path) -> None:
    (folder / "requirements.toml").write_bytes(b"#" * 1_000_001)
    assert said(folder) == [Mistake(f"{folder.as_posix()}/requirements.toml", 1, "the file is larger than 1 MB")]


def test_notepads_way_of_writing_is_read_all_the_same(folder: Path) -> None:
    plain = load(folder), texts(folder)
    for file, text in TEXTS.items():
        (folder / file).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert (load(folder), texts(folder)) == plain


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_texts_give_the_same_edition_as_the_folder(folder: Path, ends: str) -> None:
    kept = {file: text.replace("\n", ends) for file, text in texts(folder).items()}
    assert load_texts(kept, "kestrel/2024") == load(folder)


def test_editions_are_found_two_folders_down(folder: Path) -> None:
    root = folder.parent.parent
    for other in ("kestrel/2019", "avocet/1"):
        shutil.copytree(folder, root / other)
    (root / "kestrel" / "scheme.toml").write_text("", encoding="utf-8")
    (root / "kestrel" / "drafts" / "2025").mkdir(parents=True)
    (root / "kestrel" / "drafts" / "2025" / "scheme.toml").write_text("", encoding="utf-8")
    (root / "half" / "1").mkdir(parents=True)
    (root / "half" / "1" / "requirements.toml").write_text("", encoding="utf-8")
    assert find(root) == [root / "avocet/1", root / "half/1", root / "kestrel/2019", root / "kestrel/2024"]
    assert find(root / "nowhere") == []


def test_a_digest_is_a_sha256_whatever_the_order() -> None:
    one = digest(TEXTS)
    assert one == digest(dict(reversed(TEXTS.items())))
    assert len(one) == 64
    assert digest({}) == sha256().hexdigest()
    assert digest({"a": "b"}) == sha256(b"\0" * 7 + b"\1a" + b"\0" * 7 + b"\1b").hexdigest(), "kept with every journey"


@unhurried
@given(*[st.dictionaries(st.text("ab", max_size=3), st.text("ab", max_size=3), max_size=3)] * 2)
@example({"a": "bc"}, {"ab": "c"})
@example({"a": "", "b": ""}, {"a": "b"})
def test_different_texts_have_different_digests(one: dict[str, str], other: dict[str, str]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: "/".join(folder.parts[-2:]))
def test_our_own_editions_are_without_mistakes(folder: Path) -> None:
    edition = load(folder)
    assert load_texts(texts(folder), edition.key) == edition


PIECES = st.one_of(
    st.sampled_from(
        ["[", "]", "{", "}", "=", ",", ".", '"', "'", "#", "\n", "\\", '"""', "'''", "[[", "]]", "\ufeff", "\0"]
    ),
    st.sampled_from(
        [" 0", "1", "-1", "true", "inf", "1979-05-27", "[]", "{}", '""', "0x" + "f" * 5000, "yes", "opens", "id"]
    ),
    st.sampled_from([line + "\n" for line in sorted({*SCHEME.split("\n"), *REQUIREMENTS.split("\n")})]),
    st.text(max_size=3),
    st.text(st.characters(categories=["Cs"]), min_size=1, max_size=1),
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A text with up to six pieces taken out, put in or exchanged."""
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 40))
        text = text[:start] + draw(st.one_of(st.just(""), PIECES)) + text[end:]
    return text


@st.composite
def revalued(draw: st.DrawFn, text: str) -> str:
    """A text in which up to six values are exchanged for others, so that it is mostly still TOML."""
    lines = text.split("\n")
    pairs = [index for index, line in enumerate(lines) if " = " in line and '"""' not in line]
    known = [line.split(" = ", 1)[1] for line in lines if " = " in line]
    for index in draw(st.lists(st.sampled_from(pairs), max_size=6)):
        value = draw(st.one_of(PIECES, st.sampled_from(known)))
        key = draw(st.sampled_from([lines[index].split(" = ")[0], "id", "kind", "opens", "within", "a.b"]))
        lines[index] = f"{key} = {value}"
    return "\n".join(lines)


JARGON = ("pydantic", "input", "instance", "tuple", "dict", "cannot be this")


def mistakes_of(scheme: str, requirements: str) -> tuple[Mistake, ...]:
    try:
        load_texts({"scheme.toml": scheme, "requirements.toml": requirements}, "")
    except Mistakes as error:
        return error.mistakes or (Mistake("", 0, "mistakes without a mistake"),)
    return ()


def assert_told_well(mistakes: tuple[Mistake, ...], files: dict[str, str]) -> None:
    for mistake in mistakes:
        assert 1 <= mistake.line <= files[mistake.path].count("\n") + 1
        assert mistake.message
        assert "\n" not in str(mistake)
        ours = re.sub("'.*?'", "", mistake.message.lower())  # without the author's own words
        assert not [word for word in JARGON if word in ours]


@unhurried
@given(mutated(SCHEME), mutated(REQUIREMENTS))
def test_mutated_texts_give_mistakes_or_an_edition(scheme: str, requirements: str) -> None:
    files = {"scheme.toml": scheme, "requirements.toml": requirements}
    assert_told_well(mistakes_of(scheme, requirements), files)


@unhurried
@given(revalued(SCHEME), revalued(REQUIREMENTS))
def test_exchanged_values_give_mistakes_or_an_edition(scheme: str, requirements: str) -> None:
    files = {"scheme.toml": scheme, "requirements.toml": requirements}
    assert_told_well(mistakes_of(scheme, requirements), files)


@unhurried
@given(mutated(SCHEME))
def test_a_mutated_file_gives_the_same_from_its_folder(tmp_path_factory: pytest.TempPathFactory, scheme: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "mutated" / "kestrel" / "2024"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "requirements.toml").write_text(REQUIREMENTS, encoding="utf-8")
    (folder / "scheme.toml").write_bytes(scheme.encode("utf-8", "surrogatepass"))
    try:
        edition = load(folder)
    except Mistakes:
        event("mistakes")
    else:
        event("an edition")
        assert edition == load_texts(texts(folder), "")
