"""Take the picture of Brazil in `docs/images` again: `.venv/bin/python -m tests.bench.picture`, with the real data."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.bench.measure import ROOT
from tests.bench.screen import chromium, first_draw, free_port, new_page, serving, settle
from tests.bench.studies import workspace_with, write_brazil_with_files
from tests.tools.pictures import save


def main() -> None:
    """Run the study of the measured rate and save its map."""
    data = Path(os.environ.get("MIRADOR_DATA", ROOT.parent / "shared" / "data"))
    with tempfile.TemporaryDirectory() as scratch:
        folder, port = Path(scratch), free_port()
        workspace_with(folder / "home", write_brazil_with_files(data, folder / "study", "given_risk"))
        with serving(port, folder / "home", folder / "server.log"), chromium() as browser:
            page, _ = new_page(browser)
            first_draw(page, f"http://127.0.0.1:{port}/")
            settle(page)
            save(page.screenshot(), "map-brazil")


if __name__ == "__main__":
    main()
