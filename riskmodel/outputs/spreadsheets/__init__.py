"""Results as spreadsheets: the index with every step as live formulas, and all tables of a run with their columns explained.

Takes in the results of a run and a translator; gives out files that Excel and LibreOffice open.
"""
