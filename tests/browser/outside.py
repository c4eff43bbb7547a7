"""What a page asks of other machines: it is written down, and nothing gets there."""

from playwright.sync_api import BrowserContext, Page

# A proxy that nobody runs. Chromium asks it for all but this machine, also for what it wants for
# itself (updates, the completion of forms), which is no request of the page and not written down.
DEAD_END = "--proxy-server=http://127.0.0.1:9"
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:", "file:")


def new_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and a list that grows by each address it asks for that is not on this machine."""
    page = context.new_page()
    asked: list[str] = []

    def note(address: str) -> None:
        if not address.startswith(LOCAL):
            asked.append(address)

    context.on("request", lambda request: note(request.url))
    # Playwright tells of a web socket when it opens. One that never can is told by Chromium alone.
    protocol = context.new_cdp_session(page)
    protocol.on("Network.webSocketCreated", lambda socket: note(socket["url"]))
    protocol.send("Network.enable")
    return page, asked
