"""The codebook says what each column holds, in words, and leaves the rest of a README alone."""

import shutil

import pytest

from relecture.answers import codebook
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.conditions import parse
from relecture.core.errors import InputError
from relecture.core.study import ROOT, load_study

CONDITIONS = [
    ({"equals": {"mss": "oui"}}, "`mss` is `oui`"),
    ({"in": {"avis.simple": ["bof", "non"]}}, "`avis.simple` is one of `bof`, `non`"),
    ({"not": {"selected": {"outils": "tablette"}}}, "not (`outils` has `tablette`)"),
    (
        {"all": [{"equals": {"a": "x"}}, {"any": [{"equals": {"b": "y"}}, {"equals": {"c": "z"}}]}]},
        "`a` is `x` and (`b` is `y` or `c` is `z`)",
    ),
]


@pytest.mark.parametrize(("tree", "words"), CONDITIONS)
def test_a_condition_in_words(tree, words):
    assert codebook.condition_words(parse(tree)) == words


LINES = [
    "`jouet`, *Un jouet*: 8 questions of the form, 9 items, 15 columns. Jouet 2024, annexe 1, l. 10–60. "
    "Collected by: entretien.",
    "« Merci de répondre pour votre cabinet. »",
    "| 1 | `mss` | single | Avez-vous une messagerie sécurisée ? | `oui` Oui · `non` Non · `ne_sait_pas` Je ne sais pas"
    " |  | 12–13 |",
    "| 2 | `lesquelles` | multiple | Lesquelles ? | `mailiz` Mailiz · `apicrypt` Apicrypt (counted as `payante`) · "
    "`lifen` Lifen (counted as `payante`) · `autre` Autre (not on the form) · `aucune` Aucune, en fait (alone). "
    "At least 1. At most 2. | `mss` is `oui` | 14–18 |",
    "| 2 | `lesquelles_autre` | text | Précisez | free text | `lesquelles` has `autre` | 18 |",
    "| `lente` | Elle est lente. |",
    "- 2, `lesquelles`: La condition n'est pas écrite sur le formulaire.",
    "| 5 | `alarme` | single, observed | Y a-t-il une alarme ? | `oui` Oui · `non` Non |  | 30 |",
    "| 6 | `age` | number | Votre âge ? (En années révolues) | from 24 to 75 ans |  | 31 |",
    "| 7 | `duree` | number | Depuis combien d'années ? | from 0 ans (decimals: 1) |  | 32 |",
    "| 8 | `ville` | text, identifying | Votre commune ? | free text |  | 33 |",
    "`note_avis`, Score d'avis: the sum of the rows of `avis`, `oui` 3, `bof` 2, `non` 1. Rows counted the other way "
    "round: `lente`. Rows answered `sans_objet` take the row's median. Plus le score est haut, meilleur est l'avis.",
    "| `groupe` | `autres` | non équipés | `mss` is one of `non`, `ne_sait_pas` |",
    "| `sans_reponse` | sans réponse | asked, and left without an answer |",
]


@pytest.mark.parametrize("line", LINES)
def test_the_codebook_has_the_line(toy, line):
    assert line in codebook.instrument_markdown(toy).splitlines()


def test_probes_and_never_asked_items_are_told(toy):
    (line,) = [line for line in codebook.instrument_markdown(toy).splitlines() if "`raison`" in line]
    assert "| text, never asked | Pourquoi pas plus simple ? (Un exemple ? ; Et au cabinet ?) |" in line


def test_tables_have_as_many_cells_in_every_row(document):
    document["sections"][0]["items"][0]["label"] = "Oui | non ?"
    text = codebook.instrument_markdown(instrument.build(document))
    assert "Oui \\| non ?" in text
    for block in text.split("\n\n"):
        widths = {line.replace("\\|", "").count("|") for line in block.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_only_what_stands_between_the_markers_is_written_again(toy):
    text = f"# Avant\n\n{codebook.START}\nancien\n{codebook.END}\n\nAprès\n"
    done = codebook.with_instrument(text, toy)
    assert done.startswith(f"# Avant\n\n{codebook.START}\n`jouet`, ")
    assert done.endswith(f"{codebook.END}\n\nAprès\n")
    assert "ancien" not in done
    assert codebook.with_instrument(done, toy) == done


def test_a_readme_without_markers_is_refused(toy):
    with pytest.raises(InputError, match=r"^README\.md : il manque les marques"):
        codebook.with_instrument("# Sans marques\n", toy)


def test_the_command_rewrites_every_study_that_has_an_instrument(tmp_path, capsys):
    for name in ("guefif", "exemple"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    readme = tmp_path / "data/guefif/README.md"
    good = readme.read_text(encoding="utf-8")
    part = codebook.instrument_markdown(instrument.load(load_study("guefif")))
    readme.write_text(good.replace(part, "périmé\n"), encoding="utf-8")
    assert codebook.main(tmp_path) == 0
    assert readme.read_text(encoding="utf-8") == good
    assert codebook.main(tmp_path) == 0
    assert capsys.readouterr().out == "guefif/README.md : réécrit\nguefif/README.md : à jour\n"


def test_a_study_at_fault_is_told_and_the_others_are_written(tmp_path, capsys):
    for name in ("ajoodha", "guefif"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    (tmp_path / "data/ajoodha/instrument.yaml").write_text("id: ajoodha\nid: encore\n", encoding="utf-8")
    assert codebook.main(tmp_path) == 1
    told = capsys.readouterr()
    assert told.err == "ajoodha : instrument.yaml, ligne 2 : clé « id » répétée\n"
    assert told.out == "guefif/README.md : à jour\n"


def test_a_day_and_a_time_are_told_as_they_are_written(hard):
    text = codebook.instrument_markdown(hard)
    assert "| `jour` | date | Quel jour ? | a date, `2024-05-31` |" in text
    assert "| `heure` | time | À quelle heure ? | a time of the day, `14:30` |" in text
