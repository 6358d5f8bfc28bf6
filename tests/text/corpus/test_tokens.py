"""Spoken French is cut into forms as a reader would; lists say what is set aside. Expected forms are ours, by hand."""

import time

import pytest
import simplemma
import yaml

from relecture.text.corpus import tokens as forms
from relecture.text.corpus.iramuteq import Corpus, Passage, Text, parse_corpus
from relecture.text.corpus.tokens import TextSettings, tokenise


def _forms(words, **settings):
    found = tokenise(Corpus((Text((Passage(words),)),)), TextSettings(**settings))
    return list(found["form"]), [form for form, active in zip(found["form"], found["active"], strict=True) if active]


@pytest.mark.parametrize(
    ("words", "every", "active"),
    [
        ("L'hôpital n’envoie rien", "le hôpital ne envoyer rien", "hôpital envoyer"),
        ("Qu’est-ce qu'on scanne ?", "qu'est-ce_que on scanner", "scanner"),
        ("aujourd’hui, quelqu'un d'abord", "aujourd'hui quelqu'un abord", ""),
        ("les messageries sécurisées", "le messagerie_sécurisée", "messagerie_sécurisée"),
        ("des mots\nde passe", "un mot_de_passe", "mot_de_passe"),
        ("deux mots. De passe", "deux mot de passer", "mot"),  # no term over punctuation
        ("MOTS_DE_PASSE au DMP", "mot_de_passe au dmp", "mot_de_passe dmp"),
        ("bon_de_transport", "bon_de_transport", "bon_de_transport"),  # joined by the one who prepared the corpus
        ("le médecin-patient", "le médecin patient", "médecin patient"),
        ("la relation médecin-patient", "le relation_médecin_patient", "relation_médecin_patient"),
        ("Peut-on, dit-il, rendez-vous", "pouvoir on dire il rendez-vous", "rendez-vous"),
        ("télé-expertise et e-mails", "téléexpertise et mail", "téléexpertise mail"),
        ("le D.M.P. et le R.G.P.D.", "le dmp et le rgpd", "dmp rgpd"),
        ("en 2019, 24h sur 24", "en 2019 24h sur 24", ""),
        ("du coup, par exemple, en fait", "du_coup par_exemple en_fait", ""),
        ("<b>patient</b> & 👍 x", "b patient b x", "patient"),
        ("a" * 80, "a" * 80, ""),  # no word
        ("… !", "", ""),
    ],
)
def test_words_become_forms(words, every, active):
    found = _forms(words)
    assert found == (every.split(), active.split())


def test_a_reader_may_set_words_aside_and_join_others():
    assert _forms("Le bon de transport du patient", terms=("bon de transport",), ignored=("Patient",))[1] == [
        "bon_de_transport"
    ]
    assert _forms("Les patients", lemmatise=False)[1] == ["patients"]


def test_tokens_know_their_place():
    corpus = parse_corpus("**** *m_1\n-*a\nL'écran, là.\n-*b\nOui\n**** *m_2\nLe DMP ? Non : jamais")
    found = tokenise(corpus)
    words = [corpus.texts[row.text].passages[row.passage].text[row.start : row.end] for row in found.itertuples()]
    assert words == ["L'", "écran", "là", "Oui", "Le", "DMP", "Non", "jamais"]
    assert found["strength"].tolist() == [0, 1, 6, 0, 0, 6, 5, 0]
    assert found[["text", "passage"]].to_numpy().tolist() == [[0, 0]] * 3 + [[0, 1]] + [[1, 0]] * 4


def test_the_settings_are_told():
    told = TextSettings(segment_size=30, ignored=("euh",)).table().set_index("setting")["value"]
    assert told["lemmatisation"].startswith("simplemma 2")
    assert told["taille visée d'un segment"] == "30 mots"
    assert told["mots-outils mis de côté"].endswith(", et euh")


def test_the_lists_hold_together():
    lists = yaml.safe_load(forms.FRENCH_LISTS.read_text(encoding="utf-8"))
    terms = [*lists["terms"], *lists["function_terms"]]
    assert len(terms) == len(set(terms))
    assert all(" " in term or "-" in term or "'" in term for term in terms)
    below = forms.FRENCH_LISTS.read_text(encoding="utf-8").partition("lemmas:\n")[2]
    words = [line.strip().partition(":")[0] for line in below.splitlines()]
    assert words == list(lists["lemmas"])  # none given twice
    for word, lemma in lists["lemmas"].items():
        assert word == word.lower()
        assert "-" in word or simplemma.lemmatize(word, lang="fr").lower() != lemma, f"{word}: nothing to mend"
    for term in lists["terms"]:  # each is found as it is written, and counts
        assert _forms(term)[1] == ["_".join(term.split())], term
    for term in lists["function_terms"]:
        assert _forms(term)[1] == [], term


@pytest.mark.timed
@pytest.mark.parametrize("hostile", ["a" * 10**6, "l'" * 10**5, "a-" * 10**5, "a." * 10**5, "mot de " * 10**5])
def test_hostile_words_take_no_time(hostile):
    start = time.perf_counter()
    assert len(_forms(hostile)[0]) >= 1
    assert time.perf_counter() - start < 5
