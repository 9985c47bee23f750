"""Counts that tell of nobody. The attacker here knows the method, and everything that is ever published."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.service import equalities as eq
from kithwork.core.service.equalities import CHARACTERISTICS, GROUP, OWN, PREFER_NOT, Stage, grouped, published

WORDS = ("agender", "Genderfluid", "two-spirit")


def _one() -> st.SearchStrategy[dict[str, str]]:
    """One person's answers; any may be left out."""
    fields: dict[str, st.SearchStrategy[str]] = {}
    for one in CHARACTERISTICS:
        extra = [OWN] if one.own else []
        fields[one.id] = st.sampled_from([*one.choices, *extra, PREFER_NOT])
        if one.own:
            fields[eq.words_key(one.id)] = st.sampled_from(WORDS)
    return st.fixed_dictionaries({}, optional=fields).map(eq.cleaned)


ANSWERS = st.lists(st.tuples(st.sampled_from(Stage), _one()), max_size=120)
# many alike, so that large answers and small ones both occur
CLUMPED = st.lists(st.tuples(st.sampled_from(Stage), _one(), st.integers(1, 30)), max_size=6).map(
    lambda rows: [(stage, one) for stage, one, times in rows for _ in range(times)]
)


@given(ANSWERS | CLUMPED)
def test_nothing_under_five_and_nothing_between_the_steps_is_published(
    answers: list[tuple[Stage, dict[str, str]]],
) -> None:
    for figures in published(answers):
        assert figures.people >= GROUP
        assert figures.people % 5 == 0
        for table in figures.tables.values():
            assert all(size >= 5 and size % 5 == 0 for size in table.values())
            assert PREFER_NOT not in table


@given(ANSWERS | CLUMPED)
def test_each_answer_is_in_one_group_at_most_so_no_group_can_be_taken_from_another(
    answers: list[tuple[Stage, dict[str, str]]],
) -> None:
    groups = [figures.stages for figures in published(answers)]
    held = [stage for group in groups for stage in group]
    assert len(held) == len(set(held))
    assert not groups or set(held) == set(Stage)
    sizes = Counter(stage for stage, _ in answers)
    assert all(sum(sizes[stage] for stage in group) >= GROUP for group in groups)


@given(ANSWERS | CLUMPED, st.data())
def test_whatever_is_held_back_may_be_anything_from_nobody_to_four(
    answers: list[tuple[Stage, dict[str, str]]], data: st.DataObject
) -> None:
    """For every answer not shown and every size under five there are people who would have been published alike."""
    for figures in published(answers):
        one = data.draw(st.sampled_from(CHARACTERISTICS))
        shown = figures.tables[one.id]
        held = [choice for choice in one.choices if choice not in shown]
        for choice, size in product(held, range(5)):
            others = list(_alike(one.id, shown, {choice: size}, figures.people))
            assert len(others) >= figures.people
            again = published((figures.stages[-1], other) for other in others)
            assert again[0].tables[one.id] == shown, "another world, published as this one was"
            assert again[0].people == figures.people
            assert Counter(other.get(one.id) for other in others)[choice] == size


def _alike(
    characteristic: str, shown: Mapping[str, int], held: Mapping[str, int], people: int
) -> Iterator[dict[str, str]]:
    number = 0
    for answer, size in [*shown.items(), *held.items()]:
        given = answer if answer in _choices(characteristic) else OWN
        words = {eq.words_key(characteristic): answer} if given == OWN and answer != OWN else {}
        for _ in range(size):
            number += 1
            yield {characteristic: given, **words}
    for _ in range(people - number):
        yield {characteristic: PREFER_NOT}


def _choices(characteristic: str) -> Mapping[str, str]:
    return next(one.choices for one in CHARACTERISTICS if one.id == characteristic)


def test_every_small_group_by_exhaustion() -> None:
    """All ways in which 20 to 23 people can answer a question of two answers, by what is published of them, with even
    the exact number of people known: no answer under five is ever the only possibility, nor is it certain that anybody
    gave it at all.
    """
    worlds: dict[tuple[object, ...], set[tuple[int, int]]] = {}
    for people in range(20, 24):
        for yes in range(people + 1):
            for no in range(people - yes + 1):
                answers = [{"pregnancy": "yes"}] * yes + [{"pregnancy": "no"}] * no + [{}] * (people - yes - no)
                (figures,) = published((Stage.MATCHED, one) for one in answers)
                seen = (people, tuple(sorted(figures.tables["pregnancy"].items())))
                worlds.setdefault(seen, set()).add((yes, no))
    assert len(worlds) > 40
    for (_, table), possible in worlds.items():
        shown = dict(table)  # type: ignore[call-overload]  # pairs, as put in above
        for at, answer in enumerate(("yes", "no")):
            if answer not in shown:
                sizes = {world[at] for world in possible}
                assert 0 in sizes, "nobody at all must remain possible"
                assert sizes == set(range(max(sizes) + 1)), "and every size up to the most"


def test_one_person_more_changes_nothing_but_at_a_step() -> None:
    before = [(Stage.WAITING, {"sex": "female"})] * 21
    assert published(before) == published([*before, (Stage.WAITING, {"sex": "male"})])
    assert published(before) == published([*before, (Stage.WAITING, {"sex": "female"})])


def test_too_few_publish_nothing() -> None:
    assert published([(Stage.MATCHED, {"sex": "female"})] * 19) == ()
    assert [one.people for one in published([(Stage.MATCHED, {"sex": "female"})] * 20)] == [20]


def test_small_stages_go_with_a_neighbour() -> None:
    a, w, m = Stage
    assert grouped({a: 20, w: 20, m: 20}) == ((a,), (w,), (m,))
    assert grouped({a: 19, w: 20, m: 20}) == ((a, w), (m,))
    assert grouped({a: 20, w: 19, m: 20}) == ((a,), (w, m))
    assert grouped({a: 20, w: 20, m: 19}) == ((a,), (w, m))
    assert grouped({a: 7, w: 7, m: 7}) == ((a, w, m),)
    assert grouped({a: 6, w: 6, m: 7}) == ()
    assert grouped({m: 40}) == ((a, w, m),)


def test_own_words_stand_for_themselves_from_five_on() -> None:
    four = [{"gender": OWN, "gender-own": "Agender"}] * 4
    rest = [{"gender": "same"}] * 20
    (few,) = published((Stage.MATCHED, one) for one in [*four, *rest])
    assert few.tables["gender"] == {"same": 20}
    five = [*four, {"gender": OWN, "gender-own": "agender"}]
    (more,) = published((Stage.MATCHED, one) for one in [*five, *rest])
    assert more.tables["gender"] == {"same": 20, "agender": 5}


def test_own_words_cannot_pass_for_an_answer_that_was_offered() -> None:
    sly = [{"gender": OWN, "gender-own": "same"}] * 6
    (figures,) = published((Stage.MATCHED, one) for one in [*sly, *[{"gender": "other"}] * 20])
    assert figures.tables["gender"] == {"own": 5, "other": 20}


def test_only_known_answers_are_kept() -> None:
    given = {"sex": "female", "age": "200", "gender": OWN, "gender-own": "  a   b ", "age-own": "x", "name": "Cai"}
    assert eq.cleaned(given) == {"sex": "female", "gender": OWN, "gender-own": "a b"}
    assert eq.cleaned({"sex": "male", "sex-own": "kept?"}) == {"sex": "male"}
