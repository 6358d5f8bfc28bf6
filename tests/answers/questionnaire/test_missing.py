"""Missing is not one thing: four codes, each with the words that a reader sees."""

from relecture.answers.questionnaire.missing import CODES, Missing


def test_the_codes_are_four_words():
    assert {str(code): code.label for code in Missing} == {
        "non_pose": "non posée",
        "sans_objet": "sans objet",
        "ne_sait_pas": "ne sait pas",
        "sans_reponse": "sans réponse",
    }
    assert {"non_pose", "sans_objet", "ne_sait_pas", "sans_reponse"} == CODES
