"""`make bench`: the main line's figures, in one run."""

from __future__ import annotations

from benchmarks import cells, coverage, inserts, pages, unit_page

if __name__ == "__main__":
    unit_page.main()
    inserts.main()
    coverage.main()
    cells.main()
    pages.main()
