"""What an account asks beyond e-mail and password."""

from django import forms
from django.http import HttpRequest

from kithwork.accounts.models import User


class NameOnSignup(forms.Form):
    """Joined by allauth to its own sign-up form."""

    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
