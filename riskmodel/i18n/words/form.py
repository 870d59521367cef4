"""The form of a problem's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemWords:
    """English source of a problem's wording, marked with `N_` or `NN_` where it is written.

    what : what is wrong, with `{value}` names from `Problem.values`; the singular where `what_many` is given.
    mend : what the reader can do about it, same values.
    what_many : plural form, chosen by the value `count`.
    """

    what: str
    mend: str
    what_many: str = ""

    @classmethod
    def counted(cls, forms: tuple[str, str], mend: str) -> ProblemWords:
        """Words whose first sentence depends on `Problem.values["count"]`."""
        return cls(forms[0], mend, forms[1])
