"""Short forms: fifteen lines at most, the rest folded, nothing of the data ever markup."""

from lxml import html

from relecture.explore import short_html


def rows_shown(text):
    """Rows that stand outside of what is folded."""
    return html.fromstring(f"<div>{text}</div>").xpath("//tr[not(ancestor::details)]")


def test_fifteen_lines_stand_outside_the_fold():
    made = short_html.table(["Adresse", "Imprimé"], [[f"a.{rank}", rank] for rank in range(200)], "Nombres")
    assert len(rows_shown(made)) + 2 == short_html.MOST and "Voir les 188 autres" in made


def test_nothing_is_folded_when_all_is_short():
    assert "<details" not in short_html.table(["Adresse"], [["a"]]) and short_html.folded("<p>a</p>", "") == "<p>a</p>"


def test_a_label_stands_first():
    assert short_html.table(["x"], [["a"]], "Aisance", label="Réponses synthétiques").startswith(
        "<table><caption><strong>Réponses synthétiques</strong> Aisance"
    )
    assert short_html.paragraph("n = 3", label="Privé") == "<p><strong>Privé</strong> n = 3</p>"


def test_what_came_from_data_is_no_markup():
    bad = "<script>x</script>"
    made = [short_html.table([bad, bad], [[bad, bad]], bad), short_html.paragraph(bad, label=bad)]
    made += [short_html.listing([bad]), short_html.code([bad]), short_html.folded("", "r", bad)]
    assert [text for text in made if "<script" in text] == []


def test_words_stand_on_the_left_and_columns_of_numbers_on_the_right():
    """JupyterLab puts every cell on the right."""
    page = html.fromstring(short_html.table(["Mot", "n", "p"], [["a", "8 (58 %)", "< 0,001"], ["b", "–", "0,2"]]))
    assert [cell.text for cell in page.xpath("//*[@style='text-align: left']")] == ["Mot", "a", "b"]


def test_code_keeps_its_quotes():
    assert html.fromstring(short_html.code(['study.numbers("l\'âge")'])).text == 'study.numbers("l\'âge")'


def test_a_long_text_says_what_it_leaves_out():
    lines = short_html.cut([str(rank) for rank in range(40)], ".frame()").splitlines()
    assert len(lines) == short_html.MOST and lines[-1] == "… et 26 autres lignes : .frame()"
    assert short_html.cut(["un"]) == "un"
