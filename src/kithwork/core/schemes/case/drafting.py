"""From a CASE package to a draft edition: its framework as it came, with a plain road to be replaced by a real one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kithwork.core.schemes.case.reading import Item, NotCase, Tree, own, plain, some, tree
from kithwork.core.schemes.loader import MOST_BYTES, REQUIREMENTS, SCHEME, load_texts
from kithwork.core.schemes.located import Mistakes
from kithwork.core.schemes.writing import Value, table

_SLUG_END, _SHORT, _TEXT = 60, 200, 4000  # letters, as the model has them
_KINDS = ("level", "area", "requirement", "point")
_WAY = "online"
_LEVEL = "standard"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft edition's folder name and files, what was found, and what the reader should know."""

    slug: str
    edition: str
    texts: Mapping[str, str]
    areas: int
    requirements: int
    remarks: tuple[str, ...]


def draft(content: bytes, *, slug: str = "", edition: str = "") -> Draft:
    """The draft edition of a CASE 1.1 CFPackage, or of a CFDocument alone, as JSON.

    The same bytes give the same draft. `slug` and `edition` name it, where the package's own names will not do. Raises
    NotCase, and nothing else, with what is wrong in words.
    """
    try:
        drafting = _Drafting(tree(content), slug, edition)
        made = drafting.made()
        size = max(len(text.encode()) for text in made.texts.values())
        if size > MOST_BYTES:
            raise NotCase([f"The draft would be larger than {MOST_BYTES // 1_000_000} MB, the most there may be."])
        load_texts(made.texts, f"{made.slug}/{made.edition}")
    except NotCase:
        raise
    except Mistakes as mistakes:
        said = [f"{mistake}" for mistake in mistakes.mistakes]
        raise NotCase(["The draft would not be in order:", *said]) from None
    except (ValueError, RecursionError) as fault:  # something in `extensions` that no edition could hold
        raise NotCase([f"The draft cannot be written: {fault}"]) from None
    return made


def slugged(text: str) -> str:
    """'First steps: Ärger' -> 'first-steps-arger'; empty when no letter or digit is left."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:_SLUG_END].strip("-")


def _short(text: str, longest: int = _SHORT) -> str:
    """One line of at most so many letters, cut between words."""
    line = " ".join(plain(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[longest // 2 :] else cut}…"


class _Ids:
    """Ids that are unique, made from the best name there is, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # the number given last to each name, so that a thousand like ones are quick

    def of(self, wanted: str, otherwise: str) -> str:
        base = slugged(wanted) or otherwise
        name, number = base, self._last.get(base, 1)
        while name in self._taken:
            number += 1
            self._last[base] = number
            end = f"-{number}"
            name = f"{base[: _SLUG_END - len(end)].strip('-')}{end}"
        self._taken.add(name)
        return name


@dataclass(slots=True)
class _Group:
    """An area in the making."""

    id: str
    title: str
    summary: str
    used: bool = False


class _Drafting:
    def __init__(self, found: Tree, slug: str, edition: str) -> None:
        self._tree = found
        self._about = own(found.document.extensions)
        self._slug = slug or slugged(str(self._about.get("slug", ""))) or slugged(found.document.title) or "imported"
        named = slugged(str(self._about.get("edition", ""))) or slugged(found.document.version)
        self._edition = edition or named or "draft"
        self._remarks = list(found.remarks)
        self._area_ids, self._requirement_ids = _Ids(), _Ids()
        self._areas: dict[str, _Group] = {}
        self._requirements: list[dict[str, Value | None]] = []
        self._places: list[object] = []  # where each stood in the edition that it came from
        self._levels = list(self._own_levels())
        self._level_ids = [str(level["id"]) for level in self._levels]
        self._walk()
        if all(type(place) is int for place in self._places):
            order = sorted(range(len(self._places)), key=lambda index: (self._places[index], index))
            self._requirements = [self._requirements[index] for index in order]

    # What each item is

    def _kind(self, name: str) -> str:
        """What an item is: what it says of itself, or a requirement when nothing hangs below it, and else an area."""
        kind = own(self._tree.items[name].extensions).get("kind")
        if kind in _KINDS:
            return str(kind)
        return "area" if self._tree.children.get(name) else "requirement"

    def _own_levels(self) -> Iterator[dict[str, Any]]:
        for name, item in self._tree.items.items():
            if self._kind(name) == "level":
                kept = own(item.extensions)
                title = item.abbreviatedStatement or item.fullStatement
                yield {
                    "id": str(kept.get("id", "")) or slugged(title),
                    "title": title,
                    "summary": item.fullStatement if item.fullStatement != title else None,
                    "includes": kept.get("includes"),
                    "share": kept.get("share"),
                }

    def _walk(self) -> None:
        """Down the tree, parents before children; without recursion, for a chain may be as long as the file."""
        ahead: list[tuple[str, str, str]] = [(name, "", "") for name in reversed(self._tree.children.get("", ()))]
        while ahead:
            name, area, titles = ahead.pop()
            item, kind = self._tree.items[name], self._kind(name)
            below = [] if kind == "requirement" else self._tree.children.get(name, [])
            if kind == "area":
                area, titles = name, self._begin_area(name, item, titles)
            elif kind in ("requirement", "point"):
                self._requirement(name, item, area)
            ahead += [(child, area, titles) for child in reversed(below)]

    def _begin_area(self, name: str, item: Item, titles: str) -> str:
        """Gives its title, with those of the areas it lies in before it."""
        kept = own(item.extensions)
        own_title = item.abbreviatedStatement or item.fullStatement
        title = own_title if kept else _short(f"{titles}: {own_title}" if titles else own_title)
        self._areas[name] = _Group(
            self._area_ids.of(str(kept.get("id", "")) or item.humanCodingScheme or own_title, f"area-{name[:8]}"),
            title,
            item.fullStatement if kept else plain(item.fullStatement),
        )
        return title

    def _area_of(self, area: str) -> str:
        """The id of an area, which has a requirement from now on; what hangs below the document itself has its own."""
        if area not in self._areas:
            title = _short(self._tree.document.title)
            self._areas[area] = _Group(self._area_ids.of("general", "general"), title, title)
        self._areas[area].used = True
        return self._areas[area].id

    def _requirement(self, name: str, item: Item, area: str) -> None:
        kept = own(item.extensions)
        statement = item.fullStatement if kept else plain(item.fullStatement)
        if len(statement) > _TEXT:
            raise NotCase([f"The statement of {item.name} has {len(statement):,} letters; the most is {_TEXT:,}."])
        code = item.humanCodingScheme or item.listEnumeration
        level = kept.get("level")
        self._places.append(kept.get("place"))
        self._requirements.append(
            {
                "id": self._requirement_ids.of(str(kept.get("id", "")) or code, f"i-{name[:8]}"),
                "number": (code if kept else _short(code)) or str(len(self._requirements) + 1),
                "level": str(level) if level in self._level_ids else (self._level_ids or [_LEVEL])[0],
                "area": self._area_of(area),
                "title": item.abbreviatedStatement if kept else _short(item.abbreviatedStatement or statement, 100),
                "asks": statement,
                "points": [
                    self._tree.items[child].fullStatement if kept else plain(self._tree.items[child].fullStatement)
                    for child in self._tree.children.get(name, ())
                ],
                "evidence": kept.get("evidence"),
                "assessed": str(kept.get("assessed", "")) or _WAY,
                "live": kept.get("live"),
                "fresh": kept.get("fresh"),
                "worth": kept.get("worth"),
                "renewal": kept.get("renewal"),
                "was": kept.get("was") if self._about.get("supersedes") else None,
                "checks": kept.get("checks"),
                "source": (item.notes if kept else "") or _short(item.uri) or f"CASE item {name}",
            }
        )

    # The files

    def made(self) -> Draft:
        scheme = "\n".join(self._scheme())
        requirements = "\n".join(table("[[requirement]]", one.items()) for one in self._requirements)
        texts = {SCHEME: scheme} | ({REQUIREMENTS: requirements} if self._requirements else {})
        used = [area for area in self._areas.values() if area.used]
        if unused := len(self._areas) - len(used):
            self._remarks.append(f"Without a requirement of its own, and left out: {some(unused, 'group')}.")
        strange = [item.fullStatement for item in self._tree.items.values() if not own(item.extensions)]
        if marked := sum("<" in text and plain(text) != text.strip() for text in strange):
            self._remarks.append(f"Markup is taken out of {some(marked, 'statement')}.")
        return Draft(self._slug, self._edition, texts, len(used), len(self._requirements), tuple(self._remarks))

    def _scheme(self) -> Iterator[str]:
        document, about = self._tree.document, self._about
        name = document.title if about else _short(document.title)
        creator = document.creator if about else _short(document.creator or document.publisher)
        words = about.get("words")
        yield (
            "# A draft made from a CASE package. Levels, areas and requirements are the package's; the stages and the\n"
            "# credential are placeholders: write the scheme's own in their place. docs/adding-a-scheme.md tells how.\n"
        )
        yield table(
            "[scheme]",
            {
                "slug": self._slug,
                "edition": self._edition,
                "name": name,
                "body": creator or "Say here who runs it",
                "applicant": about.get("applicant") or "service",
                "summary": (document.description if about else plain(document.description)[:_TEXT]) or name,
                "source": (document.notes if about else "") or _short(document.uri) or f"CASE {document.identifier}",
                "supersedes": about.get("supersedes"),
                "assessor_from": "application-read yes" if self._requirements else None,
            }.items(),
        )
        if isinstance(words, dict) and words:
            yield table("[words]", words.items())
        for level in self._levels or [{"id": _LEVEL, "title": "Standard"}]:
            yield table("[[levels]]", level.items())
        yield table("[credential]", {"kind": "award", "holds": _short(f"Holds {name}")}.items())
        for area in self._areas.values():
            if area.used:
                summary = area.summary if area.summary != area.title else None
                yield table("[[areas]]", {"id": area.id, "title": area.title, "summary": summary}.items())
        yield from self._road()

    def _road(self) -> Iterator[str]:
        """Application, a decision on it, evidence for each way of assessing, the decision, the award."""
        ways = list(dict.fromkeys(str(one["assessed"]) for one in self._requirements))
        yield table("[[stages]]", {"id": "application", "kind": "form", "title": "Application"}.items())
        yield table(
            "[[stages.fields]]",
            {"id": "account", "page": "Application", "label": "What can be shown?", "kind": "long"}.items(),
        )
        yield table(
            "[[stages]]",
            {
                "id": "application-read",
                "kind": "decision",
                "title": "May this application go on?",
                "decides": "application",
                "opens": ["application submitted"],
                "reopens": "application",
            }.items(),
        )
        for way in ways:
            yield table(
                "[[stages]]",
                {
                    "id": f"evidence-{way}"[:_SLUG_END],
                    "kind": "evidence",
                    "title": "Evidence" if len(ways) == 1 else f"Evidence ({way})",
                    "opens": ["application-read yes"],
                    "assessed": way,
                }.items(),
            )
        before = [f"evidence-{way}"[:_SLUG_END] + " confirmed" for way in ways] or ["application-read yes"]
        decides: dict[str, Value | None] = {"id": "decision", "kind": "decision", "title": "Decision"}
        decides |= {"decides": "award", "recommended_by": "assessor" if ways else None, "opens": before}
        yield table("[[stages]]", decides.items())
        award = {"id": "award", "kind": "award", "title": "Award", "opens": ["decision yes"]}
        yield table("[[stages]]", award.items())
