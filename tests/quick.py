"""Loaded before pytest's other plugins, one of which imports what takes seconds for nothing.

What the user has set for IPython must not reach the kernels that tests and nbval start.
"""

import os
import sys
from pathlib import Path

from helpers.notebooks.run import USERS_OWN, prepare

prepare()
LEFT_OUT = "nbclient" in sys.modules and "rfc3987_syntax" not in sys.modules
for name in USERS_OWN:
    os.environ.pop(name, None)
ipython = Path(__file__).resolve().parents[1] / ".crossings" / "ipython"
ipython.mkdir(parents=True, exist_ok=True)
os.environ["IPYTHONDIR"] = str(ipython)
