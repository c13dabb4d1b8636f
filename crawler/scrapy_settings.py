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
        "DOWNLOAD_DELAY": job.delay_s,
        "DOWNLOAD_TIMEOUT": job.timeout_s,
        "DOWNLOAD_MAXSIZE": ANSWER_BYTES_MAX,
        "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES": UNUSED_SPIDER_MIDDLEWARES,
        "EXTENSIONS": EXTENSIONS if parent else {},
        "HOST_POLICY": HostPolicy(job.site(), read_only=job.adapter.read_only),
        "PARENT_PID": parent,
        "BACK_OFF_PATIENCE": job.patience,
        "BACK_OFF_PAUSE_S_MAX": job.pause_s_max,
        "RETRY_TIMES": job.retries,
        "RETRY_HTTP_CODES": [408, 500, 502, 504, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "HTTPERROR_ALLOW_ALL": True,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
        "DOWNLOADER_STATS": False,
        "COOKIES_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
    }


EXTENSIONS = {"crawler.parent_watch.ParentWatch": 0}
UNUSED_SPIDER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
"""They judge links that a spider finds by itself; ours makes every address from the portal's own listing."""

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.host_policy.HostPolicyMiddleware": 50,  # before robots.txt is asked of a host
    "crawler.middlewares.robots.StrictRobotsTxtMiddleware": 100,
    "crawler.middlewares.back_off.BackOffMiddleware": 950,  # next to the downloader
}
