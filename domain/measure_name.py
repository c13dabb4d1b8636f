"""The names of the raw figures that probes keep and scoring reads, so that both sides write them alike.

A figure that was not observed is left out or ``None``; scoring then leaves its term out of numerator and denominator.
"""

from enum import StrEnum


class MeasureName(StrEnum):
    """Names in ``Observation.measures``; sources are methodology.md §4.3 and §5."""

    # keyword-search
    RANK = "rank"  # int: place of the searched item among the results, 1 first; None when it was not found
    HITS = "hits"  # int: results shown
    FIRST_HIT_OPENS = "first_hit_opens"  # bool: the first result opens and its 在线办理 is no error
    HIT_AT_1 = "hit_at_1"  # bool: the official name shows the item (gain 2 or 3) first; likewise in each row
    HIT_AT_3 = "hit_at_3"
    HIT_AT_10 = "hit_at_10"
    ZERO_RESULT = "zero_result"  # bool: nothing was shown
    WRONG_PLACE = "wrong_place"  # bool: the first result is the same item of another place (gain 1)
    NDCG_WORDED = "ndcg_at_10_t0_t4"  # float: mean nDCG@10 over the graded queries T0–T4
    HIT_AT_3_WORDED = "hit_at_3_t2_t4"  # float: share of the graded queries T2–T4 with a hit among the first three
    FINDABLE = "findable"  # bool: one of T0–T2 has a hit among the first ten
    ROBUSTNESS = "robustness"  # float: Hit@3 of T5–T9 over Hit@3 of T0; None where T0 itself misses
    ZERO_SHARE = "zero_result_share"  # float: share of the queries seen that showed nothing
    WRONG_PLACE_SHARE = "wrong_place_share"  # float: share of the queries seen whose first result is of another place

    # online-application
    PAGES = "pages"  # int: pages of the form that were reached; 0: the form could not be entered
    LOGIN_UNIFIED = "login_unified"  # bool: the provincial login was used
    SECOND_LOGIN = "second_login"  # bool: another login was asked for (also booking-calendar)
    LOGIN_WAYS = "login_ways"  # int: ways to log in other than a picture captcha alone
    RETURNED_TO_ITEM = "returned_to_item"  # bool: after the login the same item was shown
    FIELDS = "fields"  # int: fields of the form
    PREFILLED = "prefilled"  # int: fields that came filled
    PREFILLABLE = "prefillable"  # int: fields that the portal could fill from the login
    UPLOADS = "uploads"  # int: files asked for
    LIMITS_TOLD = "limits_told"  # bool: formats and sizes are named before the upload
    COMMON_FORMATS = "common_formats"  # bool: jpg, png and pdf of at least 5 MB are taken
    EMPTY_FIELD_NAMED = "empty_field_named"  # bool: an emptied required field gets a message that says what to do
    DRAFT_KEPT = "draft_kept"  # bool: a draft can be kept
    LICENCE_OFFERED = "licence_offered"  # bool: an e-licence or 免提交 can be picked
    RECEIPT_PROMISED = "receipt_promised"  # bool: the confirm page promises a receipt or number
    RESULT_WITHOUT_VISIT = "result_without_visit"  # bool: the result can be had without a visit
    MESSAGES_OFFERED = "messages_offered"  # bool: a message service is offered
    PROGRESS_REACHABLE = "progress_reachable"  # bool: the progress enquiry opens and answers
    RATING_ENTRY = "rating_entry"  # bool: an entry to rate is shown
    DEAD_ENDS = "dead_ends"  # int: pages without a way on, and error pages
    SLOW_PAGES = "slow_pages"  # int: pages that took more than 15 s
    SESSION_LOST = "session_lost"  # bool: the session was lost with what was typed
    SIDEWAYS_SCROLLING = "sideways_scrolling"  # bool: at 390 px the page scrolls sideways
    SERIOUS_AXE_RULES = "serious_axe_rules"  # int: serious or critical accessibility rules broken
    WRONG_ID_NAMED = "wrong_id_named"  # bool: a wrong check character gets a message at the field that says what to do
    WRONG_TYPE_NAMED = "wrong_type_named"  # bool: likewise a file of a wrong type
    TOO_LARGE_NAMED = "too_large_named"  # bool: likewise a file that is too large
    SCENARIO_CHOICE = "scenario_choice"  # bool: two or more situations can be chosen from
    PRINT_OPENS = "print_opens"  # bool: the guide can be had as a PDF
    WALKS = "walks"  # int: walks made: two on a desktop, one on a telephone
    WAITING_S = "waiting_s"  # float: seconds waited for pages of the form on the first walk
    KLM_S = "klm_s"  # float: seconds by the Keystroke-Level Model, mean of the desktop walks
    TIMED_WAITING_S = "timed_waiting_s"  # float: likewise, in the timing pass (page-times, as the next ones)
    TIMED_PAGE_S = "timed_page_s"  # float: mean seconds for one page of the form
    TIMED_KLM_S = "timed_klm_s"  # float: Keystroke-Level seconds with that waiting
    TIMED_SEARCH_S = "timed_search_s"  # float: from the home page to results
    TIMED_GUIDE_S = "timed_guide_s"  # float: until the guide stands
    TIMED_ENTRANCE_S = "timed_entrance_s"  # float: from 在线办理 to wherever it leads
    TIMED_SIGN_IN_S = "timed_sign_in_s"  # float: from the login page to the form
    LIKE_SERVICES = "like_services"  # str: which services this one is like, so that efforts can be compared

    # booking-calendar
    CLICKS = "clicks"  # int: clicks from the guide to the calendar
    SLOTS_PER_DAY = "slots_per_day"  # int: most time slots that one of the next five working days shows
    FIRST_FREE_DAYS = "first_free_days"  # int: working days until the first free slot, 0 today
    CANCEL_EXPLAINED = "cancel_explained"  # bool: how to cancel or change is told
    FLAG_CONSISTENT = "flag_consistent"  # bool: what the guide says about booking is what its page offers

    # online-entrance
    ENTRANCE = "entrance"  # str: an EntranceKind (also online-application)
    ASKS_LOGIN = "asks_login"  # bool: what 在线办理 leads to asks for a login
    SINGLE_SIGN_ON = "single_sign_on"  # bool: one provincial login opens the item; None: it was not tried or not told

    # theme-service
    FOUND = "found"  # bool: the search or the list of themed services shows it
    USABLE = "usable"  # bool: loads, two linked items, one guide, one form, all links answer, confirm page reached

    # chatbot; every share is 0..1 over the questions that could be graded (methodology.md §4.4)
    DESK_QUESTIONS = "desk_questions"  # int: questions that were graded
    DESK_ACCURACY = "desk_accuracy"  # mean grade
    DESK_CONSISTENCY = "desk_consistency"  # share of questions with one grade for all their wordings
    DESK_IN_TURNS = "desk_in_turns"  # share answered, and not turned away, within two turns
    DESK_IN_TIME = "desk_in_time"  # share whose every turn came within 5 s
    DESK_REFUSALS = "desk_refusals"  # int: questions turned away with a stock phrase
    # chatbot-controls
    DESK_CONTROLS = "desk_controls"  # int: questions outside any office's business that were graded
    DESK_CONTROLS_HELD = "desk_controls_held"  # mean grade; 1: no confident answer to any of them

    # mobile-entrance
    MOBILE_DECLARED = "mobile_declared"  # bool: the guide names a mobile address or platform
    MOBILE_TRIED = "mobile_tried"  # int: mobile entries of which it could be seen whether they open
    MOBILE_OPEN = "mobile_open"  # int: those that do
    MOBILE_APP_ONLY = "mobile_app_only"  # int: entries behind which an app waits, where no program can look

    # portal-consistency
    FIELDS_COMPARED = "fields_compared"  # int: fields held against another portal (also guide-faces, its faces)
    FIELDS_DIFFERING = "fields_differing"  # int: those that read otherwise there
    MATERIALS_COMPARED = "materials_compared"  # int: portals whose materials could be compared
    MATERIALS_DIFFERING = "materials_differing"  # int: those whose materials differ

    # offline-consistency, recorded by people (also fields_compared, fields_differing, materials_…)
    CONDITIONS_COMPARED = "conditions_compared"  # int: times that 受理条件 was compared with a counter or telephone
    CONDITIONS_DIFFERING = "conditions_differing"  # int: of these, times that it differed
