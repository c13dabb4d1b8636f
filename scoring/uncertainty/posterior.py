"""The true count behind a drawn sample: what is left open by the items that nobody looked at."""

import numpy as np
from numpy.typing import NDArray

from domain.spread import SampledShare


def draw_shares(sample: SampledShare, stream: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Draw the population's true share ``draws`` times, 0..1.

    With a uniform prior over the true count the chance of a count M after x of n confirmed is proportional to the
    hypergeometric probability of x; then M − x of the N − n unseen items is beta-binomial (x + 1, n − x + 1), which is
    drawn in two steps (methodology.md §7). A census gives its own share each time.
    """
    missed = sample.sampled - sample.confirmed
    unseen = sample.population - sample.sampled
    rates = stream.beta(sample.confirmed + 1, missed + 1, size=draws)
    true_counts = sample.confirmed + stream.binomial(unseen, rates)
    return true_counts / sample.population
