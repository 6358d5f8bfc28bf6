"""The three lists of dependencies agree: pyproject.toml (what is used), requirements.lock (what is
installed, with hashes) and environment.yml (the same for conda)."""

import re
import tomllib

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement

from relecture.core.study import ROOT

PYTHON = {"python_version": "3.11", "python_full_version": "3.11.9"}
CONDA_NAMES = {"igraph": "python-igraph", "jupyter-client": "jupyter_client", "matplotlib": "matplotlib-base"}
CONDA_NAMES |= {"fastjsonschema": "python-fastjsonschema"}
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _direct() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    return [Requirement(line) for line in [*project["dependencies"], *extras]]


def _locked() -> dict[str, str]:
    """Name to version, for Python 3.11."""
    pins = (pin for pin in PIN.finditer(LOCK) if not pin["marker"] or Marker(pin["marker"]).evaluate(PYTHON))
    return {pin["name"]: pin["version"] for pin in pins}


def _conda() -> dict[str, str]:
    wanted = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_conda = [line.split("=") for line in wanted if isinstance(line, str) and "=" in line]
    by_pip = [line.split("==") for group in wanted if isinstance(group, dict) for line in group["pip"] if "==" in line]
    return dict(by_conda + by_pip)


@pytest.mark.parametrize("requirement", _direct(), ids=lambda requirement: requirement.name)
def test_a_direct_dependency_is_locked_in_its_range_and_pinned_alike_for_conda(requirement):
    version = _locked()[requirement.name]
    assert requirement.specifier.contains(version)
    assert _conda()[CONDA_NAMES.get(requirement.name, requirement.name)] == version


def test_conda_pins_nothing_else_than_python_and_the_direct_dependencies():
    direct = {CONDA_NAMES.get(requirement.name, requirement.name) for requirement in _direct()}
    assert set(_conda()) - direct == {"python"}


def test_every_pin_of_the_lock_carries_a_hash():
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)
    assert [block.split("\n")[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_the_lock_names_no_host_and_no_folder():
    assert re.findall(r"https?://\S+|file:\S+|--(?:extra-)?index-url.*|--find-links.*", LOCK) == []
