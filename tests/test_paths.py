"""Names that climb, point elsewhere or are too long, and files made to choke a parser."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from compare.errors import CaseError, OutputError
from compare.pipeline import publish
from compare.read import read_case
from compare.report import write_report, write_tables
from compare.report.files import inside, write
from compare.settings import Read, Settings
from compare.view import Comparison

BODY = "The ministry said that 12 people had been killed in the attack on the city."
NAMES = [
    "../secret.txt", "../../secret.txt", "/etc/passwd", "documents/../../secret.txt", "a" * 300,
    "b/" * 200 + "c", "CON", "nul.txt", "a\0b", "C:\\x.txt", "\\\\host\\share", "~root/x",
    ".", "..",
]  # fmt: skip


def case(root: Path) -> Path:
    (root / "documents").mkdir(parents=True)
    (root / "documents" / "good.txt").write_text(BODY)
    (root.parent / "secret.txt").write_text("The secret said that 99 people were killed.")
    return root


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_names_another_place_reads_nothing_there(tmp_path: Path, name: str) -> None:
    root = case(tmp_path / "case")
    (root / "documents.csv").write_text(f'path,publisher\n"{name}",X\n')
    (root / "claims.csv").write_text(f'document,content\n"{name}",99 people were killed\n')
    read = read_case(root)
    assert read.documents["text"].tolist() == [BODY]
    assert read.documents["publisher"].tolist() == ["unknown"]
    # A NUL makes the whole table binary data; any other name is one refused row.
    assert (read.claims is None) == ("\0" in name)
    assert read.claims is None or len(read.claims) == 0
    assert "99" not in " ".join(read.documents["text"])
    assert any("claims.csv" in path for path in read.problems["path"])


def test_links_lead_nowhere(tmp_path: Path) -> None:
    root = case(tmp_path / "case")
    (root / "documents" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "documents" / "loop.txt").symlink_to(root / "documents" / "loop.txt")
    (root / "documents" / "dangling.txt").symlink_to(root / "documents" / "none.txt")
    (root / "documents" / "folder").symlink_to(tmp_path, target_is_directory=True)
    (root / "claims.csv").symlink_to(tmp_path / "secret.txt")
    read = read_case(root)
    assert read.documents["text"].tolist() == [BODY]
    assert sorted(set(read.problems[read.problems["kind"] == "rejected"]["path"])) == [
        "claims.csv",
        "documents/dangling.txt",
        "documents/loop.txt",
        "documents/out.txt",
    ]


def test_a_case_of_an_impossible_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        read_case(tmp_path / ("a" * 300))
    with pytest.raises(CaseError, match="no case at"):
        read_case("a\0b")


def test_metadata_with_half_a_character_is_one_error_line(tmp_path: Path) -> None:
    root = case(tmp_path / "case")
    front = '---\npublisher: "\\ud800"\ntitle: T\n---\n'
    (root / "documents" / "half.md").write_text(front + BODY + " Again.")
    read = read_case(root)
    assert read.documents["text"].tolist() == [BODY]
    rejected = read.problems.set_index("path").loc["documents/half.md", "message"]
    assert "lone surrogates in the text or metadata" in str(rejected)


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/../../x", "link/x", "a" * 300, "a\0b"])
def test_nothing_is_written_outside_the_output(tmp_path: Path, name: str) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    out.mkdir()
    other.mkdir()
    (out / "link").symlink_to(other, target_is_directory=True)
    with pytest.raises(OutputError):
        write(out, name, b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other", "out"]
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("link", ["work", "work/case.lock", "work/shards", "work/vectors"])
def test_no_link_leads_what_runs_keep_out_of_the_output(tmp_path: Path, link: str) -> None:
    root, other, out = case(tmp_path / "case"), tmp_path / "other", tmp_path / "out"
    other.mkdir()
    (other / "case.lock").write_text("mine")
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(other / "case.lock" if link.endswith("lock") else other)
    with pytest.raises(OutputError, match="refusing to write 'work/"):
        publish(root, out)
    assert [(p.name, p.read_text()) for p in other.iterdir()] == [("case.lock", "mine")]


def test_paths_of_documents_name_no_output(
    build: Callable[..., Comparison], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for name in ("../../evil", "/evil", "a" * 300):
        comparison = build(path=name)
        write_report(comparison, out)
        write_tables(comparison, out)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert all(p.resolve().is_relative_to(out.resolve()) for p in out.rglob("*"))
    assert inside(out, "tables/x.csv") == out.resolve() / "tables/x.csv"


def bomb(form: str) -> bytes:
    if form == "docx":
        made, out = docx.Document(), io.BytesIO()
        made.save(out)
        bombed = io.BytesIO()
        with zipfile.ZipFile(out) as seed, zipfile.ZipFile(bombed, "w", zipfile.ZIP_DEFLATED) as to:
            for name in seed.namelist():
                to.writestr(name, seed.read(name))
            to.writestr("word/media/zeros.bin", b"")
            body = b"<w:p><w:r><w:t>" + b"a" * 200_000_000 + b"</w:t></w:r></w:p>"
            main = seed.read("word/document.xml").replace(b"<w:body>", b"<w:body>" + body)
            to.writestr("word/document.xml", main)
        return bombed.getvalue()
    attributes = " ".join(f"a{n}={n}" for n in range(100_000))
    return {
        "attributes.html": f"<html><body><p {attributes}>x</p></body></html>",
        "deep.html": "<div>" * 200_000 + "x",
        "open.html": "<p><b><i><a href=x>" * 50_000,
        "entities.html": "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(20)) + "]><p>&a19;</p>",
        "deep.pdf": "%PDF-1.4\n1 0 obj\n" + "[" * 200_000 + "\nendobj\ntrailer<</Root 1 0 R>>",
    }[form].encode()  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "form", ["docx", "attributes.html", "deep.html", "open.html", "entities.html", "deep.pdf"]
)
def test_a_poisoned_file_costs_one_line_at_most(tmp_path: Path, form: str) -> None:
    root = case(tmp_path / "case")
    name = f"bomb.{form.rpartition('.')[2]}"
    (root / "documents" / name).write_bytes(bomb(form))
    settings = Settings(read=Read(max_memory=2**30, max_seconds=8))
    read = read_case(root, settings)
    assert BODY in read.documents["text"].tolist()
    rejected = read.problems[read.problems["kind"] == "rejected"]["path"].tolist()
    held = read.documents["path"].tolist()
    assert sorted([*rejected, *held]) == [f"documents/{name}", "documents/good.txt"]


def test_a_parser_that_works_without_end_is_one_line(tmp_path: Path) -> None:
    root = case(tmp_path / "case")
    (root / "documents" / "a.html").write_bytes(bomb("attributes.html"))
    (root / "documents" / "b.html").write_text(f"<p>{BODY} Again.</p>")
    read = read_case(root, Settings(read=Read(max_processor_seconds=2)))
    assert sorted(read.documents["path"]) == ["documents/b.html", "documents/good.txt"]
    told = read.problems.set_index("path").loc["documents/a.html", "message"]
    assert told == "the html parser needed more than 2 s of processor; convert it to text"


def test_a_parser_that_cannot_start_is_one_line(tmp_path: Path) -> None:
    root = case(tmp_path / "case")
    (root / "documents" / "x.html").write_text(f"<p>{BODY}</p>")
    read = read_case(root, Settings(read=Read(max_memory=2**20)))
    assert read.documents["path"].tolist() == ["documents/good.txt"]
    rejected = read.problems[read.problems["kind"] == "rejected"]
    assert rejected["path"].tolist() == ["documents/x.html"]
