"""The area model: direct rates of some areas and indicators of all in, estimates with error for every area out.

Everything happens on one scale (`scales`), where sampling variances are known; rates come back at the end.
"""
