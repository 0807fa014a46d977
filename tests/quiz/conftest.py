import pytest
class S: url='http://127.0.0.1:8120'
@pytest.fixture(scope="session")
def shared_server(): return S
