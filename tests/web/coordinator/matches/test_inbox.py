"""What mentors logged: read, answered, asked about; who sees it first; the list of all contacts."""

from datetime import timedelta

import pytest

from kithwork.caseload.models import Contact, Reply
from kithwork.governance.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(room, people, today):
    def make(days=1, **more):
        given = {
            "kind": "meeting",
            "on": today - timedelta(days=days),
            "minutes": 60,
            "words": "A walk.",
            "by": people.cid,
        }
        return Contact.objects.create(
            service=room.service, mentee=room.cai, mentor=room.mab, match=room.match, **{**given, **more}
        )

    return make


def test_what_nobody_has_read_is_read_one_by_one_or_as_a_page(entry, room, ada, at, turned_away):
    entries = [entry(days) for days in (1, 2, 3)]
    page = ada.get(at("inbox")).content.decode()
    assert "3 entries nobody has read" in page
    assert page.index(entries[2].ref) < page.index(entries[0].ref)  # the one waiting longest first
    assert ada.post(at("inbox_read"), {"ref": entries[2].ref}).status_code == 303
    assert ada.post(at("inbox_read"), {"ref": [one.ref for one in entries]}).status_code == 303
    assert not Contact.objects.filter(read_at__isnull=True).exists()
    assert "Everything has been read" in ada.get(at("inbox")).content.decode()
    assert ada.get(at("inbox_read")).status_code == 405
    turned_away(at("inbox"))


def test_only_entries_of_this_service_are_read(entry, people, as_user, ada, at):
    one = entry()
    assert as_user(people.eve).post(at("inbox_read"), {"ref": one.ref}).status_code == 404
    one.refresh_from_db()
    assert one.read_at is None


def test_an_answer_counts_as_read_and_can_ask_for_one(entry, room, ada, at, turned_away):
    one = entry()
    url = at("contact", one.ref)
    empty = ada.post(url, {"do": "answer", "text": "", "asks": "on"})
    assert empty.status_code == 422
    assert ada.post(url, {"do": "answer", "text": "How was the café?", "asks": "on"}).status_code == 303
    one.refresh_from_db()
    assert one.read_at is not None
    assert Reply.objects.get().flagged
    assert "How was the café?" in ada.get(at("inbox")).content.decode()  # an answer is awaited
    assert ada.post(url, {"do": "close"}).status_code == 303
    assert "Answers you wait for" not in ada.get(at("inbox")).content.decode()
    turned_away(url)
    turned_away(url, "post", do="read")


def test_whoever_covers_sees_first_what_is_of_somebody_away(entry, room, people, cora, today, as_user, ada, at):
    entry()
    room.match.looks_after = people.ada
    room.match.save()
    other = as_user(cora)
    assert "Everything has been read" in other.get(at("inbox")).content.decode()
    assert "1 entry nobody has read" in other.get(at("inbox") + "?whose=all").content.decode()
    covering = Staff.objects.create(service=room.service, name="Cora", role="Coordinator", user=cora, began_on=today)
    away = {"away_from": today, "away_until": today + timedelta(days=7), "cover": covering}
    file = Staff.objects.create(
        service=room.service, name="Ada Marsh", role="Lead", user=people.ada, began_on=today, **away
    )
    page = other.get(at("inbox")).content.decode()
    assert "1 entry nobody has read" in page
    assert "You cover for Ada Marsh" in page
    file.cover = None
    file.save()
    assert "1 entry nobody has read" in other.get(at("inbox")).content.decode()  # nobody is missed
    file.away_from, file.away_until = today - timedelta(days=9), today - timedelta(days=1)
    file.save()
    assert "Everything has been read" in other.get(at("inbox")).content.decode()


def test_all_contacts_by_kind_person_and_day(entry, room, people, today, ada, at, day, turned_away):
    met = entry()
    missed = entry(40, reached=False)
    Contact.objects.create(service=room.service, kind="mentee", mentee=room.cai, on=today, by=people.ada)
    url = at("contacts")

    def shown(**query):
        page = ada.get(url, query).content.decode()
        return {
            name
            for name, words in (("met", met.ref), ("missed", missed.ref), ("staff", "Staff in touch"))
            if words in page
        }

    assert shown() == {"met", "missed", "staff"}
    assert shown(kind="meeting") == {"met", "missed"}
    assert shown(missed="on") == {"missed"}
    assert shown(**day("first", today - timedelta(days=5))) == {"met", "staff"}
    assert shown(**day("last", today - timedelta(days=5))) == {"missed"}
    assert shown(q="Rowan") == {"met", "missed", "staff"}
    assert shown(q="Nobody") == set()
    assert "A walk." in ada.get(url + "?format=csv").content.decode()
    turned_away(url)


def test_the_list_goes_on_from_where_it_ended_and_counts_nothing(entry, room, today, ada, at, queries):
    for number in range(3):
        entry(number)
    cost = queries(at("contacts"))
    Contact.objects.bulk_create(
        Contact(
            service=room.service, kind="meeting", mentee=room.cai, mentor=room.mab, match=room.match,
            on=today - timedelta(days=3 + number // 2),
        )
        for number in range(60)
    )  # fmt: skip
    assert queries(at("contacts")) == cost
    first = ada.get(at("contacts"))
    assert "after=" in first.content.decode()
    seen = {row[0].href for row in first.context["rows"]}
    second = ada.get(at("contacts") + first.context["onwards"])
    more = {row[0].href for row in second.context["rows"]}
    assert (len(seen), len(more), seen & more) == (50, 13, set())
    assert ada.get(at("contacts") + "?after=nonsense").status_code == 200


def test_the_inbox_costs_the_same_for_one_and_for_thirty(entry, at, queries):
    entry()
    one = queries(at("inbox"))
    for number in range(29):
        entry(number + 2)
    assert queries(at("inbox")) == one <= 16
