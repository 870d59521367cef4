"""Everything about risk: from data files to one table of areas and what is decided from it.

Takes in a study file and the tables it names; gives out a `Results`. Knows nothing of screens or geometry.
"""
