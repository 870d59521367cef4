"""From a fitted model and a population file to the risk of areas and groups.

Takes in a `SurveyModel` and the children's rows, read and scored by the engine; gives out `PopulationScores`: sums by
area, never a row of a person.
"""
