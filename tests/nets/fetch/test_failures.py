"""Each way in which a download fails has a sentence of its own, with what to do."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from se_viz.nets.fetch import download as downloads
from se_viz.nets.fetch.download import Remote, download
from se_viz.nets.fetch.failures import DownloadError, MismatchError, TokenError, explained
from tests.hub_server import HubServer

PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
WHERE = "https://hub.example"


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """No proxy and no certificates of this machine's."""
    for name in (*PROXIES, "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(downloads, "WAIT", 0)
    monkeypatch.setattr(downloads, "RETRIES", 0)


@pytest.fixture
def server():
    with HubServer({"file": b"content"}) as running:
        yield running


def told(folder: Path, address: str) -> str:
    """What is said of a download from an address."""
    with pytest.raises(DownloadError) as caught, explained("net", address, folder, "KERAS_HOME"):
        download(Remote(f"{address}/file", "0" * 64), folder / "file")
    said = str(caught.value)
    assert said.startswith("net is not on this machine, and ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("name", ["ALL_PROXY", "http_proxy"])
def test_a_socks_proxy_without_its_package(name, server, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv(name, "socks5://me:secret@127.0.0.1:1")
    said = told(tmp_path, server.storage)
    assert f"{name} names a SOCKS proxy" in said
    assert "pip install 'httpx2[socks]'" in said
    assert "secret" not in said


@pytest.mark.parametrize("address", ["foo://127.0.0.1:1", "ftp://me:secret@proxy.example"])
def test_an_address_that_is_no_proxys(address, server, tmp_path, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", address)
    said = told(tmp_path, server.storage)
    assert "ALL_PROXY names no proxy that can be used: its address has to be http://" in said
    assert "secret" not in said


def test_a_proxy_that_does_not_answer(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    said = told(tmp_path, server.storage)
    assert "cannot be reached through the proxy that HTTP_PROXY names: check its address" in said


def test_a_server_past_the_proxy_is_not_blamed_on_it(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "localhost")
    server.stop()
    assert "proxy" not in told(tmp_path, server.storage)


class Nothing(BaseHTTPRequestHandler):
    """Serves nothing; as a proxy, it asks who is there, as those of companies do."""

    def do_CONNECT(self) -> None:
        self.send_error(407)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[int]:
    """The port of a server that runs until the block ends."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_a_proxy_that_refuses(tmp_path, monkeypatch):
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Nothing)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        said = told(tmp_path, WHERE)
    assert "the proxy that HTTPS_PROXY names refuses: 407 Proxy Authentication Required" in said


STATUSES = {
    403: "something on the way keeps it back",
    404: "does not have it",
    407: "name and password",
    418: "answers with an error",
    429: "wait some minutes",
    500: "try again later",
    503: "try again later",
}


@pytest.mark.parametrize(("status", "said"), STATUSES.items())
def test_each_status_says_what_to_do(status, said, server, tmp_path):
    server.statuses["file"] = status
    assert told(tmp_path, server.storage).endswith(f"(status {status}).")
    assert said in told(tmp_path, server.storage)


@pytest.fixture(scope="module")
def untrusted(tmp_path_factory):
    """The address of a server whose certificate nobody signed."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    options = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        ["openssl", *options, "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Nothing)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    with serving(server) as port:
        yield f"https://localhost:{port}"


def test_a_certificate_that_is_not_trusted(untrusted, tmp_path):
    said = told(tmp_path, untrusted)
    assert f"the certificate of {untrusted} is not trusted here (self" in said
    assert "name its own certificate in SSL_CERT_FILE" in said


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_holds_no_certificates(content, untrusted, tmp_path, monkeypatch):
    named = tmp_path / "certificates.pem"
    if content:
        named.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(named))
    assert f"SSL_CERT_FILE names {named}, which holds no certificates" in told(tmp_path, untrusted)


def test_what_speaks_no_tls(server, tmp_path):
    said = told(tmp_path, server.storage.replace("http:", "https:"))
    assert "cannot be reached: what answers there speaks no TLS" in said


def test_being_offline(tmp_path, monkeypatch):
    def unknown(*given, **named):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    said = told(tmp_path, WHERE)
    assert f"{WHERE} cannot be reached: its name is not known here" in said
    assert f"copy it to {tmp_path}" in said


def test_a_server_that_is_not_there(server, tmp_path):
    server.stop()
    assert "cannot be reached: it refuses the connection." in told(tmp_path, server.storage)


@pytest.mark.parametrize("address", ["nowhere", "ftp://hub.example"])
def test_no_address_at_all(address, tmp_path):
    assert "cannot be reached: it is no address of a server." in told(tmp_path, address)


def of(error: Exception) -> str:
    with pytest.raises(DownloadError) as caught, explained("net", WHERE, Path("here"), "HF_HOME"):
        raise error
    assert caught.value.__cause__ is error
    return str(caught.value)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "; make room, or set HF_HOME to a folder on another disk."),
        (errno.EDQUOT, "; make room, or set HF_HOME to a folder on another disk."),
        (errno.EACCES, "; set HF_HOME to a folder that you may write to."),
        (errno.EROFS, "; set HF_HOME to a folder that you may write to."),
        (errno.EIO, f"here cannot take it: {os.strerror(errno.EIO)}."),
    ],
)
def test_a_disk_is_named_with_what_helps(number, said):
    assert of(OSError(number, os.strerror(number))).endswith(said)


def test_a_folder_without_locks():
    assert "here cannot take it: no locks" in of(NotImplementedError("no locks"))


def test_what_is_slow_cut_or_something_else(monkeypatch):
    assert f"{WHERE} did not answer in time: try again" in of(httpx2.ReadTimeout("slow"))
    assert "goes on where it stopped" in of(httpx2.ReadError("cut"))
    assert "sent something else: its MD5 is not 0; " in of(MismatchError("its MD5 is not 0"))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    assert "through the proxy that HTTPS_PROXY names" in of(httpx2.ConnectTimeout("slow"))


def test_a_refused_token_is_told_with_the_answer_without_it():
    error = TokenError()
    error.__cause__ = httpx2.ConnectError("gone")
    assert "cannot be reached; your token (HF_TOKEN" in of(error)
    assert error.response is None


@pytest.mark.parametrize("error", [ValueError("ours"), ImportError("ours"), KeyError("ours")])
def test_mistakes_of_ours_are_not_blamed_on_the_network(error):
    with pytest.raises(type(error), match="ours"), explained("net", WHERE, Path(), "HF_HOME"):
        raise error
