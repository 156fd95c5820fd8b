"""Kernels for the build: forked from a warm process where that can be had, else plain ones."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import LocalProvisioner

from helpers.data.faults import Fault
from helpers.writing import scratch

KERNEL = [sys.executable, "-m", "helpers.notebooks.kernel"]
SPEC = KernelSpec(
    argv=[*KERNEL, "-f", "{connection_file}"],
    display_name="Python 3 (ipykernel)",
    language="python",
    env={},
)
WARM_UP_SECONDS = 120
FEWEST_FILES, FILES_PER_JOB = 128, 32
"""What a kernel opens itself, and what the build opens for each: some 90 and 26, as measured."""
LONGEST_SOCKET = 107
"""Bytes that the path of a socket may have, of which a kernel's name takes some."""


async def check(env: dict[str, str]) -> list[Fault]:
    """Check the data folder that ``env`` names in a process of its own; return every fault.

    Raises
    ------
    OSError
        If the check came to no end.
    """
    # Not asyncio's own: cancelled while it starts, that one waits for ever (seen in Python 3.11).
    process = subprocess.Popen(
        [*KERNEL, "--check"], env=env, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        said, _ = await asyncio.to_thread(process.communicate)
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise OSError("the check of the data was cut off")
    return [Fault(**fault) for fault in json.loads(said)]


def can_fork() -> bool:
    """Tell whether forking warm kernels is safe here: on Linux; not on macOS or Windows."""
    return sys.platform == "linux"


class Warm:
    """The warm process; start it early, and enter it to have it ended at the end.

    Where ``fork`` is false there is no such process and :meth:`manager` gives plain kernels.
    """

    def __init__(self, fork: bool = True) -> None:
        self.fork = fork and can_fork()
        self._process: subprocess.Popen | None = None
        self._ready = False

    def __enter__(self) -> Warm:
        self._place = scratch()
        self._folder = self._place.__enter__()
        self.path = str(self._folder / "warm")
        # Not below a deep project, nor where the user's temporary folder is one.
        self.fork = self.fork and len(os.fsencode(self.path)) + 8 < LONGEST_SOCKET
        if self.fork:
            self._process = subprocess.Popen(
                [*KERNEL, "--serve", self.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the build, which ends this process
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.stdin.close()
            try:
                self._process.wait(10 if self._ready else 0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process.stdout.close()
        self._place.__exit__(None, None, None)

    async def wait(self) -> None:
        """Wait until the libraries are imported; if that failed or lasts, plain kernels follow."""
        if self.fork and not self._ready:
            reading = asyncio.to_thread(self._process.stdout.readline)
            try:
                line = await asyncio.wait_for(reading, WARM_UP_SECONDS)
            except TimeoutError:
                self._process.kill()  # which ends the reading, too
                line = b""
            self._ready = True
            # With threads about, a fork could inherit a lock that nobody will open.
            self.fork = line.split() == [b"ready", b"1"]

    def ask(self, argv: list[str], env: dict[str, str], cwd: str) -> Forked:
        """Fork a kernel."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.path)
        request = {"argv": argv, "env": env, "cwd": cwd}
        connection.sendall(json.dumps(request).encode() + b"\n")
        return Forked(connection)

    def manager(self) -> AsyncKernelManager:
        """Return a manager of one kernel that is not started yet."""
        manager = AsyncKernelManager(kernel_name="python3")
        manager._kernel_spec = SPEC
        manager.kernel_id = str(uuid.uuid4())
        manager.connection_file = str(self._folder / f"{manager.kernel_id}.json")
        if self.fork:
            manager.provisioner = ForkProvisioner(
                kernel_id=manager.kernel_id, kernel_spec=SPEC, parent=manager
            )
            manager.provisioner.warm = self
            # Sockets in our own folder: two processes can pick the same free port.
            manager.transport = "ipc"
            manager.ip = str(self._folder / manager.kernel_id[:8])
        return manager


class Forked:
    """A process that the warm process forked, as far as a provisioner asks for."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")
        self.pid = int(self._file.readline())
        self.returncode: int | None = None

    def close(self) -> None:
        """Take note that the process has ended."""
        self.returncode = 0
        self._file.close()
        self._connection.close()

    def poll(self) -> int | None:
        """Return None while the process lives: it never speaks, so silence is life."""
        if self.returncode is None:
            self._connection.settimeout(0)
            try:
                ended = not self._connection.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                return None
            except OSError:
                ended = True
            if ended:
                self.close()
        return self.returncode

    def wait(self) -> int:
        """Return the exit code; call it only after :meth:`poll` gave one."""
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the process."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)


class ForkProvisioner(LocalProvisioner):
    """Start a kernel by forking it from the warm process instead of a new Python."""

    warm: Warm

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict:  # noqa: ANN401
        """Fork a kernel with the arguments of ``cmd``."""
        cwd = kwargs.get("cwd") or str(Path.cwd())
        env = dict(kwargs.get("env") or os.environ)
        # cmd is python -m helpers.notebooks.kernel -f FILE ...
        self.process = self.warm.ask(cmd[3:], env, str(cwd))
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info
