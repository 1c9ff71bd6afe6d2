"""A browser for .ci/proxies. curl does its work: it speaks HTTP/2, follows the rules of cookies and decompresses."""

import json
import queue
import re
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from urllib.parse import urljoin, urlsplit


@dataclass
class Place:
    """Where the browser is: the address in its location bar, and what leads there."""

    site: str
    ports: dict
    certificate: Path
    names_site: bool
    trusts_proxy: bool
    configuration: str

    def limits_bodies(self):
        """nginx's own limit is 1 MiB."""
        return "proxy_pass" in self.configuration and "client_max_body_size" not in self.configuration

    def compresses(self):
        return re.search(r"^\s*(gzip on|compression algo|encode)\b", self.configuration, re.MULTILINE) is not None


@dataclass
class Answer:
    status: int
    version: str
    headers: Message
    body: bytes

    @classmethod
    def parse(cls, output):
        head, _, body = output.partition(b"\r\n\r\n")
        status_line, _, fields = head.partition(b"\r\n")
        version, status = status_line.decode().split(" ")[:2]
        return cls(int(status), version, message_from_bytes(fields), body)

    def require(self, status):
        assert self.status == status, f"{self.status} instead of {status}: {self.body[:300]!r}"
        return self

    def require_problem(self, status, code):
        self.require(status)
        assert self.headers.get_content_type() == "application/problem+json", self.headers["Content-Type"]
        assert self.json()["code"] == code, self.body
        return self

    def require_page(self):
        self.require(200)
        assert self.headers.get_content_type() == "text/html" and b"</html>" in self.body, self.headers.items()
        return self

    def json(self):
        return json.loads(self.body)


class Browser:
    """Sends requests as the page does: with its origin, its cookies and, once logged in, its access token."""

    def __init__(self, place, address="127.0.0.1"):
        self.place = place
        self.address = address
        self.directory = tempfile.TemporaryDirectory()
        self.cookies = Path(self.directory.name) / "cookies"
        self.token = None

    def send(self, method, path="", body=None, cookies=None, headers=None):
        output = subprocess.run(
            self.curl(method, path, body is not None, cookies or self.cookies, headers or {}),
            input=None if body is None else json.dumps(body).encode(),
            capture_output=True,
        )
        assert output.returncode == 0, output.stderr.decode()
        return Answer.parse(output.stdout)

    def curl(self, method, path, has_body, cookies, headers):
        url = urlsplit(self.place.site)
        sent = {"Expect": ""}
        if method != "GET":
            sent["Origin"] = f"{url.scheme}://{url.netloc}"
            sent |= {"Content-Type": "application/json"} if has_body else {"Content-Length": "0"}
        if self.place.names_site:
            sent["Sec-Fetch-Site"] = "same-origin"
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        ports = self.place.ports
        port = ports["https" if url.scheme == "https" else "http"]
        options = ["--silent", "--show-error", "--include", "--compressed", "--no-buffer", "--max-time", "60"]
        options += ["--noproxy", "*", "--connect-to", f":80:127.0.0.1:{ports['http']}"]
        options += ["--connect-to", f"::127.0.0.1:{port}", "--interface", self.address]
        options += ["--cacert", self.place.certificate, "--cookie", cookies, "--cookie-jar", cookies]
        for name, value in (sent | headers).items():
            options += ["--header", f"{name}: {value}" if value else f"{name}:"]
        if has_body:
            options += ["--data-binary", "@-"]
        return ["curl", *options, "--request", method, urljoin(self.place.site, path)]

    def reaches(self):
        try:
            return self.send("GET").status < 500
        except AssertionError:
            return False

    def refresh(self, cookies=None, headers=None):
        """What the page does first when it is loaded: it has no access token yet."""
        return self.send("POST", "auth/refresh", cookies=cookies, headers={"Authorization": ""} | (headers or {}))

    def create(self, title, description=None):
        return self.send("POST", "tasks", {"title": title, "description": description}).require(201)

    def stream(self, last_id=""):
        headers = {"Accept": "text/event-stream", "Last-Event-ID": last_id}
        return Stream(self.curl("GET", "tasks/events", False, self.cookies, headers))


class Stream:
    """Reads the event stream while it is open."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.kill()
        self.process.wait()

    def wait_for(self, text, seconds):
        """The next event or comment with the text."""
        end = time.monotonic() + seconds
        block = ""
        while True:
            try:
                line = self.lines.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no event with {text!r} within {seconds} s") from None
            if line.strip():
                block += line
            elif text in block:
                return block
            else:
                block = ""
