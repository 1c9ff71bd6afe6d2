"""Runs a proxy with a configuration of the document."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START_SECONDS = 20
# Debian's package of each program. The document's blocks are fenced with the program's name
PACKAGES = {"nginx": "nginx-light", "haproxy": "haproxy", "caddy": "caddy"}

# What a configuration file needs besides the text of the document
NGINX = """daemon off;
pid {work}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
{text}}}
"""
# Caddy gets its certificates from an authority of its own, because Let's Encrypt cannot reach it here
CADDY = """{{
    admin off
    http_port {http}
    https_port {https}
    local_certs
    skip_install_trust
}}
{text}"""
COMMANDS = {
    "nginx": ["nginx", "-p", "{work}", "-e", "stderr", "-c", "{file}"],
    "haproxy": ["haproxy", "-db", "-f", "{file}"],
    "caddy": ["caddy", "run", "--adapter", "caddyfile", "--config", "{file}"],
}


def free_port():
    with socket.socket() as free:
        free.bind(("", 0))
        return free.getsockname()[1]


def make_certificate(work, host):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}"]
        + ["-addext", f"subjectAltName=DNS:{host}", "-keyout", work / "todo.key", "-out", work / "todo.crt"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    (work / "todo.key").chmod(0o644)
    (work / "todo.pem").write_bytes((work / "todo.crt").read_bytes() + (work / "todo.key").read_bytes())


class Proxy:
    """A proxy with one configuration of the document, while it runs."""

    def __init__(self, program, text, work, ports, substitutions):
        if not shutil.which(program):
            sys.exit(f"proxies: {program} is missing: install {PACKAGES[program]}")
        self.work = Path(tempfile.mkdtemp(dir=work))
        for documented, actual in substitutions.items():
            text = text.replace(documented, actual)
        around = {"nginx": NGINX, "caddy": CADDY}.get(program, "{text}")
        names = dict(ports, work=self.work, file=self.work / "configuration")
        names["file"].write_text(around.format(text=text, **names))
        self.certificate = work / "todo.crt"
        if program == "caddy":
            self.certificate = self.work / "caddy/pki/authorities/local/root.crt"
        user = {}
        if os.geteuid() == 0:
            user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(self.work, "nobody", "nogroup")
        self.log = self.work / "log"
        self.process = subprocess.Popen(
            [part.format(**names) for part in COMMANDS[program]],
            env={"PATH": os.environ["PATH"], "HOME": str(self.work), "XDG_DATA_HOME": str(self.work)},
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            **user,
        )

    def wait_until_it_serves(self, browser):
        end = time.monotonic() + START_SECONDS
        while not browser.reaches():
            if self.process.poll() is not None or time.monotonic() > end:
                sys.exit(f"proxies: the proxy did not start\n{self.described()}")
            time.sleep(0.1)

    def described(self):
        return f"{(self.work / 'configuration').read_text()}\n{self.log.read_text()[-4000:]}"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
