"""One simulated student: what a browser sends for her, from the login page to Run All."""

import json
import re
import time
from collections.abc import AsyncIterator
from html import unescape
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 600.0  # seconds for any one answer


class FailedError(Exception):
    """Something that a student would have seen go wrong."""


def form_token(page: str) -> str:
    """The token against forged requests in the form of a login page; FailedError without one."""
    field = re.search(r'<input[^>]*name="_xsrf"[^>]*value="([^"]+)"', page)
    if not field:
        raise FailedError("The login page has no _xsrf field.")
    return unescape(field[1])


def progress_address(page: str) -> str:
    """The path from which a waiting page reads how far the server is; FailedError without one."""
    found = re.search(r'new EventSource\("([^"]+)"', page)
    if not found:
        raise FailedError("The page that waits for the server names no progress.")
    return found[1].replace("\\u0026", "&")


def events(lines: list[str]) -> list[dict[str, Any]]:
    """What a stream of server-sent events says: the JSON after each "data:"."""
    starts = [line.partition(":")[2].strip() for line in lines if line.startswith("data:")]
    return [json.loads(text) for text in starts if text]


def code_cells(notebook: dict[str, Any]) -> list[str]:
    """The code of a notebook in its order."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in cells]


def request(code: str, session: str) -> dict[str, Any]:
    """The message that asks a kernel to run one cell, as JupyterLab sends it."""
    header = {"msg_id": uuid4().hex, "session": session, "username": "", "version": "5.3"}
    return {
        "header": header | {"msg_type": "execute_request"},
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": {"code": code, "silent": False, "store_history": True, "stop_on_error": True},
    }


class Student:
    """A browser with its cookies, logged in nowhere yet; `async with` closes it."""

    def __init__(self, hub: str, name: str) -> None:
        """hub: the address of the hub, without a slash at its end."""
        self.hub, self.name = hub, name
        self.server = f"{hub}/user/{name}"
        self.browser = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=True, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.browser.aclose()

    def _token(self, path: str) -> dict[str, str]:
        """The header that proves a request to come from a page under this path."""
        cookies = [one for one in self.browser.cookies.jar if one.name == "_xsrf"]
        best = max((one for one in cookies if path.startswith(one.path)), key=lambda c: len(c.path))
        return {"X-XSRFToken": best.value}

    async def log_in(self, password: str) -> str:
        """Log in and wait for the server; the address of the page that JupyterHub then opens."""
        page = await self.browser.get(f"{self.hub}/hub/login")
        form = {"username": self.name, "password": password, "_xsrf": form_token(page.text)}
        page = await self.browser.post(f"{self.hub}/hub/login", data=form)
        page.raise_for_status()
        if "/hub/spawn-pending/" in page.url.path:
            await self._wait_for_server(page.text)
            page = await self.browser.get(page.url)
        if not page.url.path.startswith(f"/user/{self.name}/"):
            raise FailedError(f"{self.name}: after the login came {page.url}, not the server.")
        return str(page.url)

    async def _wait_for_server(self, page: str) -> None:
        """Read the progress of the start, as the waiting page does."""
        last: dict[str, Any] = {}
        async for event in self._stream(f"{self.hub}{progress_address(page)}"):
            last = event
        if not last.get("ready"):
            raise FailedError(f"{self.name}: the server did not start: {last.get('message')}")

    async def _stream(self, address: str) -> AsyncIterator[dict[str, Any]]:
        async with self.browser.stream("GET", address) as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                for event in events([line]):
                    yield event

    async def pull(self, page: str) -> list[str]:
        """Do what nbgitpuller's page does; what git said. page: the address with its question."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(page).query).items()}
        question = "&".join(f"{key}={quote(asked[key], safe='')}" for key in ("repo", "branch"))
        target = asked["repo"].rstrip("/").rsplit("/", 1)[-1]
        address = f"{self.server}/git-pull/api?{question}&targetpath={quote(target)}"
        said, last = [], {}
        async for event in self._stream(address):
            said.append(event.get("output", ""))
            last = event
        if last.get("phase") != "finished":
            raise FailedError(f"{self.name}: nbgitpuller: {last.get('message')}\n{''.join(said)}")
        (await self.browser.get(f"{self.server}/{asked['urlpath']}")).raise_for_status()
        return said

    async def open(self, path: str) -> dict[str, Any]:
        """A notebook from the student's folder, through the contents API."""
        answer = await self.browser.get(f"{self.server}/api/contents/{quote(path)}?content=1")
        answer.raise_for_status()
        return answer.json()["content"]

    async def save(self, path: str, notebook: dict[str, Any]) -> None:
        """Save a notebook, as Ctrl + S does."""
        body = {"type": "notebook", "format": "json", "content": notebook}
        answer = await self.browser.put(
            f"{self.server}/api/contents/{quote(path)}",
            json=body,
            headers=self._token(f"/user/{self.name}/"),
        )
        answer.raise_for_status()

    async def start_kernel(self, path: str) -> str:
        """Start a kernel for a notebook; the kernel's id."""
        body = {"path": path, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
        answer = await self.browser.post(
            f"{self.server}/api/sessions", json=body, headers=self._token(f"/user/{self.name}/")
        )
        answer.raise_for_status()
        return answer.json()["kernel"]["id"]

    async def run_all(self, kernel: str, cells: list[str]) -> float:
        """Send all cells at once and wait for the last; seconds. FailedError names a bad cell."""
        session = uuid4().hex
        address = f"{self.server}/api/kernels/{kernel}/channels?session_id={session}"
        cookies = "; ".join(
            f"{one.name}={one.value}"
            for one in self.browser.cookies.jar
            if f"/user/{self.name}/".startswith(one.path) and one.name != "_xsrf"
        )
        wire = HTTPRequest(
            "ws" + address.removeprefix("http"),
            headers={"Cookie": cookies, "Origin": self.hub},
            request_timeout=PATIENCE,
            connect_timeout=PATIENCE,
        )
        start = time.monotonic()
        socket = await websocket_connect(wire)
        try:
            await self._talk(socket, cells, session)
        finally:
            socket.close()
        return time.monotonic() - start

    async def _talk(
        self, socket: WebSocketClientConnection, cells: list[str], session: str
    ) -> None:
        waiting: dict[str, int] = {}
        for number, code in enumerate(cells, 1):
            message = request(code, session)
            waiting[message["header"]["msg_id"]] = number
            await socket.write_message(json.dumps(message))
        while waiting:
            text = await socket.read_message()
            if text is None:
                raise FailedError(f"{self.name}: the connection to the kernel broke.")
            message = json.loads(text)
            self._check(message, waiting)
            if message["msg_type"] == "execute_reply":
                waiting.pop(message["parent_header"]["msg_id"], None)

    def _check(self, message: dict[str, Any], waiting: dict[str, int]) -> None:
        content = message["content"]
        cell = waiting.get(message["parent_header"].get("msg_id", ""))
        bad_reply = message["msg_type"] == "execute_reply" and content["status"] != "ok"
        if message["msg_type"] == "error" or bad_reply:
            error = f"{content.get('ename')}: {content.get('evalue')}"
            raise FailedError(f"{self.name}: cell {cell}: {error}")
        if message["msg_type"] == "stream" and content["name"] == "stderr":
            raise FailedError(f"{self.name}: cell {cell} wrote an error: {content['text']}")
