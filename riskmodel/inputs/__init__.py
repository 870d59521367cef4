"""From files to checked tables: read, recognise numbers and codes, check, harmonise.

Takes in a study and the folder of its files; gives out typed frames, each with the list of what was found in it.
"""
