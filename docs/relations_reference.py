"""Reference of the relations, written to relations.md: `make docs`.

Each kind says what it checks in the declaration of its check (`@kind`): summary, roles of the arguments, conventions
tried, and the docstring with formula and source. The examples are those of relations-examples.yaml, run by the tests.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from relecture.core.files import read_yaml, write
from relecture.core.french import numbers, typeset
from relecture.printed.conventions import CONVENTIONS
from relecture.printed.finding import Finding
from relecture.printed.kinds import Kind
from relecture.printed.relations import KINDS, Relation, parse
from relecture.printed.relations.repetition import expanded
from relecture.printed.relations.shapes import flat, shown, words
from relecture.report.verdicts import VERDICTS

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE / "relations-examples.yaml"
TITLES = {
    "arithmetic.totals": "Effectifs et sommes",
    "arithmetic.percentages": "Pourcentages et majorités",
    "statistics.granularity": "Moyennes et écarts types de nombres entiers",
    "statistics.means": "Erreur type et intervalle d'une moyenne, alpha",
    "statistics.quantiles": "Médiane et quartiles",
    "statistics.reported_tests": "Tests rapportés avec leur statistique",
    "statistics.counts": "Tests d'un tableau d'effectifs",
    "statistics.two_groups": "Tests de deux groupes",
    "statistics.several_groups": "Analyse de variance",
    "statistics.paired_groups": "Tests appariés",
    "arithmetic.significance": "Significativité annoncée",
    "effects.intervals": "Estimations, leur intervalle et leur p",
    "effects.odds_rows": "Odds ratios et tableaux qui les donnent",
    "effects.risks": "Risques et effectifs",
    "effects.effect_sizes": "Corrélations et parts de variance",
    "statistics.standardised_differences": "Différences standardisées",
    "arithmetic.proportions": "Intervalle d'une proportion",
    "effects.accuracy": "Sensibilité, spécificité, accord",
    "arithmetic.statements": "Phrases",
    "arithmetic.dates": "Dates et durées",
    "arithmetic.participants": "Listes de participants",
    "arithmetic.password_bits": "Mots de passe",
}
HEAD = """\
# Les genres de relations

Cette page est écrite par `make docs`, d'après les vérifications elles-mêmes : ne la modifiez pas à la main. Pour
commencer, voir [Vérifier un article en quinze minutes](audit-your-own.md). Les nombres des exemples sont fictifs.

## Quel genre pour ce que l'article imprime

{contents}

## Écrire une relation

Une relation (`relations.yaml`) a un `id`, un genre (`kind`), une `section` et un `label` à relire, puis les arguments
de son genre. Un argument est l'adresse d'un nombre de `printed.csv`, ou un nombre, qui vaut pour lui-même ; « [un
nombre, …] » veut dire une liste. Une étoile dans une liste vaut un pas de l'adresse : `tableau1.genre.*`. Les lignes
marquées *tel quel* ne sont pas des adresses : elles se lisent comme elles sont écrites.

`each` répète une relation : `{g}` y prend chaque valeur. Trois écritures :

- une liste, `each: {g: [formes, non_formes]}` ;
- des mots à montrer, `each: {g: {formes: chez les formés}}`, que `{g_label}` reprend ;
- une adresse avec une étoile, `each: {g: "tableau1.*.total"}` : tout ce que l'étoile peut valoir dans `printed.csv`.

`conventions` dit ce que l'article annonce de ses calculs : dans `study.yaml` pour toute l'étude, ou dans une relation
(`conventions: {level: 90}`). Ce qui est annoncé est tenu ; ce qui ne l'est pas est essayé dans l'ordre indiqué, et le
constat nomme ce qu'il a fallu supposer. Une valeur impossible (un p de 5,2, un écart type négatif) est incohérente.

Un nombre y prend un point (`37.5`), un texte qui contient « : » ou une virgule des guillemets.

Les passages en retrait, en anglais, viennent du code : formules, sources, conditions. Ce que veulent dire les mots des
constats est dans [Lire les verdicts](audit-your-own.md#4-lire-les-verdicts).
"""


def examples() -> Mapping[str, Mapping[str, Any]]:
    """What is printed, the relation and the verdict, by kind."""
    return read_yaml(EXAMPLES)


def relation(name: str, example: Mapping[str, Any]) -> Relation:
    """The relation of an example, read as that of a study."""
    record = {"id": "exemple", "kind": name, "section": "Exemple", "label": KINDS[name].summary, **example["relation"]}
    (read,), faults = parse([record], tuple(example["printed"]))
    assert not faults, faults
    return read


def text() -> str:
    """The whole reference."""
    several, shown_examples = _groups(), examples()
    contents = ["| l'article imprime | genre |\n|---|---|"]
    for title, kinds in several.items():
        contents += [f"| **{title}** | |", *(f"| {kind.summary} | [`{kind.name}`](#{kind.name}) |" for kind in kinds)]
    parts = [HEAD.replace("{contents}", "\n".join(contents))]
    for title, kinds in several.items():
        parts += [f"## {title}\n", _quoted(inspect.getdoc(inspect.getmodule(kinds[0].check))) + "\n"]
        parts += [_section(kind, shown_examples.get(kind.name)) for kind in kinds]
    return typeset("\n".join(parts).rstrip() + "\n")


def _groups() -> dict[str, list[Kind]]:
    """Kinds by the title of their module, in the order of the titles; under its own name for one without a title."""
    modules = {kind.name: kind.check.__module__.partition(".printed.")[2] for kind in KINDS.values()}
    names = dict.fromkeys([*TITLES, *modules.values()])
    listed = {name: [KINDS[kind] for kind, module in modules.items() if module == name] for name in names}
    return {TITLES.get(name, name): kinds for name, kinds in listed.items() if kinds}


def _section(kind: Kind, example: Mapping[str, Any] | None) -> str:
    parts = [f"### {kind.name}", _sentence(kind.summary), "\n".join(_arguments(kind)), *_conventions(kind)]
    return (
        "\n\n".join([*parts, *([_example(kind, example)] if example else []), _quoted(inspect.getdoc(kind.check))])
        + "\n"
    )


def _sentence(summary: str) -> str:
    return f"**{summary[:1].upper()}{summary[1:]}.**"


def _arguments(kind: Kind) -> Iterator[str]:
    yield "| argument | ce qu'on y met | |\n|---|---|---|"
    for name, parameter in inspect.signature(kind.check).parameters.items():
        if name in kind.hints:
            literal = name in kind.literals
            notes = ["facultatif"] if parameter.default is not parameter.empty else []
            notes += ["tel quel"] if literal else []
            yield f"| `{name}` | {words(kind.hints[name])} | {', '.join(notes)} |"


def _conventions(kind: Kind) -> Iterator[str]:
    if kind.ladder:
        lines = [f"- `{name}` : {_options(name, options)}" for name, options in kind.ladder.options.items()]
        yield "\n".join(["Conventions essayées, la première d'abord :\n", *lines])


def _options(name: str, options: tuple[str, ...]) -> str:
    return ", ".join(f"{CONVENTIONS[name][option].noun} (`{option}`)" for option in options)


def _example(kind: Kind, example: Mapping[str, Any]) -> str:
    finding = relation(kind.name, example).check(example["printed"])
    lines = [f"- kind: {kind.name}", *_written(example)]
    return "\n".join(["```yaml", *lines, "```", "", _verdict(finding)])


def _written(example: Mapping[str, Any]) -> Iterator[str]:
    """Each argument of a relation, and beside it what is printed at its addresses."""
    for name, value in example["relation"].items():
        key, printed = f'"{name}"' if name == "null" else name, " ; ".join(_values(value, example["printed"]))
        yield f"  {key}: {_yaml(value)}{f'  # {printed}' if printed else ''}"


def _values(value: Any, printed: Mapping[str, str]) -> Iterator[str]:
    leaves = flat(expanded(value, tuple(printed)))
    return (printed[leaf] for leaf in leaves if isinstance(leaf, str) and leaf in printed)


def _yaml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    plain = not isinstance(value, str) or (value[0] not in "*<>\"'" and not set(value) & set(":,#") and value != "non")
    return shown(value) if plain else f'"{value}"'


def _verdict(finding: Finding) -> str:
    verdict = VERDICTS[finding.verdict]
    return f"{verdict.mark} {verdict.word} — {numbers(finding.explanation)}"


def _quoted(docstring: str | None) -> str:
    """A docstring without its examples, in a block of its own."""
    paragraphs = [part for part in (docstring or "").split("\n\n") if not part.startswith(">>>")]
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(paragraphs).splitlines())


if __name__ == "__main__":
    write(HERE / "relations.md", text())
