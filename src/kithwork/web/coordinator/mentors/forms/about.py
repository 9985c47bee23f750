"""Who somebody is and what they offer: the application, as the public and as staff fill it in, and its changes."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import escape

from kithwork.caseload.actions.mentors import Referee
from kithwork.caseload.queries.mentors import (
    MentorRow,
    Way,
)
from kithwork.web.kit.forms import GovDateField, LongText

_DAYS: tuple[tuple[str, str], ...] = (
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
)
_DAYS += (("sat", "Saturday"), ("sun", "Sunday"))
_TIMES = (("am", "morning"), ("pm", "afternoon"), ("eve", "evening"))
SLOTS = [(f"{day}-{time}", f"{name} {part}") for day, name in _DAYS for time, part in _TIMES]
YES_NO = [("yes", "Yes"), ("no", "No")]
INLINE = {"class": "govuk-radios--inline"}
_NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3", "spellcheck": "false"}


def yes_no(label: str, *, hint: str = "", required: bool = True) -> forms.ChoiceField:
    """Two radio buttons; the cleaned value is 'yes', 'no', or '' where it may be left out."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=YES_NO, widget=forms.RadioSelect(attrs=INLINE), required=required
    )


def whole(label: str, most: int, *, least: int = 0, **more: Any) -> forms.IntegerField:
    """A small whole number."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=forms.TextInput(_NUMBER), **more)


class ListField(forms.CharField):
    """Several words or phrases, separated by commas; the cleaned value is a list without repeats."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=600, required=False, **more)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        parts = (part.strip()[:60] for part in text.replace("\n", ",").split(","))
        return list(dict.fromkeys(part for part in parts if part))


class LinesField(forms.CharField):
    """One entry a line; the cleaned value is a list without repeats."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 8, **more: Any) -> None:
        super().__init__(max_length=8000, required=False, widget=forms.Textarea({"rows": rows}), **more)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (line.strip()[:300] for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class DayForm(forms.Form):
    """A form whose day is today unless somebody says otherwise."""

    on = GovDateField(label="Day")
    day_label: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, initial={"on": timezone.localdate(), **(initial or {})}, **more)
        if self.day_label:
            self.fields["on"].label = self.day_label


class AboutForm(forms.Form):
    """Who somebody is, what they offer and when: asked alike by the public form and by staff."""

    name = forms.CharField(label="Full name", max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    known_as = forms.CharField(label="What should we call you?", max_length=80, required=False)
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "email"}))
    phone = forms.CharField(
        label="Telephone number", max_length=40, required=False, widget=forms.TextInput({"autocomplete": "tel"})
    )
    postcode = forms.CharField(
        label="Postcode",
        help_text="So that we find somebody within your reach.",
        max_length=10,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code", "class": "govuk-input--width-10"}),
    )
    contact_wishes = forms.CharField(
        label="How and when should we reach you? Is there anything that would help you take part?",
        max_length=300,
        required=False,
    )
    interests = ListField(label="Interests", help_text="Separate them with commas: gardening, chess, walking")
    languages = ListField(
        label="Languages you speak", help_text="Separate them with commas. British Sign Language counts"
    )
    skills = ListField(label="Skills you could pass on", help_text="Separate them with commas")
    availability = forms.MultipleChoiceField(
        label="When are you usually free?",
        choices=SLOTS,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small kw-slots"}),
    )
    way = forms.ChoiceField(
        label="How would you like to meet?", choices=Way.choices, widget=forms.RadioSelect, initial=Way.ANY
    )
    max_km = whole(
        "How far would you go, in kilometres?", 200, required=False, help_text="Leave it empty if you are not sure."
    )

    DETAILS: ClassVar[tuple[str, ...]] = (
        "name", "known_as", "email", "phone", "postcode", "contact_wishes", "interests", "languages", "skills",
        "availability", "way", "max_km",
    )  # fmt: skip

    @property
    def details(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self.DETAILS if name in self.cleaned_data}
        if "max_km" in found:
            found["max_km"] = found["max_km"] or 0
        return found


class ApplicationForm(AboutForm):
    """The application: the same questions for everybody, two referees (or as many as the service asks), consent."""

    def __init__(self, data: Any, *, questions: Sequence[str], referees: int, consent: str, own: bool = True) -> None:
        super().__init__(data)
        self.questions, self.referees, self.own = list(questions), referees, own
        for number, question in enumerate(self.questions, 1):
            self.fields[f"answer_{number}"] = LongText(label=escape(question), max_length=4000, rows=4, required=own)
        for number in range(1, referees + 1):
            self._referee(number)
        self.fields["agreed"] = forms.BooleanField(
            label=consent if own else f"They agree: {consent}",
            required=own,
            error_messages={"required": "Tick the box if you agree. Without it we cannot keep your details"},
        )
        if not own:
            self.fields["email"].required = False
            self.fields["known_as"].label = "Known as"
            self.fields["applied_on"] = GovDateField(label="Day of the application", initial=timezone.localdate())

    def _referee(self, number: int) -> None:
        hint = "Somebody who knows you well and is not a relation" if number == 1 else ""
        must = self.own
        self.fields[f"referee_{number}_name"] = forms.CharField(
            label=f"Referee {number}: name", help_text=hint, max_length=150, required=must
        )
        self.fields[f"referee_{number}_relation"] = forms.CharField(
            label=f"Referee {number}: how do they know you?", max_length=150, required=must
        )
        self.fields[f"referee_{number}_email"] = forms.EmailField(label=f"Referee {number}: e-mail", required=False)
        self.fields[f"referee_{number}_phone"] = forms.CharField(
            label=f"Referee {number}: telephone", max_length=40, required=False
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen: set[str] = set()
        for number in range(1, self.referees + 1):
            name, email = given.get(f"referee_{number}_name"), given.get(f"referee_{number}_email")
            if (
                name
                and not (email or given.get(f"referee_{number}_phone"))
                and f"referee_{number}_email" not in self.errors
            ):
                self.add_error(
                    f"referee_{number}_email", f"Referee {number}: give an e-mail address or a telephone number"
                )
            if email and email.lower() in seen:
                self.add_error(f"referee_{number}_email", f"Referee {number}: name two different people")
            if email:
                seen.add(email.lower())
        return given

    @property
    def answers(self) -> dict[str, str]:
        given = ((text, self.cleaned_data.get(f"answer_{number}")) for number, text in enumerate(self.questions, 1))
        return {text: answer for text, answer in given if answer}

    @property
    def named(self) -> list[Referee]:
        found = []
        for number in range(1, self.referees + 1):
            at = {
                part: self.cleaned_data.get(f"referee_{number}_{part}") or ""
                for part in ("name", "relation", "email", "phone")
            }
            if at["name"]:
                found.append(Referee(**at))
        return found


class ChangeForm(AboutForm):
    """All that staff may change. What stood on the screen goes along, so that nobody's newer words are overwritten."""

    born = GovDateField(label="Date of birth", required=False)
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    emergency = forms.CharField(label="Whom to ring in an emergency", max_length=300, required=False)
    gender = forms.CharField(label="Gender, in their own words", max_length=40, required=False)
    places = whole("Matches at one time", 50)
    hopes_for = ListField(
        label="What they hope a mentee needs or likes",
        help_text="Separate them with commas. It counts towards the fit and rules nobody out.",
    )
    wishes = LongText(label="Wishes about a mentee", max_length=2000, required=False, rows=3)
    profile = LongText(
        label="Profile", help_text="In their own words, as a mentee may read it.", max_length=4000, required=False
    )
    employer = forms.CharField(label="Employer", max_length=150, required=False)
    number = forms.CharField(label="Your own number for them", max_length=60, required=False)
    changed_at = forms.CharField(required=False, widget=forms.HiddenInput)

    DETAILS = (
        *AboutForm.DETAILS, "born", "address", "emergency", "gender", "places", "hopes_for", "wishes", "profile",
        "employer", "number",
    )  # fmt: skip

    def __init__(self, data: Any, mentor: MentorRow) -> None:
        kept = {name: getattr(mentor, name) for name in self.DETAILS}
        kept["max_km"] = mentor.max_km or None
        super().__init__(data, initial={**kept, "changed_at": mentor.changed_at.isoformat()})
        self.fields["email"].required = False
        self.fields["known_as"].label = "Known as"
        for name, label in (("languages", "Languages"), ("skills", "Skills"), ("availability", "Usually free")):
            self.fields[name].label = label
        self.fields["way"].label, self.fields["max_km"].label = "Wants to meet", "Goes as far as, in kilometres"
        self.fields["contact_wishes"].label = "How and when to reach them, and what they need to take part"
        self.fields["postcode"].help_text = ""
