"""A desk that answers from a queue."""

import pytest

from tests.evals.fakes import QueueDesk


@pytest.fixture
def desk() -> QueueDesk:
    return QueueDesk()
