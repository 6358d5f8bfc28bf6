"""Roles: what a check says of its arguments."""

from collections.abc import Sequence

from relecture.printed.arguments import Group, PValue
from relecture.printed.kinds import kind


def test_parameters_without_a_role_are_literals():
    @kind("example")
    def check(p: PValue, groups: Sequence[Group], *, whole: bool = False, conventions: dict | None = None):
        """Example."""

    assert check.kind.literals == {"whole"}


def test_a_role_says_its_limits():
    (role,) = PValue.__metadata__
    assert (role.words, role.kinds, role.low, role.high) == ("un p", "p", 0, 1)
