"""What .ci/proxies checks behind each proxy, in the order of the table's columns."""

import re
import shutil
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

from .browser import Browser

PASSWORD = "correct horse battery staple"
MIB = 1024 * 1024
OTHER_CLIENTS = ["127.0.0.11", "127.0.0.12"]


def shows_page(browser):
    page = browser.send("GET").require_page()
    base = re.search(r'<base href="([^"]+)"', page.body.decode())
    files = re.findall(r'<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"', page.body.decode())
    assert len(files) > 2, page.body
    for file in files:
        answer = browser.send("GET", urljoin(base[1] if base else "", file)).require(200)
        assert answer.body and answer.headers.get_content_type() != "text/html", file
    return page.version


def redirects(browser):
    """From the address as people type it: without TLS and without the last slash."""
    url = browser.place.site.rstrip("/").replace("https://", "http://")
    for _ in range(3):
        answer = browser.send("GET", url)
        if answer.status not in (301, 302, 307, 308):
            break
        url = urljoin(url, answer.headers["Location"])
    answer.require_page()
    return "yes"


def signs_up(browser):
    credentials = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD}
    user = browser.send("POST", "auth/signup", credentials).require(201)
    browser.token = browser.send("POST", "auth/login", credentials).require(200).json()["access_token"]
    assert browser.send("GET", user.headers["Location"]).require(200).json()["email"] == credentials["email"]
    return "yes"


def reloads(browser):
    for _ in range(2):
        browser.token = browser.refresh().require(200).json()["access_token"]
    foreign = {"Origin": "https://elsewhere.example.com", "Sec-Fetch-Site": "cross-site"}
    browser.refresh(headers=foreign).require_problem(403, "foreign_origin")
    browser.refresh().require(200)
    return "yes"


def opens_second_tab(browser):
    tabs = [shutil.copy(browser.cookies, f"{browser.cookies}.{number}") for number in range(2)]
    with ThreadPoolExecutor() as threads:
        tokens = [answer.require(200).json()["access_token"] for answer in threads.map(browser.refresh, tabs)]
    for browser.token in tokens:
        browser.send("GET", "users/me").require(200)
    shutil.copy(tabs[1], browser.cookies)
    browser.refresh().require(200)
    return "yes"


def follows_links(browser):
    for title in ("Milk", "Bread"):
        browser.send("GET", browser.create(title).headers["Location"]).require(200)
    first = browser.send("GET", "tasks?limit=1").require(200)
    following = browser.send("GET", re.search(r'<([^>]+)>; ?rel="?next', first.headers["Link"])[1]).require(200)
    assert [task["title"] for task in first.json() + following.json()] == ["Bread", "Milk"]
    return "yes"


def sends_events(browser):
    """Each within a second, also after a first one that is large enough for proxies to begin compressing."""
    with browser.stream() as events:
        events.wait_for("still here", 5)
        first, event = seconds_to_event(browser, events, "First")
    browser.create("While away", "x" * 4000)
    with browser.stream(re.search(r"^id: ?(\S+)", event, re.MULTILINE)[1]) as events:
        events.wait_for("While away", 5)
        second, _ = seconds_to_event(browser, events, "Second")
    assert max(first, second) < 1, f"{first:.2f} s and {second:.2f} s"
    return f"{max(first, second):.2f} s"


def seconds_to_event(browser, events, title):
    began = time.monotonic()
    browser.create(title)
    event = events.wait_for(title, 5)
    return time.monotonic() - began, event


def imports(browser):
    rows = import_of(9 * MIB)
    answer = browser.send("POST", "tasks/import", rows)
    if browser.place.limits_bodies():
        answer.require(413)
        return "413 by nginx"
    assert answer.require(200).json() == {"imported": len(rows)}
    return "9 MiB"


def import_of(size):
    return [{"title": "Task", "description": "x" * 4000}] * (size // 4000)


def rejects_large_bodies(browser):
    browser.send("POST", "tasks", {"title": "x" * 70_000}).require_problem(413, "content_too_large")
    largest = browser.send("POST", "tasks/import", import_of(11 * MIB))
    if browser.place.limits_bodies():
        largest.require(413)
    else:
        largest.require_problem(413, "content_too_large")
    browser.send("GET", "users/me").require(200)
    return "problem"


def compresses(browser):
    task = browser.create("Long", "x" * 3000).headers["Location"]
    answer = browser.send("GET", task).require(200)
    encoding, tag = answer.headers.get("Content-Encoding", "none"), answer.headers["ETag"]
    assert (encoding in ("gzip", "zstd")) == browser.place.compresses(), encoding
    browser.send("PATCH", task, {"priority": "high"}, headers={"If-Match": tag}).require(200)
    browser.send("PATCH", task, {"priority": "low"}, headers={"If-Match": tag}).require(412)
    return f"{encoding}, {tag}"


def tells_clients_apart(browser):
    """By the log-ins that each has left; forged addresses have none of their own."""
    email = f"{uuid.uuid4().hex}@example.com"
    first, second = (Browser(browser.place, address) for address in OTHER_CLIENTS)
    left = [attempts_left(first, email), attempts_left(second, email)]
    for forged in ("198.51.100.1", "198.51.100.2"):
        headers = {"X-Forwarded-For": forged, "X-Real-IP": forged, "Forwarded": f"for={forged}"}
        left.append(attempts_left(first, email, headers))
    expected = [4, 4, 3, 2] if browser.place.trusts_proxy else [4, 3, 2, 1]
    assert left == expected, f"{left} instead of {expected}"
    return "apart" if browser.place.trusts_proxy else "as one"


def attempts_left(browser, email, headers=None):
    wrong = {"email": email, "password": "wrong"}
    answer = browser.send("POST", "auth/login", wrong, headers=headers).require_problem(401, "invalid_credentials")
    return int(re.search(r"r=(\d+)", answer.headers["RateLimit"])[1])


def logs_out(browser):
    browser.send("POST", "auth/logout").require(204)
    browser.refresh().require(401)
    browser.send("GET", "users/me").require(401)
    return "yes"


CHECKS = {
    "page": shows_page,
    "redirect": redirects,
    "sign up": signs_up,
    "reload": reloads,
    "second tab": opens_second_tab,
    "links": follows_links,
    "live events": sends_events,
    "import": imports,
    "413": rejects_large_bodies,
    "compression": compresses,
    "clients": tells_clients_apart,
    "log out": logs_out,
}
