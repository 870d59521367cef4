"""Look at one table before it is used: complete, possible, plausible.

Takes a file (or a table of text) and what the study says about its columns; gives a profile of every column and findings in
the order in which they are to be mended. Nothing is changed.
"""
