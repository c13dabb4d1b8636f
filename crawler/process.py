"""``python -m crawler.process JOBFILE [PARENT_PID]``: one crawl in its own process; its exit code says how it ended."""

import sys
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from crawler.completeness import CrawlExit, is_complete
from crawler.diary import Diary
from crawler.job import CrawlJob
from crawler.scrapy_settings import scrapy_settings
from crawler.spiders.guide_spider import GuideSpider
from crawler.spool import SpoolWriter, read_spool
from domain.errors import YueceError
from storage.evidence_store import EvidenceStore


def crawl(job: CrawlJob, parent: int) -> CrawlExit:
    """Run the crawl to its end.

    Evidence waits for the disk once, in the end: what a failing machine loses before that is fetched again.
    """
    evidence = EvidenceStore(job.evidence_root, sync_each=False)
    with SpoolWriter(job.spool) as spool:
        diary = Diary(spool, evidence, run=job.run)
        process = AsyncCrawlerProcess(scrapy_settings(job, parent=parent))
        ending = process.crawl(GuideSpider, job=job, diary=diary)
        process.start()
    ending.result()
    evidence.sync()
    return CrawlExit.COMPLETE if is_complete(job, read_spool(job.spool, outline=True)) else CrawlExit.GAPS


def main(words: list[str]) -> int:
    """Read the job file and crawl; every error is one line on stderr."""
    try:
        job = CrawlJob.model_validate_json(Path(words[0]).read_bytes())
        return crawl(job, int(words[1]) if len(words) > 1 else 0)
    except YueceError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
