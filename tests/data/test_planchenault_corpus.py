"""The fictional interviews of Planchenault 2021, and the tree, codings, terms, COREQ grid and saturation around them.

What is fictional says so; what is told of the thesis stands where it says. Counts and places were worked out by hand
on the text of the scan; the parts of the tree are those of its table of contents.
"""

import csv
import re
import unicodedata
from collections import Counter
from itertools import chain, pairwise

import pytest

from relecture import load_study
from relecture.core.study import ROOT
from relecture.text.codes import codings, saturation, tree
from relecture.text.corpus import iramuteq

STUDY = load_study("planchenault")
SOURCE = 1042  # lines of the text of the scan
RESULTS = (435, 739)  # from the heading of the results to the line before that of the discussion
FICTIONAL = STUDY.folder / "corpus.fictif.txt"
CODINGS = STUDY.folder / "codings.fictif.csv"
TREE = tree.read_tree(STUDY.folder / "coding.yaml")
INTERVIEWS = list("abcdefghijklmno")
CODERS = ["fictif_a", "fictif_b"]
with open(STUDY.folder / "participants.csv", encoding="utf-8", newline="") as handle:
    PARTICIPANTS = list(csv.DictReader(handle))
with open(CODINGS, encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle))
LINES = FICTIONAL.read_text(encoding="utf-8").split("\n")
STARS = [line for line in LINES if line.startswith("****")]


def _interviews():
    """The paragraphs of each interview, read here without the library."""
    found = []
    for line in LINES:
        if line.startswith("****"):
            found.append([])
        elif line and not line.startswith("-*"):
            found[-1].append(line)
    return dict(zip(INTERVIEWS, found, strict=True))


PARAGRAPHS = _interviews()


def _lines(place):
    """(first, last) of each `l. 515-525` of a place."""
    return [(int(first), int(last or first)) for first, last in re.findall(r"l\. (\d+)(?:-(\d+))?", place)]


# ---------------------------------------------------------------- the fictional corpus


@pytest.mark.parametrize("interview", INTERVIEWS)
def test_each_interview_has_400_to_700_words(interview):
    words = [word for word in " ".join(PARAGRAPHS[interview]).split() if re.search(r"\w", word)]
    assert 400 <= len(words) <= 700


def test_the_interviews_do_not_have_the_same_length():
    assert len({len(" ".join(paragraphs)) for paragraphs in PARAGRAPHS.values()}) == 15


def test_the_library_reads_the_corpus_without_a_remark():
    found = iramuteq.read_corpus(FICTIONAL)
    assert (len(found.texts), found.remarks) == (15, ())
    spoken = ["\n".join(passage.text for passage in text.passages).split("\n") for text in found.texts]
    assert [[line for line in lines if line] for lines in spoken] == list(PARAGRAPHS.values())


def test_everything_fictional_says_so():
    assert all(star.startswith("**** *fiction_oui *fictif_") for star in STARS)
    assert "fictif" in STUDY.document("corpus.fictif.yaml")["notice"]
    assert all("fictif" in row["coder"] for row in ROWS)
    named = [path.name for path in STUDY.folder.glob("cor*") if path.suffix == ".txt"] + [CODINGS.name]
    assert all(".fictif." in name for name in named)


def test_the_interviews_are_plain_text():
    words = "\n".join(chain(*PARAGRAPHS.values()))
    assert unicodedata.normalize("NFC", words) == words
    assert sorted(set(re.findall(r"[^\w\s.,:?!'-]", words))) == []  # no star, no typographic apostrophe or quote
    assert set(re.findall(r"\s", words)) == {" ", "\n"}
    assert len(set(words.split("\n"))) == len(words.split("\n"))


TRAITS = {  # what anyone in the area knows of a doctor, in the words of table 1 (l. 448-462) and in those of the corpus
    "age": {"< 40 ans": "moins40", "40 - 59 ans": "40a59", "> 60 ans": "plus60"},
    "sexe": {"F": "femme", "H": "homme"},
    "type_exercice": {"Cabinet de groupe": "groupe", "Seul": "seul", "Maison de santé": "maisonsante"},
    "activite": {"Urbaine": "urbain", "Semi rurale": "semirural", "Rurale": "rural"},
    "annees_installation": {"< 5 ans": "moins5", "5 - 15 ans": "5a15", "> 15 ans": "plus15"},
}
NAMED = ["age", "sexe", "exercice", "milieu", "installation"]


def test_no_fictional_doctor_has_the_profile_of_a_participant():
    """Oracle: the two printed tables; SOS Médecins and its former doctor have no like in the corpus."""
    assert list(TRAITS) == STUDY.about["traits"]
    real = {tuple(words.get(row[name], row[name]) for name, words in TRAITS.items()) for row in PARTICIPANTS}
    starred = [dict(re.findall(r"\*([a-z]+)_(\S+)", star)) for star in STARS]
    invented = {tuple(one[name] for name in NAMED) for one in starred}
    assert len(real) > 10 and len(invented) > 10
    assert real & invented == set()


def test_fictional_doctors_are_called_fictif_a_to_fictif_o():
    variables = STUDY.document("corpus.fictif.yaml")["variables"]
    assert variables["fictif"]["modalities"] == {letter: f"Fictif {letter.upper()}" for letter in INTERVIEWS}
    assert [re.search(r"\*fictif_(\S+)", star)[1] for star in STARS] == INTERVIEWS
    assert list(dict.fromkeys(row["interview"] for row in ROWS)) == INTERVIEWS


def test_nothing_fictional_names_a_participant_or_a_post_of_theirs():
    """Posts of table 1 that few doctors hold (l. 451-458), and the numbers of the participants."""
    told = FICTIONAL.read_text(encoding="utf-8") + (STUDY.folder / "corpus.fictif.yaml").read_text(encoding="utf-8")
    assert re.findall(r"URPS|FNAMPoS|SOS|\bM\d+\b|participant_", told) == []


def test_every_modality_of_the_corpus_has_words():
    variables = STUDY.document("corpus.fictif.yaml")["variables"]
    used = {pair for star in STARS for pair in re.findall(r"\*([a-z]+)_(\S+)", star)}
    assert used == {(name, modality) for name, one in variables.items() for modality in one["modalities"]}
    names = [*variables, *(name for one in variables.values() for name in one["modalities"])]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+", name)] == []


def test_each_interview_speaks_of_the_six_themes_of_the_coding():
    for text in iramuteq.read_corpus(FICTIONAL).texts:
        assert {passage.theme for passage in text.passages} == set(TREE.groups)


# ---------------------------------------------------------------- the coding tree

# The table of contents of the results, after the description of the participants (source, l. 134 to 171).
CONTENTS = """
    3.2 3.2.1 3.2.1.1 3.2.1.2 3.2.2 3.2.2.1 3.2.2.2 3.2.3 3.2.3.1 3.2.3.2 3.2.3.3
    3.3 3.3.1 3.3.1.1 3.3.1.2 3.3.1.3 3.3.2 3.3.2.1 3.3.2.2 3.3.2.3 3.3.3 3.3.3.1 3.3.3.2 3.3.3.3
    3.4 3.4.1 3.4.1.1 3.4.1.2 3.4.1.3 3.4.1.4 3.4.2 3.4.2.1 3.4.2.2 3.4.3 3.4.3.1 3.4.3.2 3.4.3.3
""".split()
PATHS = list(TREE.walk())
PLACE = re.compile(r"résultats, (3(?:\.\d)+), l\. (\d+)(?:-(\d+))?")


def _section(node):
    return PLACE.fullmatch(node.place)[1]


def test_the_headings_are_those_of_the_table_of_contents():
    assert [_section(path[-1]) for path in PATHS if len(path) < 4] == CONTENTS
    assert all(len(path) == min(_section(path[-1]).count("."), 3) for path in PATHS if len(path) < 4)
    assert Counter(map(len, PATHS)) == {1: 3, 2: 9, 3: 25, 4: 66}


def test_an_idea_stands_under_its_heading_and_every_place_within_the_one_above():
    for *above, node in PATHS:
        (first, last), outer = _lines(node.place)[0], _lines(above[-1].place)[0] if above else RESULTS
        assert outer[0] <= first <= last <= outer[1], node.id
        assert len(above) < 3 or (_section(node), first) == (_section(above[-1]), last), node.id


def test_the_tree_follows_the_order_of_the_source():
    starts = [_lines(path[-1].place)[0][0] for path in PATHS]
    assert starts == sorted(starts)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_headings_of_one_level_do_not_overlap(depth):
    places = [_lines(path[-1].place)[0] for path in PATHS if len(path) == depth]
    assert all(last < first for (_, last), (first, _) in pairwise(places))


def test_labels_are_unique_and_every_idea_says_what_falls_under_it():
    assert len({path[-1].label for path in PATHS}) == len(PATHS)
    assert [path[-1].id for path in PATHS if len(path) == 4 and not path[-1].description] == []


def test_one_codes_with_headings_of_parts_and_ideas_only():
    assert all(path[-1].codable == (len(path) > 2) for path in PATHS)


GROUPED = {  # a theme where the heading of the part names it (source, l. 429 for the themes)
    "3.2.2.2": "dmp", "3.2.3": "freins", "3.3.2": "securisation", "3.3.3": "communication", "3.4.1": "relation",
}  # fmt: skip


def test_themes_go_with_the_headings_that_name_them():
    for *_, node in PATHS:
        due = [group for section, group in GROUPED.items() if f"{_section(node)}.".startswith(f"{section}.")]
        assert [node.group] == (due or [""]), node.id
    assert set(TREE.groups) == {*GROUPED.values(), "santenumerique"}


# ---------------------------------------------------------------- the fictional codings


def test_the_codings_go_with_the_tree_the_corpus_and_the_coders():
    found = codings.read_codings(CODINGS, TREE, interviews=INTERVIEWS, coders=CODERS)
    assert len(found) == len(ROWS)


def test_both_coders_read_every_paragraph():
    due = {(name, str(rank)) for name, lines in PARAGRAPHS.items() for rank in range(1, len(lines) + 1)}
    for coder in CODERS:
        assert {(row["interview"], row["segment"]) for row in ROWS if row["coder"] == coder} == due


def test_rows_are_unique_and_in_order():
    keys = [(row["interview"], int(row["segment"]), row["coder"]) for row in ROWS]
    assert keys == sorted(keys)
    assert len({tuple(row.values()) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("interview", INTERVIEWS)
def test_coders_agree_and_disagree_in_each_interview(interview):
    one, other = (
        {(row["segment"], row["code"]) for row in ROWS if (row["interview"], row["coder"]) == (interview, coder)}
        for coder in CODERS
    )
    assert len(one & other) > len(one ^ other) / 2
    assert one - other and other - one


def test_every_idea_is_coded_and_no_heading():
    ideas = {path[-1].id for path in PATHS if len(path) == 4}
    assert {row["code"] for row in ROWS} - {""} == ideas


def test_new_codes_stop_coming_before_the_last_interviews():
    new = saturation.new_codes(codings.read_codings(CODINGS, TREE))["new"].tolist()
    assert sum(new) == 66
    assert new[0] > 0 == sum(new[10:])


# ---------------------------------------------------------------- terms, COREQ, saturation

TERMS = {  # l. 496, 497 and 498, as printed
    "augmente": "métier, formation, humain, intelligence artificielle, confiance, freins",
    "donnees": "sécurité, logiciel, synthèse, stockage, éthique, responsabilité",
    "organisation": "cabinet, bureau, lien hôpital, plateforme, communication, coordination",
}
COLOURS = [["jaune"], ["rouge"], ["bleu", "violet", "vert"]]


def test_the_terms_are_those_of_the_text_in_its_order():
    document = STUDY.document("terms.yaml")
    assert {group["group"]: ", ".join(group["terms"]) for group in document["groups"]} == TERMS
    assert [group["colours"] for group in document["groups"]] == COLOURS
    assert [_lines(group["place"]) for group in document["groups"]] == [[(line, line)] for line in (496, 497, 498)]
    assert [node.id for node in TREE.roots] == list(TERMS)


def test_what_the_picture_held_is_listed_as_lost():
    document = STUDY.document("terms.yaml")
    assert document["figure"] in [name for name, _ in STUDY.about["figures_lost"]]
    assert len({lost["id"] for lost in document["lost"]}) == len(document["lost"]) == 6
    assert all(lost["what"] for lost in document["lost"])


ITEMS = STUDY.document("coreq.yaml")["items"]
STATUS = {  # decided item by item on the text; what is neither is told whole
    "partial": [1, 3, 4, 13, 25, 30],
    "absent": [5, 8, 18, 20, 23, 28],
}


def test_each_item_of_coreq_stands_once_with_its_status():
    assert [item["number"] for item in ITEMS] == list(range(1, 33))
    for status, numbers in STATUS.items():
        assert [item["number"] for item in ITEMS if item["status"] == status] == numbers
    assert Counter(item["status"] for item in ITEMS) == {"reported": 20, "partial": 6, "absent": 6}


def test_nine_quotations_open_the_nine_parts():
    (item,) = [item for item in ITEMS if item["number"] == 29]
    parts = [_lines(path[-1].place)[0] for path in PATHS if len(path) == 2]
    quoted = [first for first, _ in _lines(item["place"])]
    assert len(quoted) == len(parts) == 9
    assert all(first <= line <= last for line, (first, last) in zip(quoted, parts, strict=True))


def test_the_claim_of_saturation_is_printed_and_cannot_be_computed_again():
    claim = saturation.read_claim(STUDY)
    assert (claim.first, claim.last, claim.interviews) == ("dixième", "quinzième", "15")  # l. 443
    assert _lines(claim.place) == [(443, 443)]
    assert claim.verdict == "uncheckable"
    assert claim.needed["published"].tolist() == [True] + [False] * 5


# ---------------------------------------------------------------- the codebook


def test_the_codebook_tells_these_files_their_columns_and_their_keys():
    text = (ROOT / "data/planchenault/README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([^`\n]+)`", text))
    names = "coding.yaml terms.yaml coreq.yaml saturation.yaml corpus.fictif.txt corpus.fictif.yaml codings.fictif.csv"
    assert [name for name in names.split() if f"### `{name}`\n" not in text] == []
    keys = {*ROWS[0], *STUDY.document("corpus.fictif.yaml"), *(key for item in ITEMS for key in item)}
    for name in ("coding.yaml", "terms.yaml", "saturation.yaml"):
        keys |= set(STUDY.document(name))
    assert sorted(keys - told) == []
    fictional = re.findall(r"^### `(.+)`\n\n\*\*Fictional\.\*\*", text, re.MULTILINE)
    assert fictional == ["corpus.fictif.txt", "codings.fictif.csv"]
