"""How it is made again: notebooks run, pages written, bytes compared, archives."""
