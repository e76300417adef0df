"""An Altair chart shown as a still image: no script, no network, light and dark.

Altair's own HTML puts the data inside a <script> element, where a quotation
holding `</script>` would run. Here vl-convert draws the chart to SVG and the
page shows it as an image, in which nothing can run.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

# Okabe & Ito (2008), Color Universal Design, with the colours that are too pale for white
# paper replaced by dark ones of Tol (2021); every two stay apart with every colour vision.
LIGHT = ("#0072B2", "#D55E00", "#009E73", "#B4568C", "#882255", "#332288", "#000000", "#004D80")
DARK = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#D55E00", "#FFFFFF", "#7C8CFF")
SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
    "triangle-left",
)  # fmt: skip
_FONT = "'Source Sans 3', 'Liberation Sans', Helvetica, Arial, sans-serif"


def theme(dark: bool) -> dict[str, Any]:
    """Vega-Lite configuration: quiet axes, no frame, one font."""
    ink, faint = ("#e8e6e1", "#4a4d52") if dark else ("#1d1d1f", "#d5d3cd")
    soft = "#b9b6ae" if dark else "#55534e"
    axis = {
        "labelColor": soft, "titleColor": soft, "gridColor": faint, "domainColor": soft,
        "tickColor": soft, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 260,
    }  # fmt: skip
    return {
        "font": _FONT, "background": "transparent", "view": {"stroke": None}, "axis": axis,
        "legend": {"labelColor": ink, "titleColor": soft, "labelFontSize": 12,
                   "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 320,
                   "symbolSize": 90},
        "title": {"color": ink, "fontSize": 14, "anchor": "start", "fontWeight": 600},
        "text": {"color": ink, "fontSize": 12},
    }  # fmt: skip


@dataclass(frozen=True, repr=False)
class Picture:
    """A chart in two colour schemes, with the words that stand in for it."""

    light: Any
    dark: Any
    alt: str
    _drawn: dict[bool, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def chart(self) -> Any:
        """The Altair chart, light, to change or save by your own means."""
        return self.light

    def svg(self, *, dark: bool = False) -> str:
        """The chart as SVG text, the same bytes each time."""
        import altair
        import vl_convert

        if dark not in self._drawn:
            chart = self.dark if dark else self.light
            major_minor = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
            self._drawn[dark] = vl_convert.vegalite_to_svg(
                chart.to_dict(), vl_version=major_minor, allowed_base_urls=[]
            )
        return self._drawn[dark]

    def png(self, *, scale: float = 2.0) -> bytes:
        """The light chart as PNG, `scale` pixels a point."""
        import vl_convert

        png: bytes = vl_convert.svg_to_png(self.svg(), scale=scale)
        return png

    def save(self, path: str | Path) -> None:
        """Write the light chart as .svg or .png, by the ending of `path`."""
        path = Path(path)
        if path.suffix == ".png":
            path.write_bytes(self.png())
        else:
            path.write_text(self.svg(), encoding="utf-8")

    def html(self) -> Markup:
        """A <picture> with both schemes as data, dark on a dark screen, light in print."""
        uri = {
            dark: "data:image/svg+xml;base64,"
            + base64.b64encode(self.svg(dark=dark).encode()).decode("ascii")
            for dark in (False, True)
        }
        return Markup(
            '<picture><source media="screen and (prefers-color-scheme: dark)" srcset="{}">'
            '<img src="{}" alt="{}"></picture>'
        ).format(uri[True], uri[False], self.alt)

    def __repr__(self) -> str:
        """The words that stand in for the picture."""
        return f"<Picture: {self.alt}>"

    def _repr_html_(self) -> str:
        return str(self.html())
