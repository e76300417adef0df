"""The report and the explorer in a headless Chromium: nothing runs, nothing spills.

Where no Chromium is installed the fixture warns, and what can be held without
one (the sources of the page and of the widget) is held all the same.
"""

import base64
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from compare.report import write_report
from compare.view import Comparison

Build = Callable[..., Comparison]
DATA = Path(__file__).parent.parent / "compare/data/report"
PAYLOADS = [
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "</style><script>{}</script>",
    '"><svg onload={}>',
    "' autofocus onfocus='{}",
    "<details open ontoggle={}>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe src=https://evil.example></iframe>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import url(https://evil.example);*{{display:none}}</style>",
    "<img src=https://evil.example/pixel>",
    "<video autoplay onloadstart={}><source src=x></video>",
    "<body onload={}>",
    "<object data=https://evil.example></object>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<input autofocus onfocus={}>",
    "<math><mtext><table><mglyph><style><img src onerror={}>",
    "--><script>{}</script><!--",
    "]]><script>{}</script>",
    "<base href=https://evil.example/>",
    "<a href=javascript:{} id=x>x</a>",
]
HIT = "window.__hit=1"


def hostile(build: Build) -> Comparison:
    payload = " ".join(PAYLOADS).replace("{}", HIT)
    return build(
        texts={"a": payload, "b": payload}, publisher=payload, title=payload, note=payload,
        url="javascript:" + HIT, path=payload, actor=payload, organisation=payload,
        reason=payload, place=payload, headline=payload, problem=payload,
    )  # fmt: skip


def widget_page(folder: Path, comparison: Comparison) -> Path:
    """A page that runs the widget's own module on its own data, as a notebook would."""
    widget = comparison.explore()
    data = json.dumps(json.dumps(widget.data)).replace("<", "\\u003c")
    module = base64.b64encode((DATA / "explore.js").read_bytes()).decode()
    style = (DATA / "explore.css").read_text("utf-8")
    page = folder / "widget.html"
    page.write_text(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>widget</title>
        <style>{style}</style><div id="el"></div><script type="module">
        import widget from "data:text/javascript;base64,{module}";
        const state = {{ data: JSON.parse({data}), selected: 0 }};
        const model = {{ get: (k) => state[k], set: (k, v) => {{ state[k] = v; }},
                         save_changes: () => {{ window.saved = state.selected; }} }};
        widget.render({{ model, el: document.getElementById("el") }});
        window.ready = true;</script></html>""",
        encoding="utf-8",
    )
    return page


@pytest.mark.parametrize("width", [400, 1000, 1600])
@pytest.mark.parametrize("dark", [False, True])
def test_the_report_fits_every_screen_and_says_nothing(
    comparison: Comparison, tmp_path: Path, browser: Any, width: int, dark: bool
) -> None:
    path = write_report(comparison, tmp_path)
    html = path.read_text("utf-8")
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
    assert "<script" not in html
    if browser is None:
        return
    browser.screen(width, dark=dark)
    browser.open(path.as_uri())
    assert browser.faults() == []
    root = "document.documentElement"
    assert browser.ask(f"{root}.scrollWidth <= {root}.clientWidth")
    assert browser.ask("getComputedStyle(document.querySelector('html')).backgroundColor") == (
        "rgb(22, 24, 27)" if dark else "rgb(253, 252, 250)"
    )
    # The first disputed row begins on the first screen, or right below it on a phone.
    assert browser.ask("document.querySelector('#disputed').getBoundingClientRect().top") < 900
    assert browser.ask("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert browser.image().startswith(b"\x89PNG")


def test_hostile_words_do_nothing_in_the_report(build: Build, tmp_path: Path, browser: Any) -> None:
    path = write_report(hostile(build), tmp_path)
    assert "&lt;script&gt;" in path.read_text("utf-8")
    if browser is None:
        return
    for dark in (False, True):
        browser.screen(1000, dark=dark)
        browser.open(path.as_uri())
        browser.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
        browser.ask("new Promise(done => setTimeout(done, 300))")
        assert browser.faults() == []
        assert browser.ask("window.__hit") is None
        assert browser.ask("document.querySelectorAll('script, iframe, object').length") == 0


def test_the_keyboard_reaches_what_is_disputed_first(
    comparison: Comparison, tmp_path: Path, browser: Any
) -> None:
    path = write_report(comparison, tmp_path)
    assert path.read_text("utf-8").count('href="#main"') == 1
    if browser is None:
        return
    browser.screen(1000, dark=False)
    browser.open(path.as_uri())
    browser.key("Tab")
    assert browser.ask("document.activeElement.textContent") == "Skip to what is disputed"
    assert browser.ask("document.activeElement.getBoundingClientRect().left") >= 0
    browser.key("Enter")
    assert browser.ask("location.hash") == "#main"


def test_print_shows_what_the_screen_folds_away(
    comparison: Comparison, tmp_path: Path, browser: Any
) -> None:
    path = write_report(comparison, tmp_path)
    assert "details::details-content" in path.read_text("utf-8")
    if browser is None:
        return
    browser.screen(1000, dark=True)
    browser.open(path.as_uri())
    pages = pypdf.PdfReader(io.BytesIO(browser.pdf())).pages
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert "The United States embassy condemned the attack" in text
    assert "Skip to what is disputed" not in text


def test_the_explorer_filters_opens_and_marks(
    comparison: Comparison, tmp_path: Path, browser: Any
) -> None:
    source = (DATA / "explore.js").read_text("utf-8")
    unsafe = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|fetch\("
    assert not re.search(unsafe, source)
    if browser is None:
        return
    browser.screen(1000, dark=False)
    browser.open(widget_page(tmp_path, comparison).as_uri())
    assert browser.ask("window.ready") is True
    count = "document.querySelector('.cmp-count').textContent"
    assert browser.ask(count) == "6 of 6 rows"
    choose = """(label, value) => {
        const found = [...document.querySelectorAll('.cmp-choice')]
            .find(l => l.textContent.startsWith(label)).querySelector('select');
        found.value = value; found.dispatchEvent(new Event('change')); }"""
    browser.ask(f"({choose})('Verdict', 'disputed')")
    assert browser.ask(count) == "2 of 6 rows"
    browser.ask(f"({choose})('Event', '3')")
    assert browser.ask(count) == "1 of 6 rows"
    rows = """[...document.querySelectorAll('tbody tr')].map(row =>
        [...row.children].map(cell => [...cell.querySelectorAll('button')]
            .map(b => b.firstChild.textContent).join('; ') || cell.textContent))"""
    assert browser.ask(rows) == [
        ["How it ended, Sarband", "◆ Disputed", "“their men still hold the bridge”",
         "“its forces had retaken the bridge”"],
    ]  # fmt: skip
    browser.ask("document.querySelector('tbody .cmp-open').click()")
    assert browser.ask("window.saved") == 2
    browser.ask("document.querySelector('.cmp-quote .cmp-open').click()")
    assert browser.ask("document.querySelector('.cmp-document mark').textContent") == (
        "still hold the bridge"
    )
    assert browser.faults() == []


def test_a_cell_of_the_explorer_opens_its_sentence_in_its_document(
    comparison: Comparison, tmp_path: Path, browser: Any
) -> None:
    data = comparison.explore().data
    row = next(row for row in data["rows"] if row["question"] == "People displaced")
    assert [s["says"] for s in row["says"]["local"]] == ["“hundreds”", "“nearly 30,000”"]
    assert row["reviewed"] is False
    if browser is None:
        return
    browser.screen(1000, dark=False)
    browser.open(widget_page(tmp_path, comparison).as_uri())
    cell = """[...document.querySelectorAll('.cmp-statement')]
        .find(b => b.textContent.startsWith('“nearly 30,000”'))"""
    browser.ask(f"({cell}).focus()")
    browser.key("Enter")
    heads = "[...document.querySelectorAll('.cmp-quote > .cmp-open')].map(b => b.textContent)"
    assert browser.ask(heads) == ["Local authorities, Relief Bulletin, 9 May 2021"]
    assert browser.ask("document.querySelector('.cmp-verdict').textContent") == (
        "▲ Revised, automatic"
    )
    page = "document.querySelector('.cmp-document')"
    text = comparison.documents.set_index("path").loc["documents/c.html", "text"]
    assert browser.ask(f"{page}.textContent") == text
    marked = f"{page}.querySelector"
    assert browser.ask(f"{marked}('mark').textContent") == "nearly 30,000"
    claimed = f"[...{page}.querySelectorAll('.cmp-claim')].map(s => s.textContent).join('')"
    assert browser.ask(claimed) == "nearly 30,000 people have fled the valley"
    assert browser.ask("document.querySelector('[aria-current]').firstChild.textContent") == (
        "“nearly 30,000”"
    )
    # Escape closes it and goes back to the cell.
    browser.key("Escape")
    assert browser.ask(f"document.activeElement === {cell}")
    assert browser.ask("document.querySelector('.cmp-detail').childElementCount") == 0
    browser.ask(f"({cell}).click()")
    browser.ask("document.querySelector('.cmp-rest').click()")
    assert browser.ask(f"{heads}.length") == len(row["quotes"])
    assert browser.faults() == []


def test_the_explorer_filters_by_source_and_shows_all_again(
    comparison: Comparison, tmp_path: Path, browser: Any
) -> None:
    assert "OCHA" in comparison.explore().data["actors"]
    if browser is None:
        return
    browser.screen(400, dark=True)
    browser.open(widget_page(tmp_path, comparison).as_uri())
    browser.ask("""(() => { const s = document.querySelectorAll('.cmp-choice select')[1];
        s.value = 'OCHA'; s.dispatchEvent(new Event('change')); })()""")
    count = "document.querySelector('.cmp-count').textContent"
    assert browser.ask(count) == "1 of 6 rows"
    assert browser.ask(
        "[...document.querySelectorAll('.cmp-match')].map(b => b.firstChild.textContent)"
    ) == ["“600”", "“4,150”"]
    browser.ask("document.querySelector('.cmp-clear').click()")
    assert browser.ask(count) == "6 of 6 rows"
    assert browser.ask("document.querySelectorAll('.cmp-choice select')[1].value") == ""
    root = "document.documentElement"
    assert browser.ask(f"{root}.scrollWidth <= {root}.clientWidth")
    assert browser.faults() == []


def test_the_explorer_marks_the_right_words_beyond_the_basic_plane(
    build: Build, tmp_path: Path, browser: Any
) -> None:
    shifted = build(texts={"c": " \U0001f54a\u202e end"})
    spans = [q["spans"] for q in shifted.explore().data["quotes"].values()]
    assert all(a < b for quote in spans for a, b, _ in quote)
    if browser is None:
        return
    browser.open(widget_page(tmp_path, shifted).as_uri())
    browser.ask("""[...document.querySelectorAll('tbody .cmp-open')]
        .find(b => b.textContent.startsWith('People displaced')).click()""")
    browser.ask("document.querySelectorAll('.cmp-quote .cmp-open').forEach(b => b.click())")
    marked = "[...document.querySelectorAll('.cmp-document mark')].map(m => m.textContent)"
    assert sorted(browser.ask(marked)) == ["4,150", "600", "hundreds", "nearly 30,000"]
    assert "[U+202E]" in browser.ask("document.querySelector('.cmp-detail').textContent")


def test_hostile_words_do_nothing_in_the_explorer(
    build: Build, tmp_path: Path, browser: Any
) -> None:
    comparison = hostile(build)
    assert "</script>" in json.dumps(comparison.explore().data)
    if browser is None:
        return
    browser.screen(1000, dark=False)
    browser.open(widget_page(tmp_path, comparison).as_uri())
    browser.ask("""document.querySelectorAll('tbody .cmp-open').forEach(b => {
        b.click(); document.querySelectorAll('.cmp-quote .cmp-open').forEach(q => q.click()); })""")
    browser.ask("new Promise(done => setTimeout(done, 300))")
    assert browser.faults() == []
    assert browser.ask("window.__hit") is None
    assert browser.ask("document.querySelectorAll('#el script, #el img, #el iframe').length") == 0


def test_hostile_words_do_nothing_in_a_notebook(build: Build, tmp_path: Path, browser: Any) -> None:
    comparison = hostile(build)
    ids = comparison.claims["claim_id"].tolist()
    parts = [
        comparison._repr_html_(), comparison.evidence(0)._repr_html_(),
        comparison.explain(ids[0], ids[1])._repr_html_(), comparison.table().as_raw_html(),
        comparison.timeline("displaced")._repr_html_(), comparison.agreement()._repr_html_(),
        comparison.map()._repr_html_(),
    ]  # fmt: skip
    page = tmp_path / "notebook.html"
    page.write_text("<!doctype html><meta charset=utf-8>" + "".join(parts), encoding="utf-8")
    assert "<script" not in page.read_text("utf-8")
    if browser is None:
        return
    browser.open(page.as_uri())
    browser.ask("new Promise(done => setTimeout(done, 300))")
    assert browser.faults() == []
    assert browser.ask("window.__hit") is None
