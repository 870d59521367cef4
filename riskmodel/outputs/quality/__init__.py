"""The quality of one file as a document: to print, to open in a browser, to compute with.

Takes a profile of `riskmodel.inputs.quality`; what to mend stands first, then every column with its sketch.
"""

SUFFIXES = (".pdf", ".html", ".csv", ".json")
