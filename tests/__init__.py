import pytest

# Before anything imports them: their asserts say what stood on either side, as those of the tests do.
pytest.register_assert_rewrite("tests.support")
