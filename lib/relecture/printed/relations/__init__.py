"""Relations between printed numbers: read from `relations.yaml`, each checked with its kind."""

from relecture.core import exports

__getattr__, __dir__, __all__ = exports(
    __name__, {"relation": "KINDS Relation", "reading": "Fault convention_faults parse"}
)
