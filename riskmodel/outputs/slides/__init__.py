"""Slides for a workshop: what they say, and the file a facilitator can edit.

In: results of any route and a translator. Out: bytes.
"""

SLIDES = "slides.pptx"
