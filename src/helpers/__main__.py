"""The command ``crossings``, or ``python -m helpers``: a signal ends it in order, at any moment."""

from __future__ import annotations

AGAIN_SECONDS = 2
"""A signal that follows another so soon is the same wish, and must not disturb the clearing up."""


def main() -> None:
    """Run a command. A signal ends it with 128 and its number, after it has cleared up."""
    # Both are there from Python's start: what follows takes a while to import.
    import _signal
    import os

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    signals = [getattr(_signal, name) for name in names if hasattr(_signal, name)]
    # Not those that are ignored, as under nohup.
    signals = [one for one in signals if _signal.getsignal(one) != _signal.SIG_IGN]
    stopped = {128 + one for one in signals}
    for one in signals:
        _signal.signal(one, lambda number, _: os._exit(128 + number))
    import atexit
    import contextlib
    import sys
    import time
    from pathlib import Path

    from helpers import writing

    # Nothing that is made holds a date; one that libraries cannot read would stop them.
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        Path.cwd()
        writing.make_room()
    except OSError as error:
        sys.exit(f"{writing.told(error)}.")
    from helpers.cli import app

    code, last = 0, -AGAIN_SECONDS

    def stop(number: int, _: object) -> None:
        nonlocal code, last
        code, since, last = 128 + number, time.monotonic() - last, time.monotonic()
        if since > AGAIN_SECONDS:
            raise KeyboardInterrupt

    def end() -> None:
        # Python itself may end by SIGINT, whatever the signal was, if it ran compiled text.
        if code in stopped:
            with contextlib.suppress(OSError):
                sys.stdout.flush()
            os._exit(code)

    atexit.register(end)  # before all others, to be called last
    for one in signals:
        _signal.signal(one, stop)
    try:
        app()
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        code = code or ended.code
    for one in signals:
        _signal.signal(one, _signal.SIG_IGN)
    if code in stopped:
        writing.clear(own=True)
        with contextlib.suppress(OSError):
            print("\nStopped.", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
