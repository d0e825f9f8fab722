"""Damaged files of statistics: each is refused in one line, or read with what is left named. Nothing else happens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import statistics_files as files
from multivector.errors import StatisticsError
from multivector.statistics import read, template

SEEDS = {
    "a.json": files.comtrade(files.comtrade_row(), files.comtrade_row(partnerCode=0)).encode(),
    "b.json": files.world_bank(("KAZ", "2023", 1.0), ("UZB", "2022", None)).encode(),
    "c.json": files.json_stat(["KZ", "UZ"], {"0": 1.0, "2": 4.0}).encode(),
    "d.json": b'{"KAZ": {"exports_partners": "China 16%, Gambia, The 4% (2023)"}}',
    "e.xml": files.imf(files.imf_series("KAZ", "CHN", {"2023": "15"})).encode(),
    "f.csv": files.SIPRI_REGISTER,
    "g.csv": files.KNOMAD.encode(),
    "h.csv": files.VOETEN.encode(),
    "i.csv": (template() + "KAZ,CHN,goods,exports,2023,5,USD,0,,,S,2026\n").encode(),
    "j.tsv": b"freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2022 \t2023 \n"
    b"A,DE,KZ,TOTAL,2,VALUE_EUR\t1 \t2 p\n",
    "k.csv": b"DATAFLOW,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    b"ESTAT:DS-059341(1.0),M,EL,KZ,TOTAL,2,VALUE_EUR,2024-03,500,p\n",
}
SCRAPS = (b"null", b"[]", b"{}", b'"', b",", b"\n", b"-1", b"1e999", b"\xff", b"\0", b"<", b"nan", b"\xd0", b"9" * 30)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with a few bytes lost, doubled, changed, or others put in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0:
                out[place : place + chance.randint(0, 12)] = chance.choice(SCRAPS)
            case 1:
                del out[place : place + chance.randint(1, 30)]
            case 2:
                out[place:place] = out[: chance.randint(1, 60)]
            case 3:
                out = out[: max(place, 1)]
            case _:
                out[place % len(out) : place % len(out) + 1] = bytes([chance.randrange(256)])
        out = out or bytearray(b" ")
    return bytes(out)


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_never_ends_in_a_traceback(tmp_path: Path, name: str) -> None:
    chance = random.Random(f"damage {name}")
    path = tmp_path / name
    outcomes: set[bool] = set()
    for _ in range(150):
        path.write_bytes(damaged(SEEDS[name], chance))
        try:
            told = list(map(str, read(path).problems))
            outcomes.add(True)
        except StatisticsError as error:
            told = [str(error)]
            outcomes.add(False)
        assert not any("\n" in each for each in told)
    assert outcomes == {True, False}  # the damage is neither always fatal nor never


@pytest.mark.parametrize("start", ["[", '{"a":', "<a>"])
def test_what_is_nested_without_end_is_refused(tmp_path: Path, start: str) -> None:
    path = tmp_path / "deep"
    path.write_text(start * 100_000)
    with pytest.raises(StatisticsError):
        read(path)
