"""Starts the real servers that tests talk to: Dovecot, Postfix's smtp-sink, a CA of our own.

Each has a configuration of its own in a temporary folder and a free port on loopback.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = "127.0.0.1"
MAIL_UID = 5000  # owns the mail when tests run as root; no account of that number is needed

DOVECOT_CONF = """
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
listen = 127.0.0.1
protocols = imap
first_valid_uid = 1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 50
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
passdb {{
  driver = passwd-file
  args = {dir}/users
}}
userdb {{
  driver = passwd-file
  args = {dir}/users
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Versendet {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
  service_count = 0
  process_min_avail = 1
  chroot =
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


def needs(binary: str, package: str) -> None:
    """Skip the test where `binary` is missing, but fail on a machine that checks everything."""
    if shutil.which(binary, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"):
        return
    message = f"needs {binary} (Debian package {package})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def binary_path(binary: str) -> str:
    found = shutil.which(binary, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    assert found is not None
    return found


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for_port(port: int, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


@dataclass(frozen=True)
class Certificates:
    """A CA and a certificate it signed for localhost and 127.0.0.1; PEM files."""

    ca: Path
    cert: Path
    key: Path


def make_certificates(folder: Path) -> Certificates:
    needs("openssl", "openssl")

    def openssl(*arguments: str | Path) -> None:
        subprocess.run(
            ["openssl", *map(str, arguments)], cwd=folder, check=True, capture_output=True
        )

    (folder / "ext").write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n"
    )
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *key, "-days", "30", "-subj", "/CN=Exampleshire test CA",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    openssl("req", "-new", *key, "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "csr.pem")
    openssl("x509", "-req", "-in", "csr.pem", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "30", "-extfile", "ext", "-out", "cert.pem")  # fmt: skip
    return Certificates(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")


@dataclass(frozen=True)
class Dovecot:
    """A running Dovecot with one user."""

    imap_port: int
    imaps_port: int
    user: str
    password: str
    ca_file: str
    maildir: Path


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account may write to, with a short name; gone afterwards.

    Not in pytest's own folder: the next run makes that private again, and these servers run as others
    than us. Short, because a socket's path may have 107 characters.
    """
    with tempfile.TemporaryDirectory(prefix="foibot-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o1777)
        yield Path(folder)


@contextlib.contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Dovecot 2.3 for `foi`, whose Sent folder is called Versendet and marked \\Sent."""
    needs("dovecot", "dovecot-imapd")
    with open_folder() as folder, _dovecot_in(folder) as server:
        yield server


@contextlib.contextmanager
def _dovecot_in(folder: Path) -> Iterator[Dovecot]:
    root = os.geteuid() == 0
    home = folder / "home"
    for name in ("run", "state", "home"):
        (folder / name).mkdir()
    uid, gid = (MAIL_UID, MAIL_UID) if root else (os.geteuid(), os.getegid())
    if root:
        os.chown(home, uid, gid)
    certificates = make_certificates(folder)
    (folder / "users").write_text(
        f"foi:{{PLAIN}}loopback-only:{uid}:{gid}::{home}::userdb_mail=maildir:~/Maildir\n"
    )
    imap, imaps = free_port(), free_port()
    if root:
        user, group = "dovenull", "dovenull"
    else:
        import getpass
        import grp

        user, group = getpass.getuser(), grp.getgrgid(gid).gr_name
    conf = folder / "dovecot.conf"
    conf.write_text(
        DOVECOT_CONF.format(
            dir=folder,
            cert=certificates.cert,
            key=certificates.key,
            imap=imap,
            imaps=imaps,
            user=user,
            group=group,
        )
    )
    process = subprocess.Popen(
        [binary_path("dovecot"), "-F", "-c", str(conf)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_port(imap)
        yield Dovecot(imap, imaps, "foi", "loopback-only", str(certificates.ca), home / "Maildir")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


@contextlib.contextmanager
def smtp_sink(*options: str) -> Iterator[int]:
    """Postfix's smtp-sink on the port given out; it accepts mail and drops it."""
    needs("smtp-sink", "postfix")
    port = free_port()
    command = [binary_path("smtp-sink"), *options]
    if os.geteuid() == 0:
        command += ["-u", "nobody"]
    process = subprocess.Popen([*command, f"{HOST}:{port}", "100"])
    try:
        wait_for_port(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)
