"""Checks of sentences about participants against the list that prints them one by one, in words.

A class is read as whole years: "< 40 ans" ends at 39, "> 60 ans" starts at 61, "5 - 15 ans" holds both ends. Words are
compared as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from relecture.core.numbers import Interval, Printed, rounded, size, whole
from relecture.printed.arguments import Count, Ends, Mean, Number, Numbers, Rank, SeveralPrints, Size, Word
from relecture.printed.conventions import graded
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind

Class = tuple[int | None, int | None]

_CLASS = re.compile(r"(?:([<>]) ?(\d+)|(\d+) ?[-–] ?(\d+))(?: ans)?")
_ENGLISH = {"december": "décembre", "february": "février", "three": "3", "fifteen": "15"}


@kind("average", "la moyenne de personnes rangées par classes", judged=["mean"], repairable=False)
def average(mean: Mean, values: Sequence[Word], *, ends: Ends) -> Finding:
    """Finding on a printed mean of individuals listed by class; `ends` bound the classes open on one side.

    >>> average("47,8", ["< 40 ans", "40 - 59 ans", "> 60 ans"], ends=[25, 80]).verdict
    <Verdict.CONSISTENT: 'consistent'>
    """
    classes = [_class(value) for value in values]
    lows = [ends[0] if low is None else low for low, _ in classes]
    highs = [ends[1] if high is None else high for _, high in classes]
    reach = Interval(Fraction(sum(lows), len(lows)), Fraction(sum(highs), len(highs)))
    return _within(mean, reach, f"les classes des {len(values)} personnes, de {ends[0]} à {ends[1]} ans,")


@kind("extremes", "une moyenne entre ses extrêmes", judged=["mean"])
def extremes(mean: Number, low: Numbers, high: Numbers, n: Size) -> Finding:
    """Finding on a printed mean of `n` values whose smallest and largest are printed.

    A duration may be printed in hours and minutes: a pair, read in minutes.

    >>> extremes("35", "20", ["1", "10"], "15").explanation
    '15 valeurs de 20 à 70 permettent une moyenne de 23,3 à 66,7 : se retrouve aux arrondis près'
    """
    least, most, many = _minutes(low), _minutes(high), size(n)
    if many < 2 or least > most:
        return Finding(Verdict.INCONSISTENT, f"{many} valeurs ne vont pas de {rounded(least, 0)} à {rounded(most, 0)}")
    reach = Interval((least * (many - 1) + most) / many, (least + most * (many - 1)) / many)
    return _within(mean, reach, f"{many} valeurs de {rounded(least, 0)} à {rounded(most, 0)}")


@kind("classes", "les classes d'une liste, sans trou ni recouvrement", judged=["values"], repairable=False)
def classes(values: Sequence[Word]) -> Finding:
    """Finding on the classes that a list uses: does every whole number fall in one, and only one?

    A number without a class is compatible with a list where nobody needs it; two classes for one number are not.

    >>> found = classes(["> 60 ans", "40 - 59 ans", "< 40 ans"])
    >>> str(found.verdict), found.evidence
    ('consistent', ('60',))
    """
    printed = {_class(value): value for value in values}
    used = sorted(printed, key=lambda ends: (ends[0] is not None, ends[0]))
    pairs = [(before[1], after[0], printed[after]) for before, after in pairwise(used)]
    if overlapping := [word for end, start, word in pairs if end is None or start is None or start <= end]:
        text = f"« {' », « '.join(overlapping)} » commence avant la fin de la classe qui précède"
        return Finding(Verdict.INCONSISTENT, text, "des classes disjointes")
    apart = [(end + 1, start - 1, word) for end, start, word in pairs if start > end + 1]
    if not apart:
        return Finding(Verdict.REPRODUCED, f"{len(used)} classes disjointes et sans trou")
    gaps = tuple(f"{first}" if first == last else f"{first} à {last}" for first, last, _ in apart)
    text = " ; ".join(f"{gap} sans classe : compatible si personne n'est dans ce cas" for gap in gaps)
    after = apart[-1][2]
    return Finding(Verdict.CONSISTENT, text + f", ou si « {after} » se lit « ≥ »" * after.startswith(">"), "", gaps)


@kind("represented", "une liste où chaque mot annoncé est présent", repairable=False)
def represented(values: Sequence[Word], *, among: Sequence[str]) -> Finding:
    """Finding on a sample said to hold every one of these words; how many bear each is not told: they may be two.

    >>> represented(["Oui", "Non", "Oui"], among=["Oui", "Non"]).explanation
    'Oui, Non : chacun est dans la liste'
    """
    missing = ", ".join(word for word in among if word not in values)
    lacking = f"absents de la liste : {missing}"
    return decided(not missing, lacking if missing else f"{', '.join(among)} : chacun est dans la liste", missing)


@kind("categories", "les choix d'une question et ceux d'une liste", judged=["choices"], repairable=False)
def categories(choices: Sequence[Word], values: Sequence[Word]) -> Finding:
    """Finding on the choices a question offered, against the different answers that a list shows.

    `uncheckable` when the list is finer than the question: how answers were grouped is not printed.

    >>> categories(["Groupe", "Individuel"], ["Seul", "Cabinet", "Maison de santé"]).verdict
    <Verdict.UNCHECKABLE: 'uncheckable'>
    """
    shown = tuple(dict.fromkeys(values))
    text = f"{len(choices)} réponses proposées, {len(shown)} dans la liste"
    if len(shown) > len(choices):
        lost = "la liste est plus fine que la question, et le regroupement n'est pas imprimé"
        return Finding(Verdict.UNCHECKABLE, f"{text} : {lost}", "", shown)
    verdict = Verdict.REPRODUCED if len(shown) == len(choices) else Verdict.CONSISTENT
    return Finding(verdict, text, str(len(shown)), shown)


@kind("implies", "une phrase sur tous ceux qui partagent un mot", parallel=["values", "others"], repairable=False)
def implies(values: Sequence[Word], others: Sequence[Word], *, given: str, then: str) -> Finding:
    """Finding on a sentence that gives every individual with one word another word as well.

    >>> implies(["Non", "Oui", "Non"], ["Smartphone", "Multiples", "Smartphone"], given="Non", then="Smartphone").holds
    True
    """
    concerned = [other for value, other in zip(values, others, strict=True) if value == given]
    if not concerned:
        return Finding(Verdict.UNCHECKABLE, f"personne dans la liste avec « {given} »")
    count = concerned.count(then)
    text = f"« {then} » pour {count} des {len(concerned)} « {given} »"
    always = count == len(concerned)
    return decided(always, f"« {then} » pour tous les « {given} »" if always else text, str(count))


@kind("seniority", "l'âge et l'ancienneté de chaque personne", parallel=["ages", "years"], repairable=False)
def seniority(ages: Sequence[Word], years: Sequence[Word], *, start: int) -> Finding:
    """Finding on classes of age and of years in practice: could each individual have started at `start` or later?

    >>> seniority(["< 40 ans", "< 40 ans"], ["5 - 15 ans", "> 15 ans"], start=25).explanation
    'des débuts avant 25 ans : ligne 2'
    """
    pairs = [(_class(age)[1], _class(spent)[0] or 0) for age, spent in zip(ages, years, strict=True)]
    early = [str(at) for at, (oldest, spent) in enumerate(pairs, 1) if oldest is not None and oldest - spent < start]
    if early:
        return Finding(Verdict.INCONSISTENT, f"des débuts avant {start} ans : ligne {', '.join(early)}")
    return Finding(Verdict.CONSISTENT, f"{len(pairs)} lignes compatibles avec des débuts à {start} ans ou plus tard")


@kind("saturation", "le rang des entretiens où les données saturent", judged=["first", "last"], repairable=False)
def saturation(first: Rank, last: Rank, total: Count) -> Finding:
    """Finding on the interviews, given by their rank, between which the data saturated.

    >>> saturation("dixième", "quinzième", "15").explanation
    'du 10ᵉ au 15ᵉ de 15 entretiens : aucun ne suit le dernier rang annoncé pour confirmer la saturation'
    """
    start, end, many = whole(first), whole(last), whole(total)
    text = f"du {start}ᵉ au {end}ᵉ de {many} entretiens"
    if not start <= end <= many:
        return Finding(Verdict.INCONSISTENT, f"{text} : les rangs ne se suivent pas dans ce nombre", str(many))
    none = "aucun ne suit le dernier rang annoncé pour confirmer la saturation"
    confirmed = f"{many - end} de plus ensuite" if many > end else none
    return Finding(Verdict.CONSISTENT, f"{text} : {confirmed}", "", (many - end,))


@kind("same_words", "une même chose dite en mots plusieurs fois", judged=["values"], repairable=False)
def same_words(values: SeveralPrints) -> Finding:
    """Finding on one thing printed in words several times, in French or in an English abstract.

    >>> same_words(["décembre 2019", "December 2019"]).verdict, same_words(["3", "three"]).verdict
    (<Verdict.REPRODUCED: 'reproduced'>, <Verdict.REPRODUCED: 'reproduced'>)
    """
    same = len({" ".join(_ENGLISH.get(word, word) for word in value.lower().split()) for value in values}) == 1
    text = "la même chose partout" if same else f"des mots différents : {' ; '.join(dict.fromkeys(values))}"
    return decided(same, text, values[0])


def _within(mean: str, reach: Interval, whose: str) -> Finding:
    printed, ends = Printed.read(mean), f"{rounded(reach.low, 1)} à {rounded(reach.high, 1)}"
    text = f"{whose} permettent une moyenne de {ends}"
    return graded(lambda rounding: printed.within(rounding).meets(reach), text, ends)


def _class(text: str) -> Class:
    """Smallest and largest whole number of a printed class, None on an open side."""
    if not (match := _CLASS.fullmatch(text)):
        raise ValueError(f"« {text} » n'est pas une classe (attendu : < 40 ans, 40 - 59 ans ou > 60 ans)")
    sign, limit, low, high = match.groups()
    if sign:
        return (None, int(limit) - 1) if sign == "<" else (int(limit) + 1, None)
    return int(low), int(high)


def _minutes(value: str | Sequence[str]) -> Fraction:
    parts = [Printed.read(part).centre for part in ([value] if isinstance(value, str) else value)]
    return sum(part * 60**rank for rank, part in enumerate(reversed(parts)))
