"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from kithwork.core.refs import new_ref


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """One person; the address is kept in lower case, because people type it either way."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. Rights come from memberships and appointments, never from here, save `is_operator`."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # runs the installation: outbox, backups; reads no case
    reminders = models.BooleanField(default=True)  # weekly mail of what is due; everything else is always sent
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.ref

    @property
    def actor(self) -> str:
        """How the ledger names this person."""
        return f"user:{self.ref}"


class ApiKey(models.Model):
    """A person's key for programs that read in their name, and can change nothing. Kept as a digest alone."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)  # what it is for
    digest = models.CharField(max_length=64, unique=True)  # sha256
    made_on = models.DateField()
    ends_on = models.DateField()  # the last day it works
    used_on = models.DateField(null=True, blank=True)  # last; a day, for programs read often
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-made_on", "-id")


def display(user: User) -> str:
    """What allauth's pages call a person."""
    return user.name or user.email
