"""Ten questions that a GP asks of a page are answered by what stands on its first three screens.

Oracle: the questions, and answers read in the theses; a screen is a laptop's, 1280 x 900. The words are those that the
page says; a space of any kind is a space.
"""

import pytest

SCREENS, HEIGHT = 3, 900
WORDS = """(most) => { const words = [], range = document.createRange()
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        range.selectNodeContents(text)
        const box = range.getBoundingClientRect()
        if (box.height && box.top + scrollY < most && text.parentElement.checkVisibility()) words.push(text.data)
    }
    return words.join(' ')}"""
ASKED = {
    "guefif": {
        "Predice PRO est-elle jugée plus sûre ?": "Oui, pour ses utilisateurs : 16,6 points de plus",
        "Sur quelle échelle ?": "échelle de 20 à 80",
        "Et face aux autres canaux sécurisés ?": "Face aux seuls canaux sécurisés, impossible de trancher",
        "Ce résultat tient-il à la relecture ?": "L'écart de score se recalcule : 16,6 points",
        "La note mesure-t-elle une protection réelle ?": "chacun a noté son propre canal",
        "Sait-on qui choisit un canal sécurisé ?": "aucun des deux facteurs dits significatifs n'est assuré",
        "Les odds ratios viennent-ils de ces groupes ?": "onze supposent 32 et 49 médecins, non les 38 et 43 annoncés",
        "Combien de calculs ne tiennent pas ?": "21 incohérents",
        "Qui a répondu, et combien ?": "81 réponses : 21 utilisateurs de Predice PRO et 60 autres médecins",
        "Combien de médecins avaient été sollicités ?": "en supposerait de 438 à 462",
        "Les deux groupes se ressemblent-ils ?": "aucune différence nette sur trois questions",
    },
    "ajoodha": {
        "Les médecins écrivent-ils par leur messagerie ?": "Non, dit la thèse, en mots : ses graphiques sont perdus",
        "À quoi leur sert-elle ?": "elle sert à recevoir",
        "Combien en ont une ?": "46 médecins sur 50 ont une messagerie sécurisée",
        "Comment le sait-on ?": "deux autres nombres redonnent l'effectif",
        "Qui leur écrit ?": "45, 42 et 40 médecins sur 46 reçoivent souvent ou toujours des laboratoires",
        "Et leurs confrères ?": "26, de leurs confrères libéraux",
        "Savent-ils devoir sécuriser leurs échanges ?": "31 sur 50 savent devoir sécuriser leurs échanges",
        "Est-ce vraiment une majorité ?": "contient la moitié",
        "Y parviennent-ils ?": "Y parvenir est minoritaire : 24 %",
        "Qui a été interrogé ?": "appelés à partir de l'annuaire",
        "Avec quelle précision ?": "13 points près",
        "Combien de calculs ne tiennent pas ?": "2 incohérents",
    },
}  # fmt: skip


def plain(text):
    return " ".join(text.replace("\u2060", "").replace("’", "'").split())


@pytest.fixture(scope="module")
def words(opened, pages):
    """What stands on the first screens of each page."""
    found = {}
    for name in ASKED:
        with opened(pages[name], height=HEIGHT) as page:
            found[name] = plain(page.evaluate(WORDS, SCREENS * HEIGHT))
    return found


@pytest.mark.parametrize(
    ("name", "question"), [(name, question) for name, questions in ASKED.items() for question in questions]
)
def test_a_question_of_a_gp_is_answered_on_the_first_screens(words, name, question):
    assert ASKED[name][question] in words[name]


@pytest.mark.parametrize("name", ASKED)
def test_ten_questions_are_asked(name):
    assert len(ASKED[name]) >= 10
