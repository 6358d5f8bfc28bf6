"""What a tool exports is read back as the frame it came from; anything else is refused, place by place.

The oracle of the round trips is the frame itself: valid answers drawn respondent by respondent (`random_answers`)
and written in the words of each tool by `as_exported`.
"""

import csv
import io
import os
import random

import pandas as pd
import pytest

from relecture import ROOT, InputError, load_study, studies
from relecture.answers.files import validation
from relecture.answers.formats.registry import FORMATS
from relecture.answers.questionnaire import instrument
from relecture.answers.tables.delimited import DELIMITERS

WAYS = {  # delimiter and encoding that each tool, or a spreadsheet after it, writes
    "xlsform": (",", "utf-8"),
    "limesurvey": ("\t", "utf-16"),
    "redcap": (",", "cp1252"),
    "surveyjs": (";", "utf-8-sig"),
    "tableschema": ("|", "utf-8"),
}
OWN = "repondant,mss,lesquelles,lesquelles_autre,avis.simple,avis.sure,avis.lente,raison,alarme,age,duree,ville\n"
SHARE = 1 if "CI" in os.environ else 10  # of the spoiled files: all of them, or one in ten
FINE = "a,oui,mailiz lifen,,oui,bof,sans_objet,,non,41,2.5,Pau\n"


def filed(frame, delimiter=",", encoding="utf-8"):
    file = io.StringIO()
    frame.to_csv(file, sep=delimiter, index=False, quoting=csv.QUOTE_MINIMAL)
    return file.getvalue().encode(encoding)


def told(one, content):
    answers, found = validation.check(one, content if isinstance(content, bytes) else content.encode())
    assert (answers is None) == bool(found)
    return [str(fault) for fault in found]


FORMS = [name for name in studies() if (ROOT / "data" / name / instrument.FILE).exists()]


@pytest.fixture(scope="module")
def instruments(toy):
    return {"toy": toy} | {name: instrument.load(load_study(name)) for name in FORMS}


@pytest.mark.parametrize("name", ["toy", *FORMS])
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_a_tool_writes_is_read_back(instruments, random_answers, as_exported, name, form):
    one, (delimiter, encoding) = instruments[name], WAYS.get(form, (",", "utf-8"))
    frame = random_answers(one, 40, seed=3)
    answers = validation.read(one, filed(as_exported(FORMATS[form], one, frame), delimiter, encoding))
    pd.testing.assert_frame_equal(answers.frame, frame)
    assert (answers.summary.delimiter, answers.summary.notes) == (DELIMITERS[delimiter], ())


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_any_delimiter_in_any_encoding(toy, random_answers, as_exported, form, delimiter, encoding):
    frame = random_answers(toy, 12, seed=5)
    found = validation.read(toy, filed(as_exported(FORMATS[form], toy, frame), delimiter, encoding)).frame
    pd.testing.assert_frame_equal(found, frame)


def test_the_coded_frame_itself_is_read_back(toy, random_answers):
    frame = random_answers(toy, 30, seed=8)
    answers = validation.read(toy, filed(frame.reset_index(), ";", "utf-8-sig"))
    pd.testing.assert_frame_equal(answers.frame, frame)
    assert set(map(str, answers.frame.dtypes)) == {"str"}
    how = "format reconnu : Relecture, UTF-8, points-virgules"
    assert str(answers) == f"30 réponses, 15 colonnes : aucune faute ({how})"


@pytest.mark.parametrize(
    ("cells", "column", "cell"),
    [
        ({"mss": " OUI "}, "mss", "oui"),  # a label, whatever its case and blanks
        ({"mss": "JE  NE\u00a0SAIS PAS", "lesquelles": ""}, "mss", "ne_sait_pas"),
        ({"avis.simple": "d’accord"}, "avis.simple", "oui"),
        ({"lesquelles": "Mailiz; Lifen"}, "lesquelles.lifen", "1"),
        ({"lesquelles": "Aucune, en fait"}, "lesquelles.aucune", "1"),  # a label that holds a separator
        ({"lesquelles": ""}, "lesquelles.mailiz", "sans_reponse"),
        ({"age": "41.0000000000"}, "age", "41"),  # LimeSurvey's numbers
        ({"duree": "2,50"}, "duree", "2.5"),  # a French spreadsheet's
        ({"duree": "0,0"}, "duree", "0"),
        ({"ville": "'=1+1"}, "ville", "=1+1"),  # the apostrophe of a protected formula
        ({"ville": "<b>Pau</b>"}, "ville", "<b>Pau</b>"),  # hostile, but a text
        ({"ville": "  "}, "ville", "sans_reponse"),
        ({"lesquelles_autre": "non_pose"}, "lesquelles_autre", "non_pose"),
        ({"lesquelles_autre": "sans_reponse"}, "lesquelles_autre", "non_pose"),  # recomputed
    ],
)
def test_what_is_recognised(toy, cells, column, cell):
    row = dict(zip(OWN.strip().split(","), FINE.strip().split(","), strict=True)) | cells
    frame = validation.read(toy, filed(pd.DataFrame([row]), ";")).frame
    assert frame.at["a", column] == cell


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"mss": "Ouii"}, "colonne « mss » : « Ouii » n'est pas une réponse prévue (oui, non, ne_sait_pas)"),
        ({"mss": "sans_objet"}, "« sans_objet » n'est pas une réponse prévue (oui, non, ne_sait_pas)"),
        ({"lesquelles": "mailiz mailiz"}, "colonne « lesquelles » : « mailiz mailiz » n'est pas une liste de réponses"),
        ({"lesquelles": "mailiz aucune"}, "« aucune » ne va avec aucun autre choix"),
        ({"lesquelles": "mailiz lifen apicrypt"}, "« mailiz apicrypt lifen » : au plus 2 choix attendus"),
        ({"age": "23"}, "colonne « age » : « 23 » est hors des bornes (au moins 24, au plus 75)"),
        ({"age": "76"}, "colonne « age » : « 76 » est hors des bornes (au moins 24, au plus 75)"),
        ({"age": "41.5"}, "colonne « age » : « 41.5 » a trop de décimales (0 au plus)"),
        ({"duree": "-0.1"}, "colonne « duree » : « -0.1 » est hors des bornes (au moins 0)"),
        *(({"age": bad}, f"« {bad} » n'est pas un nombre") for bad in ("nan", "inf", "4e1", "041", "4 1", "+41", "٤١")),
        ({"lesquelles_autre": "x"}, "« x » : la question n'est pas posée à ce répondant, d'après « lesquelles »"),
        ({"mss": "non_pose", "lesquelles": ""}, "« non_pose » : la question est posée à ce répondant"),
        ({"alarme": "non_pose"}, "« non_pose » : la question est posée à ce répondant, d'après le formulaire"),
        ({"ville": "sans_objet"}, "colonne « ville » : « sans_objet » est un code réservé"),
        ({"ville": "Pau\x07"}, r"colonne « ville » : « Pau\x07 » contient un caractère de contrôle"),
        ({"ville": "x" * 100_001}, "a 100001 signes (100000 au plus)"),
        ({"repondant": ""}, "colonne « repondant » : ne désigne pas un répondant"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(toy, cells, fault):
    row = dict(zip(OWN.strip().split(","), FINE.strip().split(","), strict=True)) | cells
    (line,) = [one for one in told(toy, filed(pd.DataFrame([row]))) if "d'après « mss »" not in one]
    assert line.startswith("ligne 2, colonne « ")
    assert fault in line


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ["fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"]),
        (b"\n\n", ["fichier : vide : une ligne de titres puis une ligne par réponse sont attendues"]),
        (OWN, ["fichier : aucune réponse sous la ligne de titres"]),
        (b"PK\x03\x04abc", ["fichier : archive ou classeur abîmé, ou incomplet"]),
        (b"age\n4\x001\n", ["ligne 2 : caractère nul : ce n'est pas un fichier CSV"]),
        (OWN + FINE + "b,1\n", ["ligne 3 : 2 cellules au lieu de 12"]),
        (OWN + FINE + FINE.replace("41", "42"), [
            "ligne 3, colonne « repondant » : « a » désigne déjà le répondant de la ligne 2"
        ]),
        (OWN + "a" + "," * 11 + "\n", ["fichier : aucune réponse : 1\xa0ligne, 1 sans réponse"]),
        (OWN + FINE + 'b,"oui', ["ligne 3 : écriture CSV incorrecte (guillemet mal fermé ?)"]),
        (OWN.replace("ville", "vile") + FINE, [
            "ligne 1, colonne « vile » : colonne inconnue du questionnaire",
            "ligne 1, colonne « ville » : colonne absente du fichier",
        ]),
        (OWN.replace("ville", "age") + FINE, [
            "ligne 1, colonne « age » : la colonne n° 10 est déjà celle de cette question",
            "ligne 1, colonne « ville » : colonne absente du fichier",
        ]),
        ("a,b\n1,2\n", [
            "ligne 1 : « a, b » : aucune question de ce questionnaire n'est reconnue (colonnes lues : 2). Est-ce le "
            "fichier de cette étude ? Sa ligne de titres doit porter les codes des questions ou leur énoncé : mss, ou "
            "« Avez-vous une messagerie sécurisée ? »…"
        ]),
        ((OWN + FINE).replace("repondant", ""), ["ligne 1 : la colonne n° 1 n'a pas de titre"]),
        ("Ã©tÃ©\n".encode("cp1252") + b"\xff\n", [
            "ligne 2 : ni UTF-8, ni UTF-16, ni Windows-1252 : l'enregistrer en UTF-8"
        ]),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_is_refused(toy, content, lines):
    assert told(toy, content) == lines


def test_all_faults_come_at_once_and_bring_no_other_along(toy):
    rows = "a,ouii,mailiz,,oui,bof,oui,,oui,410,2,Pau\nb,non,lifen,,,,,,peut-être,30,x,\n"
    assert told(toy, OWN + rows) == [  # « mss » of line 2 decides « lesquelles » and « avis »: nothing is said of them
        "ligne 2, colonne « mss » : « ouii » n'est pas une réponse prévue (oui, non, ne_sait_pas)",
        "ligne 2, colonne « age » : « 410 » est hors des bornes (au moins 24, au plus 75)",
        "ligne 3, colonne « alarme » : « peut-être » n'est pas une réponse prévue (oui, non)",
        "ligne 3, colonne « duree » : « x » n'est pas un nombre (au moins 0)",
        "ligne 3, colonne « lesquelles » : « 1 » : la question n'est pas posée à ce répondant, d'après « mss » (vide)",
    ]


def test_without_labels_respondents_are_numbered_and_identical_rows_refused(toy):
    header, row = (text.partition(",")[2] for text in (OWN, FINE))
    answers = validation.read(toy, (header + row + row.replace("41", "42")).encode())
    assert list(answers.frame.index) == ["1", "2"]
    assert answers.summary.notes == ("pas de colonne « id » : les répondants sont numérotés",)
    assert told(toy, header + row + row) == [
        "ligne 3 : la même ligne figure déjà plus haut ; une colonne « repondant » distinguerait deux répondants"
    ]


def test_the_columns_of_a_tool_and_its_groups_are_left_aside_and_told(toy, random_answers, as_exported):
    frame = random_answers(toy, 10, seed=1)
    kobo = as_exported(FORMATS["xlsform"], toy, frame).drop(columns="KEY")
    section = {item.id: one.id for one in toy.sections for item in one.items}
    groups = {name: f"section__{section[name.partition('__')[0]]}/{name}" for name in kobo}
    kobo = kobo.rename(columns=groups | {n: f"section__usage/avis/{n}" for n in kobo if n.startswith("avis")})
    for choice in toy["lesquelles"].choices:  # both forms at once, as Kobo exports them
        ticked = frame[f"lesquelles.{choice.id}"].map({"1": "1", "0": "0"}).fillna("")
        kobo[f"section__usage/lesquelles/{choice.id}"] = ticked
    kobo["_uuid"] = kobo["_id"] = [str(rank) for rank in range(10)]
    answers = validation.read(toy, filed(kobo, ";"))
    assert answers.frame.reset_index(drop=True).equals(frame.reset_index(drop=True))
    assert (answers.summary.tool, answers.summary.service) == ("KoboToolbox", ("_uuid",))
    wrong = kobo.copy()
    row = frame["lesquelles.lifen"].eq("1").argmax()
    wrong.loc[wrong.index[row], "section__usage/lesquelles/lifen"] = "0"
    (line,) = told(toy, filed(wrong, ";"))
    assert line.startswith(f"ligne {row + 2}, colonne « section__usage/lesquelles »")
    assert line.endswith("ne dit pas la même chose que les cases de la question")


def test_a_missing_code_stands_in_all_the_boxes_or_in_none(toy, random_answers):
    frame = random_answers(toy, 10, seed=2).reset_index()
    row = frame["lesquelles.mailiz"].isin(["0", "1"]).argmax()
    frame.loc[row, "lesquelles.mailiz"] = "sans_reponse"
    assert told(toy, filed(frame)) == [
        f"ligne {row + 2}, colonne « lesquelles.mailiz » : « lesquelles » : un code d'absence de réponse vaut pour "
        "toutes les cases de la question"
    ]


def test_blank_lines_and_blank_columns_are_left_aside_and_told(toy):
    content = OWN.replace("\n", ",,\n") + FINE.replace("\n", ",,\n") + "," * 13 + "\n"
    notes = validation.read(toy, content.encode()).summary.notes
    assert notes == ("lignes vides laissées de côté : 3", "colonnes sans titre ni cellule laissées de côté : 2")


def test_a_refusal_is_an_input_error_and_leaves_the_file_alone(toy, tmp_path):
    path = tmp_path / "réponses.csv"
    path.write_bytes((OWN + FINE.replace("41", "410")).encode())
    before = path.read_bytes()
    with pytest.raises(InputError) as refused:
        validation.read(toy, path)
    assert refused.value.faults == ("ligne 2, colonne « age » : « 410 » est hors des bornes (au moins 24, au plus 75)",)
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", ["rien.csv", "."])
def test_a_path_that_is_no_file_is_refused(toy, tmp_path, path):
    with pytest.raises(InputError, match=r"absent|fichier"):
        validation.read(toy, tmp_path / path)


@pytest.mark.parametrize(("name", "files", "seed"), [("mini", 4_500, 1), ("toy", 450, 2), ("guefif", 50, 3)])
def test_a_spoiled_file_is_refused_or_read_as_it_is_written(sources, spoiling, name, files, seed):
    one, frames = sources[name]
    rng, accepted, files = random.Random(seed), 0, files // SHARE
    for _ in range(files):
        ways = rng.choices([*spoiling.doubtful, *spoiling.fatal, *spoiling.harmless], k=rng.choice([1, 1, 2, 3]))
        raw = spoiling.spoiled(spoiling.rows_of(rng.choice(frames)), rng, ways)
        answers, faults = validation.check(one, raw)
        assert (answers is None) == bool(faults), ways
        assert all(str(fault) and str(fault).isprintable() for fault in faults), ways
        if answers is not None:
            accepted += 1
            spoiling.agrees(one, raw, answers)
        fatal = set(spoiling.fatal) - {"header twice", "row twice"}
        assert answers is None or not set(ways) & fatal or len(ways) > 1, (ways, raw)
    assert files // 25 < accepted < files // 2  # the oracle has something to look at


@pytest.mark.parametrize("name", ["mini", "toy", "guefif"])
def test_what_only_rewrites_a_file_is_read_back(sources, spoiling, name):
    one, frames = sources[name]
    rng = random.Random(7)
    for frame in frames[:10]:
        ways = rng.sample(spoiling.harmless if name == "mini" else ("columns", "ends", "blank"), k=2)
        answers = validation.read(one, spoiling.spoiled(spoiling.rows_of(frame), rng, ways))
        assert answers.frame.replace({"\r": "\n"}).equals(frame), ways


def test_nothing_but_a_table_is_ever_a_traceback(sources):
    one, _ = sources["mini"]
    rng = random.Random(11)
    for size in [*range(40), *([400] * (300 // SHARE))]:
        answers, faults = validation.check(one, bytes(rng.choices(b'",;\n\r\t| a1\0\xe9\xff', k=size)))
        assert answers is None and faults


@pytest.mark.parametrize("name", ["Total", "MOYENNE"])
def test_a_line_of_sums_is_no_respondent(toy, name):
    line = FINE.partition(",")[2]
    assert told(toy, OWN + FINE + f"{name},{line}") == [
        f"ligne 3, colonne « repondant » : « {name} » ne désigne pas un répondant"
    ]


def test_columns_without_a_title_are_told_once(toy):
    header, line = OWN.strip(), FINE.strip()
    assert told(toy, f"{header},,,,\n{line},1,0,1,1\n") == ["ligne 1 : 4 colonnes (n° 13, 14, 15…) n'ont pas de titre"]


def test_what_was_allowed_is_said_in_the_words_of_the_file(toy):
    titles = ",".join(f'"{item.label}"' for item in toy.items if item.kind != "matrix")
    titles += "," + ",".join(f'"{column.label}"' for column in toy["avis"].columns)
    (line, *_) = told(toy, f"Horodateur,{titles}\n2024,Peut-être{',' * 10}\n")
    assert line.endswith("« Peut-être » n'est pas une réponse prévue (Oui, Non, Je ne sais pas)")


@pytest.mark.parametrize(("header", "cell", "note"), [
    ("_validation_status", "On Hold", "lignes gardées, en attente de validation (« On hold ») : 1"),
    ("ReviewState", "hasIssues", "lignes gardées, à revoir (« Has issues ») : 1"),
    ("toy_complete", "Unverified", "lignes gardées, non vérifiées (« Unverified ») : 1"),
])  # fmt: skip
def test_rows_that_a_tool_doubts_are_kept_and_told(toy, header, cell, note):
    ids = {"_validation_status": "_id", "ReviewState": "KEY", "toy_complete": "record_id"}[header]
    content = OWN.replace("repondant", ids).replace("\n", f",{header}\n") + FINE.replace("\n", f",{cell}\n")
    assert note in validation.read(toy, content.encode()).summary.notes


def test_a_pattern_that_sets_nothing_aside_is_told(toy):
    notes = validation.read(toy, (OWN + FINE).encode(), ignore=["N° de fiche", "x*"]).summary.notes
    assert notes == tuple(f"--ignore « {one} » : aucune colonne n'a ce titre" for one in ("N° de fiche", "x*"))
    faults = validation.check(toy, (OWN + FINE.replace("oui", "Ouii", 1)).encode(), ignore=["x*"])[1]
    assert str(faults[0]) == "fichier : --ignore « x* » : aucune colonne n'a ce titre"
    assert len(faults) == 2


def test_an_error_raised_has_the_apostrophes_of_a_printed_text_but_in_what_was_typed(toy):
    with pytest.raises(InputError, match="« Oui, d'accord » n’est pas une réponse prévue"):
        validation.read(toy, (OWN + FINE.replace("oui", '"Oui, d\'accord"', 1)).encode())


def test_a_file_of_words_is_answered_in_words(toy, random_answers, as_exported):
    """As a form typed again in Google Forms: titles and choices by their words."""
    labels = {column.name: column.item.label for column in toy.columns.values()}
    labels |= {f"avis.{row.id}": f"{toy['avis'].label} [{row.label}]" for row in toy["avis"].rows}
    rows = {"mss": ["Non", "Oui"], "lesquelles": ["", 'Mailiz, "Aucune, en fait"']}
    table = pd.DataFrame({labels[name]: rows.get(name, ["", ""]) for name in labels if "lesquelles." not in name})
    table[toy["lesquelles"].label] = ["Mailiz", "Mailiz, Aucune, en fait"]
    lines = told(toy, filed(table))
    assert [line for line in lines if "« Mailiz ; Aucune, en fait » : « Aucune, en fait » ne va avec" in line]
    assert [line for line in lines if "d'après « Avez-vous une messagerie sécurisée ? »" in line]
