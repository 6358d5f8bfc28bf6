"""One import for a notebook: rooms give their public names, a study answers for itself.

Oracle: the README's Python block, which says what each name is, and the verbs that a study's answers are made of.
"""

import subprocess
import sys
from importlib.util import find_spec
from types import ModuleType

import pytest

import relecture as rl

FACADES = ["", "answers", "disclosure", "printed", "report", "report.figures", "report.page", "report.tables", "stats",
           "text"]  # fmt: skip
HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "IPython")


def facade(path):
    __import__(name := f"relecture.{path}".rstrip("."))
    return sys.modules[name]


@pytest.mark.parametrize("path", FACADES)
class TestFacades:
    def test_every_public_name_is_found(self, path):
        assert [name for name in facade(path).__all__ if getattr(facade(path), name) is None] == []

    def test_completion_offers_public_names_only(self, path):
        assert dir(facade(path)) == facade(path).__all__

    def test_an_unknown_name_is_refused_as_python_does(self, path):
        with pytest.raises(AttributeError, match="has no attribute 'rien'"):
            _ = facade(path).rien

    def test_no_member_is_hidden_by_a_module_of_its_name(self, path):
        """Importing `a.b.c` sets `c` in `a.b`: a function of that name would be there or not, after what was run."""
        room = facade(path)
        members = [name for name in room.__all__ if not isinstance(getattr(room, name), ModuleType)]
        assert [name for name in members if find_spec(f"{room.__name__}.{name}")] == []


def test_a_name_of_a_room_is_its_module_whatever_was_imported_before():
    """Oracle: the README imports `contingency` from `printed`, where its module is not."""
    from relecture.printed import contingency
    from relecture.printed.exact import contingency as module

    assert contingency is module


def test_loading_a_study_imports_nothing_heavy():
    code = "import sys, relecture as rl; rl.load_study('guefif'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(HEAVY) & set(done.stdout.split()) == set()


@pytest.fixture(scope="module")
def study():
    return rl.load_study("guefif")


class TestStudy:
    def test_it_is_loaded_by_name_or_folder(self, study):
        assert rl.load_study(study.folder) == study

    @pytest.mark.parametrize("name", rl.studies())
    def test_it_shows_itself_short(self, name):
        """Oracle: fifteen lines, the bound of the design."""
        study = rl.load_study(name)
        lines = repr(study).splitlines()
        assert lines[0].startswith(f"{name} : ") and len(lines) <= 15 and max(map(len, lines)) < 200
        assert study._repr_html_().count("<li>") + study._repr_html_().partition("<pre>")[2].count("\n") <= 15

    def test_showing_it_makes_no_finding(self, monkeypatch):
        """What takes seconds is not done to show a study; what was made before is told."""
        from relecture.printed import audit

        monkeypatch.setattr(audit, "audit", lambda *_, **__: pytest.fail("an audit"))
        assert "325" in repr(rl.load_study("guefif"))

    def test_completion_offers_what_can_be_asked_and_nothing_else(self, study):
        offered = dir(study)
        assert {"findings", "numbers", "verdict", "answers", "name"} <= {*offered}
        assert not [name for name in offered if name.startswith("_")] and "interviews" not in offered
        assert {"interviews"} - {*dir(rl.load_study("planchenault"))} == {*dir(rl.load_study("clausener"))} & {
            "answers"
        }

    def test_addresses_are_completed_and_a_wrong_one_suggests(self, study):
        assert study._ipython_key_completions_() == [row.address for row in study.rows]
        with pytest.raises(KeyError, match=r"Vouliez-vous dire « principal\.p »"):
            _ = study["principal.q"]

    def test_ipython_completes_verbs_and_addresses(self, study):
        from IPython.core.completer import IPCompleter, provisionalcompleter

        completer = IPCompleter(namespace={"study": study, "findings": study.findings(draws=False, repairs=False)})
        with provisionalcompleter():
            verbs, addresses, ids = (
                [one.text for one in completer.completions(typed, len(typed))]
                for typed in ("study.nu", 'study["bivariee.aisance.h', 'findings["tableaux.en')
            )
        assert (verbs, addresses, ids) == (["numbers"], ["bivariee.aisance.haut"], ["tableaux.ensemble"])

    def test_a_wrong_study_suggests_and_lists(self):
        with pytest.raises(rl.InputError, match=r"études connues : ajoodha.*Vouliez-vous dire « guefif »"):
            rl.load_study("guefi")

    def test_a_number_and_its_verdict_take_two_lines(self):
        """An errand of issue 20: find a number, read its verdict."""
        study = rl.load_study("guefif")
        assert "4,46" in study.numbers("aisance").frame()["printed"].tolist()
        assert "centré sur 7,74" in repr(study.verdict("bivariee.aisance.or"))

    def test_the_catalogue_lists_the_studies(self):
        assert [one.study for one in rl.catalogue()] == [*rl.studies()]

    def test_its_findings_are_those_of_the_audit_and_made_once(self, study):
        findings = study.findings(repairs=False, draws=False)
        assert list(findings) == rl.printed.audit.audit(study, repairs=False, draws=False)
        assert findings is study.findings(repairs=False, draws=False)

    def test_its_printed_numbers_are_frames(self, study):
        found = study.printed.counts("table1", ["genre"])
        assert found.equals(rl.printed.counts(study, "table1", ["genre"]))
        assert study.printed.total(study.about["sample"]) == 81

    def test_its_synthetic_answers_hold_the_tables_behind_its_odds_ratios(self, study):
        """Oracle: the design's bound, 175 printed numbers of 187 given back; the plan alone holds fewer."""
        assert study.answers().account["reproduced"].sum() >= 175
        assert rl.answers.respondents.gather(study).account["reproduced"].sum() < 175

    def test_own_answers_are_read(self, study, tmp_path):
        made = study.synthetic(n=20, seed=1).frame
        made.rename(lambda label: label.replace("synthetique", "r")).to_csv(tmp_path / "r.csv")
        people = study.answers(tmp_path / "r.csv")
        assert people.n == 20 and not people.synthetic

    def test_a_study_without_a_plan_says_who_has_one(self):
        with pytest.raises(rl.InputError, match=r"pas de réponses synthétiques.*guefif"):
            rl.load_study("planchenault").answers()

    def test_its_interviews_and_legends(self):
        study = rl.load_study("planchenault")
        assert study.interviews().label == "Corpus fictif"
        words = study.texts()("effectifs", n=15, smallest=5)
        assert words["caption"] == "Les 15 médecins interrogés, trait par trait"

    def test_its_story_is_filled_with_what_the_notebook_hands_over(self):
        results = {"hospital": 1, "town": 2, "wrong": "Quatre"}
        story = rl.load_study("zerhoui").story(**results)
        assert story.key_points[2].startswith("Quatre nombres imprimés") and len(story.causes) == 3

    def test_its_colophon_ends_with_what_is_added(self, study):
        lines = str(study.colophon({"Corpus": "fictif"}, seed=1)).splitlines()
        assert "Paramètres : graine = 1" in lines and lines[-1] == "Corpus : fictif"


@pytest.fixture(scope="module")
def findings(study):
    return study.findings(repairs=False, draws=False)


class TestFindings:
    def test_one_is_found_by_id_or_rank(self, findings):
        assert findings["principal.difference"].finding.explanation == "63,9 − 47,3 = 16,6"
        assert findings[findings[0].id] is findings[0]
        with pytest.raises(KeyError):
            _ = findings["rien"]

    def test_they_are_counted_and_framed_as_the_audit_does(self, findings):
        assert findings.tally() == rl.printed.audit.tally(findings)
        assert findings.frame().equals(rl.printed.audit.frame(findings))

    def test_they_show_themselves_in_one_line(self, findings):
        """Oracle: README's table, relations only."""
        assert str(findings).replace("\u00a0", " ").startswith("157 vérifications : ")


ERRANDS = {  # what a researcher asks, in at most two lines each, once the study is loaded
    "a number and its verdict": ('study.numbers("aisance")', 'study.verdict("bivariee.aisance.or")'),
    "two questions crossed": ("people = study.answers()", 'people.cross("aisance", by="groupe")'),
    "a figure": ("people = study.answers()", 'people.plot("aisance", by="groupe")'),
    "one group": ("people = study.answers()", 'people.where(groupe="predice").cross("aisance")'),
    "one's own file": ("people = study.answers(file)", 'people.cross("aisance")'),
    "code to copy": ("explorer = study.explore()", "explorer.answers.lines"),
}
TOLD = ("incohérent", "Mann-Whitney", "Figure", "(n = 21)", "(n = 81)", "people.cross(")


@pytest.mark.parametrize(("errand", "told"), [*zip(ERRANDS, TOLD, strict=True)])
def test_six_errands_of_a_researcher_take_two_lines_each(errand, told, tmp_path):
    study, file = rl.load_study("guefif"), tmp_path / "guefif.synthetic.csv"
    if errand == "one's own file":
        study.synthetic().frame.to_csv(file)
    *before, last = ERRANDS[errand]
    known = {"study": study, "file": file}
    exec("\n".join(before), known)
    assert len(ERRANDS[errand]) <= 2 and told in str(eval(last, known)).replace("\u00a0", " ")
