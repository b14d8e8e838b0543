"""The command line: parses, calls one function of the package, prints.  Heavy parts are imported inside the commands, so
that `--help` answers at once.
"""

from dateline.cli.app import main

__all__ = ["main"]
