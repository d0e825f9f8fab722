"""Figures: which numbers are figures, in which unit, of what, between whom and when."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.knowledge import load
from multivector.reading._actors import find_actors
from multivector.reading._analysis import Analysis
from multivector.reading._figures import find_figures
from multivector.reading._segment import paragraphs_of, quotes_of, sentences_of
from multivector.reading._times import find_times
from multivector.reading.languages import language_of
from multivector.record import (
    Document,
    Figure,
    Span,
    Speaker,
    Statement,
    StatementMode,
    document_id,
    interval,
    is_date,
)
from reading_helpers import reader

PUBLISHED = "2026-03-20"


def analysis(text: str, language: str = "en") -> Analysis:
    tongue = language_of(language)
    paragraphs = paragraphs_of(text)
    opened = Analysis(
        Document("", None, None, None, PUBLISHED, language, text),
        tongue,
        load(),
        interval(PUBLISHED)[1],
        paragraphs,
        sentences_of(text, paragraphs, tongue),
        quotes_of(text, paragraphs),
    )
    named = replace(opened, actors=find_actors(opened))
    return replace(named, times=find_times(named))


def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    return find_figures(analysis(text, language))


def amounts(text: str, language: str = "en") -> list[str]:
    """Each figure as `~value unit`; the tilde marks an approximate one."""
    return [f"{'~' if f.approximate else ''}{f.value:.15g} {f.unit}" for f in figures(text, language)]


ENGLISH = [
    # money
    ("Trade reached $62 billion.", ["62000000000 USD"]),
    ("Trade reached US$ 1.2 billion.", ["1200000000 USD"]),
    ("Trade reached $15bn.", ["15000000000 USD"]),
    ("Trade reached €7bn.", ["7000000000 EUR"]),
    ("Sales came to £845m.", ["845000000 GBP"]),
    ("Sales came to USD 6.3 million.", ["6300000 USD"]),
    ("Sales came to 44,8 billion dollars.", ["44800000000 USD"]),
    ("Sales came to 1.2 mln euros.", ["1200000 EUR"]),
    ("The budget is 1.5 trillion tenge.", ["1500000000000 KZT"]),
    ("The loan is worth 250 million yuan.", ["250000000 CNY"]),
    ("The loan is worth 90 billion rubles.", ["90000000000 RUB"]),
    ("The loan is worth 90 billion roubles.", ["90000000000 RUB"]),
    ("The fine is 5,000 som.", ["5000 KGS"]),
    ("The fine is 3 million sum.", ["3000000 UZS"]),
    ("The fine is 700 somoni.", ["700 TJS"]),
    ("The grant is 2 billion yen.", ["2000000000 JPY"]),
    ("The grant is 40 million dirhams.", ["40000000 AED"]),
    ("The grant is 6 billion rupees.", ["6000000000 INR"]),
    ("The grant is 300 million lira.", ["300000000 TRY"]),
    ("They lent two million dollars.", ["2000000 USD"]),
    ("They lent half a million euros.", ["500000 EUR"]),
    ("They lent a hundred million dollars.", ["100000000 USD"]),
    ("They lent two hundred and fifty thousand dollars.", ["250000 USD"]),
    ("Turkmenistan paid 12 million manats.", ["12000000 TMT"]),
    ("Azerbaijan paid 12 million manats.", ["12000000 AZN"]),
    ("The price is $1,250.50 a tonne.", ["1250.5 USD"]),
    ("Sales were forty-odd million dollars.", ["~40000000 USD"]),
    # shares and multiples
    ("Exports rose by 41 percent.", ["41 percent"]),
    ("Exports rose 11.3 % last year.", ["11.3 percent"]),
    ("Exports fell by 18 per cent.", ["-18 percent"]),
    ("Exports dropped 4.5%.", ["-4.5 percent"]),
    ("A 6 percent increase in exports was reported.", ["6 percent"]),
    ("It sold 12 percent less than a year earlier.", ["-12 percent"]),
    ("The share rose by 2 percentage points.", ["2 percentage point"]),
    ("Exports grew 2.4 times.", ["2.4 times"]),
    ("Exports grew 3 times.", ["3 times"]),
    ("Exports were 3 times higher.", ["3 times"]),
    ("Exports fell by up to 8 percent.", ["~-8 percent"]),
    ("Women make up about 40 percent of the staff.", ["~40 percent"]),
    ("A 2.4-fold increase in exports was reported.", ["2.4 times"]),
    ("Exports grew by 5-7 percent.", ["~5 percent", "~7 percent"]),
    ("Exports grew by 5–7 percent.", ["~5 percent", "~7 percent"]),
    ("Exports fell by 30 to 35 percent.", ["~-30 percent", "~-35 percent"]),
    # quantities
    ("Turkmenistan sold 3.3 bcm of gas to Iran.", ["3300000000 m3"]),
    ("Algeria piped 7.6 billion cubic metres of gas to Spain.", ["7600000000 m3"]),
    ("The river carries 40 cubic kilometres of water.", ["40000000000 m3"]),
    ("Kazakhstan shipped 300 thousand tonnes of grain.", ["300000 t"]),
    ("Kazakhstan shipped 1.2 million tons of oil.", ["1200000 t"]),
    ("A solar park of 2,450 MW is planned.", ["2450 MW"]),
    ("A 2.4 GW plant is planned.", ["2400 MW"]),
    ("Exports of electricity reached 3 TWh.", ["3000000000 kWh"]),
    ("Exports of electricity came to 2.7 billion kilowatt-hours.", ["2700000000 kWh"]),
    ("They built 450 km of railway.", ["450 km"]),
    ("They planted 2,000 hectares.", ["2000 ha"]),
    ("They pump 150,000 barrels a day.", ["150000 barrel"]),
    # people and things
    ("Norway will train 340 engineers.", ["340 people"]),
    ("About 730 soldiers took part.", ["~730 people"]),
    ("Some three hundred people came.", ["~300 people"]),
    ("Thirty-two students left for Oslo.", ["32 people"]),
    ("More than 1,700 firms work there.", ["~1700 company"]),
    ("They agreed on 19 joint projects.", ["19 project"]),
    ("Italy delivered 35 armoured vehicles.", ["35 vehicle"]),
    ("There are 40 weekly flights.", ["40 flight"]),
    ("Rome granted 1,450 scholarships.", ["1450 scholarship"]),
    ("About a dozen trains arrived.", ["~12 train"]),
    ("The number of buses rose from 15 to 22.", ["15 bus", "22 bus"]),
    ("Police detained 300 people, and 40 of them were deported.", ["300 people", "40 people"]),
    ("Some 6,000 young Kazakhs live there.", ["~6000 people"]),
    ("“How many Indian doctors work here?”\n“Between 300 and 400.”", ["~300 people", "~400 people"]),
    # ranges and ellipsis
    ("It needs from 3 to 5 billion dollars.", ["~3000000000 USD", "~5000000000 USD"]),
    ("It rose from 3 to 5 billion dollars.", ["3000000000 USD", "5000000000 USD"]),
    ("It gave loans of 95 and 60 million dollars.", ["95000000 USD", "60000000 USD"]),
    ("Trade is stable (+4.1%), exports are not (-3%).", ["4.1 percent", "-3 percent"]),
    ("Around 1,200 Indian and Nepalese engineers came.", ["~1200 people"]),
    ("They opened two more checkpoints.", ["2 checkpoint"]),
    (
        "Some 90 thousand tourists came, 36 percent more, and 95 thousand are expected.",
        ["~90000 people", "36 percent", "95000 people"],
    ),
    ("Police freed 65 of their citizens.", ["65 people"]),
    ("The number of pilgrims, which was 2 thousand, rose.", ["2000 people"]),
    ("It needs €30-40 million.", ["~30000000 EUR", "~40000000 EUR"]),
    ("Two and a half million people and a half-billion dollars are needed.", ["2500000 people", "500000000 USD"]),
    (
        "It got RMB3bn, Rs 500 crore and three quarters of a billion yen.",
        ["3000000000 CNY", "5000000000 INR", "750000000 JPY"],
    ),
    ("Eight or nine trains arrived.", ["~8 train", "~9 train"]),
    ("They sent 40+ buses.", ["~40 bus"]),
    ("Norway paid 9 million kroner.", ["9000000 NOK"]),
    ("The fee is 9 million dinars.", ["9000000 dinar"]),
    ("It needs between $4.1 billion and $5.6 billion.", ["~4100000000 USD", "~5600000000 USD"]),
    ("Goods worth 3 billion rupees were sold, against 2 billion a year earlier.", ["3000000000 INR", "2000000000 INR"]),
    # approximation
    ("Trade is nearly 9 million dollars.", ["~9000000 USD"]),
    ("Trade is up to 9 million dollars.", ["~9000000 USD"]),
    ("Trade is at least 9 million dollars.", ["~9000000 USD"]),
    ("Trade is 9 million dollars or so.", ["~9000000 USD"]),
    ("Trade exceeded 9 million dollars.", ["~9000000 USD"]),
]

NOT_ENGLISH = [
    "The talks lasted three days and 12 hours.",
    "Five presidents and 12 delegations met.",
    "The two countries signed on 18 February 2026.",
    "The 201st base is there.",
    "The C5+1 format met.",
    "Resolution 1701 and Article 5 apply.",
    "The meeting began at 10:30.",
    "They won 3-1.",
    "Volumes doubled, and a third was lost.",
    "One company agreed.",
    "He is 35 years old.",
    "The 13th meeting of the committee was held.",
    "Boeing 737 landed.",
    "In 2025 the price was set.",
    "1. The parties met.\n2. The parties agreed.",
    "The agreement has two parts and three chapters.",
    "The Khorgos-2 crossing opened.",
    "It found that 1 in 4 residents agreed.",
    "They have met 3 times.",
    "The text got 93 votes, with 65 abstentions.",
    "There are five centres of power.",
    "The 1974 Smith restrictions were lifted.",
]

RUSSIAN = [
    ("Товарооборот составил 44,8 млрд долларов.", ["44800000000 USD"]),
    ("Товарооборот составил 1,2 миллиарда евро.", ["1200000000 EUR"]),
    ("Товарооборот составил 1 360 млн рублей.", ["1360000000 RUB"]),
    ("Кредит на 70 млрд рублей одобрен.", ["70000000000 RUB"]),
    ("Кредит на полтора миллиона долларов одобрен.", ["1500000 USD"]),
    ("Выделен миллиард тенге.", ["1000000000 KZT"]),
    ("Выделено двести тысяч сомов.", ["200000 KGS"]),
    ("Выделено 35–40 млн сомов.", ["~35000000 KGS", "~40000000 KGS"]),
    ("Экспорт вырос на 6,8 процента.", ["6.8 percent"]),
    ("Экспорт снизился на 12%.", ["-12 percent"]),
    ("Экспорт вырос в 2,4 раза.", ["2.4 times"]),
    ("Доля выросла на 12 п.п.", ["12 percentage point"]),
    ("Доля экспорта снизилась с 51 до 44%.", ["51 percent", "44 percent"]),
    ("Поставлено 640 тыс. тонн угля.", ["640000 t"]),
    ("Поставлено 6 млрд кубометров газа.", ["6000000000 m3"]),
    ("Поставлено 2,3 млрд кВт·ч электроэнергии.", ["2300000000 kWh"]),
    ("Строится станция мощностью 300 МВт.", ["300 MW"]),
    ("Построено 450 км дорог.", ["450 km"]),
    ("Засеяно 2,7 млн гектаров.", ["2700000 ha"]),
    ("Более 180 грузовиков ждут досмотра.", ["~180 truck"]),
    ("Около 2,8 тыс. солдат заняты.", ["~2800 people"]),
    ("Прилетели 206 граждан Индии.", ["206 people"]),
    ("Восемь граждан Непала вернулись.", ["8 people"]),
    ("Закрыто четыре старых пункта пропуска.", ["4 checkpoint"]),
    ("Работают 3 тысячи компаний.", ["3000 company"]),
    ("Обработано 58 тысяч контейнеров.", ["58000 container"]),
    ("Домой вернулись 2 310 индонезийцев, 47 из них с детьми.", ["2310 people", "47 people"]),
    (
        "Фонд даст 36 млн евро, из которых 11 млн достанутся Чаду, 25 млн — Нигеру.",
        ["36000000 EUR", "11000000 EUR", "25000000 EUR"],
    ),
    ("Товарооборот почти 9 млн долларов.", ["~9000000 USD"]),
    ("Товарооборот превысил 9 млн долларов.", ["~9000000 USD"]),
    ("Потери не менее 9 млн долларов.", ["~9000000 USD"]),
    ("Потери примерно 9 млн долларов.", ["~9000000 USD"]),
    ("Экспорт вырос до 9 млн долларов.", ["9000000 USD"]),
]

NOT_RUSSIAN = [
    "Переговоры шли три дня и 12 часов.",
    "Пять республик и две стороны договорились.",
    "Резолюция 1701 и статья 5 действуют.",
    "Это 201-я база.",
    "Это было 5 лет назад, в 2021 году.",
    "Встреча началась в 10:30.",
    "Товарооборот удвоился.",
    "Они встречались 3 раза.",
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_amounts(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_no_figure_in_english(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian_amounts(text: str, expected: list[str]) -> None:
    assert amounts(text, "ru") == expected


@pytest.mark.parametrize("text", NOT_RUSSIAN)
def test_no_figure_in_russian(text: str) -> None:
    assert amounts(text, "ru") == []


MEASURES = [
    ("en", "Bilateral trade between Peru and Chile reached $5 billion.", "trade turnover"),
    ("en", "Peru's exports to Chile reached $5 billion.", "exports"),
    ("en", "Peru's exports of wheat to Chile reached 40,000 tonnes.", "wheat exports"),
    ("en", "Trade between Peru and Chile rose by 9 percent.", "change in trade turnover"),
    ("en", "Direct investment from Peru in Chile is $5 million.", "direct investment"),
    ("en", "Peru gave Chile a loan of $5 million.", "loan"),
    ("en", "Remittances to Nepal came to 23 percent of GDP.", "share of remittances in GDP"),
    ("en", "Chile takes 31 percent of Peru's exports.", "share of exports"),
    ("en", "Some 4,000 students from Peru are in Chile.", "students"),
    ("en", "There are 80 joint ventures of Peru and Chile.", "number of joint ventures"),
    ("en", "Peru has built a 90 MW solar farm.", "solar farm capacity"),
    ("en", "A swap line of 7 billion yuan links Peru and Chile.", "swap line"),
    ("en", "Peru holds a 49 percent stake in the port.", "stake"),
    ("en", "The population of Peru has passed 34 million people.", "population"),
    ("en", "The portfolio of joint projects now stands at 26 billion dollars.", "portfolio of joint projects"),
    ("en", "Peru's public debt is 5 million dollars.", "public debt"),
    ("en", "They seized 480 kg of heroin.", "heroin"),
    ("en", "Peru holds $410 million of Chile's government bonds.", "government bond"),
    ("en", "Peru will get $5 million in soft loans.", "soft loan"),
    ("en", "A 523-kilometre railway will link them.", "length of railway"),
    ("en", "They opened a clinic in Lima worth 5 million dollars.", "value of clinic"),
    ("en", "Chile deported 300 migrants.", "deported migrants"),
    ("en", "Chile deported 300 people.", "deported people"),
    ("ru", "Товарооборот России и Индии составил 5 млрд долларов.", "trade turnover"),
    ("ru", "Экспорт зерна из России в Индию составил 40 тыс. тонн.", "grain exports"),
    ("ru", "Товарооборот России и Индии вырос на 9%.", "change in trade turnover"),
    ("ru", "Доля газа в балансе Индии составила 9%.", "share of gas"),
    ("ru", "Россия дала Индии кредит на 5 млн долларов.", "loan"),
    ("ru", "В России работают 80 компаний из Индии.", "number of companies"),
]


@pytest.mark.parametrize(("language", "text", "measure"), MEASURES)
def test_measures_are_named_in_english(language: str, text: str, measure: str) -> None:
    assert [figure.measure for figure in figures(text, language)] == [measure]


PERIODS = [
    ("en", "In 2024 trade between Peru and Chile was $5 million.", ["2024"]),
    ("en", "Trade was $5 million in 2023 and $6 million in 2024.", ["2023", "2024"]),
    ("en", "They want to bring trade to $5 million by 2031.", ["2031"]),
    ("en", "In the first half of 2025 trade was $5 million.", ["2025-01-01/2025-06-30"]),
    ("en", "Trade was $5 million, he said on Monday.", [None]),
    ("en", "Exports rose from $3 million in 2020 to $4 million in 2024.", ["2020", "2024"]),
    ("en", "Trade stood at $5 million in 2025, up 3 percent from a year earlier.", ["2025", "2025"]),
    ("en", "In 2024 imports fell by 8 percent. Exports rose by 3 percent.", ["2024", "2024"]),
    ("en", "In 2024 imports fell by 8 percent. Exports are $5 million.", ["2024", None]),
    ("en", "In 2025 exports were $5 million, 14 percent more than in the same period of 2024.", ["2025", "2025"]),
    ("en", "Trade fell in 2024, and they want to bring it to $5 million.", [None]),
    ("en", "Trade rose by 7 percent to $5 million in 2024.", ["2024", "2024"]),
    ("en", "Exports rose by 7 percent over the first half of 2024.", ["2024-01-01/2024-06-30"]),
    ("ru", "В 2024 году товарооборот составил 5 млн долларов.", ["2024"]),
    ("ru", "К 2031 году товарооборот доведут до 5 млн долларов.", ["2031"]),
]


@pytest.mark.parametrize(("language", "text", "periods"), PERIODS)
def test_the_period_of_a_figure(language: str, text: str, periods: list[str | None]) -> None:
    assert [figure.period for figure in figures(text, language)] == periods


PARTIES = [
    ("en", "Peru traded with India for $17 million and with Nepal for $13 million.", ("IND", "PER"), ("NPL", "PER")),
    ("en", "India owed Peru $9 million and Nepal $7 million.", ("IND", "PER"), ("NPL", "PER")),
    ("en", "India, Peru and Nepal met. The IMF expects India's GDP to grow by 5 percent.", ("IND",)),
    ("en", "The ministers of India and Nepal met. Prices in India rose by 5 percent.", ("IND",)),
    ("en", "Trade between India and Nepal reached $5 million.", ("IND", "NPL")),
    ("en", "India and Nepal met. Their mutual trade is $5 million.", ("IND", "NPL")),
    ("en", "Exports from India to Nepal, according to the World Bank, are $5 million.", ("IND", "NPL")),
    (
        "en",
        "The Central Asian states met Japan. The region will get $5 million from Japan.",
        ("JPN", "KAZ", "KGZ", "TJK", "TKM", "UZB"),
    ),
    ("ru", "Торговля Индии и Непала достигла 5 млн долларов.", ("IND", "NPL")),
]


@pytest.mark.parametrize(
    ("language", "text", "parties"), [(row[0], row[1], row[2:]) for row in PARTIES], ids=[row[1] for row in PARTIES]
)
def test_the_parties_of_a_figure(language: str, text: str, parties: tuple[tuple[str, ...], ...]) -> None:
    assert [figure.parties for figure in figures(text, language)] == list(parties)


def test_parts_of_an_amount_belong_to_their_own_receivers() -> None:
    text = "Japan will give $9 million, of which 5 million will go to Nepal and 4 million to Bhutan."
    assert [figure.parties for figure in figures(text)] == [("BTN", "JPN", "NPL"), ("JPN", "NPL"), ("BTN", "JPN")]


def test_our_is_the_state_of_the_speaker() -> None:
    text = "“Our trade with Nepal has reached $5 million,” the envoy said."
    content = Span(0, text.index(" the envoy"))
    said = Statement(
        "",
        (),
        (Span(len(text) - 5, len(text) - 1),),
        (content,),
        StatementMode.DIRECT,
        Speaker(state="IND"),
        None,
        None,
        (),
    )
    found = find_figures(replace(analysis(text), statements=(said,)))
    assert [figure.parties for figure in found] == [("IND", "NPL")]


def test_evidence_holds_number_measure_and_period() -> None:
    text = "The envoy of India smiled; trade with Nepal in 2024 was about $5 million, she said."
    (figure,) = figures(text)
    assert [text[slice(*span)] for span in figure.evidence] == ["trade with Nepal in 2024 was about $5 million"]


def test_markup_left_in_a_text_does_not_hide_a_scale() -> None:
    assert amounts("India paid <b>5&nbsp;billion</b> rupees.") == ["5000000000 INR"]


def test_values_are_exact() -> None:
    assert [figure.value for figure in figures("It cost $2.4 billion and 0.7 billion euros.")] == [2.4e9, 0.7e9]


WORDS = """
5 1,200 2,5 10 1999 billion млрд dollars долларов $ € % percent percentage points times раза two
hundred and a half million миллион тысяч India Россия rose by fell from to between до с на exports
экспорт of share GDP , . - – ( ) 5-7 people фур companies &nbsp; <b> in 2024 last year
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=80), st.sampled_from(["en", "ru"]))
def test_any_text_gives_finite_figures_with_evidence_inside_it(text: str, language: str) -> None:
    opened = analysis(text, language)
    for figure in find_figures(opened):
        assert math.isfinite(figure.value)
        assert figure.measure
        assert figure.unit
        assert figure.domains
        assert figure.period is None or is_date(figure.period)
        assert list(figure.parties) == sorted(set(figure.parties))
        for start, end in figure.evidence:
            assert 0 <= start < end <= len(text)


def test_a_language_without_a_table_has_no_figures() -> None:
    assert figures("5 млрд доллар", "kk") == ()


def _read(text: str, title: str | None = None) -> list[tuple[str, float, str, str, str | None]]:
    document = Document(document_id(text), None, None, title, "2026-02-19", "en", text)
    return [(f.measure, f.value, f.unit, " ".join(f.parties), f.period) for f in reader().read(document).figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "Chile's exports stood at $6 million and imports at $9 million.",
            [("exports", 6e6, "CHL"), ("imports", 9e6, "CHL")],
            id="the measure of the next number is left to it",
        ),
        pytest.param(
            "Chile's trade with Peru was 9 million dollars. Chile had a surplus of 2 million dollars.",
            [("trade turnover", 9e6, "CHL PER"), ("trade surplus", 2e6, "CHL PER")],
            id="a surplus where trade is told of is one of trade",
        ),
        pytest.param("Chile had a deficit of 2 million dollars.", [("deficit", 2e6, "CHL")], id="another deficit"),
        pytest.param(
            "Imports of Peru, chiefly fuel and wheat, rose to 9 million dollars.",
            [("imports", 9e6, "PER")],
            id="goods in an aside are only a part",
        ),
        pytest.param(
            "Latvia, through which the gas arrives, raised its fee by 12 percent.",
            [("change in fee", 12, "LVA")],
            id="what stands between verb and amount is moved",
        ),
        pytest.param(
            "Peru will invest 5 million dollars in the Chilean economy.",
            [("investment", 5e6, "CHL PER")],
            id="the economy that money is put into is no measure",
        ),
        pytest.param(
            "Kenya exported 9 tonnes of tea. Uganda took 41 percent of them.",
            [("tea exports", 9, "KEN"), ("share of tea exports", 41, "KEN UGA")],
            id="a share of what was named before",
        ),
        pytest.param(
            "The Poles in Lithuania number about 180,000.", [("citizens", 180_000, "LTU POL")], id="people who number"
        ),
        pytest.param("Latvia opened school number 12.", [], id="a number as a name"),
        pytest.param(
            "Mali lent Togo 570 million euros to close its budget gap.",
            [("loan", 570e6, "MLI TGO")],
            id="what an amount is for",
        ),
        pytest.param(
            "Chile spent 3 million dollars on defence.", [("military spending", 3e6, "CHL")], id="spending on defence"
        ),
        pytest.param(
            "Hungary has one pipeline. It buys 4 tonnes of gas from Serbia, and 2 tonnes of oil from Croatia.",
            [("gas purchases", 4, "HUN SRB"), ("oil supplies", 2, "HRV HUN")],
            id="a pronoun goes on with the subject before",
        ),
        pytest.param(
            "Chinese firms are active in Peru. They have put 3 million dollars into its mines.",
            [("investment", 3e6, "CHN PER")],
            id="they and its are the two of the sentence before",
        ),
        pytest.param(
            "Georgia raised its tariff by 9 percent, and Baku promised not to follow.",
            [("change in tariff", 9, "GEO")],
            id="another subject has no part in it",
        ),
        pytest.param(
            "Kenya's external debt stood at 3 million dollars; it owes China 1 million dollars.",
            [("external debt", 3e6, "KEN"), ("debt", 1e6, "CHN KEN")],
            id="a debt to all and a debt to one",
        ),
        pytest.param(
            "Denmark paid 2.5 million Norwegian kroner for 40 boats.",
            [("value of boats", 2.5e6, "DNK"), ("number of boats", 40, "DNK")],
            id="the name of a currency is no party",
        ),
        pytest.param(
            "Kenya exports tea. The largest buyers were Spain (20 tonnes) and Egypt (9 tonnes).",
            [("tea exports", 20, "ESP KEN"), ("tea exports", 9, "EGY KEN")],
            id="a number in brackets is of the actor before them",
        ),
    ],
)
def test_measures_and_parties(text: str, figures: list[tuple[str, float, str]]) -> None:
    assert [(name, value, parties) for name, value, _, parties, _ in _read(text)] == figures


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Trade between India and Nepal is 8 million dollars, with the aim of doubling it by 2030.", [None]),
        ("Under an accord signed with Nepal in May 2024, India sent 90 nurses.", [None]),
        ("India gave Nepal a loan of 5 million dollars, signed in May 2024.", ["2024-05"]),
        ("Nepal's debt to India stood at 3 million dollars on 1 January.", ["2026-01-01"]),
        ("In 2025 Nepal's trade was 9 million dollars, more than in 2024. Exports were 2 million.", ["2025", "2025"]),
        ("Kenya's budget for 2026 sets aside 5 million dollars for roads.", ["2026"]),
    ],
)
def test_dates_of_other_things_are_no_periods(text: str, periods: list[str | None]) -> None:
    assert [period for *_, period in _read(text)] == periods


def test_one_topic_has_the_other_side_and_its_own_affairs() -> None:
    text = "Nurses leave for work abroad. Remittances from Germany came to 5 million euros. Inflation was 4 percent."
    assert [parties for _, _, _, parties, _ in _read(text, "Migrants from Kenya")] == ["DEU KEN", "KEN"]
