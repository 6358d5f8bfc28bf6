"""Draws for the agreement of coders: two or more, missing readings, rare answers, constant coders, units together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from r_oracles.values import Drawn, numbers_of, r
from relecture.text.codes import agreement_coefficients as coefficients


@numbers_of(coefficients.percent_agreement, coefficients.cohen_kappa, coefficients.krippendorff_alpha)
def coders(rng: np.random.Generator) -> Drawn:
    n, kinds, readers = (
        int(rng.choice([1, 3, rng.integers(4, 120)])),
        int(rng.integers(2, 5)),
        int(rng.choice([1, 2, 2, 2, 3, 5])),
    )
    shares = rng.dirichlet(np.full(kinds, rng.choice([0.2, 2])))
    truth, read = rng.choice(kinds, n, p=shares), rng.choice(kinds, (readers, n), p=shares)
    read = np.where(rng.random((readers, n)) < rng.choice([0, 0.6, 0.9, 1]), truth, read).astype(float)
    if rng.random() < 0.1:
        read[0] = 1
    read[rng.random((readers, n)) < rng.choice([0, 0.3])] = np.nan
    units = rng.integers(0, max(n // 2, 1), n) if rng.random() < 0.3 else np.arange(n)
    cells = pd.DataFrame(read)
    kappa, alpha = coefficients.cohen_kappa(cells), coefficients.krippendorff_alpha(cells, units.tolist())
    return f"coders({r(read)}, {r(units)})", [coefficients.percent_agreement(cells), *kappa, *alpha]
