"""From words and figures to a page: blocks, templates, fonts, the compiler and its workers."""
