# Welch's comparison of every pair of services, with fpc written out, and p.adjust.
source("lib/emit.R")

rows <- sheets("sheets.csv")
pairs <- combn(sort(unique(rows$service)), 2)

welch <- function(pair) {
  h <- t.test(rows$index[rows$service == pair[2]], rows$index[rows$service == pair[1]])
  c(diff(rev(h$estimate)), h$stderr, h$parameter, h$conf.int, h$statistic, h$p.value)
}

with_fpc <- function(pair) {
  part <- function(name) {
    s <- rows[rows$service == name, ]
    n <- nrow(s)
    c(mean(s$index), var(s$index) / n * (1 - n / s$users[1]), n - 1)
  }
  a <- part(pair[1]); b <- part(pair[2])
  df <- satterthwaite(c(a[2], b[2]), c(a[3], b[3]))
  se <- sqrt(a[2] + b[2])
  d <- b[1] - a[1]
  c(d, se, df, d + c(-1, 1) * qt(0.975, df) * se, d / se, 2 * pt(-abs(d / se), df))
}

results <- c(apply(pairs, 2, welch, simplify = FALSE), apply(pairs, 2, with_fpc, simplify = FALSE))
names(results) <- c(paste0("welch.", pairs[1, ], ".", pairs[2, ]), paste0("fpc.", pairs[1, ], ".", pairs[2, ]))
p <- sapply(results[1:6], function(r) r[7])
many <- c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341)
emit(c(results, list(
  p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"),
  many = many, many_holm = p.adjust(many, "holm"), many_bh = p.adjust(many, "BH"))))
