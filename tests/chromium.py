"""A headless Chromium driven over a pipe (DevTools protocol), for the screen tests.

Nothing is installed for it but Debian's `chromium`; it may reach no network.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for an answer."""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--allow-file-access-from-files",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
)  # fmt: skip


def find() -> str | None:
    """The browser's path, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """One page of one browser; close it when done."""

    def __init__(self, program: str) -> None:
        self.profile = tempfile.mkdtemp(prefix="compare-chromium-")
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()
        # The browser reads commands on descriptor 3 and answers on 4; the shell puts ours there.
        line = f'exec "$@" 3<&{to_read} 4>&{from_write}'
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", line, "bash", program, *FLAGS, f"--user-data-dir={self.profile}",
             "about:blank"],
            pass_fds=(to_read, from_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(from_write)
        self.buffer = b""
        self.number = 0
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.command("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.command(f"{domain}.enable")

    def receive(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.from_read], [], [], max(0, until - time.monotonic()))
            block = os.read(self.from_read, 1 << 20) if ready else b""
            if not block:
                raise AssertionError(
                    f"Chromium said nothing for {PATIENCE} s; last events {self.events[-3:]}"
                )
            self.buffer += block
        message, self.buffer = self.buffer.split(b"\0", 1)
        found: dict[str, Any] = json.loads(message)
        return found

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_write, data) :]
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def open(self, url: str) -> None:
        self.events.clear()
        self.command("Page.navigate", url=url)
        while not self.seen("Page.loadEventFired"):
            self.events.append(self.receive())

    def seen(self, method: str) -> list[dict[str, Any]]:
        return [e["params"] for e in self.events if e.get("method") == method]

    def screen(self, width: int, *, dark: bool) -> None:
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900,
                     deviceScaleFactor=1, mobile=False)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])

    def ask(self, expression: str) -> Any:
        answer = self.command("Runtime.evaluate", expression=expression, returnByValue=True,
                              awaitPromise=True)  # fmt: skip
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def key(self, name: str) -> None:
        code = {"Tab": 9, "Enter": 13, "Escape": 27}[name]
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if (name, kind) == ("Enter", "keyDown") else {}
            self.command("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                         windowsVirtualKeyCode=code, **text)  # fmt: skip

    def image(self) -> bytes:
        return base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"])

    def pdf(self) -> bytes:
        answer = self.command("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(answer["data"])

    def faults(self) -> list[str]:
        """Everything a page should not do: errors, dialogs, moves, requests outside."""
        asked = [r["request"]["url"] for r in self.seen("Network.requestWillBeSent")]
        found = [
            f"request {u[:80]}" for u in asked if not u.startswith(("file:", "data:", "blob:"))
        ]
        found += [f"dialog {d['message']}" for d in self.seen("Page.javascriptDialogOpening")]
        found += [f"log {e['entry']['text']}" for e in self.seen("Log.entryAdded")]
        found += [f"console {e['args']}" for e in self.seen("Runtime.consoleAPICalled")]
        found += [
            f"exception {e['exceptionDetails']}" for e in self.seen("Runtime.exceptionThrown")
        ]
        moves = [f for f in self.seen("Page.frameNavigated") if f["frame"]["url"] != "about:blank"]
        return found + [f"navigation {m['frame']['url']}" for m in moves[1:]]

    def close(self) -> None:
        self.session = None
        try:
            self.command("Browser.close")
        except (AssertionError, OSError):
            self.process.kill()
        self.process.wait(30)
        os.close(self.to_write)
        os.close(self.from_read)
        shutil.rmtree(self.profile, ignore_errors=True)
