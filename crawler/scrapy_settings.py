"""How Scrapy is set up for a polite, complete and repeatable crawl (stack.md §5)."""

from typing import Any

from crawler.job import CrawlJob
from portals.host_policy import HostPolicy, user_agent

ANSWER_BYTES_MAX = 32 * 1024 * 1024


def scrapy_settings(job: CrawlJob, *, parent: int = 0) -> dict[str, Any]:
    """Return the settings of one crawl process.

    There is no JOBDIR: it loses requests silently after a kill, so resuming is the job's ``done``. ``CONCURRENT_ITEMS``
    is 4 because its default starts a hundred tasks for every answer.
    """
    return {
        "USER_AGENT": user_agent(job.answerable()),
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": job.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.concurrency,
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_DELAY": 0.0 if job.manners.metered else job.delay_s,  # a meter keeps the pause itself
        "DOWNLOAD_TIMEOUT": job.timeout_s,
        "DOWNLOAD_MAXSIZE": ANSWER_BYTES_MAX,
        "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES": UNUSED_SPIDER_MIDDLEWARES,
        "EXTENSIONS": UNUSED_EXTENSIONS | EXTENSIONS if parent else UNUSED_EXTENSIONS,
        "HOST_POLICY": HostPolicy(job.site(), read_only=job.adapter.read_only),
        "MANNERS": job.manners,
        "PARENT_PID": parent,
        "BACK_OFF_PATIENCE": job.patience,
        "BACK_OFF_PAUSE_S_MAX": job.pause_s_max,
        "RETRY_TIMES": job.retries,
        "RETRY_HTTP_CODES": [408, 500, 502, 504, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "HTTPERROR_ALLOW_ALL": True,
        "REDIRECT_MAX_TIMES": 5,
        "REFERER_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it reads the source of every callback
        "LOG_LEVEL": "WARNING",
    }


EXTENSIONS = {"crawler.parent_watch.ParentWatch": 0}
UNUSED_EXTENSIONS: dict[str, int | None] = {
    f"scrapy.extensions.{name}": None
    for name in (
        "closespider.CloseSpider",
        "corestats.CoreStats",
        "feedexport.FeedExporter",
        "logcount.LogCount",
        "logstats.LogStats",
        "memdebug.MemoryDebugger",
        "memusage.MemoryUsage",
        "remote_control.RemoteControl",
        "spiderstate.SpiderState",
        "telnet.TelnetConsole",
        "throttle.AutoThrottle",
    )
}
"""Each is imported at every start even where it is switched off, and some hear of every request."""

UNUSED_SPIDER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
"""They judge links that a spider finds by itself; ours makes every address from the portal's own listing."""

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the host policy judges every host
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "crawler.middlewares.host_policy.HostPolicyMiddleware": 50,  # before robots.txt is asked of a host
    "crawler.middlewares.robots.StrictRobotsTxtMiddleware": 100,
    "crawler.middlewares.manners.MannersMiddleware": 990,
    "crawler.middlewares.back_off.BackOffMiddleware": 950,  # next to the downloader
}
