"""Writes dates.txt: rules, a start, and the next dates after it as python-dateutil 2.9 finds them."""
import random
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

random.seed(5545)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
STARTS = ["2024-02-29", "2026-01-31", "2026-12-31", "2023-07-04", "1999-12-27", "2027-03-01", "2096-02-29", "2025-09-17"]
DATES = 6


# Not "1FR,WE": dateutil wants both at once, by the RFC either will do
def weekdays(frequency):
    days = random.sample(WEEKDAYS, random.choice([1, 1, 2, 3, 5]))
    if frequency == "MONTHLY" and random.random() < 0.6:
        days = [random.choice(["1", "2", "+3", "4", "5", "-1", "-2", "-5"]) + day for day in days]
    if frequency == "YEARLY" and random.random() < 0.6:
        days = [random.choice(["1", "20", "+52", "53", "-1", "-10", "-53"]) + day for day in days]
    return ",".join(days)


def month_days():
    days = random.sample([1, 13, 15, 17, 28, 29, 30, 31, -1, -2, -28, -31], random.choice([1, 1, 2, 4]))
    return ",".join(map(str, days))


def rule():
    frequency = random.choice(["DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = [f"FREQ={frequency}"]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.choice([2, 3, 4, 5, 7, 12])}")
    if random.random() < 0.6:
        parts.append(f"BYDAY={weekdays(frequency)}")
    if frequency != "WEEKLY" and random.random() < 0.5:
        parts.append(f"BYMONTHDAY={month_days()}")
    return parts


lines = set()
while len(lines) < 400:
    parts, start = rule(), random.choice(STARTS)
    begin = datetime.fromisoformat(start)
    dates = list(islice(rrulestr(";".join(parts), dtstart=begin), DATES + 1))
    ending = random.random()
    # The first date counts with us whether or not it fits the rule, so COUNT only where both agree
    if ending < 0.2 and dates and dates[0] == begin:
        parts.append(f"COUNT={random.choice([1, 2, 4])}")
    elif ending < 0.4 and len(dates) > 3:
        parts.append(f"UNTIL={dates[random.choice([1, 2, 3])]:%Y%m%d}")
    text = ";".join(parts)
    found = [d for d in islice(rrulestr(text, dtstart=begin), DATES + 1) if d > begin][:DATES]
    lines.add(f"{text} | {start} | " + " ".join(f"{d:%Y-%m-%d}" for d in found))

with open("dates.txt", "w") as table:
    table.write("\n".join(sorted(lines)) + "\n")
