# Services as strata, and units pooled into an agency: svydesign with strata, weights and fpc.
suppressPackageStartupMessages(library(survey))
source("lib/emit.R")

parts <- function(rows) split(rows, rows$service)

# Weighted by users; degrees of freedom by Satterthwaite, which survey does not offer, written out.
by_users <- function(rows, fpc) {
  d <- if (fpc) svydesign(ids = ~1, strata = ~service, fpc = ~users, data = rows)
       else svydesign(ids = ~1, strata = ~service, weights = ~weight, data = rows)
  sizes <- sapply(parts(rows), function(s) s$users[1])
  summarise(d, rows, sizes / sum(sizes), if (fpc) sizes else Inf)
}

by_sheets <- function(rows) {
  d <- svydesign(ids = ~1, strata = ~service, weights = rep(1, nrow(rows)), data = rows)
  sizes <- sapply(parts(rows), nrow)
  summarise(d, rows, sizes / sum(sizes), Inf)
}

summarise <- function(d, rows, shares, population) {
  m <- svymean(reformulate(unsur), d)
  index <- svymean(~index, d)
  n <- sapply(parts(rows), nrow)
  v <- shares^2 * sapply(parts(rows), function(s) var(s$index)) / n * (1 - n / population)
  df <- satterthwaite(v, n - 1)
  list(nrr = coef(m), nrr_se = SE(m), value = coef(index), se = SE(index), df = df,
       interval = logit_t(coef(index), as.numeric(SE(index)), df))
}

# Separate ratio estimator: each service has its own ratio means, from its own answers.
gaps_by_users <- function(rows) {
  one <- function(s) {
    n <- nrow(s)
    answered <- (s[unsur] > 0) * 1
    nrr <- colSums(s[unsur]) / colSums(answered)
    s$e <- rowSums(sweep(answered * sweep(as.matrix(s[unsur]), 2, nrr), 2, colSums(answered), "/")) * 25 / 9
    d <- svydesign(ids = ~1, data = s, fpc = ~users)
    c(value = 25 * mean(nrr), se = as.numeric(SE(svymean(~e, d))) * n, n = n, users = s$users[1])
  }
  p <- t(sapply(parts(rows), one))
  w <- p[, "users"] / sum(p[, "users"])
  v <- w^2 * p[, "se"]^2
  list(values = p[, "value"], ses = p[, "se"], value = sum(w * p[, "value"]), se = sqrt(sum(v)),
       df = satterthwaite(v, p[, "n"] - 1))
}

# Pooled respondents with units as strata: combined ratio estimator.
pooled <- function(rows) {
  answered <- (rows[unsur] > 0) * 1
  nrr <- colSums(rows[unsur]) / colSums(answered)
  rows$e <- rowSums(sweep(answered * sweep(as.matrix(rows[unsur]), 2, nrr), 2, colSums(answered), "/")) * 25 / 9
  fpc <- svydesign(ids = ~1, strata = ~service, fpc = ~users, weights = rep(1, nrow(rows)), data = rows)
  plain <- svydesign(ids = ~1, strata = ~service, weights = rep(1, nrow(rows)), data = rows)
  list(value = 25 * mean(nrr), se_fpc = SE(svytotal(~e, fpc)), se = SE(svytotal(~e, plain)))
}

# Simple mean of the units: svyby gives each, svycontrast the mean of them.
mean_of_units <- function(rows) {
  d <- svydesign(ids = ~1, strata = ~service, fpc = ~users, data = rows)
  by <- svyby(~index, ~service, d, svymean, covmat = TRUE)
  m <- svycontrast(by, rep(1 / 4, 4))
  list(values = coef(by), ses = SE(by), value = coef(m), se = SE(m))
}

named <- function(prefix, results) setNames(results, paste0(prefix, ".", names(results)))

drawn <- sheets("sheets.csv")
drawn$weight <- drawn$users / ave(drawn$index, drawn$service, FUN = length)
missing <- sheets("gaps.csv")
emit(c(
  named("users_fpc", by_users(drawn, TRUE)), named("users", by_users(drawn, FALSE)),
  named("sheets", by_sheets(drawn)), named("gaps_users", gaps_by_users(missing)),
  named("pooled", pooled(drawn)), named("pooled_gaps", pooled(missing)),
  named("units", mean_of_units(drawn))))
