"""What a kernel of the build runs, and the warm process that forks such kernels.

``python -m helpers.notebooks.kernel -f FILE`` is an ordinary ipykernel that writes down which files it opens.
``python -m helpers.notebooks.kernel --serve SOCKET`` imports the large libraries once and then forks a
kernel for every request on its socket. No module of this package is imported before the fork: a
kernel always sees the code as it is on disk. ``python -m helpers.notebooks.kernel --check`` checks the data
folder and prints every fault as JSON; it, too, writes down what it opens.

A fork must not be told from a fresh kernel. So no thread is started, not even by a library, no
event loop is made and no random number is drawn before it; the environment, the arguments and the
path are set to what a fresh kernel gets; and numpy, the one library that would hand the same seed
to all, gets a new one.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

PROJECT = Path(__file__).resolve().parents[3]

#: Imported before the fork. Nothing that asks at import whether it runs in a notebook.
LIBRARIES = [
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell",
    "IPython.display", "IPython.core.completer", "jedi",
    "numpy", "pandas", "pyarrow", "pyarrow.csv", "scipy.stats",
    "shapely", "pyproj", "pyogrio", "pyogrio.geopandas", "geopandas",
    "matplotlib.figure", "matplotlib.font_manager", "matplotlib.textpath", "matplotlib.path",
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.ticker",
    "matplotlib.collections", "matplotlib.offsetbox", "mpl_toolkits", "PIL.PngImagePlugin",
    "importlib.metadata", "rich.console",
]  # fmt: skip
INLINE = "module://matplotlib_inline.backend_inline"
REQUEST_LIMIT = 1 << 20


def trace(file: str, roots: list[str]) -> None:
    """Append to ``file`` each file below ``roots`` that this process opens for reading from now on.

    Folders that are listed are written with a slash at the end. Files that a library opens past
    Python are not seen: the loaders open theirs in Python.
    """
    seen: set[str] = set()
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    within = tuple(os.path.join(root, "") for root in roots)  # noqa: PTH118
    writing = os.O_WRONLY | os.O_RDWR

    def note(event: str, args: tuple) -> None:
        if event == "open":
            if isinstance(args[2], int) and args[2] & writing:
                return
            end = ""
        elif event in ("os.listdir", "os.scandir"):
            end = "/"
        else:
            return
        try:
            path = os.path.abspath(os.fsdecode(args[0])) + end  # noqa: PTH100
        except TypeError:
            return  # an open file by its number
        if path not in seen and path.startswith(within):
            seen.add(path)
            os.write(handle, path.encode("utf-8", "surrogateescape") + b"\n")

    sys.addaudithook(note)


def _start_trace() -> None:
    """Start tracing if the environment says where to write."""
    file = os.environ.pop("CROSSINGS_TRACE", None)
    if file:
        trace(file, [str(PROJECT), os.environ.get("CROSSINGS_DATA", str(PROJECT / "data"))])


def _forget_package() -> None:
    """Drop this package's modules, so that the notebook imports them anew and is seen to."""
    for name in [name for name in sys.modules if name.split(".")[0] == "helpers"]:
        del sys.modules[name]


def run_kernel(argv: list[str]) -> None:
    """Run an ipykernel with the arguments ``argv`` until it is shut down."""
    from ipykernel import kernelapp

    sys.argv = [str(Path(kernelapp.__file__).parents[1] / "ipykernel_launcher.py"), *argv]
    _forget_package()
    _start_trace()
    kernelapp.launch_new_instance()


# The warm process -------------------------------------------------------------------------------


def serve(path: str) -> None:
    """Import the libraries, then fork for each request on the socket until stdin closes."""
    _die_with(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build decides; it closes our stdin
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no child stays behind as a zombie
    before = dict(os.environ)
    # Read once, at import: whom ipykernel is to watch, how matplotlib draws; and that numpy, scipy
    # and pyarrow start no threads of their own, whose locks a fork could inherit shut.
    given = {
        "JPY_PARENT_PID": str(os.getpid()),
        "MPLBACKEND": INLINE,
        "OPENBLAS_NUM_THREADS": "1",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
    }
    os.environ.update(given)
    with _seeming_notebook():
        for name in LIBRARIES:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        _load_fonts()
    added = {name: text for name, text in os.environ.items() if before.get(name) != text}
    added = {name: text for name, text in added.items() if given.get(name) != text}
    gc.collect()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    print(f"ready {_threads()}", flush=True)
    _answer(listener, added)


@contextlib.contextmanager
def _seeming_notebook() -> Iterator[None]:
    """Let libraries find the shell of a notebook: pandas asks once, when it is imported.

    In what looks like a terminal it would cut wide tables at the width of that.
    """
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)
    try:
        # A kernel's output has this encoding, in this spelling.
        with Path(os.devnull).open("w", encoding="UTF-8") as out, contextlib.redirect_stdout(out):
            yield
    finally:
        del builtins.get_ipython


def _load_fonts() -> None:
    """Find one font, so that the list of fonts and its first lookup are there for all."""
    from matplotlib import font_manager

    font_manager.findfont("DejaVu Sans")


def _threads() -> int:
    """Return how many threads run here; more than one would make forking unsafe."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208


def _answer(listener: socket.socket, added: dict[str, str]) -> None:
    import select

    server, children = os.getpid(), []
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            break  # the build is over, or dead
        connection, _ = listener.accept()
        request = json.loads(connection.makefile("rb").readline(REQUEST_LIMIT))
        child = os.fork()
        if not child:
            listener.close()
            _become(request, server, added)
            return
        children.append(child)
        connection.sendall(f"{child}\n".encode())
        connection.close()  # only the child holds it now: its end is the end of the child
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def _become(request: dict, server: int, added: dict[str, str]) -> None:
    """Turn this fork into the kernel that was asked for; returns when that is shut down."""
    os.setsid()
    _die_with(server)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.environ.clear()
    os.environ.update(added | request["env"])
    os.environ["JPY_PARENT_PID"] = str(server)
    os.chdir(request["cwd"])
    sys.modules["numpy"].random.seed()
    run_kernel(request["argv"])


def check() -> None:
    """Check the data folder that the environment names; print every fault as JSON."""
    _die_with(os.getppid())
    _forget_package()
    _start_trace()
    from helpers.data.check import check_all

    faults = [fault.as_dict() for fault in check_all(Path(os.environ["CROSSINGS_DATA"]))]
    print(json.dumps(faults), flush=True)


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when the one that started it is killed."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    # As in ipykernel_launcher: the shell puts the working folder back itself.
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    # Its remarks on the user's settings would count as warnings of a notebook.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2])
    elif sys.argv[1:] == ["--check"]:
        check()
    else:
        run_kernel(sys.argv[1:])
