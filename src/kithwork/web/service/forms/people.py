"""A new service, applying for it, and who works on it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kithwork.organisations.queries import ROLES_OF_PROVIDERS
from kithwork.web.kit.forms import hinted


class NewService(forms.Form):
    name = forms.CharField(label="Name of the service", max_length=200, help_text="As people know it")
    place = forms.CharField(
        label="Town or area", max_length=120, required=False, help_text="Shown on a public register beside the name"
    )
    website = forms.URLField(
        label="Website", required=False, assume_scheme="https", help_text="Such as www.example.org"
    )


class Apply(forms.Form):
    service = forms.ChoiceField(label="Which service is this for?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, services: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"service": services[0][0]} if len(services) == 1 else None)
        self.fields["service"].choices = services  # type: ignore[attr-defined]  # a ChoiceField


class Invite(forms.Form):
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["role"].choices = roles()  # type: ignore[attr-defined]  # a ChoiceField


class ChangeRole(forms.Form):
    role = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: str = "") -> None:
        super().__init__(data, initial={"role": now})
        self.fields["role"].choices = roles()  # type: ignore[attr-defined]  # a ChoiceField


def roles() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for role in ROLES_OF_PROVIDERS:
        name, _, does = str(role.label).partition(" (")
        found.append((role.value, hinted(name, does.rstrip(")").capitalize() if does else "")))
    return found
