"""PDF and pictures: what acts, hides, or is too large."""

import io

import pikepdf
import pytest
from PIL import Image

from kithwork.core.documents import inspect
from tests.core.documents import samples
from tests.core.documents.inspecting.ground import LIMIT, refused
from tests.core.documents.samples import GOOD


def test_pdf_with_a_password_is_refused() -> None:
    for lock in (pikepdf.Encryption(owner="o", user="u"), pikepdf.Encryption(owner="o", user="")):
        refused(samples.pdf(encryption=lock), "a.pdf", "password")


def test_pdf_cut_short_or_broken_is_refused() -> None:
    whole = GOOD["policy.pdf"]
    refused(whole[: len(whole) // 2], "a.pdf", "damaged")
    refused(b"%PDF-1.7\nnot much", "a.pdf", "damaged")
    refused(samples.saved(pikepdf.new()), "a.pdf", "no pages")


def test_pdf_of_more_than_500_pages_is_refused() -> None:
    assert inspect(samples.pdf(500), "a.pdf", limit=LIMIT).pages == 500
    refused(samples.pdf(501), "a.pdf", "501 pages", "Split")


def _action(**entries: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**{"S": pikepdf.Name("/URI"), **entries})


@pytest.mark.parametrize(
    ("action", "word"),
    [
        ({"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"}, "JavaScript"),
        ({"S": pikepdf.Name.Launch, "F": "calc.exe"}, "another program"),
        ({"S": pikepdf.Name.SubmitForm, "F": "https://example.org"}, "sends what is typed"),
        ({"S": pikepdf.Name.GoToE}, "attached"),
        ({"S": pikepdf.Name.Rendition}, "film"),
    ],
)
@pytest.mark.parametrize("place", ["open", "page", "note", "nested", "orphan"])
def test_pdf_that_acts_by_itself_is_refused_wherever_it_hides(action: dict[str, object], word: str, place: str) -> None:
    document = samples.new_pdf()
    act = pikepdf.Dictionary(**action)
    match place:
        case "open":
            document.Root.OpenAction = act
        case "page":
            document.pages[0].AA = pikepdf.Dictionary(O=act)
        case "note":
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=document.make_indirect(act))
            document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        case "nested":
            chain = _action(URI="https://example.org", Next=pikepdf.Array([_action(URI="x", Next=act)]))
            document.Root.OpenAction = document.make_indirect(chain)
        case "orphan":
            document.Root.PieceInfo = pikepdf.Dictionary(Deep=pikepdf.Array([pikepdf.Array([act])]))
    refused(samples.saved(document), "a.pdf", word)


def test_pdf_with_ordinary_links_is_kept() -> None:
    document = samples.new_pdf()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=_action(URI="https://example.org")
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(EF=font, JS=font))
    assert inspect(samples.saved(document), "a.pdf", limit=LIMIT).ok


def test_pdf_with_a_file_attached_is_refused() -> None:
    document = samples.new_pdf()
    document.attachments["list.xlsx"] = pikepdf.AttachedFileSpec(document, b"names of children", filename="list.xlsx")
    refused(samples.saved(document), "a.pdf", "attached")


def test_pdf_with_xfa_is_refused() -> None:
    document = samples.new_pdf()
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    refused(samples.saved(document), "a.pdf", "XFA")


def test_pdf_that_unpacks_to_too_much_is_refused() -> None:
    document = samples.new_pdf()
    document.pages[0].Contents = document.make_stream(b" " * (300 * 1024 * 1024))
    small = samples.saved(document)
    assert len(small) < 2 * 1024 * 1024
    refused(small, "a.pdf", "unpacks")


def test_pdf_with_an_enormous_picture_is_refused() -> None:
    document = samples.new_pdf()
    image = document.make_stream(b"\x00" * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.Width, image.Height = 60_000, 60_000
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    refused(samples.saved(document), "a.pdf", "pixels")


def test_pictures_cut_short_are_refused() -> None:
    noise = Image.effect_noise((300, 300), 90)
    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        noise.save(out, kind)
        assert inspect(out.getvalue(), "a", limit=LIMIT).ok
        refused(out.getvalue()[: len(out.getvalue()) // 2], "a", "damaged")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(10_000, 9_000), (60_000, 60_000), (2_000_000_000, 2_000_000_000)])
def test_a_picture_of_enormous_size_is_refused_unopened(size: tuple[int, int]) -> None:
    refused(samples.png_that_claims(*size), "a.png", "pixels")


def test_a_moving_png_is_refused() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    refused(out.getvalue(), "a.png", "moves")
