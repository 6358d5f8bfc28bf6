"""Saturation of codes over interviews, and a published claim of it.

The method is that of Guest, Namey & Chen (2020, PLOS ONE 15(5): e0232076). The codes of the first
interviews (the *base*, 4 to 6) are the denominator; then, run after run of 2 or 3 interviews in a
row, successive runs overlapping, the new codes of the run are divided by it. The first run at or
under the *threshold* (5 % or 0 %) ends the search, and the answer is written `6+2`: saturation at the
sixth interview, confirmed by two more.

This is saturation of codes, for the order in which interviews were held; `random_orders` tells how much that
order decides. Whether a published claim can be computed again is a matter of what was published: `read_claim`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from pandas import DataFrame, Series, crosstab

from relecture.core.errors import InputError
from relecture.core.study import Study

CLAIM_FILE, CLAIM_SCHEMA = "saturation.yaml", Path(__file__).with_name("saturation.schema.json")
BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), ("0.05", "0")


@dataclass(frozen=True)
class Saturation:
    """The answer for one choice of base, run length and threshold; `reached` is None when not reached."""

    base: int
    run: int
    threshold: Fraction
    codes: int
    ratios: tuple[Fraction, ...]
    reached: int | None
    reason: str

    @property
    def notation(self) -> str:
        """As the authors write it: interviews at saturation, then those that confirm it."""
        return "" if self.reached is None else f"{self.reached}+{self.run}"


@dataclass(frozen=True)
class SaturationClaim:
    """A published claim of saturation: where it stands, and what it would take to compute it again."""

    label: str
    first: str
    last: str
    interviews: str
    place: str
    needed: DataFrame
    verdict: str
    explanation: str


def new_codes(codings: DataFrame) -> DataFrame:
    """One row an interview, in their order, all coders together: rank, interview, codes, new, cumulative."""
    rows, seen = [], set()
    for rank, (interview, codes) in enumerate(codings.groupby("interview", sort=False)["code"], 1):
        own = set(codes) - {""}
        rows.append((rank, interview, len(own), len(own - seen), len(own | seen)))
        seen |= own
    return DataFrame(rows, columns=["rank", "interview", "codes", "new", "cumulative"])


def find_saturation(
    new: Sequence[int], *, base: int = 4, run: int = 2, threshold: str | Fraction = "0.05"
) -> Saturation:
    """Saturation of a sequence of numbers of new codes, one an interview.

    >>> find_saturation([4, 3, 2, 1, 1, 0, 0, 0]).notation
    '5+2'
    """
    limit, codes = Fraction(threshold), int(sum(new[:base]))
    if min(base, run) < 1 or limit < 0:
        raise ValueError("base and run are at least 1, the threshold at least 0")
    reason = _impossible_reason(len(new), base, run, codes)
    starts = () if reason else range(base, len(new) - run + 1)
    ratios = tuple(Fraction(int(sum(new[start : start + run])), codes) for start in starts)
    reached = next((start for start, ratio in zip(starts, ratios, strict=True) if ratio <= limit), None)
    if not reached:
        reason = reason or f"le seuil n'est pas atteint en {len(new)} entretiens"
    return Saturation(base, run, limit, codes, ratios, reached, reason)


def run_ratios(saturation: Saturation) -> DataFrame:
    """One row a run: first and last interview, share of new codes, and whether it is at or under the threshold."""
    runs = enumerate(saturation.ratios, saturation.base + 1)
    rows = [(first, first + saturation.run - 1, float(ratio), ratio <= saturation.threshold) for first, ratio in runs]
    return DataFrame(rows, columns=["first", "last", "ratio", "under"])


def rule_grid(new: Sequence[int]) -> DataFrame:
    """The twelve choices that the authors compare: base, run, threshold, codes, reached, notation, reason."""
    rules = product(BASES, RUNS, THRESHOLDS)
    answers = [find_saturation(new, base=base, run=run, threshold=threshold) for base, run, threshold in rules]
    columns = ["base", "run", "threshold", "codes", "reached", "notation", "reason"]
    frame = DataFrame([[getattr(answer, name) for name in columns] for answer in answers], columns=columns)
    return frame.astype({"threshold": float})


def random_orders(codings: DataFrame, *, draws: int = 1000, seed: int = 2020, **choice: Any) -> DataFrame:
    """How often saturation falls on each interview when their order is drawn at random.

    Columns reached (NaN: never), draws, share; `choice` is that of `find_saturation`. Same seed, same frame.
    """
    put = codings[codings["code"] != ""]
    counts = crosstab(put["interview"], put["code"]).reindex(codings["interview"].unique(), fill_value=0)
    presence = counts.to_numpy() > 0
    rng, ranks = np.random.default_rng(seed), np.arange(len(presence))
    reached = []
    for _ in range(draws):
        seen = np.maximum.accumulate(presence[rng.permutation(ranks)], axis=0).sum(axis=1)
        reached.append(find_saturation(np.diff(seen, prepend=0).tolist(), **choice).reached)
    falls = Series(reached, dtype=float, name="reached").value_counts(dropna=False).sort_index()
    return falls.rename("draws").reset_index().assign(share=lambda frame: frame["draws"] / draws)


def read_claim(study: Study) -> SaturationClaim:
    """The claim of a study (`saturation.yaml`), its ranks read at their addresses of `printed.csv`.

    Its verdict is "uncheckable" as long as one thing needed is not published, otherwise empty.
    Raises InputError with every fault.
    """
    document = study.document(CLAIM_FILE, CLAIM_SCHEMA)
    claim = document["claim"]
    addresses = {key: claim[key] for key in ("first", "last", "interviews")}
    if astray := {key: address for key, address in addresses.items() if address not in study}:
        where = "n'est pas une adresse de printed.csv"
        raise InputError(f"{CLAIM_FILE}, claim.{key} : « {address} » {where}" for key, address in astray.items())
    needed = DataFrame(document["needed"], columns=["what", "why", "published", "place"]).fillna({"place": ""})
    missing = needed.loc[~needed["published"], "what"]
    explanation = f"il manque, dans le texte publié : {' ; '.join(missing)}" if len(missing) else ""
    ranks = [study[address] for address in addresses.values()]
    verdict = "uncheckable" if explanation else ""
    return SaturationClaim(claim["label"], *ranks, claim["place"], needed, verdict, explanation)


def _impossible_reason(interviews: int, base: int, run: int, codes: int) -> str:
    if interviews < base + run:
        return f"{interviews} entretiens : il en faut au moins {base + run}"
    return "" if codes else f"aucun code dans les {base} premiers entretiens"
