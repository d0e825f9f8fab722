"""The main job: stopped anywhere it goes on where it was, and its result depends on nothing but its inputs."""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import program
from damaged import good_text, make_good
from job_worker import die_of_poison, read_all, ready
from multivector._job import Settings, plan, run
from multivector._job._pool import in_pool
from multivector.errors import KnowledgeError
from multivector.gather import Source
from multivector.reading import Reader
from multivector.record import Document, Record
from multivector.store import open_store

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, ForkServerProcess

HERE = Path(__file__).parent
unix = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> ForkServerContext:
    """Processes that start with the package loaded and the registry built."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH")))))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["job_worker"])
    return context


@unix
@pytest.mark.parametrize(("workers", "kills"), [(1, 17), (2, 3)])
def test_killed_at_any_moment_the_run_goes_on_and_ends_the_same(
    tmp_path: Path, workers: int, kills: int, processes: ForkServerContext
) -> None:
    rng = random.Random(workers)
    folder, store, calm = tmp_path / "in", tmp_path / "s.db", tmp_path / "calm.db"
    make_good(folder, 60)
    (folder / "zz-empty.txt").write_bytes(b"")

    def start(path: Path) -> ForkServerProcess:
        process = processes.Process(target=read_all, args=(folder, path, workers))
        process.start()
        return process

    warm = processes.Process(target=ready)
    warm.start()
    warm.join()
    read_all(folder, calm, 1)
    documents = [0]
    for _ in range(kills):
        process = start(store)
        # Some documents later, at any moment of the next ones.
        goal = documents[-1] + rng.randrange(0, 100 // kills)
        wait_for(lambda process=process, goal=goal: count(store) >= goal or not process.is_alive(), pause=0.002)
        process.join(rng.uniform(0, 0.03))
        process.kill()
        process.join()
        documents.append(count(store))
        if store.exists():
            with open_store(store, timeout=30) as opened:
                assert opened.verify() == ()
    assert documents == sorted(documents)
    assert len(set(documents)) > kills / 2, f"the kills came at the same moments: {documents}"
    read_all(folder, store, workers)
    with open_store(store) as opened, open_store(calm) as expected:
        assert opened.count("document") == expected.count("document") > 45
        assert opened.count("statement") > 50
        assert list(opened.dump()) == list(expected.dump())
        assert opened.digest() == expected.digest()


@unix
def test_workers_end_when_the_run_is_killed(tmp_path: Path) -> None:
    make_good(tmp_path / "in", 40)
    command = [str(program.PROGRAM), "read", "in", "--workers", "2"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wait_for(lambda: count(tmp_path / "multivector.db") > 0)
    process.kill()
    assert process.stdout is not None
    # The workers hold the other end of the pipe for as long as they live.
    started = time.monotonic()
    process.stdout.read()
    process.wait()
    process.stdout.close()
    assert time.monotonic() - started < 20


@unix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_with_one_line_and_the_run_goes_on_later(tmp_path: Path, workers: str) -> None:
    make_good(tmp_path / "in", 100)
    command = [str(program.PROGRAM), "read", "in", "--workers", workers]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for(lambda: count(tmp_path / "multivector.db") > 2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    output, errors = process.communicate(timeout=60)
    kept = count(tmp_path / "multivector.db")
    assert process.returncode == 130
    assert output == ""
    (line,) = errors.splitlines()
    assert line.startswith("multivector: stopped: ")
    assert line.endswith("left; run the same command to go on")
    assert 0 < kept < 80
    with open_store(tmp_path / "multivector.db") as store:
        assert store.verify() == ()
        list(run(plan([str(tmp_path / "in")]), store, Settings(workers=1)))
        assert store.count("document") > kept


def test_a_worker_that_dies_takes_down_one_input_only(tmp_path: Path) -> None:
    names = ["0.txt", "1.txt", "poison-a.txt", "2.txt", "3.txt", "poison-b.txt", "4.txt"]
    sources = [Source(name) for name in names]
    results = list(in_pool(sources, tmp_path / "s.db", Settings(), 2, task=die_of_poison))
    assert [source for source, _ in results] == sources
    reasons = {source.location: read.reason or "" for source, read in results}
    assert {name for name, reason in reasons.items() if "died" in reason} == {"poison-a.txt", "poison-b.txt"}
    assert all(reason.startswith("read by ") for name, reason in reasons.items() if "poison" not in name)


def test_a_stopped_pool_leaves_no_processes_behind(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    results = in_pool([Source(f"{n}.txt") for n in range(50)], tmp_path / "s.db", Settings(), 2, task=die_of_poison)
    next(results)
    assert set(multiprocessing.active_children()) - before
    results.close()  # type: ignore[attr-defined]
    assert not set(multiprocessing.active_children()) - before


def test_an_error_of_the_run_itself_in_a_worker_ends_it_with_its_own_words(tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text("[[state]\n")
    make_good(tmp_path / "in", 3)
    settings = Settings(workers=2, knowledge=(wrong,))
    with open_store(tmp_path / "s.db") as store, pytest.raises(KnowledgeError, match=r"mine\.toml"):
        list(run(plan([str(tmp_path / "in")]), store, settings))


@pytest.fixture
def no_callbacks() -> Iterator[None]:
    """Without the callbacks of test tools in the garbage collector, in which an alarm would be lost with a warning."""
    kept = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = kept


@pytest.mark.usefixtures("no_callbacks")
# The alarm may fall into a callback of the garbage collector, where it is passed over; it comes again after a second.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_document_that_takes_too_long_fails_alone(tmp_path: Path) -> None:
    (short,) = make_good(tmp_path, 1)
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(good_text(number) for number in range(3000)))
    with open_store(tmp_path / "s.db") as store:
        done = list(run(plan([str(long), str(short)]), store, Settings(workers=1, limit=0.3)))
    assert done[0].reason == "took longer than 0.3 seconds to read; split it"
    assert done[1].status == "added"


def test_a_fault_of_ours_is_told_of_the_one_input_that_trips_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [str(path) for path in make_good(tmp_path / "in", 3)]
    read = Reader.read

    def trip(self: Reader, document: Document) -> Record:
        if "report 1." in document.text:
            raise IndexError("no such\nword")
        return read(self, document)

    monkeypatch.setattr(Reader, "read", trip)
    with open_store(tmp_path / "s.db") as store:
        done = list(run(plan(files), store, Settings(workers=1)))
        assert [each.status for each in done] == ["added", "failed", "added"]
        assert (done[1].reason or "").startswith(
            "a fault in multivector, please report it: IndexError: no such word at test_job.py:"
        )
        monkeypatch.undo()
        assert [each.status for each in run(plan(files), store)] == ["unchanged", "added", "unchanged"]
        assert store.failures() == ()


def test_the_record_is_the_same_in_any_process_number_of_workers_and_order(tmp_path: Path) -> None:
    files = [str(path) for path in make_good(tmp_path / "in", 14)]
    files += [str(path) for path in sorted(program.EXAMPLES.glob("2*.*"))]
    outputs: set[str] = set()
    for seed, workers in ((0, "1"), (1, "2"), (2, "1")):
        random.Random(seed).shuffle(files)
        result = program.run("read", *files, "--workers", workers, "--format", "jsonl", PYTHONHASHSEED=str(seed))
        assert result.returncode == 0, result.stderr
        outputs.add(result.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count('{"kind":"document"') == 12 + len(list(program.EXAMPLES.glob("2*.*")))


def test_metadata_of_a_text_found_twice_do_not_depend_on_order_or_workers(tmp_path: Path) -> None:
    text = "The minister of Kazakhstan said on Friday that exports to India rose by 4 percent last year.\n"
    dated = "date: 2026-05-13\ntitle: Exports\n"
    heads = ["", "publisher: Example Wire\n", "date: 2026-05-21\n", dated, "date: 2024\n"]
    paths: list[str] = []
    for number, head in enumerate(heads):
        paths.append(str(tmp_path / f"{number}.txt"))
        Path(paths[-1]).write_text(f"---\n{head}---\n{text}" if head else text)
    digests: set[str] = set()
    for number, (backwards, workers, pieces) in enumerate(product((False, True), (1, 2), (1, 5))):
        if workers == 2 and pieces == 5:
            continue
        order = paths[::-1] if backwards else paths
        with open_store(tmp_path / f"{number}.db") as store:
            for piece in [order] if pieces == 1 else [[path] for path in order]:
                assert all(done.reason is None for done in run(plan(piece), store, Settings(workers=workers)))
            (head,) = store.documents()
            assert (head.published, head.title, head.publisher) == ("2026-05-13", "Exports", "Example Wire")
            assert {found.item.value for found in store.items("date")} >= {"2026-05-08", "2025"}  # type: ignore[union-attr]
            digests.add(store.digest())
            assert all(done.status == "unchanged" for done in run(plan(paths), store, Settings(workers=1)))
    assert len(digests) == 1


def count(store: Path) -> int:
    """Documents in the store so far; 0 while it is being made."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM document").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def wait_for(condition: Callable[[], bool], seconds: float = 60, pause: float = 0.01) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(pause)
