"""Reading a case: every format, every kind of bad input, one error line each."""

import io
from datetime import datetime
from pathlib import Path

import docx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import CaseError, DocumentError, SettingsError
from compare.read import read_case
from compare.read.decode import decode
from compare.read.metadata import published, read_rows, split_front_matter
from compare.settings import Read, Settings

FRONT = "---\npublisher: {}\npublished: 2020-10-17\nurl: https://example.org/a\ntitle: T\n---\n\n{}"
BODY = "The ministry said that 12 people had been killed in the attack on the city."


def case(root: Path, **files: bytes | str) -> Path:
    folder = root / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def messages(frame: pd.DataFrame) -> dict[str, str]:
    return {str(row.path): f"{row.kind}: {row.message}" for row in frame.itertuples()}


def docx_bytes(*paragraphs: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def pdf_bytes(line: str) -> bytes:
    stream = f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, len(out))
    )


def test_every_format_gives_its_text_and_metadata(tmp_path: Path) -> None:
    html = f"<html lang=en><head><title>Page</title></head><body><article><p>{BODY}</p></article>"
    root = case(
        tmp_path,
        a__md=FRONT.format("AT News", BODY),
        b__html=html,
        c__docx=docx_bytes(BODY + " Docx.", "Second."),
        d__pdf=pdf_bytes(BODY + " Pdf."),
    )
    (root / "documents.csv").write_text(
        "path,publisher,published\nb.html,B,2020-10-12\nc.docx,C,2020-10-13\nd.pdf,D,2020-10-14\n"
    )
    documents = read_case(root).documents.set_index("publisher")
    assert documents["text"].to_dict() == {
        "AT News": BODY,
        "B": BODY,
        "C": f"{BODY} Docx.\n\nSecond.",
        "D": f"{BODY} Pdf.",
    }
    assert documents.loc["AT News", ["path", "url", "title", "language"]].tolist() == [
        "documents/a.md",
        "https://example.org/a",
        "T",
        "en",
    ]
    assert documents["published"].dt.day.to_dict() == {"AT News": 17, "B": 12, "C": 13, "D": 14}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("x.md", b"", "rejected: empty file (0 bytes)"),
        ("x.txt", b" \n ", "rejected: no text in it"),
        ("x.txt", b"\x89PNG\r\n\x1a\n\0\0", "rejected: binary data: a NUL byte at offset 8"),
        ("x.md", b"---\npublisher: [a\n---\ntext", "rejected: front matter is not YAML"),
        ("x.md", b"---\npublisher: a\ntext", "rejected: front matter opens with '---'"),
        ("x.md", b"---\npublisher: [a, b]\n---\ntext", "rejected: front matter must be plain"),
        ("x.md", b"---\n" + b"[" * 20000 + b"\n---\ntext", "rejected: front matter is not YAML"),
        (
            "x.md",
            b"---\npublisher: a\npublished: 17/10/2020\n---\nt",
            "rejected: published is '17/10",
        ),
        ("x.md", b"---\npublisher: a\n---\ntext", "warning: no date of publication"),
        ("x.md", b"---\npublished: 2020-10-17\n---\ntext", "warning: no publisher"),
        ("x.pdf", b"%PDF-1.4 broken", "rejected: broken PDF"),
        ("x.docx", b"PK\x03\x04 broken", "rejected: broken DOCX"),
        ("x.doc", b"\xd0\xcf", "rejected: .doc is not a format that is read; save it as one of"),
        ("x.md", b"---\npublisher: a\n---\n", "rejected: no text in it"),
        ("x.jpg", b"\xff\xd8", "rejected: .jpg is not a format that is read"),
    ],
)
def test_bad_input_gives_one_line_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    root = case(tmp_path, good__md=FRONT.format("AT News", BODY))
    (root / "documents" / name).write_bytes(content)
    read = read_case(root)
    assert "AT News" in read.documents["publisher"].tolist()
    assert list(messages(read.problems)) == [f"documents/{name}"]
    assert messages(read.problems)[f"documents/{name}"].startswith(expected)


def test_identical_files_are_one_document_and_a_reprint_is_another(tmp_path: Path) -> None:
    root = case(
        tmp_path,
        a__md=FRONT.format("AT News", BODY),
        b__md=FRONT.format("AT News", BODY),
        c__md=FRONT.format("Pajhwok", BODY),
    )
    read = read_case(root)
    assert read.documents["publisher"].value_counts().to_dict() == {"AT News": 1, "Pajhwok": 1}
    assert messages(read.problems) == {
        "documents/b.md": "duplicate: the same text as documents/a.md; used once",
        "documents/c.md": "duplicate: the same text as documents/a.md under another publisher; "
        "kept as a reprint, never an independent account",
    }


def test_names_and_order_of_files_change_nothing_but_the_path(tmp_path: Path) -> None:
    bodies = [FRONT.format(f"P{i}", f"{BODY} {i}") for i in range(4)]
    one = case(tmp_path / "1", a__md=bodies[0], b__md=bodies[1], c__md=bodies[2], d__md=bodies[3])
    two = case(tmp_path / "2", z__md=bodies[0], y__md=bodies[1], x__md=bodies[2], w__md=bodies[3])
    pd.testing.assert_frame_equal(
        read_case(one).documents.drop(columns="path"), read_case(two).documents.drop(columns="path")
    )


@pytest.mark.parametrize(
    ("data", "markup", "setting", "expected"),
    [
        ("Chargé".encode(), False, "", ("Chargé", "utf-8", "strict")),
        ("Chargé".encode("utf-8-sig"), False, "", ("Chargé", "utf-8-sig", "byte order mark")),
        ("هلمند".encode("utf-16"), False, "", ("هلمند", "utf-16", "byte order mark")),
        (
            '<meta charset="cp1256"> هلمند'.encode("cp1256"),
            True,
            "",
            ('<meta charset="cp1256"> هلمند', "cp1256", "declared"),
        ),
        ("Chargé".encode("latin-1"), False, "latin-1", ("Chargé", "iso8859-1", "setting")),
        (b"a\r\nb\rc", False, "", ("a\nb\nc", "utf-8", "strict")),
    ],
)
def test_encodings_in_order(
    data: bytes, markup: bool, setting: str, expected: tuple[str, str, str]
) -> None:
    found = decode(data, markup=markup, fallback_encoding=setting)
    assert (found.text, found.encoding, found.how) == expected


def test_a_link_out_of_the_case_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    root = case(tmp_path / "case", good__md=FRONT.format("AT News", BODY))
    (root / "documents" / "link.txt").symlink_to(secret)
    read = read_case(root)
    assert "symbolic link that leads out" in messages(read.problems)["documents/link.txt"]
    assert not read.documents["text"].str.contains("secret").any()


def test_a_large_file_and_a_slow_parser_are_refused(tmp_path: Path) -> None:
    root = case(tmp_path, a__txt=BODY * 20, b__pdf=pdf_bytes(BODY))
    settings = Settings(read=Read(max_bytes=1400, max_seconds=1e-6))
    found = messages(read_case(root, settings).problems)
    assert found["documents/a.txt"].startswith("rejected: 1500 bytes, more than")
    assert found["documents/b.pdf"].startswith("rejected: the pdf parser needed more than 1e-06 s")


def test_ready_made_claims(tmp_path: Path) -> None:
    root = case(tmp_path, a__md=FRONT.format("AT News", BODY))
    (root / "claims.csv").write_text(
        "document,content,source,cue,status,publisher,published\n"
        "a.md,12 people had been killed,The ministry,said,,,\n"
        "a.md,13 people had been killed,,,,,\n"
        "b.md,12 people,,,,,\n"
        ",Nine were killed.,,,denied,OCHA,2020-10-13\n"
    )
    read = read_case(root)
    assert read.claims is not None
    rows = read.claims[["content", "kind", "source", "source_start", "status"]]
    assert sorted(map(tuple, rows.astype(object).fillna("-").astype(str).values.tolist())) == [
        ("12 people had been killed", "indirect", "The ministry", "0", "asserted"),
        ("Nine were killed.", "narration", "-", "-", "denied"),
    ]
    assert sorted(read.documents["publisher"]) == ["AT News", "OCHA"]
    assert sorted(read.problems["message"]) == [
        "line 3: the content occurs 0 times in the document; copy it exactly",
        "line 4: document 'b.md' is not in documents/",
    ]


def test_a_ready_made_claim_of_no_known_kind_or_place_is_refused_alone(tmp_path: Path) -> None:
    root = case(tmp_path, a__md=FRONT.format("AT News", BODY))
    (root / "claims.csv").write_text(
        "document,content,start,kind,status\n"
        "a.md,12 people had been killed,,rumour,\n"
        "a.md,12 people had been killed,,,heard\n"
        f"a.md,12 people had been killed,{'1' * 5000},,\n"
        "a.md,12 people had been killed,,direct,hedged\n"
    )
    read = read_case(root)
    assert read.claims is not None
    assert read.claims[["content", "kind", "status"]].values.tolist() == [
        ["12 people had been killed", "direct", "hedged"]
    ]
    assert sorted(read.problems["message"]) == [
        "line 2: kind is 'rumour'; expected one of direct, indirect, mixed, narration",
        "line 3: status is 'heard'; expected one of asserted, reported, hedged, denied, demanded, "
        "promised, condemned, supported, unconfirmed, no-comment",
        f"line 4: the content does not stand at start {'1' * 40!r} of the document",
    ]


def test_a_single_file_is_a_case(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text(BODY)
    read = read_case(path)
    assert (read.title, read.documents["text"].tolist()) == ("statement", [BODY])


def test_unusable_cases_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="expected a folder with documents/"):
        read_case(tmp_path / "none")
    with pytest.raises(CaseError, match="has no folder documents/"):
        read_case(tmp_path)
    (tmp_path / "documents").mkdir()
    with pytest.raises(CaseError, match=r"holds no file that can be listed; put \.md, \.txt"):
        read_case(tmp_path)
    root = case(tmp_path, a__md=BODY)
    (root / "case.toml").write_text("titel = 1")
    with pytest.raises(CaseError, match="unknown entries \\['titel'\\]"):
        read_case(root)
    (root / "case.toml").write_text("[settings.read]\nmax_bytes = 'many'")
    with pytest.raises(SettingsError, match=r"read\.max_bytes"):
        read_case(root)
    (root / "case.toml").write_text("[settings.read]\nmax_byte = 5")
    with pytest.raises(SettingsError, match=r"'read\.max_byte' = 5: there is no such setting"):
        read_case(root)
    (root / "case.toml").write_text("title = Helmand")
    with pytest.raises(CaseError, match="text needs quotes"):
        read_case(root)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables_may_be_separated_as_spreadsheets_do(tmp_path: Path, mark: str) -> None:
    root = case(tmp_path, a__txt=BODY)
    rows = [["path", "publisher", "published"], ["a.txt", "AT, News", "2020-10-17"]]
    text = "\n".join(mark.join(f'"{c}"' if "," in c else c for c in row) for row in rows)
    (root / "documents.csv").write_text(text)
    read = read_case(root)
    assert read.problems.values.tolist() == []
    assert read.documents["publisher"].tolist() == ["AT, News"]


def test_columns_of_documents_csv_that_mean_nothing_are_named(tmp_path: Path) -> None:
    root = case(tmp_path, a__md=FRONT.format("AT News", BODY))
    (root / "documents.csv").write_text("filename,publisher,date\na.md,B,2020-10-17\n")
    assert messages(read_case(root).problems) == {
        "documents.csv": "warning: the columns ['date', 'filename'] are not used; expected path "
        "and any of publisher, published, url, title, language, note"
    }


def test_a_guessed_encoding_of_a_table_is_told(tmp_path: Path) -> None:
    root = case(tmp_path, a__md=FRONT.format("AT News", BODY))
    rows = "actor_id,actor,camp,role\nx,Chargé Müller,ngo,observer\ny,Garçon,ngo,observer\n"
    (root / "actors.csv").write_bytes(rows.encode("latin-1"))
    assert messages(read_case(root).problems)["actors.csv"].startswith("warning: encoding guessed")


@given(st.text(max_size=300))
def test_front_matter_never_fails_in_another_way(text: str) -> None:
    try:
        facts, body = split_front_matter(text)
    except DocumentError:
        return
    assert text.endswith(body)
    assert all(isinstance(v, str) for v in facts.values())


@given(st.text(max_size=300))
def test_csv_never_fails_in_another_way(text: str) -> None:
    try:
        rows = read_rows(text)
    except DocumentError:
        return
    assert all(set(row) for _, row in rows)


@given(st.binary(max_size=300), st.booleans())
def test_decoding_never_fails_in_another_way(data: bytes, markup: bool) -> None:
    try:
        found = decode(data, markup=markup, fallback_encoding="")
    except DocumentError:
        return
    assert "\r" not in found.text


@given(st.datetimes())
def test_published_gives_back_what_iso_writes(moment: datetime) -> None:
    assert published(moment.isoformat()) == moment
