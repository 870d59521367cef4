"""What Streamlit leaves to do on the page itself: its own words in the reader's language, names for screen readers.

Streamlit has English words of its own ("Upload", "No results") and no way to translate them. A script of ours replaces
them where they stand, tells the browser the language of the page, and gives names and roles that screen readers need.
It also keeps the visitor's preferences in one cookie, which goes nowhere but to this server.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.common import state
from pages.common.words import _

SCRIPT = Path(__file__).parent / "page_tools.js"


@st.cache_resource(show_spinner=False)
def _component():
    return st.components.v2.component("mirador_page_tools", js=SCRIPT.read_text(encoding="utf-8"), html="<span></span>")


def mount() -> None:
    """Set the script to work on this page; once per run of the app."""
    with st.container(key="page_tools"):
        _component()(
            key="page_tools_script",
            data={"language": state.language(), "words": streamlit_words(), "remember": state.remembered()},
        )


def streamlit_words() -> dict[str, str]:
    """Streamlit's English words, each in the visitor's language; `{name}` stands for what varies."""
    if state.language() == "en":
        return {}
    return {
        # files
        "Upload": _("Choose files"),
        "file upload": _("Choose files"),
        "Browse files": _("Choose files"),
        "Drag and drop files here": _("Drop files here"),
        "Drag and drop file here": _("Drop a file here"),
        "{size}GB per file": _("Up to {size} GB per file", size="{size}"),
        "{size}MB per file": _("Up to {size} MB per file", size="{size}"),
        "{size} per file": _("Up to {size} per file", size="{size}"),
        "Uploading...": _("Receiving the file…"),
        "{kinds} files are not allowed.": _("Files of this kind are not taken: {kinds}.", kinds="{kinds}"),
        "Remove {name}": _("Remove {name}", name="{name}"),
        "Upload {name}": _("Choose files: {name}", name="{name}"),
        # fields
        "Press Enter to apply": _("Press Enter to apply."),
        "Press Enter to submit form": _("Press Enter to send."),
        "Press Ctrl+Enter to apply": _("Press Ctrl+Enter to apply."),
        "Press ⌘+Enter to apply": _("Press ⌘+Enter to apply."),
        "Choose an option": _("Choose one"),
        "Choose options": _("Choose one or more"),
        "Choose or add an option": _("Choose one or write your own"),
        "No results": _("Nothing found"),
        "No options": _("Nothing to choose from"),
        "No options to select": _("Nothing to choose from"),
        "Select all": _("Choose all"),
        "Select {count} matches": _("Choose the {count} found", count="{count}"),
        "Clear all": _("Empty"),
        "Clear value": _("Empty"),
        "Selected values": _("Chosen"),
        "Show suggestions": _("Show the choices"),
        "Increment": _("More"),
        "Decrement": _("Less"),
        "Show help": _("Help"),
        "(required)": _("(needed)"),
        # tables and pictures
        "Download as CSV": _("Download as CSV"),
        "Search": _("Search"),
        "Close Search": _("Close the search"),
        "Next Result": _("Next one found"),
        "Previous Result": _("Previous one found"),
        "Fullscreen": _("Whole screen"),
        "Close fullscreen": _("Leave the whole screen"),
        "Toggle fullscreen": _("Whole screen"),
        "Show/hide columns": _("Show or hide columns"),
        "Clear selection": _("Choose none"),
        "Dataframe column menu": _("Menu of the column"),
        "Copy column name": _("Copy the name of the column"),
        "Sort ascending": _("Lowest first"),
        "Sort descending": _("Highest first"),
        "Autosize": _("Fit the width"),
        "Pin column": _("Keep the column in sight"),
        "Unpin column": _("Let the column scroll"),
        "Hide column": _("Hide the column"),
        "Download plot as a PNG": _("Save the picture"),
        "Download plot as PNG": _("Save the picture"),
        "Download plot as SVG": _("Save the picture"),
        "Download plot": _("Save the picture"),
        # the frame of the page
        "Sidebar": _("Side panel"),
        "App pages": _("Screens"),
        "Collapse sidebar": _("Close the side panel"),
        "Expand sidebar": _("Open the side panel"),
        "Skip to main content": _("Skip to the content"),
        "Close": _("Close"),
        "Open": _("Open"),
        "Running...": _("Working…"),
        "Stop": _("Stop"),
        "Stop script": _("Stop"),
        "Connecting": _("Connecting…"),
        "Connection error": _("No connection to the program"),
        "Copy to clipboard": _("Copy"),
        "Link to heading": _("Link to this heading"),
        "Notifications": _("Notices"),
    }
