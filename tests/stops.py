"""Stop a command when it moves its n-th file into place, for each n; a process of its own.

``python -m tests.stops FOLDER [WORD]...``: each stop by SIGKILL, the last by SIGTERM, too, in a
fork on the folder as it was. After SIGTERM all is as before; after SIGKILL every file is the old or
the new one, and the next run completes.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from helpers.__main__ import main
from helpers.entry import add, mend  # noqa: F401  imported once, before the forks
from helpers.entry.ministry import run as _  # noqa: F401
from tests.conftest import contents

replace = Path.replace


def run(words, stop=0, number=0):
    """Run a command in a fork; return its exit code and what it said."""
    with tempfile.TemporaryFile("w+") as said:
        if child := os.fork():
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said.seek(0)
            return code, said.read()

        def count(self, target):
            nonlocal stop
            stop -= 1
            if stop == 0:
                os.kill(os.getpid(), number)
            return replace(self, target)

        Path.replace, sys.argv = count, ["crossings", *words]
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        code = 1
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            sys.stdout.flush()
            os._exit(code)


def stops(folder, words):
    """Return how many stops there were."""
    kept = shutil.copytree(folder, folder.with_name("kept"))
    before, place = contents(folder), Path(tempfile.gettempdir())
    code, said = run(words)
    assert code == 0, said
    after = contents(folder)
    assert after != before
    done = 0
    for number, expected in [(signal.SIGKILL, -9), (signal.SIGTERM, 143)]:
        for stop in range(1, 99) if number == signal.SIGKILL else [done]:
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
            code, said = run(words, stop, number)
            if code == 0:
                break
            assert (code, "Traceback" in said) == (expected, False), said
            done += 1
            found = contents(folder)
            if number == signal.SIGTERM:
                assert found == before and not list(place.iterdir())
                continue
            for path in [path for path in found if not path.name.startswith(".")]:
                assert found[path] in (before.get(path), after.get(path)), path
            code, said = run(words)
            assert code == 0 and contents(folder) == after, said
            assert not list(place.iterdir())
    return done


if __name__ == "__main__":
    print(stops(Path(sys.argv[1]), sys.argv[2:]))
