"""Dates and periods: what is found, and what day, month or span of days it means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.knowledge import load
from multivector.reading._analysis import Analysis
from multivector.reading._segment import paragraphs_of, quotes_of, sentences_of
from multivector.reading._times import find_times
from multivector.reading.languages import language_of
from multivector.record import Document, interval, is_date

PUBLISHED = "2026-03-20"  # a Friday


def analysis(text: str, language: str = "en", published: str | None = PUBLISHED) -> Analysis:
    tongue = language_of(language)
    paragraphs = paragraphs_of(text)
    return Analysis(
        Document("", None, None, None, published, language, text),
        tongue,
        load(),
        interval(published)[1] if published else None,
        paragraphs,
        sentences_of(text, paragraphs, tongue),
        quotes_of(text, paragraphs),
    )


def dates(text: str, language: str = "en", published: str | None = PUBLISHED) -> list[str]:
    return [mention.value for mention in find_times(analysis(text, language, published))]


ENGLISH = [
    # days
    ("The treaty was signed on 18 February 2026.", ["2026-02-18"]),
    ("The treaty was signed on February 18, 2026, in Minsk.", ["2026-02-18"]),
    ("Signed on the 3rd of May 2019.", ["2019-05-03"]),
    ("Dated 18.02.2026.", ["2026-02-18"]),
    ("Dated 2026-02-18.", ["2026-02-18"]),
    ("Dated 18/02/2026.", ["2026-02-18"]),
    ("Dated 02/18/2026.", ["2026-02-18"]),
    ("Wednesday, 18 February 2026", ["2026-02-18"]),
    ("They met on 18 Feb. and parted.", ["2026-02-18"]),
    ("They met on 12 December.", ["2025-12-12"]),
    ("They met on December 12.", ["2025-12-12"]),
    ("They will meet on 12 December.", ["2026-12-12"]),
    ("The rule enters into force on 1 May.", ["2026-05-01"]),
    ("Replies are due by 1 September.", ["2026-09-01"]),
    ("Envoys arrived on Sept. 5, 2025.", ["2025-09-05"]),
    ("An exercise took place from 9 to 14 June 2025.", ["2025-06-09/2025-06-14"]),
    ("An exercise took place on 9–14 June 2025.", ["2025-06-09/2025-06-14"]),
    ("An exercise took place on June 9-14, 2025.", ["2025-06-09/2025-06-14"]),
    ("It ran from 28 December 2025 to 4 January 2026.", ["2025-12-28/2026-01-04"]),
    ("It ran from 28 February to 4 March.", ["2026-02-28/2026-03-04"]),
    # months
    ("Exports fell in January 2026.", ["2026-01"]),
    ("Exports fell in November.", ["2025-11"]),
    ("The visit is planned for November.", ["2026-11"]),
    ("It happened in May.", ["2025-05"]),
    ("In March the ports closed.", ["2026-03"]),
    ("By mid-April the work will end.", ["2026-04"]),
    ("The talks will resume in late April.", ["2026-04"]),
    ("It was agreed in June of last year.", ["2025-06"]),
    ("Trade grew from January to July 2025.", ["2025-01-01/2025-07-31"]),
    ("Trade grew in January-September 2025.", ["2025-01-01/2025-09-30"]),
    ("Trade grew between June and November.", ["2025-06-01/2025-11-30"]),
    ("Trade grew from November 2024 to February 2025.", ["2024-11-01/2025-02-28"]),
    ("The ban lasted until October 2025.", ["../2025-10-31"]),
    ("In the year to June, sales rose.", ["2024-07-01/2025-06-30"]),
    # parts of years
    ("In the first nine months of 2025 sales rose.", ["2025-01-01/2025-09-30"]),
    ("In the first two months of this year sales rose.", ["2026-01-01/2026-02-28"]),
    ("In the first quarter of 2025 sales rose.", ["2025-01-01/2025-03-31"]),
    ("Sales rose in Q3 2025.", ["2025-07-01/2025-09-30"]),
    ("Sales rose in the fourth quarter.", ["2025-10-01/2025-12-31"]),
    ("Sales rose in the first half of 2025.", ["2025-01-01/2025-06-30"]),
    ("A summit is planned for the second half of the year.", ["2026-07-01/2026-12-31"]),
    ("In the summer of 2025 it was dry.", ["2025-06-01/2025-08-31"]),
    ("Last summer was dry.", ["2025-06-01/2025-08-31"]),
    ("They met last autumn.", ["2025-09-01/2025-11-30"]),
    # years
    ("The accord of 2019 is still valid.", ["2019"]),
    ("In 2019, the accord was signed.", ["2019"]),
    ("Since 2019 the accord has been in force.", ["2019-01-01/.."]),
    ("Since 5 May 2019 the accord has been in force.", ["2019-05-05/.."]),
    ("They want to double it by 2030.", ["2030"]),
    ("It is valid until 2030.", ["../2030-12-31"]),
    ("A programme for 2025-2027 was adopted.", ["2025-01-01/2027-12-31"]),
    ("A programme for 2025–2027 was adopted.", ["2025-01-01/2027-12-31"]),
    ("In the 2025/26 season yields fell.", ["2025-01-01/2026-12-31"]),
    ("Between 2021 and 2024 sales fell.", ["2021-01-01/2024-12-31"]),
    ("From 2021 to 2024 sales fell.", ["2021-01-01/2024-12-31"]),
    ("The programme (2024–2026) continues.", ["2024-01-01/2026-12-31"]),
    ("The 1998 treaty still holds.", ["1998"]),
    ("At the end of 2025 the office closed.", ["2025"]),
    ("In early 2026 the office opened.", ["2026"]),
    ("The 1990s were hard.", ["1990-01-01/1999-12-31"]),
    # relative
    ("Last year trade grew.", ["2025"]),
    ("This year trade will grow.", ["2026"]),
    ("Next year trade will grow.", ["2027"]),
    ("They met last month.", ["2026-02"]),
    ("They met last week.", ["2026-03-09/2026-03-15"]),
    ("They meet next month.", ["2026-04"]),
    ("The minister said on Monday that nothing had changed.", ["2026-03-16"]),
    ("The minister said on Friday that nothing had changed.", ["2026-03-20"]),
    ("On Tuesday, the two presidents will meet in Oslo.", ["2026-03-24"]),
    ("They met last Thursday.", ["2026-03-19"]),
    ("After refusing to be bound, they on Monday asked for talks.", ["2026-03-16"]),
    ("Open Monday through Friday.", []),
    ("They struck in the week beginning 2 March.", ["2026-03-02"]),
    ("On March 5, 12 people in the port were hurt.", ["2026-03-05"]),
    ("It was the last year of his term.", []),
    ("They will meet next Friday.", ["2026-03-27"]),
    ("The court ruled today.", ["2026-03-20"]),
    ("The court ruled yesterday.", ["2026-03-19"]),
    ("The court will rule tomorrow.", ["2026-03-21"]),
    ("They met ten days ago.", ["2026-03-10"]),
    ("They met 3 months ago.", ["2025-12"]),
    ("They split two years ago.", ["2024"]),
    ("Over the past five years trade grew.", ["2021-03-20/2026-03-20"]),
    ("Trade grew in 2024 compared with the previous year.", ["2024", "2023"]),
    (
        "In the first quarter of 2025 it fell; a year earlier it had risen.",
        ["2025-01-01/2025-03-31", "2024-01-01/2024-03-31"],
    ),
    (
        "They met on 3 March 2026. That same day a protest began; the following day it ended.",
        ["2026-03-03", "2026-03-03", "2026-03-04"],
    ),
    ("Raids took place over the weekend.", ["2026-03-14/2026-03-15"]),
    ("So far this year 40 have left.", ["2026-01-01/2026-03-20"]),
    ("A decision is due by the end of the year.", ["2026"]),
]

NOT_ENGLISH = [
    "About 2,000 people came.",
    "Some 2025 people came.",
    "It cost $2025 or so.",
    "It cost $44.8 billion.",
    "Mr May said no.",
    "You may come.",
    "They march on.",
    "The second round is over.",
    "On 31 February 2026 nothing can happen.",
    "The hall holds 1990 seats.",
    "Open from Monday to Friday.",
    "Every Tuesday there is a market.",
    "Exercise Wave-2026 began.",
    "Resolution 1701 was adopted.",
    "Dated 03/04/2026.",
    "A march through the city.",
    "She told Country Today nothing.",
    "Nothing happened that year.",
]

RUSSIAN = [
    ("Договор подписан 18 февраля 2026 года.", ["2026-02-18"]),
    ("Договор подписан 18 февраля с.г. в Минске.", ["2026-02-18"]),
    ("Договор подписан 18.02.2026.", ["2026-02-18"]),
    ("Они встретились 12 декабря.", ["2025-12-12"]),
    ("Встреча состоится 12 декабря.", ["2026-12-12"]),
    ("С 5 по 17 января шли учения.", ["2026-01-05/2026-01-17"]),
    ("Учения шли 9–14 июня 2025 года.", ["2025-06-09/2025-06-14"]),
    ("Ответ ждут до 1 сентября.", ["2026-09-01"]),
    ("В январе 2026 года экспорт упал.", ["2026-01"]),
    ("В ноябре экспорт упал.", ["2025-11"]),
    ("В мае прошлого года экспорт упал.", ["2025-05"]),
    ("В январе–сентябре 2025 года экспорт вырос.", ["2025-01-01/2025-09-30"]),
    ("С января по июль 2025 года экспорт вырос.", ["2025-01-01/2025-07-31"]),
    ("В январе — феврале экспорт вырос.", ["2026-01-01/2026-02-28"]),
    ("За первые девять месяцев 2025 года экспорт вырос.", ["2025-01-01/2025-09-30"]),
    ("За два месяца этого года экспорт вырос.", ["2026-01-01/2026-02-28"]),
    ("В I квартале 2025 года экспорт вырос.", ["2025-01-01/2025-03-31"]),
    ("В первом квартале текущего года экспорт вырос.", ["2026-01-01/2026-03-31"]),
    ("Во втором полугодии 2026 года пройдёт саммит.", ["2026-07-01/2026-12-31"]),
    ("В 2019 году подписан договор.", ["2019"]),
    ("С 2019 года договор действует.", ["2019-01-01/.."]),
    ("К 2030 году оборот удвоится.", ["2030"]),
    ("Программа на 2025–2027 годы принята.", ["2025-01-01/2027-12-31"]),
    ("В 2025-2027 гг. построят дорогу.", ["2025-01-01/2027-12-31"]),
    ("Итоги 2024-го подведены.", ["2024"]),
    ("В прошлом году торговля выросла.", ["2025"]),
    ("В нынешнем году торговля вырастет.", ["2026"]),
    ("В следующем году торговля вырастет.", ["2027"]),
    ("В начале 2026 года открыли офис.", ["2026"]),
    ("На прошлой неделе они встретились.", ["2026-03-09/2026-03-15"]),
    ("В прошлом месяце они встретились.", ["2026-02"]),
    ("Министр заявил в понедельник, что всё готово.", ["2026-03-16"]),
    ("В пятницу министр сообщил об этом.", ["2026-03-20"]),
    ("Во вторник президенты проведут встречу, она будет короткой.", ["2026-03-24"]),
    ("Суд решил сегодня.", ["2026-03-20"]),
    ("Суд решил вчера.", ["2026-03-19"]),
    ("Суд решил позавчера.", ["2026-03-18"]),
    ("Суд решит завтра.", ["2026-03-21"]),
    ("Это было 5 лет назад.", ["2021"]),
    ("Это было два месяца назад.", ["2026-01"]),
    ("За последние пять лет торговля выросла.", ["2021-03-20/2026-03-20"]),
    ("В 2024 году рост был выше, чем годом ранее.", ["2024", "2023"]),
    ("С начала года задержаны двое.", ["2026-01-01/2026-03-20"]),
    ("Летом 2025 года была засуха.", ["2025-06-01/2025-08-31"]),
    ("Прошлой осенью они встретились.", ["2025-09-01/2025-11-30"]),
    ("В 1990-х годах было трудно.", ["1990-01-01/1999-12-31"]),
]

NOT_RUSSIAN = [
    "Пришли 2025 человек.",
    "Стоимость 2 000 рублей.",
    "Второй раунд завершён.",
    "Встреча 31 февраля 2026 года невозможна.",
    "Резолюция 1701 принята.",
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_not_a_date_in_english(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian(text: str, expected: list[str]) -> None:
    assert dates(text, "ru") == expected


@pytest.mark.parametrize("text", NOT_RUSSIAN)
def test_not_a_date_in_russian(text: str) -> None:
    assert dates(text, "ru") == []


def test_without_a_day_of_publication_only_absolute_dates_are_kept() -> None:
    text = "Last year, on 5 May, in June 2024 and on Friday, they met; on 7 July 2025 they parted."
    assert dates(text, published=None) == ["2024-06", "2025-07-07"]


def test_the_span_is_the_words_of_the_date() -> None:
    text = "He has led the bank since May 2019, she said on Monday."
    found = find_times(analysis(text))
    assert [text[slice(*mention.span)] for mention in found] == ["since May 2019", "Monday"]


def test_a_language_without_a_table_has_no_dates() -> None:
    assert dates("18 ақпан 2026", "kk") == []


WORDS = """
18 31 2 2026 1999 2025-02-30 February May март года в с по to from first quarter of half last next
year week Monday ago five лет назад the 1990s , . - – / ( ) since until by I Q4 с.г.
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=80), st.sampled_from(["en", "ru"]), st.booleans())
def test_any_text_gives_ordered_dates_inside_it(text: str, language: str, dated: bool) -> None:
    found = find_times(analysis(text, language, PUBLISHED if dated else None))
    end = 0
    for mention in found:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert is_date(mention.value)
        end = mention.span.end


@settings(deadline=None)
@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_full_date_means_itself_in_every_order(day: dt.date) -> None:
    month = day.strftime("%B")
    for written in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert dates(f"It happened on {written}.") == [day.isoformat()]
