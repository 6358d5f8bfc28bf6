"""Whose words, and what of them may be shown. Counts are made by hand on texts written here."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from relecture import load_study
from relecture.core.errors import InputError
from relecture.text import interviews
from relecture.text.corpus import segments
from relecture.text.corpus.iramuteq import parse_corpus
from relecture.text.corpus.tokens import TextSettings
from relecture.text.interviews import load_interviews, result_or_refusal


@pytest.fixture(scope="module")
def study():
    return load_study("planchenault")


def corpus(tmp_path, *texts):
    path = tmp_path / "mien.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_without_a_file_the_fictional_interviews_speak(study):
    words = load_interviews(study)
    assert (words.n, words.fictional, words.label) == (15, True, "Corpus fictif")
    assert {"fictif", "fiction", "exercice"} <= set(words.withheld)  # one text a modality, or one modality
    assert "usage" in words.variables


def test_a_form_that_one_text_alone_says_is_not_counted(study, tmp_path):
    """« dossier » is said three times in two texts, « caméra » four times in one."""
    path = corpus(
        tmp_path, "**** *m_1\nDossier, dossier. Caméra caméra caméra caméra.", "**** *m_2\ndossier", "**** *m_3\noui"
    )
    assert load_interviews(study, path).segmented.forms["form"].tolist() == ["dossier"]


# reason, modalities of *v in six texts, smallest group, whether v is compared
CASES = [
    ("three and three", "aaabbb", 3, True),
    ("two of six stand out", "aaaabb", 3, False),
    ("one alone, whatever is asked", "aaaaab", 1, False),
    ("nobody to compare with", "aaaaaa", 3, False),
    ("two texts without it are a group too", "aaaa..", 3, False),
]


@pytest.mark.parametrize(("modalities", "smallest", "compared"), [case[1:] for case in CASES])
def test_a_variable_is_compared_when_no_group_is_small(study, tmp_path, modalities, smallest, compared):
    said = [f"**** *m_{n}{'' if v == '.' else f' *v_{v}'}\ndossier dossier" for n, v in enumerate(modalities)]
    words = load_interviews(study, corpus(tmp_path, *said), smallest=smallest)
    assert words.variables == (("v",) if compared else ())


def test_own_codes_stay_as_they_are_and_fictional_ones_are_told(study, tmp_path):
    import pandas as pd

    codes = pd.DataFrame({"variable": ["usage"], "modality": ["fort"]})
    own = load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)]))
    assert own.with_labels(codes).to_numpy().tolist() == [["usage", "fort"]]
    assert load_interviews(study).with_labels(codes).to_numpy().tolist() == [["Usage du numérique", "fort"]]


def test_modalities_stand_in_the_order_of_their_document_and_not_of_the_alphabet(study):
    """Oracle: the order of corpus.fictif.yaml: fort, moyen, faible."""
    import pandas as pd

    modalities = ["faible", "fort", "moyen", "40a59", "moins40"]
    codes = pd.DataFrame({"variable": ["usage"] * 3 + ["age"] * 2, "modality": modalities})
    interviews = load_interviews(study)
    assert interviews.with_labels(codes)["modality"].tolist()[:3] == ["fort", "moyen", "faible"]
    assert interviews.with_labels(codes)["modality"].tolist()[3:] == ["moins de 40 ans", "40 à 59 ans"]
    ranked = interviews.with_labels(codes.assign(**{"class": 1}))
    assert ranked["modality"].tolist()[:2] == ["faible", "fort"]  # of a class, the most typical first


def test_the_account_counts_what_was_read(study, tmp_path):
    words = load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\nUn dossier, un dossier." for n in range(3)]))
    told = words.account().set_index("setting")["value"]
    assert told[["textes", "segments", "mots", "formes actives comptées"]].tolist() == ["3", "3", "12", "1"]
    assert "textes qui en répètent un autre mot pour mot : 2" in told["à savoir"]


@pytest.mark.parametrize(("count", "told"), [(1, "1 texte ; il en faut au moins 3"), (2, "2 textes ; il en faut")])
def test_too_few_texts_are_refused(study, tmp_path, count, told):
    with pytest.raises(InputError, match=told):
        load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(count)]))


def test_a_corpus_beyond_all_patience_is_refused(study, tmp_path, monkeypatch):
    monkeypatch.setattr(interviews, "MAX_CHARACTERS", 10)
    with pytest.raises(InputError, match="une page en accepte 10"):
        load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)]))


def test_another_corpus_has_another_fingerprint(study, tmp_path):
    one = load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)])).fingerprint
    two = load_interviews(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier." for n in range(3)])).fingerprint
    assert len(one) == 64 and one != two


def test_variables_that_do_not_follow_their_schema_are_refused_with_their_line(study, tmp_path):
    (tmp_path / interviews.CORPUS_FILE).write_bytes((study.folder / interviews.CORPUS_FILE).read_bytes())
    text = "notice: fictif\nvariables:\n  age: {colonne: age, modalities: {plus 60: x}}\n"
    (tmp_path / interviews.VARIABLES_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_interviews(replace(study, folder=tmp_path))
    assert refused.value.faults == (
        "corpus.fictif.yaml, ligne 3, variables.age : « colonne » inconnu ; attendus : label, modalities",
        "corpus.fictif.yaml, ligne 3, variables.age.modalities : « plus 60 » ; "
        "attendu : des lettres sans accent et des chiffres, sans espace ni _",
    )


def test_a_result_or_the_reason_of_a_refusal_and_lets_a_fault_of_ours_through():
    cut, refused = result_or_refusal(
        segments.segment_corpus, parse_corpus("Le dossier."), TextSettings(min_frequency=1)
    )
    assert refused == "" and cut.forms["form"].tolist() == ["dossier"]
    assert result_or_refusal(segments.segment_corpus, parse_corpus("Oui."))[0] is None
    with pytest.raises(TypeError):
        result_or_refusal(segments.segment_corpus)


CODE = """
from relecture import load_study
from relecture.text.interviews import load_interviews
from relecture.text.lexicon import class_profiles, cooccurrence
segmented = load_interviews(load_study("planchenault")).segmented
hierarchy = class_profiles.classify_segments(segmented).hierarchy
graph = cooccurrence.build_network(segmented, index="jaccard")
print(hierarchy.classes().tolist(), hierarchy.groups_table().to_csv(), graph.nodes.to_csv(), graph.edges.to_csv())
"""


def test_another_process_gives_the_same_classes_tree_links_and_places(capfd):
    """With another hash seed."""
    exec(CODE, {})
    sys.stdout.flush()
    here = capfd.readouterr().out
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    run = [sys.executable, "-c", CODE]
    there = subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout
    assert len(here) > 1000
    assert here == there
