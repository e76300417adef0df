"""Hostile words in every field from outside, through every renderer, in a browser: nothing runs.

`data/payloads.json` says of each payload what it does (`runs` a script, `asks`
the network, `hides` the page, or is plain `text` to a browser) and in which
context. The first test is the control: raw in that context, each does it.
"""

import csv
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pandas as pd
import pypdf
import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from compare import console, pipeline
from compare.view.visible import hidden, one_line, visible

PAYLOADS: list[dict[str, str]] = [
    p | {"text": p["text"].replace("RUN", "console.log(1)")}
    for p in json.loads((Path(__file__).parent / "data/payloads.json").read_text("utf-8"))
]
TEXTS = [p["text"] for p in PAYLOADS]
# A formula counts at the start of a cell, an address as a whole; of the rest five share a row.
ALONE = [p["text"] for p in PAYLOADS if p["in"] == "href" or p["text"][0] in "=+-@\t\r"]
SHARED = [text for text in TEXTS if text not in ALONE]
ROWS = ALONE + [" ".join(SHARED[n : n + 5]) for n in range(0, len(SHARED), 5)]
RAW = MarkdownIt("commonmark", {"html": True}).enable("table")
CONTEXTS = {
    "body": "{}", "comment": "<!-- {} -->", "title": "<title>{}</title>",
    "textarea": "<textarea>{}</textarea>", "style": "<style>i{{color:{}}}</style><p>x</p>",
    "script": "<script>var x = 1; {}</script>",
    "json": '<script type="application/json">"{}"</script>',
    "cdata": "<svg><desc><![CDATA[{}</svg>", "double": '<input value="{}">',
    "single": "<input value='{}'>", "bare": "<input value={}>",
    "string": '<script>var x = "{}";</script>', "template": "<script>var x = `{}`;</script>",
    "href": '<a id="go" href="{}">x</a>', "frame": '<iframe src="{}"></iframe>',
    "colour": '<p style="color:{}">x</p>',
}  # fmt: skip
PLACES = (
    "Helmand", "Takhar", "Kandahar", "Kunduz", "Herat", "Balkh", "Nangarhar", "Faryab", "Ghazni",
    "Zabul", "Farah", "Nimroz", "Badghis", "Ghor", "Logar", "Paktia", "Paktika", "Khost",
    "Laghman", "Kapisa", "Parwan", "Bamyan", "Jowzjan", "Samangan", "Badakhshan", "Kunar",
)  # fmt: skip
CLICK = "document.getElementById('go')?.click()"


def names(text: str) -> str:
    """What a file system takes of `text` as a name."""
    return text.replace("/", "").replace("\0", "").strip(". ")[:80]


def quoted(text: str) -> str:
    """`text` as TOML and YAML both write it."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\U{ord(c):08x}" if hidden(c) else c for c in plain)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A case with payloads in every field of every table and file, run and published."""
    root = tmp_path_factory.mktemp("payloads")
    case = root / "case"
    (case / "documents").mkdir(parents=True)
    (case / "case.toml").write_text(f"title = {quoted(' '.join(TEXTS))}\n", "utf-8")
    tables: dict[str, list[dict[str, str]]] = {"actors": [], "claims": [], "decisions": []}
    for n, text in enumerate(ROWS):
        place = PLACES[n % len(PLACES)]
        head = {"publisher": f"P{n} {text}", "title": text, "url": text, "note": text,
                "published": f"2020-10-{n % 28 + 1:02}"}  # fmt: skip
        front = "".join(f"{k}: {quoted(v)}\n" for k, v in head.items())
        body = f"Speaker{n:02} Council said that {n + 5} people were killed in {place} {text}."
        name = f"{n:02}{names(text)}.md"
        (case / "documents" / name).write_text(f"---\n{front}---\n{body}", "utf-8", newline="")
        tables["actors"].append({
            "actor_id": f"h{n}", "actor": f"A{n} {text}", "organisation": text, "camp": "local",
            "role": "party", "aliases": f"Speaker{n:02} Council",
        })  # fmt: skip
        content = f"{n + 7} people were wounded in {place} {text}".strip()
        tables["claims"].append(head | {
            "document": "", "content": content, "source": f"S{n} {text}", "cue": text,
            "language": text,
        })  # fmt: skip
        publisher = head["publisher"].strip() or "unknown"
        identity = hashlib.sha256(f"{content}\0{publisher}".encode()).hexdigest()[:16]
        tables["decisions"].append({
            "when": "2020-11-03", "who": text, "action": "accept" if n % 2 else "change-speaker",
            "claim_id": f"{identity}:0-{len(content)}", "field": "" if n % 2 else "actor_id",
            "new": "" if n % 2 else f"h{n}", "why": text,
        })  # fmt: skip
    for table, rows in tables.items():
        with (case / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    out = root / "out"
    comparison, written = pipeline.publish(case, out)
    return SimpleNamespace(case=case, out=out, comparison=comparison, written=written)


def settle(browser: Any, seconds: float) -> list[str]:
    """What the open page did when clicked, waiting until it did something, `seconds` at most."""
    for _ in range(int(seconds * 20)):
        # A page that moves gives no answer; that it moves is one of the faults.
        with suppress(AssertionError):
            browser.ask(CLICK)
            browser.ask("new Promise(done => setTimeout(done, 50))")
        if browser.faults():
            break
    return list(browser.faults())


def squeezed(text: str) -> str:
    return "".join(text.split())


def whole(shown: str) -> list[str]:
    """The payloads that do not stand in `shown`, whatever its blanks."""
    found = squeezed(shown)
    return [t for t in TEXTS if squeezed(visible(t.replace("\r", "\n"))) not in found]


@pytest.mark.parametrize("kind", ["runs", "asks", "hides"])
def test_each_payload_does_its_deed_where_it_is_not_escaped(
    browser: Any, tmp_path: Path, kind: str
) -> None:
    assert len(PAYLOADS) >= 60 and len(set(TEXTS)) == len(TEXTS)
    assert {p["does"] for p in PAYLOADS} == {"runs", "asks", "hides", "text"}
    if browser is None:
        return
    idle = []
    for number, payload in enumerate(p for p in PAYLOADS if p["does"] == kind):
        text, where = payload["text"], payload["in"]
        raw = RAW.render(text) if where == "markdown" else CONTEXTS[where].format(text)
        page = tmp_path / f"{kind}{number}.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><body>{raw}<p id=end>end", "utf-8")
        browser.open(page.as_uri())
        if kind == "hides":
            seen = browser.ask("document.getElementById('end')?.checkVisibility() || false")
            idle += [text] if seen else []
            continue
        idle += [] if settle(browser, 10) else [text]
    assert idle == []


def test_every_payload_is_an_event_in_the_case(made: SimpleNamespace) -> None:
    comparison = made.comparison
    assert len(comparison.documents) == 2 * len(ROWS)
    assert not comparison.problems["kind"].eq("rejected").any()
    assert sorted(f"h{n}" for n in range(len(ROWS))) == sorted(
        {i for i in comparison.sources["actor_id"] if i.startswith("h")}
    )
    assert whole(visible("".join(comparison.documents["text"]))) == []


def pages(made: SimpleNamespace, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every output that a browser may open, raw HTML in Markdown allowed."""
    from importlib.util import module_from_spec, spec_from_file_location

    yield "report", made.out / "report.html"
    spec = spec_from_file_location("screens", Path(__file__).parent / "test_screens.py")
    assert spec is not None and spec.loader is not None
    screens = module_from_spec(spec)
    spec.loader.exec_module(screens)
    c = made.comparison
    yield "widget", screens.widget_page(folder, c)
    ids = c.claims["claim_id"].tolist()
    pictures = [c.timeline("killed"), c.timeline("wounded"), c.map()]
    shown = [
        c, c.evidence(0), c.explain(ids[0], ids[1]), c.table(), *pictures,
        *(getattr(c, t) for t in ("claims", "sources", "documents", "discrepancies", "decisions")),
        c.review(made.case, who="x").table(),
    ]  # fmt: skip
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        outputs = "".join(part._repr_html_() for part in shown)
    markdown = RAW.render((made.out / "report.md").read_text("utf-8"))
    for name, text in (("notebook", outputs), ("markdown", markdown)):
        page = folder / f"{name}.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><body>{text}", "utf-8")
        yield name, page
    for number, picture in enumerate(pictures):
        page = folder / f"chart{number}.svg"
        picture.save(page)
        yield f"chart {number}", page


def test_no_payload_does_anything_anywhere(
    made: SimpleNamespace, browser: Any, tmp_path: Path
) -> None:
    for name, page in pages(made, tmp_path):
        source = page.read_text("utf-8")
        if name != "widget":
            assert not re.search(r"<(script|iframe|object|embed|base|form|link)\b", source), name
            assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', "", source)), name
        links = re.findall(r'<a\b[^>]*href="([^"]*)"', source)
        assert all(re.match(r"https?://|#", html.unescape(link)) for link in links), name
        if browser is None:
            continue
        browser.screen(1000, dark=False)
        browser.open(page.as_uri())
        browser.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
        if name == "widget":
            browser.ask("document.querySelectorAll('tbody .cmp-open').forEach(b => { b.click();"
                        "document.querySelectorAll('.cmp-quote .cmp-open').forEach("
                        "q => q.click()); window.all += document.body.textContent })")  # fmt: skip
        assert settle(browser, 0.5) == [], name
        if name.startswith("chart"):
            continue
        assert browser.ask("document.body.checkVisibility()"), name
        text = browser.ask("window.all || document.body.textContent")
        if name != "notebook":  # pandas shows the cells of a table as they are
            assert [c for c in text if hidden(c)] == [], name
        assert whole(text) == [], name


def test_no_payload_lives_in_office_files(made: SimpleNamespace) -> None:
    with zipfile.ZipFile(made.out / "report.docx") as archive:
        parts = {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
    assert not [n for n, xml in parts.items() if 'TargetMode="External"' in xml]
    assert not re.search(r"<w:(instrText|fldSimple|hyperlink|object|altChunk)", parts[
        "word/document.xml"])  # fmt: skip
    document = docx.Document(str(made.out / "report.docx"))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert [c for c in text if hidden(c)] == []
    assert whole(text) == []

    with zipfile.ZipFile(made.out / "discrepancies.xlsx") as archive:
        names = archive.namelist()
        sheets = [archive.read(n).decode() for n in names if n.startswith("xl/worksheets/")]
    assert not [n for n in names if "externalLink" in n or "_rels/sheet" in n]
    assert not any("<f>" in sheet or "<f " in sheet or "hyperlink" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(made.out / "discrepancies.xlsx")
    text = [c.value for s in book for row in s.iter_rows() for c in row if isinstance(c.value, str)]
    assert [c for cell in text for c in cell if hidden(c)] == []
    # openpyxl leaves to its user what a spreadsheet does: `_x005F_` is an underscore.
    assert whole(" ".join(text).replace("_x005F_", "_")) == []


def test_no_payload_lives_in_csv_and_parquet_is_untouched(made: SimpleNamespace) -> None:
    for name in ("claims", "judgements", "discrepancies"):
        rows = csv.reader(io.StringIO((made.out / f"{name}.csv").read_text("utf-8"), newline=""))
        starts = [c for row in rows for c in row if c.startswith(tuple("=+-@\t\r\0"))]
        assert [c for c in starts if not re.fullmatch(r"-?[\d.]+", c)] == []
    kept = pd.read_parquet(made.out / "tables/documents.parquet")
    assert {t.strip() for t in ROWS} == {t.strip() for t in kept["title"]}


def test_no_payload_lives_in_the_pdf(made: SimpleNamespace) -> None:
    reader = pypdf.PdfReader(made.out / "report.pdf")
    raw = str([page.get_object() for page in reader.pages]) + str(reader.trailer["/Root"])
    assert not re.search(r"/(JS|JavaScript|OpenAction|AA|Launch|EmbeddedFile|SubmitForm)\b", raw)
    actions = [
        note.get_object()["/A"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert {a["/S"] for a in actions} <= {"/URI", "/GoTo"}
    assert all(a["/URI"].startswith(("http://", "https://")) for a in actions if "/URI" in a)
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert "root:x:0:0" not in text
    assert squeezed('#read("/etc/passwd")') in text


def test_no_payload_lives_in_the_metadata(made: SimpleNamespace) -> None:
    notes = json.loads((made.out / "annotations.jsonld").read_text("utf-8"))
    sources = [item["target"]["source"] for item in notes["first"]["items"]]
    assert all(s.startswith(("http://", "https://", "urn:sha256:")) for s in sources)
    graph = json.loads((made.out / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    assert all(re.match(r"https?://", e["url"]) for e in graph if "url" in e)
    assert all(e["@id"].isascii() for e in graph if e["@type"] == "Organization")


def test_no_payload_moves_the_terminal(
    made: SimpleNamespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_out", lambda: Console(width=100_000))
    console.show_discrepancies(made.comparison)
    console.show_problems(made.comparison.problems)
    said = capsys.readouterr()
    assert [c for c in said.out + said.err if hidden(c)] == []
    assert one_line("[bold red]x[/bold red]") in said.out
