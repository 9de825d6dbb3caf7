"""Named states. Numbers are stored in tables and results: add at the end, never renumber."""

from __future__ import annotations

from enum import IntEnum


class Activity(IntEnum):
    """What a person does."""

    ABSENT = 0
    """Has not entered the population yet (a later cohort)."""
    STUDYING = 1
    SEARCHING = 2
    TRAINING = 3
    INTERN = 4
    EMPLOYED = 5
    FOUNDER = 6
    INACTIVE = 7
    AGED_OUT = 8
    """Has left the youth population with the post held, or to study on; stays in the table, and nothing happens to it any more."""


class Place(IntEnum):
    """Where a person is."""

    ELSEWHERE = 0
    VISITING = 1
    RESIDENT = 2


class Origin(IntEnum):
    """As what somebody is counted by origin at the end of a day."""

    NONE = 0
    FROM_ELSEWHERE = 1
    """From elsewhere and resident."""
    LOCAL_HERE = 2
    """A local who has left school and lives here."""
    LOCAL_AWAY = 3


class Education(IntEnum):
    """Education tier."""

    VOCATIONAL = 0
    BACHELOR = 1
    MASTER = 2


class FieldOfStudy(IntEnum):
    """Field of study, and industry of an employer."""

    MANUFACTURING = 0
    COMPUTING = 1
    BUSINESS = 2
    SERVICES = 3
    AGRICULTURE = 4


FIELDS = len(FieldOfStudy)


class PostState(IntEnum):
    """Life of a post."""

    OPEN = 0
    """Takes applications."""
    INTERVIEWING = 1
    OFFERING = 2
    """About to be offered, or offered to its holder, who has not answered."""
    FILLED = 3
    LAPSED = 4
    KEPT = 5
    """Taken off the boards, without an application yet, for somebody in a class or a place."""


class Stage(IntEnum):
    """How far an application kept by an employer has come."""

    KEPT = 0
    CALLED = 1
    INTERVIEWED = 2
    MISSED = 3
    REFUSED = 4
    ACCEPTED = 5
    OFFERED = 6
    """Has an offer, and has not answered it."""


class Channel(IntEnum):
    """How an application reached the employer."""

    ADVERT = 0
    REFERRAL = 1
    FAIR = 2
    CAMPUS = 3
    CASEWORK = 4
    DESK = 5
    CLASS = 6
    PLACEMENT = 7
    VISIT = 8


class Trip(IntEnum):
    """Why a person travels."""

    INTERVIEW = 0
    EXPLORE = 1
    FAIR = 2
    EXAM = 3


class EventKind(IntEnum):
    """What a planned day holds."""

    FAIR = 0
    ONLINE_FAIR = 1
    EVENING_FAIR = 2
    CAMPUS_TRIP = 3
    GROUP_VISIT = 4
    LECTURE = 5
    ROLE_MODEL_TALK = 6
    MENU_COURSE = 7
    CONTRACTED_CLASS = 8
    INTAKE = 9
    STARTUP_LECTURE = 10
    STARTUP_CAMP = 11
    EQUITY_ROUND = 12
    LEGAL_TRAINING = 13
    SOCIAL_EVENT = 14
    MATCHMAKING = 15
    SAFETY_COURSE = 16
    SAFETY_UNITS = 17
    DEPUTIES = 18
    LEADERS = 19
    STAFF_SEMINAR = 20
    OTHER = 21
    """Of a lever of another package."""
    SAFETY_CERTIFICATE = 22
    CAMPUS_MEETING = 23
    FAIR_INVITATION = 24


class Admission(IntEnum):
    """Services of one lever that a trial can admit people to apart: their bits in a person's `barred`, from above; those of levers stand below."""

    BUSINESS_MENTORS = 31
    CAREER_MENTORS = 30
    LECTURES = 29
    ADVICE = 28
    MENU_COURSES = 27
    CONTRACTED_CLASSES = 26


class Help(IntEnum):
    """Kinds of help with a search: each is had once a search. Bits of a person's `helped`, which holds eight."""

    CONTACT = 0
    FAIR = 1
    LECTURE = 2
    TALK = 3
    ADVICE = 4
    MENTOR = 5
    PLAN = 6
    OTHER = 7
    """Of a lever of another package."""


class Course(IntEnum):
    """What a trainee attends."""

    OWN = 0
    """A course at own cost."""
    MENU = 1
    CONTRACTED = 2


class Preparation(IntEnum):
    """What a person prepares for, or has a place for. Exams are bits of the calendar's `exams` and `results`."""

    NONE = 0
    POSTGRADUATE = 1
    UPGRADE = 2
    """From a vocational college into a bachelor's course (专升本)."""
    CIVIL_SERVICE = 3
    ADMITTED = 4
    """Goes on to study in the autumn."""


class Placement(IntEnum):
    """What kind of place an intern has."""

    OWN = 0
    """Found without help."""
    GRADUATE = 1
    """One year after graduation, paid."""
    GOVERNMENT = 2
    INDUSTRY = 3
    SUMMER = 4
    CONTRACTED = 5
    """A student's class to order: school and firm in turn."""
    PRACTICE = 6
    """Practice in villages: no place in a firm or an office."""


class Proof(IntEnum):
    """What shows something of a person's skill to every employer."""

    PRACTICE = 0
    MENU_CERTIFICATE = 1
    CLASS_CERTIFICATE = 2
    SAFETY_CERTIFICATE = 3


class OutreachChannel(IntEnum):
    """Channels that spread knowledge of services."""

    JOB_BOARDS = 0
    RECRUITMENT_EVENTS = 1
    CAMPUS_GROUPS = 2
    VISITS = 3
    KIOSKS = 4
    MEDIA = 5
    ONLINE_COMMUNITIES = 6


class Money(IntEnum):
    """Accounts of the ledger of households: every yuan that enters or leaves somebody's savings."""

    WAGES = 0
    FAMILY_SUPPORT = 1
    LIVING_COSTS = 2
    SEARCH_COSTS = 3
    FARES = 4
    PAID_NIGHTS = 5
    VOUCHERS = 6
    COURSE_FEES = 7
    CAPITAL_INVESTED = 8
    PROFITS = 9
    OPENING_SAVINGS = 10
    STIPENDS = 11
    SUBSIDIES = 12
    HOMES = 13
    ARREARS_RECOVERED = 14


class Cash(IntEnum):
    """Accounts of the ledger of new firms: every yuan that enters or leaves a start-up's cash."""

    CAPITAL = 0
    LOANS_RECEIVED = 1
    REVENUE = 2
    RUNNING_COSTS = 3
    WAGES = 4
    PROFITS_TAKEN = 5
    LOANS_REPAID = 6
    CLOSED = 7
    GRANTS = 8
    DISPUTES = 9
    HANDED_ON = 10
    """Of firms whose founder has aged out: they are start-ups no more."""
    EQUIPMENT = 11
    """What money in a business buys, and what it fetches when the firm closes."""
    FAMILY_REPAID = 12
    HIRING_SUBSIDIES = 13


class Repayment(IntEnum):
    """How a loan is repaid (`sim/rules/lending.py`)."""

    INSTALMENTS = 0
    INTEREST_ONLY = 1
    BULLET = 2


class Count(IntEnum):
    """Running counts since the start of the run (flows)."""

    POSTS_OPENED = 0
    POSTS_LAPSED = 1
    POSTS_FILLED = 2
    VACANCY_DAYS = 3
    APPLICATIONS_SENT = 4
    INTERVIEWS_CALLED = 5
    INTERVIEWS_HELD = 6
    INTERVIEWS_MISSED = 7
    OFFERS_MADE = 8
    CONTRACTS_SIGNED = 9
    CONTRACTS_BROKEN = 10
    HIRES = 11
    HIRES_FROM_ELSEWHERE = 12
    HIRES_OUTSIDE = 13
    SEPARATIONS = 14
    DISMISSALS = 15
    ARRIVALS = 16
    TRIPS_DECLINED = 17
    STATION_GUESTS = 18
    STATION_NIGHTS = 19
    STATION_TURNED_AWAY = 20
    GUESTS_INTERVIEWED = 21
    GUESTS_SIGNED = 22
    GUESTS_PLACED = 23
    LODGING_TRAVELLED = 24
    FAIR_ATTENDANCES = 25
    FAIR_HIRES = 26
    CAMPUS_POSTS = 27
    CAMPUS_CVS = 28
    CAMPUS_INTERVIEWS = 29
    CAMPUS_INTENTS = 30
    CAMPUS_CONTRACTS = 31
    CAMPUS_HIRES = 32
    VOUCHERS_USED = 33
    INTERNS_STARTED = 34
    INTERNS_KEPT = 35
    TRAINED = 36
    STARTUPS_FOUNDED = 37
    STARTUPS_CLOSED = 38
    LOANS_APPLIED = 39
    LOANS_GRANTED = 40
    LOAN_AMOUNT_GRANTED = 41
    LOANS_DEFAULTED = 42
    LOAN_AMOUNT_DEFAULTED = 43
    LOAN_AMOUNT_REPAID = 44
    BANK_LOANS_GRANTED = 45
    MENTEES = 46
    LEFT_REGION = 47
    EMPLOYERS_CLOSED = 48
    CVS_NOT_KEPT = 49
    DESK_CONSULTATIONS = 50
    DESK_HIRES = 51
    LECTURES_ATTENDED = 52
    ADVICE_GIVEN = 53
    MENU_TRAINED = 54
    CONTRACTED_TRAINED = 55
    TRAINING_HIRED = 56
    PLACEMENTS_STARTED = 57
    PLACEMENTS_ENDED = 58
    PLACEMENTS_KEPT = 59
    STARTUP_COURSES_ATTENDED = 60
    EQUITY_INVESTED = 61
    EQUITY_FIRMS = 62
    DISPUTES = 63
    ARREARS = 64
    LEGAL_CASES = 65
    LEGAL_RECOVERED = 66
    LEGAL_TRAINED = 67
    SUBSIDIES_PAID = 68
    HOMES_BOUGHT = 69
    STARTUP_GRANTS = 70
    EVENTS_ATTENDED = 71
    COUPLES = 72
    CASES_OPENED = 73
    REFERRALS = 74
    REFERRALS_HIRED = 75
    ACCIDENTS = 76
    SAFETY_TRAINED = 77
    VOLUNTEER_HOURS = 78
    OTHER_DUTY_HOURS = 79
    HOUSEHOLD_VISITS = 80
    STUDENT_PLACEMENTS = 81
    AGED_OUT = 82
    POSTS_TAKEN_ALONG = 83
    FIRMS_HANDED_ON = 84
    EQUITY_LOST = 85
    APPLICATIONS_OF_SEEKERS = 86
    """Those of people in the region who have neither a job nor a contract."""
    INTERVIEWS_CANCELLED = 87
    """Agreed with an employer who closed, or took the post off the boards, before the day; or with somebody who has left the youth population."""
    OFFERS_REFUSED = 88
    NEWLY_RESIDENT = 89
    """People from elsewhere who live here for the first time."""
    APPLICANTS_GRADUATED = 90
    """Graduates of campuses here who had applied for a post by the day of graduation."""
    GRADUATED_UNINTERVIEWED = 91
    """Of these, who had not been interviewed."""
    POSTS_KEPT = 92
    """Taken off the boards for somebody in a class or a place."""
    GAVE_UP = 93
    """Searches given up for a while, for want of hope of an offer."""
    LOCALS_LEFT = 94
    """Locals who cease to live here; students who study elsewhere have not left."""
    LOCALS_RETURNED = 95
    """Locals who live here again, or come home from a campus elsewhere."""
    DAY_TRIPS = 96
    """Trips to the region without a bed: for the day, or home to the family."""
    OFFERS_WITHDRAWN = 97
    """By an employer who closed, or took the post off the boards, before the answer."""
    SECOND_INTERVIEWS = 98
    """Of the interviews held, those of a second round."""
    EXAMS_SAT = 99
    STUDYING_ON = 100
    """People who have left the youth population to study on."""
    ENTERED_SERVICE = 101


ACTIVITIES = len(Activity)
PLACES = len(Place)


class Stock(IntEnum):
    """Stocks counted at the end of a day, after the table of persons by activity and place (ACTIVITIES * PLACES entries)."""

    EMPLOYED_IN_REGION = 27
    RESIDENTS_FROM_ELSEWHERE = 28
    VACANCIES_OPEN = 29
    STARTUPS_ALIVE = 30
    STARTUP_JOBS = 31
    SAVINGS = 32
    STARTUP_CASH = 33
    PENDING_CONTRACTS = 34
    WAITING_TO_START = 35
    """Residents who have left education, have no job, and wait for the start of a signed contract."""
    SEEKERS = 36
    """People in the region without job or contract who have searched within `SEARCH_DAYS`, students included."""
    UNEMPLOYED_16_24 = 37
    """From here on to `WORKING_25_29`: as the bureau last counted (`sim/rules/bureau.py`)."""
    WORKING_16_24 = 38
    UNEMPLOYED_25_29 = 39
    WORKING_25_29 = 40
    LOCALS_HERE = 42
    """Locals who have left school and live here."""
    LOCALS_AWAY = 43
    """Locals who have left school and live elsewhere."""
    PREPARING = 41
    """Residents who have left education, do not work and prepare for an exam, as the bureau last counted."""
    AWARE = 44
    """First of one entry a lever: persons who know of the service."""


class ServiceEntry(IntEnum):
    """What is recorded of each service."""

    SPENT = 0
    REACHED = 1
    SERVED = 2
    TURNED_AWAY = 3
    IN_USE = 4
