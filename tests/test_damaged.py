"""Three hundred inputs, most of them damaged: none stops the run, each failure is named, nothing is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from damaged import make_damaged, make_good
from multivector._job import Done, Settings, plan, run
from multivector.errors import one_line
from multivector.store import open_store
from program import run as program


def as_stored(path: Path) -> str:
    """How the store writes a name that is not UTF-8."""
    return str(path).encode("utf-8", "backslashreplace").decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path], list[Path]]:
    folder = tmp_path_factory.mktemp("damaged")
    return folder, *make_damaged(folder)


def test_a_run_over_damaged_inputs_names_each_failure_and_keeps_the_rest(
    folder: tuple[Path, list[Path], list[Path]], tmp_path: Path
) -> None:
    where, good, every = folder
    result = program("read", where, "--store", "s.db", "--workers", "2", cwd=tmp_path, timeout=180)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert "fault in multivector" not in result.stderr
    with open_store(tmp_path / "s.db", readonly=True) as store:
        failures = {noted.location: noted.reason for noted in store.failures()}
        kept = {sighting.location for head in store.documents() for sighting in store.sightings(head.id)}
        assert store.status().failures == len(failures)
    # Each input is kept or failed, none is both or neither.
    locations = {as_stored(path) for path in (*every, where / "dangling.txt")}
    assert kept | failures.keys() == locations
    assert not kept & failures.keys()
    assert {as_stored(path) for path in good} <= kept
    # One line of stderr for each failure, with its name and reason, and nothing that a terminal would obey.
    lines = result.stderr.splitlines()
    assert sorted(lines) == sorted(one_line(f"{location}: {reason}") for location, reason in failures.items())
    assert len(failures) > 60
    assert all(line.isprintable() for line in lines)
    assert f"{len(locations)} inputs" in result.stdout
    assert f"{len(failures)} failed" in result.stdout

    status = program("status", "--table", "--store", "s.db", cwd=tmp_path)
    assert status.returncode == 0
    assert [line.rstrip() for line in status.stdout.splitlines()[-len(failures) :]] == [
        one_line(f"{location}: {reason}") for location, reason in sorted(failures.items())
    ]

    # The second run finds all that was kept, and fails on the same inputs for the same reasons.
    started = time.monotonic()
    again = program("read", where, "--store", "s.db", "--workers", "1", cwd=tmp_path, timeout=180)
    took = time.monotonic() - started
    assert again.returncode == 1
    assert sorted(again.stderr.splitlines()) == sorted(lines)
    assert f"{len(kept)} unchanged, {len(failures)} failed" in again.stdout
    assert took < 30


def test_in_one_process_the_outcome_is_the_same(folder: tuple[Path, list[Path], list[Path]], tmp_path: Path) -> None:
    where, good, _ = folder
    few = [str(path) for path in sorted((where / "part1").iterdir())[:36]] + [str(path) for path in good[-14:]]
    with open_store(tmp_path / "one.db") as store:
        one = list(run(plan(few), store, Settings(workers=1)))
        digest = store.digest()
    with open_store(tmp_path / "two.db") as store:
        two = list(run(plan(few), store, Settings(workers=2)))
        assert store.digest() == digest
    assert [done.location for done in one] == few
    assert one == two
    assert all(done.document is not None for done in one[-14:])


def test_an_input_that_can_be_read_again_is_no_failure_any_more(tmp_path: Path) -> None:
    (path,) = make_good(tmp_path, 1)
    text = path.read_bytes()

    def read() -> Done:
        (done,) = run(plan([str(path)]), store)
        return done

    with open_store(tmp_path / "s.db") as store:
        assert read().status == "added"
        path.write_bytes(b"\0\1\2\3" * 100)
        assert read().reason == store.failures()[0].reason
        path.write_bytes(text)
        assert read().status == "unchanged"
        assert store.failures() == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    (path,) = make_good(tmp_path, 1)
    path.chmod(0)
    with open_store(tmp_path / "s.db") as store:
        (done,) = run(plan([str(path)]), store)
    assert done.reason == "no permission to read it"
