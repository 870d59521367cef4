"""The method report from the command line."""

from __future__ import annotations

import cli
from tests.clusters_run import clusters_run


def test_both_files_in_the_language_asked(tmp_path, capsys):
    board = clusters_run(tmp_path)
    assert cli.main(["report", str(board), "--out", str(tmp_path / "r"), "--language", "en"]) == cli.DONE
    assert "2 files" in capsys.readouterr().out
    assert (tmp_path / "r/report.pdf").read_bytes().startswith(b"%PDF")
    page = (tmp_path / "r/report.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert 'src="data:image/png' in page  # the map
    assert {p.name for p in (tmp_path / "r").iterdir()} == {"report.pdf", "report.html"}


def test_no_run_there(tmp_path, capsys):
    assert cli.main(["report", str(tmp_path)]) == cli.PROBLEMS
    assert capsys.readouterr().err


def test_slides_of_a_run(tmp_path, capsys):
    board = clusters_run(tmp_path)
    assert cli.main(["slides", str(board), "--out", str(tmp_path / "s"), "--language", "en"]) == cli.DONE
    assert "1 file is in" in capsys.readouterr().out
    assert [p.name for p in (tmp_path / "s").iterdir()] == ["slides.pptx"]
    assert cli.main(["slides", str(tmp_path)]) == cli.PROBLEMS
