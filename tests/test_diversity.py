"""Diversity against what is published, against an independent program, and by the properties that define it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from multivector.measure import hhi, hhi_normalised, hill, lead, numbers, shares, similar

ORDERS = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, math.inf])
WEIGHTS = hnp.arrays(np.float64, st.integers(1, 12), elements=st.floats(0.01, 1e6))


@st.composite
def communities(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Shares and a symmetric matrix of similarities."""
    p = shares(draw(WEIGHTS))
    z = draw(hnp.arrays(np.float64, (len(p), len(p)), elements=st.floats(0, 1)))
    z = (z + z.T) / 2
    np.fill_diagonal(z, 1)
    return p, z


# Published examples


def test_the_hhi_of_the_merger_guidelines() -> None:
    """US Department of Justice, Herfindahl-Hirschman Index: four firms of 30, 30, 20 and 20 percent have 2,600."""
    assert 10_000 * hhi([0.3, 0.3, 0.2, 0.2]) == pytest.approx(2600)


@pytest.mark.parametrize(("order", "value"), [(0, 6.0), (1, 1.90), (math.inf, 1.17)])
def test_the_fruits_of_sentropy(order: float, value: float) -> None:
    """The example of thirty apples and one each of five other fruits in the manual of the package sentropy 0.1."""
    assert hill(shares([30, 1, 1, 1, 1, 1]), order) == pytest.approx(value, abs=0.005)


GENERA = ("Prepona", "Archaeoprepona", "Zaretis", "Memphis", "Memphis", "Memphis")
CANOPY = (15, 14, 25, 89, 21, 32)
UNDERSTOREY = (0, 37, 11, 23, 3, 8)
KIN = np.array([[1.0 if i == j else 0.5 * (a == b) for j, b in enumerate(GENERA)] for i, a in enumerate(GENERA)])


@pytest.mark.parametrize(
    ("counts", "order", "plain", "alike"),
    [
        (CANOPY, 0, 6.0, 4.396047574173235),
        (CANOPY, 1, 4.67182754072016, 3.0483893688303794),
        (CANOPY, 2, 3.6825153374233137, 2.4281650970229443),
        (CANOPY, math.inf, 2.202247191011236, 1.696969696969697),
        (UNDERSTOREY, 0, 5.0, 3.3501320869741926),
        (UNDERSTOREY, 1, None, 3.0415042651446997),
        (UNDERSTOREY, 2, None, 2.838328408611228),
    ],
)
def test_butterflies_after_leinster_and_cobbold(
    counts: tuple[int, ...], order: float, plain: float | None, alike: float
) -> None:
    """Counts after their butterflies of canopy and understorey, half alike within a genus; by greylock 1.1.0."""
    p = shares(counts)
    assert similar(p, KIN, order) == pytest.approx(alike, rel=1e-9)
    if plain is not None:
        assert hill(p, order) == pytest.approx(plain, rel=1e-9)


def test_likeness_turns_the_order_of_the_butterflies_round() -> None:
    """Their point: the canopy is the more diverse of the two until it counts that most of it is one genus."""
    canopy, understorey = shares(CANOPY), shares(UNDERSTOREY)
    assert hill(canopy, 2) > hill(understorey, 2)
    assert similar(canopy, KIN, 2) < similar(understorey, KIN, 2)


@pytest.mark.parametrize("order", [0, 0.5, 1, 2, math.inf])
def test_two_partners_that_are_half_alike(order: float) -> None:
    """Of equal partners with likeness s, each is as ordinary as (1 + s) / 2, so that there are 2 / (1 + s)."""
    assert similar([0.5, 0.5], [[1, 0.5], [0.5, 1]], order) == pytest.approx(2 / 1.5)


def test_order_2_is_one_over_one_less_raos_quadratic_entropy() -> None:
    """Leinster and Cobbold (2012) on Rao's index: with distances d = 1 - Z it is 1 / (1 - sum_ij d_ij p_i p_j)."""
    p = shares(CANOPY)
    assert similar(p, KIN, 2) == pytest.approx(1 / (1 - p @ (1 - KIN) @ p))


# Properties


@given(WEIGHTS, ORDERS)
def test_with_nobody_alike_it_is_the_hill_number(weights: np.ndarray, order: float) -> None:
    p = shares(weights)
    assert similar(p, np.eye(len(p)), order) == pytest.approx(float(hill(p, order)), rel=1e-9)


@given(communities(), ORDERS)
def test_it_lies_between_one_and_the_hill_number(community: tuple[np.ndarray, np.ndarray], order: float) -> None:
    p, z = community
    value = float(similar(p, z, order))
    assert 1 - 1e-9 <= value <= float(hill(p, order)) * (1 + 1e-9)
    assert float(hill(p, order)) <= len(p) * (1 + 1e-9)


@given(communities(), ORDERS, st.floats(0.01, 0.99))
def test_a_partner_split_in_two_that_are_wholly_alike_changes_nothing(
    community: tuple[np.ndarray, np.ndarray], order: float, part: float
) -> None:
    p, z = community
    split = np.append(p, p[-1] * (1 - part))
    split[-2] *= part
    twice = np.pad(z, ((0, 1), (0, 1)), mode="edge")
    assert similar(split, twice, order) == pytest.approx(float(similar(p, z, order)), rel=1e-6)


@given(communities(), ORDERS)
def test_a_partner_without_a_share_changes_nothing(community: tuple[np.ndarray, np.ndarray], order: float) -> None:
    p, z = community
    more = np.pad(z, ((0, 1), (0, 1)), constant_values=0.3)
    more[-1, -1] = 1
    assert similar(np.append(p, 0), more, order) == pytest.approx(float(similar(p, z, order)), rel=1e-9)


@given(communities(), ORDERS, st.integers(2, 4))
def test_copies_that_share_nothing_multiply_it(
    community: tuple[np.ndarray, np.ndarray], order: float, copies: int
) -> None:
    """The replication principle (Hill 1973; Leinster and Cobbold 2012)."""
    p, z = community
    value = similar(np.tile(p, copies) / copies, np.kron(np.eye(copies), z), order)
    assert value == pytest.approx(copies * float(similar(p, z, order)), rel=1e-6)


@given(communities(), st.floats(0, 1))
def test_more_likeness_is_less_diversity(community: tuple[np.ndarray, np.ndarray], step: float) -> None:
    p, z = community
    closer = z + (1 - z) * step
    for order in (0, 1, 2):
        assert float(similar(p, closer, order)) <= float(similar(p, z, order)) * (1 + 1e-9)


@given(communities())
def test_it_does_not_rise_with_the_order(community: tuple[np.ndarray, np.ndarray]) -> None:
    p, z = community
    values = [float(similar(p, z, order)) for order in (0, 0.5, 1, 1.5, 2, 5, 50, math.inf)]
    assert all(later <= earlier * (1 + 1e-6) for earlier, later in pairwise(values))


@given(communities(), st.floats(1e-7, 1e-4), st.sampled_from([-1, 1]))
def test_order_1_is_the_limit(community: tuple[np.ndarray, np.ndarray], step: float, side: int) -> None:
    p, z = community
    spread = float(np.ptp(np.log(np.maximum(z @ p, 1e-12))))
    assert float(similar(p, z, 1 + side * step)) == pytest.approx(
        float(similar(p, z, 1)), rel=2 * step * (1 + spread) ** 2
    )


@given(WEIGHTS)
def test_order_2_is_one_over_the_hhi(weights: np.ndarray) -> None:
    p = shares(weights)
    assert float(hill(p, 2)) == pytest.approx(1 / float(hhi(p)))
    assert 1 / len(p) <= float(hhi(p)) * (1 + 1e-9) <= 1 + 1e-8


@given(WEIGHTS)
def test_the_normalised_hhi_runs_from_equal_to_one_alone(weights: np.ndarray) -> None:
    assume(len(weights) > 1)
    assert -1e-9 <= float(hhi_normalised(shares(weights))) <= 1 + 1e-9
    assert float(hhi_normalised(np.full(4, 0.25))) == pytest.approx(0)


def test_one_partner_alone() -> None:
    assert float(hill([1.0, 0.0], 0)) == 1
    assert math.isnan(float(hhi_normalised([1.0, 0.0])))
    assert float(similar([1.0], [[1.0]], 1)) == 1


def test_no_weight_is_no_share() -> None:
    p = shares([[0, 0], [1, 3]])
    assert np.isnan(hill(p, 2)).tolist() == [True, False]
    assert np.isnan(hill(p, 0)).tolist() == [True, False]


@pytest.mark.parametrize("weights", [[1, -1], [math.nan, 1], [math.inf, 1]])
def test_odd_weights_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="finite and not negative"):
        shares(weights)


@pytest.mark.parametrize(
    ("z", "told"),
    [([[1, 0]], "2 by 2"), ([[1, 2], [2, 1]], "between 0 and 1"), ([[0.5, 0], [0, 1]], "1 of a partner with itself")],
)
def test_odd_similarities_are_refused(z: list[list[float]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        similar([0.5, 0.5], z, 1)


def test_a_negative_order_is_refused() -> None:
    with pytest.raises(ValueError, match="order of diversity"):
        hill([0.5, 0.5], -1)


# Many rows at once, and the largest partner


@given(hnp.arrays(np.float64, (3, 5), elements=st.floats(0.01, 100)))
def test_many_rows_are_measured_as_one_by_one(weights: np.ndarray) -> None:
    together = numbers(weights)
    for at, row in enumerate(weights):
        alone = numbers(row)
        for name, value in alone.items():
            assert float(together[name][at]) == pytest.approx(float(value), nan_ok=True), name


def test_what_stands_against_the_largest_partner() -> None:
    found = lead({"AAA": 50.0, "BBB": 30.0, "CCC": 20.0})
    assert found is not None
    assert (found.partner, found.second) == ("AAA", "BBB")
    assert found.share == pytest.approx(0.5)
    assert found.ahead == pytest.approx(0.2)
    assert found.second_growth == pytest.approx(50 / 30 - 1)
    assert found.others_growth == pytest.approx(1.0)
    measured = numbers(np.array([30.0, 50.0, 20.0]))
    assert float(measured["second-growth"]) == pytest.approx(found.second_growth)
    assert float(measured["others-growth"]) == pytest.approx(found.others_growth)


def test_one_partner_has_nothing_against_it() -> None:
    found = lead({"AAA": 1.0, "BBB": 0.0})
    assert found is not None
    assert (found.second, found.second_growth, found.others_growth) == (None, None, None)
    assert math.isnan(float(numbers(np.array([1.0]))["others-growth"]))
    assert lead({}) is None
