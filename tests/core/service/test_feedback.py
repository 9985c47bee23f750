"""What people said, in sums and words: nothing that tells who, and old wordings are not lost."""

from kithwork.core.service.feedback import ASKED, AT_THE_END, asked_of, results

AGAIN = "Would you tell others about us?"


def test_counted_in_the_order_of_the_answers_with_noughts() -> None:
    found = results([{AGAIN: "Yes"}, {AGAIN: "Yes"}, {AGAIN: "I cannot say"}, {}])
    assert found.people == 4
    assert list(found.counts[AGAIN].items()) == [("Yes", 2), ("No", 0), ("I cannot say", 1)]


def test_words_stand_in_the_order_of_the_alphabet() -> None:
    found = results([{"What do we do well?": "you listen"}, {"What do we do well?": "All of it"}])
    assert found.words == {"What do we do well?": ("All of it", "you listen")}


def test_a_question_that_is_asked_no_longer_is_shown_as_words() -> None:
    found = results([{"Was the tea warm?": "Yes"}, {AGAIN: "Yes"}])
    assert found.words == {"Was the tea warm?": ("Yes",)}
    assert list(found.counts) == [AGAIN]


def test_each_is_asked_what_they_can_know() -> None:
    ids = {whose: [one.id for one in asked_of(whose)] for whose in ("mentee", "mentor", "family", "referrer")}
    assert "helps" in ids["mentee"]
    assert "helps" not in ids["mentor"]
    assert "supported" in ids["mentor"]
    assert ids["family"] == ids["referrer"]
    assert all(one.words for one in (*ASKED, *AT_THE_END))
