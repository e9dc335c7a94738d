# Mann-Kendall and Theil-Sen in base R, as their papers write them. The variance of S is widened by what
# neighbours share: their correlation beside the line of lm(), put right by what residuals of correlated errors
# come to, and by Sheppard's arcsine for every two differences.
source("lib/emit.R")

kendall <- function(y) {
  n <- length(y)
  s <- sum(sign(outer(y, y, "-"))[lower.tri(diag(n))])
  t <- table(y)
  c(s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18)
}

slopes <- function(x, y) {
  if (length(x) < 2) return(numeric())
  i <- combn(length(x), 2)
  sort((y[i[2, ]] - y[i[1, ]]) / (x[i[2, ]] - x[i[1, ]]))
}

# Errors of a first-order autoregression; without gaps that is toeplitz(rho^(0:(n - 1))).
errors <- function(t, rho) {
  d <- abs(outer(t, t, "-")) / min(diff(t))
  r <- rho^d
  if (all(diff(t) == diff(t)[1])) stopifnot(all.equal(r, toeplitz(rho^(seq_along(t) - 1))))
  r
}

beside <- function(y, t, season) {
  unname(resid(if (is.null(season)) lm(y ~ t) else lm(y ~ factor(t %% season) + t)))
}

# What the products of neighbouring residuals come to, over their squares.
promised <- function(t, season, rho) {
  made <- sapply(seq_along(t), function(k) beside(as.numeric(seq_along(t) == k), t, season))
  v <- made %*% errors(t, rho) %*% t(made)
  sum(v[cbind(2:length(t), 1:(length(t) - 1))]) / sum(diag(v))
}

neighbours <- function(t, y, season) {
  e <- beside(y, t, season)
  rho <- (0:45) / 50
  r <- sum(tail(e, -1) * head(e, -1)) / sum(e^2)
  approx(sapply(rho, promised, t = t, season = season), rho, r, rule = 2)$y
}

variance <- function(t, season, rho) {
  i <- combn(length(t), 2)
  if (!is.null(season)) i <- i[, (t[i[2, ]] - t[i[1, ]]) %% season == 0]
  d <- matrix(0, ncol(i), length(t))
  d[cbind(seq_len(ncol(i)), i[1, ])] <- -1
  d[cbind(seq_len(ncol(i)), i[2, ])] <- 1
  sum(asin(cov2cor(d %*% errors(t, rho) %*% t(d)))) * 2 / pi
}

# t in months, y, the months of a season; slopes are per year.
judged <- function(t, y, season = NULL) {
  groups <- split(seq_along(t), if (is.null(season)) rep(1, length(t)) else t %% season)
  k <- rowSums(sapply(groups, function(g) kendall(y[g])))
  q <- sort(unlist(lapply(groups, function(g) slopes(t[g] / 12, y[g]))))
  rho <- neighbours(t, y, season)
  v <- k[2] * variance(t, season, rho) / variance(t, season, 0)
  left <- length(t) - length(groups) - 1
  df <- min(left / 2 + 2, left)
  z <- if (k[1] == 0) 0 else (k[1] - sign(k[1])) / sqrt(v)
  low <- floor((length(q) - qt(0.975, df) * sqrt(v)) / 2)
  interval <- if (low < 1) numeric() else c(q[low], q[length(q) - low + 1])
  c(k[1], rho, v, z, df, 2 * pt(-abs(z), df), median(q), interval)
}

years <- 2017:2026
rising <- c(76.11, 77.02, 76.85, 78.4, 79.12, 78.9, 80.05, 81.33, 80.71, 82.4)
flat <- c(81.2, 80.1, 82.33, 81.05, 80.9, 82.01, 81.44, 80.75, 81.9, 81.31)
tied <- c(80, 81, 81, 82, 80, 83, 82, 84, 84, 85)
gappy_years <- c(2013, 2015, 2016, 2017, 2018, 2020, 2021, 2023, 2026)
gappy <- c(85.3, 84.9, 85.2, 84.4, 83.2, 83.9, 82.1, 81.8, 80.2)
months <- 0:35
monthly <- 80 + 0.08 * months + 2 * sin(2 * pi * months / 12) + c(0.3, -0.2, 0.1, -0.4, 0.25)[months %% 5 + 1]
monthly <- round(monthly, 2)
lasting <- round(80 + 0.12 * months + 0.8 * sin(months / 2) + 0.7 * cos(5 * months) + 0.5 * sin(months^2), 2)
left <- which(!months %in% c(2, 3, 11, 12, 13, 25, 31))
emit(list(
  years = years, rising = rising, flat = flat, tied = tied, gappy_years = gappy_years, gappy = gappy,
  monthly = monthly, lasting = lasting, left = months[left],
  rising_trend = judged(12 * years, rising), flat_trend = judged(12 * years, flat),
  tied_trend = judged(12 * years, tied), gappy_trend = judged(12 * gappy_years, gappy),
  lasting_trend = judged(months[1:23], lasting[1:23]), left_trend = judged(months[left], lasting[left]),
  floored_trend = judged(months[1:16], floor(lasting[1:16])),
  monthly_trend = judged(months, monthly, 12), quarterly_trend = judged(3 * (0:11), monthly[1:12], 12),
  two_years_trend = judged(months[1:24], lasting[1:24], 12),
  lasting_months_trend = judged(months, lasting, 12), left_months_trend = judged(months[left], lasting[left], 12)))
