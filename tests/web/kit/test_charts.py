"""Bars and lines: the figures' places, gaps, round ticks, and a table of the same."""

import pytest
from django.template import Context, Template
from lxml import html

from kithwork.web.kit.charts import HEIGHT, LEFT, WIDTH, Chart, Series, drawn, steps
from tests.web.ids import twice


def _chart(*series, labels=("Jan", "Feb", "Mar"), **more):
    return Chart("Waiting", "It grew.", labels, series, **more)


def _shown(chart, times=1):
    return Template("{% chart c %}" * times).render(Context({"c": chart}))


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, [0, 1]), (1, [0, 0.5, 1]), (3, [0, 1, 2, 3]), (12, [0, 5, 10, 15]), (100, [0, 25, 50, 75, 100])],
)
def test_ticks_are_round_and_reach_the_largest_figure(most, ticks):
    assert steps(most) == ticks


def test_a_larger_figure_stands_higher_and_nought_on_the_ground():
    dots = drawn(_chart(Series("People", (0, 5, 10)))).dots
    assert dots[0].y > dots[1].y > dots[2].y
    ground = drawn(_chart(Series("People", (0, 5, 10)))).up[0].at
    assert dots[0].y == ground


def test_a_gap_breaks_the_line_and_leaves_out_the_bar():
    gap = Series("People", (1, None, 3))
    assert drawn(_chart(gap)).lines == ()
    assert len(drawn(_chart(gap)).dots) == 2
    assert len(drawn(_chart(gap, kind="bar")).bars) == 2
    assert len(drawn(_chart(Series("P", (1, 2, None, 4, 5)), labels=tuple("abcde"))).lines) == 2


def test_everything_stays_inside_the_picture():
    both = _chart(Series("A", (1, 1204, 3)), Series("B", (3, 2, 1)), kind="bar")
    for bar in drawn(both).bars:
        assert LEFT <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT


def test_labels_are_thinned_so_that_they_do_not_run_together():
    many = _chart(Series("A", tuple(range(24))), labels=tuple(map(str, range(24))))
    assert len(drawn(many).across) == 6


def test_figures_without_their_labels_are_a_mistake():
    with pytest.raises(ValueError, match="each label"):
        _chart(Series("A", (1, 2)))


def test_the_picture_is_named_and_its_figures_stand_in_a_table():
    page = html.fromstring(_shown(_chart(Series("People", (1, None, 1204)), unit="people")))
    picture = page.xpath("//svg[@role='img']")[0]
    named = [page.xpath(f"//*[@id='{id}']")[0].text_content() for id in picture.get("aria-labelledby").split()]
    assert named == ["Waiting", "It grew."]
    cells = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert cells == [["Jan", "1"], ["Feb", "–"], ["Mar", "1,204"]]
    assert "Jan: People 1 people" in _shown(_chart(Series("People", (1, 2, 3)), unit="people"))


def test_without_figures_there_is_no_picture():
    assert "<svg" not in _shown(_chart(Series("People", (None, None, None))))


def test_two_on_one_page_share_no_id():
    assert not twice(_shown(_chart(Series("People", (1, 2, 3))), times=2).encode())
