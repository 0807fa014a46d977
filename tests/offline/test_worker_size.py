"""What the worker weighs, and that its lists may be as short as they are."""

from __future__ import annotations

from tests.support.offline_sizes import MOST_WORKER, lists_in, worker_size


def test_the_worker_takes_eight_kilobytes_or_less(shared_server):
    assert worker_size(shared_server.url) <= MOST_WORKER


def test_all_that_stands_in_a_folder_of_a_bundle_is_in_it(app):
    lists = lists_in(app.body_of("/service-worker.js").data.decode())
    bundled = {path for path, page in app.pages.items() if page.offline == "bundle"}

    folders = tuple(folder for bundle in lists["bundles"] for folder in bundle["folders"])
    assert folders
    assert {path for path in app.pages if path.startswith(folders)} == bundled
    # By an old name one is led to the page; nothing there is a person's.
    assert [route.path for route in app.inner.routes if route.path.startswith(folders)] == ["/studies/{name:str}"]
    assert sum(bundle["pages"] for bundle in lists["bundles"]) == len(bundled)
