"""A page that was refused what it asked for: 409, the reason on top of the error summary, and where to look now."""

from typing import Any

from lxml import html

from tests.web.ids import twice


def refused_with(answer: Any, because: str, onward: str = "") -> html.HtmlElement:
    """The page's tree, after checking that it was refused `because` and leads on to the address `onward`."""
    assert answer.status_code == 409
    assert not twice(answer.content)
    page = html.fromstring(answer.content)
    said = page.xpath("//div[@class='govuk-error-summary']//li")
    assert said, "no error summary"
    assert because in (told := said[0].text_content()), told
    if onward:
        assert said[1].xpath("a/@href") == [onward]
    assert "Error:" in page.xpath("string(//title)")
    return page


def typed(page: html.HtmlElement, name: str) -> str:
    """What stands in the field of this name in one of the page's forms: a text, or the choice that is ticked."""
    fields = page.xpath(f"//form//*[@name='{name}']")
    assert fields, f"the page asks for no {name}"
    if fields[0].tag == "textarea":
        return str(fields[0].text or "").strip()
    if fields[0].get("type") in {"radio", "checkbox"}:
        return next((one.get("value") for one in fields if one.get("checked") is not None), "")
    return str(fields[0].get("value") or "")
