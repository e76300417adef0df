"""The same tables on every engine, however cut, and when workers die."""

import hashlib
import os
import signal
import time
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import incidents, parts, pipeline, syntax
from compare.engine import Engine, open_engine, verbs
from compare.engine.history import cut_again
from compare.errors import DamageError, EngineError
from compare.read import read_case
from compare.schema import TABLES
from compare.settings import Settings
from compare.tables import from_rows

SENTENCES = (
    "Provincial councillor Attaullah Afghan said that 12 civilians were killed in Nawa on Monday.",
    "The Taliban denied that their fighters had attacked Nawa. Omar Rezai said 3 were wounded.",
    "The United Nations said 35,000 people had fled Lashkargah. Omer Rezai, a doctor, stayed.",
    "Helmand governor Mohammad Yasin Khan said that 5,000 people had left Lashkargah on Sunday.",
    "The Ministry of Defence said that 70 Taliban fighters were killed in Nawa on Monday.",
    "Residents said that 15 civilians were killed in Nawa. “We buried them,” said Gul Agha.",
    # What is set apart in one story by what its document tells in another.
    "Police said 19 people died in Herat. In contrast to that, 61 civilians were killed in Nawa.",
)


def claims(n: int) -> pd.DataFrame:
    return from_rows("claims", [
        {"claim_id": f"{i:02}:0-1", "document_id": f"{i:02}", "start": 0, "end": 1, "content": "x",
         "kind": "narration", "status": "asserted"} for i in range(n)
    ])  # fmt: skip


def origins_of(claims: pd.DataFrame, *, slow: float = 0, die: str = "") -> dict[str, pd.DataFrame]:
    """A stage: each claim its own origin. The first worker to see `die` kills itself."""
    time.sleep(slow)
    if die and len(claims):
        try:
            Path(die).touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    ids = claims["claim_id"]
    return {"origins": pd.DataFrame({"claim_id": ids, "origin_id": ids, "how": "own"})}


def cut(engine: Engine, table: pd.DataFrame, size: int) -> list[Any]:
    at = {claim_id: n % size for n, claim_id in enumerate(table["claim_id"])}
    return engine.scatter({"claims": table}, at, size)


@pytest.mark.parametrize("size", [1, 2, 8])
def test_scatter_map_collect(tmp_path: Path, size: int) -> None:
    table = claims(20)
    with open_engine(folder=tmp_path, workers=1) as engine:
        parts = cut(engine, table, size)
        pd.testing.assert_frame_equal(engine.collect(parts, "claims"), table)
        found = engine.collect(engine.map_batches(origins_of, parts), "origins")
    assert found["origin_id"].tolist() == table["claim_id"].tolist()


def test_what_has_no_part_is_left_out(tmp_path: Path) -> None:
    table = claims(5)
    with open_engine(folder=tmp_path, workers=1) as engine:
        found = engine.scatter({"claims": table}, {"03:0-1": 1, "01:0-1": 1, "02:0-1": 0}, 3)
        ids = [engine.collect([part], "claims")["claim_id"].tolist() for part in found]
    assert ids == [["02:0-1"], ["01:0-1", "03:0-1"], []]


def test_nothing_is_made_twice_and_what_is_not_used_is_swept(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for _ in range(2):
        with open_engine(folder=tmp_path, workers=1) as engine:
            parts = cut(engine, claims(9), 2)
            engine.map_batches(origins_of, parts, progress=lambda d, t: told.append((d, t)))
    assert told == [(0, 2), (1, 2), (2, 2), (2, 2)]
    before = len(list(tmp_path.iterdir()))
    with open_engine(folder=tmp_path, workers=1) as engine:
        engine.map_batches(origins_of, cut(engine, claims(9), 1), version="2")
        engine.sweep()
    assert (before, len(list(tmp_path.iterdir()))) == (4, 2)


def test_a_worker_process_that_dies_is_replaced(tmp_path: Path) -> None:
    with open_engine(folder=tmp_path / "shards", workers=2) as engine:
        found = engine.map_batches(
            origins_of, cut(engine, claims(9), 4), die=str(tmp_path / "died")
        )
        assert len(engine.collect(found, "origins")) == 9
    assert (tmp_path / "died").exists()


def workers_of(claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A stage: every claim's origin is the process that worked on it."""
    ids = claims["claim_id"]
    told = pd.DataFrame({"claim_id": ids, "origin_id": str(os.getpid()), "how": "own"})
    return {"origins": told}


@pytest.mark.parametrize(("rows", "anew"), [(9, True), (10, False)])
def test_idle_workers_end_before_long_work_on_whole_tables(
    rows: int, anew: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "LONG", rows)
    table = claims(9)
    with open_engine(folder=tmp_path, workers=2) as engine:
        seen = []
        for version in ("1", "2"):
            parts = cut(engine, table, 4)
            found = engine.map_batches(workers_of, parts, version=version)
            seen.append(set(engine.collect(found, "origins")["origin_id"]))
            engine.whole(lambda claims: origins_of(claims)["origins"], "origins", table)
    assert seen[0].isdisjoint(seen[1]) == anew


def test_workers_that_keep_dying_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "DEATHS", 1)
    with (
        open_engine(folder=tmp_path, workers=2) as engine,
        pytest.raises(EngineError, match="died 1 times in die_always"),
    ):
        engine.map_batches(die_always, cut(engine, claims(3), 1))


def die_always(claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def test_unusable_engines_are_told(tmp_path: Path) -> None:
    for arguments, message in (
        ({"engine": "spark"}, "no engine 'spark'; expected local, dask"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "is given, but the engine is 'local'"),
        ({"workers": 0}, "workers is 0"),
    ):
        with pytest.raises(EngineError, match=message), open_engine(**arguments):  # type: ignore[arg-type]
            pass
    with open_engine(folder=tmp_path, workers=1) as engine:
        parts = cut(engine, claims(2), 1)
        parts[0]["claims"].write_bytes(b"damaged")
        with pytest.raises(DamageError, match="have not the checksum"):
            engine.collect(parts, "claims")


def in_words(engine: Engine, ids: str) -> list[str]:
    """The parts of these letters, four in each, as words."""
    found: dict[int, str] = {}
    for one, part in engine.cut("letters", [[one] for one in ids], 4).items():
        found[part] = found.get(part, "") + one
    return sorted(found.values())


def test_what_was_together_stays_together(tmp_path: Path) -> None:
    with open_engine(folder=tmp_path, workers=1) as engine:
        assert in_words(engine, "abcdefgh") == ["abcd", "efgh"]
        assert in_words(engine, "abcdefghi") == ["abcd", "efgh", "i"]
    # It is kept, and of what was not used the cut alone is not swept.
    with open_engine(folder=tmp_path, workers=1) as engine:
        engine.sweep()
        assert in_words(engine, "abcdefghi") == ["abcd", "efgh", "i"]
        # A small part is made again with what is new; one that lost something, alone.
        assert in_words(engine, "0abcdefghi") == ["0i", "abcd", "efgh"]
        assert in_words(engine, "0acdefghi") == ["0i", "acd", "efgh"]
        # What is replaced costs the part it was in.
        assert in_words(engine, "0acdfghix") == ["0i", "acd", "fghx"]
        assert in_words(engine, "0") == ["0"]


def test_a_cut_that_is_damaged_is_told_and_made_afresh(tmp_path: Path) -> None:
    with open_engine(folder=tmp_path, workers=1) as engine:
        assert in_words(engine, "ah") == ["ah"]
        assert in_words(engine, "abcdefgh") == ["ah", "bcd", "efg"]
        [kept] = (tmp_path / "cuts").iterdir()
        kept.write_bytes(kept.read_bytes()[:-9])
        with pytest.raises(DamageError, match="have not the checksum") as told:
            in_words(engine, "abcdefgh")
        told.value.path.unlink()
        assert in_words(engine, "abcdefgh") == ["abcd", "efgh"]


@given(
    st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=9, unique=True), max_size=20),
    st.dictionaries(st.integers(0, 80).map(str), st.integers(0, 9)),
    st.integers(1, 6),
)
def test_any_history_gives_a_cut(drawn: list[list[int]], before: dict[str, int], most: int) -> None:
    seen: set[int] = set()
    whole = [[str(n) for n in group if not (n in seen or seen.add(n))] for group in drawn]  # type: ignore[func-returns-value]
    whole = [group for group in whole if group]
    parts = cut_again(whole, before, most)
    assert sorted(set(parts)) == list(range(len(set(parts))))
    at = {one: part for group, part in zip(whole, parts, strict=True) for one in group}
    # The same again changes nothing; so a run that was stopped goes on with the same parts.
    assert cut_again(whole, at, most) == parts
    afresh = cut_again(whole, {}, most)
    for part in set(afresh):
        sizes = [len(g) for g, n in zip(whole, afresh, strict=True) if n == part]
        assert len(sizes) == 1 or sum(sizes) < 2 * most


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("case")
    (root / "documents").mkdir()
    for number, sentence in enumerate(SENTENCES):
        (root / "documents" / f"{number}.md").write_text(
            f"---\npublisher: Outlet {number}\npublished: 2020-10-{14 + number}\n---\n{sentence}"
        )
    return root


def digest(case: Path, engine: Engine, vectors: Path) -> str:
    whole = read_case(case)
    found = pipeline.compare_case(whole, Settings(), engine, vectors, lambda s, d, t: None)
    told = hashlib.sha256(found.vectors.tobytes())
    for name in TABLES:
        told.update(getattr(found, name).to_json(orient="split", date_format="iso").encode())
    return told.hexdigest()


@pytest.fixture(scope="module")
def expected(case: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """In one part, in this process; and where its vectors are."""
    vectors = tmp_path_factory.mktemp("vectors")
    with open_engine(workers=1) as engine:
        return digest(case, engine, vectors), vectors


@pytest.mark.parametrize("batch", [1, 2, 4])
def test_any_number_of_parts(
    case: Path, expected: tuple[str, Path], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incidents, "CLAIMS", batch)
    with open_engine(workers=1, batch=batch) as engine:
        assert digest(case, engine, expected[1]) == expected[0]


def test_what_is_added_or_removed_costs_what_it_touches(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: Counter[str] = Counter()
    work, parse = verbs._work, syntax.parse_bytes

    def counted(stage: Any, *more: Any) -> None:
        worked[stage.__name__] += 1
        work(stage, *more)

    def parsed(texts: list[str], *, model: str) -> dict[str, bytes]:
        worked["texts"] += len(texts)
        return parse(texts, model=model)

    monkeypatch.setattr(verbs, "_work", counted)
    monkeypatch.setattr(syntax, "parse_bytes", parsed)
    monkeypatch.setattr(incidents, "CLAIMS", 1)
    whole = sorted((case / "documents").glob("*"))
    room = tmp_path / "case" / "documents"
    room.mkdir(parents=True)

    def made(paths: list[Path], folder: str) -> tuple[str, Counter[str]]:
        worked.clear()
        for path in room.iterdir():
            path.unlink()
        for path in paths:
            (room / path.name).write_bytes(path.read_bytes())
        with open_engine(folder=tmp_path / folder, workers=1, batch=4) as engine:
            return digest(room.parent, engine, tmp_path / "vectors"), worked.copy()

    _, first = made([*whole[:2], *whole[3:]], "kept")
    assert first["parse_texts"] == first["speech"] == first["facts"] == 2
    found, second = made(whole, "kept")
    assert found == made(whole, "fresh")[0]
    assert second["texts"] == 1
    assert second["setting"] == second["speech"] == second["facts"] == 1
    assert 1 <= second["judgements_of"] < first["judgements_of"]
    found, third = made(whole[:-1], "kept")
    assert found == made(whole[:-1], "fresh again")[0]
    assert third["parse_texts"] == third["speech"] == 1
    assert not made(whole[:-1], "kept")[1]


def test_a_document_that_is_added_reads_no_others_facts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    inner = parts.parse_when_where

    def counted(claims: pd.DataFrame, documents: pd.DataFrame, **settings: Any) -> pd.DataFrame:
        read.extend(documents["text"])
        return inner(claims, documents, **settings)

    monkeypatch.setattr(parts, "parse_when_where", counted)
    places = ["Nawa, Helmand", "Nawa", "Kabul", "Herat", "Baharak, Takhar"]
    places += ["Baharak, Takhar"]  # by which the case settles on one of them
    texts = [f"Officer {n} said: “Shops closed in {where}.”" for n, where in enumerate(places)]
    texts[1] = texts[1].replace("Officer 1", "Omar Rezai, police chief of Nawa,")
    texts[5] = texts[5].replace("Officer 5", "Omar Rezai, a Taliban spokesman,")
    named = []  # a namesake of another side changes how the first speaker is told from him
    (tmp_path / "case" / "documents").mkdir(parents=True)
    with open_engine(workers=1, batch=1, folder=tmp_path / "shards") as engine:
        for size in (5, 6):
            read.clear()
            for n, text in enumerate(texts[:size]):
                (tmp_path / "case" / "documents" / f"{n}.txt").write_text(text)
            case = read_case(tmp_path / "case")
            found = pipeline.compare_case(case, Settings(), engine, tmp_path, lambda s, d, t: None)
            mine = found.claims["content"].str.fullmatch(".*in Nawa.?")
            named.append(found.sources.loc[mine.to_numpy(), "actor_id"].item())
    assert named == ["unlisted:omar-rezai", "unlisted:omar-rezai-chief"]
    assert read == [texts[5]]


def test_a_short_form_costs_the_parts_that_have_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    inner = parts.extract_claims

    def counted(documents: pd.DataFrame, **settings: Any) -> pd.DataFrame:
        read.extend(documents["text"])
        return inner(documents, **settings)

    monkeypatch.setattr(parts, "extract_claims", counted)
    texts = [
        "The SWN said that 12 people had left Nawa.",
        "The army said that 70 fighters were killed.",
        "The Sanjar Women’s Network (SWN) said that 15 people had left Nawa.",
    ]
    (tmp_path / "case" / "documents").mkdir(parents=True)
    for size in (2, 3):
        for n, text in enumerate(texts[:size]):
            (tmp_path / "case" / "documents" / f"{n}.txt").write_text(text)
        read.clear()
        with open_engine(workers=1, batch=1, folder=tmp_path / "shards") as engine:
            case = read_case(tmp_path / "case")
            found = pipeline.compare_case(case, Settings(), engine, tmp_path, lambda s, d, t: None)
    assert sorted(read) == sorted([texts[0], texts[2]])
    assert found.sources["actor"].str.contains("Sanjar").sum() == 2


def test_two_processes(case: Path, expected: tuple[str, Path]) -> None:
    with open_engine(workers=2, batch=3) as engine:
        assert digest(case, engine, expected[1]) == expected[0]


def test_threads_and_other_executors(case: Path, expected: tuple[str, Path]) -> None:
    with ThreadPoolExecutor(3) as pool, open_engine(pool, batch=2) as engine:
        assert digest(case, engine, expected[1]) == expected[0]


def test_damage_to_what_is_kept_is_told_and_made_again(case: Path, tmp_path: Path) -> None:
    def run() -> dict[str, str]:
        found = pipeline.run(case, work=tmp_path, workers=1)
        tables = {n: getattr(found, n).to_json(orient="split", date_format="iso") for n in TABLES}
        return {"vectors": found.vectors.tobytes().hex()} | tables

    first, damaged = run(), 0
    for name in ("texts", "parses", "claims", "vectors", "origins", "events", "rows", "stories"):
        for path in sorted(tmp_path.rglob(f"{name}.*.parquet")):
            path.write_bytes(path.read_bytes()[:-20] + bytes(20))
            damaged += 1
    with pytest.warns(RuntimeWarning, match="is damaged .* it is made again") as told:
        assert run() == first
    assert 8 <= len(told) <= damaged
    # What a run that was killed leaves half written, in folders that no run deletes.
    for folder in (tmp_path / "shards" / "cuts", tmp_path / "vectors"):
        (folder / ".writing-half").write_bytes(b"PAR1")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run() == first
    assert not list(tmp_path.rglob(".writing-*"))


def with_dask(run: Callable[[Any], str], **options: Any) -> str:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            threads_per_worker=1, dashboard_address=None, silence_logs=50, **options
        ) as local,
        distributed.Client(local) as client,
    ):
        return run(client)


def test_dask_threads(case: Path, expected: tuple[str, Path]) -> None:
    def run(client: Any) -> str:
        with open_engine(client, batch=2) as engine:
            return digest(case, engine, expected[1])

    assert with_dask(run, n_workers=2, processes=False) == expected[0]


def test_dask_processes_one_of_which_is_killed(case: Path, expected: tuple[str, Path]) -> None:
    def run(client: Any) -> str:
        scheduler = client.scheduler.address
        with open_engine("dask", scheduler=scheduler, batch=2) as engine:
            mapped = engine.map_batches

            def kill_once(stage: Any, *args: Any, **more: Any) -> Any:
                if stage.__name__ == "facts":
                    pid = next(iter(client.run(os.getpid).values()))
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                return mapped(stage, *args, **more)

            engine.map_batches = kill_once  # type: ignore[method-assign]
            return digest(case, engine, expected[1])

    killed: list[int] = []
    assert with_dask(run, n_workers=2, processes=True) == expected[0]
    assert len(killed) == 1
