"""The command ``crossings``, or ``python -m helpers``: a signal ends it in order, at any moment."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from types import FrameType

SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
AGAIN_SECONDS = 2
"""A signal that follows another so soon is the same wish, and must not disturb the clearing up."""


def main() -> None:
    """Run a command. A signal ends it with 128 and its number, after it has cleared up."""
    code, last = 0, -AGAIN_SECONDS

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal code, last
        code, since, last = 128 + number, time.monotonic() - last, time.monotonic()
        if since > AGAIN_SECONDS:
            raise KeyboardInterrupt

    for one in SIGNALS:
        if signal.getsignal(one) != signal.SIG_IGN:  # as under nohup
            signal.signal(one, stop)
    try:
        from helpers.cli import app

        app()
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        code = code or ended.code
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    if code in {128 + one for one in SIGNALS}:
        from helpers import writing

        writing.clear(own=True)
        with contextlib.suppress(OSError):
            print("\nStopped.", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
