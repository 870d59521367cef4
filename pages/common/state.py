"""What a visitor has open: language, study, area, appearance. The only file that names session_state keys.

A widget forgets its value when its page is left, so each value lives under a key of its own and widgets write to it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qs, unquote, urlencode

import streamlit as st

from geodata.palette import Theme
from riskmodel.i18n import LANGUAGES

LANGUAGE, STUDY, AREA, METHOD = "language", "study_id", "area_code", "method"
APPEARANCE, GUIDE, REMEMBERED, SYNTHETIC, PAGE = "appearance", "guide_step", "remembered", "synthetic", "page"
COOKIE = "mirador"


@dataclass(frozen=True)
class Appearance:
    """How the visitor wants the screens drawn."""

    projector: bool = False  # larger type, wider page
    photocopy: bool = False  # greys and patterns in place of colours

    def map_theme(self, dark: bool) -> Theme:
        """Theme of `geodata.palette.palette` that fits."""
        return "photocopy" if self.photocopy else "dark" if dark else "light"


def begin() -> None:
    """Set what is missing at the first run of a session: the address, else the cookie, else the browser, else Spanish."""
    if LANGUAGE not in st.session_state:
        kept = st.session_state[REMEMBERED] = _cookie()
        asked = (st.query_params.get("lang") or kept.get("language") or st.context.locale or "es")[:2].lower()
        st.session_state[LANGUAGE] = asked if asked in LANGUAGES else "es"
        looks = (st.query_params.get("look") or kept.get("look") or "").split(",")
        st.session_state[APPEARANCE] = Appearance(**{look.name: look.name in looks for look in fields(Appearance)})
        st.session_state[GUIDE] = int(kept["guide"]) if kept.get("guide", "").isdigit() else 1
    st.session_state.setdefault(STUDY, None)
    st.session_state.setdefault(AREA, None)


def _cookie() -> dict[str, str]:
    """What an earlier visit left in this browser; nothing about a study or a person."""
    return {name: found[0] for name, found in parse_qs(unquote(st.context.cookies.get(COOKIE, ""))).items()}


def remember(name: str, value: str) -> None:
    """Leave a preference in the visitor's browser, for later visits."""
    st.session_state[REMEMBERED] = st.session_state.get(REMEMBERED, {}) | {name: value}


def remembered() -> str:
    """All preferences, as the cookie holds them."""
    return urlencode(st.session_state.get(REMEMBERED, {}))


def appearance() -> Appearance:
    """How the visitor wants the screens drawn."""
    return st.session_state.get(APPEARANCE, Appearance())


def set_appearance(**changes: bool) -> None:
    changed = st.session_state[APPEARANCE] = replace(appearance(), **changes)
    remember("look", ",".join(look.name for look in fields(changed) if getattr(changed, look.name)))


def guide_step() -> int:
    """Step of the first-time guide, from 1; 0 when it was closed."""
    return st.session_state.get(GUIDE, 0)


def set_guide_step(step: int) -> None:
    st.session_state[GUIDE] = step
    remember("guide", str(step))


def begun() -> bool:
    """Whether `app.py` has run in this session; a page opened by its address on a fresh server comes first."""
    return LANGUAGE in st.session_state


def language() -> str:
    return st.session_state.get(LANGUAGE, "es")


def set_language(code: str) -> None:
    st.session_state[LANGUAGE] = code
    remember("language", code)


def study_id() -> str | None:
    return st.session_state.get(STUDY)


def open_study(study_id: str | None) -> None:
    """Open a study; the selected area of another study is forgotten."""
    if st.session_state.get(STUDY) != study_id:
        st.session_state[AREA] = None
    st.session_state[STUDY] = study_id


def method() -> str:
    """Method of the open study, for the names of screens."""
    return st.session_state.get(METHOD, "")


def set_method(method: str) -> None:
    st.session_state[METHOD] = method


def page() -> str:
    """Name of the screen being drawn."""
    return st.session_state.get(PAGE, "")


def set_page(name: str) -> None:
    st.session_state[PAGE] = name


def synthetic() -> bool:
    """Whether the open study is invented."""
    return bool(st.session_state.get(SYNTHETIC))


def set_synthetic(synthetic: bool) -> None:
    st.session_state[SYNTHETIC] = synthetic


def area_code() -> str | None:
    return st.session_state.get(AREA)


def select_area(code: str | None) -> None:
    st.session_state[AREA] = code


def keep(name: str, default: object) -> object:
    """A value that outlives its widget; set it with `put`."""
    return st.session_state.setdefault(f"kept_{name}", default)


def put(name: str, value: object) -> None:
    st.session_state[f"kept_{name}"] = value


def flash(text: str) -> None:
    """A message for the next run of the script."""
    st.session_state["flash"] = text


def take_flash() -> str | None:
    return st.session_state.pop("flash", None)
