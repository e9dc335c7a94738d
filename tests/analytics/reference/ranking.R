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

shrink <- function(y, v) {
  tau2 <- paule_mandel(y, v)
  w <- 1 / (v + tau2)
  m <- sum(w * y) / sum(w)
  b <- tau2 / (tau2 + v)
  list(tau2 = tau2, mean = m, mean_se = sqrt(1 / sum(w)), values = m + b * (y - m),
       sds = sqrt(b * v + (1 - b)^2 / sum(w)), shares = b)
}

funnel <- function(y, se, n) {
  target <- sum(n * y) / sum(n)
  sd <- sqrt(sum((n - 1) * n * se^2) / sum(n - 1))
  p <- (target - 25) / 75
  at <- function(level, sign) 25 + 75 * plogis(qlogis(p) + sign * qnorm((1 + level) / 2) * sd / sqrt(n) / 75 / (p * (1 - p)))
  list(target = target, sd = sd, warn_low = at(0.95, -1), warn_high = at(0.95, 1),
       alarm_low = at(0.998, -1), alarm_high = at(0.998, 1))
}

laney <- function(y, se) {
  centre <- sum(y / se^2) / sum(1 / se^2)
  z <- (y - centre) / se
  sigma <- mean(abs(diff(z))) / (2 / sqrt(pi))
  list(centre = centre, sigma = sigma, low = pmax(25, centre - 3 * sigma * se), high = pmin(100, centre + 3 * sigma * se))
}

named <- function(prefix, results) setNames(results, paste0(prefix, ".", names(results)))
emit(c(list(values = values, ses = ses, n = n), named("eb", shrink(values, ses^2)),
       named("alike", shrink(values[c(1, 2, 5)], ses[c(1, 2, 5)]^2)),
       named("funnel", funnel(values, ses, n)), named("laney", laney(values, ses))))
