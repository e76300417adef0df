"""How DuckDB is opened to write: it fetches nothing, and takes little memory."""

from __future__ import annotations

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "512MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""What goes beyond the memory lies on disk meanwhile."""
