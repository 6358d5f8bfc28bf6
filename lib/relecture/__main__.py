"""`python -m relecture` is the `relecture` command, for paths that the installed script cannot hold."""

import atexit
import gc

from relecture.cli.commands import main

atexit.register(gc.freeze)  # the process ends: Python need not look for what it could still collect
main(prog_name="relecture")
