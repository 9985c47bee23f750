"""Look at a page with axe-core, and at the width of a small phone."""

from pathlib import Path

from playwright.sync_api import Page

# the one that `npm ci` brings; newer than the one in axe-playwright-python
SCRIPT = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
  return found.violations.map((one) => `${one.id} ${JSON.stringify(one.nodes.slice(0, 3).map((node) => node.target))}`);
}"""


def look_here(page: Page, words: str = "") -> list[str]:
    """What is wrong with the page that is open: at a desk's width with axe-core, at 320 pixels a sideways scroll."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(SCRIPT)
    where = f"{words or page.url}"
    faults = [f"{where}: {one}" for one in page.evaluate(RUN, TAGS)]
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append(f"{where}: scrolls sideways at 320 pixels")
    return faults


def look(page: Page, path: str, status: int = 200) -> list[str]:
    """Go to a page, and what is wrong with it."""
    answer = page.goto(path)
    assert answer is not None
    if answer.status != status:
        return [f"{path}: {answer.status} and not {status}"]
    return look_here(page, path)
