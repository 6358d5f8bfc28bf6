"""The peers' side of the benchmark, run by the python of `.bench`: cases in, verdicts and times out.

Reads one JSON object on standard input, writes one on standard output. Knows nothing of Relecture.
"""

import json
import sys
import time
import warnings
from importlib.metadata import version

import pandas
import pysprite
import scrutipy
from grim import mean_tester

warnings.simplefilter("ignore")  # pysprite warns at each mean that any sample size allows

TINY = 10  # answers up to which making a frame takes longer than finding what goes in it


def best(run, repeats):
    """Seconds of the fastest of several runs, and what it returned."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
    return min(times), found


def closure(mean, sd, n, low, high):
    half = [0.5 / 10 ** len(text.partition(".")[2]) for text in (mean, sd)]
    return scrutipy.closure(float(mean), float(sd), n, low, high, *half)


def by_scrutipy_grim(mean, n, items=1):
    return scrutipy.grim_scalar(mean, n, items=items)


def by_pysprite_grim(mean, n, items=1):
    return bool(pysprite.grim(n, float(mean), len(mean.partition(".")[2]), items))


def by_grim(mean, n, items=1):
    return mean_tester.consistency_check(mean, str(n * items))


def by_scrutipy_grimmer(mean, sd, n, items=1):
    return scrutipy.grimmer([mean], [sd], [n], items=[items])[0]


def verdicts(check, mean, sd, n, items):
    """What each peer says of one case; nothing for those without that check."""
    if check == "GRIMMER":
        return {"scrutipy": by_scrutipy_grimmer(mean, sd, n, items)}
    if check == "DEBIT":
        return {"scrutipy": scrutipy.debit([mean], [sd], [n])[0]}
    said = (("scrutipy", by_scrutipy_grim), ("pysprite", by_pysprite_grim), ("grim", by_grim))
    return {name: ask(mean, n, items) for name, ask in said}


def main():
    asked = json.load(sys.stdin)
    answer = {
        "versions": {name: version(name) for name in ("scrutipy", "pysprite", "grim")},
        "verdicts": [verdicts(*case) for case in asked["verdicts"]],
        "closure": [],
        "loops": {},
    }
    for *case, repeats in asked["closure"]:
        seconds, found = best(lambda case=case: closure(*case), repeats)
        if case[2] <= TINY:
            framed, _ = best(lambda case=case: pandas.DataFrame(closure(*case)), repeats)
            answer["closure"].append([seconds, len(found), framed, "scrutipy, en DataFrame"])
        else:
            answer["closure"].append([seconds, len(found), seconds, "scrutipy"])
    cases = asked["loops"]
    loops = {
        ("GRIM", "grim"): lambda: [by_grim(mean, n) for mean, _, n in cases],
        ("GRIM", "pysprite"): lambda: [by_pysprite_grim(mean, n) for mean, _, n in cases],
        ("GRIM", "scrutipy"): lambda: [by_scrutipy_grim(mean, n) for mean, _, n in cases],
        ("GRIMMER", "scrutipy"): lambda: [by_scrutipy_grimmer(mean, sd, n) for mean, sd, n in cases],
    }
    for (check, name), run in loops.items():
        answer["loops"].setdefault(check, {})[name] = best(run, 1)[0] / len(cases)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
