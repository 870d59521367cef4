"""Answers a person gives to what recognition asks about a file: put into the reading, changed, and found again there."""

from __future__ import annotations

from riskmodel.inputs.recognise.found import Guess, with_value
from riskmodel.study_reading import Reading, row_numbers


def options_of(guess: Guess) -> tuple[object, ...]:
    """What may be answered, the proposed value first; None means that nothing needs to be done."""
    found: list[object] = []
    for option in (*((guess.value,) if guess.value is not None else ()), *guess.alternatives):
        if option not in found:
            found.append(option)
    return tuple(found)


def answered(reading: Reading, guess: Guess, value: object) -> Reading:
    """The reading with `value` as the answer, in place of an earlier one."""
    cleared = reading
    present = getattr(reading, guess.key)
    options = options_of(guess)
    if isinstance(present, tuple):
        cleared = reading.model_copy(update={guess.key: tuple(part for part in present if part not in options)})
    return with_value(cleared, guess.key, value)


def answer_in(reading: Reading | None, guess: Guess) -> object | None:
    """The option that the reading holds already; None where it holds none."""
    if reading is None or not guess.key:
        return None
    present = getattr(reading, guess.key)
    for option in options_of(guess):
        if guess.key == "leave_out" and isinstance(option, tuple):
            held = set(row_numbers(option)) <= set(row_numbers(present))
        else:
            held = option in present if isinstance(present, (tuple, dict)) else option == present
        if option is not None and held:
            return option
    return None
