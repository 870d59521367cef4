"""Codes of two files: as they are, with zeros, without a check digit; never when fewer than half would meet."""

from __future__ import annotations

from riskmodel.inputs.recognise.meet import best_meeting

WHOLE = frozenset(f"{d:02d}{m:03d}" for d in range(1, 31) for m in range(1, 6))


def test_codes_that_are_alike_need_nothing():
    found = best_meeting({"cod": WHOLE}, {"id": WHOLE})
    assert found is not None
    assert (found.how, found.both, found.only_here, found.codes()) == ("same", 150, 0, None)


def test_lost_zeros_are_given_back_up_to_the_width_of_the_other_file():
    bare = frozenset(c.lstrip("0") for c in WHOLE)
    found = best_meeting({"cod": bare}, {"id": WHOLE})
    assert found is not None
    assert (found.how, found.both, found.codes().widths) == ("zeros", 150, (5,))


def test_some_zeros_lost_still_counts_as_lost():
    """A table that stacks years written by two hands: 5001 and 05001 both stand there."""
    mixed = WHOLE | frozenset(c.lstrip("0") for c in list(WHOLE)[:40])
    found = best_meeting({"cod": mixed}, {"id": WHOLE})
    assert found is not None
    assert found.how == "zeros"


def test_a_check_digit_is_dropped_and_another_column_is_preferred_to_that():
    seven = frozenset(f"{c}9" for c in WHOLE)
    found = best_meeting({"cod7": seven}, {"cod5": WHOLE})
    assert (found.how, found.codes().drop_last) == ("check_digit", 1)
    found = best_meeting({"cod7": seven, "cod5": WHOLE}, {"id": WHOLE})
    assert (found.here, found.how) == ("cod5", "same")


def test_other_areas_do_not_meet():
    assert best_meeting({"cod": WHOLE}, {"id": frozenset(f"9{i:04d}" for i in range(150))}) is None


def test_a_check_digit_is_computed_where_only_the_other_file_has_it():
    """São Paulo 355030 is 3550308, Rio de Janeiro 330455 is 3304557, Belo Horizonte 310620 is 3106200 (IBGE)."""
    found = best_meeting(
        {"mun": frozenset(["355030", "330455", "310620"])}, {"cod": frozenset(["3550308", "3304557", "3106200"])}
    )
    assert found is not None
    assert (found.how, found.both, found.codes().system) == ("check_digit_added", 3, "br_municipality")
    assert found.read("355030") == "3550308"
