# Paule-Mandel's between-unit variance, empirical-Bayes values, funnel and Laney limits, in base R.
source("lib/emit.R")

values <- c(81.2, 79.4, 84.9, 77.7, 80.8, 88.1, 82.6, 79.9, 74.2, 83.3, 85.0, 80.2)
ses <- c(1.4, 2.2, 0.9, 3.1, 1.1, 1.9, 0.7, 1.3, 2.8, 1.6, 1.2, 0.8)
n <- c(45, 20, 90, 12, 60, 25, 140, 50, 15, 35, 55, 110)

paule_mandel <- function(y, v) {
  excess <- function(tau2) {
    w <- 1 / (v + tau2)
    sum(w * (y - sum(w * y) / sum(w))^2) - (length(y) - 1)
  }
  if (excess(0) <= 0) return(0)
  uniroot(excess, c(0, diff(range(y))^2), tol = 1e-15, maxiter = 10000)$root
}

# Morris 1983 with one mean: B shortened by (k - 3)/(k - 1), and the variance that comes from estimating it.
shrink <- function(y, v) {
  k <- length(y)
  tau2 <- paule_mandel(y, v)
  w <- 1 / (v + tau2)
  m <- sum(w * y) / sum(w)
  b <- max(0, (k - 3) / (k - 1)) * v / (v + tau2)
  of_b <- if (k > 3) 2 / (k - 3) * b^2 * (weighted.mean(v, w) + tau2) / (v + tau2) * (y - m)^2 else 0
  list(tau2 = tau2, mean = m, mean_se = sqrt(1 / sum(w)), values = b * m + (1 - b) * y,
       sds = sqrt((1 - b) * v + b^2 / sum(w) + of_b), shares = 1 - b)
}

# Dispersion of one respondent from all units, the room on the scale from each.
pooled <- function(y, se, n) {
  room <- (y - 25) * (100 - y)
  phi <- weighted.mean(n * se^2 / room, (n - 1) * room)
  list(se = sqrt(phi * room / n))
}

# Positions whose angle, asin of the root of (m n + 3/8)/(n + 3/4) as Anscombe has it, lies so many of its
# standard deviations 1/(2 sqrt(n)) from that of p; n effective sheets. By root finding, not by inversion.
away <- function(p, n, sigmas) mapply(function(n, sigmas) {
  angle <- function(m) asin(sqrt((m * n + 3/8) / (n + 3/4)))
  aim <- asin(sqrt(p)) + sigmas / (2 * sqrt(n))
  if (aim <= angle(0)) 0 else if (aim >= angle(1)) 1 else uniroot(function(m) angle(m) - aim, c(0, 1), tol = 1e-14)$root
}, n, sigmas)

funnel <- function(y, se, n) {
  target <- sum(n * y) / sum(n)
  sd <- sqrt(sum((n - 1) * n * se^2) / sum(n - 1))
  p <- (target - 25) / 75
  at <- function(level, sign) 25 + 75 * away(p, n * p * (1 - p) * 75^2 / sd^2, sign * qnorm((1 + level) / 2))
  list(target = target, sd = sd, warn_low = at(0.95, -1), warn_high = at(0.95, 1),
       alarm_low = at(0.998, -1), alarm_high = at(0.998, 1))
}

# 0.318 is what the form of nine unsur makes likely, worth six degrees of freedom.
laney <- function(y, se, n) {
  variance <- sum((n - 1) * n * se^2) / sum(n - 1)
  centre <- weighted.mean(y, n)
  p <- (centre - 25) / 75
  nu <- sum(n - 1) * min(1, 9 * p * (1 - p))
  phi <- weighted.mean(c(0.318, variance / 75^2 / (p * (1 - p))), c(6, nu))
  m <- n / phi
  z <- 2 * sqrt(m) * (asin(sqrt(((y - 25) / 75 * m + 3/8) / (m + 3/4))) - asin(sqrt(p)))
  sigma <- max(1, mean(abs(diff(z))) / (2 / sqrt(pi)))
  list(centre = centre, sigma = sigma, low = 25 + 75 * away(p, m, -3 * sigma), high = 25 + 75 * away(p, m, 3 * sigma))
}

named <- function(prefix, results) setNames(results, paste0(prefix, ".", names(results)))
similar <- c(1, 2, 5, 8, 12)
emit(c(list(values = values, ses = ses, n = n), named("eb", shrink(values, ses^2)),
       named("alike", shrink(values[similar], ses[similar]^2)), named("three", shrink(values[1:3], ses[1:3]^2)),
       named("pooled", pooled(values, ses, n)),
       named("funnel", funnel(values, ses, n)), named("laney", laney(values, ses, n))))
