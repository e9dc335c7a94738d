"""The first page of a scope on one sheet of paper."""
