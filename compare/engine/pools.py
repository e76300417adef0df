"""Who does the work: this process, processes beside it, or a Dask cluster."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from compare.engine.verbs import BATCH, Engine
from compare.errors import EngineError

PAYS = 16
"""Tasks from which worker processes make good the seconds they take to start."""


@contextmanager
def open_engine(
    engine: str | Executor | Any = "local",
    *,
    folder: Path | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    batch: int = BATCH,
) -> Iterator[Engine]:
    """An engine, closed at the end of the block.

    Args:
        engine: `local`, this process with a pool of processes where it pays;
            `dask`, a Dask scheduler; or a `distributed.Client` or any executor.
        folder: where shards are kept; None keeps none after the block. Every
            worker must see it under this path.
        scheduler: address of a running Dask scheduler, such as tcp://host:8786;
            None starts a cluster on this machine.
        workers: processes of this machine; None takes one a core.
        batch: documents in a part.

    Raises:
        EngineError: no such engine, Dask is not installed, or no scheduler answers.

    >>> with open_engine("spark") as engine:
    ...     pass
    Traceback (most recent call last):
        ...
    compare.errors.EngineError: no engine 'spark'; expected local, dask, a Client or an Executor
    """
    if (workers is not None and workers < 1) or batch < 1:
        raise EngineError(f"workers is {workers}, batch is {batch}; both must be 1 or more")
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        if engine == "dask":
            engine = stack.enter_context(_dask_client(scheduler, workers))
        elif scheduler is not None:
            raise EngineError(f"scheduler {scheduler!r} is given, but the engine is {engine!r}")
        if hasattr(engine, "get_executor"):
            # Keys of Dask tasks are its own: equal calls are told apart by our folders.
            engine = engine.get_executor(pure=False)
        if isinstance(engine, Executor):
            found = engine
            yield Engine(folder.resolve(), lambda tasks: found, batch)
        elif engine == "local":
            processes = _Processes(stack, workers)
            yield Engine(folder.resolve(), processes.pool, batch, processes.rest)
        else:
            raise EngineError(
                f"no engine {engine!r}; expected local, dask, a Client or an Executor"
            )


class _Processes:
    """A pool of processes that is started when there is work enough for it."""

    def __init__(self, stack: ExitStack, workers: int | None) -> None:
        self._stack, self._workers = stack, workers
        self._running: ProcessPoolExecutor | None = None

    def pool(self, tasks: int) -> Executor | None:
        """An unbroken pool, or None where this process does better alone."""
        workers = self._workers or len(os.sched_getaffinity(0))
        if workers == 1 or (self._workers is None and tasks < PAYS):
            return None
        if self._running is None or self._running._broken:
            # Spawned: a fork of a process with running threads may hang.
            self._running = self._stack.enter_context(
                ProcessPoolExecutor(workers, mp_context=get_context("spawn"),
                                    initializer=_one_thread)
            )  # fmt: skip
        return self._running

    def rest(self) -> None:
        """End the workers; those of the next tasks are started anew."""
        if self._running is not None:
            self._running.shutdown()
            self._running = None


def _one_thread() -> None:
    """In a worker: the cores are shared out by process."""
    os.environ["OMP_NUM_THREADS"] = "1"


@contextmanager
def _dask_client(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        raise EngineError(
            "the engine dask needs dask.distributed; pip install 'claim-compare[cluster]'"
        ) from error
    dask: Any = distributed  # most of it is without types
    with ExitStack() as stack:
        if scheduler is None:
            scheduler = stack.enter_context(
                dask.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            )
        try:
            client = dask.Client(scheduler, timeout="20s")
        except OSError as error:
            raise EngineError(
                f"no Dask scheduler answers at {scheduler!r}: {error}; "
                "start one with `dask scheduler`, or leave it out"
            ) from error
        yield stack.enter_context(client)
