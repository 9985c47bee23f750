"""`kithwork report`: the PDF of a year, and what it says when there is none."""

from datetime import timedelta

import pytest

from kithwork.cli import main
from tests.core.credentials.test_typeset import squeezed, words
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


def test_the_report_of_a_year_is_written(people, today, tmp_path, capsys):
    a_practice(people.service, people.ada, today)
    a_match(a_mentee(people.service, today), a_mentor(people.service, people.ada, today), people.ada, today)
    out = tmp_path / "year.pdf"
    year = (today - timedelta(days=30)).year
    assert main(["report", "--service", people.service.slug, "--year", str(year), "--out", str(out)]) == 0
    assert squeezed("Lanternside Mentoring") in words(out.read_bytes())
    assert "year.pdf" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("service", "year", "out", "said"),
    [
        ("nowhere", "2026", "year.pdf", "No service 'nowhere'"),
        ("", "1999", "year.pdf", "There is a report for each year from"),
        ("", "", "none/year.pdf", "cannot be written"),
    ],
)
def test_why_there_is_none(people, today, tmp_path, capsys, service, year, out, said):
    a_practice(people.service, people.ada, today)
    words_ = ["--service", service or people.service.slug, "--year", year or str(today.year)]
    assert main(["report", *words_, "--out", str(tmp_path / out)]) == 1
    assert said in capsys.readouterr().err
