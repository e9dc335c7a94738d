# NRR, IKM, standard errors with and without finite population correction, intervals.
# survey: svymean for complete sheets, svyratio and svytotal for sheets with unanswered unsur.
suppressPackageStartupMessages(library(survey))
source("lib/emit.R")

simple <- function(rows, population) {
  if (is.null(population)) return(svydesign(ids = ~1, data = rows, weights = rep(1, nrow(rows))))
  svydesign(ids = ~1, data = rows, fpc = rep(population, nrow(rows)))
}

around <- function(value, se, df) {
  list(value = value, se = se, logit = logit_t(value, se, df), plain = plain_t(value, se, df))
}

complete <- function(rows, population = NULL) {
  d <- simple(rows, population)
  m <- svymean(reformulate(unsur), d)
  index <- svymean(~index, d)
  c(list(nrr = coef(m), nrr_se = SE(m)), around(coef(index), as.numeric(SE(index)), nrow(rows) - 1))
}

unequal <- function(rows, w) {
  rows$weighted <- 25 * as.matrix(rows[unsur]) %*% (w / sum(w))
  index <- svymean(~weighted, simple(rows, NULL))
  around(coef(index), as.numeric(SE(index)), nrow(rows) - 1)
}

# Ratio means: every unsur over the sheets that answer it; the index by its linearised residuals.
gaps <- function(rows, population = NULL) {
  n <- nrow(rows)
  for (u in unsur) rows[[paste0("a_", u)]] <- as.numeric(rows[[u]] > 0)
  d <- simple(rows, population)
  ratios <- lapply(unsur, function(u) svyratio(reformulate(u), reformulate(paste0("a_", u)), d))
  nrr <- sapply(ratios, coef)
  answered <- as.matrix(rows[paste0("a_", unsur)])
  e <- answered * sweep(as.matrix(rows[unsur]), 2, nrr)
  rows$e <- rowSums(sweep(e, 2, colSums(answered), "/")) * 25 / 9
  se <- as.numeric(SE(svymean(~e, simple(rows, population)))) * n
  c(list(nrr = nrr, nrr_se = sapply(ratios, SE)), around(25 * mean(nrr), se, n - 1))
}

named <- function(prefix, results) setNames(results, paste0(prefix, ".", names(results)))

sekadau <- read.csv("sekadau.csv")
sekadau$index <- 25 * rowMeans(sekadau[unsur])
drawn <- sheets("sheets.csv")
missing <- sheets("gaps.csv")
emit(c(
  named("sekadau", complete(sekadau)), named("sekadau_fpc", complete(sekadau, 1200)),
  named("sekadau_weighted", unequal(sekadau, c(2, 1, 3, 1, 1, 1, 4, 1, 1))),
  named("drawn", complete(drawn)), named("drawn_fpc", complete(drawn, 150)),
  named("gaps", gaps(missing)), named("gaps_fpc", gaps(missing, 2050))))
