"""The fictional example: each planted slip is found and mended, nothing else is out of joint, and it says what it is.

The true values are those of the sheet from which the study was made up, before the slips were planted.
"""

import re
from dataclasses import replace

import pytest

from relecture import load_study
from relecture.core.numbers import Printed
from relecture.core.study import ROOT
from relecture.printed import audit

STUDY = load_study("exemple")
ROWS = {row.address: row for row in STUDY.rows}
README = (STUDY.folder / "README.md").read_text(encoding="utf-8")
ARTICLE = README.partition("## The fictional article")[2].partition("## The planted slips")[0]

SLIPS = {  # finding: (address, planted, true); oracle beside
    "resume.repondants": ("resume.repondants", "48", "84"),  # 40 + 44, as the text says
    "genre.non_formes": ("tableau1.hommes.non_formes", "19", "18"),  # 44 - 26, and 26 / 44 is 59,1 %
    "age.difference": ("tableau1.age.difference", "2,49", "3,49"),  # 44,84 - 41,35
    "usage.non_formes": ("tableau2.usage.pourcentage.non_formes", "36,8", "38,6"),  # 17 / 44 = 0,38636
    "usage.or": ("tableau2.usage.bas", "1,94", "1,49"),  # (28, 12; 17, 27): exp(ln 3,706 - 1,96 x 0,4636) = 1,494
    "confiance.non_formes": ("tableau2.confiance.moyenne.non_formes", "6,28", "6,82"),  # 300 / 44
}
AMBIGUOUS = {"confiance.non_formes"}  # 44 marks can give 2,68, 6,18 and others too

VERDICTS = {
    "reproduced": """
        flux.taux               84 / 120 = 70
        flux.groupes            40 + 44 = 84
        genre.formes            23 + 17 = 40
        genre.pourcentage       26 / 44 = 59,09
        usage.formes            28 / 40 = 70
        usage.significatif      0,004, and [1,94-9,19] leaves 1 out
        confiance.significatif  0,08
    """,
    "consistent": """
        age.formes              1654 / 40 = 41,35
        age.non_formes          1973 / 44 = 44,841
        age.ensemble            3627 / 84 = 43,179
        resume.usage            3,71 is 3,7 when rounded
        confiance.formes        298 / 40 = 7,45
    """,
    "inconsistent": "\n".join(SLIPS),
    "uncheckable": """
        usage.p                 estimate and interval disagree
        methodes.seuil          chosen beforehand
    """,
}
EXPECTED = {line.split()[0]: verdict for verdict, lines in VERDICTS.items() for line in lines.strip().splitlines()}


def _mended(*names):
    """The study with these slips undone."""
    true = {SLIPS[name][0]: SLIPS[name][2] for name in names}
    return replace(STUDY, rows=tuple(replace(row, value=true.get(row.address, row.value)) for row in STUDY.rows))


def _checked(study, **options):
    return {one.id: one for one in audit.audit(study, **options)}


def test_every_finding_is_the_one_expected_and_there_is_no_other(found):
    assert {name: str(one.finding.verdict) for name, one in found.items()} == EXPECTED
    assert len(EXPECTED) == sum(len(lines.strip().splitlines()) for lines in VERDICTS.values())


@pytest.mark.parametrize("name", SLIPS)
def test_a_planted_slip_is_found_and_mended(found, name):
    address, planted, true = SLIPS[name]
    assert (STUDY[address], found[name].finding.verdict) == (planted, "inconsistent")
    mends = [(mend.address, mend.proposed, mend.complete) for mend in found[name].repairs]
    assert (address, true, True) in mends
    assert (len(mends) > 1) == (name in AMBIGUOUS)


@pytest.mark.parametrize("name", SLIPS)
def test_undoing_a_slip_settles_its_finding_and_no_other(name):
    verdicts = {key: str(one.finding.verdict) for key, one in _checked(_mended(name), repairs=False).items()}
    assert {key for key, verdict in verdicts.items() if verdict == "inconsistent"} == set(SLIPS) - {name}


def test_without_its_slips_the_study_holds_together():
    verdicts = {key: str(one.finding.verdict) for key, one in _checked(_mended(*SLIPS), repairs=False).items()}
    assert {key for key, verdict in verdicts.items() if verdict not in ("reproduced", "consistent")} == {
        "methodes.seuil"
    }
    assert verdicts["usage.p"] == "consistent"  # Pearson on (28, 12; 17, 27): chi2 = 8,286


@pytest.mark.parametrize("address", [pytest.param(address, id=f"exemple-{address}") for address in ROWS])
def test_printed_value(found, address):
    row = ROWS[address]
    Printed.read(row.value)
    assert re.search(rf"(?<![\d,]){re.escape(row.value)}(?![\d]|,\d)", ARTICLE)
    assert re.fullmatch(r"résumé|méthodes|résultats, (texte|tableau [12])", row.place)
    assert any(address in one.addresses for one in found.values())


def test_the_article_prints_nothing_else():
    numbers = set(re.findall(r"\d+(?:,\d+)?", re.sub(r"Tableau \d|de 0 à 10", "", ARTICLE)))
    assert numbers == {row.value for row in STUDY.rows}


def test_the_readme_lists_the_slips_and_no_other():
    block = re.search(r"<!-- slips -->\n(.*?)<!-- /slips -->", README, re.DOTALL)[1]
    told = re.findall(r"^\| `([\w.]+)` \| ([\d,]+) \| ([\d,]+) \|", block, re.MULTILINE)
    assert told == [(name, planted, true) for name, (_, planted, true) in SLIPS.items()]


def test_it_says_everywhere_that_it_is_fictional():
    assert STUDY.about["fictional"] is True
    assert all(
        "ficti" in STUDY.about[key].lower() for key in ("title", "short", "degree", "subject", "design", "period")
    )
    assert "fictional" in README.splitlines()[0]
    assert all("(ficti" in line for line in ARTICLE.splitlines() if line.startswith(("###", "Tableau")))
    for name in ("study.yaml", "relations.yaml"):
        first = (STUDY.folder / name).read_text(encoding="utf-8").splitlines()[0].lower()
        assert "fictional" in first or "made-up" in first
    assert "fictif" in (ROOT / "docs/audit-your-own.md").read_text(encoding="utf-8")
