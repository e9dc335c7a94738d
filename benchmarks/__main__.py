"""`make bench`: everything that is measured, in one run."""

from __future__ import annotations

from benchmarks import (
    alarms,
    answered,
    capacity,
    comments,
    coverage,
    dashboard_visit,
    directions,
    first_visit,
    flags,
    imports,
    inserts,
    months,
    odds,
    pages,
    rank_sets,
    ranking,
    redaction,
    reliability,
    reports,
    sign_in,
    tail,
    unit_page,
)

if __name__ == "__main__":
    unit_page.main()
    inserts.main()
    tail.main()
    imports.main()
    flags.main()
    capacity.main()
    first_visit.main()
    dashboard_visit.main()
    reports.main()
    coverage.main([])
    ranking.main()
    rank_sets.main(["--quick"])
    answered.main(["200"])
    months.main()
    odds.main(["--quick"])
    directions.main()
    alarms.main(["--provinces", "40"])
    reliability.main([])
    comments.main()
    redaction.main()
    sign_in.main()
    pages.main()
