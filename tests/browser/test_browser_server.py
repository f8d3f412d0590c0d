"""Whom the server talks to: out of the box, to this machine by its own names; needs no browser."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Server, serve

SHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
OTHERS = ("evil.example", "192.168.0.7", "localhost.evil.example", "127.0.0.1.nip.io")


def greeted(server: Server, host: str) -> int:
    """The status that a session is answered with, begun on a page of that host."""
    port = urlsplit(server.url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    names = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
    connection.request("GET", "/_stcore/stream", headers=SHAKE | names)
    status = connection.getresponse().status
    connection.close()
    return status


def answers_at(server: Server, address: str) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex((address, urlsplit(server.url).port)) == 0


def test_only_this_machine_reaches_the_app_and_only_by_its_own_names(server):
    assert answers_at(server, "127.0.0.1")
    assert not answers_at(server, "127.0.0.2")  # another address, as that of a network card
    for host in ("localhost", "127.0.0.1", "LOCALHOST", "[::1]"):
        assert greeted(server, host) == 101, host
    for host in OTHERS:
        assert greeted(server, host) == 403, host


@pytest.mark.parametrize("names", [["lab.example", "192.168.0.7"]], ids=str)
def test_it_is_opened_as_the_readme_says(names, tmp_path):
    words = [word for name in names for word in ("--server.allowedHosts", name)]
    with serve(tmp_path / "log.txt", "--server.address", "0.0.0.0", *words) as opened:
        assert answers_at(opened, "127.0.0.2")
        assert [greeted(opened, name) for name in names] == [101] * len(names)
        assert greeted(opened, "evil.example") == 403
