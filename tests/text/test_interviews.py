"""Whose words, and what of them may be shown. Counts are made by hand on texts written here."""

import pytest

from relecture import load_study
from relecture.core.errors import InputError
from relecture.text import interviews
from relecture.text.corpus import segments
from relecture.text.corpus.iramuteq import parse
from relecture.text.corpus.tokens import Settings
from relecture.text.interviews import attempted, gather
from relecture.text.lexicon import cooccurrence, printed_terms


@pytest.fixture(scope="module")
def study():
    return load_study("planchenault")


def corpus(tmp_path, *texts):
    path = tmp_path / "mien.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_without_a_file_the_fictional_interviews_speak(study):
    words = gather(study)
    assert (words.n, words.fictional, words.label) == (15, True, "Corpus fictif")
    assert {"participant", "fiction", "engagement"} <= set(words.withheld)  # one text a modality, or one modality
    assert "usage" in words.variables


def test_a_form_that_one_text_alone_says_is_not_counted(study, tmp_path):
    """« dossier » is said three times in two texts, « caméra » four times in one."""
    path = corpus(
        tmp_path, "**** *m_1\nDossier, dossier. Caméra caméra caméra caméra.", "**** *m_2\ndossier", "**** *m_3\noui"
    )
    assert gather(study, path).cut.forms["form"].tolist() == ["dossier"]


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
    words = gather(study, corpus(tmp_path, *said), smallest=smallest)
    assert words.variables == (("v",) if compared else ())


def test_own_codes_stay_as_they_are_and_fictional_ones_are_told(study, tmp_path):
    import pandas as pd

    codes = pd.DataFrame({"variable": ["usage"], "modality": ["fort"]})
    own = gather(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)]))
    assert own.named(codes).to_numpy().tolist() == [["usage", "fort"]]
    assert gather(study).named(codes).to_numpy().tolist() == [["Utilisation d'outils numériques", "Forte"]]


def test_the_account_counts_what_was_read(study, tmp_path):
    words = gather(study, corpus(tmp_path, *[f"**** *m_{n}\nUn dossier, un dossier." for n in range(3)]))
    told = words.account().set_index("setting")["value"]
    assert told[["textes", "segments", "mots", "formes actives comptées"]].tolist() == ["3", "3", "12", "1"]
    assert "textes qui en répètent un autre mot pour mot : 2" in told["à savoir"]


@pytest.mark.parametrize(("count", "told"), [(1, "1 texte ; il en faut au moins 3"), (2, "2 textes ; il en faut")])
def test_too_few_texts_are_refused(study, tmp_path, count, told):
    with pytest.raises(InputError, match=told):
        gather(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(count)]))


def test_a_corpus_beyond_all_patience_is_refused(study, tmp_path, monkeypatch):
    monkeypatch.setattr(interviews, "LARGEST", 10)
    with pytest.raises(InputError, match="une page en accepte 10"):
        gather(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)]))


def test_another_corpus_has_another_fingerprint(study, tmp_path):
    one = gather(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier" for n in range(3)])).fingerprint
    two = gather(study, corpus(tmp_path, *[f"**** *m_{n}\ndossier dossier." for n in range(3)])).fingerprint
    assert len(one) == 64 and one != two


def test_attempted_gives_the_reason_of_a_refusal_and_lets_a_fault_of_ours_through():
    cut, refused = attempted(segments.prepare, parse("Le dossier."), Settings(min_frequency=1))
    assert refused == "" and cut.forms["form"].tolist() == ["dossier"]
    assert attempted(segments.prepare, parse("Oui."))[0] is None
    with pytest.raises(TypeError):
        attempted(segments.prepare)


def test_printed_terms_are_found_in_the_communities_of_their_forms():
    cut = segments.prepare(parse("Le dossier du patient. Le patient ouvre."), Settings(min_frequency=1))
    graph = cooccurrence.network(cut)
    groups = [{"label": "Données", "terms": ["lien patient", "éthique"]}]
    found = printed_terms.located(groups, graph)
    assert found["forms"].tolist() == [("lien", "patient"), ("éthique",)]
    assert found["communities"].tolist() == [(1,), ()]
