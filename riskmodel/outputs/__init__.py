"""What leaves the product on paper: the fact sheet.

Takes `Results` and a `Translator`; gives bytes. Numbers are those of the results, words are the reader's.
"""
