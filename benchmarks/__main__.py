"""`make bench`: everything that is measured, in one run."""

from __future__ import annotations

from benchmarks import capacity, cells, coverage, first_visit, inserts, pages, reports, unit_page

if __name__ == "__main__":
    unit_page.main()
    inserts.main()
    capacity.main()
    first_visit.main()
    reports.main()
    coverage.main()
    cells.main()
    pages.main()
