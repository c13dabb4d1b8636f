"""How the browser of a probe behaves: waits, budgets and looks, chosen once at the door."""

from domain.frozen import Frozen


class BrowserSettings(Frozen):
    """Settings of the probes' browser; every duration says its unit."""

    executable: str = ""  # "" looks for one, see browser_discovery.py
    headless: bool = True
    snapshots: bool = (
        True  # DOM snapshots in the trace; they slow pages, so timing runs go without (architecture.md §6)
    )
    bare: bool = False  # no trace, pictures or host facts at all: the pass in which times are taken
    load_ms: int = 15_000  # a page that takes longer has timed out (methodology.md §3.2: TIMEOUT > 15 s)
    wait_ms: int = 8_000  # for something to appear on a page that has loaded
    budget_s: float = 120.0  # wall clock of one probe, after which the browser is killed
    heap_mb: int = 512  # of a page's scripts; one that wants more is ended before it takes the machine with it
    recycle_after: int = 50  # probes per browser process
    user_agent: str = ""  # "" keeps the browser's own
    locale: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    desktop: tuple[int, int] = (1280, 800)  # CSS pixels
    phone: tuple[int, int] = (390, 844)  # the viewport that methodology.md §3.7 names for mobile entries
