"""Why a download failed, in a sentence that says what to do."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

MEANINGS = {
    401: "does not have it, or not for everyone",
    403: "does not give it to everyone, or something on the way keeps it back",
    404: "does not have it",
    407: "is behind a proxy that asks for a name and password: put them into the proxy's address, "
    "http://name:password@host:port",
    408: "took too long: try again",
    429: "asks for fewer requests: wait some minutes and try again",
    451: "may not give it where you are",
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
CERTIFICATES = "SSL_CERT_FILE"


class DownloadError(ValueError):
    """A file could not be fetched; one sentence for people."""


class MismatchError(ValueError):
    """What arrived is not what was announced."""


class TokenError(Exception):
    """A token was refused, and without it the answer is an error too, which is its cause."""

    @property
    def response(self) -> object:
        """The answer without the token, None where there was none."""
        return getattr(self.__cause__, "response", None)


@contextmanager
def explained(what: str, where: str, folder: Path, home: str) -> Iterator[None]:
    """Turn what can go wrong on the way from `where` into `folder` into a sentence about `what`.

    `home` is the variable of the environment that names another folder.

    Raises:
        DownloadError: for no network, a proxy, a refusal, a cut, a wrong checksum, a full disk, ...
    """
    try:
        yield
    except DownloadError:
        raise
    except Exception as error:
        if not _is_trouble(error):
            raise
        reason = _reason(error, where, folder, home)
        raise DownloadError(f"{what} is not on this machine, and {reason}.") from error


def _is_trouble(error: Exception) -> bool:
    """Whether it is of the network or the disk, and no mistake of ours."""
    import httpx2

    if isinstance(error, (ImportError, ValueError)) and not isinstance(error, MismatchError):
        return isinstance(error, OSError) or "proxy" in str(error).lower()  # as the client tells it
    known = (httpx2.HTTPError, httpx2.InvalidURL, OSError, NotImplementedError)
    return isinstance(error, (*known, MismatchError, TokenError))


def _reason(error: BaseException, where: str, folder: Path, home: str) -> str:
    import httpx2

    if isinstance(error, TokenError) and error.__cause__:
        said = _reason(error.__cause__, where, folder, home)
        return f"{said}; your token (HF_TOKEN, or that of `hf auth login`) was refused: renew it"
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status is not None:
        return f"{where} {_meaning(status)} (status {status})"
    if isinstance(error, MismatchError):
        return f"{where} sent something else: {error}; what it sent was deleted"
    if isinstance(error, (ImportError, ValueError)) and not isinstance(error, OSError):
        return _of_proxy_setting(error)
    if isinstance(error, (httpx2.HTTPError, httpx2.InvalidURL)):
        return _of_network(error, where, folder)
    if isinstance(error, OSError) and _bad_certificates(error):
        return f"{CERTIFICATES} names {os.environ[CERTIFICATES]}, which holds no certificates"
    if isinstance(error, NotImplementedError) or getattr(error, "strerror", None):
        return _of_disk(error, folder, home)
    return _of_network(error, where, folder)


def _meaning(status: int) -> str:
    if status >= 500:
        return "has trouble of its own: try again later"
    return MEANINGS.get(status, "answers with an error")


def _of_proxy_setting(error: BaseException) -> str:
    if isinstance(error, ImportError):
        name = _variable("socks")
        return (
            f"{name} names a SOCKS proxy, for which a package is missing: "
            "pip install 'httpx2[socks]'"
        )
    return (
        f"{_variable('')} names no proxy that can be used: its address has to be http://host:port, "
        "https://host:port or socks5://host:port"
    )


def _of_disk(error: BaseException, folder: Path, home: str) -> str:
    number = getattr(error, "errno", None)
    said = f"{folder} cannot take it: {getattr(error, 'strerror', None) or error}"
    if number in NO_ROOM:
        return f"{said}; make room, or set {home} to a folder on another disk"
    return f"{said}; set {home} to a folder that you may write to" if number in NO_RIGHT else said


def _of_network(error: BaseException, where: str, folder: Path) -> str:
    import httpx2

    chain, proxy = list(_chain(error)), _proxy_for(where)
    untrusted = next((e for e in chain if isinstance(e, ssl.SSLCertVerificationError)), None)
    if untrusted:
        return (
            f"the certificate of {where} is not trusted here ({untrusted.verify_message}): where "
            f"your network looks into connections, name its own certificate in {CERTIFICATES}"
        )
    if any(isinstance(e, ssl.SSLError) for e in chain):
        return f"{where} cannot be reached: what answers there speaks no TLS, or another"
    if isinstance(error, httpx2.ProxyError):
        return f"the proxy that {proxy or 'your system'} names refuses: {error}"
    if isinstance(error, (httpx2.InvalidURL, httpx2.UnsupportedProtocol)):
        return f"{where} cannot be reached: it is no address of a server"
    if isinstance(error, httpx2.TimeoutException):
        through = f" through the proxy that {proxy} names" if proxy else ""
        return f"{where} did not answer in time{through}: try again"
    if isinstance(error, httpx2.ConnectError):
        return f"{where} cannot be reached{_why_no_connection(chain, proxy, folder)}"
    return f"the connection to {where} broke off; the next attempt goes on where it stopped"


def _why_no_connection(chain: list[BaseException], proxy: str | None, folder: Path) -> str:
    if proxy:
        return f" through the proxy that {proxy} names: check its address, or do without it"
    if any(isinstance(e, ConnectionRefusedError) for e in chain):
        return ": it refuses the connection"
    if any(isinstance(e, socket.gaierror) for e in chain):
        return (
            ": its name is not known here, as where there is no network; connect this machine, or "
            f"fetch it on another and copy it to {folder}"
        )
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _bad_certificates(error: BaseException) -> bool:
    """Whether the client stumbled over the file that is to hold the certificates."""
    named = os.environ.get(CERTIFICATES)
    return bool(named) and (isinstance(error, ssl.SSLError) or not Path(str(named)).is_file())


def _variable(start: str) -> str:
    """The variable that names a proxy whose address starts so; never the address, which may hold a
    password."""
    for name in ("all_proxy", "https_proxy", "http_proxy"):
        for spelled in (name.upper(), name):
            if (value := os.environ.get(spelled)) and value.lower().startswith(start):
                return spelled
    return "your system"


def _proxy_for(where: str) -> str | None:
    """The variable that names the proxy on the way to an address, None where there is none."""
    try:
        parts = urlsplit(where)
        if not parts.hostname or proxy_bypass(parts.hostname):
            return None
    except ValueError:
        return None
    for name in (f"{parts.scheme}_proxy", "all_proxy"):
        for spelled in (name.upper(), name):
            if os.environ.get(spelled):
                return spelled
    return "your system" if getproxies().get(parts.scheme) else None
