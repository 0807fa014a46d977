"""The judge of pages finds each fault that is planted in a good page, and says where."""

from __future__ import annotations

import pytest

from tests.support.page_judge import judge

GOOD = """<!doctype html>
<html lang="en" dir="ltr">
<head><title>A page – Acupwa</title><meta name="viewport" content="width=device-width"></head>
<body>
<main id="main">
<h1>A page</h1>
<h2>A part</h2>
<p>Words, and <a href="/there">a way on</a>.</p>
<ul><li>One</li></ul>
<form method="post" action="/here"><label for="a">A</label><input id="a" name="ratings.a" type="text">
<button>Go on</button></form>
<!-- here -->
</main>
</body>
</html>
"""


def planted(markup: str) -> str:
    return GOOD.replace("<!-- here -->", markup)


def test_a_good_page_has_no_fault():
    assert judge(GOOD, whole=True) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        pytest.param("<section><p>Words</p>", "</main> where <section> is open", id="unclosed section"),
        pytest.param("<p><div>Words</div></p>", "<div> is put elsewhere", id="div inside p"),
        pytest.param("<div><li>One</li></div>", "li in div, outside a list", id="li outside a list"),
        pytest.param(
            '<form method="get" action="/a"><form method="get" action="/b"></form></form>',
            "<form> is left out",
            id="nested form",
        ),
        pytest.param('<a href="/a">One <a href="/b">two</a></a>', "<a> is put elsewhere", id="nested link"),
        pytest.param('<a href="/a"></a>', "empty <a>", id="empty link"),
        pytest.param('<a href="/a"><svg aria-hidden="true"></svg></a>', "empty <a>", id="link of a hidden picture"),
        pytest.param('<a href="/a"><img src="/a.png" alt=""></a>', "empty <a>", id="link of a picture without words"),
        pytest.param("<button> </button>", "empty <button>", id="empty button"),
        pytest.param('<p class="a" class="b">Words</p>', "uplicate", id="an attribute twice"),
        pytest.param("<h4>A part</h4>", "h4 after h2", id="a level left out"),
        pytest.param("<div><tr><td></td></tr></div>", "<tr> is left out", id="tr outside a table"),
        pytest.param("<buton>Go</buton>", "unknown element <buton>", id="unknown element"),
        pytest.param(
            '<input name="b" aria-label="B" type="emial">', "unknown type of <input>: emial", id="unknown type"
        ),
        pytest.param('<input name="b c" aria-label="B">', "unknown kind of field name: 'b c'", id="odd field name"),
        pytest.param('<input name="b">', "field without a label: b", id="no label"),
        pytest.param('<input aria-label="B">', "field without a name", id="no name"),
        pytest.param('<form action="/a"></form>', "form without method", id="no method"),
        pytest.param('<a href="/a" aria-label="Rheumatoid">RA</a>', "'RA' is named otherwise", id="named otherwise"),
        pytest.param(
            '<input name="b" aria-label="B" autocomplete="off">', "so that Back empties b", id="autocomplete is off"
        ),
        pytest.param(
            '<button form="x">Keep</button>', "a button outside its form: Keep", id="a button elsewhere in the page"
        ),
        pytest.param(
            '<form method="post" action="/a"><input name="b" aria-label="B"><button class="button quiet">Keep</button>'
            '<button class="button primary">Show</button></form>',
            "Enter presses 'Keep', which is not the main button",
            id="Enter keeps",
        ),
        pytest.param('<p id="main">Words</p>', "id twice: main", id="an id twice"),
        pytest.param('<p aria-describedby="b">Words</p>', "points nowhere: b", id="points nowhere"),
        pytest.param('<a href="#b">There</a>', "link to nowhere: #b", id="link to nowhere"),
        pytest.param('<img src="/a.png">', "img without alt", id="no alt"),
        pytest.param("<svg></svg>", "svg without a name", id="no name of a picture"),
        pytest.param('<p style="a">Words</p>', "inline script or style: <p style>", id="inline style"),
        pytest.param("<script>a()</script>", "inline script or style: <script>", id="inline script"),
        pytest.param('<p onclick="a()">Words</p>', "inline script or style: <p onclick>", id="handler attribute"),
        pytest.param('<a href="https://a.example/">There</a>', "without rel=noopener", id="outside link"),
        pytest.param('<img alt="A" src="//a.example/a.png">', "loads from elsewhere", id="foreign picture"),
        pytest.param('<a href="/a" data-hx-get="/b">There</a>', "data-hx-get without its plain link", id="htmx twin"),
        pytest.param('<p data-hx-vals="js:a">Words</p>', "data-hx-vals with js:", id="htmx script"),
        pytest.param('<p data-hx-trigger="a[b]">Words</p>', "with a filter", id="htmx filter"),
        pytest.param("<p>It cures lupus.</p>", "forbidden words: cures lupus", id="forbidden words"),
        pytest.param("<h1>Another</h1>", "2 h1", id="two h1"),
        pytest.param("<p>Words</i></p>", "</i> where <p> is open", id="an end without a beginning"),
        pytest.param("<ol><li>One<li>Two</li></ol>", "</ol> where <li> is open", id="an item that is not closed"),
        pytest.param("<p>Words</br></p>", "</br> where <p> is open", id="the end of a line break"),
        pytest.param("<div/>", "<div/> does not close itself", id="a div that closes itself"),
        pytest.param("<table>One<tbody></tbody></table>", "words in <main> are put", id="words in a table"),
        pytest.param("<p>Bread&butter</p>", "line 12, character 9: a bare &", id="a bare ampersand"),
        pytest.param("<p>Bread &amp butter</p>", "missing-semicolon", id="an ampersand without its semicolon"),
        pytest.param("<image>", "<image> is put elsewhere by a browser, or made another", id="another name"),
        pytest.param("<noscript><p><div>One</div></p></noscript>", "<div> is put elsewhere", id="without scripts"),
    ],
)
def test_a_planted_fault_is_found(markup, fault):
    faults = judge(planted(markup), whole=True)

    assert any(fault in one for one in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!doctype html>\n", "", "no doctype"),
        ("<!doctype html>", "<!doctype html=>", "no doctype"),
        ("</body>", "</body><p>Words</p>", "<p> is put elsewhere"),
        (' dir="ltr"', "", "html without lang or dir"),
        ("<title>A page", "<title>Another", "does not begin with h1"),
        ("main", "div", "no main"),
        ('name="viewport"', 'name="view"', "no viewport"),
    ],
)
def test_a_spoilt_page_is_found(old, new, fault):
    faults = judge(GOOD.replace(old, new), whole=True)

    assert any(fault in one for one in faults), faults


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/a" aria-label="There"></a>',
        '<a href="/a"><img src="/a.png" alt="There"></a>',
        '<a href="/a"><svg role="img" aria-label="There"></svg></a>',
        "<h3>A smaller part</h3>",
        "<table><tbody><tr><td>One</td></tr></tbody></table>",
    ],
)
def test_what_is_well_made_is_no_fault(markup):
    assert judge(planted(markup), whole=True) == []


def test_a_fault_says_where_it_stands():
    (fault,) = judge(planted('<img src="/a.png">'), whole=True, address="GET /a")

    assert fault == "GET /a: line 12, character 1: img without alt"


def test_a_fragment_is_no_page():
    assert judge("<p>Words</p>", whole=False) == []
    assert judge(GOOD, whole=False)
