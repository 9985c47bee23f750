"""What changed between two rounds, word by word."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kithwork.web.assessor.changes import changes, compare, shortened


@dataclass(frozen=True)
class Piece:
    """Looks like an item of evidence."""

    pk: int
    title: str = "How we do it"
    text: str = ""
    kind: str = "statement"
    destroyed_at: object = None

    @property
    def ref(self) -> str:
        return f"r{self.pk}"


def words(text: str) -> list[str]:
    return text.split()


@given(st.text(alphabet="ab .\n", max_size=80), st.text(alphabet="ab .\n", max_size=80))
def test_the_runs_hold_both_texts(before: str, after: str) -> None:
    runs = compare(before, after)
    assert words(" ".join(run.text for run in runs if run.kind != "removed")) == words(after) or words(
        "".join(run.text for run in runs if run.kind != "removed")
    ) == words(after)
    assert sorted("".join("".join(run.text for run in runs if run.kind != "added").split())) == sorted(
        "".join(before.split())
    )


def test_one_word_changed_in_one_sentence() -> None:
    runs = compare("We meet weekly. The manager looks at it.", "We meet monthly. The manager looks at it.")
    assert [(run.kind, run.text.strip()) for run in runs] == [
        ("same", "We meet"),
        ("removed", "weekly."),
        ("added", "monthly."),
        ("same", "The manager looks at it."),
    ]


def test_a_text_with_nothing_in_common_is_shown_whole() -> None:
    runs = compare("Apples and pears.", "Every trustee signs in ink.")
    assert [run.kind for run in runs] == ["removed", "added"]


def test_long_unchanged_stretches_are_left_out() -> None:
    long = "This sentence stays as it is and says nothing new. " * 20
    runs = shortened(compare(f"{long}Old end here.", f"{long}New end here."))
    assert runs[0].kind == "gap"
    assert sum(len(run.text) for run in runs) < 200


def test_items_new_kept_taken_out_and_written_anew() -> None:
    before = [Piece(1, "Policy"), Piece(2, text="We meet weekly."), Piece(3, "Gone")]
    after = [Piece(1, "Policy"), Piece(4, text="We meet monthly."), Piece(5, "Letter")]
    found = changes(before, after)  # type: ignore[arg-type]  # all that is read of an item is here
    assert (found.new, found.kept, found.removed) == (("Letter",), ("Policy",), ("Gone",))
    (one,) = found.rewritten
    assert (one.added, one.removed) == (1, 1)
    assert found.new_refs == {"r4", "r5"}


def test_a_destroyed_document_is_told_but_never_compared() -> None:
    found = changes([Piece(1, destroyed_at=1)], [Piece(2, text="Redacted.")])  # type: ignore[list-item]  # as above
    assert found.destroyed == 1
    assert found.rewritten == ()
    assert not found.nothing


def test_the_same_again_is_nothing() -> None:
    assert changes([Piece(1)], [Piece(1)]).nothing  # type: ignore[list-item]  # as above


def test_long_texts_are_compared_quickly() -> None:
    before = " ".join(f"Sentence number {n} about matching and endings." for n in range(400))
    assert compare(before, before.replace("matching", "meeting"))
