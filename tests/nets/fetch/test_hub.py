"""Downloads from a real server that speaks the hub's protocol, and fails in every way it can."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from se_viz.nets.fetch import download
from se_viz.nets.fetch.hub import DownloadError, cached, fetch
from tests.hub_server import HubServer

ROOT = Path(__file__).resolve().parents[3]
REPO, FILE = "timm/some_net", "model.safetensors"
NAME = f"{REPO}/{FILE}"
CONTENT = np.random.default_rng(0).bytes(1_000_000)
FULL = Path("/dev/full")


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(download, "WAIT", 0)
    return tmp_path / "hub"


@pytest.fixture
def server(cache, monkeypatch):
    with HubServer({NAME: CONTENT}) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def starts(server: HubServer) -> list[int]:
    return [request.start for request in server.fetched]


def blobs(cache: Path) -> set[str]:
    folder = cache / "models--timm--some_net" / "blobs"
    return {path.name for path in folder.glob("*") if path.suffix != ".lock"}


def test_a_file_arrives_whole_and_progress_grows_to_all_of_it(server, cache, capfd):
    told: list[tuple[int, int]] = []
    assert cached(REPO, FILE) is None
    path = fetch(REPO, FILE, lambda *numbers: told.append(numbers))
    assert path.read_bytes() == CONTENT
    assert cached(REPO, FILE) == path
    assert path.is_relative_to(cache)
    assert path.resolve().name == server.digest(NAME)
    sizes = [have for have, _ in told]
    assert sizes == sorted(set(sizes))
    assert 2 < len(sizes) <= 101
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert {total for _, total in told} == {1_000_000}
    assert capfd.readouterr() == ("", "")


def test_what_is_here_is_not_asked_for_again(server):
    path = fetch(REPO, FILE)
    asked, fetched = list(server.asked), list(server.fetched)
    assert fetch(REPO, FILE) == path
    assert (server.asked, server.fetched) == (asked, fetched)


def test_after_a_cut_only_the_rest_is_fetched(server):
    server.cuts = [300_000, 500_000]
    told: list[int] = []
    path = fetch(REPO, FILE, lambda have, total: told.append(have))
    assert path.read_bytes() == CONTENT
    assert starts(server) == [0, 300_000, 800_000]
    assert told == sorted(told)
    assert told[-1] == len(CONTENT)


def test_a_later_attempt_goes_on_where_the_last_one_stopped(server, cache):
    server.cuts = [300_000] + [0] * (download.RETRIES + 1)
    with pytest.raises(
        DownloadError, match=f"{FILE} of {REPO} is not on this machine, .* broke off"
    ):
        fetch(REPO, FILE)
    assert cached(REPO, FILE) is None
    server.fetched.clear()
    assert fetch(REPO, FILE).read_bytes() == CONTENT
    assert starts(server) == [300_000]
    assert blobs(cache) == {server.digest(NAME)}


def test_a_whole_file_that_was_not_yet_compared_is_not_fetched_again(server, cache):
    blob = cache / "models--timm--some_net" / "blobs" / server.digest(NAME)
    blob.parent.mkdir(parents=True)
    blob.with_name(f"{blob.name}.incomplete").write_bytes(CONTENT)
    assert fetch(REPO, FILE).read_bytes() == CONTENT
    assert starts(server) == [1_000_000]


def test_a_wrong_checksum_is_refused_and_nothing_is_kept(server, cache):
    server.wrong = True
    with pytest.raises(DownloadError, match="sent something else: its SHA-256 is not"):
        fetch(REPO, FILE)
    assert cached(REPO, FILE) is None
    assert not blobs(cache)
    server.wrong = False
    assert fetch(REPO, FILE).read_bytes() == CONTENT


def test_what_the_hub_gives_no_checksum_for_is_refused(server, monkeypatch):
    monkeypatch.setattr(server, "digest", lambda name: "0123")
    with pytest.raises(DownloadError, match="gives no SHA-256"):
        fetch(REPO, FILE)
    assert not server.fetched


def test_a_file_damaged_on_the_disk_is_fetched_anew(server):
    path = fetch(REPO, FILE)
    path.write_bytes(CONTENT[:-1])
    assert fetch(REPO, FILE).read_bytes() == CONTENT


def test_a_file_damaged_on_the_disk_is_not_used_without_the_server(server):
    path = fetch(REPO, FILE)
    path.write_bytes(CONTENT[:-1])
    server.stop()
    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(REPO, FILE)
    assert cached(REPO, FILE) is None


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_a_full_disk_is_named_and_gets_its_room_back(server, cache):
    blob = cache / "models--timm--some_net" / "blobs" / server.digest(NAME)
    blob.parent.mkdir(parents=True)
    blob.with_name(f"{blob.name}.incomplete").symlink_to(FULL)
    with pytest.raises(DownloadError, match=f"{cache} cannot take it: No space left on device"):
        fetch(REPO, FILE)
    assert not blobs(cache)


def test_a_disk_without_room_is_not_filled(server, cache, monkeypatch):
    room = SimpleNamespace(free=len(CONTENT) - 1)
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: room)
    with pytest.raises(DownloadError, match="No space left on device"):
        fetch(REPO, FILE)
    assert not blobs(cache)


def test_a_folder_that_cannot_be_written_is_named(server, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "file" / "hub"))
    with pytest.raises(DownloadError, match="file/hub cannot take it: Not a directory"):
        fetch(REPO, FILE)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_refusal_is_told_at_once(server, status):
    server.statuses[NAME] = status
    with pytest.raises(DownloadError, match=rf"{server.url} .* \(status {status}\)\.$"):
        fetch(REPO, FILE)
    assert len(server.asked) == 1


@pytest.fixture
def token(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_stale")
    monkeypatch.delenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", raising=False)


def test_a_public_file_is_asked_for_again_without_a_token_that_was_refused(server, token, caplog):
    server.stale = True
    assert fetch(REPO, FILE).read_bytes() == CONTENT
    assert "refused your Hugging Face token" in caplog.text
    assert "hf_stale" not in caplog.text
    assert starts(server) == [0]


def test_a_token_that_is_taken_is_sent_once(server, token, caplog):
    assert fetch(REPO, FILE).read_bytes() == CONTENT
    assert not caplog.text


@pytest.mark.parametrize(("status", "said"), [(404, "does not have it"), (401, "not for everyone")])
def test_a_refused_token_is_told_beside_what_is_said_without_it(server, token, status, said):
    server.stale, server.statuses[NAME] = True, status
    with pytest.raises(DownloadError, match=rf"{said} \(status {status}\); your token .*renew"):
        fetch(REPO, FILE)
    assert len(server.asked) == 2


def test_a_token_that_no_request_can_carry_is_left_out(server, monkeypatch, caplog):
    monkeypatch.setenv("HF_TOKEN", "töken")
    assert fetch(REPO, FILE).read_bytes() == CONTENT
    assert "refused your Hugging Face token" in caplog.text


def test_being_offline_on_purpose_is_told(server, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(DownloadError, match="HF_HUB_OFFLINE keeps it away: unset it"):
        fetch(REPO, FILE)


def test_an_unknown_file_is_named(server):
    with pytest.raises(DownloadError, match=r"^other of timm/some_net .* does not have it"):
        fetch(REPO, "other")


def test_a_server_that_falls_silent_is_left(server, monkeypatch):
    server.silent = True
    monkeypatch.setattr(download, "TIMEOUT", 0.05)
    with pytest.raises(DownloadError, match="did not answer in time"):
        fetch(REPO, FILE)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://no such host", "nowhere"])
def test_a_hub_that_cannot_be_reached_is_named(cache, monkeypatch, address):
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(DownloadError, match=f"{address} cannot be reached"):
        fetch(REPO, FILE)


def test_what_was_downloaded_serves_when_the_hub_is_gone(server):
    path = fetch(REPO, FILE)
    server.stop()
    assert fetch(REPO, FILE) == cached(REPO, FILE) == path
    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(REPO, "other")


def test_many_who_want_a_file_share_one_download(server):
    paths: list[Path] = []
    threads = [threading.Thread(target=lambda: paths.append(fetch(REPO, FILE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(paths)) == 1
    assert len(paths) == 4
    assert paths[0].read_bytes() == CONTENT
    assert starts(server) == [0]


def test_settings_of_the_client_count(server, tmp_path):
    """As a person sets them: before the process starts."""

    def run(**settings: str) -> str:
        script = f"from se_viz.nets.fetch import hub; print(hub.fetch({REPO!r}, {FILE!r}))"
        settings = {"HF_ENDPOINT": server.url, "HF_HOME": str(tmp_path / "home")} | settings
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr.strip().split("\n")[-1]

    assert "HF_HUB_OFFLINE" in run(HF_HUB_OFFLINE="1")
    assert not server.asked
    path = run()
    assert path.startswith(str(tmp_path / "home" / "hub"))
    asked = list(server.asked)
    assert run(HF_HUB_OFFLINE="1") == path
    assert server.asked == asked


def test_listing_what_is_here_loads_no_tensorflow():
    script = (
        "import sys; from se_viz.nets.fetch import hub; hub.cached('a/b', 'c'); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"tensorflow", "keras", "torch"} & set(done.stdout.split())
