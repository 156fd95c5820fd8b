"""Loaded before pytest's other plugins, one of which imports what takes seconds for nothing."""

import sys

from helpers.notebooks.run import prepare

prepare()
LEFT_OUT = "nbclient" in sys.modules and "rfc3987_syntax" not in sys.modules
