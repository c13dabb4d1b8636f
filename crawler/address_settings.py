"""How Scrapy is set up for looking at single addresses on hosts that nobody knows beforehand."""

from typing import Any

from crawler.address_job import AddressJob
from crawler.scrapy_settings import EXTENSIONS, UNUSED_SPIDER_MIDDLEWARES
from portals.host_policy import user_agent

HOSTS_AT_ONCE = 16
SLACK_BYTES = 1024 * 1024
"""The spider stops a download at its own limits; Scrapy's limit lies above and holds for what is unpacked, too."""

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.published_hosts.PublishedHostsMiddleware": 50,  # before robots.txt is asked of a host
    "crawler.middlewares.robots.StrictRobotsTxtMiddleware": 100,
    "crawler.middlewares.manners.MannersMiddleware": 990,
    "crawler.middlewares.back_off.BackOffMiddleware": 950,
}
LINE_ERRORS = [
    "scrapy.exceptions.DownloadFailedError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectionLost",
]
"""Asked once more: a server may close a kept connection just when it is used again. Nothing else is repeated."""

ROBOTS_PATIENCE_S = 15.0
"""Everything on a host waits for its robots.txt, and a late one shuts the host; 15 s is the limit for pages."""


def address_settings(job: AddressJob, *, parent: int = 0) -> dict[str, Any]:
    """Return the settings of one process. Redirects are followed by the spider; Scrapy follows those of robots.txt."""
    return {
        "USER_AGENT": user_agent(job.answerable()),
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": max(HOSTS_AT_ONCE, job.concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.concurrency,
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_DELAY": 0.0 if job.manners.metered else job.delay_s,  # a meter keeps the pause itself
        "DOWNLOAD_TIMEOUT": max(job.page_deadline_s, ROBOTS_PATIENCE_S),  # of robots.txt; an address has its own
        "DOWNLOAD_MAXSIZE": job.file_bytes_max + SLACK_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES": UNUSED_SPIDER_MIDDLEWARES,
        "EXTENSIONS": EXTENSIONS if parent else {},
        "HOST_POLICY": job.policy(),
        "DNS_RESOLVER": resolver_for(job),
        "DNS_TIMEOUT": 15,
        "MANNERS": job.manners,
        "PARENT_PID": parent,
        "BACK_OFF_PATIENCE": job.patience,
        "BACK_OFF_PAUSE_S_MAX": job.pause_s_max,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [],
        "RETRY_EXCEPTIONS": LINE_ERRORS,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "HTTPERROR_ALLOW_ALL": True,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
        "DOWNLOADER_STATS": False,
        "COOKIES_ENABLED": True,  # without them, some sites redirect for ever
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "CRITICAL",  # failing hosts are what is looked for; each is in the spool
    }


def resolver_for(job: AddressJob) -> str:
    """Return the resolver: the sandbox's hosts are on this machine."""
    known = "scrapy.resolver.CachingThreadedResolver"
    return known if job.site().sandbox else "crawler.public_resolver.PublicResolver"
