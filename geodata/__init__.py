"""Boundaries, and maps made from them.

Takes in: boundary files, codes as text, and classes that somebody else worked out (1..k per area code).
Gives out: shapes in EPSG:4326 by `area_code`, maps that draw without internet, pictures for paper, map files.
Knows nothing of statistics and nothing of screens.
"""
