"""Parsers of outside files run in a child process with limits on memory and time.

One child serves many documents. It is told a path and answers with one line of
JSON; where it is killed (memory, time, a crash in native code) only the
document at hand is lost, and the next one gets a new child.
"""

from __future__ import annotations

import contextlib
import json
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from compare.errors import DocumentError

_LONGEST_ANSWER = 200_000_000
_START = 60.0
"""Seconds a child may take to begin."""


class Sandbox:
    """Read .html, .pdf and .docx in a child process.

    Args:
        memory: bytes of address space the child may use.
    """

    def __init__(self, *, memory: int) -> None:
        """Nothing is started before the first document needs it."""
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        """Return this sandbox."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child."""
        self._stop()

    def read(
        self, path: Path, form: str, encoding: str, *, seconds: float, processor: float
    ) -> dict[str, str]:
        """Text and metadata of the file at `path`, in at most `seconds`, `processor` at work.

        Raises:
            DocumentError: the parser refused it, took too long or too much memory, or died.
        """
        order = json.dumps(
            {"path": str(path), "form": form, "encoding": encoding, "processor": processor}
        )
        try:
            child = self._child or self._start()
            assert child.stdin is not None
            child.stdin.write(order.encode() + b"\n")
            child.stdin.flush()
            answer = json.loads(self._line(child, seconds))
        except (BrokenPipeError, EOFError, ValueError) as error:
            if self._stop() == -signal.SIGPROF:
                raise DocumentError(
                    f"the {form} parser needed more than {processor:.3g} s of processor; "
                    "convert it to text"
                ) from error
            raise DocumentError(
                f"the {form} parser died on it (limit {self._memory // 2**20} MiB of memory); "
                "convert it to text"
            ) from error
        except TimeoutError as error:
            self._stop()
            raise DocumentError(
                f"the {form} parser needed more than {seconds:.3g} s; convert it to text"
            ) from error
        if "error" in answer:
            raise DocumentError(str(answer["error"]))
        return {str(k): str(v) for k, v in answer.items()}

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-m", "compare.read.child", str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._line(self._child, _START) != b"ready\n":
            raise DocumentError("the child process that parses outside files did not start")
        return self._child

    def _line(self, child: subprocess.Popen[bytes], seconds: float) -> bytes:
        assert child.stdout is not None
        end = time.monotonic() + seconds
        parts: list[bytes] = []
        size = 0
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while True:
                left = end - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                part = child.stdout.read1(1 << 20)  # type: ignore[attr-defined]
                size += len(part)
                if not part or size > _LONGEST_ANSWER:
                    raise EOFError
                parts.append(part)
                if part.endswith(b"\n"):
                    return b"".join(parts)

    def _stop(self) -> int:
        """End the child; how it ended, which may have been before."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # nobody is left to send it to
                    pipe.close()
        return child.wait()
