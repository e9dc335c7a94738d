# Reference values for ordinal omega and the intervals by leaving out one sheet.
# R with psych (and GPArotation, which psych::omega asks for). Prints JSON; run by ./regenerate from this folder.
# Data: as reliability.R; answers of 0 are missing.
# psych_*: what psych itself prints, whose searches stop early (polychoric after 4 digits, fa after 5).
# The others: the same likelihood (psych:::polyF) and the same least squares, searched to the end.
suppressPackageStartupMessages(library(psych))

line <- function(name, x) sprintf('"%s": [%s]', name, paste(sprintf("%.17g", unname(x)), collapse = ", "))
object <- function(lines) paste0("{\n    ", paste(lines, collapse = ",\n    "), "\n  }")
quiet <- function(code) suppressWarnings(suppressMessages(code))

correlation <- function(a, b, levels) {
  both <- !is.na(a) & !is.na(b)
  tab <- table(factor(a[both], seq_len(levels)), factor(b[both], seq_len(levels)))
  cut <- function(counts) pmin(pmax(qnorm(cumsum(counts)[-levels] / sum(counts)), -9), 9)
  optimize(psych:::polyF, c(-0.995, 0.995), cut(rowSums(tab)), cut(colSums(tab)), tab, tol = 1e-9)$minimum
}

correlations <- function(x, levels) {
  r <- diag(ncol(x))
  for (i in seq_len(ncol(x) - 1)) for (j in (i + 1):ncol(x)) r[i, j] <- r[j, i] <- correlation(x[[i]], x[[j]], levels)
  r
}

loadings_of <- function(r) {
  upper <- upper.tri(r)
  squares <- function(l) sum((r - tcrossprod(l))[upper]^2)
  slope <- function(l) { e <- r - tcrossprod(l); diag(e) <- 0; -2 * as.vector(e %*% l) }
  e <- eigen(r); l <- e$vectors[, 1] * sqrt(e$values[1])
  l <- optim(l, squares, slope, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
  if (sum(l) < 0) -l else l
}

omega_of <- function(x, levels) { r <- correlations(x, levels); 1 - sum(1 - loadings_of(r)^2) / sum(r) }
alpha_of <- function(x) {
  v <- cov(x, use = "pairwise.complete.obs"); k <- ncol(x)
  k / (k - 1) * (1 - sum(diag(v)) / sum(v))
}

left_out <- function(x, statistic) {
  n <- nrow(x); l <- log(1 - statistic(x))
  p <- n * l - (n - 1) * sapply(seq_len(n), function(i) log(1 - statistic(x[-i, ])))
  d <- p - mean(p); df <- min(n - 1, 2 * n / (mean(d^4) / mean(d^2)^2 - 1))
  1 - exp(l + c(1, -1) * qt(0.975, df) * sd(p) / sqrt(n))
}

block <- function(name, levels, resample) {
  x <- read.csv(sprintf("reliability-%s.csv", name)); x[x == 0] <- NA
  own <- quiet(polychoric(x, correct = 0, global = FALSE, smooth = FALSE))$rho
  r <- correlations(x, levels)
  lines <- c(
    line("psych_r", own[upper.tri(own)]), line("psych_omega", quiet(omega(own, nfactors = 1, flip = FALSE, plot = FALSE))$omega.tot),
    line("psych_loadings", quiet(fa(own, nfactors = 1))$loadings[, 1]),
    line("r", r[upper.tri(r)]), line("loadings", loadings_of(r)), line("omega", omega_of(x, levels)),
    line("alpha_interval", left_out(x, alpha_of)))
  if (resample) lines <- c(lines, line("omega_interval", left_out(x, function(y) omega_of(y, levels))))
  sprintf('"%s": %s', name, object(lines))
}

parts <- c(block("sekadau", 4, TRUE), block("skm200", 4, FALSE), block("spak60", 6, TRUE), block("missing120", 4, FALSE))
cat("{\n  ", paste(parts, collapse = ",\n  "), "\n}\n", sep = "")
