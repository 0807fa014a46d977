"""Words for people."""

import pytest

from acupwa.wording import span_words


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day"), (30, "30 days"), (365, "1 year"), (730, "2 years"), (400, "400 days")]
)
def test_a_span_is_told_in_whole_years_where_they_fit(days, words):
    assert span_words(days) == words
