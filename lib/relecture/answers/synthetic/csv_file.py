"""How does a file of synthetic answers say that it is one?

By its name, which holds `synthetic` or `synthetique`; by its respondents (`synthetique-001`…); and by the
metadata beside it, a JSON of the same name: seed, number of respondents, and the account of every printed
value. The table is our own answer file: UTF-8, commas, `repondant` then one column a coded column. Nothing is
written here: texts are returned.
"""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import normalize

from relecture.answers.synthetic.generate import CodedAnswers
from relecture.core.errors import InputError

WORDS = ("synthetic", "synthetique")
NOTICE = "Réponses inventées par un programme : personne n'a répondu. Elles ne disent rien de qui que ce soit."


def labelled(path: Path) -> Path:
    """The path under a name that says `synthetic`; `.synthetic` is put before `.csv` when it does not.

    Raises InputError for another kind of file than CSV, and for a folder that is not there.

    >>> labelled(Path("essai.csv")).name, labelled(Path("guefif-synthétique")).name
    ('essai.synthetic.csv', 'guefif-synthétique.csv')
    """
    if path.suffix.lower() not in ("", ".csv") or not path.name:
        raise InputError([f"« {path} » : les réponses synthétiques s'écrivent en CSV, dans un fichier .csv"])
    stem, suffix = (path.stem, path.suffix) if path.suffix else (path.name, ".csv")
    plain = normalize("NFD", stem.lower()).encode("ascii", "ignore").decode()
    if not path.parent.is_dir():
        raise InputError([f"« {path.parent} » n'est pas un dossier"])
    told = any(word in plain for word in WORDS)
    return path.with_name(f"{stem}{'' if told else '.synthetic'}{suffix}")


def table(answers: CodedAnswers) -> str:
    """The answer file, one line a respondent."""
    return answers.frame.to_csv(lineterminator="\n")


def metadata(answers: CodedAnswers, study: str) -> str:
    """What goes beside it, as JSON; `account` has one entry a printed value."""
    account = answers.account.rename(columns={"wanted": "printed"})
    told = {
        "synthetic": True,
        "notice": NOTICE,
        "study": study,
        "seed": answers.seed,
        "respondents": len(answers.frame),
        "reproduced": int(account["reproduced"].sum()),
        "targets": len(account),
        "at_random": list(answers.at_random),
        "account": account.to_dict("records"),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def summary(answers: CodedAnswers, path: Path, asked: Path) -> str:
    """One French line: where the answers are (and that the name asked was completed), what they reproduce."""
    n, account = len(answers.frame), answers.account
    many, found = "s" * (n > 1), int(account["reproduced"].sum())
    renamed = " (nom complété : il doit dire « synthetic »)" if path.stem != asked.stem else ""
    beside = path.with_suffix(".json").name
    return (
        f"{n} réponse{many} synthétique{many} dans {path}{renamed} ; "
        f"nombres imprimés retrouvés : {found} sur {len(account)} (les autres, et pourquoi : {beside})"
    )
