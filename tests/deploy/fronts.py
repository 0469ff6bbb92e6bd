"""A proxy in a process of its own, run with a file of `deploy/`: only names, ports and paths are put in."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.deploy.caller import Caller
from tests.deploy.certificates import certified
from tests.journeys.central import free_port
from tests.project import ROOT
from tests.proxies import proxy

__all__ = ["FRONTS", "Front"]

DEPLOY: Final = ROOT / "deploy"
PUBLIC_NAME: Final = "fieldwell.example.org"
PRIVATE_NAME: Final = "fieldwell.local"
# For a name below localhost Caddy fetches a certificate from an authority of its own; from there on it is the same.
LOCAL_NAME: Final = "fieldwell.localhost"
START_SECONDS: Final = 30
STOP_SECONDS: Final = 10
# What Debian's nginx.conf has around a site, as far as it matters: it compresses, and keeps a log.
AROUND_A_SITE: Final = """
daemon off; master_process off; pid {folder}/pid;
events {{ worker_connections 768; }}
http {{
    default_type application/octet-stream; sendfile on; tcp_nopush on; gzip on; access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True, kw_only=True)
class Front:
    """A proxy that runs: the name and ports at which it is called, and the root that phones would trust."""

    name: str
    port: int
    http_port: int
    root: Path
    folder: Path

    @property
    def url(self) -> str:
        """Give the address without a final slash."""
        return f"https://{self.name}:{self.port}"

    @property
    def caller(self) -> Caller:
        """Give what calls it, verifying its certificate."""
        return Caller(self.port, name=self.name, root=self.root)


@contextmanager
def nginx(folder: Path, *, server_port: int, port: int) -> Iterator[Front]:
    """Run nginx with `deploy/nginx.conf`."""
    front = Front(
        name=PUBLIC_NAME, port=port, http_port=free_port(), root=certified(folder, PUBLIC_NAME), folder=folder
    )
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"listen \[::\]:\d+.*;", "", site)
    site = put_in(site, "listen 80;", f"listen 127.0.0.1:{front.http_port};")
    site = put_in(site, "listen 443 ", f"listen 127.0.0.1:{port} ")
    site = put_in(site, f"/etc/letsencrypt/live/{PUBLIC_NAME}", str(folder))
    site = put_in(site, "http://127.0.0.1:8000", f"http://127.0.0.1:{server_port}")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "around.conf").write_text(AROUND_A_SITE.format(folder=folder), encoding="utf-8")
    with run(front, [str(proxy("nginx")), "-e", "stderr", "-c", str(folder / "around.conf")]):
        yield front


@contextmanager
def caddy(folder: Path, *, server_port: int, port: int) -> Iterator[Front]:
    """Run Caddy with `deploy/Caddyfile`."""
    root = folder / "caddy/pki/authorities/local/root.crt"
    front = Front(name=LOCAL_NAME, port=port, http_port=free_port(), root=root, folder=folder)
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    with run_caddy(front, put_in(text, PUBLIC_NAME, LOCAL_NAME), server_port=server_port):
        yield front


@contextmanager
def private_caddy(folder: Path, *, server_port: int, port: int) -> Iterator[Front]:
    """Run Caddy with `deploy/private/Caddyfile` and a root that `make-root` made."""
    subprocess.run(["sh", DEPLOY / "private/make-root"], cwd=folder, check=True, capture_output=True)
    front = Front(name=PRIVATE_NAME, port=port, http_port=free_port(), root=folder / "root.crt", folder=folder)
    text = (DEPLOY / "private/Caddyfile").read_text(encoding="utf-8")
    with run_caddy(front, put_in(text, "/etc/caddy", str(folder)), server_port=server_port):
        yield front


FRONTS: Final = {"nginx": nginx, "Caddy": caddy, "Caddy, private": private_caddy}


@contextmanager
def run_caddy(front: Front, text: str, *, server_port: int) -> Iterator[None]:
    text = put_in(text, "http_port 80", f"http_port {front.http_port}\n\tdefault_bind 127.0.0.1")
    text = put_in(text, "https_port 443", f"https_port {front.port}")
    text = put_in(text, "admin localhost:2019", f"admin 127.0.0.1:{free_port()}")
    file = front.folder / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(front.folder))
    command = [str(proxy("caddy")), "run", "--config", str(file), "--adapter", "caddyfile"]
    with run(front, command, {**places, "FIELDWELL_SERVER": f"127.0.0.1:{server_port}"}):
        yield


def put_in(text: str, shipped: str, here: str) -> str:
    """Replace what the file says by what holds here; the file must say it."""
    assert shipped in text, f"no '{shipped}' in the file"
    return text.replace(shipped, here)


@contextmanager
def run(front: Front, command: list[str], settings: dict[str, str] | None = None) -> Iterator[None]:
    """Run the proxy until the test is done with it."""
    log = front.folder / "proxy.log"
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **(settings or {})})
    try:
        wait_until(lambda: front.root.is_file() and front.caller.answers(), process, log)
        yield
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.05)
