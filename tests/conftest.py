"""Settings of the whole test run."""

import os

import pytest

from tests.browsers import find_webkit


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what drives WebKitGTK where that is not installed; `make test` has said so and what to install."""
    driven = [item for item in items if item.get_closest_marker("webkit")]
    if driven and find_webkit() is None and not os.environ.get("CI"):
        config.hook.pytest_deselected(items=driven)
        items[:] = [item for item in items if item not in driven]
