"""Rows of the account of what synthetic answers reproduce."""

from __future__ import annotations

Entry = tuple[str, str, str, bool, str]


COLUMNS = ["target", "wanted", "obtained", "reproduced", "reason"]
