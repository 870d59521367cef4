from __future__ import annotations

import gc
import weakref

from pages.common import memory


class Held:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_alive_is_set_aside_and_what_died_since_is_freed_next_time():
    held = Held()
    seen = weakref.ref(held)
    try:
        memory.set_aside()
        assert gc.get_freeze_count() > 0
        del held
        gc.collect()
        assert seen() is not None  # a full collection did not look there
        memory.set_aside()
        assert seen() is None
    finally:
        gc.unfreeze()
