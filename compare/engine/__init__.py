"""Where stages run: three verbs over shards, on the machine at hand or on a cluster.

A case is cut into parts. A part is some tables, each a Parquet file (a shard)
in the work folder. A stage is a pure function from the tables of a part to new
tables; its shards lie in a folder named by the hash of what they are made of:
the stage, its version, its settings and the content of the tables it reads. So
a shard that is there is never made again: a run that was stopped goes on, a
second run reads, and where a stage comes to the same as before, what follows
from it is not made again either.

    scatter       whole tables cut into parts, by document or by whole incidents
    map_batches   a stage on every part by itself
    collect       one table of all parts, in order of its key

Results depend neither on the number of parts nor on who computes them. Tasks
go to any `concurrent.futures.Executor`: none at all (in this process), a pool
of processes, or a Dask client's, which also brings back what dies with a worker.
"""

from compare.engine.pools import open_engine
from compare.engine.verbs import BATCH, Engine, Part, Progress, code_version, joined, load, only

__all__ = [
    "BATCH",
    "Engine",
    "Part",
    "Progress",
    "code_version",
    "joined",
    "load",
    "only",
    "open_engine",
]
