"""What a page asks of other machines: it is written down, and nothing gets there."""

from playwright.sync_api import BrowserContext, Page

# A proxy that nobody runs. Chromium asks it for all but this machine, also for what it wants for
# itself (updates, the completion of forms), which is no request of the page and not written down.
DEAD_END = "--proxy-server=http://127.0.0.1:9"
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:", "file:")


def watch(context: BrowserContext) -> list[str]:
    """A list that grows by the address of each request that would leave this machine."""
    seen: list[str] = []

    def note(address: str) -> None:
        if not address.startswith(LOCAL):
            seen.append(address)

    def follow(page: Page) -> None:
        page.on("websocket", lambda socket: note(socket.url))

    context.on("request", lambda request: note(request.url))
    context.on("page", follow)
    return seen
