"""Words of the conventions: short, and fit to follow « se retrouve »."""

import pytest

from relecture.printed.conventions.vocabulary import CONVENTIONS

OPTIONS = [(name, code, option) for name, options in CONVENTIONS.items() for code, option in options.items()]


@pytest.mark.parametrize(("name", "code", "option"), OPTIONS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_condition_follows_a_verb(name, code, option):
    assert option.condition.startswith(("si ", "s'")) and not option.condition.endswith(".")
    assert 0 < len(option.noun) <= 40


def test_two_options_of_a_convention_have_two_conditions():
    for name, options in CONVENTIONS.items():
        assert len({option.condition for option in options.values()}) == len(options), name
