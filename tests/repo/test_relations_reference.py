"""docs/relations.md is what the checks say of themselves, and its examples give the verdicts that it shows.

Oracle of a verdict: the docstring's doctest or the arithmetic that the example shows, read by hand.
"""

import importlib.util
import re
from dataclasses import replace

import pytest

from relecture.core.study import ROOT
from relecture.printed.conventions import CONVENTIONS
from relecture.printed.relations import KINDS

FILE = ROOT / "docs/relations_reference.py"
SPEC = importlib.util.spec_from_file_location("relations_reference", FILE)
reference = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reference)
EXAMPLES = reference.examples()


def test_the_page_is_what_make_docs_writes():
    assert (ROOT / "docs/relations.md").read_text(encoding="utf-8") == reference.text(), "make docs"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_summary_a_role_for_each_argument_and_an_example(name):
    kind = KINDS[name]
    assert kind.summary and not kind.summary.endswith(".") and name in EXAMPLES
    assert " adresse" not in " ".join(
        reference.words(hint) for key, hint in kind.hints.items() if key not in kind.literals
    )
    assert ">>>" in kind.check.__doc__


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if ".arithmetic." not in kind.check.__module__])
def test_a_statistic_names_its_source(name):
    module = importlib.import_module(KINDS[name].check.__module__)
    assert re.search(r"\b(1[89]|20)\d\d\b", KINDS[name].check.__doc__ + module.__doc__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_its_verdict(name):
    example = EXAMPLES[name]
    assert reference.relation(name, example).check(example["printed"]).verdict.value == example["verdict"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_judged_under_each_convention(name):
    """A study may state what only some of its relations use."""
    printed = EXAMPLES[name]["printed"]
    for convention, options in CONVENTIONS.items():
        for option in options:
            stated = replace(reference.relation(name, EXAMPLES[name]), conventions={convention: option})
            assert stated.check(printed, draws=False).explanation


def test_every_kind_stands_in_one_group():
    assert sorted(re.findall(r"^### (\w+)$", reference.text(), re.MULTILINE)) == sorted(KINDS)
