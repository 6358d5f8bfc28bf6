"""`python -m relecture` is the `relecture` command, for paths that the installed script cannot hold."""

from relecture.cli import main

main(prog_name="relecture")
