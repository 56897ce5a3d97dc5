#!/usr/bin/env python3
"""Writes Sources/Warehouse/Calendar/NYSECalendar.swift from the PyPI package exchange_calendars.

The Swift file is committed; the build never runs this. To bring the table up to date:

    python3 -m venv .venv
    .venv/bin/pip install exchange_calendars
    .venv/bin/python scripts/generate_nyse_calendar.py

The same version of the package always writes the same bytes. Stops with an error when the package tells something that
the table has no words for: a session on a weekend, a late open, a close on half an hour.
"""

import argparse
import datetime
import importlib.metadata
import pathlib
import sys

import exchange_calendars

FIRST_YEAR = 1990
LAST_YEAR = 2030
TARGET = pathlib.Path(__file__).parent.parent / "Sources/Warehouse/Calendar/NYSECalendar.swift"


def literals(days: list[datetime.date]) -> str:
    """The days as Swift integers YYYY_MM_DD, one line a year (two for long years)."""
    lines = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        of_year = [day.strftime("%Y_%m_%d") for day in days if day.year == year]
        for start in range(0, len(of_year), 9):
            lines.append("        " + ", ".join(of_year[start : start + 9]) + ",")
    return "\n".join(lines)


def table(name: str, comment: str, days: list[datetime.date]) -> str:
    return f"    /// {comment}\n    static let {name}: [Int32] = [\n{literals(days)}\n    ]\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=pathlib.Path, default=TARGET)
    output = parser.parse_args().output

    calendar = exchange_calendars.get_calendar("XNYS", start=f"{FIRST_YEAR}-01-01", end=f"{LAST_YEAR}-12-31")
    sessions = {label.date() for label in calendar.sessions}
    ad_hoc = {label.date() for label in calendar.adhoc_holidays}

    days = [datetime.date(FIRST_YEAR, 1, 1)]
    while days[-1] < datetime.date(LAST_YEAR, 12, 31):
        days.append(days[-1] + datetime.timedelta(days=1))
    closed = [day for day in days if day.weekday() < 5 and day not in sessions]
    closing_hours: dict[int, list[datetime.date]] = {}
    for label, row in calendar.schedule.iterrows():
        day = label.date()
        opens = row["open"].tz_convert("America/New_York")
        closes = row["close"].tz_convert("America/New_York")
        if day.weekday() >= 5:
            sys.exit(f"{day} is a session on a weekend")
        if (opens.hour, opens.minute) != (9, 30) or not row.filter(like="break").isna().all():
            sys.exit(f"{day} opens late or has a break")
        if closes.minute != 0 or closes.hour not in (13, 14, 16):
            sys.exit(f"{day} closes at {closes:%H:%M}")
        closing_hours.setdefault(closes.hour, []).append(day)

    version = importlib.metadata.version("exchange_calendars")
    parts = [
        f"// Written by scripts/generate_nyse_calendar.py from exchange_calendars {version}; not edited by hand.\n\n"
        "/// Days on which the New York Stock Exchange did not or will not trade from 9:30 to 16:00.\n///\n"
        "/// Written `YYYY_MM_DD`, ascending. Weekends are not listed: there was never a session on one in these years.\n"
        "enum NYSECalendar {\n"
        "    /// The years that the table covers.\n"
        f"    static let years = {FIRST_YEAR}...{LAST_YEAR}\n",
        table("holidays", "Weekdays closed for a holiday.", [day for day in closed if day not in ad_hoc]),
        table(
            "adHocClosings",
            "Weekdays closed for mourning, attack or storm.",
            [day for day in closed if day in ad_hoc],
        ),
        table("closingsAtOne", "Sessions that close at 13:00.", closing_hours[13]),
        table("closingsAtTwo", "Sessions that close at 14:00.", closing_hours[14]),
    ]
    output.write_text("\n".join(parts) + "}\n")


if __name__ == "__main__":
    main()
