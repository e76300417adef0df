"""The table of sensitivity, kept, so that a second run does not link and judge all over again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare.engine import open_engine
from compare.parquet import mended
from compare.schema import TABLES
from compare.settings import Settings
from compare.view import Comparison


def moves_of(
    *, title: str, settings: Mapping[str, Any], vectors: pd.DataFrame, models: Mapping[str, Any],
    **tables: Any,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """A stage: what `Comparison.sensitivity` returns on these tables; `models` are the judges'."""
    made_with = Settings.model_validate(settings)
    comparison = Comparison(
        title=title, settings=made_with, vectors=vectors.to_numpy(np.float32), **tables
    )
    return {"moves": comparison.sensitivity()}


def kept_moves(
    comparison: Comparison, folder: Path, models: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """`comparison.sensitivity()`, read from `folder` where it was put by an equal run.

    Args:
        comparison: the run.
        folder: it is kept in `sensitivity` there.
        models: by name, with at least `sha256`; with others it is made again.

    Raises:
        OutputError: the disk refuses.
    """
    with open_engine(folder=folder / "sensitivity", workers=1) as engine:

        def found() -> pd.DataFrame:
            part = dict(
                engine.share("vectors", pd.DataFrame(comparison.vectors).rename(columns=str))
            )
            for name in TABLES:
                part |= engine.share(name, getattr(comparison, name))
            parts = engine.map_batches(
                moves_of, [part], title=comparison.title, models=models,
                settings=comparison.settings.model_dump(mode="json"),
            )  # fmt: skip
            return engine.collect(parts, "moves")

        moves = mended(found)
        engine.sweep()
    return moves
