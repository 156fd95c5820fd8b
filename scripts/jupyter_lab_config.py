"""What ``make lab`` loads: the project as the root, its commands at hand, no change by saving.

JupyterLab writes into a notebook on which machine it was opened. The project's own are saved in the
form that a build gives them, so that git shows a change where there is one.
"""

import os
import sys
import warnings
from pathlib import Path

from helpers.notebooks import run
from helpers.paths import PROJECT


def kept_form(model: dict, path: str, **_: object) -> None:
    """Give a notebook of the project, before it is saved, the form that a build gives it."""
    if model["type"] == "notebook" and PROJECT / path.strip("/") in run.find_notebooks():
        model["content"] = run.prepare().reads(run.as_bytes(model["content"]).decode(), 4)


os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
# JupyterLab and its server each read this file.
warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")
c = get_config()  # noqa: F821 (Jupyter gives it)
c.ServerApp.root_dir = str(PROJECT)
c.ContentsManager.pre_save_hook = kept_form
c.LabApp.default_url = "/lab/tree/README.md"
# The user's own settings stay above these; open tabs are remembered for this project alone.
c.LabApp.app_settings_dir = str(PROJECT / "scripts" / "lab")
c.LabApp.workspaces_dir = str(PROJECT / ".crossings" / "lab")
if os.name != "nt":
    # A login shell would set PATH anew.
    c.ServerApp.terminado_settings = {"shell_command": [os.environ.get("SHELL", "sh")]}
