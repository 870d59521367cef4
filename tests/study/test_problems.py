"""Problems as a table and back."""

from riskmodel.problems import Problem, Where, problems_of, problems_table


def test_problems_survive_their_table():
    given = (
        Problem("weight_not_positive", Where("e.csv", "Hoja", "factor", (3, 5)), {"count": 2}),
        Problem("study_needs", Where(key="survey"), {"method": "risk_model", "share": 0.25}, "warning"),
        Problem("no_area_has_estimate"),
    )
    assert problems_of(problems_table(given)) == given
