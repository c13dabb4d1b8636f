"""What waits behind 在线办理 and 预约 of each guide, before any misbehaviour."""

import random
from dataclasses import replace

from sandbox.form_traits import choose_traits
from sandbox.model import Application, Booking

KINDS = (
    ("form", 82),
    ("login_only", 6),
    ("external", 5),
    ("app_only", 3),
    ("not_open", 2),
    ("dead_end", 1),
    ("error", 1),
)
PAGES = ("填写基本信息", "选择办理情形", "上传申请材料", "选择送达方式", "确认提交")
HORIZON = 10  # working days that a calendar shows


def choose_application(rng: random.Random, item_id: str) -> Application:
    """Draw an application service; a form has three to five pages and ends in 确认提交.

    How it treats its citizens comes from a stream of the guide's own, so that nothing else depends on it.
    """
    kind = rng.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    if kind in ("form", "dead_end"):
        form = replace(make_form(rng), traits=choose_traits(fork(rng, item_id)))
        return replace(form, kind=kind)  # type: ignore[arg-type]  # KINDS holds names of the literal only
    return Application(kind=kind)  # type: ignore[arg-type]  # see above


def fork(rng: random.Random, purpose: str) -> random.Random:
    """Open a stream of its own that depends on the first one's state and leaves it as it is."""
    twin = random.Random()
    twin.setstate(rng.getstate())
    return random.Random(f"{purpose}|{twin.random()}")


def make_form(rng: random.Random) -> Application:
    """Make a form of three to five pages; one form in seven posts a draft at each page."""
    middle = sorted(rng.sample(range(1, 4), rng.randint(1, 3)))
    pages = (PAGES[0], *(PAGES[position] for position in middle), PAGES[-1])
    return Application(kind="form", pages=pages, autosave=rng.random() < 0.15)


def choose_booking(rng: random.Random) -> Booking:
    """Draw a calendar: most offer several slots a day, some one a day, some are fully booked."""
    slots = rng.choices((1, 2, 4, 8), (14, 20, 40, 26))[0]
    if rng.random() < 0.07:
        return Booking(free_by_day=(0,) * HORIZON, slots_per_day=slots)
    free = [rng.randint(0, slots) for _ in range(HORIZON)]
    free[rng.randrange(5)] = slots  # a calendar that is not full has a free day within five working days
    return Booking(free_by_day=tuple(free), slots_per_day=slots)
