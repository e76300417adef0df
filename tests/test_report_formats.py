"""The report as Markdown, DOCX and PDF, the annotations and the crate."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.report import (
    verify,
    write_all,
    write_annotations,
    write_crate,
    write_docx,
    write_markdown,
    write_pdf,
)
from compare.report.markdown import escape
from compare.report.moves import kept_moves
from compare.view import Comparison

Build = Callable[..., Comparison]
MODELS = {"encoder": {"sha256": "ab" * 32}}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "![a](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example/x",
    "| a | b |",
    "*bold* _it_ `code` ~~x~~",
    "# heading",
    "1. one",
    "- item",
    "> quoted",
    "```\ncode\n```",
    "$x^2$ \\(y\\)",
    '#import "@preview/evil:1.0.0"',
    '#read("/etc/passwd")',
    '#eval("1") #link("javascript:1")[x] $ x $ *b* _i_',
    "]; #panic(1); [",
    "&lt;b&gt; &#60;",
    "=cmd|' /C calc'!A0",
    "\x01\x0b\u202e\u200b",
    "{{ 7*7 }}",
]


def hostile(build: Build, payload: str) -> Comparison:
    return build(
        texts={"a": payload, "b": payload}, publisher=payload, title=payload, note=payload,
        actor=payload, organisation=payload, reason=payload, place=payload, headline=payload,
        problem=payload, path=payload, url="javascript:alert(1)",
    )  # fmt: skip


@given(st.text(max_size=80))
def test_escaped_markdown_has_no_bare_markup(text: str) -> None:
    shown = escape(text)
    assert "\n" not in shown and "<" not in shown and ">" not in shown and "://" not in shown
    bare = re.sub(r"\\.", "", shown)
    assert not re.search(r"[\\`*_\[\]|~$^@]", bare)
    assert not re.match(r"\d*[#+\-=.)]", shown)


def test_markdown_has_the_rows_in_order_with_words_and_offsets(
    comparison: Comparison, tmp_path: Path
) -> None:
    text = write_markdown(comparison, tmp_path).read_text("utf-8")
    heads = re.findall(r"^## (.+)$", text, re.M)
    assert heads == [
        "◆ Disputed", "▲ Revised", "○ Single source", "Events", "Problems with the documents",
        "Method", "Limits", "Sensitivity", "Settings", "Documents", "Provenance",
    ]  # fmt: skip
    assert "**12 children were killed** in Sarband." in text
    assert "[Clashes near Sarband](<https://valley.example/clashes?id=3&lang=en>)" in text
    assert "| ◆ Disputed | “No civilians were hurt” (Dawud Rahimi) |" in text
    assert re.search(r"`[0-9a-f]{16}` characters 54–88\.", text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_words_stay_words_in_markdown(build: Build, tmp_path: Path, payload: str) -> None:
    plain = write_markdown(hostile(build, "x"), tmp_path).read_text("utf-8")
    text = write_markdown(hostile(build, payload), tmp_path).read_text("utf-8")
    assert not re.search(r"<(?!https://(wire|radio)\.example)", text)
    assert not re.search(r"(?<!\\)\]\((?!<https://(wire|radio)\.example)", text)
    assert not re.search(r"[\u202e\u200b\x01]", text)
    # The same blocks as with a harmless word: no payload opens one of its own.
    blocks = re.compile(r"^(#{1,6} |[-+] |\d+[.)] |> |>$|\||```)", re.M)
    assert blocks.findall(text) == blocks.findall(plain)


def docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_docx_has_the_rows_the_tables_and_the_marks(comparison: Comparison, tmp_path: Path) -> None:
    path = write_docx(comparison, tmp_path)
    document = docx.Document(str(path))
    marked = [r.text for p in document.paragraphs for r in p.runs if r.underline]
    assert {"12 children were killed", "4,150", "nearly 30,000"} <= set(marked)
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"][:2] == [
        "◆ Disputed", "▲ Revised",
    ]  # fmt: skip
    assert "silent" in docx_text(path)
    assert len(document.inline_shapes) == 1
    description = document.inline_shapes[0]._inline.docPr.get("descr")
    assert description is not None and description.startswith("Timeline of People displaced")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_words_stay_words_in_docx(build: Build, tmp_path: Path, payload: str) -> None:
    path = write_docx(hostile(build, payload), tmp_path)
    document = docx.Document(str(path))
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links == []
    text = docx_text(path)
    assert not re.search(r"[\u202e\u200b\x01\x0b]", text)
    if payload.isprintable():
        assert " ".join(payload.split()) in text


def pdf_text(path: Path) -> str:
    return " ".join(
        " ".join(
            p.extract_text() for p in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
        ).split()
    )


def pdf_links(path: Path) -> set[str]:
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages:
        for note in page.get("/Annots", []):
            action: Any = note.get_object().get("/A")
            if action and "/URI" in action:
                found.add(str(action["/URI"]))
            assert not action or action["/S"] in ("/URI", "/GoTo")
    return found


def test_pdf_has_the_words_and_only_safe_links(comparison: Comparison, tmp_path: Path) -> None:
    path = write_pdf(comparison, tmp_path)
    text = pdf_text(path)
    assert "12 children were killed in Sarband" in text
    assert "Silent throughout:" in text
    assert "Agreement is not truth, and documented is not total." in text
    assert pdf_links(path) == {
        "https://valley.example/clashes?id=3&lang=en", "https://wire.example/2021/05/04",
        "https://radio.example/bridge",
    }  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_words_stay_words_in_pdf(build: Build, tmp_path: Path, payload: str) -> None:
    path = write_pdf(hostile(build, payload), tmp_path)
    assert pdf_links(path) == {"https://wire.example/2021/05/04", "https://radio.example/bridge"}
    text = pdf_text(path)
    if payload.startswith("#"):
        assert "".join(payload.split()) in "".join(text.split())
    assert "root:x:0:0" not in text


def select(text: str, selector: dict[str, Any]) -> str:
    """What a Web Annotation selector selects, as its specification says."""
    if selector["type"] == "TextPositionSelector":
        return text[selector["start"] : selector["end"]]
    whole = selector["prefix"] + selector["exact"] + selector["suffix"]
    assert text.count(whole) == 1
    at = text.index(whole) + len(selector["prefix"])
    return text[at : at + len(selector["exact"])]


def test_every_quotation_is_found_again_by_its_selectors(build: Build, tmp_path: Path) -> None:
    comparison = build(texts={"a": " \U0001f54a e\u0301"})
    found = json.loads(write_annotations(comparison, tmp_path).read_text("utf-8"))
    assert (found["@context"], found["type"], found["total"]) == (
        "http://www.w3.org/ns/anno.jsonld", "AnnotationCollection", len(comparison.claims),
    )  # fmt: skip
    items = {i["id"].removeprefix("urn:claim:"): i for i in found["first"]["items"]}
    assert list(items) == comparison.claims["claim_id"].tolist()
    for claim_id, item in items.items():
        claim = comparison.lookup.claims[claim_id]
        text = comparison.lookup.documents[claim["document_id"]]["text"]
        position, quotation = item["target"]["selector"]
        assert select(text, position) == select(text, quotation) == claim["content"]
        assert item["type"] == "Annotation"
        assert item["target"]["source"].startswith(("https://", "urn:sha256:"))
    bodies = [b["value"] for b in next(iter(items.values()))["body"]]
    assert any(b.startswith("actor: ") for b in bodies)


# RFC 3986: what an IRI reference in ASCII is made of, every percent sign with two digits.
REFERENCE = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def annotation_faults(item: dict[str, Any]) -> list[str]:
    """What the Web Annotation Data Model (W3C, 2017) asks of an annotation and this one lacks."""
    faults = []
    if not re.fullmatch(r"urn:[a-z0-9-]{2,32}:\S+|https?://\S+", item.get("id", "")):
        faults.append("3.1: exactly one IRI as id")
    if item.get("type") != "Annotation":
        faults.append("3.1: the class Annotation")
    if item.get("motivation") not in MOTIVATIONS:
        faults.append("3.3.5: motivation is none of the model's")
    for text in item.get("body", []):
        if text["type"] != "TextualBody" or not isinstance(text.get("value"), str):
            faults.append("3.2.4: a textual body has exactly one value")
        if text["purpose"] not in MOTIVATIONS:
            faults.append("3.3.5: purpose is none of the model's")
    target = item.get("target", {})
    if not REFERENCE.fullmatch(target.get("source", "")):
        faults.append("4: a specific resource has exactly one source")
    for selector in target.get("selector", []):
        if selector["type"] == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if not (type(start) is type(end) is int and 0 <= start < end):
                faults.append("4.2.5: start and end are non-negative integers")
        elif selector["type"] == "TextQuoteSelector":
            if not all(isinstance(selector.get(k), str) for k in ("exact", "prefix", "suffix")):
                faults.append("4.2.4: exact, prefix and suffix are text")
        else:
            faults.append(f"4.2: {selector['type']} is no selector of text")
    return faults


@pytest.mark.parametrize("url", ["https://x.example/a?b=c", "javascript:alert(1)", "not a url"])
def test_annotations_are_what_the_model_asks_for(build: Build, tmp_path: Path, url: str) -> None:
    comparison = build(url=url, actor="<b>", texts={"a": " <script>"})
    found = json.loads(write_annotations(comparison, tmp_path).read_text("utf-8"))
    page = found["first"]
    assert (found["id"], page["type"], page["partOf"], page["startIndex"]) == (
        "urn:claims:all", "AnnotationPage", "urn:claims:all", 0,
    )  # fmt: skip
    assert len(page["items"]) == found["total"] == len({item["id"] for item in page["items"]})
    assert [fault for item in page["items"] for fault in annotation_faults(item)] == []


def test_the_annotation_check_finds_what_is_missing() -> None:
    assert annotation_faults({"type": "Note", "target": {"selector": [
        {"type": "TextPositionSelector", "start": 4, "end": 4}, {"type": "CssSelector"},
    ]}}) == [
        "3.1: exactly one IRI as id", "3.1: the class Annotation",
        "3.3.5: motivation is none of the model's",
        "4: a specific resource has exactly one source",
        "4.2.5: start and end are non-negative integers",
        "4.2: CssSelector is no selector of text",
    ]  # fmt: skip


@pytest.mark.parametrize("publisher", ["Valley Post", '<a href="x">', "\u202eنشریه % #", "a\x00b"])
def test_every_identifier_of_the_crate_is_a_reference(
    build: Build, tmp_path: Path, publisher: str
) -> None:
    files = [write_markdown(build(publisher=publisher), tmp_path)]
    graph = json.loads(write_crate(build(publisher=publisher), tmp_path, files).read_text())
    named = {entity["@id"]: entity for entity in graph["@graph"]}
    assert [name for name in named if not REFERENCE.fullmatch(name)] == []
    assert any(e.get("name") == publisher for e in named.values() if e["@type"] == "Organization")


def test_the_crate_describes_every_file_and_document(
    comparison: Comparison, tmp_path: Path
) -> None:
    files = [write_markdown(comparison, tmp_path), write_annotations(comparison, tmp_path)]
    crate = json.loads(write_crate(comparison, tmp_path, files).read_text("utf-8"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    descriptor = graph["ro-crate-metadata.json"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = graph[descriptor["about"]["@id"]]
    assert root["@type"] == "Dataset"
    assert all(root[name] for name in ("name", "description", "datePublished", "license"))
    assert root["datePublished"] == "2021-05-09"
    assert [p["@id"] for p in root["hasPart"]] == ["annotations.jsonld", "report.md"]

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            if set(value) == {"@id"}:
                return [value["@id"]]
            return [r for k, v in value.items() if k != "conformsTo" for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    assert set(references(crate["@graph"])) <= set(graph)


def test_sensitivity_is_kept_until_something_changes(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    sensitivity = Comparison.sensitivity
    monkeypatch.setattr(Comparison, "sensitivity", lambda self: made.append(1) or sensitivity(self))
    comparison = build()
    first = kept_moves(comparison, tmp_path, MODELS)
    pd.testing.assert_frame_equal(first, sensitivity(comparison), check_dtype=False)
    pd.testing.assert_frame_equal(kept_moves(build(), tmp_path, MODELS), first)
    assert len(made) == 1
    kept_moves(comparison, tmp_path, {"encoder": {"sha256": "another"}})
    moved = comparison.settings.judge.model_copy(update={"window_days": 3.0})
    settings = comparison.settings.model_copy(update={"judge": moved})
    kept_moves(replace(comparison, settings=settings), tmp_path, MODELS)
    kept_moves(replace(comparison, values=comparison.values[1:]), tmp_path, MODELS)
    assert len(made) == 4


def test_everything_is_written_twice_alike_and_verified(build: Build, tmp_path: Path) -> None:
    def write(out: Path) -> list[Path]:
        return write_all(build(), out, case="case", inputs={}, models=MODELS)

    first = write(tmp_path / "a")
    assert [p.relative_to(tmp_path / "a").as_posix() for p in (first[0], first[-1])] == [
        "report.html", "manifest.json",
    ]  # fmt: skip
    assert verify(tmp_path / "a", rerun=write) == []
    names = {p.relative_to(tmp_path / "a").as_posix() for p in first}
    assert names == {
        p.relative_to(tmp_path / "a").as_posix()
        for p in (tmp_path / "a").rglob("*") if p.is_file()
    }  # fmt: skip
