"""Which part each row was in when the case was last run, so that few parts change.

A part is made again when anything in it changes. So what was together stays
together: a part that holds just what it held is left alone. All else is made
again anyway and is cut anew, in order, into parts of equal size: what is new,
what shares a part with it, and what is left of a part that lost something.
Small parts, of a quarter of the usual size or less, go with it where they are
no larger than what is cut anew: parts that are added one by one are put together
about as often as their size doubles, and few small ones are ever left.

The cut is of no consequence for any result. It is fixed on the disk before a
stage works on it, so that a run that is stopped goes on with the same parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from compare import parquet
from compare.errors import DamageError


def cut_again(whole: Sequence[Sequence[str]], before: Mapping[str, int], most: int) -> list[int]:
    """The part of each group of ids in `whole`, from 0 on; a group is never cut.

    Args:
        whole: groups in order; no id is in two.
        before: the part of each id in the last run; empty cuts afresh.
        most: ids in a part, about. A group of as many is a part by itself.

    >>> cut_again([["a"], ["b"], ["c"], ["d"], ["e"]], {}, 2)
    [0, 0, 1, 1, 2]
    >>> cut_again([["a"], ["b"], ["c"], ["e"], ["f"]], {"a": 7, "b": 7, "c": 9, "d": 9}, 2)
    [0, 0, 1, 1, 2]
    """
    was = Counter(before.values())
    home = [_home(group, before) for group in whole]
    now: defaultdict[int, int] = defaultdict(int)
    changed = set()
    for group, part in zip(whole, home, strict=True):
        now[part] += len(group)
        changed |= {part for one in group if before.get(one) != part}
    kept = {part for part in now if part not in changed and now[part] == was[part]}
    fresh = sum(size for part, size in now.items() if part not in kept)
    for part in sorted(kept, key=lambda p: (now[p], p)):
        if now[part] > min(fresh, most // 4):
            break
        kept.remove(part)
        fresh += now[part]
    number = {part: n for n, part in enumerate(sorted(kept))}
    again = [n for n, part in enumerate(home) if part not in kept]
    sizes = _sizes([len(whole[n]) for n in again], most)
    made = {n: len(number) + size for n, size in zip(again, sizes, strict=True)}
    return [made[n] if n in made else number[part] for n, part in enumerate(home)]


def _home(group: Sequence[str], before: Mapping[str, int]) -> int:
    """The part where most of a group was, of equals the first; -1 where none of it was."""
    counts = Counter(before[one] for one in group if one in before)
    return min(counts, key=lambda part: (-counts[part], part)) if counts else -1


def _sizes(sizes: Sequence[int], most: int) -> list[int]:
    """The part of groups of these sizes, in order: large ones alone, the others evenly."""
    total = sum(size for size in sizes if size < most)
    parts = -(-total // most)
    found, at, alone = [], 0, parts
    for size in sizes:
        if size < most:
            found.append(at * parts // total)
            at += size
        else:
            found.append(alone)
            alone += 1
    # A group may reach over the whole of the part after it, which is then empty.
    number = {part: n for n, part in enumerate(sorted(set(found)))}
    return [number[part] for part in found]


def remembered(folder: Path, name: str) -> dict[str, int]:
    """The cut `name` that was kept in `folder`; empty where there is none.

    Raises:
        DamageError: it is damaged; where it is deleted, the case is cut afresh.

    >>> import tempfile
    >>> room = Path(tempfile.mkdtemp())
    >>> remember(room, "documents", {"a": 0, "b": 1})
    >>> remembered(room, "documents"), remembered(room, "incidents")
    ({'a': 0, 'b': 1}, {})
    """
    for path in sorted(folder.glob(f"{name}.*.parquet")):
        table = parquet.read(path)
        if table.column_names != ["id", "part"]:
            raise DamageError(path, "it is no table of parts")
        return dict(zip(table["id"].to_pylist(), table["part"].to_pylist(), strict=True))
    return {}


def remember(folder: Path, name: str, parts: Mapping[str, int]) -> None:
    """Keep a cut in `folder` in place of the one before."""
    table = pa.table({"id": list(parts), "part": pa.array(parts.values(), pa.int64())})
    path = parquet.write(folder, name, table)
    # A run killed here finds either of two; it has made nothing yet from the new one.
    for old in set(folder.glob(f"{name}.*.parquet")) - {path}:
        old.unlink(missing_ok=True)
