"""A person at the keyboard: Tab, arrows, Space and Enter, no mouse. Every stop must show that it has the focus."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

FARTHEST = 120  # stops on one page

# what has the focus, what it is called, whether it stands in the window and shows that it has the focus
LOOK = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const labels = [...(e.labels || [])];
  const drawn = (one, part) => {
    const s = getComputedStyle(one, part);
    const clear = /rgba\\(.*, 0\\)|transparent/;
    const outline = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && !clear.test(s.outlineColor);
    return outline || s.boxShadow !== "none";
  };
  const barred = () => {  // a link among its neighbours fills, with a bar along its edge
    const bar = getComputedStyle(e, "::before"), clear = /rgba\\(.*, 0\\)|transparent/;
    return bar.content !== "none" && parseFloat(bar.height) > 0 && !clear.test(bar.backgroundColor)
      && !clear.test(getComputedStyle(e).backgroundColor);
  };
  const box = (e.type === "radio" || e.type === "checkbox") && labels.length ? labels[0] : e;
  const r = box.getBoundingClientRect();
  const across = r.width > 0 && r.right > 0 && r.left < innerWidth;
  const inside = across && r.height > 0 && r.bottom > 0 && r.top < innerHeight;
  return {
    tag: e.tagName.toLowerCase(), type: e.type || "", name: e.name || "", value: e.value || "", id: e.id,
    href: e.getAttribute("href") || "",
    words: (labels[0] || e).innerText || e.getAttribute("aria-label") || "",
    main: !!e.closest("main"),
    answered: e.type === "radio" ? !!e.form.querySelector(`[name="${e.name}"]:checked`) : !!e.checked,
    shown: inside && (drawn(e) || barred() || labels.some((one) => drawn(one, "::before"))),
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus is."""

    tag: str
    type: str
    name: str
    value: str
    id: str
    href: str
    words: str
    main: bool
    answered: bool
    shown: bool


class Keyboard:
    """Someone without a mouse in front of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # windows for files are caught from the start: asked for only when one opens, a slow machine opened it before
        page.on("filechooser", lambda _: None)

    def look(self) -> Stop | None:
        found: dict[str, Any] | None = self.page.evaluate(LOOK)
        return Stop(**found) if found else None

    def tab(self) -> Stop | None:
        """One stop on; None where the page ends."""
        self.page.keyboard.press("Tab")
        stop = self.look()
        assert stop is None or stop.shown, f"nobody sees that this has the focus, on {self.page.url}: {stop}"
        return stop

    def reach(self, wanted: str, **more: str | bool) -> Stop:
        """Tab to what is called `wanted` (a pattern; empty for anything), and is what `more` says."""
        passed: list[str] = []
        for _ in range(FARTHEST):
            stop = self.tab()
            if stop is None:
                continue  # round the window's own controls, and in again from the top
            words = " ".join(stop.words.split())
            if re.search(wanted, words) and all(getattr(stop, key) == value for key, value in more.items()):
                return stop
            passed.append(words[:40] or stop.name)
        raise AssertionError(f"no way by Tab to '{wanted}' {more} on {self.page.url}: {[*dict.fromkeys(passed)]}")

    def go(self, wanted: str, **more: str | bool) -> None:
        """Tab to a link or button, press Enter, and wait for the page it leads to."""
        self.reach(wanted, **more)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, wanted: str, text: str) -> None:
        """Tab to a field and type."""
        self.reach(wanted)
        self.page.keyboard.type(text)

    def choose_file(self, wanted: str, file: Path) -> None:
        """Tab to a field for a file, and choose one in the window that Enter opens."""
        self.reach(wanted, type="file")
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Enter")
        opened.value.set_files(file)

    def fill(self, answers: Mapping[str, str], otherwise: str, stop_at: str) -> None:
        """Tab through a form: the first choice where a question has none, `answers` by the end of a field's name,
        `otherwise` in the rest; Enter on the button called `stop_at`."""
        if not self._skip():
            raise AssertionError(f"the skip link does not lead to the page's content on {self.page.url}")
        for _ in range(FARTHEST):
            stop = self.tab()
            assert stop is not None, f"never came to '{stop_at}' on {self.page.url}"
            if stop.type == "submit" and re.search(stop_at, stop.words):
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
            if stop.type == "radio" and not stop.answered:
                self.page.keyboard.press("Space")
            elif (stop.tag == "textarea" or stop.type in {"text", "email", "tel", "url", "number"}) and not stop.value:
                self.page.keyboard.type(answers.get(stop.name.rsplit("-", 1)[-1], otherwise))
        raise AssertionError(f"never came to '{stop_at}' on {self.page.url}")

    def _skip(self) -> bool:
        """From the top of the page over the bar, by the skip link; whether the content has the focus then."""
        self.reach("^Skip to main content$")
        self.page.keyboard.press("Enter")
        stop = self.look()
        return stop is not None and stop.id == "main"

    def until(self, done: Callable[[], bool], step: Callable[[], None]) -> None:
        """Step after step until it is done; at most twelve."""
        for _ in range(12):
            if done():
                return
            step()
        raise AssertionError(f"not done after twelve steps, on {self.page.url}")
