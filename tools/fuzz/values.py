"""What is put where something else is expected."""

SCRIPT = "<script>fz(1)</script>"
IMAGE = '"><img src=x onerror=fz(1)>'
# What may never stand in a page as it was sent.
REFLECTED = (SCRIPT, IMAGE)

NUMBERS = (
    "0",
    "-1",
    "1",
    "10",
    "11",
    "99999999999999999999",
    "1e400",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "٣",
    "½",
    "-0",
    "+1",
    "1.5",
)
DATES = (
    "0001-01-01", "0001-12-31", "9999-12-31", "9999-01-01", "10000-01-01", "0000-01-01", "2026-02-30", "2024-02-29", "1970-01-01",
    "2026-13-01", "26-1-1", "2026-W01-1", "20260101", "2026-01-01T00:00", "-2026-01-01", "١٩٧٠-٠١-٠١", "2026-11-29",
)  # fmt: skip
TIMES = ("00:00", "24:00", "23:59", "99:99", "9", "01:30", "12:00:00", "12:00Z", "１２:００")
IDS = (
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "019b0000-0000-7000-8000-000000000000",
    "{019b0000-0000-7000-8000-000000000000}", "urn:uuid:019b0000-0000-7000-8000-000000000000", "019b000000007000800000000000000",
    "0", "-1", "none", "..", ".", "%2e%2e", "a" * 300, "null", "undefined",
)  # fmt: skip
WORDS = (
    "", " ", "a", "sore wrists", SCRIPT, IMAGE, "{{ 7*7 }}", "{0}", "%s", "%", "%zz", "%00", "a\x00b", "a\r\nset-cookie: x=1", "\u202eabc",
    "\ud7ff", "\ufffe", "é" * 400, "x" * 21_000, "🏴󠁧󠁢", "' or 1=1 --", "../../etc/passwd", "http://[", "//evil.example", "\\evil", "=1+1",
    "true", "on", "1", "no", "yes", "[]", "{}", '{"a":' * 40, "ann@example.org", "a@b", "CDFHJK", "ra", "pain", "GB", "GBP",
)  # fmt: skip
ZONES = (
    "Europe/London",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Europe",
    "../etc/passwd",
    "Nowhere/City",
    "UTC",
    "Factory",
    "localtime",
)
ALL = (*NUMBERS, *DATES, *TIMES, *IDS, *WORDS, *ZONES)

QUERY_NAMES = (
    "q", "day", "by", "what", "before", "after", "show", "of", "done", "about", "typed", "next", "cookie", "v", "from", "kind", "sort",
    "condition", "symptom", "grade", "page", "view", "number", "asked", "kept", "open", "copies", "country", "first_day", "time_zone",
)  # fmt: skip
FIELD_NAMES = (
    *QUERY_NAMES, "ratings.pain", "ratings.nothing", "instruments.peg.1", "instruments.phq4.4", "instruments.pgic", "conditions", "red_flags",
    "precautions", "age_band", "answering_for", "problem_words", "main_symptom", "weekdays", "time", "per_week", "max_sessions", "minutes",
    "price", "max_money", "clear_off", "currency", "travel_minutes", "days_off", "action", "item", "seen", "press", "whose", "email", "name", "password", "code", "token",
    "answer", "role", "note", "alias", "contact", "variant", "share_days", "days", "order", "consent", "none_right_now", "none_lately",
    "pressed_at", "quiz_version", "updated_at", "probe", "start", "file", "stiffness_minutes", "groups", "unsure", "clinic", "new_password",
)  # fmt: skip

HOSTS = (
    "",
    "x:abc",
    "x:99999",
    "x:0",
    "[::1",
    "[::1]:8000",
    "a b",
    "evil.example",
    "127.0.0.1:8000",
    "LOCALHOST.",
    "localhost:",
    "é",
    "a,b",
    "//",
)
ORIGINS = (
    "null",
    "https://[::1",
    "http://[",
    "http://localhost",
    "https://evil.example",
    "http://localhost:99999",
    "é",
    "http://a, http://b",
)
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("range", ("bytes=0-", "bytes=-1", "bytes=9-1,2-3", "bytes=x", "lines=1-2", "bytes=0-99999999999999999999")),
    ("accept", ("text/html", "*/*", "text/html;q=0", ";;,q=", "application/json", 'a/b;c="')),
    ("accept-encoding", ("br", "gzip;q=0, br;q=0.5", "*;q=0", "identity;q=0", ";;q=é", "br" * 3_000)),
    ("accept-language", ("de", "x" * 9_000, "en;q=é", "*")),
    ("cookie", ("x", "=;=;", "acupwa=", "acupwa=%ff", '__Host-acupwa="\\777"', "acupwa=new.x", "a=" + "b" * 7_000, "\xff=\x80")),
    ("if-none-match", ("*", '"x"', 'W/"', '"a" "b"', "é", '"' * 2_000)),
    ("if-match", ("*", '"x"', "é")),
    ("if-modified-since", ("Thu, 01 Jan 1970 00:00:00 GMT", "x", "9999-12-31", "Fri, 31 Dec 9999 23:59:60 GMT")),
    ("if-unmodified-since", ("x", "Thu, 01 Jan 1970 00:00:00 GMT")),
    ("content-type", ("text/plain", "application/json", "multipart/form-data", 'multipart/form-data; boundary=""', "é/é",
                      "application/x-www-form-urlencoded; charset=utf-16", 'a; b="', "application/x-www-form-urlencoded;" * 50)),
    ("content-encoding", ("gzip", "é")),
    ("expect", ("100-continue", "200-maybe")),
    ("te", ("trailers", "é")),
    ("hx-request", ("true", "True", "é")),
    ("hx-request-type", ("partial", "full", "é")),
    ("hx-current-url", ("http://[", "é")),
    ("sec-fetch-site", ("same-origin", "cross-site", "none", "é")),
    ("idempotency-key", ("a", "é", "x" * 500, "a, a")),
    ("idempotency-claim", ("a", "x" * 43)),
    ("x-forwarded-for", ("192.0.2.1", "é", "[::1", "1.1.1.1, 2.2.2.2", "unknown", "::ffff:1.2.3.4", ",")),
    ("x-forwarded-proto", ("https", "é", "https, http")),
    ("forwarded", ('for="[::1"', "é")),
    ("referer", ("http://[", "é")),
    ("user-agent", ("", "x" * 6_000, "é")),
    ("upgrade", ("websocket", "h2c")),
    ("authorization", ("Basic é", "Bearer x")),
)  # fmt: skip

# What is no request at all, as bytes; {host} is a right host.
NO_REQUESTS: tuple[bytes, ...] = (
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\na\x00b: c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\na: b\x00c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://x:99999/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n",
    b"POST /quiz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nx: " + b"a" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"x: y\r\n" * 5_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
    b"GET / HTTP/1.1\nHost: localhost\n\n",
)  # fmt: skip
