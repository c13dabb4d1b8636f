"""``python -m crawler.address_process JOBFILE [PARENT_PID]``: looks at published addresses in a process of its own."""

import sys
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from crawler.address_job import AddressJob
from crawler.address_settings import address_settings
from crawler.completeness import CrawlExit
from crawler.diary import Diary
from crawler.spiders.address_spider import AddressSpider
from crawler.spool import SpoolWriter
from domain.errors import YueceError
from storage.evidence_store import EvidenceStore


def visit(job: AddressJob, parent: int) -> CrawlExit:
    """Look at every address of the job; files wait for the disk once, in the end."""
    evidence = EvidenceStore(job.evidence_root, sync_each=False)
    with SpoolWriter(job.spool) as spool:
        process = AsyncCrawlerProcess(address_settings(job, parent=parent))
        ending = process.crawl(AddressSpider, job=job, diary=Diary(spool, evidence, run=job.run))
        process.start()
    ending.result()
    evidence.sync()
    return CrawlExit.COMPLETE


def main(words: list[str]) -> int:
    """Read the job file and go; every error is one line on stderr."""
    try:
        job = AddressJob.model_validate_json(Path(words[0]).read_bytes())
        return visit(job, int(words[1]) if len(words) > 1 else 0)
    except YueceError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
