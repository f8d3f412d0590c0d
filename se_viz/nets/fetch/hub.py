"""Published weights from the Hugging Face hub.

`huggingface_hub` asks the hub, and keeps files in its cache where every other program finds them.
The bytes come by `download` beside it, as the client itself starts over after an interruption
and compares lengths only. A large file's ETag is its SHA-256, and so is its name in the cache:
what lies on the disk can be checked without a network.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from se_viz.nets.entry import Progress
from se_viz.nets.fetch.download import TIMEOUT, Remote, download, is_whole
from se_viz.nets.fetch.failures import DownloadError, TokenError, explained

_log = logging.getLogger(__name__)
SHA256 = re.compile(r"[0-9a-f]{64}")


def fetch(repo: str, filename: str, progress: Progress | None = None) -> Path:
    """A file of a repository, from this machine where it is here, else from the hub.

    Its SHA-256 is computed each time, as it takes less than building a network; a file that was
    damaged is fetched anew.

    Raises:
        DownloadError: where it is not here and cannot be fetched whole; one sentence.
    """
    found = cached(repo, filename)
    if found and _is_sound(found):
        return found
    client, endpoint, what = _client(), _endpoint(), f"{filename} of {repo}"
    with explained(what, endpoint, Path(client.constants.HF_HUB_CACHE), "HF_HOME"):
        if found:
            found.resolve().unlink()
        remote = _ask(repo, filename)
        download(remote, _folder(repo) / "blobs" / remote.digest, progress)
        token = None if _has_token(remote.headers) else False
        return Path(client.hf_hub_download(repo, filename, endpoint=endpoint, token=token))


def cached(repo: str, filename: str) -> Path | None:
    """The file where it is whole on this machine; asks no network, and does not read the file.

    A file gets its name in the cache only when all of it is there.
    """
    found = _client().try_to_load_from_cache(repo, filename)
    return Path(found) if isinstance(found, str) else None


def _ask(repo: str, filename: str) -> Remote:
    """Where the hub has a file, and its SHA-256.

    A token that the hub refuses is left out: most files are for everyone.
    """
    client, what = _client(), f"{filename} of {repo}"
    if client.constants.HF_HUB_OFFLINE:
        raise DownloadError(
            f"{what} is not on this machine, and HF_HUB_OFFLINE keeps it away: unset it, once."
        )
    url = client.hf_hub_url(repo, filename, endpoint=_endpoint())
    try:
        digest, token = _digest(url, None), None
    except Exception as refused:
        if not _is_about_token(refused):
            raise
        digest, token = _without_token(url), False
    if not SHA256.fullmatch(digest):
        raise DownloadError(f"{what} cannot be used, as {_endpoint()} gives no SHA-256 for it.")
    return Remote(url, digest, client.utils.build_hf_headers(token=token))


def _digest(url: str, token: bool | None) -> str:
    """A file's SHA-256; the token of this machine is sent unless `token` is False."""
    return _client().get_hf_file_metadata(url, token=token, timeout=TIMEOUT).etag or ""


def _without_token(url: str) -> str:
    try:
        digest = _digest(url, False)
    except Exception as error:
        raise TokenError from error
    _log.warning("%s refused your Hugging Face token; the file is fetched without it", _endpoint())
    return digest


def _is_about_token(error: Exception) -> bool:
    """Whether a token was sent that is refused, or holds what no request can carry."""
    import httpx2

    status = getattr(getattr(error, "response", None), "status_code", None)
    refused = status in (401, 403) or isinstance(error, (UnicodeError, httpx2.LocalProtocolError))
    return refused and _has_token(_client().utils.build_hf_headers())


def _has_token(headers: Mapping[str, str]) -> bool:
    return "authorization" in headers


def _is_sound(path: Path) -> bool:
    """Whether a cached file is what its name says; on a disk without links no name says it."""
    digest = path.resolve().name
    return not SHA256.fullmatch(digest) or is_whole(path, digest)


def _folder(repo: str) -> Path:
    """Where the client keeps a repository's files."""
    return Path(_client().constants.HF_HUB_CACHE) / f"models--{repo.replace('/', '--')}"


def _endpoint() -> str:
    """The hub's address, as `HF_ENDPOINT` says now."""
    return os.environ.get("HF_ENDPOINT", _client().constants.ENDPOINT).rstrip("/")


def _client() -> Any:
    """The hub's client, which reads its settings when it is imported."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_SYMLINKS_WARNING", "1")
    import huggingface_hub

    return huggingface_hub
