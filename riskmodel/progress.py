"""How a long step tells how far it is, and how it is stopped."""

from collections.abc import Callable

# Called with a step (English, marked for translation) and the share of the whole done before it, 0–1.
# It may raise `Cancelled`: nothing of the run is kept.
Progress = Callable[[str, float], None]


class Cancelled(Exception):
    """Raised by a progress callback to stop the work."""


def quiet(step: str, share: float) -> None:
    """A progress callback that says nothing."""
