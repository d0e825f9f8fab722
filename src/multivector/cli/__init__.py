"""The command line: one thin command a verb, over the front doors of the rooms."""

from multivector.cli._main import main, program

__all__ = ["main", "program"]
