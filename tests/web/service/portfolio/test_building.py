"""The pages on which a portfolio is built."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from kithwork.core.portfolio import Link
from kithwork.evidence.models import Item
from kithwork.evidence.portfolios import living, pieces_of
from kithwork.journeys.models import Draft
from kithwork.notices.models import Message
from tests.evidence.acts import pdf, png
from tests.evidence.folder import Folder
from tests.gate.acts import through
from tests.web.downloads import content_of
from tests.web.refusals import refused_with, typed
from tests.web.service.portfolio.ground import At, text, titles


def test_an_empty_folder_says_what_belongs_there(hal: Client, at: At, folder: Folder, today: date) -> None:
    shown = text(hal.get(at("portfolio")))
    assert "Your folder: no pieces yet" in shown
    assert "Only you see this until you hand it in" in shown
    assert "Write the first text" in shown
    assert "Hand it in by" in shown
    assert at("portfolio_hand_in") not in hal.get(at("portfolio")).content.decode()
    assert "zip" not in shown


def test_the_journey_and_its_stage_lead_there(hal: Client, at: At, folder: Folder) -> None:
    journey = hal.get(reverse("journey", args=[folder.journey.ref])).content.decode()
    assert f'href="{at("portfolio")}"' in journey
    assert "Evidence map" not in journey, "all that is asked is shown in the portfolio"
    assert "no pieces yet" in text(hal.get(reverse("journey_stage", args=[folder.journey.ref, "folder"])))
    asked = hal.get(reverse("requirement", args=[folder.journey.ref, "wade"]))
    assert (asked.status_code, asked["Location"]) == (303, at("portfolio_map"))
    assert hal.post(reverse("requirement", args=[folder.journey.ref, "wade"]), {"do": "send"}).status_code == 404


def test_a_text_is_added_and_its_draft_goes(hal: Client, at: At, folder: Folder) -> None:
    page = at("portfolio_add", "text")
    key = f"portfolio-text:{folder.journey.ref}:folder"
    hal.post(f"{reverse('drafts')}?key={key}", {"title": "Half", "text": "Half a thought"})
    assert "Half a thought" in hal.get(page).content.decode()
    done = hal.post(page, {"title": "A morning", "text": "I stood."})
    item = Item.objects.get()
    assert (done.status_code, done["Location"]) == (303, at("portfolio_links", item.ref))
    assert (item.kind, item.title, item.text, item.portfolio) == ("statement", "A morning", "I stood.", "folder")
    assert not Draft.objects.exists()
    assert not Message.objects.exists(), "nobody is told"


def test_a_picture_a_file_and_a_link_are_added(hal: Client, at: At, folder: Folder, today: date) -> None:
    day = {"dated_day": str(today.day), "dated_month": str(today.month), "dated_year": str(today.year)}
    page = at("portfolio_add", "file")
    for name, content in (("reeds.png", png()), ("plan.pdf", pdf())):
        done = hal.post(page, {"title": name, "text": "Why", "upload": SimpleUploadedFile(name, content), **day})
        assert done.status_code == 303
    through(folder.journey, folder.hal)
    link = {"title": "A film", "url": "video.example.org/1", "text": "", "declared": "on"}
    assert hal.post(at("portfolio_add", "link"), link).status_code == 303
    assert [(one.kind, one.dated) for one in living(folder.journey, "folder")] == [
        ("file", today),
        ("file", today),
        ("link", None),
    ]
    assert Item.objects.get(kind="link").url == "https://video.example.org/1"
    picture = Item.objects.get(media_type="image/png")
    shown = hal.get(at("portfolio_piece", picture.ref)).content.decode()
    assert f'<img src="{at("portfolio_file", picture.ref)}?view" alt="reeds.png"' in shown
    file = hal.get(f"{at('portfolio_file', picture.ref)}?view")
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert content_of(file).startswith(b"\x89PNG")
    saved = hal.get(at("portfolio_file", picture.ref))
    assert "attachment" in saved["Content-Disposition"]
    assert content_of(saved).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("kind", "given", "status", "because"),
    [
        ("text", {"title": "", "text": "Words typed"}, 422, "Fill in ‘Title’"),
        ("text", {"title": "Words typed", "text": ""}, 422, "Fill in ‘Your text’"),
        ("text", {"title": "Words typed", "text": "x", "casework": "on"}, 422, "Reduce every name"),
        ("link", {"title": "Words typed", "url": "javascript:alert(1)"}, 422, "Write a web address"),
        ("link", {"title": "Words typed", "url": "ftp://example.org"}, 422, "begins with https"),
        ("file", {"title": "Words typed"}, 422, "Choose a file"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    hal: Client, at: At, kind: str, given: dict[str, str], status: int, because: str
) -> None:
    answer = hal.post(at("portfolio_add", kind), given)
    assert answer.status_code == status
    assert because in text(answer)
    assert "Words typed" in answer.content.decode()
    assert not Item.objects.exists()


def test_a_date_to_come_and_a_broken_file_are_refused(hal: Client, at: At, today: date) -> None:
    later = today + timedelta(days=2)
    day = {"dated_day": str(later.day), "dated_month": str(later.month), "dated_year": str(later.year)}
    assert hal.post(at("portfolio_add", "text"), {"title": "T", "text": "x", **day}).status_code == 422
    broken = SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken")
    answer = hal.post(at("portfolio_add", "file"), {"title": "Words typed", "upload": broken})
    refused_with(answer, "", "")
    assert "Words typed" in answer.content.decode()
    assert "choose the file again" in text(answer)
    assert not Item.objects.exists()


def test_a_piece_is_linked_to_points_with_a_sentence(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    page = at("portfolio_links", item.ref)
    given = {"on-wade": ["1", "2"], "says-wade": "For an hour.", "on-wait": ["whole"]}
    assert hal.post(page, given).status_code == 303
    (piece,) = pieces_of(folder.journey, "folder")
    assert piece.links == (Link("wade", (1, 2), "For an hour."), Link("wait"))
    tree = html.fromstring(hal.get(page).content)
    assert tree.xpath("//input[@checked]/@value") == ["1", "2", "whole"]
    shown = text(hal.get(at("portfolio_piece", item.ref)))
    assert "1 Wading: “For an hour.” One leg. Both legs." in shown
    assert hal.post(page, {}).status_code == 303
    assert pieces_of(folder.journey, "folder")[0].links == ()


def test_a_sentence_without_a_tick_is_pointed_out(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    answer = hal.post(at("portfolio_links", item.ref), {"says-wade": "Words typed"})
    assert answer.status_code == 422
    assert "Tick what it shows of 1" in text(answer)
    assert typed(html.fromstring(answer.content), "says-wade") == "Words typed"
    assert hal.post(at("portfolio_links", item.ref), {"on-wade": ["9"]}).status_code == 422


def test_pieces_move_by_buttons_alone(hal: Client, at: At, folder: Folder) -> None:
    one, two = folder.say("One"), folder.say("Two")
    page = html.fromstring(hal.get(at("portfolio")).content)
    buttons = [" ".join(one.text_content().split()) for one in page.xpath("//button[@name='do']")]
    assert buttons == ["Move down: One", "Move up: Two"]
    moved = hal.post(at("portfolio"), {"do": "up", "item": two.ref})
    assert (moved.status_code, moved["Location"]) == (303, f"{at('portfolio')}#piece-{two.ref}")
    assert titles(folder) == ["Two", "One"]
    assert hal.post(at("portfolio"), {"do": "down", "item": two.ref}).status_code == 303
    assert titles(folder) == ["One", "Two"]
    assert hal.post(at("portfolio"), {"do": "sideways", "item": one.ref}).status_code == 404
    assert hal.post(at("portfolio"), {"do": "up", "item": "nothing"}).status_code == 404


def test_a_piece_is_changed_and_of_two_windows_the_second_is_shown_what_changed(
    hal: Client, at: At, folder: Folder
) -> None:
    item = folder.say()
    page = at("portfolio_change", item.ref)
    was = typed(html.fromstring(hal.get(page).content), "was")
    given = {"title": "A morning", "text": "From the first window.", "was": was}
    assert hal.post(page, given).status_code == 303
    late = hal.post(page, given | {"text": "From the second."})
    tree = refused_with(late, "changed meanwhile", at("portfolio"))
    assert typed(tree, "text") == "From the second."
    assert "From the first window." in text(late)
    again = given | {"text": "From the second.", "was": typed(tree, "was")}
    assert hal.post(page, again).status_code == 303
    assert Item.objects.get().text == "From the second."
    assert hal.post(page, {"title": "Words typed", "text": "", "was": was}).status_code == 422


def test_a_piece_is_taken_out_after_a_question(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    page = at("portfolio_drop", item.ref)
    assert "cannot be brought back" in text(hal.get(page))
    assert titles(folder) == ["A morning"], "looking does nothing"
    assert hal.post(page).status_code == 303
    assert titles(folder) == []
    assert hal.post(page).status_code == 404


def test_the_map_counts_and_names_the_gaps(hal: Client, at: At, folder: Folder) -> None:
    one, two = folder.say("One"), folder.say("Two")
    empty = text(hal.get(at("portfolio_map")))
    assert "0 of 2 standards are shown" in empty
    assert "No piece is linked to: 1 Wading 2 Waiting" in empty
    folder.link(one, Link("wade", (1,)))
    folder.link(two, Link("wade", (1,)), Link("wait"))
    shown = hal.get(at("portfolio_map"))
    assert "2 of 2 standards are shown" in text(shown)
    assert "No piece is linked to these points: 1.2 Both legs. 2.1 A fish. 2.2 A frog." in text(shown)
    assert f'href="{at("portfolio")}?shows=wade.1#pieces"' in shown.content.decode()
    table = html.fromstring(hal.get(f"{at('portfolio_map')}?map=table").content)
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("//tbody/tr")]
    assert cells == [
        ["1 Wading", "In all", "2"],
        ["1 Wading", "1.1 One leg.", "2"],
        ["1 Wading", "1.2 Both legs.", "0"],
        ["2 Waiting", "In all", "1"],
        ["2 Waiting", "2.1 A fish.", "0"],
        ["2 Waiting", "2.2 A frog.", "0"],
    ]
    behind = text(hal.get(f"{at('portfolio')}?shows=wait"))
    assert "1 piece for 2 Waiting" in behind
    assert "2. Two" in behind
    assert "1. One" not in behind
