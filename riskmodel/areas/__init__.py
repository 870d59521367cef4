"""The table of areas: one row per `area_code`, whichever route made the estimate.

Takes in estimates by area; gives out levels, ranks, intervals, counts, parents and the country, with small cells withheld.
"""
