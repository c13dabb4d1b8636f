"""Ends a crawl whose starter is gone or that somebody has stopped, so that no orphan goes on visiting a portal."""

import os

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from portals.manners import Manners

LOOK_EVERY_S = 0.5
EXIT_ORPHANED = 1
EXIT_STOPPED = 4


class ParentWatch:
    """Looks twice a second whether the parent is still the process that gave the order.

    What was seen is in the spool already, so there is nothing to tidy up: the process ends at once.
    """

    def __init__(self, parent: int, manners: Manners) -> None:
        self._parent = parent
        self._manners = manners
        self._loop = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ParentWatch":
        parent = crawler.settings.getint("PARENT_PID")
        if not parent:
            raise NotConfigured("nobody to watch")
        watch = cls(parent, crawler.settings["MANNERS"])
        crawler.signals.connect(watch.start, signal=signals.engine_started)
        crawler.signals.connect(watch.stop, signal=signals.engine_stopped)
        return watch

    def start(self) -> None:
        """Begin to look."""
        self._loop.start(LOOK_EVERY_S, now=True)

    def stop(self) -> None:
        """Stop looking."""
        if self._loop.running:
            self._loop.stop()

    def _look(self) -> None:
        if os.getppid() != self._parent:
            os._exit(EXIT_ORPHANED)
        if self._manners.is_stopped:
            os._exit(EXIT_STOPPED)
