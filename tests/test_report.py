"""The HTML report: what it says, in which order, and that nothing outside gets in."""

import base64
import hashlib
import itertools
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from compare.errors import OutputError
from compare.report import Background, report_html, write_report
from compare.report.files import inside, write
from compare.schema import TABLES, VERDICTS
from compare.view import Comparison
from compare.view.agreement import tint
from compare.view.picture import DARK, LIGHT
from compare.view.positions import by_event

Build = Callable[..., Comparison]
TagsOf = Callable[[str], list[tuple[str, dict[str, str]]]]
STYLE = (Path(__file__).parent.parent / "compare/data/report/report.css").read_text("utf-8")

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/pixel>",
    "</style><script>alert(1)</script><style>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    '" style="position:fixed" x="',
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "jAvAsCrIpT:alert(1)//https://",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "</title><iframe src=//evil.example></iframe>",
    "<!--><base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><button>x</button></form>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<details open ontoggle=alert(1)>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}${7*7}",
    "&lt;script&gt;&#60;script&#62;",
    "<plaintext>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "expression(alert(1));url(javascript:alert(1))",
    "@import url(//evil.example);",
    "a\u202egpj.exe\u200b\x00b\u2028c",
]


def body(html: str) -> str:
    return html[html.index("<body>") :]


def test_the_reading_order_is_disputed_first(comparison: Comparison) -> None:
    html = body(report_html(comparison))
    order = [
        'id="disputed"', 'id="revised"', 'id="single-source"', 'id="events"', 'id="problems"',
        'id="method"', 'id="limits"', 'id="sensitivity"', 'id="settings"', 'id="sources"',
        'id="provenance"',
    ]  # fmt: skip
    at = [html.index(part) for part in order]
    assert at == sorted(at)
    assert 'id="agreed"' not in html
    assert VERDICTS == ("disputed", "agreed", "revised", "single-source", "unclear")


def test_every_question_is_in_the_index_under_its_event(comparison: Comparison) -> None:
    html = report_html(comparison)
    index = html[html.index('<details class="index">') : html.index("</nav>")]
    found = re.findall(r'href="#(event-\S+|row-\d+)"', index)
    expected = []
    for event in by_event(comparison.lookup, comparison.positions, comparison.play):
        expected += [f"event-{event.event_id}", *(f"row-{p.number}" for p in event.positions)]
    assert found == expected


def test_inputs_models_sensitivity_and_decisions_are_told(build: Build) -> None:
    import dataclasses

    moves = pd.DataFrame([
        {"setting": "judge.window_days", "value": 1.0, "moved": 1.2, "n_rows": 6, "n_changed": 1,
         "changes": "event 1, victim: <b> → agreed"},
        {"setting": "judge.near_bounds", "value": 0.1, "moved": 0.12, "n_rows": 6, "n_changed": 0,
         "changes": ""},
    ])  # fmt: skip
    decision = {name: "" for name in TABLES["decisions"].names} | {
        "decision_id": "ab" * 8, "when": "2021-05-10T09:00:00.000000+00:00", "who": "<i>Ada",
        "action": "change-value", "quote": "12 children", "wording": "12", "field": "range",
        "old": "12", "new": "12..13", "why": "a & b", "state": "applied",
    }  # fmt: skip
    rows = dataclasses.replace(build(), decisions=pd.DataFrame([decision]))
    background = Background(
        moves=moves, inputs={"documents/a.md": "1" * 64, "case.toml": "2" * 64},
        models={"encoder": {"name": "mini", "version": "3", "sha256": "4" * 64}},
    )  # fmt: skip
    html = body(report_html(rows, background=background))
    for part in (
        "Moved by 20%, down and up, one at a time: judge.window_days, judge.near_bounds.",
        "<code>judge.window_days</code>", "1.0 → 1.2", "1 of 6", "&lt;b&gt; → agreed",
        f'<span class="soft">file</span> {"1" * 64}', "1 more file of the case",
        f'<code>case.toml</code></th><td class="hash">{"2" * 64}',
        f'<td>mini 3</td><td class="hash">{"4" * 64}',
        "change value, range", "“12” in “12 children”", "12 → 12..13",
        "&lt;i&gt;Ada, 2021-05-10: a &amp; b", "The log has 1 decision.",
    ):  # fmt: skip
        assert part in html, part
    # Only the file of document a has a hash; the move that changed nothing has no line.
    assert html.count('<span class="soft">file</span>') == 1
    assert "<code>judge.near_bounds</code></th><td role" not in html


def test_many_rows_and_events_are_folded_away(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = ", and who is silent</summary>"
    before = report_html(comparison)
    monkeypatch.setattr("compare.report.html.OPEN_ROWS", 1)
    monkeypatch.setattr("compare.report.html.OPEN_EVENTS", 2)
    after = report_html(comparison)
    assert after.count(folded) == before.count(folded) + 1
    assert before.count("<summary>Sources side by side</summary>") == 0
    assert after.count("<summary>Sources side by side</summary>") == after.count('class="event"')


def test_a_row_has_its_sides_words_publisher_date_link_and_offsets(comparison: Comparison) -> None:
    html = report_html(comparison)
    row = html[html.index('id="row-1"') : html.index('id="row-2"')]
    document = comparison.documents.set_index("path").loc["documents/b.md"]
    text = document["text"]
    start = text.index("12 children were killed in Sarband")
    for part in (
        "Who was hit: civilians", "party against observer", "one account denies what another",
        "2 outlets, 2 speakers, 2 independent origins", "<h4>Government</h4>",
        "<h4>Local authorities and residents</h4>", "Northern Wire, 4 May 2021",
        '<mark class="q-figure">12 children were killed</mark>',
        '<a href="https://wire.example/2021/05/04" rel="noopener noreferrer" target="_blank">',
        f"characters {start}–{start + 34}", document["document_id"],
        "<b>Silent on this:</b> Taliban, Afghan forces, Embassies, United Nations, Media.",
        "One says no civilians were hurt, the other that 12 children were killed.",
    ):  # fmt: skip
        assert part in row, part


def test_limits_settings_method_and_hashes_are_told(comparison: Comparison) -> None:
    html = report_html(comparison)
    assert "Agreement is not truth, and documented is not total." in html
    assert "<code>read.max_bytes</code>" in html
    assert "Figures: how many of whom were what, in which unit, where and when" in html
    assert "Args:" not in html and "&gt;&gt;&gt;" not in html
    assert "broken.pdf is no PDF: it begins with b&#39;hello&#39;" in html
    for text in comparison.documents["text"]:
        assert hashlib.sha256(text.encode()).hexdigest() in html


def test_each_event_has_a_matrix_with_the_silent_marked(comparison: Comparison) -> None:
    html = body(report_html(comparison))
    event = html[html.index('id="event-1"') : html.index('id="event-2"')]
    assert event.count('<td role="cell" class="silent"') == 2
    assert "Silent throughout:</b> Taliban, Afghan forces, Embassies, United Nations" in event
    assert ", in 2 outlets" in event


def test_the_page_loads_and_runs_nothing(comparison: Comparison, tags: TagsOf) -> None:
    html = report_html(comparison)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    found = tags(html)
    policy = [a["content"] for t, a in found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == [
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    ]
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & {
        tag for tag, _ in found
    }
    for tag, attributes in found:
        assert "style" not in attributes
        assert not {name for name in attributes if name.startswith("on")}
        for name in ("src", "srcset"):
            assert attributes.get(name, "data:image/").startswith("data:image/"), (tag, name)
    assert "url(" not in STYLE and "@import" not in STYLE and "</" not in STYLE


def test_links_outside_tell_the_site_nothing(comparison: Comparison, tags: TagsOf) -> None:
    links = [a for t, a in tags(report_html(comparison)) if t == "a"]
    outside = [a for a in links if not a["href"].startswith("#")]
    assert {a["href"] for a in outside} == {
        "https://valley.example/clashes?id=3&lang=en", "https://wire.example/2021/05/04",
        "https://radio.example/bridge",
    }  # fmt: skip
    assert all(a["rel"] == "noopener noreferrer" for a in outside)


def test_every_link_inside_leads_somewhere(comparison: Comparison, tags: TagsOf) -> None:
    found = tags(report_html(comparison))
    ids = [a["id"] for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for t, a in found if t == "a" and a["href"].startswith("#")}
    assert inner - set(ids) == set()


def test_the_page_can_be_read_without_eyes_or_mouse(comparison: Comparison, tags: TagsOf) -> None:
    found = tags(report_html(comparison))
    names = [tag for tag, _ in found]
    assert ("html", {"lang": "en"}) in found
    assert all(a.get("scope") in ("col", "row") for t, a in found if t == "th")
    assert all(a["alt"].startswith("Timeline of ") for t, a in found if t == "img")
    assert names.count("table") == names.count("caption")
    assert next(a["href"] for t, a in found if t == "a") == "#main"
    levels = [int(t[1]) for t in names if re.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    regions = [a for _, a in found if a.get("tabindex") == "0"]
    assert regions and all(a["role"] == "region" and a["aria-label"] for a in regions)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_wcag_aa(scheme: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme == "dark"]))
    inks = ["ink", "soft", "link", "disputed", "revised", "agreed", "single-source", "unclear"]
    for ink in inks:
        for ground in ("paper", "raised", "sunk"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["mark-ink"], colours["mark"]) >= 4.5


# Machado, Oliveira and Fernandes (2009), severity 1: what a reader without one kind of cone sees.
VISION = {
    "every cone": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def lab(colour: str, vision: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of a colour as seen."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(vision @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("palette", "grounds"), [
    (LIGHT, ("#fdfcfa", "#ffffff")), (DARK, ("#16181b", "#1d2024")),
])  # fmt: skip
def test_chart_colours_stand_out_and_apart(
    palette: tuple[str, ...], grounds: tuple[str, ...], vision: str
) -> None:
    # WCAG 2.2, 1.4.11: 3 to 1 for marks; 10 in CIELAB is a difference seen at a glance.
    assert min(contrast(colour, ground) for colour in palette for ground in grounds) >= 3
    seen = [lab(colour, VISION[vision]) for colour in palette]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 10


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_in_the_agreement_matrix_can_be_read(dark: bool) -> None:
    for hundredth in range(-100, 101):
        fill, ink = tint(hundredth / 100, dark)
        assert contrast(ink, fill) >= 4.5, hundredth


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_words_stay_words(build: Build, tags: TagsOf, payload: str) -> None:
    plain = report_html(build(texts={"a": " x"}, publisher="x", title="x", note="x", actor="x",
                              url="https://x.example", organisation="x", reason="x", place="x",
                              headline="x", problem="x", path="x"))  # fmt: skip
    hostile = report_html(
        build(
            texts={"a": payload},
            publisher=payload,
            title=payload,
            note=payload,
            actor=payload,
            organisation=payload,
            reason=payload,
            place=payload,
            headline=payload,
            problem=payload,
            path=payload,
            url="https://x.example",
        )
    )
    assert [t for t, _ in tags(hostile)] == [t for t, _ in tags(plain)]
    for _, attributes in tags(hostile):
        assert not {name for name in attributes if name.startswith("on")}
        assert "style" not in attributes
    assert not {"\u202e", "\u200b", "\x00", "\u2028"} & set(hostile)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_unsafe_address_is_text(build: Build, tags: TagsOf, payload: str) -> None:
    for _, attributes in tags(report_html(build(url=payload))):
        address = attributes.get("href", "#")
        assert address.startswith(("#", "https://wire.example/", "https://radio.example/"))


def test_hidden_characters_are_visible_in_the_report(build: Build) -> None:
    html = report_html(build(publisher="Valley\u202ePost\u200b"))
    assert "Valley[U+202E]Post[U+200B]" in html


def test_the_report_is_the_same_bytes_each_time(build: Build, tmp_path: Path) -> None:
    first = write_report(build(), tmp_path / "a").read_bytes()
    second = write_report(build(), tmp_path / "b").read_bytes()
    assert first == second
    assert write_report(build(), tmp_path / "a") == tmp_path / "a" / "report.html"


def test_an_empty_comparison_is_still_a_report(comparison: Comparison) -> None:
    import dataclasses

    from compare.tables import empty

    names = [
        "documents", "problems", "claims", "sources", "values", "assertions", "when_where",
        "events", "origins", "judgements", "discrepancies", "revisions",
    ]  # fmt: skip
    nothing = dataclasses.replace(
        comparison, vectors=comparison.vectors[:0], **{n: empty(n) for n in names}
    )
    assert "0 documents of 0 publishers, 0 claims by 0 speakers, 0 events" in report_html(nothing)


@pytest.mark.parametrize("relative", ["../x", "/etc/x", "a/../../x", "link/x"])
def test_nothing_is_written_outside(tmp_path: Path, relative: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    with pytest.raises(OutputError, match="outside the output folder"):
        write(out, relative, b"x")
    assert not (tmp_path / "x").exists()


def test_a_link_in_place_of_a_file_is_not_followed_out(tmp_path: Path) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    out.mkdir()
    secret.write_text("mine")
    (out / "report.html").symlink_to(secret)
    with pytest.raises(OutputError, match="outside the output folder"):
        write(out, "report.html", b"x")
    assert secret.read_text() == "mine"


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "tables/a", b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write(tmp_path, "tables/a", b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["a"]


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    assert stat.S_IMODE(write(tmp_path, "a", b"").stat().st_mode) == 0o644
    assert inside(tmp_path, "a/b") == tmp_path / "a" / "b"
