"""The vulnerability index: a composite of indicators by area, for countries without usable child-labour data.

Takes in the table of areas and the declared indicators; gives out scores 0–100 by area, dimension and indicator.
"""
