"""The child process of `sandbox`: one order a line in, one answer a line out."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from compare.errors import DocumentError
from compare.read.decode import decode
from compare.read.formats import READERS


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the parent's time limit still holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor(seconds: float) -> None:
    """From now on, end this process after so much processor time, even in native code; 0 never."""
    if hasattr(signal, "setitimer"):  # as above
        signal.setitimer(signal.ITIMER_PROF, seconds)


def answer(data: bytes, form: str, encoding: str) -> dict[str, str]:
    """Text and metadata of a file's bytes, or why there is none as `error`.

    >>> answer(b"PK", "docx", "")
    {'error': 'broken DOCX: File is not a zip file; open it and save it again'}
    """
    found: dict[str, str] = {}
    markup = ""
    try:
        if form == "html":
            decoded = decode(data, markup=True, fallback_encoding=encoding)
            markup, found["how"] = decoded.text, f"{decoded.encoding} ({decoded.how})"
        found |= READERS[form](data, markup)
    except DocumentError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"the {form} parser ran out of memory; convert it to text"}
    except Exception as error:
        # The parsers are not ours and raise anything; the document is named by the parent.
        reason = f"{type(error).__name__}: {error}"[:200]
        return {"error": f"the {form} parser failed: {reason}; convert it to text"}
    return found


def main() -> None:
    """Serve orders until the input ends."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a parser prints must not mix with the answers
    _limit(int(sys.argv[1]))
    out.write(b"ready\n")
    for line in sys.stdin.buffer:
        order = json.loads(line)
        _limit_processor(float(order.pop("processor")))
        data = Path(order["path"]).read_bytes()
        told = json.dumps(answer(data, order["form"], order["encoding"])).encode("ascii")
        _limit_processor(0)
        out.write(told + b"\n")


if __name__ == "__main__":
    main()
