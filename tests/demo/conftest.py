from __future__ import annotations

import pytest

from tests.demo.newcomer import Demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Demo, str]:
    """A finished demo and what it printed; whoever reads it leaves it as it is."""
    made = Demo(tmp_path_factory.mktemp("demo"))
    answer = made.make()
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return made, answer.stdout
