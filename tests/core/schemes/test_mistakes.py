"""Every kind of mistake, made one at a time in the sample: where it is told, and in which words.

In the new text '@@' marks the line where the mistake must be told; several marks go with several messages in order.
Every row is compared with *all* that the loader says, so no mistake may bring others with it.
"""

from collections.abc import Mapping

import pytest

from kithwork.core.schemes import Mistake, Mistakes, load_texts
from tests.core.schemes.mistakes import ROWS, Row
from tests.core.schemes.sample import TEXTS


def made(*changes: tuple[str, str]) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """The sample with some pieces replaced, and the file and line of each mark."""
    changed, marks = dict(TEXTS), []
    for old, new in changes:
        assert sum(text.count(old) for text in changed.values()) == 1, "the piece must be there exactly once"
        changed = {file: text.replace(old, new) for file, text in changed.items()}
    for file, text in changed.items():
        marks += [(file, number) for number, line in enumerate(text.split("\n"), 1) for _ in range(line.count("@@"))]
        changed[file] = text.replace("@@", "")
    return changed, marks


def said(texts: Mapping[str, str]) -> list[Mistake]:
    with pytest.raises(Mistakes) as caught:
        load_texts(texts, "")
    return list(caught.value.mistakes)


def test_the_sample_itself_has_none() -> None:
    assert load_texts(TEXTS, "").key == "kestrel/2024"


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0].replace(" ", "-")) for row in ROWS])
def test_each_mistake_is_told_at_its_line(row: Row) -> None:
    _, old, new, *messages = row
    texts, marks = made((old, new))
    assert said(texts) == [Mistake(file, line, message) for (file, line), message in zip(marks, messages, strict=True)]


def test_a_renewal_needs_an_end() -> None:
    texts, marks = made(('valid = "3 years"\n', ""), ('[[stages]]\nid = "again"', '[[stages]]@@\nid = "again"'))
    message = "nothing ends that could be renewed: say in [credential] how long it is 'valid'"
    assert said(texts) == [Mistake(*marks[0], message)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("min_words = 300", "min_words = 800"),
        ('areas = 2\nwithin = "4 months"', 'areas = 2\nwithin = "6 months"'),
        ('areas = 2\nwithin = "4 months"', 'areas = 2\nwithin = "181 days"'),
        ('before = "6 months"', 'before = "36 months"'),
        ('valid = "3 years"', 'valid = "100 years"'),
        ("hours = 6", f"hours = {2**63 - 1}"),
        ('opens = ["panel yes"]', 'opens = ["panel yes", "visit arranged", "visit held"]'),
        ('title = "Homework"\nopens = ["briefing attended"]', 'title = "Homework"\nopens = ["eligibility no"]'),
        ('assessor_from = "eligibility yes"\n', ""),
    ],
)
def test_what_is_just_allowed_is_no_mistake(old: str, new: str) -> None:
    assert load_texts(made((old, new))[0], "") != load_texts(TEXTS, "")


def test_only_the_applicant_chooses_the_level() -> None:
    texts, marks = made(
        ('[[stages.fields]]\nid = "wanted"\npage = "Aims"\nlabel = "Level"\nkind = "level"\n', ""),
        (
            'label = "Do you agree?"\nkind = "yesno"\n',
            'label = "Do you agree?"\nkind = "yesno"\n\n[[stages.fields]]\nid = "wanted"\npage = "Aims"\n'
            'label = "Level"\nkind = "level"@@\n',
        ),
    )
    message = "the level aimed at is the applicant's to choose, and this form is not by 'applicant'"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_a_renewal_of_what_is_marked_needs_marks() -> None:
    texts, marks = made(("renewal = true\n", ""), ('asks = "marked"', 'asks = "marked"@@'))
    assert said(texts) == [Mistake(*marks[0], "no requirement is marked with 'renewal', so nothing would be asked")]


SHARED = ('title = "Bronze"\n', 'title = "Bronze"\nshare = { overall = 50 }\n')
SAME = ('level = "silver"', 'level = "bronze"')


@pytest.mark.parametrize("overall", [50, 49])
def test_a_higher_level_has_a_greater_share(overall: int) -> None:
    silver = ('title = "Silver"\n', f'title = "Silver"\nshare = {{ overall = {overall}@@ }}\n')
    texts, marks = made(SHARED, silver, SAME)
    assert said(texts) == [Mistake(*marks[0], "it must be more than the 50 of the level before")]
    more = ('title = "Silver"\n', 'title = "Silver"\nshare = { overall = 51 }\n')
    assert load_texts(made(SHARED, more, SAME)[0], "").level("silver").share is not None


def test_levels_by_share_ask_for_the_same() -> None:
    silver = ('title = "Silver"\n', 'title = "Silver"\nshare = { overall = 60 }\n')
    texts, marks = made(SHARED, silver, ('level = "silver"', 'level = "silver"@@'))
    message = "levels with a share all ask for the same, and 'bronze' does not include this level"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_a_stage_of_one_area_has_no_second_one() -> None:
    policies = 'asks = "Each is reviewed."\nassessed = '
    texts, marks = made((f'{policies}"online"', f'{policies}"visited"'), ("areas = 2", "areas = 2@@"))
    message = "2 complete areas are wanted, but at the level 'bronze' this stage has only 1"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_an_edition_needs_an_award() -> None:
    first = '[[stages]]\nid = "self-check"'
    last = TEXTS["scheme.toml"][TEXTS["scheme.toml"].index('[[stages]]\nid = "grant"') :]
    texts, marks = made((last, ""), (first, first.replace("]]", "]]@@")))
    message = "there is no stage of the kind 'award': an edition needs exactly one"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_missing_tables_are_told_at_the_first_line() -> None:
    assert said({"scheme.toml": "# nothing yet\n", "requirements.toml": ""}) == [
        Mistake("scheme.toml", 1, "missing table [[levels]]"),
        Mistake("scheme.toml", 1, "missing table [[stages]]"),
        Mistake("scheme.toml", 1, "missing table [credential]"),
        Mistake("scheme.toml", 1, "missing table [scheme]"),
    ]


def test_nesting_without_end_is_a_mistake() -> None:
    texts, _ = made(("hours = 6", "hours = " + "[" * 20_000))
    assert said(texts) == [Mistake("scheme.toml", 1, "lists or tables are nested too deeply")]


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, str(2**63), str(-(2**63) - 1)])
def test_a_number_beyond_64_bits_is_a_mistake(number: str) -> None:
    texts, marks = made(("hours = 6", f"hours = {number}@@"))
    assert said(texts) == [Mistake(*marks[0], "there is a number with far too many digits")]


def test_a_broken_file_does_not_hide_the_mistakes_of_the_other() -> None:
    texts, marks = made(("hours = 6", "hours = 0@@"), ('[[requirement]]\nid = "2"', '[[requirement@@\nid = "2"'))
    assert said(texts) == [
        Mistake(*marks[0], "'hours' must be greater than 0, not 0"),
        Mistake(*marks[1], "this is not TOML: expected ']]' at the end of an array declaration (column 14)"),
    ]
    texts, marks = made(("[words]", "[words@@"), ('level = "silver"', "level = 3@@"))
    assert said(texts) == [
        Mistake(*marks[0], "this is not TOML: expected ']' at the end of a table declaration (column 7)"),
        Mistake(*marks[1], "'level' must be text in quotation marks, not 3"),
    ]


def test_names_are_not_looked_up_while_a_file_is_missing_pieces() -> None:
    texts, marks = made(("hours = 6", "hours = 0@@"), ('opens = ["panel yes"]', 'opens = ["nowhere yes"]'))
    assert said(texts) == [Mistake(*marks[0], "'hours' must be greater than 0, not 0")]


def test_files_are_named_and_mistakes_are_printed_by_line() -> None:
    texts, (mark, *_) = made(("hours = 6", "hours = 0@@"), ('aiming = "Aiming for Kestrel"', "aiming = 3"))
    with pytest.raises(Mistakes) as caught:
        load_texts(texts, "kestrel/2024")
    aiming = TEXTS["scheme.toml"].split("\n").index('aiming = "Aiming for Kestrel"') + 1
    assert str(caught.value) == (
        f"kestrel/2024/scheme.toml:{aiming}: 'aiming' must be text in quotation marks, not 3\n"
        f"kestrel/2024/scheme.toml:{mark[1]}: 'hours' must be greater than 0, not 0"
    )


def test_only_an_editions_own_files_are_taken() -> None:
    assert said({**TEXTS, "journeys.toml": ""}) == [
        Mistake("journeys.toml", 1, "unknown file: an edition is made of scheme.toml and requirements.toml")
    ]
    assert said({"requirements.toml": TEXTS["requirements.toml"]}) == [
        Mistake("scheme.toml", 1, "there is no such file")
    ]


def test_a_megabyte_is_enough() -> None:
    room = 1_000_000 - len(TEXTS["scheme.toml"])
    assert load_texts({**TEXTS, "scheme.toml": TEXTS["scheme.toml"] + "#" * room}, "") == load_texts(TEXTS, "")
    texts = {**TEXTS, "scheme.toml": TEXTS["scheme.toml"] + "#" * (room + 1)}
    assert said(texts) == [Mistake("scheme.toml", 1, "the file is larger than 1 MB")]


def test_half_a_surrogate_pair_is_a_mistake() -> None:
    assert said({**TEXTS, "scheme.toml": "# \ud800\n"}) == [Mistake("scheme.toml", 1, "the text is not Unicode")]
