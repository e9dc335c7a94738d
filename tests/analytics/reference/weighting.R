# postStratify and rake of survey on the drawn sheets, and Kish's design effect.
suppressPackageStartupMessages(library(survey))
source("lib/emit.R")

rows <- sheets("sheets.csv")
n <- nrow(rows)
services <- data.frame(service = c("akta", "izin", "ktp", "pindah"), Freq = c(400, 90, 1500, 60))
total <- sum(services$Freq)
sexes <- data.frame(sex = c("L", "P"), Freq = total * c(0.45, 0.55))
ages <- data.frame(age = c("dewasa", "lanjut", "muda"), Freq = total * c(0.6, 0.15, 0.25))

summarise <- function(d) {
  m <- svymean(reformulate(unsur), d)
  index <- svymean(~index, d)
  w <- weights(d)
  se <- as.numeric(SE(index))
  list(nrr = coef(m), nrr_se = SE(m), value = coef(index), se = se,
       interval = logit_t(coef(index), se, n - 1), kish = n * sum(w^2) / sum(w)^2)
}

equal <- svydesign(ids = ~1, data = rows, weights = rep(total / n, n))
finite <- svydesign(ids = ~1, data = rows, fpc = rep(total, n))
post <- summarise(postStratify(equal, ~service, services))
post_finite <- summarise(postStratify(finite, ~service, services))
tight <- list(maxit = 500, epsilon = 1e-12)
two <- rake(equal, list(~sex, ~age), list(sexes, ages), control = tight)
three <- rake(equal, list(~service, ~sex, ~age), list(services, sexes, ages), control = tight)

named <- function(prefix, results) setNames(results, paste0(prefix, ".", names(results)))
emit(c(named("post", post), named("post_fpc", post_finite),
       named("rake", summarise(two)), list(rake.weights = weights(two)[1:30]),
       named("rake3", summarise(three)), list(rake3.weights = weights(three)[1:30])))
