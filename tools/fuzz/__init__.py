"""Generated requests over every address, malformed in every way we could think of, and what may never come back.

`python -m tools.fuzz --requests 50000 --seed 1` sends them to a server of its own on 127.0.0.1, through raw sockets.
"""
