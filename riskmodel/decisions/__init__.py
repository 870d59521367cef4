"""What is decided from the table of areas: what sets each one apart, and where to act first.

Takes in risks or scores by area and what they were made from; gives out long tables by area.
"""
