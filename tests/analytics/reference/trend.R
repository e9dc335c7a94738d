# Mann-Kendall and Theil-Sen in base R, as their papers write them; exact p by cor.test.
source("lib/emit.R")

kendall <- function(y) {
  n <- length(y)
  s <- sum(sign(outer(y, y, "-"))[lower.tri(diag(n))])
  t <- table(y)
  c(s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18)
}

slopes <- function(x, y) {
  i <- combn(length(x), 2)
  sort((y[i[2, ]] - y[i[1, ]]) / (x[i[2, ]] - x[i[1, ]]))
}

z_of <- function(s, v) if (s == 0) 0 else (s - sign(s)) / sqrt(v)

sen <- function(q, v) {
  low <- floor((length(q) - qnorm(0.975) * sqrt(v)) / 2)
  c(q[low], q[length(q) - low + 1])
}

yearly <- function(x, y) {
  k <- kendall(y)
  z <- z_of(k[1], k[2])
  ties <- length(unique(y)) < length(y)
  p <- if (ties) 2 * pnorm(-abs(z)) else cor.test(x, y, method = "kendall", exact = TRUE)$p.value
  q <- slopes(x, y)
  c(k, z, p, median(q), sen(q, k[2]))
}

seasonal <- function(t, y, period) {
  groups <- split(seq_along(t), t %% period)
  k <- rowSums(sapply(groups, function(g) kendall(y[g])))
  q <- sort(unlist(lapply(groups, function(g) slopes(t[g] / 12, y[g]))))
  z <- z_of(k[1], k[2])
  c(k, z, 2 * pnorm(-abs(z)), median(q), sen(q, k[2]))
}

years <- 2017:2026
rising <- c(76.11, 77.02, 76.85, 78.4, 79.12, 78.9, 80.05, 81.33, 80.71, 82.4)
flat <- c(81.2, 80.1, 82.33, 81.05, 80.9, 82.01, 81.44, 80.75, 81.9, 81.31)
tied <- c(80, 81, 81, 82, 80, 83, 82, 84, 84, 85)
gappy_years <- c(2017, 2018, 2020, 2021, 2023, 2026)
gappy <- c(84.4, 83.2, 83.9, 82.1, 81.8, 80.2)
months <- 0:35
monthly <- 80 + 0.08 * months + 2 * sin(2 * pi * months / 12) + c(0.3, -0.2, 0.1, -0.4, 0.25)[months %% 5 + 1]
monthly <- round(monthly, 2)
emit(list(
  years = years, rising = rising, flat = flat, tied = tied, gappy_years = gappy_years, gappy = gappy,
  monthly = monthly,
  rising_trend = yearly(years, rising), flat_trend = yearly(years, flat), tied_trend = yearly(years, tied),
  gappy_trend = yearly(gappy_years, gappy), monthly_trend = seasonal(months, monthly, 12),
  quarterly_trend = seasonal(3 * (0:11), monthly[1:12], 12)))
