"""Which fields of courses are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "Offering": ("made_by",),
    "Part": (),
    "Place": ("person", "reason"),
    "Attendance": ("state", "minutes", "caught_up_on", "caught_up_how", "noted_by"),
    "Homework": ("handed_in_on", "noted_by"),
    "HoursRecord": ("person", "day", "hours", "what", "kind"),
    "Feedback": ("ratings", "helped", "change"),
    "FeedbackResponse": ("what", "by"),
    "Feed": ("person",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Offering": (
        "ref",
        "body",
        "kind",
        "title",
        "outline",
        "capacity",
        "scheme",
        "stage",
        "price_note",
        "offer_days",
        "published_on",
        "closed_on",
        "closed_because",
        "cancelled_on",
        "cancelled_because",
        "made_at",
    ),
    "Part": (
        "ref",
        "offering",
        "number",
        "title",
        "day",
        "starts",
        "ends",
        "place",
        "link",
        "hours_taught",
        "hours_self_study",
        "homework",
        "homework_due",
        "sequence",
        "changed_at",
    ),
    "Place": (
        "ref",
        "offering",
        "purpose",
        "request",
        "rank",
        "state",
        "asked_at",
        "waiting_on",
        "offered_on",
        "offer_ends_on",
        "confirmed_on",
        "ended_on",
        "end",
    ),
    "Attendance": ("place", "part", "noted_on"),
    "Homework": ("place", "part"),
    "HoursRecord": ("ref", "logged_at"),
    "Feedback": ("place", "given_on"),
    "FeedbackResponse": ("offering", "on"),
    "Feed": ("token_digest", "made_at"),
}

_OF_PLACE = {Whose.HOLDER: ("place__person",)}
_FIGURE = Why.FIGURE

KEPT: Mapping[str, Kept] = {
    "Offering": Kept(Kind.COURSE, then=Then.KEPT),
    "Place": Kept(Kind.COURSE, {Whose.HOLDER: ("person",)}),
    "Attendance": Kept(Kind.COURSE, _OF_PLACE, stays={"state": _FIGURE, "minutes": _FIGURE, "caught_up_on": _FIGURE}),
    "Homework": Kept(Kind.COURSE, _OF_PLACE, stays={"handed_in_on": _FIGURE}),
    "HoursRecord": Kept(Kind.COURSE, {Whose.HOLDER: ("person",)}, Then.DELETED),
    "Feedback": Kept(Kind.COURSE, _OF_PLACE, stays={"ratings": _FIGURE}),
    "FeedbackResponse": Kept(Kind.COURSE, {Whose.NAMED: ()}, Then.KEPT, stays={"what": Why.OFFICE}),
    "Feed": Kept(Kind.COURSE, {Whose.HOLDER: ("person",)}, Then.DELETED),
}
