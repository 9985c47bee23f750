"""How many examples Hypothesis tries: a dozen in `make check`, a hundred in `make test`."""

from hypothesis import settings

# chosen by `--hypothesis-profile`, see the Makefile
settings.register_profile("quick", max_examples=12, deadline=None)  # no deadline: the machine is shared
settings.register_profile("deep", max_examples=100, deadline=None)
settings.load_profile("quick")


def at_most(number: int) -> settings:
    """As many as the profile says, but not more than `number`: for what is dear to try."""
    return settings(max_examples=min(number, settings().max_examples))
