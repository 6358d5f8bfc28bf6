"""Kernels of a build: forked from a process that has imported the libraries, or started one by one.

A kernel runs in the interpreter that is running now, whatever kernelspecs the machine offers, away from the reader's
own IPython and matplotlib settings. It is *cold*, a plain process that imports what it needs, or *preloaded*, forked
by a server that has imported the libraries once (`fork_server`); the pages are the same bytes. `multiprocessing` has
such a server too, but one for the whole life of a process, which nobody can stop, which imports `__main__` again and
which says nothing of an import that fails: this one belongs to one build.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar

from relecture.build.notebooks.fork_server import END

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS libraries do not survive a fork
_ARGUMENTS = ("-f", "{connection_file}", "--log-level=CRITICAL")
_FIRST_MESSAGE = 0.2  # seconds, for a kernel's first message
_SERVER_GONE = "le serveur de noyaux s'est arrêté"
_SERVER = "from relecture.build.notebooks import fork_server; fork_server.serve()"


class Kernels:
    """Starts the kernels of one build, and leaves none behind; their files go to `folder`, which is theirs alone.

    `server` is one that runs already, if any. `tell` is given one French line when kernels cannot be preloaded though
    they were asked to be.
    """

    def __init__(
        self, folder: Path, *, preload: bool, tell: Callable[[str], None] = print, server: ForkServer | None = None
    ) -> None:
        self.folder, self._tell = folder, tell
        self._server = server or (ForkServer(folder) if preload and CAN_FORK else None)
        if self._server:
            self._server.preload()
        self._cold: list[subprocess.Popen[Any]] = []
        self._stopped = False
        self._lock = threading.Lock()

    def manager(self, name: str) -> type:
        """A class that manages one kernel, whose files stay in a folder of that name."""
        from jupyter_client import AsyncKernelManager
        from jupyter_client.kernelspec import KernelSpec

        folder = self.folder / name
        folder.mkdir()
        argv = [sys.executable, "-m", "ipykernel_launcher", *_ARGUMENTS]
        spec = KernelSpec(argv=argv, display_name="Python 3", language="python", env=environment(folder))
        kernels = self

        class RunningInterpreter(AsyncKernelManager):
            kernel_spec = property(lambda self: spec)
            client_factory = _client()

            def __init__(self, **options: Any) -> None:
                super().__init__(connection_file=os.fspath(folder / "kernel.json"), **options)
                self.provisioner = _provisioner(kernels, spec, self)

        return RunningInterpreter

    def fork(self, command: list[str], options: Mapping[str, Any]) -> ForkedKernel | None:
        """A kernel forked by the server; None when there is no server that works."""
        with self._lock:
            forked, fault = _forked(self._server, command, options)
            if self._stopped:
                raise RuntimeError("the build has ended")
            if fault:
                self._server = self._server.close()
                self._tell(f"Noyaux lancés un par un, sans préchargement : {fault}")
        return forked

    def remember(self, process: subprocess.Popen[Any]) -> None:
        """Remember a cold kernel, to be stopped with the build."""
        self._cold.append(process)
        if self._stopped:  # while it was starting
            self.stop()

    def stop(self) -> None:
        """Kill whatever still runs; no kernel starts any more."""
        self._stopped = True
        for process in (process for process in self._cold if process.poll() is None):
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        if self._server:
            self._server.close()


def _forked(
    server: ForkServer | None, command: list[str], options: Mapping[str, Any]
) -> tuple[ForkedKernel | None, str]:
    """The kernel, or what is wrong with the server."""
    if server is None or (fault := server.fault()):
        return None, fault if server else ""
    try:
        return server.fork(command, options), ""
    except (OSError, ValueError):
        return None, _SERVER_GONE


class ForkServer:
    """The process that forks preloaded kernels, and how it is asked: one line of JSON each way."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | environment(folder),
            cwd=folder,
            start_new_session=True,
            encoding="utf-8",
        )
        self._lock = threading.Lock()
        self._fault: str | None = None

    def preload(self) -> None:
        """Let the server import the libraries meanwhile."""
        with suppress(OSError):  # `fault` will tell
            self._process.stdin.write('["preload"]\n')
            self._process.stdin.flush()

    def fault(self) -> str:
        """Why this server cannot serve, or nothing; waits until it has imported the libraries."""
        with self._lock:
            if self._fault is None:
                try:
                    self._fault = json.loads(self._process.stdout.readline())
                except ValueError:
                    self._fault = _SERVER_GONE
            return self._fault

    def fork(self, command: list[str], options: Mapping[str, Any]) -> ForkedKernel:
        """A new kernel that runs what this command would."""
        return ForkedKernel(self, self.ask("start", command[3:], os.fspath(options["cwd"]), dict(options["env"])))

    def ask(self, *question: Any) -> Any:
        """The answer to a question; OSError when the server is gone."""
        with self._lock:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            raise BrokenPipeError("the server of kernels is gone")
        return json.loads(answer)

    def close(self) -> None:
        """Let the server kill its kernels and end; one that still imports has none."""
        if self._fault is None:
            self._process.kill()
        with suppress(OSError, ValueError):
            self._process.stdin.write(f'["{END}"]\n')
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass
class ForkedKernel:
    """A forked kernel, with what jupyter_client asks of a `subprocess.Popen`."""

    server: ForkServer
    pid: int
    stdin: ClassVar = None
    stdout: ClassVar = None
    stderr: ClassVar = None

    def poll(self) -> int | None:
        try:
            return self.server.ask("poll", self.pid)
        except (OSError, ValueError):  # the server is gone, its kernels with it
            return -signal.SIGKILL

    wait = poll

    def send_signal(self, number: int) -> None:
        with suppress(OSError, ValueError):
            self.server.ask("signal", self.pid, number)


def environment(folder: Path) -> dict[str, str]:
    """What a kernel must not take from the session: hash seed, locale, settings, cores, temporary files."""
    rules = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "matplotlibrc"
    return {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",  # sums in the same order whatever the cores, and kernels that do not fight for them
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_MMAP_THRESHOLD_": "268435456",  # memory is given back when a kernel ends, not again and again before
        "MALLOC_TRIM_THRESHOLD_": "1073741824",
        "TMPDIR": os.fspath(folder),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger, which nobody uses here, speaks when it is imported
        "IPYTHONDIR": os.fspath(folder),
        "JUPYTER_CONFIG_DIR": os.fspath(folder),
        "MATPLOTLIBRC": os.fspath(rules),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _client() -> type:
    """jupyter_client's own client, but for a fifth of a second that it waits for messages nbclient leaves aside."""
    from jupyter_client import AsyncKernelClient

    class Client(AsyncKernelClient):
        async def wait_for_ready(self, timeout: float) -> None:
            deadline = time.monotonic() + timeout
            while time.monotonic() < deadline and await self.is_alive():
                with suppress(TimeoutError, Empty):  # it may be busy, or what it says not be heard yet
                    await self.kernel_info(reply=True, timeout=1)
                    await self.get_iopub_msg(timeout=_FIRST_MESSAGE)
                    return
            raise RuntimeError("the kernel does not answer")

    return Client


def _provisioner(kernels: Kernels, spec: Any, manager: Any) -> Any:
    """jupyter_client's own provisioner, but for the process it looks after: forked where that is possible."""
    from jupyter_client.provisioning import LocalProvisioner

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
            self.process = kernels.fork(cmd, options)
            if self.process is None:
                await super().launch_kernel(cmd, **options)
                kernels.remember(self.process)
            return self.connection_info

    return Provisioner(kernel_spec=spec, kernel_id="", parent=manager)
