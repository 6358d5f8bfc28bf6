"""What is refused, told in French fault by fault."""

from __future__ import annotations

from collections.abc import Iterable


class InputError(ValueError):
    """Refused input; `faults` names every fault at once, in French, for a reader."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
