"""Results and translators of the tests of outputs."""

import pytest

from riskmodel.i18n import Translator, translator
from riskmodel.results import Results
from tests.outputs.cases import Stretched, make_results


@pytest.fixture(scope="session")
def t() -> Translator:
    return translator("en")


@pytest.fixture(scope="session")
def stretched() -> Translator:
    return Stretched("en", translator("en")._catalogue)


@pytest.fixture(scope="session")
def model_results() -> Results:
    return make_results()


@pytest.fixture(scope="session")
def index_results() -> Results:
    return make_results("vulnerability_index")


@pytest.fixture(scope="session")
def given_results() -> Results:
    return make_results("given_risk")
