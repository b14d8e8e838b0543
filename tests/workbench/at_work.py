"""A workbench as requests see it (`Client`), as it listens (`Served`), and as a browser does (`Window`)."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.testclient import TestClient

from dateline.workbench import Settings, make_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

READY = "html[data-ready]"
WORDS = "many quiet words"
"""The password of every account."""


class Client(TestClient):
    """A test client that sends the token of our own pages; `anonymous` requests are made with plain `request(...)`."""

    def __init__(self, project: Path | str, **settings: Any) -> None:
        self.settings = Settings(project=str(project), **settings)
        super().__init__(make_app(self.settings), base_url="http://127.0.0.1:8765", raise_server_exceptions=False)
        self.headers["host"] = "127.0.0.1:8765"

    def token(self) -> str:
        """The token in a page's head."""
        page: str = self.get("/reports", headers={"accept": "text/html"}).text
        return page.partition('name="dateline-token" content="')[2].partition('"')[0]

    def ask(self, path: str, body: object) -> Any:
        """A POST of JSON as our own scripts send it."""
        return self.post(path, json=body, headers={"x-dateline-token": self.token()})

    def sign_in(self, name: str, password: str) -> Any:
        return self.post("/sign-in", data={"name": name, "password": password}, follow_redirects=False)


class SignIn:
    """Clients that are signed in, by name: `signed_in("carl")`."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.opened: list[Client] = []

    def __call__(self, name: str) -> Client:
        client = Client(self.project, auth=True)
        client.__enter__()
        self.opened.append(client)
        assert client.sign_in(name, WORDS).status_code == 303
        return client


class Served:
    """A workbench that listens on a port of this machine."""

    def __init__(self, project: Path, **settings: Any) -> None:
        config = uvicorn.Config(make_app(Settings(project=str(project), **settings)), port=0, log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self.url = ""

    def __enter__(self) -> "Served":
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)
            assert self._thread.is_alive(), "the server did not start"
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


class Window:
    """A browser window on a workbench, with what it complained about and what it asked of others."""

    def __init__(self, browser: "Browser", url: str, *, size: tuple[int, int] = (1280, 900), dark: bool = False) -> None:
        self.url = url
        scheme: Any = "dark" if dark else "light"
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, base_url=url, reduced_motion="reduce"
        )
        self.context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(url) else route.abort())
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on("request", lambda r: None if r.url.startswith(url) else self.outside.append(r.url))
        self.page.on(
            "console",
            lambda m: self.complaints.append(f"{m.text} {m.location.get('url', '')}") if m.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, path: str) -> "Page":
        self.page.goto(path)
        self.page.wait_for_selector(READY, timeout=15_000)
        return self.page

    def press(self, *keys: str) -> int:
        """Press keys, one after the other; how many they were."""
        for key in keys:
            self.page.keyboard.press(key)
        return len(keys)

    def faults(self) -> list[str]:
        """Serious and critical findings of axe on the page as it is."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def shoot(self, name: str) -> None:
        """Keep a picture where DATELINE_SHOTS names a folder, for people to look at."""
        if folder := os.environ.get("DATELINE_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png")

    def close(self) -> None:
        self.context.close()
        assert self.outside == []
        assert self.complaints == []
