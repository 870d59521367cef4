"""From the typed survey frame to a fitted model of the outcome.

Takes in one row per interviewed child with weight, stratum, PSU and determinants; gives out a `SurveyModel`:
coefficients with their design-based covariance, terms to score a population with, and diagnostics.
"""
