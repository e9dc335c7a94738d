# Reference values for reliability, priorities and the link between IP ASN and IKM.
# R with psych. Prints JSON; run by ./regenerate from this folder: Rscript reliability.R > reliability.json
# Data: reliability-sekadau.csv are the 49 rows of Kabupaten Sekadau in data/published/skm.json; the other
# files were drawn by draw_reliability.py (seeded; a one-factor model cut into levels) and are committed.
suppressPackageStartupMessages(library(psych))

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
line <- function(name, x) sprintf('"%s": [%s]', name, paste(number(unname(x)), collapse = ", "))
object <- function(lines) paste0("{\n    ", paste(lines, collapse = ",\n    "), "\n  }")

# t.test's interval carried over to the logit of the position between 1 and the highest level.
nrr_interval <- function(u, levels) {
  h <- t.test(u); p <- (mean(u) - 1) / (levels - 1)
  half <- (h$conf.int[2] - mean(u)) / (levels - 1) / (p * (1 - p))
  1 + (levels - 1) * plogis(qlogis(p) + c(-1, 1) * half)
}

questionnaire <- function(file, levels) {
  x <- read.csv(file)
  n <- nrow(x); k <- ncol(x); v <- cov(x)
  a <- psych::alpha(x, check.keys = FALSE, warnings = FALSE)
  feldt <- psych::alpha.ci(a$total$raw_alpha, n.obs = n, n.var = k)
  tests <- lapply(seq_len(k), function(i) cor.test(x[[i]], rowSums(x[-i])))
  t <- qt(0.975, n - 2)
  object(c(
    line("mean", colMeans(x)), line("sd", sapply(x, sd)), line("covariance", v[upper.tri(v, diag = TRUE)]),
    line("alpha", a$total$raw_alpha), line("interval", c(feldt$lower.ci, feldt$upper.ci)),
    line("alpha_if_dropped", a$alpha.drop$raw_alpha), line("r_drop", a$item.stats$r.drop),
    line("item_rest", sapply(tests, function(h) h$estimate)),
    line("item_rest_low", sapply(tests, function(h) h$conf.int[1])),
    line("item_rest_high", sapply(tests, function(h) h$conf.int[2])),
    line("nrr_low", sapply(x, function(u) nrr_interval(u, levels)[1])),
    line("nrr_high", sapply(x, function(u) nrr_interval(u, levels)[2])),
    line("r_critical", t / sqrt(n - 2 + t^2))))
}

missing_answers <- function(file) {
  x <- read.csv(file); x[x == 0] <- NA
  v <- cov(x, use = "pairwise.complete.obs")
  a <- psych::alpha(x, check.keys = FALSE, warnings = FALSE)
  object(c(
    line("mean", colMeans(x, na.rm = TRUE)), line("covariance", v[upper.tri(v, diag = TRUE)]),
    line("alpha", a$total$raw_alpha), line("alpha_if_dropped", a$alpha.drop$raw_alpha)))
}

link <- function(file) {
  x <- read.csv(file); n <- nrow(x); rel <- 1 - mean(x$se^2) / var(x$ikm)
  dims <- c("kualifikasi", "kompetensi", "kinerja")
  p <- lapply(dims, function(d) cor.test(x[[d]], x$ikm))
  s <- sapply(dims, function(d) cor(x[[d]], x$ikm, method = "spearman"))
  half <- qnorm(0.975) * sqrt((1 + s^2 / 2) / (n - 3))
  t <- qt(0.975, n - 2)
  object(c(
    line("pearson", sapply(p, function(h) h$estimate)), line("pearson_low", sapply(p, function(h) h$conf.int[1])),
    line("pearson_high", sapply(p, function(h) h$conf.int[2])), line("spearman", s),
    line("spearman_low", tanh(atanh(s) - half)), line("spearman_high", tanh(atanh(s) + half)),
    line("reliability", rel), line("corrected", sapply(p, function(h) h$estimate) / sqrt(rel)),
    line("r_minimum", t / sqrt(n - 2 + t^2))))
}

parts <- c(
  sapply(c("sekadau", "skm200", "spak60", "overall80"), function(name)
    sprintf('"%s": %s', name, questionnaire(sprintf("reliability-%s.csv", name), if (name == "spak60") 6 else 4))),
  sprintf('"missing120": %s', missing_answers("reliability-missing120.csv")),
  sprintf('"units28": %s', link("reliability-units28.csv")))
cat("{\n  ", paste(parts, collapse = ",\n  "), "\n}\n", sep = "")
